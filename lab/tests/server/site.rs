//! The static site: what it serves, and that nothing outside of its folder is served.

use std::{fs, io::Read as _, path::PathBuf};

use crate::client::{exchange, parts};

/// A folder of its own for each test, with a page, a wasm file and a secret beside the folder.
fn folder(name: &str) -> PathBuf {
    let base = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let dist = base.join("dist");
    fs::create_dir_all(dist.join("sub")).unwrap();
    fs::write(base.join("secret.txt"), "secret").unwrap();
    fs::write(dist.join("index.html"), "<p>page</p>").unwrap();
    fs::write(dist.join("page.wasm"), b"\0asm").unwrap();
    fs::write(dist.join("sub/with space.txt"), "spaced").unwrap();
    dist
}

fn get(port: u16, target: &str) -> (String, Vec<u8>) {
    parts(&exchange(port, &format!("GET {target} HTTP/1.1\r\nhost: x\r\n\r\n")))
}

#[test]
fn front_page_and_wasm_have_their_types_and_are_not_cached() {
    let site = lab::site::serve(&folder("types"), 0, Vec::new()).unwrap();
    let (head, body) = get(site.port(), "/?query=1");
    assert!(head.starts_with("HTTP/1.1 200 OK"), "{head}");
    assert!(head.contains("content-type: text/html; charset=utf-8"), "{head}");
    assert!(head.contains("cache-control: no-cache"), "{head}");
    assert_eq!(body, b"<p>page</p>");
    let (head, body) = get(site.port(), "/page.wasm");
    assert!(head.contains("content-type: application/wasm"), "{head}");
    assert_eq!(body, b"\0asm");
    assert_eq!(get(site.port(), "/sub/with%20space.txt").1, b"spaced");
}

#[test]
fn paths_that_lead_outside_do_not_exist() {
    let dist = folder("escape");
    #[cfg(unix)]
    {
        let link = dist.join("link.txt");
        drop(fs::remove_file(&link));
        std::os::unix::fs::symlink(dist.parent().unwrap().join("secret.txt"), link).unwrap();
    }
    let site = lab::site::serve(&dist, 0, Vec::new()).unwrap();
    for target in [
        "/../secret.txt",
        "/sub/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/..%5csecret.txt",
        "//etc/passwd",
        "/link.txt",
        "/%zz",
        "/%",
        "/nothing",
    ] {
        let (head, body) = get(site.port(), target);
        assert!(head.starts_with("HTTP/1.1 404"), "{target}: {head}");
        assert_eq!(body, b"No such file.\n", "{target}");
    }
}

#[test]
fn head_has_the_length_and_no_body() {
    let site = lab::site::serve(&folder("head"), 0, Vec::new()).unwrap();
    let (head, body) = parts(&exchange(site.port(), "HEAD / HTTP/1.1\r\n\r\n"));
    assert!(head.contains("content-length: 11"), "{head}");
    assert_eq!(body, b"");
    let (head, _) = parts(&exchange(site.port(), "POST / HTTP/1.1\r\ncontent-length: 0\r\n\r\n"));
    assert!(head.starts_with("HTTP/1.1 405"), "{head}");
}

#[test]
fn an_override_answers_before_the_folder() {
    let overrides = vec![("/index.html".to_owned(), b"{}".to_vec(), "application/json")];
    let site = lab::site::serve(&folder("override"), 0, overrides).unwrap();
    let (head, body) = get(site.port(), "/index.html");
    assert!(head.contains("content-type: application/json"), "{head}");
    assert_eq!(body, b"{}");
}

#[test]
fn an_override_answers_a_question_too_and_nothing_else_does() {
    let overrides = vec![("/v1/chat".to_owned(), b"{}".to_vec(), "application/json")];
    let site = lab::site::serve(&folder("question"), 0, overrides).unwrap();
    let post = |target: &str| {
        let request =
            format!("POST {target} HTTP/1.1\r\ncontent-length: 100000\r\n\r\n{}", "x".repeat(100_000));
        parts(&exchange(site.port(), &request))
    };
    assert_eq!(post("/v1/chat").1, b"{}");
    let (head, body) = post("/index.html");
    assert!(head.starts_with("HTTP/1.1 405"), "{head}");
    assert_eq!(body, b"Only GET and HEAD.\n", "a body that was not read would cut the answer off");
}

#[test]
fn what_compresses_goes_out_as_gzip_to_those_who_take_it_and_is_compressed_anew_when_it_changes() {
    let dist = folder("gzip");
    let (first, second) = ("body { color: red } ".repeat(500), "p { margin: 0 } ".repeat(800));
    let styles = dist.join("page.css");
    fs::write(&styles, &first).unwrap();
    fs::write(dist.join("rust.bin"), &first).unwrap();
    let site = lab::site::serve(&dist, 0, Vec::new()).unwrap();
    let ask = |verb: &str, target: &str, accept: &str| {
        parts(&exchange(
            site.port(),
            &format!("{verb} {target} HTTP/1.1\r\naccept-encoding: {accept}\r\n\r\n"),
        ))
    };
    let unpacked = |packed: &[u8]| {
        let mut plain = String::new();
        flate2::read::GzDecoder::new(packed).read_to_string(&mut plain).unwrap();
        plain
    };
    // Twice: the second comes from what was kept.
    for _ in 0..2 {
        let (head, body) = ask("GET", "/page.css", "gzip, br");
        for line in
            ["content-encoding: gzip", "vary: accept-encoding", "content-type: text/css; charset=utf-8"]
        {
            assert!(head.contains(line), "{line} in {head}");
        }
        assert!(head.contains(&format!("content-length: {}", body.len())), "{head}");
        assert!(body.len() < first.len() / 10, "{} bytes", body.len());
        assert_eq!(unpacked(&body), first);
        let (of_head, nothing) = ask("HEAD", "/page.css", "gzip, br");
        assert_eq!((of_head, nothing), (head, Vec::new()));
    }
    for refused in ["br", "gzip;q=0", ""] {
        let (head, body) = ask("GET", "/page.css", refused);
        assert!(!head.contains("content-encoding"), "{refused}: {head}");
        assert!(head.contains("vary: accept-encoding"), "a cache must tell the two apart: {head}");
        assert_eq!(body, first.as_bytes());
    }
    // Another length: the clock of a file system may be coarser than this test.
    fs::write(&styles, &second).unwrap();
    assert_eq!(unpacked(&ask("GET", "/page.css", "gzip").1), second);
    // Grammars are packed by the build, and four bytes do not get shorter.
    for target in ["/rust.bin", "/page.wasm"] {
        assert!(!ask("GET", target, "gzip").0.contains("content-encoding"), "{target}");
    }
}

#[test]
fn dropping_the_site_frees_the_port() {
    let dist = folder("drop");
    let site = lab::site::serve(&dist, 0, Vec::new()).unwrap();
    let port = site.port();
    assert_eq!(site.url(), format!("http://127.0.0.1:{port}/"));
    drop(site);
    assert!(std::net::TcpStream::connect(("127.0.0.1", port)).is_err());
}
