//! JSON by a schema: it is asked for, fills a tree while it streams, and what is wrong with it is told with its place.

use lab::scenarios::{JSON_LIST_SCHEMA, JSON_NONE, JSON_SCHEMA, JSON_TEXT, JSON_WRONG};
use serde_json::{Value, json};

use crate::{browser::run, page::Page};

/// Functions that read the answer on show.
const LOOK: &str = "
    const status = () => last()?.querySelector('[data-testid=structured-status]')?.textContent ?? '';
    const part = id => last()?.querySelector(`[data-testid=${id}]`);
    const tree = () => part('structured-tree')?.textContent ?? '';
    const faults = () => [...(last()?.querySelectorAll('[data-testid=structured-fault]') ?? [])].map(it => it.textContent);
";

async fn look(page: &Page, script: &str) -> Value {
    page.js(&format!("{LOOK} {script}")).await
}

pub(crate) async fn wait(page: &Page, what: &str, script: &str, seconds: u64) {
    page.wait(what, &format!("{LOOK} {script}"), seconds).await;
}

/// Opens the page at a scenario, and the dialog of the schema there.
pub(crate) async fn open_dialog(page: &Page, scenario: &str) {
    page.use_scenario(scenario).await;
    open_dialog_here(page).await;
}

/// Opens the dialog of the schema.
pub(crate) async fn open_dialog_here(page: &Page) {
    page.open_settings().await;
    page.click("own-schema-open").await;
    page.wait("the dialog", "return shown($('schema-field'))", 20).await;
}

/// Types a schema and takes it.
pub(crate) async fn take_schema(page: &Page, schema: &str, switches: &[&str]) {
    let type_it = format!(
        "const field = $('schema-field'); field.value = {};
         field.dispatchEvent(new InputEvent('input', {{ bubbles: true }}))",
        json!(schema)
    );
    page.js(&type_it).await;
    for switch in switches {
        page.js(&format!("document.querySelector('[name={switch}]').click()")).await;
    }
    page.click("save-schema").await;
    page.wait("the folded schema", "return shown($('own-schema')) && !$('schema')", 5).await;
}

/// Asks at a scenario with a schema.
pub(crate) async fn ask(page: &Page, scenario: &str, schema: &str, switches: &[&str]) {
    open_dialog(page, scenario).await;
    take_schema(page, schema, switches).await;
    page.ask("Which book?").await;
}

#[test]
fn json_fills_a_tree_while_it_streams_is_valid_at_the_end_and_all_of_it_is_there_again_after_a_reload() {
    run(async |page| {
        ask(page, "json", JSON_SCHEMA, &[]).await;
        wait(
            page,
            "an open value",
            "return tree().includes('Wizard') && !!part('structured-tree').querySelector('[data-open]')",
            15,
        )
        .await;
        wait(page, "words of how far it is", "return status().startsWith('Being written:')", 5).await;
        page.wait_state(&["complete"], 20).await;
        wait(page, "a valid end", "return status().startsWith('Valid')", 5).await;
        let body = page.body("json", 0);
        assert_eq!(body["response_format"]["type"], json!("json_schema"), "{body}");
        for at in 0..2 {
            assert_eq!(
                look(page, "return part('structured-tree').querySelectorAll('[data-open]').length").await,
                json!(0)
            );
            assert!(
                look(page, "return tree()").await.as_str().unwrap().contains("A Wizard of <b>Earthsea</b>")
            );
            assert_eq!(look(page, "return last().querySelectorAll('b').length").await, json!(0));
            look(page, "part('structured-show-raw').click()").await;
            wait(
                page,
                "the text",
                &format!("return part('structured-raw').textContent === {}", json!(JSON_TEXT)),
                5,
            )
            .await;
            if at == 0 {
                page.wait("the conversation's address", "return location.hash.startsWith('#c=')", 10).await;
                page.driver.refresh().await.unwrap();
                page.wait("the conversation", "return shown($('composer')) && !!last()", 20).await;
                wait(page, "the same again", "return status().startsWith('Valid')", 20).await;
                page.wait(
                    "the folded schema",
                    "return $('own-schema')?.textContent.includes('4 properties')",
                    10,
                )
                .await;
            }
        }
        assert_eq!(page.faults().await, Vec::<String>::new());
    });
}

