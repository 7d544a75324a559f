//! The race: one question to several lanes at once, what comes of it, and where its answers go.

use lab::scenarios::{FAST_TOKENS, RACE_TEXT};
use serde_json::json;

use crate::{browser::run, page::Page};

/// Functions that read the dialog.
const DIALOG: &str = "
    const lanes = () => [...document.querySelectorAll('[data-testid=race-lane]')];
    const states = () => lanes().map(lane => lane.dataset.state);
    const cells = figure => [...document.querySelectorAll(`[data-figure=${figure}] td`)].map(cell => cell.textContent);
    const sentences = () => [...document.querySelectorAll('[data-testid=race-sentence]')].map(it => it.textContent);
    const type = (field, text) => {
        field.value = text;
        field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    };
";

async fn look(page: &Page, script: &str) -> serde_json::Value {
    page.js(&format!("{DIALOG} {script}")).await
}

async fn wait(page: &Page, what: &str, script: &str, seconds: u64) {
    page.wait(what, &format!("{DIALOG} {script}"), seconds).await;
}

async fn show_side_bar(page: &Page) {
    if page.js("return shown($('side-bar')) || !!localStorage['tokenfall.sidebar']").await != json!(true) {
        page.click("history").await;
    }
    page.wait("the side bar", "return shown($('side-bar'))", 10).await;
}

/// Opens the fields of a race.
pub(crate) async fn open(page: &Page) {
    show_side_bar(page).await;
    page.click("open-race").await;
    page.wait("the race", "return shown($('race-question'))", 20).await;
}

/// Starts the race, and waits until all lanes are over.
pub(crate) async fn start(page: &Page, question: &str, seconds: u64) {
    look(page, &format!("type($('race-question'), {})", json!(question))).await;
    page.click("race-start").await;
    wait(page, "the lanes", "return lanes().length > 1", 5).await;
    page.wait("the table", "return shown($('race-table'))", seconds).await;
}

/// What a row of the table shows.
pub(crate) async fn cells(page: &Page, figure: &str) -> Vec<String> {
    let cells = look(page, &format!("return cells('{figure}')")).await;
    serde_json::from_value(cells).unwrap()
}

/// The first sentence about two lanes.
pub(crate) async fn sentence(page: &Page) -> String {
    look(page, "return sentences()[0]").await.as_str().unwrap_or_default().to_owned()
}

fn has_figure(text: &str) -> bool {
    text.chars().any(|c| c.is_ascii_digit())
}

#[test]
fn streaming_is_seen_to_be_earlier_its_answer_is_taken_and_both_the_conversation_and_the_race_are_there_again()
 {
    run(async |page| {
        page.use_scenario("race").await;
        page.element("composer").await.send_keys("Which is faster?").await.unwrap();
        open(page).await;
        assert_eq!(
            page.text("return $('race-question').value").await,
            "Which is faster?",
            "it is not asked twice"
        );
        page.click("race-start").await;
        let is_ahead = "return lanes()[0]?.textContent.includes('Both ways')
            && ['sending', 'waiting'].includes(states()[1])";
        wait(page, "a word of the stream, and none of the other one", is_ahead, 5).await;
        page.wait("the table", "return shown($('race-table'))", 20).await;
        assert_eq!(look(page, "return states()").await, json!(["complete", "complete"]));
        for figure in ["ttfb", "ttfo", "elapsed", "bytes"] {
            let cells = cells(page, figure).await;
            assert!(cells.len() == 2 && cells.iter().all(|cell| has_figure(cell)), "{figure}: {cells:?}");
        }
        let sentence = sentence(page).await;
        assert!(
            sentence.starts_with("Streaming showed the first word ") && sentence.contains(" earlier; "),
            "{sentence}"
        );
        page.click("race-compare").await;
        page.wait(
            "the comparison",
            "return $('race-comparison')?.textContent.includes('letter by letter')",
            5,
        )
        .await;
        page.click("race-take").await;
        page.click("close-race").await;
        page.wait("the answer in the conversation", "return last()?.dataset.state === 'complete'", 5).await;
        assert!(page.answer().await.contains(RACE_TEXT.trim()));
        page.wait("the conversation's address", "return location.hash.startsWith('#c=')", 10).await;
        page.driver.refresh().await.unwrap();
        page.wait("the conversation", "return shown($('composer')) && !!last()", 20).await;
        assert!(page.answer().await.contains(RACE_TEXT.trim()));
        page.wait("both versions", "return !!document.querySelector('.versions')", 10).await;
        show_side_bar(page).await;
        let other = "[...document.querySelectorAll('[data-testid=conversation] a')]
                        .find(link => !link.hasAttribute('aria-current') && link.textContent === 'Which is faster?')";
        page.wait("the race in the list", &format!("return !!{other}"), 10).await;
        page.js(&format!("{other}.click()")).await;
        page.click("show-race").await;
        page.wait("the table again", "return shown($('race-table'))", 20).await;
        assert!(cells(page, "ttfo").await.iter().all(|cell| has_figure(cell)));
        assert_eq!(page.faults().await, Vec::<String>::new());
    });
}

