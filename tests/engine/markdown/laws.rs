//! Any cut of a text settles into what the whole text parses to.

use super::recorder::{characters, render};
use super::whole;
use proptest::prelude::*;
use tokenfall::engine::markdown::{GROUP_LINES, SECTION_BLOCKS};

/// Texts that hold each kind of block in each kind of container, with the traps between them.
const TEXTS: [&str; 34] = [
    "# Title\n\nSome *text* with **strong**, `code` and a [link](https://example.org/a?b=c).\n\nLast",
    "Title\n===\n\nother\n---\n\n---\n\ntext\nover lines  \nhard\\\nbreak",
    "- one\n- two\n- three\n\nafter",
    "- one\n\n- two\n- three\n\nafter",
    "- one\n- two\n\n- three",
    "1. one\n   - a\n   - b\n\n     more b\n2. two\n\n   para\n\n       code\n10. ten",
    "- - - deep\n    - more\n\n  text",
    "  -   odd\n      indent\n  -   next\n\n          code\n",
    "-\n  after an empty start\n-\n\n  not in it",
    "> quote\n> - list\n>   more\n> - next\n>\n> text\nlazy\n\nout",
    "> > nested\n> > text\n> one\n>\n> > again\n",
    ">no space\n>- item\n>  text\n>\n>  more\n",
    "```rust\nfn main() {}\n\n\n  indented\n```\ntext",
    "- ```\n  code\n\n  more\n  ```\n- ~~~~ x\n  ~~~\n  y\n out",
    "> ```\n> code\n> more\nout of it\n",
    "````md\n```\ninner\n```\n````\n",
    "```markdown\n# Title\n\n```sh\nrun $1\n```\n\n- ```\n```\n$5 and $6\n```md\n~~~sh\n```\n~~~\n",
    "- x\n  ~~~ md\n  ~~~sh\n  a\n  ~~~ \n\n  ~~~~ x\n  ~~~\n  ~~~~\n  ~~~\n  out \\(a\\)\n- y\n",
    "> - ```MD x\n>   ````a\n>   ````\n>   ```b\n> out\n\n[r]: http://r.s\n\n  ```md\n  ```a\n ```\n   ```\n[r]\n",
    "para\n| a | b |\n|:-:|--:|\n| 1 | 2 |\n| *x* | `a\\|b` | extra |\n| short\n\nend",
    "- | a |\n  |---|\n  | b |\n  | c |\n\n  text\n- x",
    "- [ ] open\n- [x] done\n- [x]\n",
    "<div>\n<b>raw</b>\n</div>\n\ntext <i>inline</i> & &amp; &copy;\n\n<!-- comment\n\nstill -->\n\nx",
    "    indented\n\n    code\n\ntext\n\n\tby tab\n\tmore\n",
    "> [!NOTE]\n> text\n>\n> more\n\n> [!warning]\n> x\n",
    "See https://a.b/c_d and (http://e.f/g).\n- **https://i.j**\n- `http://k.l` [http://m.n](http://o.p)\n\n    http://q.r\n\n| https://s.t |\n|---|\n| https://u.v |\n\nhttps://w.x",
    "tex \\(a_1\\) and \\[ x = *y* \\], \\(not\n\n> \\[\n> x \\\\\n> y^2\n> \\]\n\n| \\(a\\) | \\[1\\] |\n|---|---|\n| \\(b | c\\) |\n\n[l](http://a.b/\\(c\\)) [r\\]: http://d.e \\(",
    "math $a_1$ and\n\n$$\nx = y * z * w\n$$\n\nprice $5 and $6",
    "[a] and [*b*][a] and ![c][a], [d][]\n\n- [x] [d] `[a]` [no]\n- > [A]\n  > more [a\n  > ]\n\n# [d] #\n\n| [a] | b |\n|--|--|\n| `\\|` [d] | [a] |\n\n[a]: https://a.b\n\ntext\n\n[d]: <https://d.e>\n  'title\n  of it'\n",
    "note [^1] and [^two]! ![^1]\n\n> in a quote [^1]\n\n[^1]: the note\n\n    more of it [^two]\n\nlater [^1] [^TWO]\n\n[^two]: - list\n\nafter [^two] [^none]\n",
    "*[e][f]* **[g*][f] x*\n===\n\npara\n\n[f]:\nhttps://late.example/with/a/path\n",
    "[a]: https://first.example\n\n[a] x\n\n[a]: https://second.example\n\n[a]\n",
    "[t][u] `code [u]` <b>[u]</b>\n[u]: not a definition here\n\n[u]: https://u.v\n[w]: https://w.x\n\n[w] [t]\n\n[t]: javascript:alert(1)\n",
    "[ref]: https://example.org 'title'\n\n[ref] and [text][REF] and ![alt *x*][ref] <https://a.b> <m@n.op>\n\n[ref]: https://other.example\n\nsee [ref]",
];

