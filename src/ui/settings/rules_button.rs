//! The rules for what is shown of a server's answers are a part of its profile, and opened from the settings.

use crate::engine::checks::Rules;
use crate::engine::messages::guard_page as words;
use crate::engine::settings::Profile;
use crate::ui::checks::guard::{JudgeServer, RulesHost, open_rules};
use crate::ui::components::Button;
use crate::ui::state::slot::SlotView;
use crate::ui::state::{Connection, Loader, Slot};
use leptos::prelude::*;

/// Renders the button that opens the rules of the server in use.
#[component]
pub fn RulesButton(
    /// The loader of their part.
    loader: Loader,
) -> impl IntoView {
    let connection = expect_context::<Connection>();
    let place = Slot::default();
    let rules = Memo::new(move |_| connection.settings.with(|settings| rules_of(&settings.rules)));
    let press = move |()| {
        let host = host(connection, rules.get_untracked(), move || place.clear());
        loader.load(open_rules(place, host));
    };
    view! {
        <Button class="button quiet" test_id="server-rules" on_press=press>
            {move || {
                words::server_rules(
                    rules.with(|rules| rules.rules.iter().filter(|rule| !rule.is_off).count()),
                )
            }}
        </Button>
        <SlotView from=place />
    }
}

/// Returns what the dialog is given for the server in use.
fn host(connection: Connection, rules: Rules, closed: impl Fn() + Send + Sync + 'static) -> RulesHost {
    let label = connection.settings.with_untracked(|settings| {
        let known = connection
            .servers()
            .profiles
            .with_untracked(|profiles| profiles.find(&settings.profile).map(Profile::label));
        known.unwrap_or_else(|| Profile::from_settings("", settings.clone()).label())
    });
    let set = move |rules: Rules| {
        // Without any the settings are as if there never had been one.
        let text = if rules == Rules::default() { Some(String::new()) } else { written(&rules) };
        if let Some(text) = text {
            connection.edit(|settings| settings.rules = text);
        }
    };
    RulesHost {
        title: words::SERVER_RULES,
        about: words::server_about(&label),
        rules,
        servers: connection.judge_servers(),
        set: Callback::new(set),
        keep: Callback::new(|()| ()),
        give_up: None,
        closed: Callback::new(move |()| closed()),
    }
}

fn written(rules: &Rules) -> Option<String> {
    serde_json::to_string(rules).ok()
}

/// Reads the rules of a record of settings; none where there are none, or they cannot be read.
fn rules_of(text: &str) -> Rules {
    serde_json::from_str(text).unwrap_or_default()
}

impl Connection {
    /// Returns the servers that were set up, as judges.
    pub(in crate::ui) fn judge_servers(self) -> Vec<JudgeServer> {
        let profiles = self.servers().profiles.get_untracked();
        let labels = profiles.labels();
        let judge = |profile: &Profile| {
            let settings = profile.settings("");
            let label = labels.iter().find(|(id, _)| *id == profile.id).map(|(_, label)| label.clone());
            // The browser's own model reads on this machine.
            let host = match settings.endpoint("") {
                Ok(endpoint) if settings.dialect.has_address() => endpoint.base.host().to_owned(),
                Ok(_) | Err(_) => settings.address().to_owned(),
            };
            JudgeServer {
                id: profile.id.clone(),
                label: label.unwrap_or_default(),
                host,
                model: settings.model.clone(),
                models: profile.last_models().map(str::to_owned).collect(),
            }
        };
        profiles.profiles.iter().map(judge).collect()
    }
}
