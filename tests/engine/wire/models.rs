//! Tests of the lists of models that servers give.

use tokenfall::engine::wire::read_models;

fn ids(body: &str) -> Vec<String> {
    let models = read_models(body).unwrap();
    assert_eq!(models.left_out, 0);
    models.ids
}

#[test]
fn each_protocols_list_is_read_in_its_order_and_each_model_once() {
    for body in [
        r#"{"object":"list","data":[{"id":"a"},{"id":"b"},{"id":"a"}]}"#,
        r#"{"models":[{"name":"models/a","supportedGenerationMethods":["generateContent"]},
            {"name":"models/e","supportedGenerationMethods":["embedContent"]},{"name":"b"}]}"#,
        r#"[{"id":"a"},{"model":"b"},{"size":1},7,{"id":""}]"#,
        r#"["a","b"]"#,
    ] {
        assert_eq!(ids(body), ["a", "b"], "{body}");
    }
    assert_eq!(ids(r#"{"data":[]}"#), Vec::<String>::new());
    assert!(read_models("<html>").is_err());
}

#[test]
fn an_endless_id_is_left_out() {
    let id = "x".repeat(300);
    assert_eq!(ids(&format!(r#"["{id}x","{id}"]"#)), [id]);
}

#[test]
fn of_a_list_of_300_000_models_the_first_thousand_are_kept_and_the_rest_counted() {
    let entries: Vec<String> = (0..300_000).map(|n| format!("{{\"id\":\"m{n}\"}}")).collect();
    let models = read_models(&format!("{{\"data\":[{}]}}", entries.join(","))).unwrap();
    assert_eq!((models.ids.len(), models.left_out), (1_000, 299_000));
    assert_eq!((models.ids[0].as_str(), models.ids[999].as_str()), ("m0", "m999"));
    let fits = read_models(&format!("[{}]", entries[..1_000].join(","))).unwrap();
    assert_eq!((fits.ids.len(), fits.left_out), (1_000, 0));
}
