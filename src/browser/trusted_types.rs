//! Trusted Types: the policy by which the static parts of our own views may become markup, and nothing else may.
//!
//! The page's content security policy demands it (docs/security.md). Leptos makes static parts by `template.innerHTML`, which
//! the browser then asks this policy about; whatever it does not know is refused, and so is every other way from text to
//! markup or code, since there is no rule for it.

use crate::engine::markup::is_inert;
use js_sys::{Function, Object, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

/// The one way from text to markup that has a rule, as browsers call it.
const SINK: &str = "Element innerHTML";

/// Installs the policy, for the life of the page. Must come before the first view. Browsers that know no Trusted Types, and
/// pages that demand none, go without.
pub fn install() {
    let rule = Closure::<dyn Fn(String, JsValue, String) -> Option<String>>::new(
        |markup: String, _, sink: String| (sink == SINK && is_inert(&markup)).then_some(markup),
    );
    if create_policy(rule.as_ref()).is_ok() {
        rule.forget();
    }
}

fn create_policy(rule: &JsValue) -> Result<JsValue, JsValue> {
    let factory = Reflect::get(&js_sys::global(), &"trustedTypes".into())?;
    let rules = Object::new();
    Reflect::set(&rules, &"createHTML".into(), rule)?;
    let create: Function = Reflect::get(&factory, &"createPolicy".into())?.dyn_into()?;
    create.call2(&factory, &"default".into(), &rules)
}
