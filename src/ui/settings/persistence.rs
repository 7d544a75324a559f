//! How settings are kept: in localStorage; the key only in memory, unless the person asks to keep it.

use crate::browser::storage::{self, StorageProblem};
use crate::browser::transport::fetch_asset;
use crate::engine::settings::{Deployment, Field, Problem, Settings};
use crate::engine::wire::BaseUrl;
use crate::ui::state::{App, Origin};
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};

const SETTINGS: &str = "tokenfall.settings";
const KEY: &str = "tokenfall.key";
/// What a deployment offers to those who chose nothing.
const DEPLOYMENT: &str = "tokenfall.json";

/// A key that the person asked to keep, and the server it was entered for.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct KeyRecord {
    origin: String,
    key: String,
}

/// Takes up what was stored; without it, what the deployment offers.
pub(in crate::ui) fn restore(app: App) {
    match storage::load::<Settings>(SETTINGS) {
        Ok(Some(settings)) => {
            if settings.remember_key {
                restore_key(app);
            }
            app.settings.set(settings);
            app.origin.set(Origin::Chosen);
            return;
        }
        Ok(None) => {}
        Err(problem) => app.storage_problem.set(Some(problem)),
    }
    spawn_local(async move {
        let offered = match deployment().await {
            Ok(offered) => offered,
            Err(problem) => {
                app.storage_problem.set(Some(problem));
                None
            }
        };
        // The person may have been faster.
        if app.origin.get_untracked() == Origin::Unknown {
            app.origin.set(if offered.is_some() { Origin::Offered } else { Origin::Default });
            if let Some(settings) = offered {
                app.settings.set(settings);
            }
        }
    });
}

/// What the deployment offers, if it has such a file. A server may answer with a page of its own for one that is not there.
async fn deployment() -> Result<Option<Settings>, StorageProblem> {
    match fetch_asset(DEPLOYMENT).await.filter(|text| text.trim_start().starts_with('{')) {
        Some(text) => storage::from_json::<Deployment>(DEPLOYMENT, &text).map(Deployment::settings),
        None => Ok(None),
    }
}

/// Changes the settings and keeps them.
pub(in crate::ui) fn change(app: App, change: impl FnOnce(&mut Settings)) {
    app.settings.update(change);
    app.origin.set(Origin::Chosen);
    let kept = app.settings.with_untracked(|settings| storage::save(SETTINGS, settings));
    app.storage_problem.set(kept.err());
    keep_key(app);
}

/// Takes a protocol's own path off the end of the address, and says which it was; empty if there was none.
pub(super) fn take_off_ending(app: App) -> String {
    let (address, ending) = app.settings.with_untracked(|settings| BaseUrl::split_ending(&settings.base_url));
    if !ending.is_empty() {
        change(app, |settings| settings.base_url = address);
    }
    ending
}

/// Takes a key as it is typed, for the server that is set now.
pub(super) fn set_key(app: App, key: String) {
    let origin = server(app);
    app.with(|core| {
        core.key = key;
        core.key_origin = origin;
    });
    keep_key(app);
}

/// Forgets the key if the address now names another server. Says whether it did.
pub(super) fn forget_foreign_key(app: App) -> bool {
    let origin = server(app);
    let is_foreign = app.with(|core| {
        if core.key_origin.is_empty() {
            // It was entered before any address was.
            core.key_origin.clone_from(&origin);
        }
        let is_foreign = !core.key.is_empty() && !origin.is_empty() && core.key_origin != origin;
        if is_foreign {
            core.key.clear();
        }
        is_foreign
    });
    if is_foreign {
        keep_key(app);
    }
    is_foreign
}

/// The key, if it was entered for the server that is set now.
///
/// # Errors
/// A key that belongs to another server.
pub(in crate::ui) fn own_key(app: App) -> Result<String, Problem> {
    let (key, key_origin) = app.with(|core| (core.key.clone(), core.key_origin.clone()));
    let base = app.settings.with_untracked(|settings| BaseUrl::parse(&settings.base_url, false));
    if !key.is_empty() && base.is_ok_and(|base| base.origin() != key_origin) {
        let sentence = "The address has changed since the key was entered. Enter the key for this server.";
        return Err(Problem { field: Field::Key, sentence: sentence.to_owned() });
    }
    Ok(key)
}

fn server(app: App) -> String {
    app.settings.with_untracked(|settings| {
        BaseUrl::parse(&settings.base_url, false).map(|base| base.origin().to_owned()).unwrap_or_default()
    })
}

fn restore_key(app: App) {
    match storage::load(KEY) {
        Ok(Some(KeyRecord { origin, key })) => app.with(|core| {
            core.key = key;
            core.key_origin = origin;
        }),
        Ok(None) => {}
        Err(problem) => app.storage_problem.set(Some(problem)),
    }
}

fn keep_key(app: App) {
    let record = app.with(|core| KeyRecord { origin: core.key_origin.clone(), key: core.key.clone() });
    if record.key.is_empty() || !app.settings.with_untracked(|settings| settings.remember_key) {
        storage::remove(KEY);
        return;
    }
    app.storage_problem.set(storage::save(KEY, &record).err());
}
