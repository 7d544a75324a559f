//! A browser with a profile folder of its own, which a test can kill as a crash would, and start again with what it kept.

use std::{
    fs,
    path::PathBuf,
    process::Command,
    sync::atomic::{AtomicU32, Ordering},
    thread,
    time::Duration,
};

use thirtyfour::WebDriver;

use super::{
    browser::{PATIENCE, SESSION_STARTS},
    driver::Driver,
    engine::Engine,
    page::Page,
};

/// Looks at the processes until a killed browser is gone: 10 s in all.
const LOOKS: u32 = 400;
const BETWEEN_LOOKS: Duration = Duration::from_millis(25);

/// A browser's driver and profile; the profile is removed when dropped.
pub(crate) struct Mortal {
    driver: Driver,
    profile: PathBuf,
}

impl Mortal {
    pub(crate) fn new(driver: Driver) -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let profile = std::env::temp_dir().join(format!("tokenfall-profile-{}-{number}", std::process::id()));
        fs::create_dir_all(&profile).expect("a folder for temporary files");
        Self { driver, profile }
    }

    /// Starts the browser with what its profile holds.
    pub(crate) async fn start(&self, engine: Engine) -> WebDriver {
        let profile = format!("--user-data-dir={}", self.profile.display());
        let mut fault = None;
        for _ in 0..SESSION_STARTS {
            let capabilities = engine.capabilities_with(std::slice::from_ref(&profile));
            match WebDriver::builder(self.driver.url(), capabilities).request_timeout(PATIENCE).await {
                Ok(session) => return session,
                Err(error) => fault = Some(error),
            }
            self.kill();
        }
        panic!("{} starts no session: {fault:?}", engine.driver());
    }

    /// Ends all processes of the browser by SIGKILL: none of them can write anything any more.
    pub(crate) fn kill(&self) {
        for _ in 0..LOOKS {
            let processes = self.processes();
            if processes.is_empty() {
                return;
            }
            // One may have ended since it was seen.
            drop(Command::new("kill").arg("-KILL").args(processes).output());
            thread::sleep(BETWEEN_LOOKS);
        }
        panic!("the browser outlives its kill");
    }

    /// Starts the browser again, after it was killed.
    pub(crate) async fn revive(&self, page: &mut Page) {
        let session = self.start(page.engine).await;
        // The old session has no browser that could be ended.
        drop(std::mem::replace(&mut page.driver, session).leak());
    }

    /// The processes that name the profile on their command line, which nobody else's do.
    fn processes(&self) -> Vec<String> {
        let profile = self.profile.to_string_lossy();
        let entries = fs::read_dir("/proc").expect("Linux lists its processes");
        let numbers = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
        let is_ours = |number: &String| {
            let line = fs::read(format!("/proc/{number}/cmdline")).unwrap_or_default();
            String::from_utf8_lossy(&line).contains(&*profile)
        };
        numbers.filter(|name| name.bytes().all(|byte| byte.is_ascii_digit())).filter(is_ours).collect()
    }
}

impl Drop for Mortal {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.profile));
    }
}
