//! Trusted Types let the static parts of our own views become markup, and nothing else.
//!
//! The page's content security policy demands it (docs/security.md). Leptos makes static parts by `template.innerHTML`, which
//! the browser then asks this policy about; whatever it does not know is refused, and so is every other way from text to
//! markup or code, since there is no rule for it.

use crate::engine::markup::VIEWS;
use js_sys::{Object, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

#[wasm_bindgen]
extern "C" {
    type Factory;
    #[wasm_bindgen(method, js_name = createPolicy, catch)]
    fn create_policy(this: &Factory, name: &str, rules: &JsValue) -> Result<Policy, JsValue>;

    /// A policy: what makes trusted values of text.
    pub(super) type Policy;
    /// Makes a script's address of `address`, if the policy's rule lets it through.
    #[wasm_bindgen(method, js_name = createScriptURL, catch)]
    pub(super) fn create_script_url(this: &Policy, address: &str) -> Result<JsValue, JsValue>;
}

/// The one way from text to markup that has a rule, as browsers call it.
const SINK: &str = "Element innerHTML";

/// Installs the policy, for the life of the page. Must come before the first view. Browsers that know no Trusted Types, and
/// pages that demand none, go without.
pub fn install() {
    let rule = Closure::<dyn Fn(String, JsValue, String) -> Option<String>>::new(
        |markup: String, _, sink: String| (sink == SINK && VIEWS.is_inert(&markup)).then_some(markup),
    );
    if create("default", "createHTML", rule.as_ref()).is_some() {
        rule.forget();
    }
}

/// Creates the policy `name` with one rule. `None` where the browser knows no Trusted Types or refuses it: nobody can make one
/// a second time.
pub(super) fn create(name: &str, rule: &str, function: &JsValue) -> Option<Policy> {
    let factory = Reflect::get(&js_sys::global(), &"trustedTypes".into()).ok().filter(JsValue::is_object)?;
    let rules = Object::new();
    drop(Reflect::set(&rules, &rule.into(), function));
    factory.unchecked_into::<Factory>().create_policy(name, &rules).ok()
}
