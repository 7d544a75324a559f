//! Fetches the server's list of models.

use crate::browser::clock::page_origin;
use crate::browser::transport::{TransportError, fetch_text};
use crate::engine::chat::{Cause, Failure, Server};
use crate::engine::error::Category;
use crate::engine::messages::{browser_model, sheet};
use crate::engine::session::Redactor;
use crate::engine::settings::{Field, Problem, Settings};
use crate::engine::wire::{Endpoint, Models, ProviderError, is_html, models_request, read_models};
use crate::ui::components::count;
use crate::ui::lazy::{PartMissing, lazy_part};
use crate::ui::state::Connection;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::borrow::Cow;

/// Takes what became of the search: that a model is chosen now, or the field to mend.
type TakeOutcome = Box<dyn FnOnce(Result<(), Problem>)>;

lazy_part!(
    /// Looks for a model on the server, for a question that waits for one.
    settings,
    fn look_for_model(connection: Connection, done: TakeOutcome) = look
);

fn look(connection: Connection, done: TakeOutcome) {
    spawn_local(async move { done(connection.load_models().await) });
}

/// The reason for which there is no list.
enum NoList {
    /// The request failed.
    Transport(TransportError),
    /// What came is no list.
    Answer(Cause),
}

impl Connection {
    /// Looks for a model on the server by way of the part `settings`, and hands on what became of it.
    ///
    /// # Errors
    /// When the part could not be fetched.
    pub(in crate::ui) async fn find_model(
        self,
        done: impl FnOnce(Result<(), Problem>) + 'static,
    ) -> Result<(), PartMissing> {
        look_for_model(self, Box::new(done)).await
    }

    /// Fetches the server's models, and chooses the first where none is chosen. Where the address knows no such list, it is
    /// looked for with `/v1` or without; if it is there, the address becomes that one, and the person is told.
    ///
    /// # Errors
    /// The field to mend, and a sentence.
    pub async fn load_models(self) -> Result<(), Problem> {
        let settings = self.settings.get_untracked();
        if !settings.dialect.has_address() {
            let sentence = browser_model::ONE_MODEL.to_owned();
            return Err(Problem { field: Field::Model, sentence });
        }
        let endpoint = settings.endpoint(&self.own_key()?)?;
        let mut list = fetch(&endpoint).await;
        let mut moved = None;
        if list.as_ref().is_err_and(NoList::may_be_of_another_path)
            && let Some(base) = endpoint.base.with_or_without_version()
        {
            let other = Endpoint { base, ..endpoint.clone() };
            if let Ok(models) = fetch(&other).await
                && !models.ids.is_empty()
            {
                list = Ok(models);
                moved = Some(other.base.typed());
            }
        }
        let is_same = |now: &Settings| (&now.base_url, now.dialect) == (&settings.base_url, settings.dialect);
        if !self.settings.with_untracked(is_same) {
            let sentence = sheet::SERVER_CHANGED.to_owned();
            return Err(Problem { field: Field::Model, sentence });
        }
        let models = list.map_err(|why| why.problem(&endpoint, &settings.preset))?;
        let Some(first) = models.ids.first().cloned() else {
            let sentence = sheet::no_models_listed(endpoint.base.host());
            return Err(Problem { field: Field::Model, sentence });
        };
        let (listed, left_out) = (models.ids.len(), models.left_out);
        self.models.set(models.ids);
        if let Some(address) = moved {
            let sentence = sheet::address_changed(&address);
            self.edit(|settings| settings.base_url = address);
            self.problem.set(Some(Problem { field: Field::BaseUrl, sentence }));
        }
        if self.settings.with_untracked(|settings| settings.model.trim().is_empty()) {
            self.edit(|settings| settings.model = first);
        }
        if left_out > 0 {
            let sentence = sheet::list_is_cut(&count((listed + left_out) as u64), &count(listed as u64));
            return Err(Problem { field: Field::Model, sentence });
        }
        Ok(())
    }
}

async fn fetch(endpoint: &Endpoint) -> Result<Models, NoList> {
    let (status, body) = fetch_text(&models_request(endpoint)).await.map_err(NoList::Transport)?;
    // Servers repeat what they were sent.
    let redactor = endpoint.key.as_ref().and_then(Redactor::new);
    let body = redactor.as_ref().map_or(Cow::Borrowed(body.as_str()), |redactor| redactor.text(&body));
    match status {
        0 => Err(NoList::Answer(Cause::Redirected)),
        _ if is_html(&body) => Err(NoList::Answer(Cause::WebPage { status, excerpt: String::new() })),
        400.. => Err(NoList::Answer(Cause::Provider(ProviderError::from_body(status, body.as_bytes())))),
        _ => read_models(&body).map_err(|_| NoList::Answer(Cause::Unreadable { excerpt: String::new() })),
    }
}

impl NoList {
    /// Returns whether the server is there, and knows nothing of the path.
    fn may_be_of_another_path(&self) -> bool {
        match self {
            NoList::Answer(Cause::Provider(error)) => {
                error.category == Category::NotFound || error.status == Some(405)
            }
            NoList::Answer(Cause::WebPage { status, .. }) => *status < 500,
            NoList::Answer(cause) => matches!(cause, Cause::Unreadable { .. }),
            NoList::Transport(_) => false,
        }
    }

    /// Returns the field to mend, and what the person is told.
    fn problem(self, endpoint: &Endpoint, preset: &str) -> Problem {
        let is_path = self.may_be_of_another_path();
        let host = endpoint.base.host().to_owned();
        let (field, sentence) = match self {
            NoList::Transport(TransportError::Unanswered { .. }) => {
                told(Cause::Unreachable, endpoint, preset)
            }
            NoList::Answer(cause) => told(cause, endpoint, preset),
            NoList::Transport(TransportError::Broken { .. }) => (Field::Model, sheet::list_broke_off(&host)),
            NoList::Transport(TransportError::TooLarge { .. }) => (Field::Model, sheet::list_too_long(&host)),
            NoList::Transport(TransportError::TimedOut { after }) => {
                let seconds = after.as_secs();
                let sentence = sheet::list_timed_out(&host, seconds);
                (Field::Model, sentence)
            }
        };
        let other = endpoint.base.with_or_without_version().filter(|_| is_path && field == Field::Model);
        let sentence = match other {
            Some(other) => sheet::no_list_there_either(&sentence, &other.typed()),
            None => sentence,
        };
        Problem { field, sentence }
    }
}

fn told(cause: Cause, endpoint: &Endpoint, preset: &str) -> (Field, String) {
    let (server, page) = (Server::new(&endpoint.base, preset, endpoint.dialect), page_origin());
    let failure =
        Failure { cause, server, has_text: false, retry_after: None, reason: String::new() }.seen_from(&page);
    let field = if matches!(failure.cause, Cause::OwnPage { .. }) { Field::BaseUrl } else { Field::Model };
    (field, format!("{} {}", failure.sentence(), failure.advice(&page)))
}
