//! A question goes out again by itself only before the first byte of an answer, and the person sees it and can stop it.

use crate::browser::run;

#[test]
fn a_server_that_was_busy_and_holds_its_refusal_open_is_asked_again() {
    run(async |page| {
        page.use_scenario("503-held-once").await;
        page.ask("Hello?").await;
        page.wait_state(&["complete"], 20).await;
        assert_eq!(page.answer().await.trim(), "Loaded.");
        assert_eq!(page.questions("503-held-once").len(), 2);
    });
}

#[test]
fn a_proxys_page_that_is_held_open_is_asked_again() {
    run(async |page| {
        page.use_scenario("502-html-held-once").await;
        page.ask("Hello?").await;
        page.wait_state(&["complete"], 20).await;
        assert_eq!(page.answer().await.trim(), "Back again.");
        assert_eq!(page.questions("502-html-held-once").len(), 2);
    });
}

#[test]
fn the_wait_is_counted_down_beside_the_reason_and_a_stop_ends_it() {
    run(async |page| {
        page.use_scenario("429").await;
        page.ask("Hello?").await;
        page.wait(
            "the countdown",
            "return /Rate limit reached.*again in [67]\\u00a0s/.test(last().innerText)",
            5,
        )
        .await;
        page.wait("the next second", "return /again in [1-5]\\u00a0s/.test(last().innerText)", 8).await;
        let said = page.text("return $('announcer').innerText").await;
        assert!(said.contains("Rate limit reached") && said.contains("gain"), "{said:?}");
        page.press_escape().await;
        page.wait_state(&["failed"], 5).await;
        assert!(page.error().await.contains("Rate limit reached"));
        page.wait_retry().await;
        tokio::time::sleep(std::time::Duration::from_secs(7)).await;
        assert_eq!(page.questions("429").len(), 1, "nothing goes out behind a stop");
    });
}

#[test]
fn a_wait_can_be_cut_short() {
    run(async |page| {
        page.use_scenario("429-minute").await;
        page.ask("Hello?").await;
        page.wait("the countdown", "return /again in 5\\d\\u00a0s/.test(last().innerText)", 5).await;
        page.click("try-now").await;
        for _ in 0..200 {
            if page.questions("429-minute").len() == 2 {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        panic!("the button did not send the question");
    });
}
