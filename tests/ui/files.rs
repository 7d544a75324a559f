//! Conversations that go out as files and come in.

use crate::conversation::{Asked, answer_of};
use crate::kept::{Kept, record, until, written};
use crate::mounted::{Mounted, settled};
use js_sys::{Array, Function, Object, Promise, Reflect};
use leptos::prelude::*;
use tokenfall::browser::files::ChosenFile;
use tokenfall::engine::archive::ConversationRecord;
use tokenfall::engine::messages::{archive, transfer as words};
use tokenfall::ui::history::sidebar::SideBar;
use tokenfall::ui::history::transfer::{Source, Step};
use tokenfall::ui::history::transfer_dialog::TransferDialog;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;

const HOSTILE: &str = "<img src=x onerror=alert(1)> Grüße/";

/// A page that keeps one conversation of a question with two answers, and the side bar with the dialog.
async fn page(title: &str) -> (Kept, Mounted) {
    let stored = Asked::new("Why?", vec![answer_of("First."), answer_of("Second.")]);
    let empty = ConversationRecord { changed: 5, ..record("b", "Empty one") };
    let kept = Kept::with_turns(stored, record("a", title), &[empty]).await;
    let mounted = kept.asked.mount(|| {
        view! {
            <SideBar />
            <TransferDialog />
        }
    });
    settled().await;
    (kept, mounted)
}

/// Has downloads be noted in the place of being saved, until it is dropped.
pub(crate) struct Downloads;

impl Downloads {
    pub(crate) fn noted() -> Downloads {
        // The address is read before it is let go.
        let noted = Function::new_no_args(
            "window.__saved = [];
             HTMLAnchorElement.prototype.__click ??= HTMLAnchorElement.prototype.click;
             HTMLAnchorElement.prototype.click = function () {
                 window.__saved.push(fetch(this.href).then(file => file.text()).then(text => [this.download, text]));
             };",
        );
        noted.call0(&JsValue::NULL).unwrap();
        Downloads
    }

    /// The name and the text of the last one.
    pub(crate) async fn last(&self) -> (String, String) {
        let saved: Array = Reflect::get(&window(), &"__saved".into()).unwrap().unchecked_into();
        let last: Promise = saved.get(saved.length() - 1).unchecked_into();
        let last: Array = JsFuture::from(last).await.unwrap().unchecked_into();
        (last.get(0).as_string().unwrap(), last.get(1).as_string().unwrap())
    }
}

impl Drop for Downloads {
    fn drop(&mut self) {
        let back =
            "HTMLAnchorElement.prototype.click = HTMLAnchorElement.prototype.__click; delete window.__saved";
        Function::new_no_args(back).call0(&JsValue::NULL).unwrap();
    }
}

/// What a field or a drop holds that brings a file of that text.
fn holder(text: &str) -> JsValue {
    let make = Function::new_with_args("text", "return { types: ['Files'], files: [new File([text], 'f')] }");
    make.call1(&JsValue::NULL, &text.into()).unwrap()
}

fn file(text: &str) -> ChosenFile {
    ChosenFile::first_of(&holder(text)).unwrap()
}

async fn export(mounted: &Mounted, form: &str) -> (String, String) {
    let downloads = Downloads::noted();
    mounted.press(form);
    until("it is saved", || mounted.count("[data-testid=transfer-done]") == 1).await;
    let (name, text) = downloads.last().await;
    assert!(mounted.text("[data-testid=transfer-done]").contains(&name));
    mounted.press("[data-testid=close-transfer]");
    until("it is closed", || mounted.count("dialog") == 0).await;
    (name, text)
}

