//! The race of a stream against the same answer whole.

use lab::scenarios::RACE_TEXT;
use serde_json::json;

use crate::browser::run;

#[test]
fn streaming_is_seen_to_be_earlier_than_the_whole_answer_and_its_text_can_be_taken() {
    run(async |page| {
        page.use_scenario("race").await;
        page.element("composer").await.send_keys("Which is faster?").await.unwrap();
        page.click("history").await;
        page.click("open-race").await;
        page.wait("the race", "return shown($('race-question'))", 20).await;
        page.click("race-start").await;
        let lanes = "const lanes = [...document.querySelectorAll('[data-testid=race-lane]')];";
        let is_ahead = format!(
            "{lanes} return !!lanes[0]?.textContent.includes('Both ways')
                && ['sending', 'waiting'].includes(lanes[1].dataset.state)"
        );
        page.wait("a word of the stream, and none of the other one", &is_ahead, 5).await;
        page.wait("the table", "return shown($('race-table'))", 30).await;
        let states = page.js(&format!("{lanes} return lanes.map(lane => lane.dataset.state)")).await;
        assert_eq!(states, json!(["complete", "complete"]));
        for figure in ["ttfb", "ttfo", "elapsed", "bytes"] {
            let cells = page
                .js(&format!(
                    "return [...document.querySelectorAll('[data-figure={figure}] td')].map(it => it.textContent)"
                ))
                .await;
            let cells: Vec<String> = serde_json::from_value(cells).unwrap();
            let is_figure = |cell: &String| cell.chars().any(|letter| letter.is_ascii_digit());
            assert!(cells.len() == 2 && cells.iter().all(is_figure), "{figure}: {cells:?}");
        }
        let sentence = page.text("return $('race-sentence').textContent").await;
        assert!(sentence.starts_with("Streaming showed the first word "), "{sentence}");
        assert!(sentence.contains(" earlier; "), "{sentence}");
        page.click("race-take").await;
        page.click("close-race").await;
        page.wait("the answer in the conversation", "return last()?.dataset.state === 'complete'", 5).await;
        assert!(page.answer().await.contains(RACE_TEXT.trim()));
        assert_eq!(page.faults().await, Vec::<String>::new());
    });
}
