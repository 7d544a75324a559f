//! A web page where an answer should be: a proxy, a login wall, a wrong address.

use super::{CHAT, DONE, Response, cause, said};
use tokenfall::engine::chat::{Cause, TurnState};

#[test]
fn a_web_page_is_told_by_its_title_and_beginning_and_is_never_an_answer() {
    let page = "<!DOCTYPE html>\n<html><head><title>Log\n in</title></head><body>secret</body></html>";
    for (status, content_type) in
        [(200, "text/html"), (200, "application/json"), (502, "text/html"), (200, "")]
    {
        let turn = Response { status, content_type, ..CHAT }.turn(page);
        assert_eq!(
            cause(&turn),
            &Cause::WebPage { status, excerpt: format!("Log in\n\n{page}") },
            "{status} {content_type}"
        );
        assert_eq!((turn.state, turn.text().as_str()), (TurnState::Failed, ""));
    }
}

#[test]
fn a_web_page_behind_a_declaration_or_a_comment_is_a_web_page() {
    let page = "<html><head><title>503 Backend</title></head></html>";
    for start in [
        "<?xml version=\"1.0\"?>\n<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Strict//EN\">\n",
        "<!-- é -->",
    ] {
        for status in [200, 503] {
            let page = start.to_owned() + page;
            let turn = Response { status, content_type: "text/html", ..CHAT }.turn(&page);
            assert_eq!(
                cause(&turn),
                &Cause::WebPage { status, excerpt: format!("503 Backend\n\n{page}") },
                "{start}"
            );
        }
    }
}

#[test]
fn the_details_of_a_web_page_hold_its_first_300_characters_and_the_title_behind_them() {
    let start = format!("<html><!--{}", "é".repeat(290));
    for (rest, title) in [("éé", ""), ("éé--><title>Portal</title>", "Portal\n\n")] {
        let page = format!(" \n{start}{rest}");
        let turn = Response { content_type: "text/html", ..CHAT }.turn(&page);
        assert_eq!(start.chars().count(), 300);
        assert_eq!(turn.failure.as_ref().unwrap().details(), format!("{title}{start}"));
        assert!(!turn.failure.unwrap().sentence().contains('<'));
    }
}

#[test]
fn a_web_page_labelled_as_a_stream_is_a_web_page_and_not_a_cut() {
    for page in
        ["<!doctype html>\n<title>Log in</title>\n\n<p>data: no</p>\n", "\n<html><head><title>Log in</title>"]
    {
        let turn = CHAT.turn(page);
        assert_eq!(
            cause(&turn),
            &Cause::WebPage { status: 200, excerpt: format!("Log in\n\n{}", page.trim()) }
        );
        assert_eq!(turn.state, TurnState::Failed);
    }
    let turn = CHAT.turn(said("Hi") + "<html>\n\n" + DONE);
    assert_eq!((turn.state, turn.text().as_str()), (TurnState::Complete, "Hi"), "a stray line harms nothing");
}
