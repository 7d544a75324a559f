//! [`WatchForm`] is what was typed, with the problems of each field. Nothing of it is stored.

use super::choices::{NO_TEXT, dialect_of};
use crate::engine::curl::{Curl, Secret};
use crate::engine::messages::{curl, page};
use crate::engine::watch::{
    Form, FormField, FormProblem, Kind, Target, TextBy, is_refused_from_https, origin, split_header_secrets,
    split_secrets, told,
};
use crate::engine::wire::{OwnEventField, OwnEventFields, OwnEvents};
use leptos::prelude::*;

/// A field of the dialog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// One of the request.
    Request(FormField),
    /// A pointer.
    Pointer(OwnEventField),
}

/// A key, in a field of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecretField {
    /// Its number, which no other one has had.
    pub id: u32,
    /// The key and its place.
    pub secret: Secret,
}

/// A problem with a field, and the byte at which it is.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Wrong {
    place: Place,
    at: usize,
    sentence: String,
}

/// What was typed.
#[derive(Clone, Copy, Debug)]
pub struct WatchForm {
    /// The request.
    pub form: RwSignal<Form>,
    /// The keys.
    pub secrets: RwSignal<Vec<SecretField>>,
    /// The choice by which the text is read.
    pub text_by: RwSignal<&'static str>,
    /// The pointers of the person's own.
    pub pointers: RwSignal<OwnEventFields>,
    /// Lines to try them on.
    pub sample: RwSignal<String>,
    /// The place that gets the focus now, and the byte of it.
    pub focus: RwSignal<Option<(Place, usize)>>,
    /// What a browser does otherwise than the command says.
    pub notes: RwSignal<Vec<String>>,
    wrong: RwSignal<Vec<Wrong>>,
    next_id: StoredValue<u32>,
    /// The origin that the keys were entered for.
    keys_for: StoredValue<String>,
}

impl Default for WatchForm {
    fn default() -> WatchForm {
        let form = Form { method: "GET".to_owned(), ..Form::default() };
        WatchForm {
            form: RwSignal::new(form),
            secrets: RwSignal::default(),
            text_by: RwSignal::new(NO_TEXT),
            pointers: RwSignal::default(),
            sample: RwSignal::default(),
            focus: RwSignal::new(None),
            notes: RwSignal::default(),
            wrong: RwSignal::default(),
            next_id: StoredValue::new(0),
            keys_for: StoredValue::default(),
        }
    }
}

impl WatchForm {
    /// Returns the text of a field.
    pub fn text(self, place: Place) -> String {
        match place {
            Place::Request(field) => match field {
                FormField::Address => self.form.with(|form| form.address.clone()),
                FormField::Method => self.form.with(|form| form.method.clone()),
                FormField::Headers => self.form.with(|form| form.headers.clone()),
                FormField::Body => self.form.with(|form| form.body.clone()),
                FormField::Names => self.form.with(|form| form.names.clone()),
                FormField::Subprotocols => self.form.with(|form| form.subprotocols.clone()),
                // Only its length and its places may be told.
                FormField::Secret(index) => self
                    .secrets
                    .with(|all| all.get(index).map(|field| field.secret.value.clone()).unwrap_or_default()),
            },
            Place::Pointer(field) => self.pointers.with(|fields| {
                match field {
                    OwnEventField::Text => &fields.text,
                    OwnEventField::Reasoning => &fields.reasoning,
                    OwnEventField::Error => &fields.error,
                    OwnEventField::End => &fields.end,
                }
                .clone()
            }),
        }
    }

