//! What all tests of the built page share: a browser each, and the page as a test sees it. By WebDriver alone, so that it
//! works in every engine; what needs more is in `cdp.rs`, which only the tests for Chromium declare.

pub(crate) mod browser;
pub(crate) mod driver;
pub(crate) mod engine;
pub(crate) mod mortal;
pub(crate) mod page;
pub(crate) mod watching;
