//! Finding conversations by title and text, also among a thousand, and the way to the place.

use serde_json::json;
use thirtyfour::By;

use super::{COFFEE, TEA, ask_and_keep, look, show_list, wait};
use crate::{browser::run, page::Page};

/// Words of the answer of `slow-answer` that stand in no question.
const IN_THE_ANSWER: &str = "SLOWLY, and enjoy";

async fn find(page: &Page, words: &str, found: &str) {
    let field = page.element("find").await;
    field.clear().await.unwrap();
    field.send_keys(words).await.unwrap();
    page.wait(found, &format!("return $('find-status')?.innerText === {}", json!(found)), 30).await;
}

#[test]
fn words_of_an_answer_are_found_and_opening_the_result_shows_the_place() {
    run(async |page| {
        page.use_scenario("slow-answer").await;
        show_list(page).await;
        ask_and_keep(page, TEA).await;
        page.click("side-new-chat").await;
        page.wait("an empty page", "return !last()", 5).await;
        find(page, IN_THE_ANSWER, "Found in 1 conversation.").await;
        assert_eq!(
            page.text("return $('side-bar').querySelector('.excerpt mark').textContent").await,
            "slowly, and enjoy"
        );
        page.driver.find(By::Css("[data-testid=excerpt]")).await.unwrap().click().await.unwrap();
        let in_view = "const found = last()?.querySelector('[data-found]')?.getBoundingClientRect();
                       return !!found && found.top >= 0 && found.bottom <= innerHeight";
        page.wait("the place in view", in_view, 10).await;
        assert!(
            page.text("return last().querySelector('[data-found]').textContent").await.contains("silence")
        );
        find(page, "coffee", "Nothing found in titles and texts.").await;
        page.press_escape().await;
        wait(page, "the list", "return titles().length === 1 && $('find').value === ''").await;
        assert_eq!(page.faults().await, Vec::<String>::new());
    });
}

#[test]
fn one_of_a_thousand_conversations_is_found_by_a_word_in_its_text_and_all_by_another() {
    run(async |page| {
        page.use_scenario("burst").await;
        show_list(page).await;
        ask_and_keep(page, COFFEE).await;
        // 1,000 conversations of ten turns, of which one has the word in its last.
        let fill = "return (async () => {
            const opened = await database();
            const t = opened.transaction(['conversations', 'turns'], 'readwrite');
            for (let at = 0; at < 1000; at++) {
                const id = 'c' + at;
                t.objectStore('conversations').put({ version: 1, id, title: 'Number ' + at, created: at + 1, changed: at + 1,
                    head: 9, turns: 10, next_turn: 10, order: [-(at + 1), id] });
                for (let turn = 0; turn < 10; turn++)
                    t.objectStore('turns').put({ version: 1, conversation: id, turn, ...(turn ? { parent: turn - 1 } : {}),
                        role: turn % 2 ? 'assistant' : 'user', state: 'complete', ended: true, created: 1,
                        blocks: [{ kind: 'text', closed: true, text: 'some words of no weight '.repeat(40)
                            + (at === 3 && turn === 9 ? 'the philtrum' : '') }] });
            }
            await new Promise((done, fail) => { t.oncomplete = done; t.onabort = () => fail(t.error); });
            opened.close();
            return true;
        })()";
        look(page, fill).await;
        find(page, "philtrum", "Found in 1 conversation.").await;
        assert_eq!(look(page, "return titles()").await, json!(["Number 3"]));
        find(page, "no weight", "Found in 1000 conversations.").await;
        assert_eq!(page.faults().await, Vec::<String>::new());
    });
}