#[test]
fn four_lanes_at_200_tokens_a_second_are_all_written_to_their_end_and_can_be_stopped_one_by_one() {
    run(async |page| {
        page.use_scenario("fast-200").await;
        open(page).await;
        page.click("race-same").await;
        page.click("race-add").await;
        start(page, "Say much.", 60).await;
        assert_eq!(look(page, "return states()").await, json!(vec!["complete"; 4]));
        for figure in ["ttfb", "elapsed", "speed"] {
            let cells = cells(page, figure).await;
            assert!(cells.len() == 4 && cells.iter().all(|cell| has_figure(cell)), "{figure}: {cells:?}");
        }
        assert_eq!(cells(page, "tokens-out").await, vec!["2,000"; 4]);
        let words =
            "return lanes().map(lane => $('race-answer', lane).textContent.match(/\\bw\\d+/g).length)";
        assert_eq!(look(page, words).await, json!(vec![FAST_TOKENS; 4]));
        assert_eq!(look(page, "return sentences().length").await, json!(6), "one for each pair");
        page.click("race-again").await;
        wait(page, "all to write", "return states().every(state => state === 'streaming')", 10).await;
        look(page, "lanes()[2].querySelector('[data-testid=race-stop]').click()").await;
        wait(page, "one to be stopped", "return states()[2] === 'stopped'", 5).await;
        assert_eq!(look(page, "return states()[0]").await, json!("streaming"));
        page.click("race-stop-all").await;
        wait(page, "all to be stopped", "return states().every(state => state === 'stopped')", 5).await;
        page.wait("the table", "return shown($('race-table'))", 5).await;
        assert_eq!(page.faults().await, Vec::<String>::new());
    });
}

#[test]
fn a_lane_whose_server_is_not_there_says_so_and_the_other_goes_on() {
    run(async |page| {
        for base in [page.lab.base("refused"), page.lab.base("race")] {
            page.open_settings().await;
            page.js("const select = $('settings').querySelector('[name=preset]');
                 select.value = 'custom';
                 select.dispatchEvent(new Event('change', { bubbles: true }))")
                .await;
            let is_empty = "return $('settings').querySelector('[name=base-url]').value === ''";
            page.wait("a server without an address", is_empty, 5).await;
            page.fill("base-url", &base).await;
            page.fill("model", "lab-small").await;
            page.close_settings().await;
        }
        open(page).await;
        page.click("race-proxy").await;
        start(page, "Are you there?", 60).await;
        assert_eq!(look(page, "return states()").await, json!(["complete", "failed"]));
        assert!(
            look(page, "return lanes()[0].textContent").await.as_str().unwrap().contains(RACE_TEXT.trim())
        );
        let told = look(page, "return $('race-end', lanes()[1]).textContent").await;
        assert!(
            told.as_str().unwrap().starts_with("No answer from"),
            "what went wrong is told in words: {told}"
        );
        assert_eq!(
            look(page, "return document.querySelectorAll('[data-testid=race-take]').length").await,
            json!(1)
        );
        assert!(sentence(page).await.contains("broke off"), "{}", sentence(page).await);
    });
}

#[test]
fn on_a_phone_a_bad_field_is_told_in_view_and_the_page_has_no_more_than_its_width() {
    run(async |page| {
        page.use_scenario("race").await;
        page.use_screen(390, 844, true).await;
        open(page).await;
        look(page, "type(document.querySelector('[data-testid=race-fields] [name=model]'), '')").await;
        look(page, "type($('race-question'), 'Why?')").await;
        page.click("race-start").await;
        page.wait(
            "the problem",
            "return [...document.querySelectorAll('[data-testid=race-problem]')].some(it => shown(it) && it.textContent)",
            5,
        )
        .await;
        let is_wide = "const race = $('race'); return race.scrollWidth > race.clientWidth";
        assert_eq!(page.js(is_wide).await, json!(false));
        look(page, "type(document.querySelector('[data-testid=race-fields] [name=model]'), 'lab-small')")
            .await;
        start(page, "Why?", 20).await;
        assert_eq!(page.js(is_wide).await, json!(false));
        assert_eq!(page.faults().await, Vec::<String>::new());
    });
}
