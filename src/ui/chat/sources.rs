//! Sources, and records that this page has no view for, stand under an answer's text.

use super::context::Chat;
use crate::browser::dom::lead;
use crate::engine::chat::{Turn, TurnId};
use crate::engine::markdown::{Href, visible};
use crate::engine::messages::page;
use crate::engine::wire::{BlockKind, Citation};
use crate::ui::components::{Icon, IconView};
use leptos::html;
use leptos::prelude::*;

/// The most bytes of one raw record that are shown.
const RAW_LIMIT: usize = 4 << 10;

/// Lists the sources of an answer that is over, and what else came with it.
#[component]
pub fn Sources(
    /// The answer's turn.
    id: TurnId,
) -> impl IntoView {
    let conversation = expect_context::<Chat>().conversation;
    let read = conversation
        .read_turn(id, |turn| (turn.sources().into_iter().cloned().collect::<Vec<_>>(), raw_records(turn)));
    let (sources, records) = read.unwrap_or_default();
    let sources = (!sources.is_empty()).then(|| {
        view! {
            <section class="sources" data-testid="sources">
                <h3>{page::SOURCES}</h3>
                <ol>{sources.into_iter().map(|citation| view! { <Source citation=citation /> }).collect_view()}</ol>
            </section>
        }
        .into_any()
    });
    let records = (!records.is_empty()).then(|| {
        view! {
            <details class="details" data-testid="raw">
                <summary>
                    <IconView icon=Icon::After />
                    {page::also_received(records.len())}
                </summary>
                <pre>{records.join("\n")}</pre>
            </details>
        }
        .into_any()
    });
    (sources, records)
}

/// Renders a source, as a link where it may be one.
#[component]
fn Source(citation: Citation) -> impl IntoView {
    let Citation { title, url, .. } = citation;
    let words = visible(if title.is_empty() { &url } else { &title }, true).into_owned();
    let Some(href) = Href::parse(&url) else { return view! { <li>{words}</li> }.into_any() };
    let link = NodeRef::<html::A>::new();
    // As the browser writes it: letters that look like others stand there in plain ones.
    let host = RwSignal::new(String::new());
    link.on_load(move |anchor| {
        if lead(&anchor, &href).unwrap_or(false) {
            host.set(anchor.get_attribute("data-host").unwrap_or_default());
        } else {
            // It leads nowhere, and is not to look as if it did.
            anchor.set_class_name("");
        }
    });
    view! {
        <li>
            <a class="md-link" node_ref=link>
                {words}
            </a>
            <span class="source-host">{host}</span>
        </li>
    }
    .into_any()
}

/// Returns what has no view here, as it came: results of tools, and events that nobody knows.
fn raw_records(turn: &Turn) -> Vec<String> {
    let others = turn.blocks_of(BlockKind::Other).map(|block| block.text.as_str());
    let unknown = turn.unknown.iter().map(|unknown| unknown.raw.as_str());
    others
        .chain(unknown)
        .filter(|raw| !raw.is_empty())
        .map(|raw| raw[..raw.floor_char_boundary(RAW_LIMIT)].to_owned())
        .collect()
}
