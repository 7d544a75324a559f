//! An event template finds the text of what the parser would read alike, and refuses all else.

use tokenfall::engine::json::{Carry, Document, EventTemplate};

/// A template of this event, whose text is the member `text` of the root or of its member `in`.
fn template(event: &str, idle: &[&str]) -> EventTemplate {
    let mut document = Document::default();
    let root = document.parse(event).unwrap();
    let text = root.text("text").or_else(|| root.get("in").and_then(|inner| inner.text("text"))).unwrap();
    let mut template = EventTemplate::default();
    assert!(template.learn(root, text.start(), idle), "{event} is no template");
    template
}

fn found(template: &EventTemplate, event: &str) -> Option<String> {
    template.match_event(event.as_bytes()).map(|text| text.decode().into_owned())
}

#[test]
fn an_event_matches_its_own_template_and_gives_its_text() {
    for event in [
        r#"{"text":"a"}"#,
        r#"{"text":""}"#,
        r#"{"id":7,"in":{"text":"a \"quoted\" \u00e9"},"n":-1.5e3}"#,
        r#"{"n":1,"text":"first","n":2,"id":"x","in":{"text":"second"}}"#,
        r#" { "text" : "a" } "#,
    ] {
        let expected = Document::default().parse(event).map(|root| {
            let text = root.text("text").or_else(|| root.get("in").and_then(|inner| inner.text("text")));
            text.unwrap().decode().into_owned()
        });
        assert_eq!(found(&template(event, &["id", "n"]), event), expected.ok(), "{event}");
    }
}

#[test]
fn only_the_text_and_idle_members_of_the_root_may_change() {
    let idle = ["n", "pad"];
    let template = template(r#"{"n":1,"id":"x","in":{"n":1,"text":"a"},"pad":"zz","ok":true}"#, &idle);
    for (event, text) in [
        (r#"{"n":20.5,"id":"x","in":{"n":1,"text":"b"},"pad":"","ok":true}"#, Some("b")),
        (r#"{"n":-0,"id":"x","in":{"n":1,"text":"\n"},"pad":"\u12aF","ok":true}"#, Some("\n")),
        (r#"{"n":2,"id":"y","in":{"n":1,"text":"a"},"pad":"zz","ok":true}"#, None),
        (r#"{"n":2,"id":"x","in":{"n":2,"text":"a"},"pad":"zz","ok":true}"#, None),
        (r#"{"n":2,"id":"x","in":{"n":1,"text":"a"},"pad":"zz","ok":null}"#, None),
        (r#"{"n":"2","id":"x","in":{"n":1,"text":"a"},"pad":"zz","ok":true}"#, None),
        (r#"{"n":2,"id":"x","in":{"n":1,"text":"a"},"pad":5,"ok":true}"#, None),
        (r#"{"n":2,"id":"x","in":{"n":1,"text":null},"pad":"zz","ok":true}"#, None),
    ] {
        assert_eq!(found(&template, event).as_deref(), text, "{event}");
    }
}

#[test]
fn what_the_parser_refuses_does_not_match() {
    let template = template(r#"{"n":1,"text":"a"}"#, &["n"]);
    for event in [
        "",
        "{",
        r#"{"n":01,"text":"a"}"#,
        r#"{"n":+1,"text":"a"}"#,
        r#"{"n":1.,"text":"a"}"#,
        r#"{"n":1e,"text":"a"}"#,
        r#"{"n":,"text":"a"}"#,
        r#"{"n":1,"text":"a"#,
        r#"{"n":1,"text":"a\"}"#,
        r#"{"n":1,"text":"\x"}"#,
        r#"{"n":1,"text":"\u12"}"#,
        r#"{"n":1,"text":"a"}}"#,
        r#"{"n":1,"text":"a"} x"#,
    ] {
        assert!(Document::default().parse(event).is_err(), "{event:?}");
        assert_eq!(found(&template, event), None, "{event:?}");
    }
}

#[test]
fn a_text_that_holds_what_stands_behind_it_ends_at_its_own_quote() {
    let template = template(r#"{"text":"a","end":"}"}"#, &[]);
    assert_eq!(found(&template, r#"{"text":"b\",\"end\":\"}","end":"}"}"#).unwrap(), r#"b","end":"}"#);
    assert_eq!(found(&template, r#"{"text":"b","end":"}","end":"}"}"#), None);
}

#[test]
fn half_a_surrogate_pair_is_left_to_its_block() {
    let template = template(r#"{"text":"a"}"#, &[]);
    let (mut out, mut carry) = (String::new(), Carry::default());
    for (event, is_silent) in [(r#"{"text":"x\ud83d"}"#, false), (r#"{"text":"\udc66"}"#, false)] {
        let text = template.match_event(event.as_bytes()).unwrap();
        assert_eq!(text.may_be_silent(), is_silent);
        text.push_to(&mut out, &mut carry);
    }
    assert_eq!(out, "x👦");
    for silent in [r#"{"text":"\uD83d"}"#, r#"{"text":"\udbff"}"#, r#"{"text":""}"#] {
        assert!(template.match_event(silent.as_bytes()).unwrap().may_be_silent(), "{silent}");
    }
    assert!(!template.match_event(br#"{"text":"\ud7ff"}"#).unwrap().may_be_silent(), "a letter of its own");
}

#[test]
fn nothing_large_is_kept_and_nothing_that_is_no_text() {
    let mut document = Document::default();
    let mut template = EventTemplate::default();
    let large = format!(r#"{{"text":"a","more":"{}"}}"#, "x".repeat(5000));
    assert!(!template.learn(document.parse(&large).unwrap(), 9, &[]), "literals of 5 KB");
    assert!(template.learn(document.parse(&large).unwrap(), 9, &["more"]), "a text of 5 KB");
    assert_eq!(found(&template, r#"{"text":"b","more":""}"#).unwrap(), "b");
    assert!(!template.learn(document.parse(r#"{"text":5}"#).unwrap(), 8, &[]), "a number");
    assert_eq!(found(&template, r#"{"text":5}"#), None, "the last template is forgotten");
    assert!(
        !template.learn(document.parse(r#"{"text":"a"}"#).unwrap(), 3, &[]),
        "no place where a value begins"
    );
    assert!(!template.learn(document.parse(r#"["a"]"#).unwrap(), 2, &[]), "no object");
}
