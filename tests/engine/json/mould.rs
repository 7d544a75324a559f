//! The mould: it must find the text of what the parser would read alike, and refuse all else.

use tokenfall::engine::json::{Carry, Document, Mould};

/// A mould of this event, whose text is the member `text` of the root or of its member `in`.
fn mould(event: &str, idle: &[&str]) -> Mould {
    let mut document = Document::default();
    let root = document.parse(event).unwrap();
    let text = root.text("text").or_else(|| root.get("in").and_then(|inner| inner.text("text"))).unwrap();
    let mut mould = Mould::default();
    assert!(mould.cast(root, text.start(), idle), "{event} is no mould");
    mould
}

fn found(mould: &Mould, event: &str) -> Option<String> {
    mould.fit(event.as_bytes()).map(|text| text.decode().into_owned())
}

#[test]
fn an_event_fits_its_own_mould_and_gives_its_text() {
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
        assert_eq!(found(&mould(event, &["id", "n"]), event), expected.ok(), "{event}");
    }
}

#[test]
fn only_the_text_and_idle_members_of_the_root_may_change() {
    let idle = ["n", "pad"];
    let mould = mould(r#"{"n":1,"id":"x","in":{"n":1,"text":"a"},"pad":"zz","ok":true}"#, &idle);
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
        assert_eq!(found(&mould, event).as_deref(), text, "{event}");
    }
}

#[test]
fn what_the_parser_refuses_does_not_fit() {
    let mould = mould(r#"{"n":1,"text":"a"}"#, &["n"]);
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
        assert_eq!(found(&mould, event), None, "{event:?}");
    }
}

#[test]
fn a_text_that_holds_what_stands_behind_it_ends_at_its_own_quote() {
    let mould = mould(r#"{"text":"a","end":"}"}"#, &[]);
    assert_eq!(found(&mould, r#"{"text":"b\",\"end\":\"}","end":"}"}"#).unwrap(), r#"b","end":"}"#);
    assert_eq!(found(&mould, r#"{"text":"b","end":"}","end":"}"}"#), None);
}

#[test]
fn half_a_surrogate_pair_is_left_to_its_block() {
    let mould = mould(r#"{"text":"a"}"#, &[]);
    let (mut out, mut carry) = (String::new(), Carry::default());
    for (event, is_silent) in [(r#"{"text":"x\ud83d"}"#, false), (r#"{"text":"\udc66"}"#, false)] {
        let text = mould.fit(event.as_bytes()).unwrap();
        assert_eq!(text.may_be_silent(), is_silent);
        text.push_to(&mut out, &mut carry);
    }
    assert_eq!(out, "x👦");
    for silent in [r#"{"text":"\uD83d"}"#, r#"{"text":"\udbff"}"#, r#"{"text":""}"#] {
        assert!(mould.fit(silent.as_bytes()).unwrap().may_be_silent(), "{silent}");
    }
    assert!(!mould.fit(br#"{"text":"\ud7ff"}"#).unwrap().may_be_silent(), "a letter of its own");
}

#[test]
fn nothing_large_is_kept_and_nothing_that_is_no_text() {
    let mut document = Document::default();
    let mut mould = Mould::default();
    let large = format!(r#"{{"text":"a","more":"{}"}}"#, "x".repeat(5000));
    assert!(!mould.cast(document.parse(&large).unwrap(), 9, &[]), "literals of 5 KB");
    assert!(mould.cast(document.parse(&large).unwrap(), 9, &["more"]), "a text of 5 KB");
    assert_eq!(found(&mould, r#"{"text":"b","more":""}"#).unwrap(), "b");
    assert!(!mould.cast(document.parse(r#"{"text":5}"#).unwrap(), 8, &[]), "a number");
    assert_eq!(found(&mould, r#"{"text":5}"#), None, "the last mould is forgotten");
    assert!(!mould.cast(document.parse(r#"{"text":"a"}"#).unwrap(), 3, &[]), "no place where a value begins");
    assert!(!mould.cast(document.parse(r#"["a"]"#).unwrap(), 2, &[]), "no object");
}
