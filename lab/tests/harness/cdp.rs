//! Chromium only: uses its developer protocol (CDP) for what WebDriver has no command for, such as networks, devices and
//! keys as the operating system sends them.

use serde_json::{Value, json};

use crate::page::Page;

impl Page {
    /// A command of Chromium's developer protocol.
    pub(crate) async fn cdp(&self, command: &str, parameters: Value) -> Value {
        thirtyfour::cdp::Cdp::new(self.driver.handle().clone()).send_raw(command, parameters).await.unwrap()
    }

    /// Lets the page use the clipboard, and the test read it.
    pub(crate) async fn allow_clipboard(&self) {
        let origin = self.url.trim_end_matches('/');
        let permissions =
            json!({ "origin": origin, "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"] });
        self.cdp("Browser.grantPermissions", permissions).await;
    }

    /// A real key press on whatever has the focus.
    pub(crate) async fn key(&self, key: &str, code: u32) {
        for kind in ["rawKeyDown", "keyUp"] {
            let event = json!({ "type": kind, "key": key, "code": key, "windowsVirtualKeyCode": code });
            self.cdp("Input.dispatchKeyEvent", event).await;
        }
    }
}
