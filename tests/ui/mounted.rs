//! A view in the document of a test, and the hands of a person on it.

use js_sys::{Array, Function, Object, Reflect};
use leptos::prelude::*;
use tokenfall::ui::chat::Chat;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, EventInit, EventTarget, HtmlElement, HtmlInputElement};

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

    /// The first element of those that match.
    pub(crate) fn find_first(&self, selector: &str) -> HtmlElement {
        self.root.query_selector(selector).unwrap().unwrap().unchecked_into()
    }

    /// How many elements match.
    pub(crate) fn count(&self, selector: &str) -> u32 {
        self.root.query_selector_all(selector).unwrap().length()
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

    /// Points at each such element with the mouse, and waits for what comes of it.
    pub(crate) async fn point_at(&self, selector: &str) {
        let found = self.root.query_selector_all(selector).unwrap();
        for place in 0..found.length() {
            dispatch(&found.get(place).unwrap().dyn_into().unwrap(), "pointerenter");
        }
        settled().await;
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

/// Has the target hear an event of that name that bubbles and can be prevented, with these members; whether it was prevented.
pub(crate) fn dispatch_with(target: &EventTarget, name: &str, members: &[(&str, JsValue)]) -> bool {
    let class = match name {
        "keydown" => "KeyboardEvent",
        "beforeinput" => "InputEvent",
        _ => "Event",
    };
    let options = Object::new();
    let always = [("bubbles", JsValue::TRUE), ("cancelable", JsValue::TRUE)];
    for (member, value) in always.iter().chain(members) {
        Reflect::set(&options, &(*member).into(), value).unwrap();
    }
    let class: Function = Reflect::get(&window(), &class.into()).unwrap().unchecked_into();
    let event = Reflect::construct(&class, &Array::of2(&name.into(), &options)).unwrap();
    !target.dispatch_event(event.unchecked_ref()).unwrap()
}

/// Presses a key at the target; whether the page took it.
pub(crate) fn press_key(target: &EventTarget, key: &str) -> bool {
    dispatch_with(target, "keydown", &[("key", key.into())])
}

/// Has the browser's `navigator` say that of itself, until it is dropped.
pub(crate) struct NavigatorSays(&'static str);

impl NavigatorSays {
    pub(crate) fn new(name: &'static str, value: &JsValue) -> NavigatorSays {
        let property = Object::new();
        Reflect::set(&property, &"value".into(), value).unwrap();
        Reflect::set(&property, &"configurable".into(), &true.into()).unwrap();
        Reflect::define_property(&window().navigator(), &name.into(), &property).unwrap();
        NavigatorSays(name)
    }
}

impl Drop for NavigatorSays {
    fn drop(&mut self) {
        Reflect::delete_property(&window().navigator(), &self.0.into()).unwrap();
    }
}

/// Waits until effects have run.
pub(crate) async fn settled() {
    for _ in 0..3 {
        leptos::task::tick().await;
    }
}

/// Begins a test: signals that it makes belong to an owner.
pub(crate) fn owned() -> Owner {
    // Whoever mounts first does so too; it may come later.
    let _ = any_spawner::Executor::init_wasm_bindgen();
    let owner = Owner::new();
    owner.set();
    owner
}

/// Mounts a view under the contexts of a page that has just been opened.
pub(crate) fn page<V: IntoView + 'static>(view: impl FnOnce() -> V + 'static) -> (Owner, Mounted, Chat) {
    let owner = owned();
    let chat = owner.with(Chat::provide);
    let mounted = owner.with(|| Mounted::new(view));
    (owner, mounted, chat)
}

/// Sets an address that no question can be sent to: whatever would send one opens the settings at the address.
pub(crate) fn set_unusable_address(chat: Chat) {
    chat.connection.change(|settings| {
        settings.preset = "custom".to_owned();
        settings.base_url = "nowhere".to_owned();
        settings.model = "m".to_owned();
    });
}

/// The field at which the settings were opened last, once what was asked for is done; `None` if they were not opened.
pub(crate) async fn opened_at(chat: Chat) -> Option<Option<tokenfall::engine::settings::Field>> {
    settled().await;
    chat.sheet.opened.get_untracked().map(|opened| opened.field)
}

/// Waits until the browser has handled tasks of its own, such as the event that tells of a closed dialog.
pub(crate) async fn later() {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, 50).unwrap();
    });
    wasm_bindgen_futures::JsFuture::from(promise).await.unwrap();
    settled().await;
}
