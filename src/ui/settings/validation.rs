//! Validation of the settings: what is told when the person leaves a field.

use super::persistence::{forget_foreign_key, take_off_ending};
use crate::engine::settings::{Field, Problem};
use crate::ui::state::App;
use leptos::prelude::*;

/// Fields whose text may be no number: judged while it is typed, since the settings cannot hold it.
const NUMBERS: [Field; 2] = [Field::Temperature, Field::MaxTokens];

/// Checks a field that the person has left: tells its problem, or that there is none any more.
pub(super) fn check(app: App, field: Field) {
    let ending = if field == Field::BaseUrl { take_off_ending(app) } else { String::new() };
    if field == Field::BaseUrl && forget_foreign_key(app) {
        let sentence = "The key was cleared, because it was entered for another server.";
        app.problem.set(Some(Problem { field: Field::Key, sentence: sentence.to_owned() }));
        return;
    }
    let known = told(app);
    let key = app.with(|core| core.key.clone());
    let found = app.settings.with_untracked(|settings| {
        let problem = settings.endpoint(&key).map(drop).and_then(|()| settings.prompt(Vec::new()).map(drop));
        problem.err()
    });
    // The extra JSON is judged even while other fields are not filled in yet.
    let found = match found {
        Some(problem) if problem.field != field && field == Field::Extra => app
            .settings
            .with_untracked(|settings| {
                let mut settings = settings.clone();
                settings.model.push('x');
                settings.prompt(Vec::new()).map(drop)
            })
            .err()
            .filter(|problem| problem.field == field),
        // Whether a key may be sent is told at the address.
        other => other.filter(|problem| {
            problem.field == field || (field, problem.field) == (Field::Key, Field::BaseUrl)
        }),
    };
    let is_about_this = known.is_none_or(|known| known == field);
    if (found.is_some() || is_about_this) && !NUMBERS.contains(&field) {
        let cut = || Problem {
            field: Field::BaseUrl,
            sentence: format!("{ending} was taken off the end: this page adds it by itself."),
        };
        app.problem.set(found.or_else(|| (!ending.is_empty()).then(cut)));
    }
}

/// The field of the problem that is told now.
pub(super) fn told(app: App) -> Option<Field> {
    app.problem.with_untracked(|problem| problem.as_ref().map(|problem| problem.field))
}
