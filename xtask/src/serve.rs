//! Serves the release page on loopback with a real model beside it: `cargo xtask serve`.
//!
//! Ctrl-C reaches the model server as well, because it shares our process group; when only this process is ended the
//! starter notices that its parent is gone and follows within a second.

use std::process::{self, Command};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::Duration;

use crate::args::Args;
use crate::clock::Stopwatch;
use crate::failure::{Failure, Result};
use crate::model::{self, Model};
use crate::page;
use crate::project::Project;
use crate::run;
use crate::say;
use crate::tools::Toolbox;

/// The first port that is tried: no preset's, since the page would take itself for vLLM's server on 8000, or for
/// llama.cpp's on 8080.
const PAGE_PORT: u16 = 8787;
/// llama.cpp's own default, which the page's preset names.
const MODEL_PORT: u16 = 8080;
/// Five of the tools, one of the page.
const STEPS: usize = 6;
/// Exit status of a program that SIGINT ended, as shells report it.
const INTERRUPTED: i32 = 130;

/// Time for an interrupt that ended the model to reach this process too.
const BEFORE_BLAMING: Duration = Duration::from_millis(500);

/// An event that ends the serving, or the model's part in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Event {
    Interrupted,
    ModelEnded,
}

/// Builds and serves until the process is ended.
///
/// # Errors
/// When the page cannot be built or a port that was asked for is taken. A missing model is no error.
pub(crate) fn run(project: &Project, mut args: Args) -> Result<()> {
    let watch = Stopwatch::start();
    let (no_model, open) = (args.flag("--no-model"), args.flag("--open"));
    let page_port = args.number("--port")?;
    let model_port = args.number("--model-port")?;
    args.done()?;
    say::line("About 20 minutes the first time, when tools are compiled; seconds later. Ctrl-C ends it.");
    if let Some(named) = page_port {
        // Told now rather than after twenty minutes.
        model::free_port(named, true)?;
    }
    let (sender, events) = mpsc::channel();
    let is_serving = handle_interrupts(sender.clone())?;

    // The download and the build do not need each other: the model starts first and the page is built meanwhile.
    let model = if no_model {
        None
    } else {
        let port = port(MODEL_PORT, model_port, "the model")?;
        without_failing(Model::start(project, port))
    };
    Toolbox::for_page_in_steps(project, STEPS)?;
    let step = say::timed(&format!("{STEPS}/{STEPS} the page"));
    let dist = page::build(project)?;
    step.end();
    if model.as_ref().is_some_and(|model| !model.is_settled()) {
        say::line("waiting for the model");
    }
    let model = model.and_then(|model| {
        let url = without_failing(model.wait())?;
        Some((model, url))
    });

    // Only now: what was free before the build may be taken behind it.
    let page_port = port(PAGE_PORT, page_port, "the page")?;
    let defaults = model.as_ref().map(|(_, url)| settings(url));
    let overrides =
        defaults.iter().map(|json| ("/tokenfall.json".to_owned(), json.clone().into_bytes(), JSON));
    let site = lab::site::serve(&dist, page_port, overrides.collect())
        .map_err(Failure::io(format!("cannot serve the page on port {page_port}")))?;
    is_serving.store(true, Ordering::Release);
    let address = format!("http://127.0.0.1:{}/", site.port());
    say::line(&format!("page ready: {address} (after {watch})"));
    if open {
        open_in_browser(&address);
    }
    let ended =
        if model.is_some() { "Ended: page and model are closed." } else { "Ended: the page is closed." };
    let model = model.map(|(model, _)| {
        model.when_it_ends(move || {
            let _ = sender.send(Event::ModelEnded);
        });
        model
    });
    until_interrupted(&events, model);
    drop(site);
    say::line(ended);
    process::exit(INTERRUPTED);
}

/// Waits for Ctrl-C. The page stays when the model ends; the model ends with this.
fn until_interrupted(events: &Receiver<Event>, mut model: Option<Model>) {
    for event in events {
        match event {
            // On a terminal the model was interrupted as well, which is no news.
            Event::Interrupted => return,
            Event::ModelEnded => {
                if let Ok(Event::Interrupted) = events.recv_timeout(BEFORE_BLAMING) {
                    return;
                }
                if let Some(mut model) = model.take() {
                    say::problem(&format!("{}. The page is served on.", model.ending()));
                }
            }
        }
    }
}

/// Takes Ctrl-C and SIGTERM over: before the page is served they end the process at once, later they are an event.
fn handle_interrupts(sender: Sender<Event>) -> Result<Arc<AtomicBool>> {
    let is_serving = Arc::new(AtomicBool::new(false));
    let known = Arc::clone(&is_serving);
    ctrlc::set_handler(move || {
        if known.load(Ordering::Acquire) && sender.send(Event::Interrupted).is_ok() {
            return;
        }
        say::line("Ended before the page was ready. What is installed already stays; the next run goes on from there.");
        process::exit(INTERRUPTED);
    })
    .map_err(|error| Failure::new(format!("cannot take Ctrl-C over: {error}")))?;
    Ok(is_serving)
}

/// Returns the port that was named, or the first free one from `usual` on; says so where that is another.
fn port(usual: u16, named: Option<u16>, whose: &str) -> Result<u16> {
    let port = model::free_port(named.unwrap_or(usual), named.is_some())?;
    if named.is_none() && port != usual {
        say::line(&format!("{usual} is taken, using {port} for {whose}"));
    }
    Ok(port)
}

const JSON: &str = "application/json";

/// Returns the text of `tokenfall.json` for the page: the server to begin with.
fn settings(base_url: &str) -> String {
    format!("{{\"preset\":\"llama.cpp\",\"base_url\":\"{base_url}\",\"model\":\"{}\"}}\n", model::NAME)
}

fn without_failing<T>(outcome: Result<T>) -> Option<T> {
    outcome
        .map_err(|failure| {
            say::problem(&format!("No model beside the page: {failure}. The page is served all the same."))
        })
        .ok()
}

fn open_in_browser(address: &str) {
    let mut command = if cfg!(target_os = "macos") {
        Command::new("open")
    } else if cfg!(windows) {
        Command::new("explorer")
    } else {
        Command::new("xdg-open")
    };
    if run::quietly(command.arg(address)).is_none() {
        say::problem("no browser could be opened from here; follow the address above");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::TcpListener;

    #[test]
    fn the_pages_port_is_no_presets() {
        let presets = include_str!("../../engine/src/settings/preset.rs");
        assert!(presets.contains(&format!(":{MODEL_PORT}/")), "the model's port is llama.cpp's");
        for port in PAGE_PORT..=PAGE_PORT + 20 {
            assert!(!presets.contains(&format!(":{port}")), "{port}");
        }
    }

    #[test]
    fn a_named_port_that_is_taken_is_an_error_with_what_to_do_and_the_usual_one_is_not() {
        let holder = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let taken = holder.local_addr().unwrap().port();
        let refusal = port(taken, Some(taken), "the page").unwrap_err().to_string();
        assert!(refusal.contains("is taken") && refusal.contains("name another port"), "{refusal}");
        assert_ne!(port(taken, None, "the page").unwrap(), taken);
    }

    #[test]
    fn the_page_is_told_where_the_model_is() {
        assert_eq!(
            settings("http://127.0.0.1:8081/v1"),
            "{\"preset\":\"llama.cpp\",\"base_url\":\"http://127.0.0.1:8081/v1\",\"model\":\"smollm2-135m-instruct\"}\n"
        );
    }
}
