//! The page as a test sees it: by roles and `data-testid`, never by class names or structure.

use std::time::Duration;

use lab::{Lab, Logged, Outcome};
use serde_json::{Value, json};
use thirtyfour::{
    By, Key, WebDriver, WebElement,
    error::{WebDriverError, WebDriverErrorInner, WebDriverResult},
};
use tokio::time::{Instant, sleep};

use super::engine::Engine;

/// Shared by all scripts: the page's own globals, which Firefox shows WebDriver only so, and elements by their test names.
const PRELUDE: &str = r#"
    const own = window.wrappedJSObject ?? window;
    const $ = (id, root = document) => root.querySelector(`[data-testid="${id}"]`);
    const turns = role => [...document.querySelectorAll(`[data-testid="turn"][data-role="${role}"]`)];
    const last = () => turns("assistant").at(-1);
    const shown = el => !!el && el.checkVisibility() && el.getClientRects().length > 0;
"#;

/// States of a turn after which nothing more comes.
pub(crate) const ENDS: [&str; 6] = ["complete", "stopped", "interrupted", "failed", "truncated", "filtered"];

/// The shortest limit of a wait: a browser on a busy machine can take seconds for a step of milliseconds, and a
/// test that fails then tells nothing about the page.
const PATIENCE: Duration = Duration::from_secs(12);

/// An open page and the server its model lives on.
pub(crate) struct Page {
    /// The WebDriver session.
    pub(crate) driver: WebDriver,
    /// The browser's engine.
    pub(crate) engine: Engine,
    /// The fault server.
    pub(crate) lab: Lab,
    /// Address of the page.
    pub(crate) url: String,
}

impl Page {
    pub(crate) fn new(driver: WebDriver, engine: Engine, lab: Lab, url: String) -> Self {
        Self { driver, engine, lab, url }
    }

    /// Loads the page and waits until it is alive.
    pub(crate) async fn load(&self) {
        self.driver.goto(self.url.as_str()).await.unwrap();
        self.wait("the composer", "return shown($('composer'))", 20).await;
    }

    /// Points the page at a scenario by its stored settings, and loads it anew.
    pub(crate) async fn use_scenario(&self, name: &str) {
        self.use_settings(json!({ "base_url": self.lab.base(name) })).await;
    }

    /// Stores settings, the usual ones with `changes` laid over them, and loads the page anew.
    pub(crate) async fn use_settings(&self, changes: Value) {
        let mut settings = json!({
            "version": 1, "preset": "custom", "base_url": "", "dialect": "chat-completions",
            "model": "lab-small", "system": "", "temperature": null, "max_tokens": null,
            "extra": "", "stream": true, "remember_key": false,
        });
        let known = settings.as_object_mut().unwrap();
        for (name, value) in changes.as_object().unwrap() {
            known.insert(name.clone(), value.clone());
        }
        let script = format!("localStorage.setItem('tokenfall.settings', {})", json!(settings.to_string()));
        self.js(&script).await;
        self.load().await;
    }

    /// Runs a script in the page and gives what it returns.
    pub(crate) async fn js(&self, script: &str) -> Value {
        let script = format!("{PRELUDE}\n{script}");
        match self.driver.execute(script.as_str(), Vec::new()).await {
            Ok(result) => result.json().clone(),
            Err(error) => panic!("{error}\nin the script: {script}"),
        }
    }

    /// A script's result as text; null is the empty text.
    pub(crate) async fn text(&self, script: &str) -> String {
        self.js(script).await.as_str().unwrap_or_default().to_owned()
    }

    /// Waits until a script returns true; fails with the state of the page after `seconds`, but not before
    /// [`PATIENCE`].
    pub(crate) async fn wait(&self, what: &str, script: &str, seconds: u64) {
        let until = Instant::now() + Duration::from_secs(seconds).max(PATIENCE);
        while self.js(script).await != json!(true) {
            if Instant::now() > until {
                let page = self
                    .text("return ($('transcript')?.outerHTML ?? document.body.outerHTML).slice(-2500)")
                    .await;
                panic!("waited in vain for {what}; the page ends with: {page}");
            }
            sleep(Duration::from_millis(25)).await;
        }
    }

    /// The element with a test name.
    pub(crate) async fn element(&self, id: &str) -> WebElement {
        let selector = format!("[data-testid=\"{id}\"]");
        match self.driver.find(By::Css(selector.as_str())).await {
            Ok(element) => element,
            Err(error) => panic!("{id}: {error}"),
        }
    }

    /// A real click on the first shown element with a test name.
    pub(crate) async fn click(&self, id: &str) {
        let selector = format!("[data-testid=\"{id}\"]");
        let until = Instant::now() + PATIENCE;
        while Instant::now() < until {
            for element in self.driver.find_all(By::Css(selector.as_str())).await.unwrap() {
                // WebDriver counts as hidden what is transparent, as a sheet is in the first frame of its motion.
                // An element that is gone by now is not shown either.
                if !element.is_displayed().await.unwrap_or(false) {
                    continue;
                }
                match element.click().await.map_err(WebDriverError::into_inner) {
                    Ok(()) => return,
                    // Something covers it still, as a dialog does that is being closed, or, as WebKit's driver says it, it is
                    // being moved; nothing was clicked.
                    Err(
                        WebDriverErrorInner::ElementClickIntercepted(_)
                        | WebDriverErrorInner::ElementNotInteractable(_),
                    ) => {}
                    Err(error) => panic!("click on {id}: {error}"),
                }
            }
            sleep(Duration::from_millis(25)).await;
        }
        panic!("waited in vain for {id} to click on");
    }

