//! The composer while an answer is written, and what it remembers: questions that wait, former questions, long texts that
//! were pasted, a system prompt of the conversation's own, a notification when nobody looks.

use std::time::Duration;

use lab::Outcome;
use serde_json::{Value, json};
use thirtyfour::Key;
use tokio::time::sleep;

use crate::{
    browser::{run, run_with},
    page::Page,
};

const QUEUED: &str =
    "[...document.querySelectorAll('[data-testid=queued]')].map(row => row.firstElementChild.textContent)";
const NOTE: &str = "$('queue-note')?.firstChild.textContent ?? ''";

/// Opens the page at a scenario, and waits until what goes with the composer is there.
async fn open(page: &Page, scenario: &str) {
    page.use_scenario(scenario).await;
    ready(page).await;
}

/// The history has its turn tools once a turn is there: before, nothing tells that it was fetched but its stylesheet.
async fn ready(page: &Page) {
    page.wait("the history", "return !!document.querySelector('.history-notices')", 20).await;
}

/// Asks, and waits until the answer is being written.
async fn begin_answer(page: &Page, scenario: &str) {
    open(page, scenario).await;
    page.ask("First?").await;
    page.wait_state(&["streaming"], 10).await;
}

/// Types a question and presses Enter.
async fn enter(page: &Page, text: &str) {
    page.element("composer").await.send_keys(text).await.unwrap();
    page.press(&[Key::Enter]).await;
    page.wait("an empty field", "return $('composer').value === ''", 5).await;
}

async fn wait_queue(page: &Page, texts: &[&str]) {
    let texts = json!(texts);
    page.wait(
        &format!("{texts} to wait"),
        &format!("return JSON.stringify({QUEUED}) === JSON.stringify({texts})"),
        10,
    )
    .await;
}

async fn wait_note(page: &Page, words: &str) {
    page.wait(&format!("{words:?}"), &format!("return ({NOTE}).includes({})", json!(words)), 10).await;
}

/// The questions of a request.
fn asked(page: &Page, scenario: &str, index: usize) -> Vec<Value> {
    let messages = page.body(scenario, index)["messages"].clone();
    let of_person = messages.as_array().unwrap().iter().filter(|message| message["role"] == "user");
    of_person.map(|message| message["content"].clone()).collect()
}

#[test]
fn questions_wait_while_an_answer_is_written_are_edited_dropped_and_sent_one_behind_the_other() {
    run(async |page| {
        begin_answer(page, "slow-first").await;
        for question in ["Second?", "Dropped", "Third"] {
            enter(page, question).await;
        }
        wait_queue(page, &["Second?", "Dropped", "Third"]).await;
        wait_note(page, "Asked once this answer is done").await;
        let status = page.text("return $('announcer').textContent").await;
        assert!(status.contains("3 are waiting"), "{status}");
        page.js("document.querySelectorAll('[data-testid=drop-queued]')[1].click()").await;
        wait_queue(page, &["Second?", "Third"]).await;
        page.js("document.querySelectorAll('[data-testid=edit-queued]')[1].click()").await;
        wait_queue(page, &["Second?"]).await;
        assert_eq!(page.text("return $('composer').value").await, "Third");
        enter(page, " and last?").await;
        assert!(page.js("return shown($('stop'))").await == json!(true), "Stop stays in reach");
        page.wait("all three answers", "return turns('assistant').length === 3", 30).await;
        page.wait_state(&["complete"], 20).await;
        assert_eq!(page.js("return !$('queue')").await, json!(true));
        assert_eq!(asked(page, "slow-first", 2), ["First?", "Second?", "Third and last?"]);
        assert_eq!(page.questions("slow-first").len(), 3);
        assert_eq!(page.faults().await, Vec::<String>::new());
    });
}

#[test]
fn send_now_stops_the_answer_keeps_its_text_and_sends_that_question_first() {
    run(async |page| {
        begin_answer(page, "slow-first").await;
        page.wait_text(10).await;
        enter(page, "Later?").await;
        enter(page, "Now!").await;
        wait_queue(page, &["Later?", "Now!"]).await;
        page.js("document.querySelectorAll('[data-testid=send-now]')[1].click()").await;
        page.wait("all three answers", "return turns('assistant').length === 3", 20).await;
        page.wait_state(&["complete"], 20).await;
        let first = page.js("return [turns('assistant')[0].dataset.state, $('answer', turns('assistant')[0]).textContent.includes('The first')]").await;
        assert_eq!(first, json!(["stopped", true]));
        // What waited behind it goes on behind its good end.
        assert_eq!(asked(page, "slow-first", 2), ["First?", "Now!", "Later?"]);
    });
}

