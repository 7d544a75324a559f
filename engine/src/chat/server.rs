//! [`Server`] describes the server that is asked, as far as a person has to be told.

use crate::messages::{browser_model, failure as words, servers};
use crate::wire::{BaseUrl, Dialect};

/// The server that is asked, as far as a person is told of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Server {
    /// Host and port, as shown to a person.
    pub host: String,
    /// Whether that is this machine.
    pub local: bool,
    /// Whether it is asked over https.
    pub https: bool,
    /// The program that runs there, as far as the settings say.
    pub program: Program,
    /// The address with `/v1` where that is not set, and without where it is; `None` where another version is set.
    pub other_address: Option<String>,
}

/// Programs that people run on their own machine, each with its own way of being started.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Program {
    /// llama.cpp's llama-server.
    LlamaCpp,
    /// Ollama.
    Ollama,
    /// LM Studio.
    LmStudio,
    /// vLLM.
    Vllm,
    /// The model that the browser brings along.
    BrowserModel,
    /// One that is not known by name.
    #[default]
    Other,
}

impl Server {
    /// Creates the server at that address, which was set by that preset and is asked in that protocol.
    pub fn new(base: &BaseUrl, preset: &str, dialect: Dialect) -> Server {
        let program = match preset {
            "llama.cpp" => Program::LlamaCpp,
            "lm-studio" => Program::LmStudio,
            "vllm" => Program::Vllm,
            "ollama" => Program::Ollama,
            // Nobody else speaks it.
            _ if dialect == Dialect::Ollama => Program::Ollama,
            _ if dialect == Dialect::BrowserModel => return Server::browser_model(),
            _ => Program::Other,
        };
        Server {
            host: base.host().to_owned(),
            local: base.is_loopback(),
            https: base.as_str().starts_with("https:"),
            program,
            other_address: base.with_or_without_version().map(|other| other.typed()),
        }
    }

    fn browser_model() -> Server {
        let (host, program) = (servers::PROMPT_API.to_owned(), Program::BrowserModel);
        Server { host, program, local: true, ..Server::default() }
    }

    /// Returns whether a long wait for the first word may be one for the model to be loaded. A server on this machine
    /// that is asked over https most often speaks plain http, and never answers.
    pub fn may_be_loading(&self) -> bool {
        self.local && !self.https
    }

    /// Returns further advice about an address whose path the server does not know: its documentation may mean the
    /// other spelling. Empty where there is none.
    pub(super) fn other_spelling(&self) -> String {
        let Some(other) = &self.other_address else { return String::new() };
        words::try_spelling(other, other.ends_with("/v1"))
    }

    /// Returns the advice where a server on this machine gives no answer to a page of that origin: one cause, one
    /// command.
    pub(super) fn unreachable_here(&self, page_origin: &str) -> String {
        if self.https {
            return words::LOCAL_HTTPS.to_owned();
        }
        match self.program {
            Program::LlamaCpp => words::START_LLAMA_CPP.to_owned(),
            Program::Vllm => words::START_VLLM.to_owned(),
            Program::LmStudio => words::START_LM_STUDIO.to_owned(),
            // It answers pages of this machine by itself.
            Program::Ollama if BaseUrl::parse(page_origin, false).is_ok_and(|page| page.is_loopback()) => {
                words::START_OLLAMA.to_owned()
            }
            Program::Ollama => words::start_ollama_for(page_origin),
            Program::BrowserModel => browser_model::LOOK.to_owned(),
            Program::Other => words::start_server_for(page_origin),
        }
    }
}
