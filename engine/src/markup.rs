//! Checks markup for being inert: the static parts of the page's own views, which Leptos makes from strings.
//!
//! The page's policy refuses every string as markup but these (`browser::trusted_types`). Their tags and attributes do
//! nothing: no address, no style, no script, no form.

/// The tags of the static parts.
pub const TAGS: [&str; 2] = ["h2", "h3"];
/// The attributes that they may have.
pub const ATTRIBUTES: [&str; 2] = ["class", "id"];

/// Returns whether `markup` holds nothing but text and elements of [`TAGS`] with [`ATTRIBUTES`], spelt as Leptos spells
/// them: lower case, one space before an attribute, its value in double quotes.
#[must_use]
pub fn is_inert(markup: &str) -> bool {
    let mut rest = markup;
    while let Some(first) = rest.chars().next() {
        let behind = match first {
            // A place between two texts is marked so.
            '<' => rest.strip_prefix("<!>").or_else(|| behind_tag(rest)),
            _ => Some(rest.split_at(rest.find('<').unwrap_or(rest.len())))
                .filter(|(text, _)| !text.contains('>'))
                .map(|(_, behind)| behind),
        };
        match behind {
            Some(behind) => rest = behind,
            None => return false,
        }
    }
    true
}

/// Returns the text behind the tag that `markup` begins with; `None` where that is none of ours.
fn behind_tag(markup: &str) -> Option<&str> {
    let tag = markup.strip_prefix("</").or_else(|| markup.strip_prefix('<'))?;
    let (name, mut rest) = tag.split_at(tag.find([' ', '>'])?);
    if !TAGS.contains(&name) {
        return None;
    }
    while let Some(attribute) = rest.strip_prefix(' ') {
        let (name, value) = attribute.split_once("=\"")?;
        let (value, behind) = value.split_once('"')?;
        if !ATTRIBUTES.contains(&name) || value.contains(['<', '>']) {
            return None;
        }
        rest = behind;
    }
    rest.strip_prefix('>')
}
