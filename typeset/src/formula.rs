//! [`formula`]: TeX in, steps that make MathML out.
//!
//! math-core writes MathML as text. It is read here by a reader that knows just what math-core writes, and written on
//! as steps from the closed lists of `tokenfall::engine::typeset`: no markup leaves the worker.

use math_core::{LatexToMathML, MathCoreConfig, MathDisplay};
use tokenfall::engine::messages::prose as words;
use tokenfall::engine::typeset::{MAX_FORMULA_BYTES, Writer, read};

/// Groups and environments may nest so deep, and commands follow on one another without anything between so often:
/// the reader of TeX is recursive.
const MAX_NESTING: usize = 50;

/// Commands that models write and math-core does not know: name and definition.
const MACROS: [(&str, &str); 4] = [
    ("boxed", r"\begin{array}{|c|}\hline #1\\ \hline\end{array}"),
    ("substack", r"\begin{matrix}#1\end{matrix}"),
    ("dd", r"\mathrm{d}"),
    ("bmod", r"\mathbin{\mathrm{mod}}"),
];

/// Environments that are drawn like others.
const LIKE: [(&str, &str); 2] = [("{split}", "{aligned}"), ("{smallmatrix}", "{matrix}")];

/// Returns the formula as steps for [`tokenfall::engine::typeset::read`].
///
/// # Errors
/// In words for a person: what in the source cannot be drawn.
pub fn formula(tex: &str, display: bool) -> Result<String, String> {
    if MAX_FORMULA_BYTES < tex.len() {
        return Err(words::formula_longer_than(MAX_FORMULA_BYTES));
    }
    if MAX_NESTING < nesting(tex) {
        return Err(words::FORMULA_TOO_DEEP.to_owned());
    }
    let macros = MACROS.map(|(name, definition)| (name.to_owned(), definition.to_owned())).to_vec();
    let config = MathCoreConfig { macros, ..MathCoreConfig::default() };
    let converter = LatexToMathML::new(config).map_err(|(why, _, _)| why.to_string())?;
    let mut source = tex.to_owned();
    for (name, like) in LIKE {
        source = source.replace(name, like);
    }
    let display = if display { MathDisplay::Block } else { MathDisplay::Inline };
    let drawn = converter.convert_with_local_state(&source, display).map_err(|why| why.to_string())?;
    let steps = steps(&drawn.mathml).ok_or(words::FORMULA_NOT_DRAWN)?;
    // The page reads it the same way: what is over a limit is better said here.
    read(&steps).ok_or(words::FORMULA_TOO_LARGE)?;
    Ok(steps)
}

/// Returns how deep groups and environments nest, or how many commands follow on one another, whichever is more.
fn nesting(tex: &str) -> usize {
    let (mut depth, mut deepest, mut run) = (0_usize, 0, 0_usize);
    let mut characters = tex.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        match c {
            '\\' => {
                let name = &tex[at + 1..];
                let is_opening = ["begin", "left"].iter().any(|word| name.starts_with(word));
                let is_closing = ["end", "right"].iter().any(|word| name.starts_with(word));
                depth = if is_closing { depth.saturating_sub(1) } else { depth + usize::from(is_opening) };
                run += 1;
                // The character behind belongs to the command, whatever it is.
                characters.next();
                while characters.next_if(|(_, c)| c.is_ascii_alphabetic()).is_some() {}
            }
            '{' | '[' => depth += 1,
            '}' | ']' => depth = depth.saturating_sub(1),
            '^' | '_' => run += 1,
            c if c.is_whitespace() => {}
            _ => run = 0,
        }
        deepest = deepest.max(depth).max(run);
    }
    deepest
}

/// Returns the steps that math-core's text describes; none where it holds what is not expected.
fn steps(mathml: &str) -> Option<String> {
    let mut writer = Writer::new();
    // For each open element whether it is written.
    let mut open = Vec::new();
    let mut rest = mathml;
    while let Some((text, tag)) = rest.split_once('<') {
        if !text.is_empty() && !open.is_empty() {
            writer.text(&unescaped(text)?);
        }
        let (tag, after) = tag.split_once('>')?;
        rest = after;
        if tag.starts_with('/') {
            if open.pop()? {
                writer.close();
            }
            continue;
        }
        let is_empty = tag.ends_with('/');
        let tag = tag.trim_end_matches('/').trim_end();
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        let is_written = match name {
            // Only struck-through things are enclosed: they are drawn without the stroke.
            "menclose" => writer.open("mrow"),
            // Within text, for a kind of letters that is left out.
            "span" => false,
            name => {
                if !writer.open(name) {
                    return None;
                }
                self::attributes(attributes, &mut writer)?;
                // The line below a table is that above an empty row, which must have no height of its own.
                if name == "mtd" && after.starts_with("</mtd>") && attributes.contains("border-top") {
                    writer.style("padding-top", "0px");
                    writer.style("padding-bottom", "0px");
                }
                true
            }
        };
        if !is_empty {
            open.push(is_written);
        } else if is_written {
            writer.close();
        }
    }
    (open.is_empty() && rest.is_empty()).then(|| writer.finish())
}

/// Writes the attributes of a tag. What is on no list only changes the looks, and is left out.
fn attributes(mut rest: &str, writer: &mut Writer) -> Option<()> {
    while !rest.trim_start().is_empty() {
        let (name, value) = rest.trim_start().split_once("=\"")?;
        let (value, after) = value.split_once('"')?;
        rest = after;
        if name == "style" {
            for (property, value) in value.split(';').filter_map(|pair| pair.split_once(':')) {
                writer.style(property.trim(), value.trim());
            }
        } else {
            writer.attribute(name, value);
        }
    }
    Some(())
}

/// Text with the references of characters that math-core writes put right.
fn unescaped(text: &str) -> Option<String> {
    let mut parts = text.split('&');
    let mut plain = parts.next()?.to_owned();
    for part in parts {
        let (name, after) = part.split_once(';')?;
        plain.push(match name {
            "lt" => '<',
            "gt" => '>',
            "amp" => '&',
            "quot" => '"',
            "apos" | "#39" | "#x27" => '\'',
            "nbsp" => '\u{a0}',
            name => {
                let code = name.strip_prefix("#x").map(|hex| u32::from_str_radix(hex, 16));
                char::from_u32(code?.ok()?)?
            }
        });
        plain.push_str(after);
    }
    Some(plain)
}
