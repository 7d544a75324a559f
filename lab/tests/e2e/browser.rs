//! A real Chromium for each test: its own chromedriver, its own profile, its own page server.
//!
//! Environment: `TOKENFALL_DIST` is the folder of the built page; `TOKENFALL_CHROMEDRIVER` and `TOKENFALL_CHROME`
//! name the programs when they are not on PATH. What is missing fails the test and says so.

use std::{
    fs,
    io::{BufRead, BufReader},
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{Condvar, Mutex, PoisonError},
    time::Duration,
};

use lab::{Lab, site::Site};
use serde_json::json;
use thirtyfour::{
    ChromeCapabilities, ChromiumLikeCapabilities, DesiredCapabilities, LoggingPrefsLogLevel, WebDriver,
};

use crate::page::Page;

/// Browsers at once. The machines that run this have two cores, and a starved browser tests its own starvation.
const SESSIONS: usize = 2;

static FREE: Mutex<usize> = Mutex::new(SESSIONS);
static FREED: Condvar = Condvar::new();

/// Runs a test in a browser of its own, with the page open and its settings pointing nowhere yet.
pub(crate) fn run(test: impl AsyncFnOnce(&Page)) {
    run_on(Vec::new(), test);
}

/// Like [`run`], on a host that answers some paths in its own way: path, bytes, content type.
pub(crate) fn run_on(overrides: Vec<(String, Vec<u8>, &'static str)>, test: impl AsyncFnOnce(&Page)) {
    run_in(&dist(), overrides, test);
}

/// Like [`run`], on a host that lets the test take away the files whose names begin as it says.
pub(crate) fn run_redeployed(test: impl AsyncFnOnce(&Page, &dyn Fn(&str))) {
    let folder = Folder::copy_of(&dist());
    let take_away = |beginning: &str| folder.take_away(beginning);
    run_in(&folder.0, Vec::new(), async |page| test(page, &take_away).await);
}

fn run_in(folder: &Path, overrides: Vec<(String, Vec<u8>, &'static str)>, test: impl AsyncFnOnce(&Page)) {
    let _slot = Slot::take();
    let lab = Lab::start().expect("a loopback port for the lab");
    let site = lab::site::serve(folder, 0, overrides).expect("a loopback port for the page");
    let driver = Driver::start();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let page = runtime.block_on(open(&driver, lab, &site));
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        runtime.block_on(async {
            page.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": WATCH })).await;
            page.load().await;
            test(&page).await;
        });
    }));
    // Ends Chromium in any case; killing chromedriver first would leave the browser behind.
    let ended = runtime.block_on(page.close());
    if let Err(panic) = outcome {
        resume_unwind(panic);
    }
    ended.expect("the browser ends when asked");
}

async fn open(driver: &Driver, lab: Lab, site: &Site) -> Page {
    let session = WebDriver::builder(format!("http://127.0.0.1:{}", driver.port), capabilities())
        .request_timeout(Duration::from_secs(60))
        .await
        .expect("chromedriver starts a session");
    Page::new(session, lab, site.url())
}

/// Collects what must not happen, before any script of the page runs.
const WATCH: &str = r#"
    window.__faults = [];
    addEventListener("securitypolicyviolation", e => __faults.push("CSP " + e.violatedDirective + " " + e.blockedURI));
    addEventListener("error", e => __faults.push("error " + e.message));
    addEventListener("unhandledrejection", e => __faults.push("rejection " + e.reason));
"#;

fn capabilities() -> ChromeCapabilities {
    let mut capabilities = DesiredCapabilities::chrome();
    for argument in [
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
    ] {
        capabilities.add_arg(argument).expect("a string is JSON");
    }
    if let Some(chrome) = std::env::var_os("TOKENFALL_CHROME") {
        capabilities.set_binary(&chrome.to_string_lossy()).expect("a string is JSON");
    }
    capabilities.set_logging_prefs("browser", LoggingPrefsLogLevel::All).expect("a string is JSON");
    capabilities
}

pub(crate) fn dist() -> PathBuf {
    let folder = std::env::var_os("TOKENFALL_DIST").map(PathBuf::from).unwrap_or_else(|| {
        panic!("TOKENFALL_DIST must name the folder of the built page; `cargo xtask test e2e` sets it")
    });
    assert!(folder.join("index.html").is_file(), "TOKENFALL_DIST holds no index.html: {}", folder.display());
    folder
}

/// A copy of the page's files, without the folders in it; removed when dropped.
struct Folder(PathBuf);

impl Folder {
    fn copy_of(folder: &Path) -> Self {
        let copy = std::env::temp_dir().join(format!("tokenfall-e2e-{}", std::process::id()));
        fs::create_dir_all(&copy).expect("a folder for temporary files");
        for path in files(folder) {
            let name = path.file_name().expect("a file has a name");
            fs::copy(&path, copy.join(name)).expect("a file of the page can be copied");
        }
        Self(copy)
    }

    fn take_away(&self, beginning: &str) {
        let begins = |path: &PathBuf| {
            path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(beginning))
        };
        let gone: Vec<_> = files(&self.0).filter(begins).collect();
        assert!(!gone.is_empty(), "no file of the page begins with {beginning}");
        gone.iter().for_each(|path| fs::remove_file(path).expect("a copied file can be removed"));
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}

fn files(folder: &Path) -> impl Iterator<Item = PathBuf> {
    let entries = fs::read_dir(folder).expect("the folder of the page");
    entries.map(|entry| entry.expect("an entry of a folder").path()).filter(|path| path.is_file())
}

/// So often chromedriver is started before a test fails for it.
const STARTS: u32 = 5;

/// A running chromedriver; killed by its own process id when dropped.
struct Driver {
    process: Child,
    port: u16,
}

impl Driver {
    /// The port that chromedriver is given for one kind of address may be taken for the other: then it ends at once.
    fn start() -> Self {
        (0..STARTS).find_map(|_| Self::try_start()).expect("chromedriver ended without naming its port")
    }

    fn try_start() -> Option<Self> {
        let program = std::env::var_os("TOKENFALL_CHROMEDRIVER").unwrap_or_else(|| "chromedriver".into());
        let process = Command::new(&program)
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| {
                panic!(
                    "cannot start {}: {error}; install chromium-driver or set TOKENFALL_CHROMEDRIVER",
                    program.display()
                )
            });
        let mut driver = Self { process, port: 0 };
        let mut lines = BufReader::new(driver.process.stdout.take().expect("stdout is a pipe"));
        let mut line = String::new();
        loop {
            line.clear();
            if lines.read_line(&mut line).expect("chromedriver's output is text") == 0 {
                return None;
            }
            // "ChromeDriver was started successfully on port 41234."
            let port = line.trim_end().trim_end_matches('.').rsplit_once("successfully on port ");
            if let Some(port) = port.and_then(|(_, port)| port.parse().ok()) {
                driver.port = port;
                return Some(driver);
            }
        }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

/// The right to run a browser.
struct Slot;

impl Slot {
    fn take() -> Self {
        let free = FREE.lock().unwrap_or_else(PoisonError::into_inner);
        let mut free = FREED.wait_while(free, |free| *free == 0).unwrap_or_else(PoisonError::into_inner);
        *free -= 1;
        Self
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        *FREE.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        FREED.notify_one();
    }
}
