//! Checks markup for being inert: the static parts of the page's own views, which Leptos makes from strings.
//!
//! The page's policy refuses every string as markup but these (`browser::trusted_types`). Their tags and attributes do
//! nothing: no address, no style, no script, no form.

/// Lists what static parts may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grammar<'a> {
    /// Their tags.
    pub tags: &'a [&'a str],
    /// The attributes that those may have.
    pub attributes: &'a [&'a str],
}

/// Lists what the page's views have as static parts, which is nothing: their words come from `engine::messages`,
/// so Leptos makes each node by itself, and the policy lets no tag through. `tests/engine/views.rs` holds it to the views.
pub const VIEWS: Grammar<'static> = Grammar { tags: &[], attributes: &[] };

impl Grammar<'_> {
    /// Returns whether `markup` holds nothing but text and the listed elements, spelt as Leptos spells them: lower case, one
    /// space before an attribute, its value in double quotes.
    #[must_use]
    pub fn is_inert(&self, markup: &str) -> bool {
        let mut rest = markup;
        while let Some(first) = rest.chars().next() {
            let behind = match first {
                // A place between two texts is marked so.
                '<' => rest.strip_prefix("<!>").or_else(|| self.behind_tag(rest)),
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

    /// Returns the text behind the tag that `markup` begins with; `None` where that is not listed.
    fn behind_tag<'m>(&self, markup: &'m str) -> Option<&'m str> {
        let tag = markup.strip_prefix("</").or_else(|| markup.strip_prefix('<'))?;
        let (name, mut rest) = tag.split_at(tag.find([' ', '>'])?);
        if !self.tags.contains(&name) {
            return None;
        }
        while let Some(attribute) = rest.strip_prefix(' ') {
            let (name, value) = attribute.split_once("=\"")?;
            let (value, behind) = value.split_once('"')?;
            if !self.attributes.contains(&name) || value.contains(['<', '>']) {
                return None;
            }
            rest = behind;
        }
        rest.strip_prefix('>')
    }
}
