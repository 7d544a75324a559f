//! Checks link addresses for risks, about which a person is asked before the link is followed.
//!
//! What a link says and where it leads are both written by the model, or by whoever wrote what the model read. Most
//! links only have to show their host; these may mislead even somebody who looks, or carry words of the conversation.

/// Names why a link may mislead, or tell its host too much.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkRisk {
    /// A name for signing in stands before the host, and looks like a host itself.
    User,
    /// The host is written in other letters than it is made of, some of which look like others.
    Letters,
    /// The host has no public name: it is a number, this computer or a machine near it.
    Place,
    /// The query is longer than [`LONG_QUERY`].
    Query,
}

/// Splits an address into the parts that a person looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Address<'a> {
    /// The scheme, and the user's part where there is one.
    pub before: &'a str,
    /// The host without its port; empty in an address for mail.
    pub host: &'a str,
    /// Port, path and query.
    pub after: &'a str,
}

impl<'a> Address<'a> {
    /// Takes apart an address that a browser has parsed and written: its `href`. In that form a host is in lower case
    /// and in ASCII, and a number is written with dots.
    #[must_use]
    pub fn of(href: &'a str) -> Self {
        let Some(start) = href.find("://").map(|at| at + 3) else {
            return Self { before: href, host: "", after: "" };
        };
        let end = href[start..].find(['/', '?', '#']).map_or(href.len(), |at| start + at);
        let start = href[start..end].rfind('@').map_or(start, |at| start + at + 1);
        // The colons inside of brackets are not a port's.
        let name = href[start..end].find(']').map_or(start, |at| start + at);
        let end = href[name..end].find(':').map_or(end, |at| name + at);
        Self { before: &href[..start], host: &href[start..end], after: &href[end..] }
    }

    /// Finds the first risk of following the address; `None` for most addresses.
    #[must_use]
    pub fn risk(&self) -> Option<LinkRisk> {
        let Self { before, host, after } = self;
        if host.is_empty() {
            None
        } else if before.ends_with('@') {
            Some(LinkRisk::User)
        } else if host.split('.').any(|label| label.starts_with("xn--")) {
            Some(LinkRisk::Letters)
        } else if is_no_public_name(host) {
            Some(LinkRisk::Place)
        } else {
            let sent = after.find(['?', '#']).map_or(0, |at| after.len() - at);
            (LONG_QUERY < sent).then_some(LinkRisk::Query)
        }
    }
}

/// Bytes of query and fragment that no ordinary link has.
pub const LONG_QUERY: usize = 200;

fn is_no_public_name(host: &str) -> bool {
    let mut labels = host.trim_end_matches('.').rsplit('.');
    let last = labels.next().unwrap_or_default();
    // A name ends with letters: the browser has written other spellings of numbers with dots.
    last.ends_with(']')
        || last.bytes().all(|byte| byte.is_ascii_digit())
        || labels.next().is_none()
        || matches!(last, "localhost" | "local" | "internal" | "lan" | "home" | "arpa")
}

/// Tells whether the text of a link is itself an address, and one of another host than that the link leads to.
///
/// Without a scheme or `www.` only names with a usual ending count: `README.md` is a file.
#[must_use]
pub fn names_another_host(text: &str, host: &str) -> bool {
    let text = text.trim().to_ascii_lowercase();
    let behind = ["https://", "http://"].iter().find_map(|scheme| text.strip_prefix(scheme));
    let name = behind.unwrap_or(&text);
    let name = name.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let is_said = behind.is_some() || name.starts_with("www.") || {
        name.rsplit_once('.').is_some_and(|(_, last)| ENDINGS.contains(&last))
    };
    let is_name = name.contains('.') && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-'));
    if !is_said || !is_name {
        return false;
    }
    let bare = |name: &str| name.trim_end_matches('.').trim_start_matches("www.").to_owned();
    let (named, host) = (bare(name), bare(&host.to_ascii_lowercase()));
    named != host && !host.ends_with(&format!(".{named}"))
}

/// Endings of names that are not those of files.
const ENDINGS: [&str; 22] = [
    "com", "org", "net", "edu", "gov", "mil", "info", "io", "dev", "app", "ai", "de", "uk", "fr", "eu", "cn",
    "jp", "kr", "ru", "br", "in", "us",
];
