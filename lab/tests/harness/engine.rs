//! The browser engines that tests run in, and how WebDriver is asked for each.
//!
//! Environment: `TOKENFALL_ENGINE` is the [name](Engine::name) of one, Chromium without it; `TOKENFALL_BROWSER` and
//! `TOKENFALL_DRIVER` name its programs when they are not on PATH.

use std::env;

use serde_json::json;
use thirtyfour::{Capabilities, LoggingPrefsLogLevel};

/// The window's size, in CSS pixels.
pub(crate) const WIDTH: u32 = 1280;
/// As [`WIDTH`].
pub(crate) const HEIGHT: u32 = 800;

/// A browser engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Engine {
    /// Chromium's, Blink.
    Chromium,
    /// Firefox's, Gecko.
    Firefox,
    /// WebKit as GNOME builds it, in place of Safari.
    WebKitGtk,
}

impl Engine {
    const ALL: [Self; 3] = [Self::Chromium, Self::Firefox, Self::WebKitGtk];

    /// The engine that the environment names.
    pub(crate) fn chosen() -> Self {
        let Ok(name) = env::var("TOKENFALL_ENGINE") else { return Self::Chromium };
        let known = Self::ALL.map(Self::name).join(", ");
        Self::ALL
            .into_iter()
            .find(|engine| engine.name() == name)
            .unwrap_or_else(|| panic!("TOKENFALL_ENGINE is {name:?}, which is none of {known}"))
    }

    /// What it is called in the environment.
    fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::WebKitGtk => "webkitgtk",
        }
    }

    /// Its driver's usual name.
    pub(crate) fn driver(self) -> &'static str {
        match self {
            Self::Chromium => "chromedriver",
            Self::Firefox => "geckodriver",
            Self::WebKitGtk => "WebKitWebDriver",
        }
    }

    /// What the driver prints right before the port that it took, for those that can choose one by themselves.
    pub(crate) fn before_port(self) -> Option<&'static str> {
        match self {
            Self::Chromium => Some("successfully on port "),
            Self::Firefox => Some("Listening on 127.0.0.1:"),
            Self::WebKitGtk => None,
        }
    }

    /// Whether its driver gives out what the browser wrote on its console.
    pub(crate) fn tells_its_console(self) -> bool {
        self == Self::Chromium
    }

    /// Whether its window is as large as asked for from the start.
    pub(crate) fn is_sized_at_start(self) -> bool {
        self != Self::WebKitGtk
    }

    /// What a session is asked for. WebKitGTK's driver knows its own browser.
    pub(crate) fn capabilities(self) -> Capabilities {
        self.capabilities_with(&[])
    }

    /// The same with more arguments for Chromium.
    pub(crate) fn capabilities_with(self, more: &[String]) -> Capabilities {
        let (name, mut options) = match self {
            Self::Chromium => {
                let more = more.iter().map(String::as_str);
                let args: Vec<&str> = CHROMIUM.into_iter().chain(more).collect();
                ("goog:chromeOptions", json!({ "args": args }))
            }
            Self::Firefox => ("moz:firefoxOptions", json!({ "args": FIREFOX })),
            Self::WebKitGtk => return Capabilities::new(),
        };
        if let Ok(binary) = env::var("TOKENFALL_BROWSER") {
            options["binary"] = json!(binary);
        }
        let mut wanted = Capabilities::new();
        wanted.set(name, options).expect("JSON is JSON");
        if self.tells_its_console() {
            let all = json!({ "browser": LoggingPrefsLogLevel::All });
            wanted.set("goog:loggingPrefs", all).expect("JSON is JSON");
        }
        wanted
    }
}

const FIREFOX: [&str; 3] = ["-headless", "--width=1280", "--height=800"];

const CHROMIUM: [&str; 8] = [
    "--headless=new",
    // Needed where the tests run as root, as in containers.
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--window-size=1280,800",
    // Chromium's own traffic and throttling are no part of the page.
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
];
