//! Tests of pasted `curl` commands: what is understood, what is refused and where, and where keys go.

mod secrets;
mod shapes;
mod wrong;

use tokenfall::engine::curl::Curl;

/// A command that has to be understood.
fn parse(command: &str) -> Curl {
    Curl::parse(command).unwrap_or_else(|problem| panic!("{}\n{command}", problem.sentence(command)))
}

/// A request in short: method, address, headers as lines, body.
fn short(curl: &Curl) -> (String, String, String, Option<String>) {
    let headers = curl.headers.iter().map(|(name, value)| format!("{name}: {value}"));
    (curl.method.clone(), curl.url.clone(), headers.collect::<Vec<_>>().join("\n"), curl.body.clone())
}

/// Holds a command to a request without secrets.
fn assert_reads(command: &str, method: &str, url: &str, headers: &[&str], body: Option<&str>) -> Curl {
    let curl = parse(command);
    let expected = (method.to_owned(), url.to_owned(), headers.join("\n"), body.map(str::to_owned));
    assert_eq!(short(&curl), expected, "{command}");
    curl
}
