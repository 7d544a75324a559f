//! How a watch ends, in words, and what to do.

use super::{head, ms, watch};
use tokenfall::engine::session::Receiver;
use tokenfall::engine::tape::{End, Head};
use tokenfall::engine::watch::{Kind, Outcome, Watch};
use tokenfall::engine::wire::CloseCode;

fn ended(kind: Kind, head: Option<Head>, body: &str, how: End, offline: bool) -> Watch {
    let mut watch = watch(kind);
    if let Some(head) = head {
        watch.head(head, ms(1));
    }
    let _ = watch.feed(body.as_bytes(), ms(2));
    watch.end(how, offline, ms(3));
    watch
}

#[test]
fn each_end_has_an_outcome_and_a_bad_one_has_advice() {
    let html = "<!doctype html><title>Login</title>";
    let stream = || Some(head(200, "text/event-stream"));
    for (kind, head, body, how, offline, expected) in [
        (Kind::Once, None, "", End::Lost, false, Outcome::NoAnswer),
        (Kind::EventSource, None, "", End::Lost, false, Outcome::NoAnswer),
        (Kind::Once, None, "", End::Lost, true, Outcome::Offline),
        (Kind::Once, Some(head(0, "")), "", End::Closed, false, Outcome::Redirected),
        (Kind::Events, Some(head(302, "")), "", End::Closed, false, Outcome::Redirected),
        (Kind::Once, Some(head(401, "application/json")), "{}", End::Closed, false, Outcome::Status(401)),
        (Kind::Once, Some(head(500, "text/plain")), "oops", End::Closed, false, Outcome::Status(500)),
        (Kind::Once, Some(head(502, "text/html")), html, End::Closed, false, Outcome::WebPage(502)),
        (Kind::Once, Some(head(200, "")), html, End::Closed, false, Outcome::WebPage(200)),
        (Kind::Events, Some(head(200, "text/html")), "", End::Closed, false, Outcome::WebPage(200)),
        (Kind::Events, Some(head(200, "application/json")), "", End::Closed, false, Outcome::NotEvents),
        (Kind::Events, Some(head(204, "")), "", End::Closed, false, Outcome::NoContent),
        (Kind::Once, stream(), "data: 1\n\n", End::Lost, false, Outcome::Broke),
        (Kind::Once, stream(), "data: 1\n\n", End::Closed, false, Outcome::Ended),
        (Kind::Events, stream(), "data: 1\n\n", End::Cancelled, false, Outcome::Stopped),
        (Kind::Socket, None, "", End::Lost, false, Outcome::SocketRefused),
    ] {
        let watch = ended(kind, head.clone(), body, how, offline);
        assert_eq!(watch.outcome(), Some(expected), "{kind:?} {head:?} {how:?}");
        let (sentence, advice) = (expected.sentence(&watch), expected.advice(kind, "https://page.example"));
        assert!(sentence.ends_with('.'), "{sentence}");
        assert_eq!(advice.is_empty(), expected.is_good(), "{expected:?}: {advice}");
    }
    assert_eq!(watch(Kind::Once).outcome(), None, "it runs");
}

#[test]
fn a_socket_is_told_by_its_close_code_once_it_stood() {
    for (code, expected) in
        [(1000, Outcome::Ended), (1006, Outcome::SocketClosed), (4321, Outcome::SocketClosed)]
    {
        let mut watch = watch(Kind::Socket);
        watch.opened("", ms(1));
        watch.closed(CloseCode(code), "so it is", false, ms(2));
        assert_eq!(watch.outcome(), Some(expected), "{code}");
        let sentence = expected.sentence(&watch);
        assert!(sentence.contains(&format!("({code})")) && sentence.contains("so it is"), "{sentence}");
    }
}

#[test]
fn the_body_of_an_error_is_there_in_short() {
    let watch =
        ended(Kind::Once, Some(head(400, "text/plain")), &"long line\n".repeat(100), End::Closed, false);
    assert!(watch.excerpt().starts_with("long line\nlong line"));
    assert!(watch.excerpt().chars().count() <= 300);
}
