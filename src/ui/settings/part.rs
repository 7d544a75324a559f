//! The part `settings`: the sheet with all settings.

use super::dialog::open;
use crate::engine::settings::Problem;
use crate::ui::lazy::{apply_waiting_styles, lazy_part};
use crate::ui::state::App;

lazy_part!(
    /// Opens the sheet, at the field with the problem if there is one.
    settings,
    pub(in crate::ui) fn open_settings(app: App, problem: Option<Problem>) = act
);

fn act(app: App, problem: Option<Problem>) {
    apply_waiting_styles();
    open(app, problem);
}
