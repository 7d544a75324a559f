//! The fault server: addresses for scenarios, preflights, model lists and the log.

use std::{
    io,
    net::{Ipv4Addr, TcpListener, TcpStream},
    sync::Arc,
};

use crate::{
    feed::Feed,
    library::Library,
    listener::Listener,
    log::{ClientMessage, Log, Logged},
    play,
    scenarios::{MANY_MODELS, MANY_MODELS_COUNT},
    script::{Answer, Cors, End, Scenario},
    socket::{self, Socket},
    wire::{self, Request},
};

/// The name under which requests to the second port are logged.
const ELSEWHERE: &str = "elsewhere";

/// A running fault server; stops when dropped.
#[derive(Debug)]
pub struct Lab {
    main: Listener,
    elsewhere: Listener,
    closed_port: u16,
    library: Arc<Library>,
    log: Log,
}

impl Lab {
    /// Starts the server on a free loopback port with the library of scenarios.
    ///
    /// # Errors
    /// When no port can be taken.
    pub fn start() -> io::Result<Self> {
        Self::with(0, Vec::new())
    }

    /// Starts the server on `port` (0 takes any free port) with `more` scenarios before those of the library.
    ///
    /// # Errors
    /// When the port cannot be taken.
    pub fn with(port: u16, more: Vec<Scenario>) -> io::Result<Self> {
        let log = Log::default();
        let elsewhere_log = log.clone();
        let elsewhere = Listener::start(0, move |mut stream| {
            // A client that breaks off is already in the log.
            drop(serve_elsewhere(&mut stream, &elsewhere_log));
        })?;
        // Taken and given back: the next connection to it is refused.
        let closed_port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
        let library = Arc::new(Library::behind(more, &format!("http://127.0.0.1:{}", elsewhere.port())));
        let (for_thread, thread_log) = (Arc::clone(&library), log.clone());
        let main = Listener::start(port, move |mut stream| {
            drop(serve(&mut stream, &for_thread, &thread_log));
        })?;
        Ok(Self { main, elsewhere, closed_port, library, log })
    }

    /// The base URL of a scenario, as a client's settings take it; the address of a feed or a socket (`ws://…`). The
    /// name `refused` gives a closed port.
    pub fn base(&self, name: &str) -> String {
        if name == "refused" {
            return format!("http://127.0.0.1:{}/v1", self.closed_port);
        }
        self.library.address(name, self.main.port())
    }

    /// The scenarios on offer: what is asked with POST.
    pub fn scenarios(&self) -> &[Scenario] {
        &self.library.scenarios
    }

    /// The feeds on offer: what is fetched with GET.
    pub fn feeds(&self) -> &[Feed] {
        &self.library.feeds
    }

    /// The sockets on offer.
    pub fn sockets(&self) -> &[Socket] {
        &self.library.sockets
    }

    /// Every request a scenario got, oldest first, preflights, model lists and handshakes included. The name
    /// `elsewhere` gives what reached the port that redirects and remote images point to.
    pub fn requests(&self, name: &str) -> Vec<Logged> {
        self.log.of(name)
    }

    /// The questions (POST) a scenario got, oldest first.
    pub fn questions(&self, name: &str) -> Vec<Logged> {
        self.requests(name).into_iter().filter(|entry| entry.request.method == "POST").collect()
    }

    /// Every message that a client sent over a socket of that name, oldest first.
    pub fn messages(&self, name: &str) -> Vec<ClientMessage> {
        self.log.messages_to(name)
    }

    /// The port of the server.
    pub fn port(&self) -> u16 {
        self.main.port()
    }

    /// The second origin, which nothing but a redirect or a remote image leads to.
    pub fn elsewhere(&self) -> String {
        format!("http://127.0.0.1:{}", self.elsewhere.port())
    }
}

