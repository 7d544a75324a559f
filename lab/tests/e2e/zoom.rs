//! Little room: a page at 400 % is one of 320 by 256 CSS pixels, and a phone with its keyboard open one of 390 by 360.

use serde_json::json;

use crate::{browser::run, page::Page};

/// Widths and heights, and whether they are a phone's.
const SCREENS: [(u32, u32, bool); 2] = [(320, 256, false), (390, 360, true)];

/// What is wider than the window, or stands beyond its sides where nothing scrolls.
const BEYOND: &str = "
    const scrolls = e => /auto|scroll/.test(getComputedStyle(e).overflowX) && e.scrollWidth > e.clientWidth;
    const in_frame = e => { for (let up = e.parentElement; up; up = up.parentElement) if (scrolls(up)) return true; return false };
    const frames = [...document.querySelectorAll('body, body *')].filter(shown).filter(scrolls);
    const sideways = frames.filter(e => e.localName !== 'code' && !e.querySelector(':scope > table, :scope > code, :scope > math')).map(e => e.className || e.localName);
    const beyond = [...document.querySelectorAll('button, input, select, textarea, h2, h3, p, dd, label, a')]
        .filter(shown).filter(e => !in_frame(e) && !e.closest('.unseen, .md-drawn'))
        .filter(e => { const r = e.getBoundingClientRect(); return r.width > 1 && (r.left < -0.5 || r.right > innerWidth + 0.5) })
        .map(e => e.outerHTML.slice(0, 120));
    const page_is_wide = document.scrollingElement.scrollWidth > innerWidth;
    return { sideways, beyond, page_is_wide };
";

async fn assert_nothing_is_beyond(page: &Page, what: &str) {
    let found = page.js(BEYOND).await;
    assert_eq!(found, json!({ "sideways": [], "beyond": [], "page_is_wide": false }), "{what}");
}

#[test]
fn three_lines_can_be_read_over_a_full_composer_at_400_percent_and_over_an_open_keyboard() {
    run(async |page| {
        for (width, height, is_touch) in SCREENS {
            page.use_screen(width, height, is_touch).await;
            page.use_scenario("wide").await;
            assert_nothing_is_beyond(page, &format!("the welcome at {width}")).await;
            page.ask("What is wide?").await;
            page.wait_state(&["complete"], 15).await;
            assert_nothing_is_beyond(page, &format!("an answer at {width}")).await;
            // Lines of the answer between the header and the composer, without words in the composer and with a lot of them.
            let lines = "const line = parseFloat(getComputedStyle($('answer', last()).querySelector('p')).lineHeight);
                         const area = $('transcript').parentElement.getBoundingClientRect();
                         const composer = $('composer').parentElement.getBoundingClientRect();
                         if (composer.bottom > innerHeight || area.bottom > composer.top + 0.5) return 0;
                         return (area.bottom - Math.max(area.top, 0)) / line";
            let least = page.js(lines).await.as_f64().unwrap();
            assert!(4.0 <= least, "{least} lines at {width} by {height}");
            page.js("$('composer').focus()").await;
            page.cdp("Input.insertText", json!({ "text": "one\ntwo\nthree\nfour\nfive\nsix\nseven" })).await;
            let least = page.js(lines).await.as_f64().unwrap();
            assert!(3.0 <= least, "{least} lines over a full composer at {width} by {height}");
        }
    });
}

#[test]
fn every_setting_can_be_scrolled_into_view_whole_at_400_percent_and_over_an_open_keyboard() {
    run(async |page| {
        for (width, height, is_touch) in SCREENS {
            page.use_screen(width, height, is_touch).await;
            page.use_scenario("wide").await;
            page.open_settings().await;
            page.wait("the end of its motion", "return !document.getAnimations().length", 5).await;
            assert_nothing_is_beyond(page, &format!("the settings at {width}")).await;
            let hidden = page
                .js("const head = $('settings').querySelector('header');
                     return [...$('settings').querySelectorAll('input, select, textarea, button')].filter(shown).filter(field => {
                         field.scrollIntoView({ block: 'center', behavior: 'instant' });
                         const f = field.getBoundingClientRect(), h = head.getBoundingClientRect();
                         const top = head.contains(field) ? 0 : h.bottom;
                         return f.top < top - 0.5 || f.bottom > innerHeight + 0.5;
                     }).map(field => field.name || field.dataset.testid || field.textContent)")
                .await;
            assert_eq!(hidden, json!([]), "covered or cut off at {width} by {height}");
            page.close_settings().await;
        }
    });
}

#[test]
fn every_number_of_the_dialog_can_be_scrolled_into_view_at_400_percent_and_over_an_open_keyboard() {
    run(async |page| {
        for (width, height, is_touch) in SCREENS {
            page.use_screen(width, height, is_touch).await;
            page.use_scenario("reasoning").await;
            page.ask("17 + 25?").await;
            page.wait_state(&["complete"], 15).await;
            page.js("$('about-numbers', last()).click()").await;
            page.wait("the numbers", "return shown($('all-numbers'))", 5).await;
            assert_nothing_is_beyond(page, &format!("the numbers at {width}")).await;
            let hidden = page
                .js("const dialog = $('all-numbers'), head = dialog.querySelector('header');
                     return [...dialog.querySelectorAll('dl > div > *'), $('close-numbers')].filter(part => {
                         part.scrollIntoView({ block: 'center', behavior: 'instant' });
                         const p = part.getBoundingClientRect(), d = dialog.getBoundingClientRect();
                         const top = head.contains(part) ? 0 : head.getBoundingClientRect().bottom;
                         return p.top < top - 0.5 || p.bottom > Math.min(d.bottom, innerHeight) + 0.5;
                     }).map(part => part.textContent)")
                .await;
            assert_eq!(hidden, json!([]), "covered or cut off at {width} by {height}");
            page.press_escape().await;
            page.wait("no dialog", "return !$('all-numbers')", 5).await;
        }
    });
}
