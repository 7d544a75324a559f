//! What is copied, read back by pasting it.

use lab::scenarios::READING;
use thirtyfour::{By, Key};

use crate::{browser::run, page::Page};

/// Pastes into the empty composer until that holds `wanted`: no engine says when a copy is made.
async fn expect_pasted(page: &Page, what: &str, wanted: &str) {
    let mut pasted = String::new();
    for _ in 0..20 {
        let composer = page.element("composer").await;
        composer.clear().await.unwrap();
        composer.click().await.unwrap();
        page.press(&[Key::Control.into(), 'v']).await;
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        pasted = page.text("return $('composer').value").await;
        if pasted == wanted {
            return;
        }
    }
    assert_eq!(pasted, wanted, "{what}");
}

#[test]
fn an_answer_and_its_table_are_copied_exactly() {
    run(async |page| {
        page.use_scenario("reading").await;
        page.ask("How do I make tea?").await;
        page.wait_state(&["complete"], 20).await;
        page.click("copy").await;
        expect_pasted(page, "the answer", READING).await;
        let selector = "[data-testid=answer] [data-take=csv]";
        page.js(&format!("document.querySelector('{selector}').scrollIntoView({{ block: 'center' }})")).await;
        page.driver.find(By::Css(selector)).await.unwrap().click().await.unwrap();
        // A field of text has line feeds alone.
        expect_pasted(page, "the table", "leaf,formula\ngreen,'=1+1\nblack,\"\"\"4\"\"\"\n").await;
        assert_eq!(page.faults().await, Vec::<String>::new());
    });
}