#[test]
fn every_cut_settles_as_the_whole_text_parses() {
    for text in TEXTS {
        let expected = whole::tree(text);
        assert_eq!(render([text]).tree(), expected, "in one piece: {text:?}");
        assert_eq!(render(characters(text)).tree(), expected, "by character: {text:?}");
        for cut in (0..text.len()).filter(|cut| text.is_char_boundary(*cut)) {
            let (before, after) = text.split_at(cut);
            assert_eq!(render([before, after]).tree(), expected, "cut at {cut}: {text:?}");
        }
    }
}

/// What generated texts found: each was rendered otherwise than it parses, once.
const FOUND: [&str; 44] = [
    "- \n\t-   [^f]: note\n[r]: http://r.s\n      > text\n- x\ntext\n- [r]: http://r.s\n",
    "> - [x] y\n\t # head\n> [r]: http://r.s\n - | a | b |\n- [r]: http://r.s\n",
    "> - [x] y\n    \t# head\n> [r]: http://r.s\n - | a | b |\n- [r]: http://r.s\n",
    "> ===\n>     <!--\n    [^f]: note\n> -->\n- text\n\n[^f]: note\n",
    "> | a | b |\n    [^f]: note\n-\\[\n\t> x^2 \\] \\( y\n- | a | b |\n\n[^f]: note\n",
    "> | a | b |\n    <!--\n> x[^f]y\n-->\n- text\n\n[^f]: note\n",
    "-<!--\n[l](http://a.b)\n-->\n",
    "- > text\n\t```\n  text\n\n- [x] y\n",
    "- - | a | b |\n\t> >     # head\n    > > \n  # head\n- | a | b |\n",
    "- > text\n\n  ===\n  ---\n",
    "- > text\n\n\t- text\n  * text\n- [x] y\n",
    "(_\n|\\\n|-<",
    ">[_]:&\n~\n",
    "- [_]:&\n~\n",
    "- -  ===\n\t-   [r] [*t*][r] ![i][r]\n      - text\n- text\n- [r]: http://r.s\n",
    "- text\nx[^f]y\n ===\n-  text\n[^f]: note\n",
    "- text\n\t>x[^f]y\n      > text\n- | a | b |\n[^f]: note\n",
    "> | a | b |\n===\n`a\n    [^f]: note\n`http://a.b`\n- | a | b |\n[^f]: note\n",
    "- - | a | b |\n    > x[^f]y\n\t> [x] y\n- - x\n[^f]: note\n",
    "- | a | b |\n      [^f]: note\n===\n-# head\n- | a | b |\n[^f]: note\n",
    "- | a | b |\nx[^f]y\n===\n- text\n[^f]: note\n",
    "> - [r] [*t*][r] ![i][r]\n> ===\n- x\n- [r]: http://r.s\n",
    "  -  `a\n\t `http://a.b`\n    [^f]: note\n1. text\n[^f]: note\n",
    "1. n\n   -   | a | b |\n\n       [r]: http://r.s\n   1. text\n",
    "[r] [*t*][r]\n    ```\n-```\n[^f]: note\n- [r]: http://r.s\n",
    "1. n\n\t> | a | b |\n   > [r]: http://r.s\n-     text\n[r]: http://r.s\n",
    "[^f]: note\n    [^f]: note\n",
    ">| a | b |\n x[^f]y\n  -   [r]: http://r.s\n    [^f]: note\n",
    "> | a | b |\n    [^f]: note\n    > text\n- text\n[^f]: note\n",
    "> ===\n\t> [r]: http://r.s\n- text\n- [r]: http://r.s\n",
    " -     text\n[r]: http://r.s\n> [r]: http://r.s\n    > text\n",
    "> [r]: http://r.s\n    - [^f]: note\n- text\n[^f]: note\n",
    "[r]: http://r.s\n2) text\n",
    "[r]: http://r.s\n    # text\n",
    " -   `a\n    [^f]: note\n `http://a.b`\n-     text\n[^f]: note\n",
    "> > `a\n> ===\n`a\n    [^f]: note\n- text\n[^f]: note\n",
    ">[!NOTE]\n>     e\n",
    ">[!NOTE]\n    >\n",
    "*\n\n* [x]\n",
    ">1. [x]\n>\n>2.",
    "- [ ] [r]:/\n-\n[r]: http://r.s\n",
    "\\*[r] x*\n#\n[r]: http://r.s\n",
    "|\\|[r]|b|\n|-|-|\n#\n[r]: http://r.s\n",
    "a|b\n-|-\n[r]\\\n#\n[r]: http://r.s\n",
];

#[test]
fn texts_that_once_settled_wrongly_settle_as_they_parse() {
    for text in FOUND {
        let expected = whole::tree(text);
        assert_eq!(render(characters(text)).tree(), expected, "by character: {text:?}");
        assert_eq!(render(text.split_inclusive('\n')).tree(), expected, "by line: {text:?}");
    }
}

#[test]
fn texts_behind_each_other_settle_as_the_whole_text_parses() {
    let text = TEXTS[..TEXTS.len() - 1].join("\n\n<!-- -->\n\n");
    assert_eq!(render(characters(&text)).tree(), whole::tree(&text));
}

