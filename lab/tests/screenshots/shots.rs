//! The ten moments, and the switches that give width and theme.

use std::{
    io::{self, Write as _},
    path::{Path, PathBuf},
    time::Duration,
};

use serde_json::json;

use crate::{browser::run, page::Page};

#[test]
fn pictures_of_the_page() {
    let Some(folder) = std::env::var_os("TOKENFALL_SHOTS").map(PathBuf::from) else {
        writeln!(io::stderr(), "no pictures made: TOKENFALL_SHOTS names no folder").unwrap();
        return;
    };
    std::fs::create_dir_all(&folder).unwrap();
    for (width, height, mobile) in [(1280, 800, false), (390, 844, true)] {
        for theme in ["light", "dark"] {
            run(async |page| {
                let scale = if mobile { 1.5 } else { 1.0 };
                let metrics =
                    json!({ "width": width, "height": height, "deviceScaleFactor": scale, "mobile": mobile });
                page.cdp("Emulation.setDeviceMetricsOverride", metrics).await;
                // Without motion no picture is taken in the middle of a transition.
                let features = json!({ "features": [
                    { "name": "prefers-color-scheme", "value": theme },
                    { "name": "prefers-reduced-motion", "value": "reduce" },
                ] });
                page.cdp("Emulation.setEmulatedMedia", features).await;
                moments(page, &folder, &format!("{width}-{theme}")).await;
            });
        }
    }
}

async fn moments(page: &Page, folder: &Path, suffix: &str) {
    let shot = async |name: &str| {
        let path = folder.join(format!("{name}-{suffix}.png"));
        page.driver.screenshot(&path).await.unwrap();
    };
    page.load().await;
    shot("welcome").await;

    page.use_scenario("slow-answer").await;
    page.ask("How do I make a good cup of tea?").await;
    page.wait("the code block", "return $('answer', last())?.textContent.includes('steep')", 15).await;
    shot("streaming").await;
    page.wait_state(&["complete"], 30).await;
    shot("settled").await;

    page.use_scenario("guide").await;
    page.ask("How does a page draw an answer?").await;
    page.wait("the code", "return $('answer', last())?.textContent.includes('nothing to do')", 15).await;
    shot("guide-streaming").await;
    page.wait_state(&["complete"], 30).await;
    shot("guide-end").await;
    // The page follows the end for some frames more, until heights have settled.
    tokio::time::sleep(Duration::from_millis(800)).await;
    page.js("document.querySelector('.md-table').scrollIntoView({ block: 'center' })").await;
    shot("guide-middle").await;
    page.js("$('answer', last()).scrollIntoView()").await;
    shot("guide-top").await;

    page.use_scenario("reasoning").await;
    page.ask("What is 17 + 25?").await;
    page.wait_state(&["complete"], 15).await;
    page.js("$('reasoning', last()).open = true").await;
    shot("reasoning").await;

    page.click("about-numbers").await;
    shot("numbers").await;
    page.press_escape().await;

    page.open_settings().await;
    shot("settings").await;

    page.use_scenario("401").await;
    page.ask("Hello?").await;
    page.wait_state(&["failed"], 20).await;
    shot("error").await;
}
