//! What each kind of rule finds, and what it lets through.

use super::{chars, play, ready, rule, shown, shown_by};
use tokenfall::engine::guard::{AnswerForm, Automata, Hold, RuleKind, Rules, Ruleset};
use tokenfall::engine::wire::BlockKind;

/// Texts that a rule finds something in, with what is shown of them; `#` stands for the mark.
fn hold_to(kind: RuleKind, text: &str, cases: &[(&str, &str)]) {
    for (came, expected) in cases {
        let expected = expected.replace('#', kind.mark());
        assert_eq!(shown(&[rule(kind, text)], came), expected, "{kind:?} {text:?} in {came:?}");
    }
}

#[test]
fn words_anywhere_in_any_case_across_blanks_and_marks_become_one_mark_each_run() {
    hold_to(
        RuleKind::Words,
        "foo\nbad  word\nC++\nstraße",
        &[
            ("a foo b", "a # b"),
            ("a FoO.", "a #."),
            ("foofoo foo", "# #"),
            ("seafood", "sea#d"),
            ("a bad\nword b", "a # b"),
            ("a bad \u{a0} word b", "a # b"),
            ("c++ and C+", "# and C+"),
            ("STRASSE straße STRAßE", "STRASSE # #"),
            ("fo", "fo"),
            ("fofoo", "fo#"),
            ("f\u{f6}o", "f\u{f6}o"),
        ],
    );
}

#[test]
fn words_that_markdown_splits_or_encodes_are_found_where_a_reader_sees_them() {
    hold_to(
        RuleKind::Words,
        "foo",
        &[
            ("f**o**o x", "# x"),
            ("**f**oo", "**#"),
            ("_f_**oo**", "_#**"),
            ("f&#111;o", "#"),
            ("f&#x6F;o!", "#!"),
            ("f\\_o f\\oo", "f\\_o f\\oo"),
            ("f\u{200b}o\u{ad}o", "#"),
            ("f<!-- -> -->oo", "#"),
            ("f<kbd>o</kbd>o.", "#."),
            ("f<a title=\">\">oo", "#"),
            ("f[o](http://x.y/(z) \"t\")o z", "# z"),
            ("f[o][label]o", "#"),
            ("f[](x)[](y)oo", "#"),
            ("f`o`o", "#"),
            ("f~~o~~o", "#"),
            ("\u{ff46}\u{ff4f}\u{ff4f}", "#"),
            ("f_o_o", "f_o_o"),
            ("f&amp;oo", "f&amp;oo"),
            ("f<a oo", "f<a oo"),
            ("f](o o", "f](o o"),
            ("[x](f**o**o", "[x](#"),
            ("f&shy;oo", "#"),
            ("&#x66;_oo", "#"),
        ],
    );
}

#[test]
fn words_in_letters_of_any_script_are_found_behind_all_names_that_html_has_for_them() {
    hold_to(
        RuleKind::Words,
        "grüße\nжар\nfjord",
        &[
            ("Gr&uuml;&szlig;e!", "#!"),
            ("Gr&Uuml;&#223;e", "#"),
            ("&zhcy;&acy;&rcy;", "#"),
            ("&fjlig;ord", "#"),
            ("gr&nonesuch;e", "gr&nonesuch;e"),
            ("gr&uuml&szlig;e", "gr&uuml&szlig;e"),
        ],
    );
}

