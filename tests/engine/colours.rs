//! The colours of the stylesheets: words can be read on what they stand on, controls have edges that can be seen, and code
//! has a colour for each class.

use tokenfall::engine::typeset::Class;

const TOKENS: &str = include_str!("../../style/base.css");
const STYLE: &str = include_str!("../../style/typeset.css");

/// The values of a token in a stylesheet: light, then dark.
fn values<'a>(style: &'a str, token: &str) -> Vec<&'a str> {
    let named = style.lines().filter_map(|line| line.trim().strip_prefix(token)?.strip_prefix(": "));
    named.map(|value| value.trim_end_matches(';')).collect()
}

/// Relative luminance, as WCAG 2 defines it.
fn luminance(colour: &str) -> f64 {
    let part = |at: usize| {
        let value = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
}

fn contrast(a: &str, b: &str) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// Asserts a contrast of at least `least` between two tokens of the page, in both themes.
fn assert_apart(token: &str, ground: &str, least: f64) {
    let (colours, grounds) = (values(TOKENS, token), values(TOKENS, ground));
    assert_eq!((colours.len(), grounds.len()), (2, 2), "{token} and {ground} in light and dark");
    for (colour, ground_colour) in colours.iter().zip(&grounds) {
        let found = contrast(colour, ground_colour);
        assert!(least <= found, "{token} {colour} on {ground} {ground_colour}: {found:.2}, not {least}");
    }
}

#[test]
fn words_and_the_edges_of_controls_stand_out_in_both_themes() {
    for ground in ["--paper", "--surface", "--raised"] {
        for (token, least) in [
            ("--ink", 7.0),
            ("--ink-soft", 7.0),
            ("--ink-faint", 4.5),
            ("--accent", 4.5),
            ("--danger", 4.5),
            ("--edge", 3.0),
        ] {
            assert_apart(token, ground, least);
        }
    }
    for (token, ground) in [
        ("--on-accent", "--accent"),
        ("--ink", "--accent-soft"),
        ("--accent", "--accent-soft"),
        ("--ink", "--danger-soft"),
        ("--danger", "--danger-soft"),
    ] {
        assert_apart(token, ground, 4.5);
    }
}

#[test]
fn every_class_has_a_colour_of_enough_contrast_in_both_themes() {
    assert!((contrast("#000000", "#ffffff") - 21.0).abs() < 0.01);
    let grounds = values(TOKENS, "--surface");
    let style = STYLE.split_whitespace().collect::<Vec<_>>().join(" ");
    for class in Class::ALL {
        let token = format!("--{}", class.highlight());
        let colours = values(STYLE, &token);
        assert_eq!((colours.len(), grounds.len()), (2, 2), "{token} in light and dark");
        for (colour, ground) in colours.iter().zip(&grounds) {
            assert!(4.5 <= contrast(colour, ground), "{token}: {colour} on {ground}");
        }
        let rule = format!("::highlight({}) {{ color: var({token});", class.highlight());
        assert!(style.contains(&rule), "{rule}");
    }
}
