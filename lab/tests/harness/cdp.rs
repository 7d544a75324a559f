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

    /// Makes the window a screen of that many CSS pixels, which is touched or has a mouse.
    pub(crate) async fn use_screen(&self, width: u32, height: u32, is_touch: bool) {
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": is_touch });
        self.cdp("Emulation.setDeviceMetricsOverride", metrics).await;
        self.cdp("Emulation.setTouchEmulationEnabled", json!({ "enabled": is_touch })).await;
        self.wait("the screen", &format!("return innerWidth === {width} && innerHeight === {height}"), 3)
            .await;
    }

    /// Sets a feature of the medium, such as `prefers-color-scheme`.
    pub(crate) async fn use_medium(&self, name: &str, value: &str) {
        let features = json!({ "features": [{ "name": name, "value": value }] });
        self.cdp("Emulation.setEmulatedMedia", features).await;
    }

    /// A real key press on whatever has the focus.
    pub(crate) async fn key(&self, key: &str, code: u32) {
        for kind in ["rawKeyDown", "keyUp"] {
            let event = json!({ "type": kind, "key": key, "code": key, "windowsVirtualKeyCode": code });
            self.cdp("Input.dispatchKeyEvent", event).await;
        }
    }
}
