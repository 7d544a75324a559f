//! A stand-in for sockets.

use wasm_bindgen::JsValue;

/// A stand-in for the browser's WebSocket, which does what a script says; the page has its own again when it is dropped.
pub(super) struct Socket(JsValue);

impl Socket {
    pub(super) fn install() -> Socket {
        Socket(run("const real = window.WebSocket; \
             window.WebSocket = class { \
               static CONNECTING = 0; static OPEN = 1; static CLOSING = 2; static CLOSED = 3; \
               constructor() { this.readyState = 0; this.bufferedAmount = 0; this.protocol = ''; this.sent = []; window.fake = this; } \
               send(text) { this.sent.push(text); } \
               close(code) { if (this.readyState < 2) { this.readyState = 2; this.code = code; } } \
               open(protocol) { this.readyState = 1; this.protocol = protocol; this.onopen?.(new Event('open')); } \
               come(data) { this.onmessage?.(new MessageEvent('message', { data })); } \
               end(code, reason) { this.readyState = 3; this.onclose?.(new CloseEvent('close', { code, reason })); } \
             }; \
             return real;"))
    }

    /// Runs a script with the newest socket as `fake`; what it returns, as text.
    pub(super) fn run(script: &str) -> String {
        run(&format!("const fake = window.fake; return String((() => {{ {script} }})());"))
            .as_string()
            .expect("a text")
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        let restore = js_sys::Function::new_with_args("real", "window.WebSocket = real; delete window.fake;");
        restore.call1(&JsValue::NULL, &self.0).expect("a script that runs");
    }
}

fn run(script: &str) -> JsValue {
    js_sys::Function::new_no_args(script).call0(&JsValue::NULL).expect("a script that runs")
}
