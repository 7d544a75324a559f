//! A browser that is killed in mid-answer: what was shown until one second before is there again, and marked as cut.

use std::{
    env,
    hash::{BuildHasher, Hasher, RandomState},
    thread,
    time::Duration,
};

use lab::Lab;
use serde_json::{Value, json};
use tokio::time::{Instant, sleep};

use crate::{browser::run_mortal, harness::mortal::Mortal, page::Page};

/// The most text, in time, that a kill may cost.
const LOST: Duration = Duration::from_secs(1);

/// Kills in each of the two browsers.
const KILLS: u64 = 10;

/// Many short events, which fill a piece of the journal before it is old, and few, which do not.
const SCENARIOS: [&str; 2] = ["long-answer", "slow-words"];

#[test]
#[expect(clippy::print_stderr, reason = "whoever sees a failure needs the seed to see it again")]
fn a_killed_browser_loses_at_most_a_second_of_text_and_never_takes_a_cut_answer_for_a_whole_one() {
    let chance = || RandomState::new().build_hasher().finish();
    let seed = env::var("TOKENFALL_SEED").map_or_else(|_| chance(), |seed| seed.parse().expect("a number"));
    eprintln!("TOKENFALL_SEED={seed} waits like this run");
    let lanes = SCENARIOS.map(|scenario| {
        thread::spawn(move || {
            let mut faults = Vec::new();
            run_mortal(async |page, browser| faults = kill_often(page, browser, scenario, seed).await);
            faults
        })
    });
    let faults: Vec<String> = lanes.into_iter().flat_map(|lane| lane.join().expect("a lane ends")).collect();
    assert!(faults.is_empty(), "seed {seed}, {} faults:\n{}", faults.len(), faults.join("\n"));
}

/// Kills the browser at random moments of an answer each. Returns what was wrong afterwards.
async fn kill_often(page: &mut Page, browser: &Mortal, scenario: &str, seed: u64) -> Vec<String> {
    let whole = without_space(&text_of(&page.lab, scenario));
    let mut faults = Vec::new();
    for number in 0..KILLS {
        // Each time: a browser writes localStorage seconds later, and the kill may take the settings too.
        page.use_scenario(scenario).await;
        let wait = Duration::from_millis(200 + dice(seed, scenario, number) % 3_800);
        let question = format!("Story {number}?");
        page.ask(&question).await;
        let seen = watch(page, wait).await;
        let killed = Instant::now();
        browser.kill();
        let kept_from = killed.checked_sub(LOST).unwrap_or(killed);
        let must_be =
            seen.iter().rfind(|sight| sight.at <= kept_from).map_or("", |sight| sight.text.as_str());
        let last = seen.last().expect("the page was looked at");
        browser.revive(page).await;
        page.driver.goto(last.address.as_str()).await.unwrap();
        page.wait("the page", "return shown($('composer'))", 20).await;
        let what = format!("{scenario}, kill {number} after {} ms", wait.as_millis());
        let mut fault = |said: String| faults.push(format!("{what}: {said}"));
        if !is_there(page, &question).await {
            fault(format!("the question is not at {}", last.address));
        } else {
            let text = without_space(&page.answer().await);
            let state = page.state().await;
            let (length, least, most) = (text.len(), must_be.len(), last.text.len());
            if !whole.starts_with(&text) {
                fault(format!("the text is not a beginning of what was sent: {text}"));
            }
            if !text.starts_with(must_be) {
                fault(format!("{length} bytes are left; {least} were shown 1 s before, {most} at last"));
            }
            let is_whole = last.state == "complete" && text == whole;
            if state != "interrupted" && !(is_whole && state == "complete") {
                fault(format!("the state is {state}, after {}", last.state));
            }
            let error = page.error().await;
            if state == "interrupted" && !error.contains("page was closed while the answer was being written")
            {
                fault(format!("no word of why with {length} bytes of text: {error:?}"));
            }
            let retry = "return [...last().querySelectorAll('[data-testid=retry]')].some(shown)";
            if page.js(retry).await != Value::Bool(true) {
                fault("no retry".to_owned());
            }
        }
    }
    faults
}