#[test]
fn an_answer_that_is_shown_as_json_is_read_without_its_escapes_and_one_that_is_not_as_it_stands() {
    let words = Rules { rules: vec![rule(RuleKind::Words, "foo\nbad word")], ..Rules::default() };
    let shown = |is_json: bool, text: &str| {
        let form = AnswerForm { is_json, ..AnswerForm::default() };
        let ruleset = Ruleset::compile_with(&Automata::default(), &words, form).unwrap();
        shown_by(&ruleset, text).replace(RuleKind::Words.mark(), "@")
    };
    for (text, covered) in [
        (r#"{"a":"f\u006fo"}"#, r#"{"a":"@"}"#),
        (r#"{"f\u006F\u006f":1}"#, r#"{"@":1}"#),
        (r#"["bad\nword", "ba\/d"]"#, r#"["@", "ba\/d"]"#),
        (r#"["\ud83d\ude00f\u006fo"]"#, r#"["\ud83d\ude00@"]"#),
    ] {
        assert_eq!(shown(true, text), covered);
        assert_eq!(shown(false, text), text);
    }
    assert_eq!(shown(true, r#"["foo"]"#), shown(false, r#"["foo"]"#));
}

#[test]
fn a_reference_that_does_not_end_is_none() {
    assert_eq!(shown(&[rule(RuleKind::Words, "foo")], "fo&#111"), "fo&#111");
}

#[test]
fn a_phrase_over_two_lines_of_a_quote_is_found() {
    hold_to(RuleKind::Words, "bad word", &[("> a bad\n> word b", "> a # b")]);
}

#[test]
fn escapes_of_markdown_hide_no_punctuation_of_a_word() {
    hold_to(RuleKind::Words, "a.b", &[("a\\.b", "#"), ("a&period;b", "#"), ("a\\", "a\\")]);
}

#[test]
fn escapes_of_json_in_the_arguments_of_tools_are_read() {
    let ruleset = ready(vec![rule(RuleKind::Words, "foo\n😀x")], Hold::Match);
    for (came, expected) in [
        ("{\"a\":\"\\u0066oo\"}", "{\"a\":\"⟦words withheld⟧\"}"),
        ("{\"a\":\"f\\u006Fo\"}", "{\"a\":\"⟦words withheld⟧\"}"),
        ("\"\\ud83d\\ude00x\"", "\"⟦words withheld⟧\""),
        ("\"f\\noo\"", "\"f\\noo\""),
        ("\"f\\", "\"f\\"),
        ("\"f**o**o\"", "\"f**o**o\""),
    ] {
        assert_eq!(play(&ruleset, BlockKind::ToolCall, &[came]).0, expected);
        assert_eq!(play(&ruleset, BlockKind::ToolCall, &chars(came)).0, expected);
    }
}

#[test]
fn patterns_match_as_long_as_they_can_and_know_the_borders_of_ascii_words() {
    hold_to(RuleKind::Pattern, r"(?-u:\b)ab+(?-u:\b)", &[("abbb abc xab ab", "# abc xab #"), ("abbb", "#")]);
    hold_to(RuleKind::Pattern, "(?m)^x$", &[("x\nax\nx", "#\nax\n#")]);
    hold_to(RuleKind::Pattern, "a.*z|bb", &[("a bb\nbb azz y", "a #\n# # y")]);
    hold_to(RuleKind::Pattern, r"\w{3}", &[("äöü no", "# no")]);
}

#[test]
fn overlapping_matches_are_covered_by_one_mark_of_the_first() {
    let rules = [rule(RuleKind::Words, "abc"), rule(RuleKind::Pattern, "bcd+")];
    assert_eq!(shown(&rules, "xabcddde"), "x⟦words withheld⟧e");
}

#[test]
fn email_addresses_are_found_whole_also_where_markdown_encodes_them() {
    hold_to(
        RuleKind::Email,
        "",
        &[
            ("Write to a.b+c@mail.example.org, now", "Write to #, now"),
            ("<x@y.io>", "<#>"),
            ("[me](mailto:x@y.io)", "[me](mailto:#)"),
            ("x&#64;y.io", "#"),
            ("x&commat;y&period;io", "#"),
            ("josé@exämple.org", "#"),
            ("a@b", "a@b"),
            ("user@host:path", "user@host:path"),
            ("@name and a @ b.c", "@name and a @ b.c"),
        ],
    );
}

#[test]
fn telephone_numbers_in_groups_or_with_a_country_are_found_and_other_figures_are_not() {
    hold_to(
        RuleKind::Phone,
        "",
        &[
            ("call +49 (0)30 1234-567 now", "call # now"),
            ("(555) 010-4477", "#"),
            ("1555-010-4477.", "1555-010-4477."),
            ("555-210-4477.", "#."),
            ("0171 1234567", "#"),
            ("0041 44 668 18 00", "#"),
            ("2024-01-02 10:11:12", "2024-01-02 10:11:12"),
            ("1234567890", "1234567890"),
            ("3.14159265358979", "3.14159265358979"),
            ("192.168.100.200", "192.168.100.200"),
        ],
    );
}

#[test]
fn card_numbers_need_their_checksum_and_a_company() {
    hold_to(
        RuleKind::Card,
        "",
        &[
            ("4111 1111 1111 1111", "#"),
            ("no. 4111111111111111, thanks", "no. #, thanks"),
            ("3782-822463-10005", "#"),
            ("4111\u{a0}1111\u{2011}1111 1111", "#"),
            ("4111**1111**11111111", "#"),
            ("4111111111111112", "4111111111111112"),
            ("41111111111111111", "41111111111111111"),
            ("1234567812345670", "1234567812345670"),
            ("4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1", "4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1"),
        ],
    );
}

#[test]
fn account_numbers_need_their_checksum_and_the_length_of_their_country() {
    hold_to(
        RuleKind::Iban,
        "",
        &[
            ("DE89 3704 0044 0532 0130 00 is it", "# is it"),
            ("gb82west12345698765432", "#"),
            ("NO9386011117947", "#"),
            ("DE89370400440532013001", "DE89370400440532013001"),
            ("DE8937040044053201300", "DE8937040044053201300"),
        ],
    );
}

#[test]
fn keys_are_found_by_what_they_begin_with() {
    hold_to(
        RuleKind::Secrets,
        "",
        &[
            ("use sk-abcdefghijklmnopqrstuv.", "use #."),
            ("AKIAIOSFODNN7EXAMPLE", "#"),
            ("ghp_abcdefghijklmnopqrstuvwxyz0123456789", "#"),
            ("ghp\\_abcdefghijklmnopqrstuvwxyz0123456789", "#"),
            ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abcdefghijkl x", "# x"),
            (
                "-----BEGIN RSA PRIVATE KEY-----\nMIIEabc+/=\nxyz==\n-----END RSA PRIVATE KEY-----\nrest",
                "#\nrest",
            ),
            ("sk-short", "sk-short"),
            ("task-abcdefghijklmnopqrstuvwxyz", "task-abcdefghijklmnopqrstuvwxyz"),
        ],
    );
}

#[test]
fn links_to_hosts_outside_the_list_are_covered_to_their_end_whatever_tricks_they_use() {
    hold_to(
        RuleKind::Links,
        "good.com\n*.fine.org\nlocalhost",
        &[
            ("https://evil.com/a?b=c#d e", "# e"),
            ("[x](https://evil.com/a) b", "[x](#) b"),
            (
                "https://good.com/a https://www.good.com. HTTP://FINE.ORG:80/",
                "https://good.com/a https://www.good.com. HTTP://FINE.ORG:80/",
            ),
            ("http://localhost:8080/x", "http://localhost:8080/x"),
            ("https://notgood.com", "#"),
            ("https://good.com@evil.com/x y", "# y"),
            ("https://good.com\\@evil.com", "#"),
            ("https://good.com(@evil.com/", "#"),
            ("[x](//evil.com)", "[x](#)"),
            ("www.evil.com/x", "#"),
            ("www.good.com/x", "www.good.com/x"),
            ("https&#58;//evil.com", "#"),
            ("https://good.com&Tab;.evil.com", "#"),
            ("https://good.com%2eevil.com", "#"),
            ("https:evil.com", "#"),
            ("https:/\\evil.com/", "#"),
            ("myapp://evil.com", "myapp:#"),
            ("https://xn--gd-fka.com", "#"),
            ("https://good.com.evil.com.", "#"),
            ("https://good.com), [y](https://evil.com/)", "https://good.com), [y](#)"),
            ("**https://evil.com/x** y", "**#** y"),
            ("// a comment", "// a comment"),
            ("src//lib.rs and http: no", "src//lib.rs and http: no"),
            ("https://good.com，然后", "https://good.com，然后"),
        ],
    );
}

#[test]
fn a_length_shows_so_many_characters_and_a_mark() {
    hold_to(RuleKind::Length, "3", &[("äbcd efg", "äbc#"), ("abc", "abc"), ("", "")]);
}

#[test]
fn code_in_fences_lines_indents_and_tags_is_covered_and_prose_is_not() {
    hold_to(
        RuleKind::Code,
        "",
        &[
            ("a\n```rust\nfn x() {}\n\nlet y;\n```\nb", "a\n#b"),
            ("a `x` b", "a # b"),
            ("a ``x ` y`` b", "a # b"),
            ("a\n\n    let x;\n    y\nb", "a\n\n#b"),
            ("- a\n\n    more of a\n", "- a\n\n    more of a\n"),
            ("~~~\nopen", "#"),
            ("a <pre>x\ny</pre> b", "a # b"),
            ("<code>x</code>y", "#y"),
            ("a lone ` tick\n\nb", "a lone ` tick\n\nb"),
            ("a \\` b ` c", "a \\` b ` c"),
            ("1 < 2 <p>", "1 < 2 <p>"),
            ("- ```\n  x\n  ```\n- b", "- #- b"),
        ],
    );
}

#[test]
fn json_is_shown_as_far_as_it_can_be_json() {
    hold_to(
        RuleKind::Json,
        "",
        &[
            (
                "{\"a\": [1, -2.5e+3, true, null, \"\\u00e4\"]} ",
                "{\"a\": [1, -2.5e+3, true, null, \"\\u00e4\"]} ",
            ),
            ("[1, 2", "[1, 2#"),
            ("Sure: {}", "#"),
            ("{\"a\":1} and", "{\"a\":1} #"),
            ("[01]", "[0#"),
            ("[1,]", "[1,#"),
            ("{\"a\" 1}", "{\"a\" #"),
            ("-", "-#"),
            ("0", "0"),
            ("nul", "nul#"),
            ("", ""),
        ],
    );
    let ruleset = ready(vec![rule(RuleKind::Json, "")], Hold::Whole);
    assert_eq!(play(&ruleset, BlockKind::Text, &["[1, ", "2"]).0, RuleKind::Json.mark());
    assert_eq!(play(&ruleset, BlockKind::Text, &["[1, ", "2]"]).0, "[1, 2]");
}

#[test]
fn what_the_person_said_goes_through_and_the_shape_of_an_answer_is_not_asked_of_thoughts() {
    let rules = || vec![rule(RuleKind::Words, "foo"), rule(RuleKind::Length, "2"), rule(RuleKind::Json, "")];
    let ruleset = ready(rules(), Hold::Whole);
    assert_eq!(play(&ruleset, BlockKind::Said, &["a foo"]).0, "a foo");
    assert_eq!(play(&ruleset, BlockKind::Reasoning, &["abc foo"]).0, "abc ⟦words withheld⟧");
}
