//! The colours of code in the stylesheet: there is one for each class, and it can be read.

use tokenfall::engine::typeset::Class;

const TOKENS: &str = include_str!("../../style/tokens.css");
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

#[test]
fn every_class_has_a_colour_of_enough_contrast_in_both_themes() {
    assert!((contrast("#000000", "#ffffff") - 21.0).abs() < 0.01);
    let grounds = values(TOKENS, "--surface");
    for class in Class::ALL {
        let token = format!("--{}", class.highlight());
        let colours = values(STYLE, &token);
        assert_eq!((colours.len(), grounds.len()), (2, 2), "{token} in light and dark");
        for (colour, ground) in colours.iter().zip(&grounds) {
            assert!(4.5 <= contrast(colour, ground), "{token}: {colour} on {ground}");
        }
        let rule = format!("::highlight({}) {{\n    color: var({token});", class.highlight());
        assert!(STYLE.contains(&rule), "{rule}");
    }
}