#[test]
fn a_wrong_value_is_told_at_its_place_which_its_button_shows_and_the_answer_is_asked_for_again() {
    run(async |page| {
        ask(page, "json-wrong", JSON_SCHEMA, &[]).await;
        page.wait_state(&["complete"], 20).await;
        wait(page, "the fault", "return faults().length === 1 && faults()[0].startsWith('/year')", 5).await;
        look(page, "part('structured-fault').click()").await;
        wait(page, "the focus at the value", "return document.activeElement.textContent.includes('nineteen') && document.activeElement.dataset.wrong === ''", 5).await;
        look(page, "part('structured-ask-again').click()").await;
        page.wait("another question", "return document.querySelectorAll('[data-role=user]').length === 2 || document.body.textContent.includes('does not follow the schema')", 10).await;
        page.wait_state(&["complete"], 20).await;
        assert_eq!(page.faults().await, Vec::<String>::new());
    });
}

#[test]
fn the_first_wrong_value_stops_the_answer_where_that_is_wanted() {
    run(async |page| {
        ask(page, "json-wrong", JSON_SCHEMA, &["schema-stops"]).await;
        page.wait_state(&["stopped"], 20).await;
        wait(page, "the reason", "return status().startsWith('Stopped at the first wrong value')", 5).await;
        let text = look(page, "return tree()").await;
        assert!(!text.as_str().unwrap().contains("names"), "{text} of {JSON_WRONG}");
    });
}

#[test]
fn words_and_a_fence_around_the_json_a_cut_and_words_in_its_place_are_each_told() {
    run(async |page| {
        for (scenario, state, told, held) in [
            ("json-fenced", "complete", "Valid", "did not come alone"),
            ("json-cut", "truncated", "Cut off", "cut off here"),
            ("json-none", "complete", "This is not JSON", JSON_NONE),
        ] {
            ask(page, scenario, JSON_SCHEMA, &[]).await;
            page.wait_state(&[state], 20).await;
            wait(page, told, &format!("return status().startsWith({})", json!(told)), 5).await;
            let held = json!(held);
            let marks = "[...last().querySelectorAll('[aria-label]')].map(it => it.getAttribute('aria-label')).join()";
            wait(page, told, &format!("return (last().textContent + {marks}).includes({held})"), 5).await;
        }
    });
}

#[test]
fn a_megabyte_of_json_folds_what_is_much_and_is_a_table() {
    run(async |page| {
        open_dialog(page, "json-big").await;
        take_schema(page, JSON_LIST_SCHEMA, &[]).await;
        page.ask("All of them?").await;
        page.wait_state(&["complete"], 60).await;
        wait(page, "a valid end", "return status().startsWith('Valid')", 30).await;
        let nodes = look(page, "return part('structured-tree').querySelectorAll('*').length").await;
        assert!(nodes.as_u64().unwrap() < 20_000, "{nodes} nodes");
        look(page, "part('structured-show-table').click()").await;
        wait(page, "the table", "return last().querySelectorAll('tbody tr').length === 100", 10).await;
        look(page, "part('structured-more-rows').click()").await;
        wait(page, "more rows", "return last().querySelectorAll('tbody tr').length === 200", 10).await;
    });
}

#[test]
fn a_text_that_is_no_schema_is_told_at_the_field_and_is_still_there_when_the_dialog_is_opened_again() {
    run(async |page| {
        open_dialog(page, "json").await;
        page.js("const field = $('schema-field'); field.value = '{\"type\": ';
                 field.dispatchEvent(new InputEvent('input', { bubbles: true }))")
            .await;
        page.wait("words at the field", "return shown($('schema-problem'))", 5).await;
        page.click("save-schema").await;
        assert_eq!(page.js("return !!$('schema')").await, json!(true), "it stays open");
        page.press_escape().await;
        page.wait("a closed dialog", "return !$('schema')", 5).await;
        page.open_settings().await;
        page.click("own-schema-open").await;
        page.wait("what was typed", "return $('schema-field')?.value === '{\"type\": '", 10).await;
        assert_eq!(page.faults().await, Vec::<String>::new());
    });
}
