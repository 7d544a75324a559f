//! What rules give on lines that were pasted.

use super::rules;
use tokenfall::engine::wire::{Given, try_lines};

/// What each line gave, written in short.
fn tried(texts: [&str; 4], sample: &str) -> Vec<String> {
    let short = |given: &Given| match given {
        Given::Text(text) => format!("text {text}"),
        Given::Reasoning(text) => format!("reasoning {text}"),
        Given::Error(words) => format!("error {words}"),
        Given::End => "end".to_owned(),
        Given::Nothing => "nothing".to_owned(),
        Given::NotFound => "not found".to_owned(),
        Given::Field => "field".to_owned(),
        Given::NoJson(at) => format!("no JSON at {at}"),
    };
    let lines = try_lines(&rules(texts), sample);
    for (index, line) in lines.iter().enumerate() {
        assert_eq!(line.line, index + 1);
    }
    lines.iter().map(|line| line.gave.iter().map(short).collect::<Vec<_>>().join(", ")).collect()
}

#[test]
fn lines_with_their_fields_and_copied_data_are_read_alike() {
    let sample = "event: x\ndata: {\"a\":\"one \"}\n\n: comment\nid: 7\ndata:{\"a\":\"\\u00fc\",\"b\":[{\"c\":\"hm\"}]}\n{\"a\":null}\n{\"z\":1}\n{\"a\":42}\ndata: [DONE]\n";
    assert_eq!(
        tried(["/a", "/b/0/c", "", ""], sample),
        [
            "field",
            "text one ",
            "",
            "field",
            "field",
            "reasoning hm, text ü",
            "nothing",
            "not found",
            "text 42",
            "end"
        ]
    );
}

#[test]
fn what_is_no_json_is_told_with_its_byte() {
    assert_eq!(tried(["/a", "", "", ""], "data: {\"a\" 1}\n {]"), ["no JSON at 11", "no JSON at 2"]);
}

#[test]
fn errors_count_where_there_is_one() {
    let sample = "{\"e\":null}\n{\"e\":false,\"a\":\"x\"}\n{\"e\":\"out of memory\"}\n{\"e\":{\"code\":3}}\n{\"e\":\"\"}";
    assert_eq!(
        tried(["/a", "", "/e", ""], sample),
        ["nothing", "text x", "error out of memory", "error {\"code\":3}", "nothing"]
    );
}

#[test]
fn each_form_of_an_end_is_found_and_nothing_else_is_one() {
    for (end, lines, gave) in [
        ("[END]", "[END]\ndata:  [END] \n{\"a\":\"x\"}", ["end", "end", "text x"]),
        (
            "/done",
            "{\"done\":false}\n{\"done\":true,\"a\":\"x\"}\n{\"done\":\"\"}",
            ["nothing", "text x, end", "nothing"],
        ),
        ("/t=stop", "{\"t\":\"stop\"}\n{\"t\":\"stopped\"}\n{\"t\":1}", ["end", "nothing", "nothing"]),
        ("/t=true", "{\"t\":true}\n{\"t\":\"true\"}\n{\"t\":1}", ["end", "end", "nothing"]),
        ("/t=\"a b\"", "{\"t\":\"a b\"}\n{\"t\":\"\\u0061 b\"}\n{}", ["end", "end", "not found"]),
        ("event: done", "event: done\ndata: {}\n{\"a\":\"x\"}", ["field", "end", "end"]),
        ("event:done", "event: done\n\ndata: {\"a\":\"x\"}", ["field", "", "text x"]),
    ] {
        assert_eq!(tried(["/a", "", "", end], lines), gave, "{end}");
    }
}

#[test]
fn all_of_the_data_can_be_the_text() {
    let sample = "data:  one\ndata: {\"a\":1}\ndata:\nevent: error\ndata: no\n\ndata: STOP";
    assert_eq!(
        tried(["data", "", "", "STOP"], sample),
        ["text  one", "text {\"a\":1}", "nothing", "field", "error no", "", "end"]
    );
}

#[test]
fn pointers_follow_rfc_6901() {
    // The document of section 5, and what each pointer gives.
    let document = r#"{"foo":["bar","baz"],"":"empty","a/b":"1","c%d":"2","e^f":"3","g|h":"4","i\\j":"5","k\"l":"6"," ":"7","m~n":"8"}"#;
    for (pointer, gave) in [
        ("/foo/0", "bar"),
        ("/foo/1", "baz"),
        ("/", "empty"),
        ("/a~1b", "1"),
        ("/c%d", "2"),
        ("/e^f", "3"),
        ("/g|h", "4"),
        ("/i\\j", "5"),
        ("/k\"l", "6"),
        ("/m~0n", "8"),
    ] {
        assert_eq!(tried([pointer, "", "", ""], document), [format!("text {gave}")], "{pointer}");
    }
    for none in
        ["/foo/2", "/foo/00", "/foo/+1", "/foo/x", "/foo/0/x", "/Foo", "/~01", "/foo/18446744073709551616"]
    {
        assert_eq!(tried([none, "", "", ""], document), ["not found"], "{none}");
    }
    // Two names that mean the same key.
    assert_eq!(tried(["/ü", "", "", ""], "{\"\\u00fc\":\"x\"}"), ["text x"]);
}

#[test]
fn a_long_sample_is_read_up_to_a_thousand_lines() {
    assert_eq!(tried(["/a", "", "", ""], &"{\"a\":\"x\"}\n".repeat(1_500)).len(), 1_000);
}
