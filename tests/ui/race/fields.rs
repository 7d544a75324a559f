//! The fields of a race: what is wrong with them, and what fills them in.

use super::{HOSTILE, host, server, value};
use crate::mounted::{Mounted, dispatch, owned, settled};
use leptos::prelude::*;
use tokenfall::engine::messages::{race as words, sheet};
use tokenfall::engine::settings::KeyRecord;
use tokenfall::ui::race::set_up::SetUp;
use tokenfall::ui::race::{Forms, RaceServer};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlButtonElement, HtmlElement, HtmlSelectElement};

/// The fields of a race.
fn set_up(servers: Vec<RaceServer>) -> (Owner, Mounted, Forms, RwSignal<u32>) {
    let owner = owned();
    let (host, _) = host("Why?", servers);
    let forms = owner.with(|| Forms::new(&host));
    let starts = RwSignal::new(0);
    let start = move |()| {
        if forms.starts().is_some() {
            starts.update(|starts| *starts += 1);
        }
    };
    let mounted = owner.with(|| Mounted::new(move || view! { <SetUp forms=forms on_start=start /> }));
    (owner, mounted, forms, starts)
}

/// The problems that are told.
fn problems(mounted: &Mounted) -> Vec<String> {
    let all = mounted.find::<Element>(".race-lanes").parent_element().unwrap();
    let all = all.query_selector_all("[data-testid=race-problem]:not([hidden])").unwrap();
    (0..all.length()).map(|at| all.get(at).unwrap().text_content().unwrap()).collect()
}

/// Covers SetUp: bad input. LaneFields: bad input. LaneTextField: event, bad input. ProblemLine: state, bad input.
#[wasm_bindgen_test]
async fn each_bad_field_is_told_at_its_place_nothing_starts_and_nothing_typed_is_lost() {
    let (_owner, mounted, _forms, starts) = set_up(vec![server("a", "Home", &["m"])]);
    settled().await;
    let first = "[data-testid=race-fields]:first-child";
    for (field, text, problem) in [
        ("model", "  ", None),
        ("temperature", "warm", Some(sheet::TEMPERATURE_REFUSED)),
        ("max-tokens", "0", Some(sheet::LIMIT_REFUSED)),
        ("max-tokens", "1e3", Some(sheet::LIMIT_REFUSED)),
        ("extra", "{\"top_k\":", None),
        ("extra", HOSTILE, None),
    ] {
        let control = format!("{first} [name={field}]");
        let before = value(&mounted, &control);
        mounted.type_into(&control, text);
        mounted.press("[data-testid=race-start]");
        settled().await;
        let told = problems(&mounted);
        assert_eq!(told.len(), 1, "{field}: {told:?}");
        assert!(problem.is_none_or(|problem| problem == told[0]), "{field}: {told:?}");
        let described = mounted.find::<Element>(&control).get_attribute("aria-describedby").unwrap();
        assert_eq!(mounted.text(&format!("#{described}")), told[0], "{field}");
        assert_eq!(mounted.find::<Element>(&control).get_attribute("aria-invalid").as_deref(), Some("true"));
        assert_eq!(value(&mounted, &control), text, "what was typed stays");
        mounted.type_into(&control, &before);
        settled().await;
        assert_eq!(problems(&mounted), Vec::<String>::new(), "{field}: it is told until it is changed");
        let is_open = mounted.find::<Element>(&format!("{first} details")).has_attribute("open");
        assert_eq!(is_open, field != "model", "{field}: nothing is folded while it is being mended");
    }
    mounted.type_into("[data-testid=race-question]", " \n ");
    mounted.press("[data-testid=race-start]");
    settled().await;
    assert_eq!(problems(&mounted), [words::QUESTION_MISSING]);
    assert_eq!((starts.get_untracked(), mounted.count("b")), (0, 0));
    mounted.type_into("[data-testid=race-question]", "Why?");
    mounted.press("[data-testid=race-start]");
    settled().await;
    assert_eq!((problems(&mounted).len(), starts.get_untracked()), (0, 1));
}

/// Covers SetUp: event, state. LaneFields: event, state. LaneTextField: state.
#[wasm_bindgen_test]
async fn presets_fill_in_lanes_that_are_named_by_what_differs_and_lanes_come_and_go_between_two_and_four() {
    let servers = vec![server("a", "Home", &["m", "m2"]), server("b", HOSTILE, &["m3"])];
    let (_owner, mounted, forms, _) = set_up(servers);
    settled().await;
    for (preset, names) in [
        ("race-models", vec!["m", "m2"]),
        ("race-proxy", vec!["m, Home", "m3, <b>not bold</b>"]),
        ("race-same", vec!["Answer 1", "Answer 2", "Answer 3"]),
        ("race-stream-whole", vec![words::STREAMING, words::WHOLE]),
    ] {
        mounted.press(&format!("[data-testid={preset}]"));
        settled().await;
        assert_eq!(untrack(|| forms.names()), names);
        assert_eq!(mounted.count("[data-testid=race-fields]") as usize, names.len());
    }
    assert_eq!(mounted.count("b"), 0, "a server's name is text");
    let last = "[data-testid=race-fields]:last-child";
    let choice: Element = mounted.find(&format!("{last} select"));
    choice.unchecked_ref::<HtmlSelectElement>().set_value("b");
    dispatch(&choice, "change");
    settled().await;
    assert_eq!(value(&mounted, &format!("{last} [name=model]")), "m3", "it follows the server");
    mounted.type_into(&format!("{last} [name=model]"), "own");
    mounted.type_into(&format!("{last} [name=name]"), "Mine");
    mounted.press("[data-testid=race-add]");
    mounted.press("[data-testid=race-add]");
    settled().await;
    assert!(mounted.find::<HtmlButtonElement>("[data-testid=race-add]").disabled());
    assert_eq!(forms.lanes.with_untracked(Vec::len), 4);
    assert_eq!(value(&mounted, &format!("{last} [name=model]")), "own", "it is like the last one");
    let placeholder = mounted.find::<Element>(&format!("{last} [name=name]")).get_attribute("placeholder");
    assert!(placeholder.is_some_and(|name| name.contains("own")));
    for left in [3, 2] {
        mounted.press(&format!("{last} [data-testid=race-remove]"));
        settled().await;
        assert_eq!(mounted.count("[data-testid=race-fields]"), left);
    }
    assert!(mounted.find::<HtmlElement>(&format!("{last} [data-testid=race-remove]")).hidden());
}

/// Covers SetUp: bad input. LaneFields: state.
#[wasm_bindgen_test]
async fn a_preset_that_lacks_a_model_or_a_server_says_what_to_do_and_a_foreign_key_is_refused_at_its_server()
{
    let mut only = server("a", "Home", &["m"]);
    let (_owner, mounted, ..) = set_up(vec![only.clone()]);
    for (preset, problem) in
        [("race-models", words::NAME_OTHER_MODEL), ("race-proxy", words::NO_OTHER_SERVER)]
    {
        mounted.press(&format!("[data-testid={preset}]"));
        settled().await;
        assert_eq!(problems(&mounted), [problem]);
    }
    only.key =
        KeyRecord { origin: "https://other.example".to_owned(), ..KeyRecord::new(&only.settings, "sk-1") };
    let (_owner, mounted, _forms, starts) = set_up(vec![only]);
    mounted.press("[data-testid=race-start]");
    settled().await;
    assert_eq!((problems(&mounted).len(), starts.get_untracked()), (2, 0));
}