fn serve(stream: &mut TcpStream, library: &Library, log: &Log) -> io::Result<()> {
    let Some(mut request) = wire::read_head(stream)? else { return Ok(()) };
    let path = request.path().to_owned();
    let (name, rest) = scenario_and_rest(&path);
    if let Some(socket) = library.socket(name).filter(|_| request.is_upgrade()) {
        socket::serve(stream, socket, request, log);
        return Ok(());
    }
    let Some(cors) = library.cors(name) else {
        wire::read_body(stream, &mut request, false)?;
        play::play(stream, &Answer::whole(404, "text/plain", "No such scenario.\n"), &open_to(&request));
        return Ok(());
    };
    let is_list = rest.ends_with("/models") || rest.ends_with("/api/tags");
    let (answer, is_open) = match request.method.as_str() {
        "OPTIONS" => match cors {
            Cors::Open | Cors::AnswerHidden => (preflight(&request), true),
            Cors::PreflightRefused => (Answer::whole(403, "text/plain", "No.\n"), false),
        },
        "GET" => match library.feed(name) {
            Some(feed) => (feed.answer_to(&request, log.count(name, "GET")), cors == Cors::Open),
            None if is_list && name == MANY_MODELS => (many_models(), cors == Cors::Open),
            None if is_list => (models(rest), cors == Cors::Open),
            None if library.socket(name).is_some() => {
                (Answer::whole(426, "text/plain", "This is a socket.\n"), true)
            }
            None => (nothing_to_read(), true),
        },
        "HEAD" => (nothing_to_read(), true),
        _ => (question(stream, &mut request, library.scenario(name), log)?, cors == Cors::Open),
    };
    let headers = if is_open { open_to(&request) } else { Vec::new() };
    let number = log.add(name, request);
    let outcome = play::play_controlled(stream, &answer, &headers, &|id| log.has_ended_reasoning(number, id));
    log.set(number, outcome);
    Ok(())
}

/// Reads the rest of a question, and picks the answer.
fn question(
    stream: &mut TcpStream,
    request: &mut Request,
    scenario: Option<&Scenario>,
    log: &Log,
) -> io::Result<Answer> {
    let answers = scenario.map(|scenario| scenario.answers.as_slice()).unwrap_or_default();
    let leave_last = answers.iter().any(|(_, answer)| answer.end == End::Reset);
    wire::read_body(stream, request, leave_last)?;
    let answer = scenario.and_then(|scenario| scenario.answer_to(request, log.count(&scenario.name, "POST")));
    Ok(answer.cloned().unwrap_or_else(|| Answer::whole(404, "text/plain", "No answer for this request.\n")))
}

fn nothing_to_read() -> Answer {
    Answer::whole(404, "text/plain", "Nothing to read here.\n")
}

/// Whoever comes here was led astray: it is logged and told so.
fn serve_elsewhere(stream: &mut TcpStream, log: &Log) -> io::Result<()> {
    let Some(mut request) = wire::read_head(stream)? else { return Ok(()) };
    wire::read_body(stream, &mut request, false)?;
    let number = log.add(ELSEWHERE, request);
    let answer = Answer::whole(200, "text/plain", "You should not be here.\n");
    let outcome = play::play(stream, &answer, &[("access-control-allow-origin", "*".to_owned())]);
    log.set(number, outcome);
    Ok(())
}

/// Splits `/s/NAME/rest` into name and `/rest`; the name is empty for any other path.
fn scenario_and_rest(path: &str) -> (&str, &str) {
    let Some(tail) = path.strip_prefix("/s/") else { return ("", path) };
    tail.find('/').map_or((tail, ""), |at| tail.split_at(at))
}

/// The headers that let a page of any origin read the answer. `*` would not cover `Authorization`, so the
/// preflight names what was asked for (Fetch standard, CORS protocol).
fn open_to(request: &Request) -> Vec<(&'static str, String)> {
    let origin = request.header("origin").unwrap_or("*");
    vec![("access-control-allow-origin", origin.to_owned()), ("vary", "origin".to_owned())]
}

fn preflight(request: &Request) -> Answer {
    let mut answer = Answer::whole(204, "text/plain", "");
    answer.headers.clear();
    answer.steps.clear();
    let asked = request.header("access-control-request-headers").unwrap_or_default();
    answer
        .with_header("access-control-allow-methods", "GET, POST, DELETE")
        .with_header("access-control-allow-headers", asked)
        // Each test should see its preflight, whatever ran before it.
        .with_header("access-control-max-age", "0")
}

/// More models than any page can offer in a list.
fn many_models() -> Answer {
    let models: Vec<String> =
        (0..MANY_MODELS_COUNT).map(|number| format!("{{\"id\":\"m{number:06}\"}}")).collect();
    Answer::whole(200, "application/json", format!("{{\"data\":[{}]}}", models.join(",")))
}

/// A list of two models, in the shape that belongs to the path.
fn models(rest: &str) -> Answer {
    let body = if rest.ends_with("/api/tags") {
        r#"{"models":[{"name":"lab-small","model":"lab-small"},{"name":"lab-large","model":"lab-large"}]}"#
    } else if rest.starts_with("/v1beta") {
        r#"{"models":[{"name":"models/lab-small","displayName":"Lab small","supportedGenerationMethods":["generateContent"]},{"name":"models/lab-large","displayName":"Lab large","supportedGenerationMethods":["generateContent"]}]}"#
    } else {
        r#"{"object":"list","data":[{"id":"lab-small","object":"model","created":1763800000,"owned_by":"lab"},{"id":"lab-large","object":"model","created":1763800000,"owned_by":"lab"}]}"#
    };
    Answer::whole(200, "application/json", body)
}
