//! The keyboard.

use lab::scenarios::STALL_TEXT;
use serde_json::json;
use thirtyfour::Key;

use crate::browser::run;

#[test]
fn enter_sends_with_shift_makes_a_line_and_escape_stops_and_closes_settings_which_give_the_focus_back() {
    run(async |page| {
        let name = "no-done-but-finished";
        page.use_scenario(name).await;
        page.element("composer").await.send_keys("one").await.unwrap();
        page.press(&[Key::Shift, Key::Enter]).await;
        page.element("composer").await.send_keys("two").await.unwrap();
        assert_eq!(page.text("return $('composer').value").await, "one\ntwo");
        assert_eq!(page.questions(name).len(), 0);
        page.press(&[Key::Enter]).await;
        page.wait_state(&["complete"], 10).await;
        assert_eq!(page.body(name, 0)["messages"][0]["content"], json!("one\ntwo"));
        assert_eq!(page.text("return $('composer').value").await, "");
        page.use_scenario("stall-midstream").await;
        page.ask("Go on").await;
        let text = format!("return $('answer', last())?.textContent.trim() === '{STALL_TEXT}'");
        page.wait("the text", &text, 10).await;
        page.press_escape().await;
        page.wait_state(&["stopped"], 5).await;
        page.wait_until_left("stall-midstream").await;
        assert_eq!(page.answer().await.trim(), STALL_TEXT);
        page.js("$('open-settings').focus()").await;
        page.press(&[Key::Enter]).await;
        page.wait("the settings", "return shown($('settings'))", 5).await;
        page.wait("the focus inside", "return $('settings').contains(document.activeElement)", 5).await;
        page.press_escape().await;
        page.wait("closed settings", "return !shown($('settings'))", 5).await;
        page.wait("the focus back", "return document.activeElement === $('open-settings')", 5).await;
    });
}
