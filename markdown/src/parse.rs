//! Parses with pulldown-cmark as published, which is given a copy of the text where we read more than it does.
//!
//! It does not know formulas in `\(…\)` and `\[…\]`, takes amounts of money for formulas, and leaves emphasis beside
//! Chinese, Japanese and Korean open. What it would read otherwise is masked in a copy of the same length (module
//! `mask`), and what the events say is taken from the text by their places. A mask that did not come back as it was
//! meant, because it stands in code or in an address, is taken off, and the copy is parsed again.

mod cells;
mod code;
mod lines;
mod mask;
mod nested;
mod parser;
mod restore;
pub(super) mod tags;

pub(super) use parser::{Parsed, is_inline, is_reference};

use super::definitions;
use mask::{Kind, Mask};
use parser::{Definition, leaves, parser};
use pulldown_cmark::{BrokenLink, CowStr, Event, Tag};
use restore::Restore;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};
use std::ops::Range;

/// Returns the events of a whole text, as the renderer reads it. Tests compare with them what it makes of parts of the
/// text.
#[must_use]
pub fn events(text: &str) -> Vec<(Event<'_>, Range<usize>)> {
    let Parsed { mut events, definitions, .. } = parse(text, &|_| false);
    let addresses: BTreeMap<String, String> = definitions
        .into_iter()
        .map(|definition| (definitions::normalize(&definition.label), definition.address))
        .collect();
    for (event, _) in &mut events {
        if let Event::Start(
            Tag::Link { link_type, dest_url, id, .. } | Tag::Image { link_type, dest_url, id, .. },
        ) = event
            && is_reference(*link_type)
            && let Some(address) = addresses.get(&definitions::normalize(id))
        {
            *dest_url = CowStr::from(address.clone());
        }
    }
    events
}

/// Parses `text`. `is_known` says whether a label was defined before it.
///
/// The address of a link to a definition is what its label stands for, whatever the event says.
pub(super) fn parse<'a>(text: &'a str, is_known: &dyn Fn(&str) -> bool) -> Parsed<'a> {
    if let Some(events) = code::read(text) {
        return Parsed { events, definitions: Vec::new(), missing: Vec::new(), scanned: text.len() };
    }
    let mut parsed = read(text, is_known);
    let mut masks = Vec::new();
    while nested::find(text, &parsed.events, &mut masks) && reread(text, &masks, is_known, &mut parsed) {}
    let fences = masks.len();
    if is_spent(text, &parsed.events) {
        masks.extend(parsed.definitions.iter().filter_map(|definition| address(text, definition)));
    }
    masks.extend(cells::beyond(text, &parsed.events));
    let leaves = if mask::may_need(text) { leaves(text, &parsed.events) } else { Vec::new() };
    for (number, leaf) in leaves.into_iter().enumerate() {
        mask::find(text, leaf, number, &mut masks);
    }
    if fences < masks.len() {
        let masks = in_order(masks, |mask| mask.range.start);
        unmask(text, masks, is_known, &mut parsed);
    }
    lines::trim(text, &mut parsed);
    parsed
}

fn read<'a>(text: &'a str, is_known: &dyn Fn(&str) -> bool) -> Parsed<'a> {
    let mut missing = Vec::new();
    let mut lookup = |link: BrokenLink<'_>| {
        if is_known(&link.reference) {
            return Some((CowStr::Borrowed(""), CowStr::Borrowed("")));
        }
        missing.push((link.span.start, link.reference.into_string()));
        None
    };
    let parser = parser(text, Some(&mut lookup));
    let definitions: Vec<Definition> = parser
        .reference_definitions()
        .iter()
        .map(|(label, link)| Definition {
            label: label.to_owned(),
            address: link.dest.to_string(),
            span: link.span.clone(),
        })
        .collect();
    let definitions = in_order(definitions, |definition| definition.span.start);
    let events = parser.into_offset_iter().collect();
    Parsed { events, definitions, missing, scanned: text.len() }
}

/// Reads `text` with `masks` over fences into `parsed`, and says whether it did.
fn reread<'a>(
    text: &'a str,
    masks: &[Mask],
    is_known: &dyn Fn(&str) -> bool,
    parsed: &mut Parsed<'a>,
) -> bool {
    let Some(copy) = mask::copy(text, masks) else { return false };
    let restore = Restore { text, copy: &copy, masks };
    let mut seen = vec![false; masks.len()];
    let Parsed { events, definitions, missing, scanned } = read(&copy, is_known);
    let events =
        events.into_iter().map(|(event, range)| (restore.event(event, &range, &mut seen), range)).collect();
    *parsed = Parsed { events, definitions, missing, scanned: parsed.scanned + scanned };
    true
}

