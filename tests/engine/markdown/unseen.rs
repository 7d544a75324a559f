//! Characters that would not be seen, or would make text read as what it is not.

use super::recorder::{characters, render};

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
