//! What a copy gives: Markdown that renders to the same nodes, and HTML without the page's own parts.

#![expect(clippy::unwrap_used, reason = "a test that meets the unexpected has failed")]

use crate::dom::render;
use tokenfall::browser::export::{Clip, clip, extension, text_of};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, Node, Range};

fn rendered(text: &str) -> Element {
    let root = render(std::iter::once(text), |_| {});
    root.set_class_name("prose");
    root
}

fn range() -> Range {
    web_sys::window().unwrap().document().unwrap().create_range().unwrap()
}

fn clip_of(root: &Element) -> Clip {
    let range = range();
    range.select_node_contents(root).unwrap();
    clip(&range).unwrap()
}

/// The copy of all of `text`, rendered, which must render to the same nodes.
#[track_caller]
fn round(text: &str) -> String {
    let root = rendered(text);
    let copy = clip_of(&root).plain;
    let again = rendered(&copy);
    root.normalize();
    again.normalize();
    assert_eq!(again.inner_html(), root.inner_html(), "{copy}");
    copy
}

/// The text node in `root` that holds `text`, and where in it that begins.
fn find(root: &Node, text: &str) -> Option<(Node, u32)> {
    let mut next = root.first_child();
    while let Some(node) = next {
        if let Some(at) = node.node_value().and_then(|value| value.find(text)) {
            return Some((node, u32::try_from(at).unwrap()));
        }
        if let Some(found) = find(&node, text) {
            return Some(found);
        }
        next = node.next_sibling();
    }
    None
}

/// The copy of what lies between the beginnings of two pieces of text.
fn between(text: &str, from: &str, to: &str) -> Clip {
    let root = rendered(text);
    let (start, at) = find(&root, from).unwrap();
    let (end, until) = find(&root, to).unwrap();
    let range = range();
    range.set_start(&start, at).unwrap();
    range.set_end(&end, until).unwrap();
    clip(&range).unwrap()
}

#[wasm_bindgen_test]
fn usual_text_comes_back_as_it_was() {
    for text in [
        "# Title\n\nSome **strong**, *slanted*, ~~gone~~ and `code`.\nA new line  \nand a hard one.",
        "- one\n- two\n  - inner\n    1. deep\n    2. er\n- three",
        "1. one\n\n   more\n\n2. two\n\n   ```rs\n   fn a() {}\n\n   // b\n   ```",
        "3. three\n4. four",
        "- [x] done\n- [ ] open",
        "> quoted\n>\n> - a\n> - b\n>\n> > deeper",
        "> [!WARNING]\n> Mind the step.\n>\n> Twice.",
        "| a | b | c |\n| :--- | ---: | :---: |\n| 1 | `x` | **y** |",
        "See [the *page*](https://example.org/a_b?c=d&e=f) and <https://example.org/x> and <me@example.org>.",
        "Sum $a_1 + b$ and\n\n$$x^2$$",
        r"Sum \( a_1 \), \(n\)th, \(a $b$ c\) and \[ x = 1 \]",
        "Text[^1] with a note.\n\n[^1]: The note\n\n    in two parts.",
        "![alt *text*](https://img.example/x.png)",
        "before\n\n___\n\nafter",
        "```\nplain\n```",
    ] {
        let copy = round(text);
        assert_eq!(round(&copy), copy, "a copy of a copy");
    }
    let same = "Tea needs **time**:\n\n- water\n- a *warm* pot\n\n```rust\nfn steep() {}\n```\n\n| leaf | min |\n| --- | ---: |\n| green | 2 |\n\n> Pour `slowly`.";
    assert_eq!(round(same), same);
}

#[wasm_bindgen_test]
fn what_only_looks_like_a_mark_stays_text() {
    for text in [
        r"\# no heading",
        "a line\n\\- no item\n1\\. nor this\n\\> nor a quote\n\\=== nor a heading",
        r"2 * 3 * 4 and 2\*3\*4 and snake_case and \_\_init\_\_",
        r"\[x](https://a.example) and [1] and \`tick\`",
        r"\<b> and \&amp; and \~~a\~~ and \$a\$ and a\\b",
        "- \\[x] no task\n- \\- no list",
        "- a\n\n\n* b\n\n1. c\n\n\n1) d",
        "| a |\n| --- |\n| x \\| `y\\|z` |",
        "````\n```\ninner\n```\n````",
        "`` a`b `` and ` `` `",
        "## two \\#",
        "[a\\]b](<https://example.org/a b(c>)",
        "<div class=x>\n*raw*\n</div>",
        "**bold *and slanted* text**",
    ] {
        round(text);
    }
}

