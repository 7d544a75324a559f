//! The browser's own model, by a stand-in of the Prompt API that stands before the page begins.

use crate::browser::run_with;
use crate::harness::page::Page;
use crate::history::wait_kept;
use serde_json::json;

/// Fetches itself as `told.fetch` says, answers in four chunks, and waits behind the second until `told.go` is called.
const MODEL: &str = "
window.told = { calls: [] };
window.LanguageModel = {
  async availability() { return told.state ?? 'downloadable'; },
  async create(options) {
    told.options = options;
    told.calls.push('create');
    const monitor = new EventTarget();
    options.monitor?.(monitor);
    if (!told.isHere) await new Promise(here => {
      told.fetch = loaded => {
        const event = new Event('downloadprogress');
        event.loaded = loaded;
        monitor.dispatchEvent(event);
        if (loaded === 1) { told.isHere = true; here(); }
      };
    });
    return {
      promptStreaming(prompt, { signal }) {
        told.prompt = prompt;
        return new ReadableStream({
          async start(out) {
            signal.addEventListener('abort', () => { told.calls.push('abort'); out.error(signal.reason); });
            out.enqueue('A **kettle** ');
            out.enqueue('hums ');
            await new Promise(go => { told.go = go; });
            if (signal.aborted) return;
            out.enqueue('on the ');
            out.enqueue('stove.');
            out.close();
          },
        });
      },
      destroy() { told.calls.push('destroy'); },
    };
  },
};";

/// Chooses the browser's model in the settings, as a person does.
async fn choose(page: &Page) -> String {
    page.open_settings().await;
    page.js("const select = document.querySelector('[name=preset]'); select.value = 'browser'; \
         select.dispatchEvent(new Event('change', { bubbles: true }))")
        .await;
    page.wait("what is told of it", "return /model/.test($('browser-model')?.textContent) && !/Looking/.test($('browser-model').textContent)", 10).await;
    let told = page.text("return $('browser-model').textContent").await;
    page.close_settings().await;
    told
}

#[test]
fn the_browsers_own_model_is_chosen_without_address_and_key_fetched_asked_and_remembers_the_conversation() {
    run_with(MODEL, async |page| {
        let told = choose(page).await;
        assert!(told.contains("fetches its model with the first question"), "{told}");
        assert_eq!(
            page.text("return document.querySelector('.model-button').textContent").await,
            "This browser's own model"
        );
        page.ask("What hums?").await;
        page.wait("the way to fetch", "return !!told.fetch", 20).await;
        page.js("told.fetch(0.42)").await;
        page.wait("the share", "return /fetching its model, 42 %/.test(last()?.textContent)", 10).await;
        page.js("told.fetch(1)").await;
        page.wait("half of the answer", "return /kettle hums/.test($('answer', last())?.textContent)", 10)
            .await;
        page.js("told.go()").await;
        page.wait_state(&["complete"], 10).await;
        assert_eq!(page.answer().await.trim(), "A kettle hums on the stove.");
        page.wait("that it is given back", "return told.calls.join() === 'create,destroy'", 5).await;
        page.ask("And now?").await;
        page.wait("the second question", "return told.prompt === 'And now?' && !!told.go", 10).await;
        assert_eq!(
            page.js("return told.options.initialPrompts").await,
            json!([
                { "role": "user", "content": "What hums?" },
                { "role": "assistant", "content": "A **kettle** hums on the stove." },
            ])
        );
        page.wait("half of it", "return /kettle hums/.test($('answer', last())?.textContent)", 10).await;
        page.press_escape().await;
        page.wait_state(&["stopped"], 10).await;
        page.wait(
            "that it was broken off",
            "return told.calls.slice(2).join() === 'create,abort,destroy'",
            5,
        )
        .await;
        assert_eq!(page.answer().await.trim(), "A kettle hums");
        // What it said is kept, and so is the choice.
        wait_kept(page, "stopped").await;
        page.driver.refresh().await.unwrap();
        page.wait("the kept answer", "return last()?.dataset.state === 'stopped'", 15).await;
        let named =
            "return document.querySelector('.model-button').textContent === \"This browser's own model\"";
        page.wait("the kept choice", named, 15).await;
        assert_eq!(page.faults().await, Vec::<String>::new());
    });
}

#[test]
fn a_browser_without_a_model_says_so_in_the_settings_and_under_the_question() {
    run_with("Object.defineProperty(window, 'LanguageModel', { value: undefined });", async |page| {
        let told = choose(page).await;
        assert!(told.starts_with("This browser has no model of its own"), "{told}");
        page.ask("What hums?").await;
        page.wait_state(&["failed"], 20).await;
        let error = page.error().await;
        assert!(error.contains("This browser has no model of its own"), "{error}");
        assert_eq!(page.faults().await, Vec::<String>::new());
    });
}
