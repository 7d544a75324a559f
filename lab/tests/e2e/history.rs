//! Conversations outlive the tab: what was said is there again, and nothing that a person does with it loses any of it.

mod find;
mod list;
mod narrow;
mod tabs;
mod transfer;
mod trouble;
mod turns;

use serde_json::{Value, json};
use thirtyfour::{By, WebElement};

use crate::{browser::run, page::Page};

/// How a question begins that is the title of its conversation.
const TEA: &str = "How do I make tea?";
const COFFEE: &str = "And how do I make coffee?";

/// The last words of `slow-answer`, as shown.
const LAST_WORDS: &str = "enjoy the silence 🍵.";

/// Reads the database beside the page. It must not make one: that would be the page's with nothing in it.
const DATABASE: &str = "
    const database = () => new Promise((done, fail) => {
        const request = indexedDB.open('tokenfall');
        request.onupgradeneeded = () => request.transaction.abort();
        request.onsuccess = () => done(request.result);
        request.onerror = () => fail(request.error);
    });
    const dump = async () => {
        const opened = await database();
        const stores = ['conversations', 'turns', 'tapes'];
        const reading = opened.transaction(stores);
        const all = name => new Promise((done, fail) => {
            const request = reading.objectStore(name).getAll();
            request.onsuccess = () => done(request.result);
            request.onerror = () => fail(request.error);
        });
        const found = await Promise.all(stores.map(all));
        opened.close();
        return Object.fromEntries(stores.map((name, at) => [name, found[at]]));
    };
    const titleOf = a => (a?.querySelector('.found-title') ?? a)?.textContent;
    const row = title => [...document.querySelectorAll('[data-testid=conversation]')]
        .find(row => titleOf(row.querySelector('a')) === title);
    const titles = () => [...document.querySelectorAll('[data-testid=conversation] a')].map(titleOf);
";

/// A script with [`DATABASE`] before it.
async fn look(page: &Page, script: &str) -> Value {
    page.js(&format!("{DATABASE} {script}")).await
}

/// Waits for a script with [`DATABASE`] before it.
async fn wait(page: &Page, what: &str, script: &str) {
    page.wait(what, &format!("{DATABASE} {script}"), 15).await;
}

/// Waits until the conversation on show is in the database, its last answer in that state.
pub(crate) async fn wait_kept(page: &Page, state: &str) {
    let script = format!(
        "return dump().then(kept => kept.conversations.some(record =>
             '#c=' + record.id === location.hash && record.state === '{state}'), () => false)"
    );
    wait(page, &format!("the database to hold the answer as {state}"), &script).await;
}

/// Asks, and waits until the whole answer was shown and kept.
async fn ask_and_keep(page: &Page, question: &str) {
    page.ask(question).await;
    page.wait_state(&["complete"], 20).await;
    wait_kept(page, "complete").await;
}

/// Loads the page again at the address that it has, and waits until a conversation is there.
async fn reload(page: &Page) {
    page.driver.refresh().await.unwrap();
    page.wait("the conversation", "return shown($('composer')) && !!last()", 20).await;
}

/// Shows the side bar, if it is not on show.
async fn show_list(page: &Page) {
    // A page that was loaded anew may be about to show it by itself.
    if page.js("return shown($('side-bar')) || !!localStorage['tokenfall.sidebar']").await != json!(true) {
        page.click("history").await;
    }
    page.wait("the list", "return shown($('conversations'))", 10).await;
}

/// The row's link.
async fn link(page: &Page, title: &str) -> WebElement {
    wait(page, &format!("a row {title:?}"), &format!("return !!row({})", json!(title))).await;
    let path = format!("//*[@data-testid='conversation']//a[.=\"{title}\"]");
    page.driver.find(By::XPath(path.as_str())).await.unwrap()
}

/// Opens a conversation by a real click on its row.
async fn open(page: &Page, title: &str) {
    link(page, title).await.click().await.unwrap();
    wait(
        page,
        &format!("{title:?} on show"),
        &format!("return row({})?.querySelector('a').ariaCurrent === 'true'", json!(title)),
    )
    .await;
}

/// Presses one of a row's tools, which are there once the mouse is.
async fn press_in_row(page: &Page, title: &str, id: &str) {
    let link = link(page, title).await;
    page.driver.action_chain().move_to_element_center(&link).perform().await.unwrap();
    let path = format!("//*[@data-testid='conversation'][.//a[.=\"{title}\"]]//*[@data-testid='{id}']");
    let tool = page.driver.find(By::XPath(path.as_str())).await.unwrap();
    tool.click().await.unwrap();
}