/// Sorts pairs of numbers by a heap, whose code is a fifth of the standard sort's (3.5 KB), and which is compiled once.
pub(crate) fn sorted(pairs: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    BinaryHeap::from(pairs).into_sorted_vec()
}

/// Returns the items by their places, equal ones as they were.
fn in_order<T>(items: Vec<T>, place: fn(&T) -> usize) -> Vec<T> {
    let order = sorted(items.iter().enumerate().map(|(at, item)| (place(item), at)).collect());
    let mut items: Vec<Option<T>> = items.into_iter().map(Some).collect();
    order.into_iter().filter_map(|(_, at)| items.get_mut(at)?.take()).collect()
}

/// Parses `text` with `masks`, without those that do not come back as they were meant, into `parsed`.
fn unmask<'a>(text: &'a str, mut masks: Vec<Mask>, is_known: &dyn Fn(&str) -> bool, parsed: &mut Parsed<'a>) {
    // One by one: to collect them would compile a sort of its own.
    let mut own = BTreeSet::new();
    for definition in &parsed.definitions {
        own.insert(definitions::normalize(&definition.label));
    }
    for round in 0..=ROUNDS {
        let Some(copy) = mask::copy(text, &masks).filter(|_| !masks.is_empty()) else { return };
        parsed.scanned += text.len();
        let restore = Restore { text, copy: &copy, masks: &masks };
        let mut missing = Vec::new();
        let mut lookup = |link: BrokenLink<'_>| {
            let label = restore.text_in(&link.reference, &link.span).unwrap_or(link.reference.into_string());
            if is_known(&label) || own.contains(&definitions::normalize(&label)) {
                return Some((CowStr::Borrowed(""), CowStr::Borrowed("")));
            }
            missing.push((link.span.start, label));
            None
        };
        let parser = parser(&copy, Some(&mut lookup));
        let is_same = parser.reference_definitions().iter().count() == parsed.definitions.len();
        let mut seen: Vec<bool> = masks.iter().map(|mask| mask.kind == Kind::Address && is_same).collect();
        let events: Vec<_> = parser
            .into_offset_iter()
            .map(|(event, range)| (restore.event(event, &range, &mut seen), range))
            .collect();
        let failed = masks.iter().zip(&seen).filter(|(mask, seen)| !**seen && mask.kind != Kind::Fence);
        let failed = sorted(failed.map(|(mask, _)| (mask.leaf, 0)).collect());
        if failed.is_empty() {
            parsed.events = events;
            parsed.missing = missing;
            return;
        }
        // In the end nothing stays of the leaves that did not come to rest.
        let is_last = ROUNDS <= round + 1;
        let mut seen = seen.into_iter();
        masks.retain(|mask| {
            let is_seen = seen.next() == Some(true) || mask.kind == Kind::Fence;
            is_seen && !(is_last && mask.kind != Kind::Fence && failed.binary_search(&(mask.leaf, 0)).is_ok())
        });
    }
}

/// Number of times that a copy is parsed before all masks of the leaves that changed last are taken off.
const ROUNDS: usize = 4;

/// Returns whether `html` is the one tag that is read as what it says: a line break.
#[must_use]
pub fn is_line_break(html: &str) -> bool {
    ["<br>", "<br/>", "<br />"].iter().any(|tag| tag.eq_ignore_ascii_case(html))
}

/// Returns whether the parser came to the end of what it copies of addresses and titles for references. Beyond, it
/// makes text of them, by how much was parsed at once.
fn is_spent(text: &str, events: &[(Event<'_>, Range<usize>)]) -> bool {
    let copied = events.iter().filter_map(|(event, _)| {
        let Event::Start(
            Tag::Link { link_type, dest_url, title, .. } | Tag::Image { link_type, dest_url, title, .. },
        ) = event
        else {
            return None;
        };
        is_reference(*link_type).then(|| dest_url.len() + title.len())
    });
    LEAST_COPIED.max(text.len()) <= copied.sum::<usize>()
}

/// Bytes; the parser copies at least so much, and as much as the text is long.
const LEAST_COPIED: usize = 100_000;

/// Returns a mask over the address and title of a definition, as far as they stand on its first line: then no reference
/// copies anything.
fn address(text: &str, definition: &Definition) -> Option<Mask> {
    let source = text.get(definition.span.clone())?;
    let line = source.lines().next()?;
    let mut escaped = false;
    let label = line.bytes().position(|byte| {
        let closes = byte == b']' && !escaped;
        escaped = byte == b'\\' && !escaped;
        closes
    })?;
    let behind = line.get(label..)?.strip_prefix("]:")?;
    let length = behind.trim().len();
    let start = definition.span.start + line.len() - behind.trim_start().len();
    (2 <= length && source.trim_end().len() <= line.len()).then_some(Mask {
        range: start..start + length,
        kind: Kind::Address,
        leaf: usize::MAX,
    })
}