    /// Takes what was typed into a field, whose problem is not told any more.
    pub fn type_into(self, place: Place, text: String) {
        self.wrong.update(|wrong| wrong.retain(|wrong| wrong.place != place));
        match place {
            Place::Request(field) => self.form.update(|form| match field {
                FormField::Address => {
                    form.kind = form.kind.for_address(&text);
                    form.address = text;
                    // They were about a command.
                    self.notes.update(Vec::clear);
                }
                FormField::Method => form.method = text,
                FormField::Headers => form.headers = text,
                FormField::Body => form.body = text,
                FormField::Names => form.names = text,
                FormField::Subprotocols => form.subprotocols = text,
                FormField::Secret(index) => {
                    self.keys_for.set_value(origin(&form.address));
                    self.secrets.update(|all| {
                        if let Some(field) = all.get_mut(index) {
                            field.secret.value = text;
                        }
                    });
                }
            }),
            Place::Pointer(field) => self.pointers.update(|fields| match field {
                OwnEventField::Text => fields.text = text,
                OwnEventField::Reasoning => fields.reasoning = text,
                OwnEventField::Error => fields.error = text,
                OwnEventField::End => fields.end = text,
            }),
        }
    }

    /// Takes a command or the keys out of a field that was left, or into which something was pasted.
    pub fn leave(self, place: Place) {
        match place {
            Place::Request(FormField::Address) => self.leave_address(),
            Place::Request(FormField::Headers) => {
                let headers = self.form.with_untracked(|form| split_header_secrets(&form.headers));
                if let Some((headers, secrets)) = headers {
                    self.form.update(|form| form.headers = headers);
                    self.add_secrets(secrets);
                }
            }
            Place::Request(
                FormField::Method
                | FormField::Body
                | FormField::Names
                | FormField::Subprotocols
                | FormField::Secret(_),
            )
            | Place::Pointer(_) => {}
        }
    }

    fn leave_address(self) {
        let text = self.form.with_untracked(|form| form.address.clone());
        if is_command(&text) {
            match Curl::parse(&text) {
                Ok(command) => self.take(command),
                Err(problem) => {
                    let place = Place::Request(FormField::Address);
                    let sentence = problem.sentence(&text);
                    self.tell(Wrong { place, at: problem.at, sentence });
                }
            }
        } else if let Some((address, secrets)) = split_secrets(&text) {
            self.form.update(|form| form.address = address);
            self.add_secrets(secrets);
        }
    }

    /// Fills the fields from a command, which is not kept.
    fn take(self, command: Curl) {
        let mut notes: Vec<_> = command.unsendable.iter().map(|name| curl::unsendable(name)).collect();
        if command.insecure {
            notes.push(curl::INSECURE.to_owned());
        }
        let headers: Vec<_> =
            command.headers.iter().map(|(name, value)| [name.as_str(), value].join(": ")).collect();
        self.form.set(Form {
            kind: Kind::for_command(&command),
            address: command.url,
            method: command.method,
            headers: headers.join("\n"),
            body: command.body.unwrap_or_default(),
            names: String::new(),
            subprotocols: command.subprotocols.join(", "),
        });
        self.notes.set(notes);
        self.wrong.set(Vec::new());
        self.secrets.set(Vec::new());
        self.add_secrets(command.secrets);
    }

    /// Clears keys that were entered for another origin, so that its own is asked for.
    fn forget_foreign_keys(self) {
        let now = self.form.with_untracked(|form| origin(&form.address));
        let before = self.keys_for.get_value();
        if !before.is_empty() && before != now {
            self.secrets.update(|all| all.iter_mut().for_each(|field| field.secret.value.clear()));
        }
        self.keys_for.set_value(now);
    }

    fn add_secrets(self, secrets: Vec<Secret>) {
        self.forget_foreign_keys();
        self.secrets.update(|all| {
            for secret in secrets {
                // The newer one counts.
                all.retain(|field| field.secret.place != secret.place);
                all.push(SecretField { id: 0, secret });
            }
            self.renumber(all);
        });
    }

    /// Takes a key away.
    pub fn remove_secret(self, id: u32) {
        self.wrong.update(|wrong| {
            wrong.retain(|wrong| !matches!(wrong.place, Place::Request(FormField::Secret(_))));
        });
        self.secrets.update(|all| {
            all.retain(|field| field.id != id);
            self.renumber(all);
        });
    }

