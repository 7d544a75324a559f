//! What stands under an answer's text beside its note: sources, and what came that this page has no picture for.

use crate::browser::dom::lead;
use crate::engine::chat::{Turn, TurnId, TurnState};
use crate::engine::markdown::{Href, visible};
use crate::engine::wire::{BlockKind, Citation};
use crate::ui::components::{Icon, icon};
use crate::ui::el::{El, el};
use crate::ui::state::App;
use web_sys::HtmlAnchorElement;

/// The most bytes of one raw record that are shown.
const RAW_LIMIT: usize = 4 << 10;

/// What an answer that is over brought besides its text.
pub(super) fn extras(app: App, id: TurnId, state: TurnState) -> Option<El> {
    if !state.is_final() {
        return None;
    }
    let found = app.read_turn(id, |turn| [sources(turn), raw(turn)])?;
    Some(el("div", "").children(found.into_iter().flatten()))
}

/// The sources, each once, as links where they may be links.
fn sources(turn: &Turn) -> Option<El> {
    let sources = turn.sources();
    (!sources.is_empty()).then(|| {
        el("section", "sources")
            .attr("data-testid", "sources")
            .child(el("h3", "").text("Sources"))
            .child(el("ol", "").children(sources.into_iter().map(source)))
    })
}

fn source(citation: &Citation) -> El {
    let Citation { title, url, .. } = citation;
    let words = visible(if title.is_empty() { url } else { title }, true);
    let Some(href) = Href::parse(url) else {
        return el("li", "").text(&words);
    };
    let link = el("a", "md-link").text(&words);
    let Some(anchor) = link.as_a::<HtmlAnchorElement>() else { return link };
    if !lead(&anchor, &href).unwrap_or(false) {
        return el("li", "").text(&words);
    }
    // As the browser writes it: letters that look like others stand there in plain ones.
    let host = el("span", "source-host").text(&anchor.get_attribute("data-host").unwrap_or_default());
    el("li", "").child(link).child(host)
}

/// A tool's result, an event nobody knows: as it came.
fn raw(turn: &Turn) -> Option<El> {
    let others = turn.blocks_of(BlockKind::Other).map(|block| block.text.as_str());
    let unknown = turn.unknown.iter().map(|unknown| unknown.raw.as_str());
    let records: Vec<&str> = others
        .chain(unknown)
        .filter(|raw| !raw.is_empty())
        .map(|raw| &raw[..raw.floor_char_boundary(RAW_LIMIT)])
        .collect();
    let summary = format!("Also received ({})", records.len());
    (!records.is_empty()).then(|| {
        el("details", "details")
            .attr("data-testid", "raw")
            .child(el("summary", "").child(icon(Icon::After)).text(&summary))
            .child(el("pre", "").text(&records.join("\n")))
    })
}
