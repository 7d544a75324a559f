//! The rest of the page: what is fetched once the person touches it. See `later`.

use super::chat::turns;
use super::later::Wish;
use super::live;
use super::settings::open_settings;
use super::state::App;
use crate::browser::frame_loop::FrameLoop;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::Element;

/// Does what the first load cannot.
pub(super) fn grant(app: App, wish: Wish) {
    begin(app);
    match wish {
        Wish::Prepare => {}
        Wish::Ask(question) => {
            if app.ask(&question) {
                app.empty_composer(&question);
                app.focus_composer();
            }
        }
        Wish::Play => app.play_sample(),
        Wish::Stop => app.stop(),
        Wish::NewChat => app.new_chat(),
        Wish::Settings => open_settings(app, None),
    }
}

/// Puts into the page what was not there before. The page's owner keeps it.
fn begin(app: App) {
    if app.has_talk() {
        return;
    }
    let Some((page, owner)) = app.with(|core| core.page.clone()) else { return };
    owner.with(|| {
        app.begin_talk();
        if let Some(frames) = FrameLoop::new(move |now| live::frame(app, now)) {
            app.set_wake(Rc::new(move || frames.wake()));
        }
        if let Ok(Some(column)) = page.query_selector(".column") {
            turns(app, column);
        }
    });
    use_waiting_styles(&page);
}

/// Applies the stylesheets of what is drawn from now on. The document has them fetched last and applies none of them by itself,
/// so that the first paint waits for no rule that it does not need.
fn use_waiting_styles(page: &Element) {
    let Some(document) = page.owner_document() else { return };
    let Ok(links) = document.query_selector_all("link[rel=stylesheet][media='not all']") else { return };
    for link in (0..links.length()).filter_map(|at| links.get(at)?.dyn_into::<Element>().ok()) {
        let _ = link.remove_attribute("media");
    }
}