/// What the page showed.
struct Sight {
    /// It was shown before.
    at: Instant,
    text: String,
    state: String,
    address: String,
}

/// Looks at the answer again and again for a time.
async fn watch(page: &Page, time: Duration) -> Vec<Sight> {
    let until = Instant::now() + time;
    let mut seen = Vec::new();
    loop {
        let sight = page
            .js("return [$('answer', last())?.textContent ?? '', last()?.dataset.state ?? '', location.href]")
            .await;
        let part = |at: usize| sight[at].as_str().unwrap_or_default().to_owned();
        seen.push(Sight {
            at: Instant::now(),
            text: without_space(&part(0)),
            state: part(1),
            address: part(2),
        });
        if until <= Instant::now() {
            return seen;
        }
        sleep(Duration::from_millis(20).min(until - Instant::now())).await;
    }
}

/// Waits a while for a question to be on show with an answer that is over.
async fn is_there(page: &Page, question: &str) -> bool {
    let script = format!(
        "return !!turns('user').at(-1)?.innerText.includes('{question}')
             && !['', 'streaming', 'waiting', 'connecting'].includes(last()?.dataset.state ?? '')"
    );
    let until = Instant::now() + Duration::from_secs(10);
    while Instant::now() < until {
        if page.js(&script).await == Value::Bool(true) {
            return true;
        }
        sleep(Duration::from_millis(50)).await;
    }
    false
}

/// All text that a scenario's stream has.
fn text_of(lab: &Lab, name: &str) -> String {
    let scenario = lab.scenarios().iter().find(|scenario| scenario.name == name).expect("a scenario");
    let (_, answer) = scenario.answers.last().expect("it answers");
    let body = String::from_utf8(answer.body()).expect("it is text");
    let events =
        body.lines().filter_map(|line| serde_json::from_str::<Value>(line.strip_prefix("data: ")?).ok());
    events.filter_map(|event| event["choices"][0]["delta"]["content"].as_str().map(str::to_owned)).collect()
}

/// Where paragraphs part there is white space in the source, and none in the text of elements.
fn without_space(text: &str) -> String {
    text.split_whitespace().collect()
}

/// A pseudo-random number of a kill, the same for the same seed (SplitMix64).
fn dice(seed: u64, scenario: &str, number: u64) -> u64 {
    let lane = scenario.len() as u64;
    let mut z = (seed ^ lane << 32).wrapping_add(number.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[test]
fn settings_that_were_changed_a_moment_before_the_browser_is_killed_are_there_again() {
    run_mortal(async |page, browser| {
        page.use_scenario("burst").await;
        // What keeps settings beside localStorage comes when the page is idle.
        page.ask("Are you there?").await;
        page.wait_state(&["complete"], 20).await;
        page.wait("an address", "return location.hash.startsWith('#c=')", 20).await;
        let url = page.text("return location.origin + '/'").await;
        page.open_settings().await;
        page.fill("model", "lab-large").await;
        page.fill("base-url", &page.lab.base("slow-answer")).await;
        page.js("$('settings').querySelector('[name=remember-key]').click()").await;
        page.fill("key", "sk-canary-kept").await;
        page.close_settings().await;
        sleep(Duration::from_millis(300)).await;
        browser.kill();
        browser.revive(page).await;
        page.driver.goto(url.as_str()).await.unwrap();
        page.wait("the page", "return shown($('composer'))", 20).await;
        page.wait(
            "the model",
            "return document.querySelector('.model-button').innerText === 'lab-large'",
            20,
        )
        .await;
        page.open_settings().await;
        let fields =
            "return ['base-url', 'key'].map(name => $('settings').querySelector(`[name=${name}]`).value)";
        assert_eq!(page.js(fields).await, json!([page.lab.base("slow-answer"), "sk-canary-kept"]));
    });
}
