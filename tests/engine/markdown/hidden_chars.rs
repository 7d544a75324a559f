//! Characters that would not be seen, or would make text read as what it is not.

use super::recorder::{characters, render};
use tokenfall::engine::markdown::without_hidden;

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(render([text]).text(), expected, "{text:?}");
    assert_eq!(render(characters(text)).text(), expected, "by character: {text:?}");
}

#[test]
fn codes_of_a_terminal_are_drawn_and_not_obeyed() {
    check("a \u{1b}[31mred\u{7}", "a \u{241b}[31mred\u{2407}");
    check("```\n\u{1b}]0;title\u{7}\n\u{1b}\u{1b}\n```\n", "\u{241b}]0;title\u{2407}\n\u{241b}\u{241b}\n");
    check("`\u{7f}\u{9b}`", "\u{2421}\u{fffd}");
}

#[test]
fn what_turns_the_direction_is_seen_in_code() {
    check("```\nif a\u{202e} b\u{2066}\n```\n", "if a\u{fffd} b\u{fffd}\n");
}

#[test]
fn joined_emoji_persian_and_right_to_left_text_stay_as_they_are() {
    for text in [
        "\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}",
        "\u{645}\u{6cc}\u{200c}\u{62e}",
        "\u{2764}\u{fe0f}",
        "a\u{200f}b",
    ] {
        check(text, text);
    }
}

#[test]
fn what_could_carry_a_hidden_message_is_counted() {
    let tags: String =
        "ignore all".chars().map(|c| char::from_u32(0xe0000 + u32::from(c)).unwrap()).collect();
    check(&format!("Hi{tags}!"), "Hi\u{27e8}10 hidden\u{27e9}!");
    check(&format!("\u{1f3f4}{tags}\u{e007f}"), "\u{1f3f4}\u{27e8}11 hidden\u{27e9}");
    check("\u{1f600}\u{fe01}\u{fe02}\u{fe03}", "\u{1f600}\u{fe01}\u{27e8}2 hidden\u{27e9}");
    check("a\u{e0101}b\u{fe0f}c", "a\u{27e8}1 hidden\u{27e9}b\u{27e8}1 hidden\u{27e9}c");
    check("pass\u{200b}\u{200c}\u{200d}\u{2060}word", "pass\u{27e8}4 hidden\u{27e9}word");
    check("```\nx\u{200b}y\n```\n", "x\u{27e8}1 hidden\u{27e9}y\n");
}

#[test]
fn flags_keycaps_variants_and_soft_hyphens_stay_as_they_are() {
    for text in [
        "\u{1f3f4}\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f} and \u{1f1e9}\u{1f1ea}",
        "1\u{fe0f}\u{20e3}",
        "\u{1f3f4}\u{200d}\u{2620}\u{fe0f}",
        "\u{2764}\u{fe0f}\u{200d}\u{1f525}",
        "\u{845b}\u{e0100}",
        "Zusammen\u{ad}hang",
        "\u{e2a}\u{e27}\u{e31}\u{e2a}\u{200b}\u{e14}\u{e35}",
        "\u{915}\u{94d}\u{200d}\u{937}",
    ] {
        check(text, text);
    }
}

#[test]
fn pasted_text_loses_what_is_hidden_in_it_and_nothing_else() {
    let tags = "\u{e0041}\u{e0042}";
    let clean = "caf\u{e9} \u{1f468}\u{200d}\u{1f469} \u{2764}\u{fe0f}";
    assert_eq!(without_hidden(&format!("{tags}{clean}{tags}\u{200b}")), Some((clean.to_owned(), 5)));
    assert_eq!(without_hidden(clean), None);
    assert_eq!(without_hidden(""), None);
}