/// The number of records in each store: conversations, turns, batches of recordings.
async fn counts(page: &Page) -> Value {
    look(
        page,
        "return dump().then(kept => [kept.conversations, kept.turns, kept.tapes].map(all => all.length))",
    )
    .await
}

/// The questions on show.
async fn questions(page: &Page) -> Value {
    page.js("return turns('user').map(turn => turn.querySelector('[dir=auto]').innerText)").await
}

#[test]
fn a_reload_brings_back_the_question_the_text_its_state_and_the_numbers() {
    run(async |page| {
        page.use_scenario("slow-answer").await;
        ask_and_keep(page, TEA).await;
        let shown =
            "return JSON.stringify([turns('user').map(turn => turn.innerText), turns('assistant').map(turn =>
            [turn.dataset.state, $('answer', turn).textContent,
             [...turn.querySelectorAll('[data-number]')].map(number => number.innerText)])])";
        let before = page.text(shown).await;
        assert!(before.contains(TEA) && before.contains("silence 🍵."), "{before}");
        assert!(page.js("return last().querySelectorAll('[data-number]').length").await.as_u64() > Some(1));
        reload(page).await;
        page.wait_state(&["complete"], 10).await;
        page.wait("the same text", &format!("{shown} === {}", json!(before)), 10).await;
        assert_eq!(page.faults().await, Vec::<String>::new());
    });
}

#[test]
fn a_reload_brings_back_a_stopped_answer_as_stopped_with_its_text() {
    run(async |page| {
        page.use_scenario("slow-answer").await;
        page.ask(TEA).await;
        page.wait_text(10).await;
        page.press_escape().await;
        page.wait_state(&["stopped"], 5).await;
        let text = page.answer().await;
        wait_kept(page, "stopped").await;
        reload(page).await;
        assert_eq!(page.state().await, "stopped");
        assert_eq!(page.answer().await, text);
        page.wait_retry().await;
    });
}

#[test]
fn a_reload_brings_back_a_failure_in_the_same_words_with_a_retry() {
    run(async |page| {
        page.use_scenario("401").await;
        page.ask("Hello?").await;
        page.wait_state(&["failed"], 20).await;
        let error = page.error().await;
        assert!(!error.is_empty());
        wait_kept(page, "failed").await;
        reload(page).await;
        assert_eq!(page.state().await, "failed");
        assert_eq!(page.error().await, error);
        page.wait_retry().await;
    });
}

#[test]
fn a_reload_in_mid_answer_brings_back_its_beginning_says_why_and_retry_answers() {
    run(async |page| {
        page.use_scenario("slow-answer").await;
        page.ask(TEA).await;
        page.wait("a paragraph", "return $('answer', last()).textContent.includes('not boiled')", 10).await;
        reload(page).await;
        assert_eq!(page.state().await, "interrupted");
        assert!(page.answer().await.starts_with("Tea needs three things"), "{}", page.answer().await);
        assert!(page.answer().await.contains("not boiled"), "what was shown is there");
        let error = page.error().await;
        assert!(error.contains("page was closed while the answer was being written"), "{error}");
        page.wait_retry().await;
        page.click("retry").await;
        page.wait_state(&["complete"], 20).await;
        assert!(page.answer().await.contains(LAST_WORDS));
    });
}

#[test]
fn a_new_tab_at_the_bare_address_begins_empty_and_the_list_has_what_was_asked() {
    run(async |page| {
        page.use_scenario("slow-answer").await;
        ask_and_keep(page, TEA).await;
        let tab = page.driver.new_tab().await.unwrap();
        page.driver.switch_to_window(tab).await.unwrap();
        page.load().await;
        show_list(page).await;
        wait(page, "the row", &format!("return !!row({})", json!(TEA))).await;
        assert_eq!(page.js("return turns('user').length").await, json!(0), "nothing is on show");
        assert_eq!(page.text("return location.hash").await, "");
        open(page, TEA).await;
        page.wait_state(&["complete"], 10).await;
        assert!(page.answer().await.contains(LAST_WORDS));
    });
}

#[test]
fn new_chat_keeps_the_old_conversation_and_back_returns_to_it() {
    run(async |page| {
        page.use_scenario("slow-answer").await;
        ask_and_keep(page, TEA).await;
        let address = page.text("return location.href").await;
        page.click("new-chat").await;
        page.wait("an empty page", "return !last() && location.hash === ''", 5).await;
        page.driver.back().await.unwrap();
        page.wait_state(&["complete"], 10).await;
        assert!(page.answer().await.contains(LAST_WORDS));
        assert_eq!(page.text("return location.href").await, address);
    });
}