    /// Types a question and sends it with the button.
    pub(crate) async fn ask(&self, text: &str) {
        let before = self.js("return turns('assistant').length").await;
        self.element("composer").await.send_keys(text).await.unwrap();
        self.click("send").await;
        self.wait("a new turn", &format!("return turns('assistant').length > {before}"), 5).await;
    }

    /// The state of the newest answer.
    pub(crate) async fn state(&self) -> String {
        self.text("return last()?.dataset.state").await
    }

    /// Waits until the newest answer is in one of the states.
    pub(crate) async fn wait_state(&self, wanted: &[&str], seconds: u64) {
        let wanted = json!(wanted);
        self.wait(
            &format!("state {wanted}"),
            &format!("return {wanted}.includes(last()?.dataset.state)"),
            seconds,
        )
        .await;
    }

    /// Waits until the newest answer shows some text.
    pub(crate) async fn wait_text(&self, seconds: u64) {
        self.wait(
            "answer text",
            "return ($('answer', last())?.textContent ?? '').trim().length > 5",
            seconds,
        )
        .await;
    }

    /// Waits until the newest turn offers to ask again.
    pub(crate) async fn wait_retry(&self) {
        let script = "return [...last().querySelectorAll('[data-testid=retry]')].some(shown)";
        self.wait("the retry button", script, 5).await;
    }

    /// The text of the newest answer, as rendered.
    pub(crate) async fn answer(&self) -> String {
        self.text("return $('answer', last())?.textContent").await
    }

    /// What the newest answer says about its failure.
    pub(crate) async fn error(&self) -> String {
        self.text("return $('error', last())?.innerText").await
    }

    /// Everything the newest turn shows.
    pub(crate) async fn turn_text(&self) -> String {
        self.text("return last()?.innerText").await
    }

    /// A number under the newest answer, as shown.
    pub(crate) async fn number(&self, name: &str) -> String {
        self.text(&format!("return last()?.querySelector('[data-number=\"{name}\"]')?.innerText")).await
    }

    /// Opens the settings if they are not open.
    pub(crate) async fn open_settings(&self) {
        if self.js("return shown($('settings'))").await != json!(true) {
            self.click("open-settings").await;
            self.wait("the settings", "return shown($('settings'))", 5).await;
        }
    }

    /// Types into a field of the settings in place of what it holds.
    pub(crate) async fn fill(&self, name: &str, text: &str) {
        let selector = format!("[data-testid=settings] [name=\"{name}\"]");
        let field =
            self.driver.find(By::Css(selector.as_str())).await.unwrap_or_else(|e| panic!("{name}: {e}"));
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
        // Leaving the field is what commits it on pages that listen for `change`.
        self.js("document.activeElement?.blur()").await;
    }

    /// Closes the settings by the way a keyboard has.
    pub(crate) async fn close_settings(&self) {
        self.press_escape().await;
        self.wait("closed settings", "return !shown($('settings'))", 5).await;
    }

    /// A real Escape key press.
    pub(crate) async fn press_escape(&self) {
        self.press(&[Key::Escape]).await;
    }

    /// Real presses of keys, all held together, on whatever has the focus.
    pub(crate) async fn press(&self, keys: &[impl Into<char> + Clone]) {
        let down = keys.iter().fold(self.driver.action_chain(), |chain, key| chain.key_down(key.clone()));
        let both = keys.iter().rev().fold(down, |chain, key| chain.key_up(key.clone()));
        both.perform().await.unwrap();
    }

    /// The questions a scenario got.
    pub(crate) fn questions(&self, name: &str) -> Vec<Logged> {
        self.lab.questions(name)
    }

    /// The body of a question, as JSON.
    pub(crate) fn body(&self, name: &str, index: usize) -> Value {
        let questions = self.questions(name);
        let question =
            questions.get(index).unwrap_or_else(|| panic!("{name} got only {} questions", questions.len()));
        serde_json::from_slice(&question.request.body).expect("the page sends JSON")
    }

    /// Waits until the server saw the client leave its last question.
    pub(crate) async fn wait_until_left(&self, name: &str) {
        for _ in 0..80 {
            let left =
                self.questions(name).last().map(|entry| matches!(entry.outcome, Outcome::ClientLeft { .. }));
            if left == Some(true) {
                return;
            }
            sleep(Duration::from_millis(25)).await;
        }
        let outcomes: Vec<_> = self.questions(name).iter().map(|entry| entry.outcome).collect();
        panic!("the server did not see the client leave within 2 s: {outcomes:?}");
    }

    /// Uncaught errors, CSP violations and, where the driver gives it, errors on the console since the page was loaded.
    pub(crate) async fn faults(&self) -> Vec<String> {
        let mut faults: Vec<String> =
            serde_json::from_value(self.js("return [...own.__faults]").await).unwrap();
        if self.engine.tells_its_console() {
            let console = self.driver.browser_log().await.unwrap().into_iter();
            faults.extend(console.filter(|entry| entry.level == "SEVERE").map(|entry| entry.message));
        }
        faults
    }

    /// Ends the browser.
    pub(crate) async fn close(self) -> WebDriverResult<()> {
        self.driver.quit().await
    }
}
