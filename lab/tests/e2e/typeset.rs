//! Code gets its colours and formulas their form, from workers, in the released page.

use lab::scenarios::LONG_CODE_FUNCTIONS;
use serde_json::json;

use crate::{
    browser::{dist, run, run_on},
    page::Page,
};

/// Whether some code is coloured as keywords.
const SOME: &str = "return (CSS.highlights.get('code-keyword')?.size ?? 0) > 3";

/// Whether the formulas of `code-and-math` that can be drawn are.
const FORMULAS: &str = "return document.querySelectorAll('.md-drawn > math').length === 3";

/// Names of the files of parts that this page has fetched, without the folder's. Those its workers fetch are not seen.
async fn fetched(page: &Page) -> Vec<String> {
    let names = page
        .js("return performance.getEntriesByType('resource').flatMap(e => /\\/workers-[0-9a-f]+\\/(.+)$/.exec(e.name)?.[1] ?? [])")
        .await;
    names.as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned()).collect()
}

#[test]
fn colours_come_while_the_block_is_open_and_settled_nodes_stay_untouched() {
    run(async |page| {
        page.use_scenario("long-code").await;
        page.ask("Long?").await;
        page.wait("colours in mid-stream", SOME, 20).await;
        page.wait("a formula in mid-stream", "return !!document.querySelector('.md-drawn > math')", 20).await;
        assert_eq!(page.state().await, "streaming");
        page.js(
            "const first = $('answer', last()).querySelector('.md-lines');
             window.__touched = 0;
             new MutationObserver(all => { __touched += all.length }).observe(first, { childList: true, subtree: true, characterData: true, attributes: true });",
        )
        .await;
        page.wait_state(&["complete"], 40).await;
        assert_eq!(page.js("return window.__touched").await, json!(0), "the first fifty lines");
        // Ranges cost the browser in each frame: only what is near the screen has them.
        let ranges = "return [...CSS.highlights.values()].reduce((sum, h) => sum + h.size, 0)";
        page.wait("colours at the end", &format!("{ranges} > 50"), 20).await;
        let near = page.js(ranges).await.as_u64().unwrap();
        assert!(near < 10 * LONG_CODE_FUNCTIONS as u64 / 2, "{near} ranges for a screen of a thousand lines");
        // Scrolling back brings the colours of the beginning back.
        page.wait(
            "colours at the beginning",
            "const first = $('answer', last()).querySelector('.md-lines');
             first.scrollIntoView({ block: 'start' });
             return [...CSS.highlights.get('code-keyword')].some(range => first.contains(range.startContainer))",
            20,
        )
        .await;
    });
}

#[test]
fn the_last_line_of_code_that_is_cut_off_gets_its_colours_too() {
    run(async |page| {
        page.use_scenario("cut-in-code").await;
        // The second time the program that colours is there before the text.
        for _ in 0..2 {
            page.ask("Numbers?").await;
            page.wait_state(&["truncated"], 20).await;
            let coloured = "const all = [...(CSS.highlights.get('code-string') ?? [])].filter(r => last().contains(r.startContainer));
                return all.some(r => r.startContainer.data.slice(r.startOffset, r.endOffset) === '\"cut')";
            page.wait("the string that has no end", coloured, 20).await;
        }
        assert_eq!(page.faults().await, Vec::<String>::new());
    });
}

#[test]
fn code_in_a_recording_gets_colours() {
    run(async |page| {
        page.click("play-sample").await;
        page.wait("a coloured string", "return (CSS.highlights.get('code-string')?.size ?? 0) > 1", 40).await;
        let within = "return [...CSS.highlights.get('code-string')].every(range => $('answer', last()).querySelector('pre').contains(range.startContainer))";
        assert_eq!(page.js(within).await, json!(true));
        assert_eq!(page.faults().await, Vec::<String>::new());
    });
}

#[test]
fn code_in_thoughts_gets_colours_once_they_are_unfolded() {
    run(async |page| {
        page.use_scenario("code-in-thoughts").await;
        page.ask("Double?").await;
        page.wait_state(&["complete"], 20).await;
        page.wait("the program that colours", "return CSS.highlights.size > 0", 20).await;
        assert_eq!(page.js(SOME).await, json!(false), "nobody sees it yet");
        page.js("$('reasoning', last()).querySelector('summary').click()").await;
        page.wait("colours", SOME, 20).await;
        assert_eq!(page.faults().await, Vec::<String>::new());
    });
}

