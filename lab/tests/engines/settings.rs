//! Settings are kept by the browser and reach the request.

use serde_json::{Value, json};

use crate::browser::run;

#[test]
fn what_was_typed_is_still_there_behind_a_reload_and_is_sent() {
    run(async |page| {
        let name = "no-done-but-finished";
        let typed = [
            ("base-url", page.lab.base(name)),
            ("model", "lab-large".to_owned()),
            ("temperature", "0.25".to_owned()),
            ("system", "Be brief, 日本.".to_owned()),
        ];
        page.open_settings().await;
        for (field, text) in &typed {
            page.fill(field, text).await;
        }
        page.close_settings().await;
        page.load().await;
        page.open_settings().await;
        for (field, text) in &typed {
            let value = format!("return $('settings').querySelector('[name=\"{field}\"]').value");
            assert_eq!(&page.text(&value).await, text, "{field}");
        }
        page.close_settings().await;
        page.ask("Hello?").await;
        page.wait_state(&["complete"], 10).await;
        let body = page.body(name, 0);
        assert_eq!((&body["model"], &body["temperature"]), (&json!("lab-large"), &json!(0.25)));
        assert_eq!(body["messages"][0]["content"], json!("Be brief, 日本."));
        let stored = page.text("return localStorage.getItem('tokenfall.settings')").await;
        let stored: Value = serde_json::from_str(&stored).unwrap();
        assert_eq!((&stored["version"], &stored["model"]), (&json!(1), &json!("lab-large")));
        assert_eq!(page.faults().await, Vec::<String>::new());
    });
}
