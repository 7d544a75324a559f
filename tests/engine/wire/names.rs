//! No member with text is dropped silently, whatever a server calls it.

use super::played::{events, play};
use tokenfall::engine::chat::Turn;
use tokenfall::engine::wire::Dialect;

fn chat(deltas: &[&str]) -> Turn {
    let mut all: Vec<String> =
        deltas.iter().map(|delta| format!(r#"{{"choices":[{{"index":0,"delta":{delta}}}]}}"#)).collect();
    all.push(r#"{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"#.to_owned());
    play(Dialect::ChatCompletions, events(&all.iter().map(String::as_str).collect::<Vec<_>>()))
}

#[test]
fn reasoning_under_any_of_its_names_is_shown() {
    for name in
        ["reasoning_content", "reasoning", "reasoning_text", "thinking", "thinking_content", "thought"]
    {
        let piece = |text: &str| format!(r#"{{"{name}":"{text}"}}"#);
        let turn = chat(&[&piece("Con"), &piece("sider."), r#"{"content":"Blue."}"#]);
        assert_eq!((turn.reasoning().as_str(), turn.text().as_str()), ("Consider.", "Blue."), "{name}");
        let line = format!(
            "{{\"message\":{{\"{name}\":\"Hm.\",\"content\":\"Blue.\"}},\"done\":true,\"done_reason\":\"stop\"}}\n"
        );
        assert_eq!(play(Dialect::Ollama, line).reasoning(), "Hm.", "{name}");
    }
}

#[test]
fn reasoning_repeated_under_several_names_is_shown_once_and_all_of_what_differs() {
    let twice = r#"{"reasoning_content":"Hm.","reasoning":"Hm.","reasoning_details":[{"type":"reasoning.text","text":"Hm."}]}"#;
    assert_eq!(chat(&[twice, twice]).reasoning(), "Hm.Hm.");
    assert_eq!(chat(&[r#"{"reasoning_content":"A.","thinking":"B."}"#]).reasoning(), "A.B.");
    assert_eq!(chat(&[r#"{"reasoning_content":"","thinking":"B."}"#]).reasoning(), "B.");
    // The whole at the end repeats what came in pieces.
    let whole = r#"{"reasoning_details":[{"type":"reasoning.text","text":"A.B."}]}"#;
    assert_eq!(chat(&[r#"{"reasoning":"A."}"#, r#"{"reasoning":"B."}"#, whole]).reasoning(), "A.B.");
}

#[test]
fn reasoning_details_alone_are_shown_be_they_text_or_summary() {
    let turn = chat(&[
        r#"{"reasoning_details":[{"type":"reasoning.summary","summary":"Short. "}]}"#,
        r#"{"reasoning_details":[{"type":"reasoning.text","text":"Long."},{"type":"reasoning.encrypted","data":"x"}]}"#,
    ]);
    assert_eq!(turn.reasoning(), "Short. Long.");
    assert_eq!(turn.blocks[0].opaque.len(), 2, "they travel back as they came");
}

#[test]
fn a_flag_by_the_name_of_reasoning_is_no_text() {
    let turn = chat(&[r#"{"thought":true,"content":"Blue."}"#]);
    assert_eq!((turn.reasoning().as_str(), turn.text().as_str(), turn.unknown_count), ("", "Blue.", 0));
}

#[test]
fn the_words_of_sound_are_text_and_its_bytes_are_left_out() {
    let turn = chat(&[
        r#"{"audio":{"id":"a","transcript":"Good "}}"#,
        r#"{"audio":{"data":"AAAA"}}"#,
        r#"{"audio":{"transcript":"day."}}"#,
    ]);
    assert_eq!((turn.text().as_str(), turn.unknown_count), ("Good day.", 0));
    assert_eq!(chat(&[r#"{"audio":{"data":"AAAA"}}"#]).unknown_count, 1, "sound without words is told");
}

#[test]
fn scalars_of_any_type_are_content() {
    let turn = chat(&[r#"{"content":1.50}"#, r#"{"content":true}"#, r#"{"content":[2,"x",false]}"#]);
    assert_eq!(turn.text(), "1.50true2xfalse");
}

#[test]
fn text_in_a_member_that_no_rule_reads_is_also_received() {
    let turn = chat(&[
        r#"{"role":"assistant","content":"a","translation":"b","commentary":{"text":"c"},"n":5,"flag":true}"#,
    ]);
    assert_eq!((turn.text().as_str(), turn.unknown_count), ("a", 2));
    assert_eq!(turn.unknown[0].name, "translation");
}