#[wasm_bindgen_test]
fn a_selection_over_blocks_keeps_what_the_blocks_are() {
    let text = "# Title\n\nSome **strong words** here.\n\n1. one\n2. two\n3. three\n\n```rs\na\nb\nc\n```\n\n| h | i |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |\n";
    let of = |from, to| between(text, from, to).plain;
    assert_eq!(of("itle", "here"), "# itle\n\nSome **strong words**");
    assert_eq!(of("words", "one"), "**words** here.");
    assert_eq!(of("two", "hree"), "2. two\n3. t");
    assert_eq!(of("three", "c\n"), "3. three\n\n```rs\na\nb\n```");
    assert_eq!(of("3", "4"), "| h | i |\n| --- | --- |\n| 3 |  |");
    assert_eq!(of("b\n", "c\n"), "b\n", "inside of code it is the code");
    assert_eq!(of("ome", " here"), "ome **strong words**");
}

#[wasm_bindgen_test]
fn a_selection_over_groups_of_items_is_one_list() {
    let text: String = (1..=40).map(|number| format!("{number}. i{number}\n")).collect();
    round(&text);
    let of = |from, to| between(&text, from, to);
    assert_eq!(of("i20", "21").plain, "20. i20\n21. i", "inside of one group");
    assert_eq!(of("i15", "18").plain, "15. i15\n16. i16\n17. i17\n18. i");
    assert_eq!(of("i16", "18").html, "<ol><li><p>i16</p></li><li><p>i17</p></li><li><p>i</p></li></ol>");
}

#[wasm_bindgen_test]
fn rich_text_holds_allowed_tags_and_none_of_the_buttons() {
    let text = "# T\n\nsee <script>x</script> & [a](https://a.example/?b&c) ![alt](https://img.example/x.png)\n\n```rs\n<i>\n```\n\n| a |\n|--:|\n| b |\n\n- [x] c\n";
    assert_eq!(
        clip_of(&rendered(text)).html,
        "<h1>T</h1><p>see &lt;script&gt;x&lt;/script&gt; &amp; <a href=\"https://a.example/?b&amp;c\">a</a> \
         <a href=\"https://img.example/x.png\">alt</a></p><pre><code>&lt;i&gt;\n</code></pre>\
         <table><thead><tr><th align=\"right\">a</th></tr></thead><tbody><tr><td align=\"right\">b</td></tr></tbody></table>\
         <ul><li><p>\u{2611} c</p></li></ul>"
    );
}

#[wasm_bindgen_test]
fn what_is_no_rendered_text_is_left_to_the_browser() {
    let root = rendered("text");
    root.set_class_name("numbers");
    let range = range();
    range.select_node_contents(&root).unwrap();
    assert_eq!(clip(&range), None);
}

#[wasm_bindgen_test]
fn a_table_is_copied_as_csv_without_formulas_and_as_markdown() {
    let table = "| a | b |\n|---|--:|\n| x \\| y | `1,5` |\n| \"q\" | =1+1 |\n| -5.2 | -5+cmd |\n| @x |\n";
    let root = rendered(table);
    let find = |name: &str| root.query_selector(name).unwrap().unwrap();
    assert_eq!(
        text_of(&find("[data-take=csv]")).unwrap(),
        "a,b\r\nx | y,\"1,5\"\r\n\"\"\"q\"\"\",'=1+1\r\n-5.2,'-5+cmd\r\n'@x,\r\n"
    );
    assert_eq!(
        text_of(&find("[data-take=markdown]")).unwrap(),
        "| a | b |\n| --- | ---: |\n| x \\| y | `1,5` |\n| \"q\" | =1+1 |\n| -5.2 | -5+cmd |\n| @x |  |"
    );
}

#[wasm_bindgen_test]
fn the_ending_of_a_file_is_chosen_from_a_list_and_not_by_the_text() {
    for (language, ending) in
        [("rust", "rs"), ("PY", "py"), ("c++", "cpp"), ("", "txt"), ("bat", "txt"), ("../x", "txt")]
    {
        assert_eq!(extension(language), ending, "{language}");
    }
}
