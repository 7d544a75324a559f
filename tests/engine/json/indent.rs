//! JSON laid out while it streams: as serde_json lays out the whole, however it is cut.

use tokenfall::engine::json::Indent;

fn laid_out(pieces: &[&str]) -> String {
    let mut indent = Indent::default();
    let mut out = String::new();
    pieces.iter().for_each(|piece| indent.push(piece, &mut out));
    out
}

#[test]
fn json_comes_out_as_serde_lays_it_out_whole_and_by_characters() {
    for json in [
        "{}",
        "[]",
        r#"{"a":1}"#,
        r#" { "city" : "B\"ern, {x}: [y]" , "days" : [ 1 , [ ] , { } ] , "n" : null } "#,
        r#"{"path":"C:\\","next":"\\\"","tab":"a\tb"}"#,
        r#"[[[1,2],[3]],{"é":"😀"}]"#,
    ] {
        let value: serde_json::Value = serde_json::from_str(json).unwrap();
        let expected = serde_json::to_string_pretty(&value).unwrap();
        assert_eq!(laid_out(&[json]).trim(), expected);
        let cut: Vec<&str> = json.split_inclusive(|_| true).collect();
        assert_eq!(laid_out(&cut).trim(), expected, "by characters");
    }
}

#[test]
fn text_that_is_no_json_passes_as_it_is() {
    for text in ["print('{a: 1}')", " \n x = [1,2]", "\"a, b\"", ""] {
        assert_eq!(laid_out(&[text]), text);
    }
}

#[test]
fn broken_json_and_hostile_depth_stay_in_proportion() {
    assert_eq!(laid_out(&["}]}"]), "}]}");
    assert_eq!(laid_out(&["{]}"]), "{]\n}");
    let deep = "[".repeat(10_000) + &"]".repeat(10_000);
    assert!(laid_out(&[&deep]).len() < deep.len() * 40);
}
