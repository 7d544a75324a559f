//! localStorage.

use tokenfall::browser::store;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn a_record_is_kept_replaced_and_forgotten() {
    assert_eq!(store::write("tokenfall.test", "one"), Ok(()));
    assert_eq!(store::write("tokenfall.test", "two"), Ok(()));
    assert_eq!(store::read("tokenfall.test").as_deref(), Some("two"));
    store::remove("tokenfall.test");
    assert_eq!(store::read("tokenfall.test"), None);
}

#[wasm_bindgen_test]
fn a_record_over_the_quota_is_reported_and_the_old_one_stays() {
    assert_eq!(store::write("tokenfall.test-full", "old"), Ok(()));
    let huge = "x".repeat(6 << 20);
    assert_eq!(store::write("tokenfall.test-full", &huge), Err(store::StoreProblem::Full));
    assert_eq!(store::read("tokenfall.test-full").as_deref(), Some("old"));
    store::remove("tokenfall.test-full");
}
