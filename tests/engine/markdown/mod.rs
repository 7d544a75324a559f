//! Markdown that streams: the laws, over every cut.

mod bare;
mod cases;
mod cjk;
mod doubt;
mod expansion;
mod fences;
mod formulas;
mod frame;
mod href;
mod late;
mod laws;
mod likely;
mod linear;
mod prices;
mod recorder;
mod spec;
mod tables;
mod unseen;
mod whole;

/// A text rendered character by character, and as the whole of it parses. The two have to be the same. A
/// blank without width is left out: it is drawn as a mark, which `unseen` is about.
pub(crate) fn settled_and_parsed(text: &str) -> (String, String) {
    let text = text.replace("\r\n", "\n").replace('\r', "\n").replace('\u{200b}', "");
    (recorder::render(recorder::characters(&text)).tree(), whole::tree(&text))
}