    /// Gives all keys new numbers: a field stands for a place of the list, and is made anew where that changes.
    fn renumber(self, all: &mut [SecretField]) {
        let first = self.next_id.get_value();
        for (field, id) in all.iter_mut().zip(first..) {
            field.id = id;
        }
        self.next_id.set_value(first + all.len() as u32);
    }

    /// Returns the place of a key in the list.
    pub fn index_of(self, id: u32) -> usize {
        self.secrets.with(|all| all.iter().position(|field| field.id == id).unwrap_or_default())
    }

    /// Returns the problem of a field, in words.
    pub fn problem(self, place: Place) -> Option<String> {
        self.wrong
            .with(|all| all.iter().find(|wrong| wrong.place == place).map(|wrong| wrong.sentence.clone()))
    }

    /// Returns what is to be said of the address though it is none that is wrong; empty mostly. `page_origin` is the page's own.
    pub fn address_note(self, page_origin: &str) -> &'static str {
        let is_refused = self.form.with(|form| is_refused_from_https(&form.address));
        if is_refused && page_origin.starts_with("https:") { page::REFUSED_FROM_HTTPS } else { "" }
    }

    /// Reads all fields; `None` where one is wrong, which is told there and gets the focus.
    pub fn read(self) -> Option<(Target, Vec<Secret>, TextBy)> {
        self.wrong.set(Vec::new());
        self.leave(Place::Request(FormField::Address));
        self.leave(Place::Request(FormField::Headers));
        if self.wrong.with_untracked(|wrong| !wrong.is_empty()) {
            return None;
        }
        self.forget_foreign_keys();
        let secrets: Vec<_> =
            self.secrets.with_untracked(|all| all.iter().map(|field| field.secret.clone()).collect());
        let target = self.form.with_untracked(|form| form.read(&secrets));
        let text = self.read_text();
        match (target, text) {
            (Ok(target), Ok(text)) => Some((target, secrets, text)),
            (target, text) => {
                for problem in target.err().unwrap_or_default() {
                    self.tell_of(&problem);
                }
                if let Err(wrong) = text {
                    self.tell(wrong);
                }
                None
            }
        }
    }

    fn read_text(self) -> Result<TextBy, Wrong> {
        let Some(dialect) = dialect_of(self.text_by.get_untracked()) else { return Ok(TextBy::Nothing) };
        if !dialect.has_own_rules() {
            return Ok(TextBy::Dialect(dialect));
        }
        let rules = self.pointers.with_untracked(OwnEvents::parse);
        match rules {
            Ok(rules) => Ok(TextBy::Own(rules, dialect.is_ndjson())),
            Err(problem) => {
                let place = Place::Pointer(problem.field);
                let text = untrack(|| self.text(place));
                let sentence = told(&text, problem.at, &problem.fault.to_string());
                Err(Wrong { place, at: problem.at, sentence })
            }
        }
    }

    fn tell_of(self, problem: &FormProblem) {
        let place = Place::Request(problem.field);
        let sentence = untrack(|| problem.told(&self.text(place)));
        self.tell(Wrong { place, at: problem.at, sentence });
    }

    /// Tells of a problem at its field; the first one gets the focus.
    fn tell(self, wrong: Wrong) {
        if self.wrong.with_untracked(Vec::is_empty) {
            self.focus.set(Some((wrong.place, wrong.at)));
        }
        self.wrong.update(|all| all.push(wrong));
    }
}

/// Returns whether a text is meant as a command.
fn is_command(text: &str) -> bool {
    let text = text.trim_start().to_ascii_lowercase();
    [
        "curl ",
        "curl.exe ",
        "curl\t",
        "curl\n",
        "curl^",
        "fetch(",
        "await fetch(",
        "invoke-webrequest",
        "$session",
    ]
    .iter()
    .any(|beginning| text.starts_with(beginning))
        || text.trim_end() == "curl"
}
