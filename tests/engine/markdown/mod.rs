//! Markdown that streams: the laws, over every cut.

mod autolink;
mod cases;
mod cjk;
mod completion;
mod expansion;
mod fences;
mod formulas;
mod frame;
mod hidden_chars;
mod href;
mod late_definitions;
mod laws;
mod linear;
mod link_safety;
mod prices;
pub(crate) mod recorder;
mod spec;
mod tables;
mod whole;

/// A text rendered character by character, and as the whole of it parses. The two have to be the same. A
/// blank without width is left out: it is drawn as a mark, which `hidden_chars` is about.
pub(crate) fn settled_and_parsed(text: &str) -> (String, String) {
    let text = text.replace("\r\n", "\n").replace('\r', "\n").replace('\u{200b}', "");
    (recorder::render(recorder::characters(&text)).tree(), whole::tree(&text))
}
