//! [`RulesHost`] and [`WithheldHost`] are what the page gives the dialogs, and takes from them.

use crate::engine::chat::GuardReport;
use crate::engine::checks::Rules;
use leptos::prelude::*;

/// A server that can judge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JudgeServer {
    /// The id of its profile.
    pub id: String,
    /// The name that it is shown by.
    pub label: String,
    /// Host and port, for what is said of who reads the text.
    pub host: String,
    /// The model that was chosen there.
    pub model: String,
    /// The models that are known of it.
    pub models: Vec<String>,
}

/// Gives the dialog the rules of a conversation or a server, and takes what becomes of them.
#[derive(Clone, Debug)]
pub struct RulesHost {
    /// The dialog's heading.
    pub title: &'static str,
    /// What the rules are for.
    pub about: String,
    /// The rules as they are.
    pub rules: Rules,
    /// The servers that were set up.
    pub servers: Vec<JudgeServer>,
    /// Takes rules that can be followed, with each change.
    pub set: Callback<Rules>,
    /// Has them written, behind a change that is whole.
    pub keep: Callback<()>,
    /// Takes the rules away, for those of the settings; `None` where there are no others.
    pub give_up: Option<Callback<()>>,
    /// Called when the dialog was closed.
    pub closed: Callback<()>,
}

/// Gives the dialog what was withheld of an answer, and takes what the person wants of it.
#[derive(Clone, Debug)]
pub struct WithheldHost {
    /// What was withheld.
    pub report: GuardReport,
    /// Puts it into the answer, and returns whether that could be done.
    pub release: Callback<(), bool>,
    /// Called when the dialog was closed.
    pub closed: Callback<()>,
}
