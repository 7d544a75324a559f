//! `cargo xtask serve`: the release page on loopback with a real model beside it.
//!
//! Ctrl-C reaches the model server as well, because it shares our process group; when only this process is ended the
//! starter notices that its parent is gone and follows within a second.

use std::process::Command;
use std::thread;

use crate::args::Args;
use crate::clock::Stopwatch;
use crate::failure::{Failure, Result};
use crate::model::{self, Model};
use crate::page;
use crate::project::Project;
use crate::run;
use crate::say;

const PAGE_PORT: u16 = 8000;
/// llama.cpp's own default, which the page's preset names.
const MODEL_PORT: u16 = 8080;

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
    let page_port = model::free_port(page_port.unwrap_or(PAGE_PORT), page_port.is_some())?;
    let model_port = model::free_port(model_port.unwrap_or(MODEL_PORT), model_port.is_some())?;

    // The download and the build do not need each other: the model starts first and the page is built meanwhile.
    let model = if no_model { None } else { without_failing(Model::start(project, model_port)) };
    let dist = page::build(project)?;
    let model = model.and_then(|model| {
        let url = without_failing(model.wait())?;
        Some((model, url))
    });

    let defaults = model.as_ref().map(|(_, url)| settings(url));
    let overrides =
        defaults.iter().map(|json| ("/tokenfall.json".to_owned(), json.clone().into_bytes(), JSON));
    let site = lab::site::serve(&dist, page_port, overrides.collect())
        .map_err(Failure::io(format!("cannot serve the page on port {page_port}")))?;
    let address = format!("http://127.0.0.1:{}/", site.port());
    if let Some((_, url)) = &model {
        say::line(&format!("model  {url}  ({})", model::NAME));
    }
    say::line(&format!("page   {address}  (ready after {watch}; Ctrl-C ends it)"));
    if open {
        open_in_browser(&address);
    }
    if let Some((mut model, _)) = model {
        let end = model.outlast();
        say::problem(&format!("{end}. The page is served on."));
    }
    loop {
        thread::park();
    }
}

const JSON: &str = "application/json";

/// What the page reads from `tokenfall.json`: the server to begin with.
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

    #[test]
    fn the_page_is_told_where_the_model_is() {
        assert_eq!(
            settings("http://127.0.0.1:8081/v1"),
            "{\"preset\":\"llama.cpp\",\"base_url\":\"http://127.0.0.1:8081/v1\",\"model\":\"smollm2-135m-instruct\"}\n"
        );
    }
}
