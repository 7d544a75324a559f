//! Figures and the plot of an answer's pace: known, not known, and of no sense.

use crate::conversation::{Asked, answer};
use crate::mounted::{Mounted, owned, settled};
use leptos::prelude::*;
use leptos::svg;
use std::time::Duration;
use tokenfall::engine::chat::TurnState;
use tokenfall::engine::meter::{Numbers, PACE_BUCKETS, Pace, Speed};
use tokenfall::ui::chat::numbers::NumbersLine;
use tokenfall::ui::chat::numbers_dialog::AllNumbers;
use tokenfall::ui::components::Sparkline;
use tokenfall::ui::components::sparkline::SparklineView;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlElement};

/// Covers NumbersLine: state, bad input.
#[wasm_bindgen_test]
async fn figures_of_no_sense_are_written_as_numbers_all_the_same() {
    let _owner = owned();
    let numbers = RwSignal::new(Numbers::default());
    let state = RwSignal::new(TurnState::Streaming);
    let mounted = Mounted::new(move || view! { <NumbersLine numbers=numbers state=state /> });
    settled().await;
    assert_eq!(mounted.text("[data-number=elapsed]"), "0.00 s");
    assert!(mounted.find::<HtmlElement>(".figure:has([data-number=speed])").hidden());
    for (speed, words) in [
        (Speed::Tokens(f64::NAN), "0.0 tok/s"),
        (Speed::Tokens(-1.0), "0.0 tok/s"),
        (Speed::Deltas(f64::INFINITY), "1,844,674,407,370,955,162 ev/s"),
    ] {
        let tokens_in = Some(u64::MAX);
        numbers.set(Numbers { speed: Some(speed), tokens_in, tokens_out: Some(0), ..Numbers::default() });
        settled().await;
        assert_eq!(mounted.text("[data-number=speed]"), words);
        assert_eq!(mounted.text("[data-number=tokens-in]"), "18,446,744,073,709,551,615");
        assert_eq!(mounted.text("[data-number=tokens-out]"), "0", "none is a figure too");
    }
}

/// Covers AllNumbers: state, bad input. Row: state, bad input.
#[wasm_bindgen_test]
async fn the_dialog_of_numbers_follows_them_and_says_of_each_that_it_is_not_known() {
    let asked = Asked::new("Why?", vec![answer(TurnState::Streaming)]);
    let (id, signals) = (asked.last, asked.signals.clone());
    let mounted = asked.mount(move || view! { <AllNumbers id=id signals=signals on_close=|()| {} /> });
    settled().await;
    for name in ["ttfb", "ttft", "ttfo", "longest-gap", "speed", "tpot", "tokens-reasoning"] {
        assert_eq!(mounted.text(&format!("[data-number={name}]")), "n/a", "{name}");
    }
    asked.signals.numbers.set(Numbers {
        elapsed: Duration::from_secs(360_000),
        ttfb: Some(Duration::ZERO),
        longest_gap: Some(Duration::from_micros(219_900)),
        speed: Some(Speed::Tokens(f64::NAN)),
        bytes: u64::MAX,
        ..Numbers::default()
    });
    settled().await;
    for (name, words) in [
        ("elapsed", "6000 min 00 s"),
        ("ttfb", "0.00 s"),
        ("longest-gap", "219 ms"),
        ("speed", "0.0 tok/s"),
        ("bytes", "18,446,744,073,709,551,615 B"),
        ("ttft", "n/a"),
    ] {
        assert_eq!(mounted.text(&format!("[data-number={name}]")), words);
    }
}

/// Covers SparklineView: state, bad input.
#[wasm_bindgen_test]
async fn the_plot_takes_a_pace_without_text_one_beyond_counting_and_a_time_beyond_its_width() {
    let _owner = owned();
    let (time, bars) = (NodeRef::<svg::Path>::new(), NodeRef::<svg::Path>::new());
    let mounted = Mounted::new(move || view! { <SparklineView time=time bars=bars /> });
    settled().await;
    let drawing =
        Sparkline { time: time.get_untracked().unwrap().into(), bars: bars.get_untracked().unwrap().into() };
    let drawn = |selector: &str| mounted.find::<Element>(selector).get_attribute("d").unwrap();
    let view_box = || mounted.find::<Element>("svg").get_attribute("viewBox").unwrap();
    let whole = PACE_BUCKETS * 2;
    assert_eq!(view_box(), format!("0 0 {whole} 20"));
    let mut pace = Pace::default();
    drawing.draw(&pace, Duration::ZERO);
    assert_eq!((drawn(".pace-time"), drawn(".pace-bars")), ("M0 19h0".to_owned(), String::new()));
    drawing.stretch(&pace);
    assert_eq!(view_box(), "0 0 2 20", "no text still has a width");
    pace.add(Duration::ZERO, usize::MAX);
    pace.add(Duration::from_millis(50), 1);
    drawing.draw(&pace, Duration::from_secs(1 << 40));
    assert_eq!(drawn(".pace-time"), format!("M0 19h{whole}"), "no wider than the plot");
    assert_eq!(drawn(".pace-bars"), "M1 20v-20M3 20v-2");
    drawing.stretch(&pace);
    assert_eq!(view_box(), "0 0 4 20");
}

/// Covers NumbersLine: state.
#[wasm_bindgen_test]
async fn figures_that_are_not_known_are_not_shown_and_an_error_shows_its_time_alone() {
    let _owner = owned();
    let numbers = RwSignal::new(Numbers::default());
    let state = RwSignal::new(TurnState::Streaming);
    let mounted = Mounted::new(move || view! { <NumbersLine numbers=numbers state=state /> });
    numbers.set(Numbers { tokens_in: Some(1_234), bytes: 10, ..Numbers::default() });
    settled().await;
    assert_eq!(mounted.text("[data-number=tokens-in]"), "1,234");
    assert!(mounted.find::<HtmlElement>(".figure:has([data-number=tokens-out])").hidden());
    state.set(TurnState::Failed);
    settled().await;
    assert!(mounted.find::<HtmlElement>(".figure:has([data-number=tokens-in])").hidden());
    assert!(!mounted.find::<HtmlElement>(".figure:has([data-number=elapsed])").hidden());
}

#[wasm_bindgen_test]
fn the_sparkline_has_a_name_and_two_lines() {
    let _owner = owned();
    let (time, bars) = (NodeRef::new(), NodeRef::new());
    let mounted = Mounted::new(move || view! { <SparklineView time=time bars=bars /> });
    assert!(mounted.find::<Element>("svg[role=img]").has_attribute("aria-label"));
    assert!(mounted.find::<Element>(".pace-time").get_attribute("d").is_none());
}
