//! Laws: no key gets through, however it is written and cut, and nothing that is no key is touched.

use super::redactor;
use crate::cuts::cuttings;
use proptest::collection::vec;
use proptest::prelude::*;

/// A character as somebody may write it.
fn written(character: u8, how: u8) -> String {
    let plain = char::from(character).to_string();
    match how {
        0 => plain,
        1 => format!("\\u{character:04x}"),
        2 => format!("\\\\u{character:04X}"),
        3 => format!("%{character:02X}"),
        4 => format!("%25{character:02x}"),
        5 => format!("&#{character};"),
        6 => format!("&amp;#x{character:x};"),
        7 if matches!(character, b'/' | b'"' | b'\\') => format!("\\{plain}"),
        _ => plain,
    }
}

/// The text with each of the encodings undone once, by means of its own.
fn undone(text: &str) -> [String; 3] {
    let by = |starts: &[&str], length: Option<usize>, radix: u32| {
        let mut out = String::new();
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let digits = starts.iter().find_map(|start| rest.strip_prefix(start)).and_then(|digits| {
                let end = length.or_else(|| digits.find(';'))?;
                let number = u32::from_str_radix(digits.get(..end)?, radix).ok()?;
                Some((char::from_u32(number)?, &digits[end..]))
            });
            let (character, behind) = digits.unwrap_or((first, &rest[first.len_utf8()..]));
            out.push(character);
            rest = if length.is_none() && digits.is_some() { &behind[1..] } else { behind };
        }
        out
    };
    [by(&["\\u"], Some(4), 16), by(&["%"], Some(2), 16), by(&["&#"], None, 10)]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(512) })]

    #[test]
    fn no_key_gets_through_in_any_encoding_at_any_cut(
        // Quotation marks around a key are none of it.
        key in "[!#-&(-_a-~]{8,24}",
        how in vec(0_u8..8, 24),
        around in ("[ -~é\n]{0,20}", "[ -~é\n]{0,20}"),
    ) {
        let name: String = key.bytes().zip(&how).map(|(character, how)| written(character, *how)).collect();
        let body = format!("{}{name}{}{key}", around.0, around.1);
        let mut whole = redactor(&key);
        let mut expected = whole.push(body.as_bytes()).into_owned();
        expected.extend(whole.finish());
        prop_assert_eq!(expected.len(), body.len());
        let shown = String::from_utf8(expected.clone()).unwrap();
        prop_assert!(!shown.contains(&name) && !shown.contains(&key), "{}", shown);
        for text in undone(&shown) {
            prop_assert!(!text.contains(&key), "{} of {}", text, shown);
        }
        prop_assert_eq!(redactor(&key).text(&body), shown.as_str());
        for (cut, chunks) in cuttings(body.as_bytes()) {
            let mut redactor = redactor(&key);
            let mut out = Vec::new();
            for chunk in chunks {
                out.extend_from_slice(&redactor.push(chunk));
            }
            out.extend(redactor.finish());
            prop_assert_eq!(&out, &expected, "{}", cut);
        }
    }

    #[test]
    fn a_text_without_the_key_is_left_as_it_is(key in "[a-z0-9/%&-]{12,40}", text in "[a-z0-9/%&;#\\\\u-]{0,200}") {
        let redactor = redactor(&key);
        let shown = redactor.text(&text);
        // So long a key is not met by chance.
        prop_assert_eq!(shown, text.as_str());
    }
}

#[test]
fn a_server_that_says_nearly_the_key_again_and_again_costs_no_more_than_its_bytes() {
    // A search that began anew for each byte of what is held would look at a hundred thousand million.
    let key = "ab".repeat(60) + "c";
    let almost = &key[..key.len() - 1];
    for piece in [almost, "a", "\\", "%", "&#", "%25"] {
        let mut redactor = redactor(&key);
        let bytes = piece.repeat(400_000 / piece.len());
        let length: usize = bytes.as_bytes().chunks(97).map(|chunk| redactor.push(chunk).len()).sum();
        assert_eq!(length + redactor.finish().len(), bytes.len());
    }
}
