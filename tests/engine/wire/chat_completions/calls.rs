//! Whose fragment is it? Tool calls under the keys that servers give them.

use super::{calls_as_text, stop, turn};
use tokenfall::engine::wire::StopReason;

#[test]
fn parallel_calls_are_told_apart_by_index() {
    let turn = turn(&[
        r#"{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"a","type":"function","function":{"name":"f","arguments":""}}]}}]}"#,
        r#"{"choices":[{"index":0,"delta":{"tool_calls":[{"index":1,"id":"b","type":"function","function":{"name":"g","arguments":"{\"y\""}}]}}]}"#,
        r#"{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\"x\":1}"}},{"index":1,"function":{"arguments":":2}"}}]}}]}"#,
        r#"{"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}"#,
    ]);
    assert_eq!(calls_as_text(&turn), r#"a f {"x":1} function, b g {"y":2} function"#);
    assert_eq!(stop(&turn).0, StopReason::ToolCalls);
}

#[test]
fn id_and_name_repeated_in_every_fragment_are_not_joined() {
    let turn = turn(&[
        r#"{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"a","function":{"name":"f","arguments":"{"}}]}}]}"#,
        r#"{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"a","function":{"name":"f","arguments":"}"}}]}}]}"#,
    ]);
    assert_eq!(calls_as_text(&turn), "a f {} function");
}

#[test]
fn another_id_at_the_same_index_is_another_call() {
    let turn = turn(&[
        r#"{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"a","function":{"name":"f","arguments":"{}"}}]}}]}"#,
        r#"{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"b","function":{"name":"g","arguments":"{}"}}]}}]}"#,
    ]);
    assert_eq!(calls_as_text(&turn), "a f {} function, b g {} function");
}

#[test]
fn calls_without_index_go_by_id_and_without_id_to_the_last_one() {
    let turn = turn(&[
        r#"{"choices":[{"delta":{"tool_calls":[{"id":"a","function":{"name":"f","arguments":"["}}]}}]}"#,
        r#"{"choices":[{"delta":{"tool_calls":[{"id":"b","function":{"name":"g","arguments":"("}}]}}]}"#,
        r#"{"choices":[{"delta":{"tool_calls":[{"function":{"arguments":")"}}]}}]}"#,
        r#"{"choices":[{"delta":{"tool_calls":[{"id":"a","function":{"arguments":"]"}}]}}]}"#,
    ]);
    assert_eq!(calls_as_text(&turn), "a f [] function, b g () function");
}

#[test]
fn whole_calls_without_ids_are_told_apart_by_their_names() {
    for index in ["", r#""index":0,"id":"","#] {
        let call = |name: &str, arguments: &str| {
            format!(r#"{{{index}"function":{{"name":"{name}","arguments":"{arguments}"}}}}"#)
        };
        let both = [call("f", ""), call("f", "{"), call("f", "}"), call("g", "{}")].join(",");
        let turn = turn(&[&format!(r#"{{"choices":[{{"delta":{{"tool_calls":[{both}]}}}}]}}"#)]);
        assert_eq!(calls_as_text(&turn), " f {} function,  g {} function", "{index}");
    }
}

#[test]
fn arguments_as_an_object_and_a_custom_call_and_the_old_function_call() {
    let turn = turn(&[
        r#"{"choices":[{"delta":{"tool_calls":[{"index":1,"id":"a","function":{"name":"f","arguments":{"x": 1}}}]}}]}"#,
        r#"{"choices":[{"delta":{"tool_calls":[{"index":2,"id":"b","type":"custom","custom":{"name":"sql","input":"SELECT"}}]}}]}"#,
        r#"{"choices":[{"delta":{"function_call":{"name":"old","arguments":"{"}}}]}"#,
        r#"{"choices":[{"delta":{"function_call":{"arguments":"}"}},"finish_reason":"function_call"}]}"#,
    ]);
    assert_eq!(calls_as_text(&turn), r#"a f {"x": 1} function, b sql SELECT custom,  old {} function_call"#);
}
