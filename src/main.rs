//! A trivial page until the real one lands.
use leptos::prelude::*;
fn main() {
    leptos::mount::mount_to_body(|| view! { <p>"hello"</p> });
}