#[test]
fn line_ends_of_all_kinds_are_one_line_end_even_when_cut() {
    let expected = render(["a\nb\n\n```\nc\n\nd\n```\n"]).tree();
    for text in ["a\r\nb\r\n\r\n```\r\nc\r\n\r\nd\r\n```\r\n", "a\rb\r\r```\rc\r\rd\r```\r"] {
        assert_eq!(render([text]).tree(), expected);
        assert_eq!(render(characters(text)).tree(), expected);
    }
}

#[test]
fn sections_and_groups_of_lines_do_not_depend_on_the_cut() {
    let mut text = String::new();
    for index in 0..100 {
        text.push_str(&format!("paragraph {index}\n\n"));
    }
    text.push_str("```\n");
    for index in 0..170 {
        text.push_str(&format!("line {index}\n"));
    }
    let count = |parts: &[&str]| {
        let sink = render(parts.iter().copied());
        let named = |name: &str| sink.steps.iter().filter(|step| format!("{step:?}").contains(name)).count();
        (named("Open(Section)"), named("Open(Lines)"))
    };
    let expected = (101_usize.div_ceil(SECTION_BLOCKS), 170_usize.div_ceil(GROUP_LINES));
    assert_eq!(count(&[&text]), expected);
    assert_eq!(count(&characters(&text).collect::<Vec<_>>()), expected);
}

#[test]
fn nesting_beyond_the_cap_is_flat_and_stays_open_to_text() {
    let text = format!("{}deep\n\nafter", "> ".repeat(50_000));
    let tree = render([text.as_str()]).tree();
    assert!(tree.contains("\"deep\"") && tree.ends_with("Paragraph\n  \"after\""));
    let deepest = tree.lines().map(|line| line.len() - line.trim_start().len()).max();
    assert!(deepest <= Some(200), "{deepest:?}");
}

/// Lines that are put together at random: what begins blocks, what continues them, what ends them.
fn line() -> impl Strategy<Value = String> {
    let indent = prop::sample::select(vec!["", "", "", " ", "  ", "   ", "    ", "      ", "\t"]);
    let marker = prop::sample::select(vec![
        "", "", "", "", "- ", "* ", "-   ", "1. ", "2) ", "> ", ">", "> > ", "- - ", "> - ", "- > ", "-",
    ]);
    let body = prop::sample::select(vec![
        "text",
        "more *text*",
        "",
        "",
        "",
        "# head",
        "---",
        "===",
        "```",
        "```rs",
        "```md",
        "````markdown",
        "~~~",
        "| a | b |",
        "|---|---|",
        "|:-|",
        "`a",
        "**b",
        "c**",
        "<div>",
        "</div>",
        "- x",
        "***",
        "[x] y",
        "a  ",
        "a\\",
        "$$",
        "[l](http://a.b)",
        "![i](http://a.b/c)",
        "_e_ ~~s~~",
        "&amp;",
        "1. n",
        "<!--",
        "-->",
        "é*ü*",
        "http://a.b/c_d?e=1&f=2, x",
        "**https://a.b**.",
        "`http://a.b`",
        "[r]: http://r.s",
        "[^f]: note",
        "[r] [*t*][r] ![i][r]",
        "x[^f]y",
        "\\(a_1\\) *b \\(c*\\)",
        "\\[",
        "x^2 \\] \\( y",
        "($5-$6) $x$",
        "x<sub>2</sub> <kbd>*a</kbd>*",
        "</sub>a<br>b <sub>",
        "\\begin{a}x \\\\",
        "y\\end{a}",
        "是**（b）**は `c",
    ]);
    (indent, marker, indent_inside(), body).prop_map(|(a, b, c, d)| format!("{a}{b}{c}{d}\n"))
}

fn indent_inside() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["", "", "", "", " ", "    "])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn generated_text_settles_as_it_parses_by_character(lines in prop::collection::vec(line(), 1..14)) {
        let text = lines.concat();
        prop_assert_eq!(render(characters(&text)).tree(), whole::tree(&text));
    }

    #[test]
    fn generated_text_settles_as_it_parses_by_line(lines in prop::collection::vec(line(), 1..24)) {
        let text = lines.concat();
        prop_assert_eq!(render(lines.iter().map(String::as_str)).tree(), whole::tree(&text));
    }

    #[test]
    fn any_characters_at_any_cut_are_rendered_whole(
        text in "[-*_`~#>|\\[\\]()!<&$:\\\\ \t\r\na1é是（]{0,80}",
        cuts in prop::collection::vec(1_usize..9, 1..40),
    ) {
        let characters: Vec<&str> = characters(&text).collect();
        let mut parts = Vec::new();
        let mut rest = characters.as_slice();
        for cut in cuts.into_iter().cycle() {
            if rest.is_empty() { break; }
            let (part, after) = rest.split_at(cut.min(rest.len()));
            parts.push(part.concat());
            rest = after;
        }
        let cut = render(parts.iter().map(String::as_str)).tree();
        prop_assert_eq!(cut, whole::tree(&text.replace("\r\n", "\n").replace('\r', "\n")));
    }
}
