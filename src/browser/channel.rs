//! A channel carries messages between the tabs of the page (`BroadcastChannel`).

use serde::Serialize;
use serde::de::DeserializeOwned;
use std::marker::PhantomData;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{BroadcastChannel, MessageEvent};

/// A channel to the other tabs of the page. It is closed when it is dropped.
#[derive(Debug)]
pub struct Channel<T> {
    channel: BroadcastChannel,
    /// Called by the browser as long as the channel is open.
    _on_message: Closure<dyn Fn(MessageEvent)>,
    message: PhantomData<T>,
}

impl<T: Serialize + DeserializeOwned + 'static> Channel<T> {
    /// Opens the channel of that name; `None` in a browser without them. `on_message` is called for each message of another tab.
    /// One that this code cannot read is of another version of the page, and is left alone.
    #[must_use]
    pub fn open(name: &str, on_message: impl Fn(T) + 'static) -> Option<Channel<T>> {
        let channel = BroadcastChannel::new(name).ok()?;
        let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            if let Ok(message) = serde_wasm_bindgen::from_value(event.data()) {
                on_message(message);
            }
        });
        channel.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        Some(Channel { channel, _on_message: on_message, message: PhantomData })
    }

    /// Sends a message to all other tabs. Without any it goes nowhere.
    pub fn send(&self, message: &T) {
        if let Ok(message) = serde_wasm_bindgen::to_value(message) {
            // Fails only on a channel that was closed.
            let _ = self.channel.post_message(&message);
        }
    }
}

impl<T> Drop for Channel<T> {
    fn drop(&mut self) {
        self.channel.set_onmessage(None);
        self.channel.close();
    }
}
