//! Conversations are kept in each engine's own database.

use serde_json::json;

use crate::{browser::run, page::Page};

const TEA: &str = "How do I make tea?";

/// Waits until what keeps conversations has named the one on show in the address: then it is in the database.
async fn wait_kept(page: &Page) -> String {
    page.wait("an address", "return location.hash.startsWith('#c=')", 20).await;
    page.text("return location.href").await
}

#[test]
fn a_conversation_is_there_again_behind_a_reload_in_the_list_and_after_a_deletion_that_was_undone() {
    run(async |page| {
        page.use_scenario("slow-answer").await;
        page.ask(TEA).await;
        page.wait_state(&["complete"], 20).await;
        wait_kept(page).await;
        let text = page.answer().await;
        page.driver.refresh().await.unwrap();
        page.wait_state(&["complete"], 20).await;
        assert_eq!(page.answer().await, text);
        let question = page.text("return turns('user').map(turn => turn.innerText.trim()).join()").await;
        assert!(question.ends_with(TEA), "{question}");
        page.click("history").await;
        let titles = "return [...document.querySelectorAll('[data-testid=conversation] a')].map(a => a.textContent).join()";
        page.wait("the list", &format!("{titles} === {}", json!(TEA)), 20).await;
        page.js("const row = document.querySelector('[data-testid=conversation]');
                 row.dispatchEvent(new PointerEvent('pointerenter'))")
            .await;
        page.wait("the tools", "return !!$('delete-conversation')", 5).await;
        page.js("$('delete-conversation').click()").await;
        page.wait("an empty list", &format!("{titles} === ''"), 10).await;
        page.wait("the way back", "return shown($('undo'))", 5).await;
        page.click("undo").await;
        page.wait("the list", &format!("{titles} === {}", json!(TEA)), 10).await;
        assert_eq!(page.faults().await, Vec::<String>::new());
    });
}

#[test]
fn an_answer_that_a_reload_cuts_is_there_up_to_there_and_is_never_taken_for_a_whole_one() {
    run(async |page| {
        page.use_scenario("slow-answer").await;
        page.ask(TEA).await;
        page.wait_text(10).await;
        wait_kept(page).await;
        page.wait("some text", "return $('answer', last()).textContent.length > 30", 20).await;
        page.driver.refresh().await.unwrap();
        page.wait_state(&["interrupted"], 20).await;
        assert!(page.answer().await.starts_with("Tea needs three things"), "{}", page.answer().await);
        assert!(page.error().await.contains("page was closed while the answer was being written"));
        page.wait_retry().await;
    });
}
