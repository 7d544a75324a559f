//! Calls the published parser with the extensions that are read, and classifies its events.

use pulldown_cmark::{BrokenLink, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// Returns the extensions of CommonMark that are recognised. Heading attributes stay off: the text sets no identifiers.
fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_MATH
        | Options::ENABLE_GFM
}

/// The callback for labels that are defined nowhere in the text.
pub(super) type Lookup<'l, 'text> =
    &'l mut dyn FnMut(BrokenLink<'text>) -> Option<(CowStr<'text>, CowStr<'text>)>;

/// Returns the parser of `text`. All of ours are of one type, since the crate compiles its inline parser (13 KB) for
/// each.
pub(super) fn parser<'l, 'text>(
    text: &'text str,
    lookup: Option<Lookup<'l, 'text>>,
) -> Parser<'text, Lookup<'l, 'text>> {
    Parser::new_with_broken_link_callback(text, options(), lookup)
}

/// The definition of a link reference.
#[derive(Clone, Debug)]
pub(crate) struct Definition {
    pub(crate) label: String,
    pub(crate) address: String,
    pub(crate) span: Range<usize>,
}

/// The events of one text, and what else the parser found.
#[derive(Debug)]
pub(crate) struct Parsed<'a> {
    pub(crate) events: Vec<(Event<'a>, Range<usize>)>,
    /// The definitions of link references, each label once.
    pub(crate) definitions: Vec<Definition>,
    /// References to no definition: where they begin, and their labels.
    pub(crate) missing: Vec<(usize, String)>,
    /// Number of bytes that were given to the parser.
    pub(crate) scanned: usize,
}

/// Returns the text of leaf blocks, without code.
pub(super) fn leaves(text: &str, events: &[(Event<'_>, Range<usize>)]) -> Vec<Range<usize>> {
    let mut leaves: Vec<Range<usize>> = Vec::new();
    let mut is_open = false;
    let mut in_code = false;
    for (event, range) in events {
        if matches!(event, Event::Start(Tag::CodeBlock(_)) | Event::End(TagEnd::CodeBlock)) {
            in_code = matches!(event, Event::Start(_));
            is_open = false;
        } else if is_inline(event) && !in_code {
            match leaves.last_mut().filter(|_| is_open) {
                Some(leaf) => leaf.end = leaf.end.max(range.end),
                None => {
                    // The text of an escaped character begins behind the backslash.
                    let start = range.start - usize::from(text[..range.start].ends_with('\\'));
                    leaves.push(start..range.end);
                    is_open = true;
                }
            }
        } else if !is_inline_end(event) {
            is_open = false;
        }
    }
    leaves
}

/// Returns whether an event is a part of a leaf's text, and no end.
pub(crate) fn is_inline(event: &Event<'_>) -> bool {
    match event {
        Event::Start(tag) => matches!(
            tag,
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. }
        ),
        Event::Text(_)
        | Event::Code(_)
        | Event::InlineMath(_)
        | Event::DisplayMath(_)
        | Event::InlineHtml(_)
        | Event::FootnoteReference(_)
        | Event::SoftBreak
        | Event::HardBreak => true,
        Event::End(_) | Event::Html(_) | Event::Rule | Event::TaskListMarker(_) => false,
    }
}

pub(super) fn is_inline_end(event: &Event<'_>) -> bool {
    let Event::End(tag) = event else { return false };
    matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image)
}

/// Returns whether a link is made by a label.
pub(crate) fn is_reference(link: LinkType) -> bool {
    match link {
        LinkType::Reference
        | LinkType::Collapsed
        | LinkType::Shortcut
        | LinkType::ReferenceUnknown
        | LinkType::CollapsedUnknown
        | LinkType::ShortcutUnknown => true,
        LinkType::Inline | LinkType::Autolink | LinkType::Email | LinkType::WikiLink { .. } => false,
    }
}