/// Covers TransferDialog: event, state, bad input. Contents: event.
#[wasm_bindgen_test]
async fn all_goes_out_and_comes_in_again_as_it_was_once_and_a_second_time_only_as_copies() {
    let (kept, mounted) = page(HOSTILE).await;
    mounted.press("[data-testid=export-all]");
    settled().await;
    assert_eq!(mounted.text(".transfer-what"), words::ALL_CONVERSATIONS);
    let (name, text) = export(&mounted, "[data-testid=export-jsonl]").await;
    assert!(name.starts_with("Tokenfall-20") && name.ends_with(".jsonl"), "{name}");
    assert_eq!(text.lines().count(), 2 + 2 + 3, "two sessions, their roots, three turns");
    let store = kept.keeper.store().unwrap();
    let before = (store.load("a").await.unwrap(), store.load("b").await.unwrap());
    store.clear().await.unwrap();
    kept.transfer.read(file(&text));
    until("it was read", || mounted.count("[data-testid=import-now]") == 1).await;
    let held = mounted.text("[data-testid=transfer-holds]");
    assert!(held.starts_with("2 conversations with 3 messages, "), "{held}");
    assert_eq!((mounted.count("img"), mounted.count("[data-testid=here-already]")), (0, 0));
    assert_eq!(store.ids().await.unwrap(), Vec::<String>::new(), "nothing is changed yet");
    mounted.press("[data-testid=import-now]");
    until("it is done", || mounted.count("[data-testid=transfer-done]") == 1).await;
    assert_eq!(mounted.text("[data-testid=transfer-done]"), words::imported(2, 0));
    assert_eq!((store.load("a").await.unwrap(), store.load("b").await.unwrap()), before);
    assert_eq!(kept.titles().len(), 2);
    kept.transfer.read(file(&text));
    until("it was read", || mounted.count("[data-testid=import-now]") == 1).await;
    assert_eq!(mounted.text("[data-testid=here-already]"), words::here_already(2, 2));
    assert!(mounted.find::<web_sys::HtmlElement>("[data-testid=import-now]").has_attribute("disabled"));
    mounted.press("[data-testid=import-copies]");
    settled().await;
    mounted.press("[data-testid=import-now]");
    until("it is done", || mounted.count("[data-testid=transfer-done]") == 1).await;
    assert_eq!(store.ids().await.unwrap().len(), 4);
    written().await;
}

/// Covers Item: event, bad input.
#[wasm_bindgen_test]
async fn a_conversation_goes_out_as_markdown_under_a_name_that_every_system_takes() {
    let (_kept, mounted) = page(HOSTILE).await;
    mounted.point_at("li").await;
    mounted.press("li:nth-child(2) [data-testid=export]");
    settled().await;
    assert_eq!((mounted.text(".transfer-what"), mounted.count("img")), (words::of_title(HOSTILE), 0));
    let (name, text) = export(&mounted, "[data-testid=export-markdown]").await;
    assert!(name.starts_with("img-src-x-onerror-alert-1-Grüße-20") && name.ends_with(".md"), "{name}");
    assert!(text.starts_with(&format!("# {HOSTILE}\n")) && text.contains("Second."), "{text}");
    assert!(!text.contains("Empty one"));
}

/// Covers TransferDialog: bad input.
#[wasm_bindgen_test]
async fn a_file_that_cannot_be_imported_is_told_with_its_line_and_changes_nothing() {
    let (kept, mounted) = page("t").await;
    let session = r#"{"type":"session","id":"c"}"#;
    let rows = [
        (String::new(), archive::IS_EMPTY.to_owned()),
        ("# Tea\n".to_owned(), archive::IS_MARKDOWN.to_owned()),
        ("<html>".to_owned(), archive::IS_WEB_PAGE.to_owned()),
        ("[]".to_owned(), archive::NO_CONVERSATIONS.to_owned()),
        (format!("{session}\n{{\"type\":"), archive::import_line(2, archive::FILE_IS_CUT)),
        (format!("{session}\n\n<b>x"), archive::import_line(3, archive::NO_OBJECT)),
        ("{\"a\":\"<img>\"}".to_owned(), archive::import_line(1, archive::NOT_A_CONVERSATION)),
    ];
    for (text, sentence) in rows {
        kept.transfer.read(file(&text));
        until("it is told", || mounted.count("[data-testid=transfer-problem]") == 1).await;
        assert_eq!(mounted.text("[data-testid=transfer-problem]"), sentence);
        assert_eq!(mounted.text(".transfer .hint"), words::WHICH_FILES);
        assert_eq!(kept.keeper.store().unwrap().ids().await.unwrap().len(), 2);
        mounted.press("[data-testid=close-transfer]");
        until("it is closed", || mounted.count("dialog") == 0).await;
    }
}

