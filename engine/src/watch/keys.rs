//! [`keys_of`] finds what must not be shown of a request, in all the forms in which a server may repeat it.

use super::form::Target;
use crate::curl::{
    Secret, SecretPlace, is_forbidden, is_secret_name, is_secret_subprotocol, is_token, percent_decoded,
};
use crate::wire::Key;

/// What stands in front of a key in a sub-protocol (OpenAI).
const KEY_PREFIX: &str = "openai-insecure-api-key.";

/// Returns the keys that go out with `target`: those of fields of their own, and those that stand elsewhere under a name that
/// says so.
#[must_use]
pub fn keys_of(target: &Target, secrets: &[Secret]) -> Vec<Key> {
    let mut texts: Vec<String> = Vec::new();
    for secret in secrets {
        match &secret.place {
            SecretPlace::Query(_) => texts.push(percent_decoded(&secret.value)),
            SecretPlace::Header(_) | SecretPlace::Cookie | SecretPlace::Subprotocol => {}
        }
        texts.push(secret.value.clone());
    }
    match target {
        Target::Once(request) | Target::Events(request) => {
            let named = request.headers.iter().filter(|(name, _)| is_secret_name(name));
            texts.extend(named.map(|(_, value)| value.clone()));
            texts.extend(of_query(&request.url));
        }
        Target::EventSource { url, .. } => texts.extend(of_query(url)),
        Target::Socket { address, subprotocols } => {
            texts.extend(of_query(address));
            texts.extend(subprotocols.iter().filter(|name| is_secret_subprotocol(name)).cloned());
        }
    }
    let mut keys: Vec<Key> = Vec::new();
    for text in &texts {
        // `Bearer` and its like are no part of the key.
        let bare = text.split_whitespace().last().unwrap_or_default();
        for form in [bare, bare.strip_prefix(KEY_PREFIX).unwrap_or(bare)] {
            if let Ok(Some(key)) = Key::new(form)
                && !keys.contains(&key)
            {
                keys.push(key);
            }
        }
    }
    keys
}

/// Takes the headers whose names say that they are secret out of lines: the lines without them, and them; `None` where there
/// are none.
#[must_use]
pub fn split_header_secrets(headers: &str) -> Option<(String, Vec<Secret>)> {
    let mut secrets = Vec::new();
    let mut rest = Vec::new();
    for line in headers.split('\n') {
        let header = line.split_once(':').map(|(name, value)| (name.trim(), value.trim()));
        match header.filter(|(name, _)| is_token(name) && !is_forbidden(name) && is_secret_name(name)) {
            Some((name, value)) => {
                let place = SecretPlace::Header(name.to_owned());
                secrets.push(Secret { place, value: value.to_owned(), variable: None });
            }
            None => rest.push(line),
        }
    }
    (!secrets.is_empty()).then(|| (rest.join("\n"), secrets))
}

fn of_query(address: &str) -> Vec<String> {
    let query = address.split_once('?').map_or("", |(_, query)| query);
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let named = pairs.filter(|(name, _)| is_secret_name(name));
    named.flat_map(|(_, value)| [value.to_owned(), percent_decoded(value)]).collect()
}
