//! Serves a folder of static files on loopback: the built page for `cargo xtask serve` and the end-to-end tests.
//!
//! Every answer says `cache-control: no-cache`, so a rebuilt page is seen on the next load. What compresses well goes
//! out as gzip to those who take it, as static hosts send it: a first visit is then a third of the bytes. Only files
//! inside the folder are given out; a path that leads outside, by `..` or by a symbolic link, does not exist.

use std::{
    fs,
    io::{self, Write},
    net::TcpStream,
    path::{Path, PathBuf},
};

use crate::{
    gzip::{self, Compressed},
    listener::Listener,
    wire::{self, Request},
};

/// A folder being served; stops when dropped.
#[derive(Debug)]
pub struct Site {
    listener: Listener,
}

impl Site {
    /// The port that was taken.
    pub fn port(&self) -> u16 {
        self.listener.port()
    }

    /// The address of the front page: `http://127.0.0.1:PORT/`.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}/", self.port())
    }
}

/// Serves `folder` on 127.0.0.1:`port` (0 takes any free port) until the [`Site`] is dropped.
///
/// `overrides` are answers that do not come from the folder: absolute path (`/config.json`), bytes, content type. They
/// answer POST as well.
///
/// # Errors
/// When the folder does not exist or the port cannot be taken.
pub fn serve(folder: &Path, port: u16, overrides: Vec<(String, Vec<u8>, &'static str)>) -> io::Result<Site> {
    let root = folder.canonicalize()?;
    let compressed = Compressed::default();
    let listener = Listener::start(port, move |mut stream| {
        // A client that breaks off gets no answer and needs none.
        drop(answer(&mut stream, &root, &overrides, &compressed));
    })?;
    Ok(Site { listener })
}

fn answer(
    stream: &mut TcpStream,
    root: &Path,
    overrides: &[(String, Vec<u8>, &'static str)],
    compressed: &Compressed,
) -> io::Result<()> {
    let Some(mut request) = wire::read_head(stream)? else { return Ok(()) };
    let overriding = overrides.iter().find(|(path, _, _)| path == request.path());
    let with_body = request.method != "HEAD";
    if !["GET", "HEAD"].contains(&request.method.as_str()) {
        // Closing with a body unread would be a reset, which may overtake the answer.
        wire::read_body(stream, &mut request, false)?;
        if request.method != "POST" || overriding.is_none() {
            return send(stream, 405, &[("content-type", TEXT)], b"Only GET and HEAD.\n", true);
        }
    }
    if let Some((_, bytes, kind)) = overriding {
        return send(stream, 200, &[("content-type", kind)], bytes, with_body);
    }
    let found = locate(root, &request).and_then(|path| fs::read(&path).ok().map(|bytes| (path, bytes)));
    let Some((path, bytes)) = found else {
        return send(stream, 404, &[("content-type", TEXT)], b"No such file.\n", with_body);
    };
    let kind = ("content-type", content_type(&path));
    if !is_compressible(&path) {
        return send(stream, 200, &[kind], &bytes, with_body);
    }
    // Also on the plain answer: a cache on the way must not give the one for the other.
    let vary = ("vary", "accept-encoding");
    let accepted = request.header("accept-encoding").is_some_and(gzip::is_accepted);
    match if accepted { compressed.of(&path, &bytes)? } else { None } {
        Some(packed) => send(stream, 200, &[kind, vary, ("content-encoding", "gzip")], &packed, with_body),
        None => send(stream, 200, &[kind, vary], &bytes, with_body),
    }
}

fn send(
    stream: &mut TcpStream,
    status: u16,
    headers: &[(&str, &str)],
    bytes: &[u8],
    with_body: bool,
) -> io::Result<()> {
    let length = bytes.len().to_string();
    let common =
        [("content-length", length.as_str()), ("cache-control", "no-cache"), ("connection", "close")];
    stream.write_all(&wire::head(status, headers.iter().copied().chain(common)))?;
    if with_body {
        stream.write_all(bytes)?;
    }
    stream.flush()
}

/// The file a request means; `None` when there is none inside `root`.
fn locate(root: &Path, request: &Request) -> Option<PathBuf> {
    let decoded = percent_decoded(request.path())?;
    let mut path = root.to_path_buf();
    for part in decoded.split('/') {
        match part {
            "" | "." => {}
            ".." => return None,
            // A backslash or a drive letter would be a separator on some systems.
            name if name.contains(['\\', ':', '\0']) => return None,
            name => path.push(name),
        }
    }
    if path.is_dir() {
        path.push("index.html");
    }
    // Also resolves symbolic links, which may point anywhere.
    path.canonicalize().ok().filter(|real| real.starts_with(root) && real.is_file())
}

fn percent_decoded(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let (high, low) = (rest.next()?, rest.next()?);
            let digit = |byte: u8| char::from(byte).to_digit(16);
            bytes.push(u8::try_from(digit(high)? * 16 + digit(low)?).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

const TEXT: &str = "text/plain; charset=utf-8";

/// The media type by file extension. Browsers compile wasm while it loads only as `application/wasm`.
fn content_type(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" | "map" => "application/json",
        "jsonl" | "ndjson" => "application/x-ndjson",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" | "md" => TEXT,
        _ => "application/octet-stream",
    }
}

/// Whether gzip makes it much shorter. Pictures, fonts and packed grammars are compressed already.
fn is_compressible(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|extension| {
        ["html", "js", "mjs", "css", "wasm", "json", "map", "svg", "webmanifest", "txt"].contains(&extension)
    })
}
