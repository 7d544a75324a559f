//! What a person is advised to do about a failure: whole sentences, to the letter.

use super::failure::{PAGE, failure};
use tokenfall::engine::chat::{Cause, Failure};

#[test]
fn each_cause_says_what_to_do_in_whole_sentences() {
    for (cause, has_text, expected) in [
        (
            Cause::Unreachable,
            false,
            "Check the address and your network. The server may also refuse requests from web pages (CORS): this page is \
             https://page.example.",
        ),
        (
            Cause::Redirected,
            false,
            "Check the base address in the settings: https instead of http, another host or another path.",
        ),
        (Cause::Offline, false, "Try again when you are connected."),
        (
            Cause::Empty,
            false,
            "Try again. If it stays empty, check the model and the address in the settings.",
        ),
        (
            Cause::Silent,
            true,
            "The text so far is kept. The connection was closed. Try again, or see what the server does.",
        ),
        (Cause::CutOff, true, "The text so far is kept. Try again to get a whole answer."),
        (Cause::CutOff, false, "Try again."),
        (Cause::Lost, true, "The text so far is kept. Try again to get a whole answer."),
        (Cause::Lost, false, "Try again."),
        (
            Cause::Unreadable { excerpt: String::new() },
            false,
            "Does the chosen protocol match the server? Check the provider in the settings.",
        ),
        (Cause::TooLarge { what: String::new() }, true, "The text so far is kept. Ask for a shorter answer."),
        (
            Cause::WebPage { status: 500, excerpt: String::new() },
            false,
            "The server, or a proxy before it, is down or overloaded. Try again in a moment.",
        ),
        (
            Cause::WebPage { status: 499, excerpt: String::new() },
            false,
            "The base address is probably wrong, or a proxy or login page stands in between. Check it in the settings.",
        ),
        (
            Cause::OwnPage { excerpt: String::new() },
            false,
            "Enter the address of a model server. If this page's own server also runs the model, check the path, as in /v1.",
        ),
    ] {
        assert_eq!(Failure { has_text, ..failure(cause) }.advice(PAGE), expected);
    }
}
