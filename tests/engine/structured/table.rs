//! Tests of the table that a list of objects is.

use serde_json::json;
use tokenfall::engine::structured::rows;

#[test]
fn a_list_of_objects_is_a_table_with_the_union_of_their_names() {
    let table = rows(&json!([{"a": 1, "b": 2}, {"c": null, "a": 3}])).unwrap();
    assert_eq!(table.columns, ["a", "b", "c"]);
    assert_eq!(table.cells[1], [Some(json!(3)), None, Some(json!(null))]);
    let inner = rows(&json!({"count": 1, "x/y": [{"a": 1}]})).unwrap();
    assert_eq!((inner.path.as_str(), inner.columns.len()), ("/x~1y", 1));
    for other in [json!([]), json!([1]), json!({"a": 1}), json!({"a": [{}], "b": [{}]}), json!("x")] {
        assert_eq!(rows(&other), None, "{other}");
    }
}

#[test]
fn a_table_is_bounded_and_says_what_is_left_out() {
    let wide: serde_json::Map<String, serde_json::Value> =
        (0..150).map(|n| (format!("c{n}"), json!(n))).collect();
    let table = rows(&json!([wide])).unwrap();
    assert_eq!((table.columns.len(), table.columns_left_out), (100, 50));
    let long = serde_json::Value::Array(vec![json!({"a": 1}); 10_001]);
    let table = rows(&long).unwrap();
    assert_eq!((table.cells.len(), table.rows_left_out), (10_000, 1));
}
