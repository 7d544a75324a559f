//! Files in pieces: what is saved is built up of parts, what a person chose is read part by part.

use super::by_name::{call, method};
use super::timer::sleep;
use js_sys::{Array, ArrayBuffer, Promise, Reflect, Uint8Array};
use std::time::Duration;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, HtmlAnchorElement, Url};

/// Bytes of text that are put together before the browser gets them.
const PART: usize = 1 << 20;

/// Time for which a file that is being saved can be read by the browser: some read it only after the click is over.
const KEPT: Duration = Duration::from_secs(30);

/// Builds a file of text piece by piece. The browser holds what was written of it, outside of the page's memory.
#[derive(Debug, Default)]
pub struct FileWriter {
    parts: Array,
    text: String,
}

impl FileWriter {
    /// Writes a piece.
    ///
    /// # Errors
    /// What the browser says when it cannot hold it.
    pub fn push(&mut self, text: &str) -> Result<(), JsValue> {
        self.text.push_str(text);
        if self.text.len() < PART {
            return Ok(());
        }
        self.end_part()
    }

    /// Saves the file under a name, by the browser's own way.
    ///
    /// # Errors
    /// What the browser says when it cannot make the file.
    pub fn save(mut self, name: &str) -> Result<(), JsValue> {
        self.end_part()?;
        let Some(document) = web_sys::window().and_then(|window| window.document()) else { return Ok(()) };
        let file = blob(&self.parts)?;
        let address = Url::create_object_url_with_blob(&file)?;
        let link: HtmlAnchorElement = document.create_element("a")?.unchecked_into();
        link.set_href(&address);
        link.set_download(name);
        link.click();
        spawn_local(async move {
            sleep(KEPT).await;
            drop(Url::revoke_object_url(&address));
        });
        Ok(())
    }

    fn end_part(&mut self) -> Result<(), JsValue> {
        if !self.text.is_empty() {
            let part = blob(&Array::of1(&JsValue::from_str(&self.text)))?;
            self.parts.push(&part);
            self.text.clear();
        }
        Ok(())
    }
}

/// A blob of texts and blobs, which the browser takes alike.
fn blob(parts: &Array) -> Result<Blob, JsValue> {
    Blob::new_with_str_sequence(parts)
}

/// A file that a person chose.
// Its members are called by name: bindings of their own would be in the page's first load.
#[derive(Clone, Debug)]
pub struct ChosenFile(JsValue);

impl ChosenFile {
    /// Returns the first file of a field or of what was dropped: of the object that has them as its member `files`.
    #[must_use]
    pub fn first_of(holder: &JsValue) -> Option<ChosenFile> {
        let files = Reflect::get(holder, &"files".into()).ok()?;
        let first = Reflect::get(&files, &0.into()).ok()?;
        first.is_object().then_some(ChosenFile(first))
    }

    /// Returns its length in bytes.
    #[must_use]
    pub fn len(&self) -> f64 {
        Reflect::get(&self.0, &"size".into()).ok().and_then(|size| size.as_f64()).unwrap_or_default()
    }

    /// Returns its bytes from one place to another, as many as there are.
    ///
    /// # Errors
    /// What the browser says when the file can no longer be read: it was changed, moved or deleted.
    pub async fn read(&self, from: f64, to: f64) -> Result<Vec<u8>, JsValue> {
        let piece = method(&self.0, "slice")?.call2(&self.0, &from.into(), &to.into())?;
        let bytes: Promise = call(&piece, "arrayBuffer")?;
        let bytes: ArrayBuffer = JsFuture::from(bytes).await?.unchecked_into();
        Ok(Uint8Array::new(&bytes).to_vec())
    }
}