#[test]
fn behind_a_stop_the_queue_waits_says_so_and_goes_on_when_told_to() {
    run(async |page| {
        begin_answer(page, "slow-answer").await;
        enter(page, "Second?").await;
        page.click("stop").await;
        page.wait_state(&["stopped"], 5).await;
        wait_note(page, "You stopped the answer").await;
        assert_eq!(page.questions("slow-answer").len(), 1);
        page.click("send-queued").await;
        page.wait("the second answer", "return turns('assistant').length === 2", 10).await;
        page.wait_state(&["complete"], 20).await;
        assert_eq!(asked(page, "slow-answer", 1), ["First?", "Second?"]);
    });
}

#[test]
fn behind_a_failure_the_queue_waits_says_so_and_sends_nothing() {
    run(async |page| {
        begin_answer(page, "error-late").await;
        enter(page, "Next?").await;
        page.wait_state(&["failed", "interrupted"], 15).await;
        wait_note(page, "did not come to a good end").await;
        wait_queue(page, &["Next?"]).await;
        assert_eq!(page.questions("error-late").len(), 1, "nothing was sent by itself");
    });
}

#[test]
fn a_queue_is_there_again_after_a_reload_and_in_its_own_conversation_and_sends_nothing_by_itself() {
    run(async |page| {
        begin_answer(page, "slow-first").await;
        enter(page, "Second?").await;
        wait_queue(page, &["Second?"]).await;
        page.wait("an address", "return location.hash.startsWith('#c=')", 10).await;
        let address = page.text("return location.href").await;
        // Another conversation has none; the answer goes on behind it.
        page.click("new-chat").await;
        page.wait("no queue", "return !$('queue') && !last()", 5).await;
        page.js("history.back()").await;
        wait_queue(page, &["Second?"]).await;
        wait_note(page, "Asked once").await;
        page.click("new-chat").await;
        page.wait("no queue", "return !$('queue') && !last()", 5).await;
        while page.questions("slow-first")[0].outcome != Outcome::Played {
            sleep(Duration::from_millis(100)).await;
        }
        // The keeper looks four times a second.
        sleep(Duration::from_secs(2)).await;
        page.driver.goto(address.as_str()).await.unwrap();
        page.wait_state(&["complete"], 15).await;
        wait_queue(page, &["Second?"]).await;
        wait_note(page, "It waits for you").await;
        page.driver.refresh().await.unwrap();
        wait_queue(page, &["Second?"]).await;
        assert_eq!(page.questions("slow-first").len(), 1, "nothing was sent by itself");
        page.click("send-queued").await;
        page.wait("the second answer", "return turns('assistant').length === 2", 10).await;
        assert_eq!(asked(page, "slow-first", 1), ["First?", "Second?"]);
    });
}

#[test]
fn a_reload_in_mid_answer_keeps_what_waits_and_the_draft_with_its_pasted_text() {
    run(async |page| {
        begin_answer(page, "slow-first").await;
        enter(page, "Second?").await;
        paste(page, &"pasted line\n".repeat(30)).await;
        page.wait("the card", "return shown($('aside'))", 5).await;
        page.element("composer").await.send_keys("A draft").await.unwrap();
        // WebDriver's own reload passes over the question whether to leave.
        page.driver.refresh().await.unwrap();
        wait_queue(page, &["Second?"]).await;
        page.wait("the draft", "return $('composer').value === 'A draft' && shown($('aside'))", 10).await;
        assert_eq!(page.questions("slow-first").len(), 1);
    });
}

/// Pastes as a person does.
async fn paste(page: &Page, text: &str) {
    page.allow_clipboard().await;
    page.js("$('composer').focus()").await;
    page.js(&format!("return navigator.clipboard.writeText({}).then(() => true)", json!(text))).await;
    for kind in ["rawKeyDown", "keyUp"] {
        let key = json!({ "type": kind, "key": "v", "code": "KeyV", "windowsVirtualKeyCode": 86, "modifiers": 2, "commands": ["paste"] });
        page.cdp("Input.dispatchKeyEvent", key).await;
    }
}

