//! Validates the settings when the person leaves a field, and tells what is wrong.

use crate::engine::messages::sheet;
use crate::engine::settings::{Field, Problem};
use crate::engine::wire::BaseUrl;
use crate::ui::state::Connection;
use leptos::prelude::*;

/// Fields whose text may be no number. It is judged while it is typed, since the settings cannot hold it.
const NUMBERS: [Field; 2] = [Field::Temperature, Field::MaxTokens];

/// Checks a field that the person has left: tells its problem, or that there is none any more.
pub(super) fn check(connection: Connection, field: Field) {
    // The address of a server without models is whole: there is one for all that it does.
    let has_paths = connection.settings.with_untracked(|settings| settings.dialect.names_model());
    let ending =
        if field == Field::BaseUrl && has_paths { take_off_ending(connection) } else { String::new() };
    let cleared = if field == Field::BaseUrl { connection.forget_foreign_key() } else { None };
    if let Some(sentence) = cleared {
        connection.problem.set(Some(Problem { field: Field::Key, sentence: sentence.to_owned() }));
        return;
    }
    let known = told(connection);
    let key = connection.key.with_value(|record| record.key.clone());
    let found = connection.settings.with_untracked(|settings| {
        let rules = || settings.protocol().map(drop);
        let prompt = || settings.prompt(Vec::new()).map(drop);
        settings.endpoint(&key).map(drop).and_then(|()| prompt()).and_then(|()| rules()).err()
    });
    // JSON and rules are judged even while other fields are not filled in yet.
    let is_json = matches!(
        field,
        Field::Extra | Field::EventText | Field::EventReasoning | Field::EventError | Field::EventEnd
    );
    let found = match found {
        Some(problem) if problem.field != field && is_json => connection
            .settings
            .with_untracked(|settings| {
                let mut settings = settings.clone();
                settings.model.push('x');
                let prompt = settings.prompt(Vec::new()).map(drop);
                if field == Field::Extra { prompt } else { settings.protocol().map(drop) }
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
        let cut = || Problem { field: Field::BaseUrl, sentence: sheet::ending_taken_off(&ending) };
        connection.problem.set(found.or_else(|| (!ending.is_empty()).then(cut)));
    }
}

/// Takes a protocol's own path off the end of the address, and says which it was; empty if there was none.
fn take_off_ending(connection: Connection) -> String {
    let (address, ending) =
        connection.settings.with_untracked(|settings| BaseUrl::split_ending(&settings.base_url));
    if !ending.is_empty() {
        connection.edit(|settings| settings.base_url = address);
    }
    ending
}

/// Returns the field of the problem that is told now.
pub(super) fn told(connection: Connection) -> Option<Field> {
    connection.problem.with_untracked(|problem| problem.as_ref().map(|problem| problem.field))
}
