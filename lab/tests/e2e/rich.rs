//! What answers bring besides text is shown in a form for people, and as text nodes.

use serde_json::json;

use crate::browser::run;

#[test]
fn the_arguments_of_a_call_grow_laid_out_while_they_stream() {
    run(async |page| {
        page.use_scenario("tool-call").await;
        page.ask("How is the weather?").await;
        page.wait(
            "the name and a part",
            "return /Calls get_weather[^]*city/.test($('answer', last())?.innerText)",
            10,
        )
        .await;
        assert_eq!(page.state().await, "streaming");
        page.wait_state(&["complete"], 10).await;
        let code = page.text("return $('answer', last()).querySelector('pre').innerText").await;
        let expected =
            "{\n  \"city\": \"<b>Bern</b>\",\n  \"days\": [\n    1,\n    2\n  ],\n  \"units\": {}\n}";
        assert_eq!(code.trim_end(), expected);
        assert!(page.answer().await.contains("Calls get_time"), "a call without arguments is shown too");
        assert_eq!(page.js("return last().querySelectorAll('b').length").await, json!(0));
    });
}

#[test]
fn sources_are_listed_once_and_only_web_addresses_are_links() {
    run(async |page| {
        page.use_scenario("sources").await;
        page.ask("Who hums?").await;
        page.wait_state(&["complete"], 10).await;
        page.wait("the sources", "return shown($('sources', last()))", 5).await;
        let items = page.js("return [...$('sources', last()).querySelectorAll('li')].map(li => [li.innerText, li.querySelector('a')?.href ?? null])").await;
        let items: Vec<(String, Option<String>)> = serde_json::from_value(items).unwrap();
        assert_eq!(items.len(), 3, "{items:?}");
        assert!(
            items[0].0.starts_with("On <i>kettles</i>") && items[0].0.ends_with("tea.example"),
            "{items:?}"
        );
        assert_eq!(items[0].1.as_deref(), Some("https://tea.example/kettle?a=1"));
        assert_eq!(items[1], ("A trap".to_owned(), None));
        assert!(items[2].0.contains("cup.example"), "{items:?}");
        let rel = page.text("return $('sources', last()).querySelector('a').rel").await;
        assert!(rel.contains("noopener") && rel.contains("noreferrer"), "{rel}");
    });
}

#[test]
fn each_of_two_answers_to_one_question_can_be_read() {
    run(async |page| {
        page.use_scenario("two-answers").await;
        page.ask("Twice, please").await;
        page.wait_state(&["complete"], 10).await;
        assert_eq!(page.answer().await.trim(), "The first answer.");
        page.wait("the first of two", "return last().innerText.includes('1 of 2')", 5).await;
        page.js("last().querySelector('[aria-label=\"The answer after\"]').click()").await;
        page.wait("the other", "return $('answer', last())?.textContent.includes('which differs')", 5).await;
        assert_eq!(page.js("return turns('assistant').length").await, json!(1));
        page.ask("And now?").await;
        page.wait_state(&["complete"], 10).await;
        let sent = page.body("two-answers", 1);
        assert_eq!(sent["messages"][1]["content"], json!("The second answer, which differs."), "{sent}");
    });
}

#[test]
fn an_event_that_nobody_knows_is_kept_in_sight_as_it_came() {
    run(async |page| {
        page.use_scenario("unknown-event").await;
        page.ask("Well?").await;
        page.wait_state(&["complete"], 10).await;
        assert_eq!(page.answer().await.trim(), "All is well.");
        page.wait("the fold", "return shown($('raw', last()))", 5).await;
        let raw = page.text("return $('raw', last()).textContent").await;
        assert!(raw.contains("event_of_tomorrow") && raw.contains("<script>never()</script>"), "{raw}");
    });
}

#[test]
fn a_footnote_is_reached_and_left_by_the_keyboard_and_the_address_stays() {
    run(async |page| {
        page.use_scenario("guide").await;
        page.ask("A guide?").await;
        page.wait_state(&["complete"], 30).await;
        let address = page.js("return location.href").await;
        page.js("$('answer', last()).querySelector('.md-h1, .md-h2, p').scrollIntoView()").await;
        page.js("$('answer', last()).querySelector('[role=doc-noteref]').focus({ preventScroll: true })")
            .await;
        page.key("Enter", 13).await;
        page.wait(
            "the note in view",
            "const note = document.activeElement, r = note.getBoundingClientRect();
             return note.textContent.includes('between two refreshes') && r.top >= 0 && r.bottom <= innerHeight",
            5,
        )
        .await;
        // The next stop of the keyboard is the way back.
        page.key("Tab", 9).await;
        assert_eq!(page.text("return document.activeElement.role").await, "doc-backlink");
        page.key("Enter", 13).await;
        page.wait("the mark", "return document.activeElement.role === 'doc-noteref'", 5).await;
        assert_eq!(page.js("return location.href").await, address);
        assert_eq!(
            page.js("return $('answer', last()).querySelectorAll('[id], [name]').length").await,
            json!(0)
        );
        assert_eq!(page.faults().await, Vec::<String>::new());
    });
}
