//! The sparkline's path.

use tokenfall::ui::components::pace_bars;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn a_pause_is_a_gap_and_little_text_still_shows() {
    assert_eq!(pace_bars(&[10, 0, 1, 5]), "M1 20v-20M5 20v-2M7 20v-10");
}

#[wasm_bindgen_test]
fn no_text_draws_nothing_and_huge_counts_do_not_overflow() {
    assert_eq!(pace_bars(&[]), "");
    assert_eq!(pace_bars(&[0, 0]), "");
    assert_eq!(pace_bars(&[u32::MAX, u32::MAX / 2]), "M1 20v-20M3 20v-9");
}
