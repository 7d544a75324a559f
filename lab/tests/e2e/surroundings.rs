//! What is around the page: its title, the way out of it, the network, a frame, the browser's own walls.

use serde_json::json;
use thirtyfour::By;

use crate::browser::run;

#[test]
fn the_title_tells_that_an_answer_is_being_written() {
    run(async |page| {
        page.use_scenario("slow-answer").await;
        assert_eq!(page.text("return document.title").await, "Tokenfall");
        page.ask("How do I make tea?").await;
        page.wait("the title", "return document.title.includes('Answering')", 5).await;
        page.wait_state(&["complete"], 15).await;
        page.wait("the title", "return document.title === 'Tokenfall'", 5).await;
    });
}

#[test]
fn leaving_asks_only_while_something_would_be_lost() {
    run(async |page| {
        let asks = "const leave = new Event('beforeunload', { cancelable: true }); dispatchEvent(leave); return leave.defaultPrevented";
        page.use_scenario("slow-answer").await;
        assert_eq!(page.js(asks).await, json!(false), "nothing is there yet");
        page.element("composer").await.send_keys("A draft").await.unwrap();
        assert_eq!(page.js(asks).await, json!(true), "a draft");
        page.click("send").await;
        page.wait_text(10).await;
        assert_eq!(page.js(asks).await, json!(true), "an answer being written");
        page.wait_state(&["complete"], 15).await;
        page.wait("a way out", &format!("return !(() => {{ {asks} }})()"), 5).await;
    });
}

#[test]
fn offline_is_told_with_what_still_works() {
    run(async |page| {
        page.use_scenario("slow-answer").await;
        let network = |offline| json!({ "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
        page.cdp("Network.enable", json!({})).await;
        page.cdp("Network.emulateNetworkConditions", network(true)).await;
        page.wait("the notice", "return shown($('offline'))", 5).await;
        assert!(page.text("return $('offline').innerText").await.contains("on this device still answers"));
        page.cdp("Network.emulateNetworkConditions", network(false)).await;
        page.wait("no notice", "return !$('offline')", 5).await;
    });
}

#[test]
fn in_a_frame_there_is_only_a_way_out() {
    run(async |page| {
        // Any page of another origin on this machine.
        page.driver.goto(format!("http://127.0.0.1:{}/", page.lab.port())).await.unwrap();
        let around = "const frame = document.createElement('iframe'); frame.src = URL; document.documentElement.append(frame)";
        page.js(&around.replace("URL", &json!(page.url).to_string())).await;
        let frame = page.driver.find(By::Css("iframe")).await.unwrap();
        frame.enter_frame().await.unwrap();
        page.wait("the link", "return !!document.querySelector('a[target=_blank]')", 10).await;
        let link = page.text("return document.querySelector('a').href").await;
        assert_eq!(link, page.url);
        assert_eq!(
            page.js("return document.querySelectorAll('button, textarea, input').length").await,
            json!(0)
        );
        page.driver.enter_default_frame().await.unwrap();
    });
}

#[test]
fn text_with_hidden_characters_is_flagged_before_it_is_sent() {
    run(async |page| {
        let paste =
            "const field = $('composer'); field.focus(); document.execCommand('insertText', false, TEXT)";
        page.js(&paste.replace("TEXT", "'Tea?' + String.fromCodePoint(0xe0041, 0xe0042)")).await;
        page.wait("the notice", "return !!$('hidden')?.textContent.includes('2 characters')", 5).await;
        page.click("remove-hidden").await;
        page.wait("no notice", "return !$('hidden')", 5).await;
        assert_eq!(page.js("return $('composer').value").await, json!("Tea?"));
        page.js(&paste.replace("TEXT", "' \u{1f468}\u{200d}\u{1f469} ok'")).await;
        assert_eq!(page.js("return $('hidden')").await, json!(null), "emoji are seen");
        assert_eq!(page.faults().await, Vec::<String>::new());
    });
}

#[test]
fn a_panic_of_the_program_shows_its_message_and_place_which_can_be_copied() {
    run(async |page| {
        page.use_scenario("stall-midstream").await;
        page.ask("Go on").await;
        let text = "So far so good";
        page.wait("the text", &format!("return $('answer', last())?.textContent === '{text}'"), 10).await;
        page.allow_clipboard().await;
        // A browser that cannot make what every one can: the page's program holds that for impossible, and panics.
        page.js("const make = Document.prototype.createElement;
             Document.prototype.createElement = function (name, ...more) {
               if (name === 'dialog') throw new Error('no dialogs here');
               return make.call(this, name, ...more);
             }")
            .await;
        page.click("about-numbers").await;
        page.wait("the message", "return shown($('crash-message'))", 10).await;
        let message = page.text("return $('crash-message').textContent").await;
        // Leptos makes the element: the place is one of its files.
        let place = message.strip_prefix("panicked at ").and_then(|rest| rest.split_once(".rs:"));
        let (line, _) = place.and_then(|(_, numbers)| numbers.split_once(':')).unwrap_or_default();
        assert!(line.parse::<u32>().is_ok(), "{message}");
        assert!(message.contains("no dialogs here"), "{message}");
        let notice = "return document.querySelector('[role=alert]').textContent.includes('reload')";
        assert_eq!(page.js(notice).await, json!(true));
        assert_eq!(page.js("return document.querySelectorAll('[role=alert]').length").await, json!(1));
        page.click("crash-copy").await;
        page.wait("the word", "return $('crash-copy').textContent === 'Copied'", 5).await;
        assert_eq!(page.text("return navigator.clipboard.readText()").await, message);
        assert_eq!(page.answer().await, text);
        assert_eq!(page.js("return $('composer').readOnly").await, json!(true));
        let logged = page.faults().await;
        assert!(logged.iter().any(|line| line.contains("no dialogs here")), "{logged:?}");
        page.wait_until_left("stall-midstream").await;
    });
}