#[test]
fn long_pastes_fold_into_cards_that_are_shown_removed_and_sent_letter_by_letter_behind_what_is_typed() {
    run(async |page| {
        open(page, "no-done-but-finished").await;
        paste(page, "short").await;
        page.wait("it in the field", "return $('composer').value === 'short'", 5).await;
        page.element("composer").await.clear().await.unwrap();
        let code = format!("  fn main() {{}}\n{}\n\n", "    let x = 1;\n".repeat(30));
        for text in [code.as_str(), &"many words ".repeat(300), &"gone\n".repeat(40)] {
            paste(page, text).await;
        }
        page.wait("three cards", "return document.querySelectorAll('[data-testid=aside]').length === 3", 5)
            .await;
        let first = page.text("return $('aside').innerText").await;
        assert!(first.contains("fn main() {}") && first.contains("33 lines"), "{first}");
        page.js("document.querySelectorAll('[data-testid=remove-aside]')[2].click()").await;
        page.js("document.querySelectorAll('[data-testid=show-aside]')[1].click()").await;
        page.wait("one card", "return document.querySelectorAll('[data-testid=aside]').length === 1", 5)
            .await;
        assert!(page.text("return $('composer').value").await.starts_with("many words"));
        page.element("composer").await.clear().await.unwrap();
        page.element("composer").await.send_keys("What is this?").await.unwrap();
        page.click("send").await;
        page.wait_state(&["complete"], 10).await;
        let sent = page.body("no-done-but-finished", 0)["messages"][0]["content"].clone();
        assert_eq!(sent, json!(format!("What is this?\n\n{code}")));
        assert_eq!(page.js("return [!$('aside'), $('composer').value]").await, json!([true, ""]));
    });
}

#[test]
fn arrow_keys_recall_former_questions_and_move_the_caret_within_several_lines() {
    run(async |page| {
        open(page, "burst").await;
        for question in ["One?", "Two?"] {
            page.ask(question).await;
            page.wait_state(&["complete"], 20).await;
        }
        page.js("$('composer').focus()").await;
        let value = "return $('composer').value";
        for (key, shown) in
            [(Key::Up, "Two?"), (Key::Up, "One?"), (Key::Up, "One?"), (Key::Down, "Two?"), (Key::Down, "")]
        {
            page.press(&[key]).await;
            assert_eq!(page.text(value).await, shown);
        }
        page.press(&[Key::Up]).await;
        page.element("composer").await.send_keys(" And why?").await.unwrap();
        page.press(&[Key::Up]).await;
        assert_eq!(page.text(value).await, "One?");
        page.press(&[Key::Down]).await;
        assert_eq!(page.text(value).await, "Two? And why?", "what was edited is not lost");
        // Several lines that were typed: the keys move the caret.
        page.element("composer").await.clear().await.unwrap();
        page.press(&[Key::Escape]).await;
        page.driver.refresh().await.unwrap();
        ready(page).await;
        page.wait("the conversation", "return !!last()", 10).await;
        page.js(
            "$('composer').value = 'a\\nb\\nc'; $('composer').focus(); $('composer').setSelectionRange(5, 5)",
        )
        .await;
        page.press(&[Key::Up]).await;
        let caret = page.js("return [$('composer').value, $('composer').selectionStart]").await;
        assert_eq!(caret, json!(["a\nb\nc", 3]));
    });
}

