//! The part `chat`: what a question, its answer and a recording need.

use super::turns;
use crate::browser::frame_loop::FrameLoop;
use crate::ui::lazy::{Action, apply_waiting_styles, lazy_part};
use crate::ui::live;
use crate::ui::state::App;
use std::rc::Rc;

lazy_part!(
    /// Performs an action in the part `chat`.
    chat,
    pub(in crate::ui) fn perform(app: App, action: Action) = act
);

fn act(app: App, action: Action) {
    begin(app);
    match action {
        Action::Prepare => {}
        Action::Ask(question) => {
            if app.ask(&question) {
                app.empty_composer(&question);
                app.focus_composer();
            }
        }
        Action::Play => app.play_sample(),
        Action::NewChat => app.new_chat(),
    }
}

/// Puts into the page what was not there before. The page's owner keeps it.
fn begin(app: App) {
    if app.has_talk() {
        return;
    }
    apply_waiting_styles();
    let Some((page, owner)) = app.with(|core| core.page.clone()) else { return };
    owner.with(|| {
        app.begin_talk();
        app.set_stop(Rc::new(move || app.cancel()));
        if let Some(frames) = FrameLoop::new(move |now| live::frame(app, now)) {
            app.set_wake(Rc::new(move || frames.wake()));
        }
        if let Ok(Some(column)) = page.query_selector(".column") {
            turns(app, column);
        }
    });
}