#[test]
fn back_and_forward_go_one_conversation_a_step_and_never_get_caught() {
    run(async |page| {
        page.use_scenario("burst").await;
        ask_and_keep(page, TEA).await;
        page.click("new-chat").await;
        page.wait("an empty page", "return !last()", 5).await;
        ask_and_keep(page, COFFEE).await;
        show_list(page).await;
        open(page, TEA).await;
        let on_show =
            |title: &str| format!("return row({})?.querySelector('a').ariaCurrent === 'true'", json!(title));
        page.driver.back().await.unwrap();
        wait(page, "the conversation before, by one step back", &on_show(COFFEE)).await;
        page.driver.forward().await.unwrap();
        wait(page, "the conversation after, by one step forward", &on_show(TEA)).await;
        page.driver.back().await.unwrap();
        page.driver.back().await.unwrap();
        wait(page, "the first one, by another step back", &on_show(TEA)).await;
    });
}

#[test]
fn an_answer_goes_on_beside_the_conversation_on_show_is_marked_and_whole_when_opened_again() {
    run(async |page| {
        page.use_scenario("slow-answer").await;
        show_list(page).await;
        page.ask(TEA).await;
        page.wait_text(10).await;
        page.click("side-new-chat").await;
        page.wait("an empty page", "return !last()", 5).await;
        let mark = format!(
            "return row({})?.querySelector('.answering[aria-label=\"An answer is being written\"]')",
            json!(TEA)
        );
        wait(page, "the mark", &format!("{mark} != null")).await;
        wait(page, "the mark to go", &format!("{mark} == null && !!row({})", json!(TEA))).await;
        open(page, TEA).await;
        assert_eq!(page.state().await, "complete");
        assert!(page.answer().await.contains(LAST_WORDS));
        assert_eq!(page.questions("slow-answer").len(), 1, "it was asked once");
        wait_kept(page, "complete").await;
        reload(page).await;
        assert_eq!(page.state().await, "complete");
        assert!(page.answer().await.contains(LAST_WORDS));
    });
}

#[test]
fn two_conversations_answer_at_once_and_stopping_one_leaves_the_other() {
    run(async |page| {
        page.use_scenario("slow-answer").await;
        show_list(page).await;
        page.ask(TEA).await;
        page.wait_text(10).await;
        page.click("side-new-chat").await;
        page.wait("an empty page", "return !last()", 5).await;
        page.ask(COFFEE).await;
        page.wait_text(10).await;
        open(page, TEA).await;
        assert_eq!(page.state().await, "streaming", "it goes on while it is looked at");
        open(page, COFFEE).await;
        page.press_escape().await;
        page.wait_state(&["stopped"], 5).await;
        open(page, TEA).await;
        page.wait_state(&["complete"], 20).await;
        assert!(page.answer().await.contains(LAST_WORDS));
        assert_eq!(questions(page).await, json!([TEA]));
        open(page, COFFEE).await;
        page.wait_state(&["stopped"], 5).await;
        assert!(!page.answer().await.contains(LAST_WORDS));
        assert_eq!(page.faults().await, Vec::<String>::new());
    });
}

#[test]
fn a_draft_is_back_after_switching_away_and_back() {
    run(async |page| {
        page.use_scenario("burst").await;
        ask_and_keep(page, TEA).await;
        show_list(page).await;
        page.element("composer").await.send_keys("Half a thought").await.unwrap();
        page.click("side-new-chat").await;
        page.wait("an empty page", "return !last()", 5).await;
        assert_eq!(page.js("return $('composer').value").await, json!(""), "it belongs to the other one");
        ask_and_keep(page, COFFEE).await;
        open(page, TEA).await;
        page.wait("the draft", "return $('composer').value === 'Half a thought'", 5).await;
        open(page, COFFEE).await;
        page.wait("no draft", "return $('composer').value === ''", 5).await;
    });
}

#[test]
fn an_address_of_a_conversation_that_is_not_there_says_so_and_the_page_works() {
    run(async |page| {
        page.use_scenario("burst").await;
        page.driver.goto(format!("{}#c=no-such-one", page.url)).await.unwrap();
        page.driver.refresh().await.unwrap();
        page.wait("the notice", "return /not in this browser/.test($('store-problem')?.innerText)", 15).await;
        assert_eq!(
            page.js("return document.querySelectorAll('[data-testid=store-problem]').length").await,
            json!(1)
        );
        ask_and_keep(page, TEA).await;
        assert_ne!(page.text("return location.hash").await, "#c=no-such-one");
        reload(page).await;
        assert!(page.answer().await.contains(LAST_WORDS));
    });
}
