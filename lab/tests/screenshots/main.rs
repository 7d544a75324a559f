//! Pictures of the page for the README and for people who judge the design.
//!
//! Made only when `TOKENFALL_SHOTS` names a folder: `NAME-WIDTH-THEME.png` for ten moments, two widths, two themes.

#[cfg(test)]
#[path = "../e2e/browser.rs"]
#[expect(dead_code, reason = "shared with the end-to-end tests, which use the rest")]
mod browser;
#[cfg(test)]
#[path = "../e2e/page.rs"]
#[expect(dead_code, reason = "shared with the end-to-end tests, which use the rest")]
mod page;
#[cfg(test)]
mod shots;
