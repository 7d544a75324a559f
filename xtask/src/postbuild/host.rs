//! Writes the content security policy of the page, for each kind of host that serves it.
//!
//! docs/security.md has the same table for readers; a test holds both together.

use std::env;

use crate::failure::{Failure, Result};

/// The variable in which `cargo xtask build --for HOST` hands the host through Trunk to `cargo xtask postbuild`.
pub(crate) const VARIABLE: &str = "TOKENFALL_HOST";

/// A kind of host that serves the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Host {
    /// A server of the person's own, possibly over http: the page may ask any server on its network.
    #[default]
    Own,
    /// GitHub Pages, always https: browsers allow plain http from there to the same machine only.
    Pages,
}

/// Directives with their values: for [`Host::Own`], and for [`Host::Pages`].
const DIRECTIVES: [(&str, &str, &str); 12] = [
    ("default-src", "'none'", "'none'"),
    ("script-src", "'self' 'wasm-unsafe-eval'", "'self' 'wasm-unsafe-eval'"),
    ("style-src", "'self'", "'self'"),
    ("img-src", "'self' data: blob: https:", "'self' data: blob: https:"),
    ("font-src", "'self'", "'self'"),
    (
        "connect-src",
        "'self' https: http: ws: wss:",
        "'self' https: wss: http://localhost:* ws://localhost:* http://127.0.0.1:* ws://127.0.0.1:*",
    ),
    ("manifest-src", "'self'", "'self'"),
    ("worker-src", "'self'", "'self'"),
    ("base-uri", "'none'", "'none'"),
    ("form-action", "'none'", "'none'"),
    ("require-trusted-types-for", "'script'", "'script'"),
    ("trusted-types", "default typeset", "default typeset"),
];

impl Host {
    /// Every kind of host.
    const ALL: [Self; 2] = [Self::Own, Self::Pages];

    /// Returns the name on the command line and in the variable.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Pages => "pages",
        }
    }

    /// Returns the host called `name`.
    ///
    /// # Errors
    /// When there is none of that name.
    pub(crate) fn named(name: &str) -> Result<Self> {
        Self::ALL.into_iter().find(|host| host.name() == name).ok_or_else(|| {
            let known = Self::ALL.map(Self::name).join(" and ");
            Failure::new(format!("no page is built for `{name}`; there are {known}"))
        })
    }

    /// Returns the host that [`VARIABLE`] names, or [`Host::Own`] where it is not set.
    ///
    /// # Errors
    /// When it names no host.
    pub(super) fn from_environment() -> Result<Self> {
        env::var(VARIABLE).map_or(Ok(Self::default()), |name| Self::named(&name))
    }

    /// Returns the whole policy, as it stands in the page.
    fn policy(self) -> String {
        let directives = DIRECTIVES.map(|(name, own, pages)| {
            let value = match self {
                Self::Own => own,
                Self::Pages => pages,
            };
            format!("{name} {value}")
        });
        directives.join("; ")
    }
}

/// Returns the page with the policy for `host`. As written, index.html carries that of [`Host::Own`].
///
/// # Errors
/// When the page does not carry that one exactly once.
pub(super) fn with_policy(html: &str, host: Host) -> Result<String> {
    match html.split(&Host::Own.policy()).collect::<Vec<_>>().as_slice() {
        [before, after] => Ok(format!("{before}{}{after}", host.policy())),
        _ => Err(Failure::new("index.html has another content security policy than postbuild/host.rs")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const INDEX: &str = include_str!("../../../index.html");
    const DOCS: &str = include_str!("../../../docs/security.md");

    /// Returns a column of the table in the documentation, as a policy.
    fn documented(column: usize) -> String {
        let rows = DOCS.lines().filter(|line| line.starts_with("| `"));
        let cells =
            rows.map(|row| row.split('|').map(|cell| cell.trim().trim_matches('`')).collect::<Vec<_>>());
        cells.map(|cells| format!("{} {}", cells[1], cells[column])).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn the_documentation_has_the_policy_of_each_build() {
        assert_eq!(documented(2), Host::Own.policy());
        assert_eq!(documented(3), Host::Pages.policy());
    }

    #[test]
    fn each_build_of_the_page_carries_its_policy_in_the_place_of_the_written_one() {
        for host in Host::ALL {
            let page = with_policy(INDEX, host).unwrap();
            let meta = format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">", host.policy());
            assert_eq!(page.matches(&meta).count(), 1, "{host:?}: {page}");
            assert_eq!(page.matches("Content-Security-Policy").count(), 1, "{host:?}");
        }
        assert_eq!(with_policy(INDEX, Host::Own).unwrap(), INDEX);
    }

    #[test]
    fn a_page_on_pages_reaches_plain_http_on_this_machine_only() {
        let policy = Host::Pages.policy();
        let connect =
            policy.split("; ").find_map(|directive| directive.strip_prefix("connect-src ")).unwrap();
        let plain: Vec<_> = connect
            .split(' ')
            .filter(|source| source.starts_with("http:") || source.starts_with("ws:"))
            .collect();
        assert_eq!(
            plain,
            ["http://localhost:*", "ws://localhost:*", "http://127.0.0.1:*", "ws://127.0.0.1:*"]
        );
    }

    #[test]
    fn a_page_without_the_policy_stops_the_build() {
        assert!(with_policy("<title>x</title>", Host::Pages).is_err());
        assert!(with_policy(&INDEX.replace("form-action 'none'; ", ""), Host::Own).is_err());
        assert!(with_policy(&INDEX.repeat(2), Host::Own).is_err());
    }

    #[test]
    fn hosts_are_known_by_their_names() {
        for host in Host::ALL {
            assert_eq!(Host::named(host.name()).unwrap(), host);
        }
        assert!(Host::named("page").unwrap_err().to_string().contains("own and pages"));
    }
}
