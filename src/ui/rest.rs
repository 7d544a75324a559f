//! The rest of the page: what is fetched once the person touches it. See `later`.

use super::chat::turns;
use super::later::Wish;
use super::live;
use super::settings::{open_settings, panel};
use super::state::App;
use crate::browser::frame_loop::FrameLoop;
use std::rc::Rc;

/// Does what the first load cannot.
pub(super) fn grant(app: App, wish: Wish) {
    begin(app);
    match wish {
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
        let _ = page.append_child(panel(app).element());
    });
}
