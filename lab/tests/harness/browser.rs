//! A real browser for each test: its own driver, its own profile, its own page server.
//!
//! Environment: `TOKENFALL_DIST` is the folder of the built page; [`Engine`] has the rest. What is missing fails the
//! test and says so.

use std::{
    fs,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    path::{Path, PathBuf},
    sync::{Condvar, Mutex, PoisonError},
    time::Duration,
};

use lab::{Lab, site::Site};
use thirtyfour::{WebDriver, error::WebDriverResult};

use super::{
    driver::Driver,
    engine::{Engine, HEIGHT, WIDTH},
    mortal::Mortal,
    page::Page,
};

/// A file that the host gives out in its own way: path, bytes, content type.
type Override = (String, Vec<u8>, &'static str);

/// Browsers at once. The machines that run this have two cores, and a starved browser tests its own starvation.
const SESSIONS: usize = 2;

/// Starts of a browser before a test fails for it: on a busy machine one can take longer than its driver waits, which is a
/// minute for Firefox's.
pub(super) const SESSION_STARTS: usize = 3;

/// For one answer of a driver: longer than it waits itself, so that it ends a browser that did not start.
pub(super) const PATIENCE: Duration = Duration::from_secs(120);

static FREE: Mutex<usize> = Mutex::new(SESSIONS);
static FREED: Condvar = Condvar::new();

/// Runs a test in a browser of its own, with the page open and its settings pointing nowhere yet.
pub(crate) fn run(test: impl AsyncFnOnce(&Page)) {
    run_on(Vec::new(), test);
}

/// Like [`run`], on a host that answers some paths in its own way.
pub(crate) fn run_on(overrides: Vec<Override>, test: impl AsyncFnOnce(&Page)) {
    run_in(&dist(), overrides, "", test);
}

/// Like [`run`], with a script that is the page's own and runs before all others: what WebDriver runs is not bound by
/// the page's policies in every engine.
pub(crate) fn run_with(script: &str, test: impl AsyncFnOnce(&Page)) {
    run_in(&dist(), Vec::new(), script, test);
}

/// Like [`run`], on a host that lets the test take away the files whose names begin as it says.
pub(crate) fn run_redeployed(test: impl AsyncFnOnce(&Page, &dyn Fn(&str))) {
    let folder = Folder::copy_of(&dist());
    let take_away = |beginning: &str| folder.take_away(beginning);
    run_in(&folder.0, Vec::new(), "", async |page| test(page, &take_away).await);
}

/// Like [`run`], in a browser that the test may kill and start again. Chromium only, on Linux.
pub(crate) fn run_mortal(test: impl AsyncFnOnce(&mut Page, &Mortal)) {
    let _slot = Slot::take();
    let engine = Engine::chosen();
    let folder = dist();
    let lab = Lab::start().expect("a loopback port for the lab");
    let site =
        lab::site::serve(&folder, 0, vec![watched(&folder, "")]).expect("a loopback port for the page");
    let mortal = Mortal::new(Driver::start(engine));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        runtime.block_on(async {
            let mut page = Page::new(mortal.start(engine).await, engine, lab, site.url());
            page.load().await;
            test(&mut page, &mortal).await;
            page.close().await.expect("the browser ends when asked");
        });
    }));
    // Whatever became of the test.
    mortal.kill();
    if let Err(panic) = outcome {
        resume_unwind(panic);
    }
}

fn run_in(folder: &Path, mut overrides: Vec<Override>, script: &str, test: impl AsyncFnOnce(&Page)) {
    let _slot = Slot::take();
    let engine = Engine::chosen();
    overrides.push(watched(folder, script));
    let lab = Lab::start().expect("a loopback port for the lab");
    let site = lab::site::serve(folder, 0, overrides).expect("a loopback port for the page");
    let driver = Driver::start(engine);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let page = runtime.block_on(open(engine, &driver, lab, &site));
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        runtime.block_on(async {
            page.load().await;
            test(&page).await;
        });
    }));
    // Ends the browser in any case; killing its driver first would leave the browser behind.
    let ended = runtime.block_on(page.close());
    if let Err(panic) = outcome {
        resume_unwind(panic);
    }
    ended.expect("the browser ends when asked");
}

async fn open(engine: Engine, driver: &Driver, lab: Lab, site: &Site) -> Page {
    let mut started = session(engine, driver).await;
    for _ in 1..SESSION_STARTS {
        if started.is_err() {
            started = session(engine, driver).await;
        }
    }
    let session = started.unwrap_or_else(|error| panic!("{} starts no session: {error}", engine.driver()));
    if !engine.is_sized_at_start() {
        session.set_window_rect(0, 0, WIDTH, HEIGHT).await.expect("the window takes a size");
    }
    Page::new(session, engine, lab, site.url())
}

async fn session(engine: Engine, driver: &Driver) -> WebDriverResult<WebDriver> {
    WebDriver::builder(driver.url(), engine.capabilities()).request_timeout(PATIENCE).await
}

/// The front page with scripts in front of its policies, which bind only what comes behind them.
fn watched(folder: &Path, script: &str) -> Override {
    let index = fs::read_to_string(folder.join("index.html")).expect("the front page is text");
    let scripts = format!("<script>{}{script}</script><meta", include_str!("watch.js"));
    assert!(index.contains("<meta"), "the front page has a head");
    ("/".to_owned(), index.replacen("<meta", &scripts, 1).into_bytes(), "text/html; charset=utf-8")
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
