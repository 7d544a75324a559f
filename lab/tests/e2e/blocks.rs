//! Tables and code of answers: where their tools stand, and how those that are wider than the page tell of it.

use serde_json::{Value, json};

use crate::{browser::run, page::Page};

/// What each table or block of code of the newest answer is made of: its tools and the box that scrolls.
const BLOCKS: &str = "
    const blocks = () => [...$('answer', last()).querySelectorAll('table, pre')].map(inner => {
        const frame = inner.closest('[tabindex]');
        return { inner, frame, tools: [...frame.parentElement.querySelectorAll('button')] };
    });
    const box = e => e.getBoundingClientRect();
    const is_wide = b => b.frame.scrollWidth > b.frame.clientWidth + 4;
";

async fn blocks_js(page: &Page, script: &str) -> Value {
    page.js(&format!("{BLOCKS} {script}")).await
}

async fn ask_for_wide_blocks(page: &Page) {
    page.use_scenario("wide").await;
    page.ask("What is wide?").await;
    page.wait_state(&["complete"], 15).await;
    // Two tables and two blocks of code, of each a wide one first.
    let wide = blocks_js(page, "return blocks().map(b => [b.inner.localName, is_wide(b)])").await;
    assert_eq!(wide, json!([["table", true], ["pre", true], ["table", false], ["pre", false]]));
}

#[test]
fn tools_stand_at_the_corner_of_their_own_block_over_no_text_and_stay_while_it_scrolls_sideways() {
    run(async |page| {
        ask_for_wide_blocks(page).await;
        // Of each block: how far the last tool is from its right edge, or from that of its first cell where the tools are
        // wider than the table; how far above it; how high the tools are.
        let places = "return blocks().map(b => {
            b.inner.scrollIntoView({ block: 'center' });
            const last = box(b.tools.at(-1)), first = box(b.tools[0]), frame = box(b.frame);
            const edge = Math.max(Math.min(frame.right, box(b.inner).right), frame.left + last.right - first.left);
            return [edge - last.right, frame.top - last.bottom, last.height, last.right].map(Math.round);
        })";
        let before = blocks_js(page, places).await;
        for block in before.as_array().unwrap() {
            let (aside, above) = (block[0].as_i64().unwrap(), block[1].as_i64().unwrap());
            assert!((-1..=12).contains(&aside), "at the right edge: {before}");
            assert!((0..=12).contains(&above), "above it, at once: {before}");
            assert!((24..=32).contains(&block[2].as_i64().unwrap()), "small for a mouse: {before}");
        }
        blocks_js(page, "for (const b of blocks()) b.frame.scrollLeft = 9999").await;
        let after = blocks_js(page, "return blocks().map(b => Math.round(box(b.tools.at(-1)).right))").await;
        let stayed: Vec<_> = before.as_array().unwrap().iter().map(|block| block[3].clone()).collect();
        assert_eq!(after, json!(stayed), "they do not scroll");
    });
}

#[test]
fn tools_of_blocks_are_44_px_for_a_finger_and_stand_inside_of_a_narrow_screen() {
    run(async |page| {
        page.use_screen(390, 844, true).await;
        ask_for_wide_blocks(page).await;
        assert_eq!(page.js("return matchMedia('(pointer: coarse)').matches").await, json!(true));
        let wrong = blocks_js(
            page,
            "return blocks().flatMap(b => b.tools.map(tool => [tool.ariaLabel, box(tool), box(b.frame)]))
                .filter(([, tool, frame]) => tool.width < 44 || tool.height < 44 || tool.left < 0 || tool.right > 390 || tool.bottom > frame.top + 0.5)
                .map(([name, tool]) => [name, tool.left, tool.width, tool.height])",
        )
        .await;
        assert_eq!(wrong, json!([]), "too small, beyond the edge or over the text");
        let marks =
            page.js("return [...$('answer', last()).querySelectorAll('button')].filter(shown).length").await;
        assert_eq!(marks, json!(10), "three tools of each block of code and two of each table");
    });
}

/// Whether a stripe of a few pixels at each edge of the `at`th block differs from its ground: left, then right.
async fn shadows(page: &Page, at: usize) -> [bool; 2] {
    let stripes = format!(
        "const {{ inner, frame }} = blocks()[{at}];
         frame.scrollIntoView({{ block: 'center' }});
         const f = box(frame), y = Math.round(f.top + f.height / 2);
         return [f.left + 3, f.left + f.width / 2, f.right - 5].map(x => ({{ x: Math.round(x), y, width: 2, height: 4, scale: 1 }}))"
    );
    let clips = blocks_js(page, &stripes).await;
    let mut seen = Vec::new();
    for clip in clips.as_array().unwrap() {
        let picture = page.cdp("Page.captureScreenshot", json!({ "clip": clip })).await;
        seen.push(picture["data"].as_str().unwrap().to_owned());
    }
    [seen[0] != seen[1], seen[2] != seen[1]]
}

#[test]
fn a_block_that_scrolls_sideways_shows_a_shadow_where_more_is_in_both_themes_and_a_small_one_none() {
    run(async |page| {
        ask_for_wide_blocks(page).await;
        // Only the grounds are looked at: text would differ by itself.
        blocks_js(page, "for (const b of blocks()) (b.inner.querySelector('code') ?? b.inner).style.visibility = 'hidden'").await;
        for theme in ["light", "dark"] {
            page.use_medium("prefers-color-scheme", theme).await;
            for (at, is_wide) in [true, true, false, false].into_iter().enumerate() {
                for (scrolled, expected) in
                    [(0, [false, is_wide]), (60, [is_wide, is_wide]), (9999, [is_wide, false])]
                {
                    blocks_js(page, &format!("blocks()[{at}].frame.scrollLeft = {scrolled}")).await;
                    let found = shadows(page, at).await;
                    assert_eq!(found, expected, "block {at}, scrolled by {scrolled}, {theme}");
                }
            }
        }
    });
}
