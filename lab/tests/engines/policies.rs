//! The browser itself refuses markup and code that come from text: Trusted Types and the content security policy.
//!
//! Tried in the page's own script, since what WebDriver runs is not bound by the page's policies in every engine.

use serde_json::{Value, json};

use crate::{browser::run_with, page::Page};

const SINKS: &str = include_str!("sinks.js");

/// What a probe of `sinks.js` finds.
async fn probe(page: &Page, name: &str, argument: Value) -> Value {
    page.js(&format!("own.__probe('{name}', {})", json!(argument.to_string()))).await;
    page.wait("the probe", "return typeof own.__outcome === 'string'", 5).await;
    serde_json::from_str(&page.text("return own.__outcome").await).unwrap()
}

#[test]
fn text_becomes_no_markup_and_no_code_but_for_the_inert_static_parts_of_our_own_views() {
    run_with(SINKS, async |page| {
        let refusals = probe(page, "refusals", json!("<i>x</i>")).await;
        let refusals: Vec<(String, Option<String>)> = serde_json::from_value(refusals).unwrap();
        assert_eq!(refusals.len(), 18);
        // A content security policy without 'unsafe-eval' says it by an error of its own.
        let is_refused = |error: &Option<String>| {
            error.as_deref().is_some_and(|name| ["TypeError", "EvalError"].contains(&name))
        };
        let taken: Vec<_> = refusals.into_iter().filter(|(_, error)| !is_refused(error)).collect();
        assert_eq!(taken, []);
        let hostile: Vec<String> =
            serde_json::from_str(include_str!("../../../tests/cases/hostile-markup.json")).unwrap();
        assert!(40 <= hostile.len());
        let tried = hostile.iter().flat_map(|markup| {
            [
                markup.clone(),
                format!("Text<!>{markup}"),
                format!("<h2 id=\"a\">b</h2>{markup}"),
                format!("<h2>{markup}</h2>"),
            ]
        });
        assert_eq!(probe(page, "passing", tried.collect()).await, json!([]));
        let inert = json!("Settings &amp; <!>more");
        assert_eq!(probe(page, "made", inert).await, json!("Settings & more"), "text without a tag passes");
    });
}
