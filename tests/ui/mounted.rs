//! A view in the document of a test, and the hands of a person on it.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, EventInit, HtmlElement, HtmlInputElement};

/// A mounted view; dropping it takes it off the page.
pub(crate) struct Mounted {
    root: HtmlElement,
    _unmount: Box<dyn std::any::Any>,
}

impl Mounted {
    /// Mounts what `view` makes.
    pub(crate) fn new<V: IntoView + 'static>(view: impl FnOnce() -> V + 'static) -> Mounted {
        let root: HtmlElement = document().create_element("div").unwrap().unchecked_into();
        document().body().unwrap().append_child(&root).unwrap();
        let unmount = leptos::mount::mount_to(root.clone(), view);
        Mounted { root, _unmount: Box::new(unmount) }
    }

    /// The one element that matches.
    pub(crate) fn find<T: JsCast>(&self, selector: &str) -> T {
        let all = self.root.query_selector_all(selector).unwrap();
        assert_eq!(all.length(), 1, "{selector} in {}", self.root.inner_html());
        all.get(0).unwrap().dyn_into().unwrap()
    }

    /// The text of the one element that matches.
    pub(crate) fn text(&self, selector: &str) -> String {
        self.find::<Element>(selector).text_content().unwrap()
    }

    /// Puts `text` into a field as a person does, and leaves the field.
    pub(crate) fn type_into(&self, selector: &str, text: &str) {
        let field: HtmlInputElement = self.find::<Element>(selector).unchecked_into();
        field.set_value(text);
        dispatch(&field, "input");
        dispatch(&field, "change");
    }

    /// Presses the one element that matches.
    pub(crate) fn press(&self, selector: &str) {
        self.find::<HtmlElement>(selector).click();
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        self.root.remove();
    }
}

/// Has the target hear an event that bubbles.
pub(crate) fn dispatch(target: &Element, name: &str) {
    let options = EventInit::new();
    options.set_bubbles(true);
    target.dispatch_event(&Event::new_with_event_init_dict(name, &options).unwrap()).unwrap();
}

/// Waits until effects have run.
pub(crate) async fn settled() {
    for _ in 0..3 {
        leptos::task::tick().await;
    }
}

/// Begins a test: signals that it makes belong to an owner.
pub(crate) fn owned() -> Owner {
    let owner = Owner::new();
    owner.set();
    owner
}

/// Waits until the browser has handled tasks of its own, such as the event that tells of a closed dialog.
pub(crate) async fn later() {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, 50).unwrap();
    });
    wasm_bindgen_futures::JsFuture::from(promise).await.unwrap();
    settled().await;
}
