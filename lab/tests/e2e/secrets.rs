//! Keys stay where the person put them; an answer is text, whatever it says.

use serde_json::json;

use crate::browser::run;

const KEY: &str = "sk-canary-5f1e";

#[test]
fn the_key_is_in_its_header_and_nowhere_else() {
    run(async |page| {
        page.use_scenario("401").await;
        page.open_settings().await;
        page.fill("key", KEY).await;
        page.close_settings().await;
        page.ask("Hello?").await;
        page.wait_state(&["failed"], 20).await;
        let request = page.questions("401").remove(0).request;
        assert_eq!(request.header("authorization"), Some("Bearer sk-canary-5f1e"));
        assert!(!request.target.contains(KEY) && !request.body_text().contains(KEY));
        let others =
            request.headers.iter().filter(|(name, value)| name != "authorization" && value.contains(KEY));
        assert_eq!(others.count(), 0);
        let places = page
            .js("const dump = s => JSON.stringify(Object.entries(s));
                 return { local: dump(localStorage), session: dump(sessionStorage), cookie: document.cookie,
                          url: location.href, html: document.documentElement.outerHTML,
                          entries: performance.getEntries().map(e => e.name).join() }")
            .await;
        for (place, text) in places.as_object().unwrap() {
            assert!(!text.as_str().unwrap().contains(KEY), "the key is in {place}");
        }
        page.load().await;
        page.open_settings().await;
        let value = page.js("return $('settings').querySelector('[name=key]').value").await;
        assert_eq!(value, json!(""), "a reload forgets the key");
    });
}

#[test]
fn the_key_is_kept_only_on_request_and_then_works_after_a_reload() {
    run(async |page| {
        page.use_scenario("401").await;
        page.open_settings().await;
        page.fill("key", KEY).await;
        page.js("$('settings').querySelector('[name=remember-key]').click()").await;
        page.load().await;
        page.ask("Hello?").await;
        page.wait_state(&["failed"], 20).await;
        let request = page.questions("401").remove(0).request;
        assert_eq!(request.header("authorization"), Some("Bearer sk-canary-5f1e"));
    });
}

#[test]
fn a_kept_key_does_not_follow_to_another_origin() {
    run(async |page| {
        page.use_scenario("401").await;
        page.open_settings().await;
        page.fill("key", KEY).await;
        page.js("$('settings').querySelector('[name=remember-key]').click()").await;
        page.fill("base-url", &format!("{}/v1", page.lab.elsewhere())).await;
        page.close_settings().await;
        page.ask("Hello?").await;
        page.wait_state(&["failed"], 20).await;
        let asked = page.lab.requests("elsewhere");
        assert!(!asked.is_empty(), "the new address is asked");
        for entry in asked {
            let headers = format!("{:?}", entry.request.headers);
            // The preflight names the header that would carry the key.
            assert!(!headers.contains("authorization") && !headers.contains(KEY), "{headers}");
        }
    });
}

#[test]
fn a_kept_key_is_not_sent_for_the_models_of_an_address_that_was_typed_and_never_left() {
    run(async |page| {
        page.use_scenario("401").await;
        page.open_settings().await;
        page.fill("key", KEY).await;
        page.js("$('settings').querySelector('[name=remember-key]').click()").await;
        page.js(&format!(
            "const field = $('settings').querySelector('[name=base-url]');
             field.value = '{}/v1';
             field.dispatchEvent(new Event('input', {{ bubbles: true }}))",
            page.lab.elsewhere()
        ))
        .await;
        page.load().await;
        page.open_settings().await;
        page.click("load-models").await;
        page.wait("the reason", "return /Enter the key for this server/.test($('settings').textContent)", 5)
            .await;
        assert!(page.lab.requests("elsewhere").is_empty(), "nothing is asked with a key of somebody else");
    });
}

#[test]
fn a_key_that_a_server_repeats_in_its_error_is_not_shown() {
    run(async |page| {
        page.use_scenario("401-echo").await;
        page.open_settings().await;
        page.fill("key", KEY).await;
        page.close_settings().await;
        page.ask("Hello?").await;
        page.wait_state(&["failed"], 20).await;
        let shown = page.text("return document.documentElement.outerHTML").await;
        assert!(shown.contains("Incorrect API key provided: your-key......."), "the rest of its words is");
        assert!(!shown.contains(KEY));
        // Another key makes the first no less secret.
        page.open_settings().await;
        page.fill("key", "sk-another-987654321").await;
        page.close_settings().await;
        page.click("retry").await;
        page.wait("another answer", "return last()?.innerText.includes('2 of 2')", 10).await;
        page.js("[...last().querySelectorAll('button')].find(b => b.title === 'The answer before').click()")
            .await;
        page.wait("the first answer", "return last()?.innerText.includes('1 of 2')", 5).await;
        assert!(page.error().await.contains("your-key..."));
        assert!(!page.text("return last().outerHTML").await.contains(KEY));
    });
}
