//! Servers that were set up are switched between, and each gets its own key alone.

use lab::Lab;
use serde_json::json;

use crate::{browser::run, page::Page};

const SCENARIO: &str = "no-done-but-finished";
/// A key and a model for each of two servers.
const OWN: [(&str, &str); 2] = [("sk-canary-one-1f2e", "lab-small"), ("sk-canary-two-9d8c", "lab-large")];

/// Chooses a server by its name in the list, and waits until its address is shown.
async fn choose(page: &Page, name: &str, address: &str) {
    page.open_settings().await;
    page.js(&format!(
        "const select = $('settings').querySelector('[name=preset]');
         select.value = [...select.options].find(option => option.textContent === {}).value;
         select.dispatchEvent(new Event('change', {{ bubbles: true }}))",
        json!(name)
    ))
    .await;
    let shown = format!("return $('settings').querySelector('[name=base-url]').value === {}", json!(address));
    page.wait("the address of the server", &shown, 5).await;
}

async fn ask(page: &Page) {
    page.close_settings().await;
    page.ask("Hello?").await;
    page.wait_state(&["complete"], 15).await;
}

#[test]
fn two_servers_each_get_their_own_key_and_model_when_they_are_switched_and_after_a_reload() {
    run(async |page| {
        let other = Lab::start().unwrap();
        let labs = [&page.lab, &other];
        for (lab, (key, model)) in labs.into_iter().zip(OWN) {
            choose(page, "Another server", "").await;
            page.fill("base-url", &lab.base(SCENARIO)).await;
            page.fill("key", key).await;
            page.fill("model", model).await;
            page.js("$('settings').querySelector('[name=remember-key]').click()").await;
            ask(page).await;
        }
        choose(page, &format!("127.0.0.1:{}", page.lab.port()), &page.lab.base(SCENARIO)).await;
        ask(page).await;
        page.load().await;
        choose(page, &format!("127.0.0.1:{}", other.port()), &other.base(SCENARIO)).await;
        ask(page).await;
        for (lab, (key, model), (foreign, _)) in [(labs[0], OWN[0], OWN[1]), (labs[1], OWN[1], OWN[0])] {
            let questions = lab.questions(SCENARIO);
            assert_eq!(questions.len(), 2);
            for question in questions {
                let bearer = format!("Bearer {key}");
                assert_eq!(question.request.header("authorization"), Some(bearer.as_str()));
                let body: serde_json::Value = serde_json::from_slice(&question.request.body).unwrap();
                assert_eq!(body["model"], json!(model));
            }
            for asked in lab.requests(SCENARIO) {
                let all = format!("{:?} {}", asked.request.headers, asked.request.body_text());
                assert!(!all.contains(foreign) && !asked.request.target.contains(foreign), "{all}");
            }
        }
        assert_eq!(page.faults().await, Vec::<String>::new());
    });
}