#[test]
fn each_part_is_fetched_only_when_there_is_something_for_it() {
    run(async |page| {
        page.use_scenario("reasoning").await;
        page.ask("17 + 25?").await;
        page.wait_state(&["complete"], 15).await;
        assert_eq!(fetched(page).await, [""; 0], "plain text needs nothing");
        page.use_scenario("math-in-thoughts").await;
        assert_eq!(fetched(page).await, [""; 0], "nor does the first load");
        page.ask("Pythagoras?").await;
        page.wait_state(&["complete"], 15).await;
        page.wait("three formulas", "return document.querySelectorAll('.md-drawn > math').length === 3", 20)
            .await;
        let math = fetched(page).await;
        assert!(math.contains(&"math.js".to_owned()) && !math.contains(&"code.js".to_owned()), "{math:?}");
        page.use_scenario("code-and-math").await;
        page.ask("The mean?").await;
        page.wait("colours", SOME, 20).await;
        assert!(fetched(page).await.contains(&"code.js".to_owned()));
    });
}

/// What a host does that sends its front page for what it lacks.
fn a_page_instead_of(file: &str) -> Vec<(String, Vec<u8>, &'static str)> {
    let names =
        std::fs::read_dir(dist()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let names: Vec<String> = names.collect();
    let begins = |beginning: &str| names.iter().find(|name| name.starts_with(beginning)).cloned();
    let path = begins(file).unwrap_or_else(|| format!("{}/{file}", begins("workers-").unwrap()));
    assert!(dist().join(&path).is_file(), "{file} is a file");
    vec![(format!("/{path}"), b"<!DOCTYPE html>".to_vec(), "text/html")]
}

#[test]
fn without_its_files_code_is_plain_and_formulas_show_their_source() {
    for (missing, has_code, has_math) in [
        ("split_extras-", false, false),
        ("math.js", true, false),
        ("math.wasm", true, false),
        ("code.js", false, true),
        ("code.wasm", false, true),
        ("rust.bin", true, true),
    ] {
        run_on(a_page_instead_of(missing), async |page| {
            page.use_scenario("code-and-math").await;
            page.ask("The mean?").await;
            page.wait_state(&["complete"], 20).await;
            if has_math {
                page.wait("formulas", FORMULAS, 20).await;
            }
            if has_code {
                // Another language does not wait for the one that never comes.
                page.wait("colours", "return (CSS.highlights.get('code-keyword')?.size ?? 0) > 1", 20).await;
            }
            let text = page.text("return $('answer', last()).querySelector('pre code').textContent").await;
            assert!(text.starts_with("/// The mean of some numbers"), "{text}");
            let source =
                "return document.querySelector('.md-formula > code').getBoundingClientRect().width > 50";
            assert_eq!(page.js(source).await, json!(!has_math), "{missing}");
            // The browser's own words about the file; nothing is tried again and again.
            let faults = page.faults().await;
            assert!(faults.len() <= 2, "{missing}: {faults:?}");
        });
    }
}

#[test]
fn a_browser_without_highlights_shows_plain_code() {
    run(async |page| {
        page.cdp(
            "Page.addScriptToEvaluateOnNewDocument",
            json!({ "source": "delete CSS.highlights; Object.defineProperty(CSS, 'highlights', { value: undefined });" }),
        )
        .await;
        page.use_scenario("code-and-math").await;
        page.ask("The mean?").await;
        page.wait_state(&["complete"], 20).await;
        page.wait("formulas", FORMULAS, 20).await;
        assert!(
            !fetched(page).await.contains(&"code.js".to_owned()),
            "colours nobody can show are not asked for"
        );
        assert_eq!(page.faults().await, Vec::<String>::new());
    });
}

#[test]
fn a_new_chat_takes_the_colours_away() {
    run(async |page| {
        page.use_scenario("code-and-math").await;
        page.ask("The mean?").await;
        page.wait_state(&["complete"], 20).await;
        page.wait("colours", SOME, 20).await;
        page.click("new-chat").await;
        let gone = "return [...CSS.highlights.values()].every(highlight => highlight.size === 0)";
        page.wait("no colours", gone, 10).await;
    });
}
