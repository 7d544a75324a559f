//! Accepts addresses that may become links, read as a browser reads them.
//!
//! A prefix test is not enough: the URL parser of every browser drops tabs, line ends and leading control
//! characters, and takes backslashes for slashes. So the address is parsed by the rules of the WHATWG URL
//! standard as far as scheme, user part and host go, and written anew from the parts. Percent-encoding, and
//! the finer points of a path, are left to the browser, which parses the result once more.

/// An absolute address with scheme `http`, `https` or `mailto`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Href {
    text: String,
    host: String,
}

impl Href {
    /// Parses an address from untrusted text; none when it is relative, malformed or of another scheme.
    ///
    /// From a `mailto` only the address, `subject` and `body` are kept: the other fields can attach files
    /// or add readers. One with several readers or with line ends, which can begin a field, is refused.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if MAX_BYTES < text.len() {
            return None;
        }
        // The standard strips C0 controls and spaces at both ends, tabs and line ends everywhere.
        let trimmed = text.trim_matches(|c: char| c <= ' ');
        let clean: String = trimmed.chars().filter(|c| !matches!(c, '\t' | '\n' | '\r')).collect();
        if clean.chars().any(is_control_or_invisible) {
            return None;
        }
        let (scheme, rest) = clean.split_once(':')?;
        if scheme.eq_ignore_ascii_case("http") {
            Self::with_host("http", rest)
        } else if scheme.eq_ignore_ascii_case("https") {
            Self::with_host("https", rest)
        } else if scheme.eq_ignore_ascii_case("mailto") {
            Self::mail(rest)
        } else {
            None
        }
    }

    /// Parses where an image comes from: an address on the network, or a picture of points that the address itself
    /// holds (`data:image/png;base64,…`). Drawings can hold scripts and are refused.
    #[must_use]
    pub fn parse_image(text: &str) -> Option<Self> {
        let held = text.strip_prefix("data:image/").and_then(|rest| rest.split_once(";base64,"));
        if let Some((kind, points)) = held {
            let is_known = matches!(kind, "png" | "jpeg" | "gif" | "webp" | "avif");
            let is_base64 = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=');
            return (is_known && text.len() <= MAX_IMAGE_BYTES && points.bytes().all(is_base64))
                .then(|| Self { text: text.to_owned(), host: String::new() });
        }
        Self::parse(text).filter(|href| href.text.starts_with("http"))
    }

    /// Returns the whole address, which begins with its scheme in lower case.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns the host that it leads to, with its port where one is written; for `mailto` the part after the `@`, for
    /// a picture that the address holds nothing.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    fn with_host(scheme: &str, rest: &str) -> Option<Self> {
        let rest = rest.trim_start_matches(['/', '\\']);
        let end = rest.find(['/', '\\', '?', '#']).unwrap_or(rest.len());
        let (authority, path) = rest.split_at(end);
        let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
        let name = match host.rsplit_once(':') {
            Some((name, port)) if !host.ends_with(']') => {
                port.bytes().all(|byte| byte.is_ascii_digit()).then_some(name)?
            }
            Some(_) | None => host,
        };
        let literal = name.starts_with('[') && name.ends_with(']');
        if name.is_empty() || (!literal && name.contains(FORBIDDEN_IN_HOST)) {
            return None;
        }
        let host = host.to_ascii_lowercase();
        Some(Self { text: format!("{scheme}://{authority}{path}"), host })
    }

    fn mail(rest: &str) -> Option<Self> {
        let (address, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (name, host) = address.rsplit_once('@')?;
        let has_escape = |text: &str, code: &str| text.to_ascii_lowercase().contains(code);
        let names_others =
            name.contains(['@', ',']) || ["%40", "%2c"].iter().any(|code| has_escape(address, code));
        if name.is_empty()
            || host.is_empty()
            || host.contains(',')
            || names_others
            || has_escape(rest, "%0a")
            || has_escape(rest, "%0d")
            || address.contains([' ', '/', '\\', '#', '<', '>'])
        {
            return None;
        }
        let kept: Vec<&str> = query
            .split('&')
            .filter(|field| {
                let key = field.split('=').next().unwrap_or_default();
                key.eq_ignore_ascii_case("subject") || key.eq_ignore_ascii_case("body")
            })
            .collect();
        let mark = if kept.is_empty() { "" } else { "?" };
        Some(Self {
            text: format!("mailto:{address}{mark}{}", kept.join("&")),
            host: host.to_ascii_lowercase(),
        })
    }
}

/// The longest address that is accepted; no browser promises to open longer ones.
const MAX_BYTES: usize = 8 * 1024;

/// Ten megabytes of picture, in base64.
const MAX_IMAGE_BYTES: usize = 14 * 1024 * 1024;

/// Code points that end a parse of a host with failure, and some that a reader would not see for what they are.
const FORBIDDEN_IN_HOST: [char; 16] =
    [' ', '"', '#', '%', '/', ':', '<', '>', '?', '@', '[', '\\', ']', '^', '`', '|'];

/// Characters that have no business in an address and hide where it leads.
fn is_control_or_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}
