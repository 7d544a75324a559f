//! What can be done with a question or an answer: nothing of it loses what was said.

use serde_json::json;

use super::{
    LAST_WORDS, TEA, ask_and_keep, counts, look, open, questions, reload, show_list, wait, wait_kept,
};
use crate::{browser::run, page::Page};

const GREEN: &str = "How do I make green tea?";

/// Types another question in the place of the first one on show.
async fn edit_first(page: &Page, text: &str) {
    page.click("edit").await;
    page.wait("the editor", "return document.activeElement === $('edit-field')", 5).await;
    let field = page.element("edit-field").await;
    field.clear().await.unwrap();
    field.send_keys(text).await.unwrap();
}

/// The texts of all turns in the database, the oldest first.
const TEXTS: &str = "return dump().then(kept => kept.turns.map(turn =>
    [turn.role, turn.blocks.map(block => block.text).join('').trim()]))";

#[test]
fn an_edited_question_is_a_sibling_and_the_old_one_is_kept_with_its_answer() {
    run(async |page| {
        page.use_scenario("slow-answer").await;
        ask_and_keep(page, TEA).await;
        edit_first(page, GREEN).await;
        page.click("edit-ask").await;
        page.wait("the new question", &format!("return turns('user')[0].innerText.includes('{GREEN}')"), 5)
            .await;
        page.wait_state(&["complete"], 20).await;
        assert_eq!(questions(page).await, json!([GREEN]), "one line of talk is on show");
        wait_kept(page, "complete").await;
        wait(page, "all four turns", "return dump().then(kept => kept.turns.length === 4)").await;
        let kept = look(page, TEXTS).await;
        let answer = lab::scenarios::SLOW_ANSWER.trim();
        assert_eq!(
            kept,
            json!([["user", TEA], ["assistant", answer], ["user", GREEN], ["assistant", answer]])
        );
        let parents =
            look(page, "return dump().then(kept => kept.turns.map(turn => turn.parent ?? null))").await;
        assert_eq!(parents, json!([null, 0, null, 2]), "both questions begin the conversation");
        // What was sent is the new question alone, not a talk that has both.
        assert_eq!(page.body("slow-answer", 1)["messages"].as_array().map(Vec::len), Some(1));
        reload(page).await;
        assert_eq!(questions(page).await, json!([GREEN]));
        let before =
            "[...turns('user')[0].querySelectorAll('button')].find(button => / before$/.test(button.title))";
        page.wait("the way to the old question", &format!("return shown({before})"), 5).await;
        page.js(&format!("{before}.click()")).await;
        page.wait("the old question", &format!("return turns('user')[0].innerText.includes('{TEA}')"), 5)
            .await;
        assert!(page.answer().await.contains(LAST_WORDS), "with its answer");
    });
}

#[test]
fn an_edit_that_is_left_by_escape_or_its_button_changes_nothing() {
    run(async |page| {
        page.use_scenario("burst").await;
        ask_and_keep(page, TEA).await;
        edit_first(page, GREEN).await;
        page.press_escape().await;
        page.wait("no editor", "return !$('edit-field')", 5).await;
        edit_first(page, GREEN).await;
        page.click("edit-cancel").await;
        page.wait("no editor", "return !$('edit-field')", 5).await;
        assert_eq!(questions(page).await, json!([TEA]));
        assert_eq!(counts(page).await[1], json!(2));
        assert_eq!(page.questions("burst").len(), 1);
    });
}

#[test]
fn an_empty_edit_is_not_asked() {
    run(async |page| {
        page.use_scenario("burst").await;
        ask_and_keep(page, TEA).await;
        edit_first(page, "   ").await;
        page.click("edit-ask").await;
        page.press_escape().await;
        page.wait("the old question", &format!("return turns('user')[0]?.innerText.includes('{TEA}')"), 5)
            .await;
        assert_eq!(page.questions("burst").len(), 1);
    });
}

#[test]
fn a_deleted_turn_is_back_after_undo_also_in_the_database() {
    run(async |page| {
        page.use_scenario("burst").await;
        ask_and_keep(page, TEA).await;
        ask_and_keep(page, GREEN).await;
        // The first shown one is the first question's.
        page.click("delete-turn").await;
        page.wait("nothing", "return turns('user').length === 0 && turns('assistant').length === 0", 5).await;
        page.wait("the notice", "return /4 messages deleted/.test($('undo-notice')?.innerText)", 5).await;
        wait(
            page,
            "the deletion to be kept",
            "return dump().then(kept => kept.turns.some(turn => turn.deleted))",
        )
        .await;
        page.click("undo").await;
        page.wait("all of it", "return turns('user').length === 2 && turns('assistant').length === 2", 5)
            .await;
        assert!(page.answer().await.contains(LAST_WORDS));
        wait(
            page,
            "the undo to be kept",
            "return dump().then(kept => kept.turns.every(turn => !turn.deleted))",
        )
        .await;
        reload(page).await;
        assert_eq!(questions(page).await, json!([TEA, GREEN]));
    });
}

#[test]
fn a_deleted_turn_stays_away_after_a_reload() {
    run(async |page| {
        page.use_scenario("burst").await;
        ask_and_keep(page, TEA).await;
        ask_and_keep(page, GREEN).await;
        page.js("[...document.querySelectorAll('[data-testid=delete-turn]')].filter(shown).at(-2).click()")
            .await;
        page.wait("one question", "return turns('user').length === 1", 5).await;
        wait(
            page,
            "the deletion to be kept",
            "return dump().then(kept => kept.turns.some(turn => turn.deleted))",
        )
        .await;
        reload(page).await;
        assert_eq!(questions(page).await, json!([TEA]));
        assert!(page.answer().await.contains(LAST_WORDS));
    });
}

#[test]
fn going_on_elsewhere_leaves_the_conversation_as_it_was() {
    run(async |page| {
        page.use_scenario("burst").await;
        ask_and_keep(page, TEA).await;
        let old = page.text("return location.hash").await;
        page.click("fork").await;
        page.wait(
            "another address",
            &format!("return location.hash !== '{old}' && location.hash !== ''"),
            10,
        )
        .await;
        ask_and_keep(page, GREEN).await;
        assert_eq!(questions(page).await, json!([TEA, GREEN]));
        let counts = counts(page).await;
        assert_eq!(counts[0], json!(2), "two conversations");
        assert_eq!(counts[1], json!(6), "the copy has turns of its own");
        page.driver.goto(format!("{}{old}", page.url)).await.unwrap();
        page.wait("the old one", "return turns('user').length === 1", 10).await;
    });
}

#[test]
fn an_answer_that_was_asked_again_keeps_the_one_before_over_a_reload() {
    run(async |page| {
        page.use_scenario("burst").await;
        show_list(page).await;
        ask_and_keep(page, TEA).await;
        page.click("retry").await;
        page.wait("two answers", "return last()?.innerText.includes('2 of 2')", 10).await;
        wait(page, "both to be kept", "return dump().then(kept => kept.turns.length === 3)").await;
        wait_kept(page, "complete").await;
        reload(page).await;
        page.wait("the second of two", "return last()?.innerText.includes('2 of 2')", 10).await;
        page.js("[...last().querySelectorAll('button')].find(b => b.title === 'The answer before').click()")
            .await;
        page.wait("the first of two", "return last()?.innerText.includes('1 of 2')", 10).await;
        assert!(page.answer().await.contains(LAST_WORDS));
        open(page, TEA).await;
    });
}
