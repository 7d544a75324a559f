//! The parser's table of entities, which our build of it packs: the rest of it is as published.

use pulldown_cmark::{Event, Parser};

fn text(markdown: &str) -> String {
    Parser::new(markdown)
        .filter_map(|event| if let Event::Text(text) = event { Some(text.into_string()) } else { None })
        .collect()
}

#[test]
fn names_at_both_ends_and_in_the_middle_are_found_and_others_stay_as_they_are() {
    for (markdown, expected) in [
        ("&AElig;", "Æ"),
        ("&AMP;", "&"),
        ("&zwnj;", "\u{200c}"),
        ("&zwj;", "\u{200d}"),
        ("&amp;&lt;&gt;&quot;", "&<>\""),
        ("&semi;&equals;&bsol;", ";=\\"),
        ("&bne;", "=\u{20e5}"),
        ("&ngE;", "≧\u{338}"),
        ("&ClockwiseContourIntegral;", "∲"),
        ("&nbsp;x", "\u{a0}x"),
        ("&am;&ampx;&A;&zzz;&0;", "&am;&ampx;&A;&zzz;&0;"),
    ] {
        assert_eq!(text(markdown), expected, "{markdown}");
    }
}