#[test]
fn a_system_prompt_of_its_own_is_sent_shown_kept_forked_and_given_up() {
    run(async |page| {
        let base = page.lab.base("burst");
        page.use_settings(json!({ "base_url": base, "system": "Of the settings." })).await;
        ready(page).await;
        page.ask("One?").await;
        page.wait_state(&["complete"], 20).await;
        page.open_settings().await;
        page.click("other-system").await;
        page.wait(
            "the field",
            "return document.activeElement === $('own-system-field') && !shown($('settings'))",
            5,
        )
        .await;
        assert_eq!(page.text("return $('own-system-field').value").await, "Of the settings.");
        page.element("own-system-field").await.clear().await.unwrap();
        page.element("own-system-field").await.send_keys("Of its own.").await.unwrap();
        page.click("close-system").await;
        page.wait(
            "the fold",
            "return $('fold-system').innerText.includes('Of its own.') && !shown($('own-system-field'))",
            5,
        )
        .await;
        page.ask("Two?").await;
        page.wait_state(&["complete"], 20).await;
        page.driver.refresh().await.unwrap();
        page.wait("the fold", "return !!$('fold-system')?.innerText.includes('Of its own.')", 20).await;
        page.ask("Three?").await;
        page.wait_state(&["complete"], 20).await;
        page.js("document.querySelector('[data-testid=fork]').click()").await;
        page.wait(
            "the fork",
            "return turns('assistant').length === 1 && $('fold-system').innerText.includes('Of its own.')",
            10,
        )
        .await;
        page.ask("Four?").await;
        page.wait_state(&["complete"], 20).await;
        page.click("fold-system").await;
        page.click("drop-system").await;
        page.wait("no fold", "return !$('own-system')", 5).await;
        page.ask("Five?").await;
        page.wait_state(&["complete"], 20).await;
        page.click("new-chat").await;
        page.wait("an empty page", "return !last() && !$('own-system')", 5).await;
        page.ask("Six?").await;
        page.wait_state(&["complete"], 20).await;
        let systems: Vec<_> =
            (0..6).map(|index| page.body("burst", index)["messages"][0]["content"].clone()).collect();
        let (settings, own) = ("Of the settings.", "Of its own.");
        assert_eq!(systems, [settings, own, own, own, settings, settings]);
        assert_eq!(page.faults().await, Vec::<String>::new());
    });
}

/// Puts down the notifications that the browser is given, and shows them all the same.
const WATCHED: &str = "
    const Shown = window.Notification;
    window.__told = [];
    window.Notification = class extends Shown {
        constructor(title, options) {
            super(title, options);
            window.__told.push({ title, body: options.body, press: () => this.onclick() });
        }
    };
";

/// Has the browser answer when the page asks whether it may notify.
async fn answer_permission(page: &Page, setting: &str) {
    let origin = page.url.trim_end_matches('/');
    let permission =
        json!({ "permission": { "name": "notifications" }, "setting": setting, "origin": origin });
    page.cdp("Browser.setPermission", permission).await;
}

#[test]
fn a_notification_comes_when_the_tab_is_hidden_and_wanted_and_a_refusal_is_told() {
    run_with(WATCHED, async |page| {
        answer_permission(page, "denied").await;
        open(page, "slow-answer").await;
        page.open_settings().await;
        let switch = "document.querySelector('[name=notify]')";
        page.js(&format!("{switch}.click()")).await;
        page.wait("the refusal", "return shown($('notify-refused'))", 5).await;
        assert_eq!(page.js(&format!("return {switch}.checked")).await, json!(false));
        answer_permission(page, "granted").await;
        page.js(&format!("{switch}.click()")).await;
        page.wait(
            "it on",
            "return localStorage['tokenfall.notify'] === 'true' && !shown($('notify-refused'))",
            5,
        )
        .await;
        page.close_settings().await;
        page.ask("How do I make tea?").await;
        page.wait_state(&["complete"], 15).await;
        assert_eq!(page.js("return own.__told.length").await, json!(0), "somebody looks");
        page.ask("And again?").await;
        page.wait_state(&["streaming"], 10).await;
        let here = page.driver.window().await.unwrap();
        let other = page.driver.new_tab().await.unwrap();
        page.driver.switch_to_window(other.clone()).await.unwrap();
        sleep(Duration::from_secs(8)).await;
        page.driver.switch_to_window(here).await.unwrap();
        page.wait_state(&["complete"], 15).await;
        let told = page.js("return own.__told.map(({ title, body }) => ({ title, body }))").await;
        assert_eq!(told.as_array().map(Vec::len), Some(1), "{told}");
        assert_eq!(told[0]["title"], json!("How do I make tea?"));
        let body = told[0]["body"].as_str().unwrap();
        assert!(body.starts_with("Tea needs three things") && body.chars().count() <= 60, "{body}");
        page.js("own.__told[0].press()").await;
        assert_eq!(page.faults().await, Vec::<String>::new());
    });
}
