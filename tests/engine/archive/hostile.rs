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
        (String::new(), "This file holds no conversation."),
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
