//! Forced colours: somebody has chosen a few colours for everything, so that no surface, shadow or tint of the page is there.

use serde_json::json;

use crate::{browser::run, page::Page};

async fn force_colours(page: &Page) {
    page.use_medium("forced-colors", "active").await;
    assert_eq!(page.js("return matchMedia('(forced-colors: active)').matches").await, json!(true));
}

#[test]
fn what_only_a_surface_told_apart_has_an_edge_with_forced_colours() {
    run(async |page| {
        page.use_scenario("wide").await;
        page.ask("What is wide?").await;
        page.wait_state(&["complete"], 15).await;
        force_colours(page).await;
        // Of a tool the edge is around its word, which the stylesheet writes.
        let edgeless = page
            .js("const code = $('answer', last()).querySelector('pre').parentElement;
                 const parts = [
                     ['question', turns('user').at(-1).querySelector('[dir=auto]')], ['code', code],
                     ['composer', $('composer').parentElement], ['send', $('send')],
                     ...[...$('answer', last()).querySelectorAll('button')].map(tool => [tool.ariaLabel, tool, '::before']),
                 ];
                 return parts.filter(([, part, inner]) => {
                     const { borderTopStyle, borderTopWidth, borderTopColor } = getComputedStyle(part, inner);
                     const ground = getComputedStyle(document.documentElement).backgroundColor;
                     return borderTopStyle !== 'solid' || parseFloat(borderTopWidth) < 1 || borderTopColor === ground;
                 }).map(([name]) => name)")
            .await;
        assert_eq!(edgeless, json!([]));
    });
}

#[test]
fn icons_and_the_pace_are_drawn_in_colours_of_the_system_with_forced_colours() {
    run(async |page| {
        page.use_scenario("reasoning").await;
        page.ask("17 + 25?").await;
        page.wait_state(&["complete"], 15).await;
        force_colours(page).await;
        let strokes = page
            .js("const probe = document.body.appendChild(document.createElement('i'));
                 const system = name => { probe.style.color = name; return getComputedStyle(probe).color };
                 const known = ['CanvasText', 'ButtonText', 'LinkText', 'GrayText', 'FieldText'].map(system);
                 const grounds = ['Canvas', 'ButtonFace'].map(system);
                 probe.remove();
                 return [...document.querySelectorAll('svg.icon, [data-testid=pace] path')].filter(shown)
                     .map(e => [e.closest('[data-testid]')?.dataset.testid ?? e.parentElement.className, getComputedStyle(e).stroke])
                     .filter(([, stroke]) => !known.includes(stroke) || grounds.includes(stroke))")
            .await;
        assert_eq!(strokes, json!([]), "neither an icon nor the pace has a colour of the page's own");
    });
}

#[test]
fn coloured_words_of_code_look_like_the_others_and_not_like_selected_text_with_forced_colours() {
    run(async |page| {
        page.use_scenario("wide").await;
        page.ask("What is wide?").await;
        page.wait_state(&["complete"], 15).await;
        page.wait("coloured words", "return [...CSS.highlights.values()].some(words => words.size > 0)", 10)
            .await;
        page.js("$('answer', last()).querySelector('pre').scrollIntoView({ block: 'center' })").await;
        let coloured = picture_of_code(page).await;
        force_colours(page).await;
        let forced = picture_of_code(page).await;
        page.js("CSS.highlights.clear()").await;
        assert_eq!(forced, picture_of_code(page).await, "the same as without highlights");
        page.use_medium("forced-colors", "none").await;
        assert_ne!(coloured, picture_of_code(page).await, "without forced colours highlights are seen");
    });
}

async fn picture_of_code(page: &Page) -> String {
    let clip = page
        .js("const { x, y, width, height } = $('answer', last()).querySelector('pre').getBoundingClientRect();
             return { x, y, width, height, scale: 1 }")
        .await;
    let picture = page.cdp("Page.captureScreenshot", json!({ "clip": clip })).await;
    picture["data"].as_str().unwrap().to_owned()
}

#[test]
fn the_focus_is_seen_as_an_outline_at_every_stop_of_the_keyboard_with_forced_colours() {
    run(async |page| {
        page.use_scenario("wide").await;
        page.ask("What is wide?").await;
        page.wait_state(&["complete"], 15).await;
        force_colours(page).await;
        page.element("composer").await.send_keys("x").await.unwrap();
        let mut reached = 0;
        for _ in 0..24 {
            let at = page
                .js("const e = document.activeElement;
                     if (e === document.body) return null;
                     const outlined = [e, e.parentElement].some(el => {
                         const { outlineStyle, outlineWidth } = getComputedStyle(el);
                         return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1;
                     });
                     return [e.dataset.testid ?? e.ariaLabel ?? e.className, outlined]")
                .await;
            page.key("Tab", 9).await;
            if at.is_null() {
                continue;
            }
            assert_eq!(at[1], json!(true), "{} has no outline", at[0]);
            reached += 1;
        }
        assert!(18 < reached, "the tools of two tables and two blocks of code are among them, not {reached}");
    });
}
