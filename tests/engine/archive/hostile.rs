//! Files that cannot be read, or were made to do harm.

use super::transfer::read;
use tokenfall::engine::archive::Importer;

fn problem(file: &str) -> String {
    let problem = read(file.as_bytes(), 7).unwrap_err();
    assert_eq!(read(file.as_bytes(), file.len().max(1)).unwrap_err(), problem, "whatever the pieces");
    problem.to_string()
}

#[test]
fn what_cannot_be_read_is_told_with_its_line_and_nothing_is_imported() {
    let session = r#"{"type":"session","id":"c"}"#;
    let rows = [
        (String::new(), "This file is empty. Choose another one."),
        (
            "# Tea\n\n## You\n".to_owned(),
            "This looks like Markdown, which is for reading. Export the conversation as JSONL, and import that.",
        ),
        (
            " <!doctype html>".to_owned(),
            "This is a web page, not a file of conversations. Choose a JSONL or JSON file.",
        ),
        (
            "%PDF-1.7".to_owned(),
            "This is no text. Choose a JSONL or JSON file; a packed one has to be unpacked first.",
        ),
        ("PK\u{3}\u{4}rest".to_owned(), "This is a ZIP file. Unpack it, and import the files in it."),
        ("hello".to_owned(), "Line 1 cannot be read: it is no JSON object. Nothing was imported."),
        (format!("{session}\n\nnull"), "Line 3 cannot be read: it is no JSON object. Nothing was imported."),
        (
            "{\"a\":1}".to_owned(),
            "Line 1 cannot be read: it is neither a conversation nor a message. Nothing was imported.",
        ),
        ("[]".to_owned(), "This file holds no conversation."),
        ("[".to_owned(), "Line 1 cannot be read: the file ends in its middle. Nothing was imported."),
        (
            format!("{session}\n{{\"type\":\"mess"),
            "Line 2 cannot be read: the file ends in its middle. Nothing was imported.",
        ),
        (
            r#"{"type":"message","message":{}}"#.to_owned(),
            "Line 1 cannot be read: it is a message, and no conversation comes before it. Nothing was imported.",
        ),
        (
            format!("{session}\n{{\"type\":\"message\",\"message\":{{\"content\":\"x\"}}}}"),
            "Line 2 cannot be read: the message does not say who speaks. Nothing was imported.",
        ),
        (
            format!("{session}\n{{\"type\":\"message\",\"message\":{{\"role\":\"cat\"}}}}"),
            "Line 2 cannot be read: nobody here is called “cat”. Nothing was imported.",
        ),
        (
            format!("{session}\n{{\"type\":\"message\",\"message\":{{\"role\":\"user\",\"id\":[1]}}}}"),
            "Line 2 cannot be read: an id is neither a text nor a number. Nothing was imported.",
        ),
        (
            format!("{session}\n{{\"type\":\"message\",\"message\":{{\"role\":\"user\",\"content\":7}}}}"),
            "Line 2 cannot be read: invalid type: integer `7`, expected a string. Nothing was imported.",
        ),
        (
            format!("{session}\n{{\"type\":\"message\",\n\"message\":{{,}}}}"),
            "Line 3 cannot be read: key must be a string. Nothing was imported.",
        ),
    ];
    for (file, sentence) in rows {
        assert_eq!(problem(&file), sentence, "{file}");
    }
}

#[test]
fn hostile_depth_length_and_versions_are_errors_in_words() {
    let deep = format!("{{\"type\":\"session\",\"id\":{}{}}}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(problem(&deep).contains("recursion limit exceeded"), "{}", problem(&deep));
    let newer = r#"{"type":"session","id":"c","tokenfall":{"version":9}}"#;
    assert!(problem(newer).contains("version 9"), "{}", problem(newer));
    let long = format!("{{\"type\":\"session\",\"name\":\"{}\"}}", "x".repeat(3 << 20));
    let (preview, _) = read(long.as_bytes(), 65_536).unwrap();
    assert!(preview.titles[0].chars().count() <= 60);
}

#[test]
fn a_line_over_the_limit_is_refused_before_it_is_kept() {
    let mut importer = Importer::new();
    importer.push(b"{\"type\":\"").unwrap();
    let piece = vec![b'x'; 1 << 20];
    let refused = (0..70).find_map(|_| importer.push(&piece).err()).unwrap();
    assert_eq!(refused.sentence, "Line 1 cannot be read: it is longer than 64 MB. Nothing was imported.");
    assert_eq!(importer.push(b"{}"), Err(refused.clone()));
    assert_eq!(importer.end().err(), Some(refused));
}

#[test]
fn a_long_chain_of_what_is_left_out_is_read_in_linear_time() {
    let mut file = String::from("{\"type\":\"session\",\"id\":\"c\"}\n");
    for at in 1..40_000 {
        let role = if at % 40_000 == 1 { "user" } else { "tool" };
        file.push_str(&format!(
            "{{\"type\":\"message\",\"message\":{{\"id\":{at},\"parent\":{},\"role\":\"{role}\"}}}}\n",
            at + 1
        ));
    }
    let (preview, imported) = read(file.as_bytes(), 1 << 16).unwrap();
    assert_eq!((preview.messages, imported[0].turns.len()), (1, 1));
}

#[test]
fn a_file_in_utf_16_and_a_picture_are_told_by_their_first_byte() {
    let utf_16 = read(b"\xff\xfe{\0\"\0", 1).unwrap_err();
    assert_eq!(utf_16.sentence, "This file is written in UTF-16. Save it as UTF-8, and import that.");
    for binary in [&b"\x89PNG\r\n"[..], b"\x1f\x8b\x08"] {
        let problem = read(binary, 1).unwrap_err();
        assert!(problem.sentence.starts_with("This is no text."), "{problem}");
        assert_eq!(problem.line, None);
    }
}