/// Covers TransferDialog: event.
#[wasm_bindgen_test]
async fn an_import_that_meets_one_of_that_id_or_is_broken_off_leaves_nothing_behind() {
    let (kept, mounted) = page("t").await;
    let session = |id: &str| format!("{{\"type\":\"session\",\"id\":\"{id}\"}}\n");
    let store = kept.keeper.store().unwrap();
    kept.transfer.read(file(&(session("x") + &session("y"))));
    until("it was read", || mounted.count("[data-testid=import-now]") == 1).await;
    // Another tab imports the same meanwhile.
    store.save(&record("y", "of another tab"), &[], 0, true).await.unwrap();
    mounted.press("[data-testid=import-now]");
    until("it is told", || mounted.count("[data-testid=transfer-problem]") == 1).await;
    assert!(mounted.text("[data-testid=transfer-problem]").starts_with("Nothing was imported."));
    assert_eq!(store.ids().await.unwrap().len(), 3);
    let many: String = (0..2_000).map(|at| session(&format!("n{at}"))).collect();
    kept.transfer.read(file(&many));
    until("it was read", || mounted.count("[data-testid=import-now]") == 1).await;
    mounted.press("[data-testid=import-now]");
    until("it goes on", || {
        mounted.count("[data-testid=cancel-transfer]") == 1 || kept.transfer.step.get_untracked().is_none()
    })
    .await;
    kept.transfer.close();
    assert_eq!(store.ids().await.unwrap().len(), 3, "none of the 2,000");
    written().await;
}

/// Covers SideBar: event.
#[wasm_bindgen_test]
async fn a_file_that_is_dropped_is_read_and_text_or_a_second_file_is_not() {
    let (kept, mounted) = page("t").await;
    let session = r#"{"type":"session","id":"c","name":"Dropped"}"#;
    let drop = |holder: JsValue| dispatch_data(&window(), "drop", &holder);
    let text = Object::new();
    Reflect::set(&text, &"types".into(), &Array::of1(&"text/plain".into())).unwrap();
    assert!(!drop(text.into()), "text is the field's");
    assert!(dispatch_data(&window(), "dragover", &holder("")));
    assert!(drop(holder(session)));
    until("it was read", || mounted.count("[data-testid=import-now]") == 1).await;
    assert_eq!(mounted.text(".transfer-titles"), "Dropped");
    assert!(drop(holder("other")), "the browser does not show it in the place of the page");
    settled().await;
    assert_eq!(mounted.text(".transfer-titles"), "Dropped");
    kept.transfer.close();
    settled().await;
    assert_eq!(mounted.count("dialog"), 0);
    kept.transfer.choose(Source::All);
    assert!(matches!(kept.transfer.step.get_untracked(), Some(Step::Choose(Source::All))));
}

/// Dispatches an event with what is dragged; whether it was prevented.
fn dispatch_data(target: &web_sys::EventTarget, name: &str, holder: &JsValue) -> bool {
    let make = Function::new_with_args(
        "target, name, held",
        "const event = new Event(name, { bubbles: true, cancelable: true });
         event.dataTransfer = held;
         return !target.dispatchEvent(event);",
    );
    make.call3(&JsValue::NULL, target, &name.into(), holder).unwrap().is_truthy()
}
