//! Pictures of the page for the README and for people who judge the design.
//!
//! Made only when `TOKENFALL_SHOTS` names a folder: `NAME-WIDTH-THEME.png` for some twenty moments, two widths, two themes.
//! Where `TOKENFALL_AXE` names the script of axe-core, each moment is checked by that as well.
//! Chromium only: its developer protocol (CDP) sets width and theme.

#[cfg(test)]
#[path = "../harness/cdp.rs"]
#[expect(dead_code, reason = "shared with the end-to-end tests, which use the rest")]
mod cdp;
#[cfg(test)]
#[path = "../harness/mod.rs"]
#[expect(dead_code, reason = "shared with the end-to-end tests, which use the rest")]
mod harness;
#[cfg(test)]
mod shots;

#[cfg(test)]
use harness::{browser, page};
