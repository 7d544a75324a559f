//! Law 4: whatever the text says, elements and attributes come from a closed list.

#![expect(clippy::unwrap_used, reason = "a test that meets the unexpected has failed")]

use crate::dom::render;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Element;

/// Every kind of block and mark, with what could be taken for a name, an identifier, a role or a handler.
const HOSTILE: &[&str] = &[
    "# composer {#composer .page role=alert onclick=x}\n\nTitle\n===== {#top}\n\n",
    "<form id=composer name=key action=https://evil.example><input type=password name=key autofocus></form>\n\n",
    "<div class=\"page dock\" role=alert aria-live=assertive tabindex=1 style=\"position:fixed\">Sign in</div>\n\n",
    "H<sub>2</sub>O x<sup>2</sup> <kbd>k</kbd> <mark>m</mark> <sub id=x>s</sub> <mark onclick=y>o</mark>\n\n",
    "a <b id=x onclick=y>b</b> <img src=x onerror=y> <svg onload=y> <base href=//evil.example> &lt;i&gt;\n\n",
    "```\"onclick=x><script>\ncode </code></pre><script>x</script>\n```\n\n~~~rust id=\"x\" class=\"page\"\nx\n~~~\n\n",
    "[^composer]: note\n\n[^\"id=x]: other\n\nsee [^composer] and [^\"id=x]\n\n",
    "[a](https://a.example \"title\\\" onclick=x\") [b](<https://b.example/\" onclick=x>) [c]( javascript:x ) \
     [d](data:text/html,x) ![e](https://img.example/\"onerror=x \"t\") <https://f.example/?\"onclick=x>\n\n",
    "[g]: https://g.example 'id=x' \n\n[g] [h](vbscript:x) [i](//evil.example) [j](#composer) [k](mailto:a@b.example?attach=x)\n\n",
    "- [ ] open\n- [x] done\n\n7. seven\n8. eight\n\n> [!WARNING]\n> \"onclick=x\n\n| \"id=x | b |\n|:-:|--:|\n| `c` | ~~d~~ |\n\n",
    "$x\\href{javascript:x}{y}$ $$\\class{page}{z}$$\n\n**strong** *em* line  \nbreak\n\n***\n",
];

/// Each tag with the attributes that it may have.
const ALLOWED: &[(&str, &[&str])] = &[
    (
        "a",
        &[
            "class",
            "href",
            "data-href",
            "tabindex",
            "target",
            "rel",
            "referrerpolicy",
            "title",
            "role",
            "data-host",
            "data-take",
            "data-md",
        ],
    ),
    ("blockquote", &["class"]),
    ("br", &[]),
    ("button", &["class", "type", "data-md", "data-take", "aria-label"]),
    ("code", &["class"]),
    ("del", &[]),
    ("div", &["class", "dir", "tabindex"]),
    ("em", &[]),
    ("h3", &["class"]),
    ("h4", &["class"]),
    ("hr", &[]),
    ("input", &["class", "type", "disabled", "checked", "aria-label"]),
    ("kbd", &[]),
    ("li", &[]),
    ("mark", &[]),
    ("ol", &["class", "start"]),
    ("p", &["class"]),
    ("pre", &["class", "tabindex"]),
    ("span", &["class", "data-source"]),
    ("strong", &[]),
    ("sub", &[]),
    ("sup", &["class"]),
    ("table", &[]),
    ("tbody", &[]),
    ("td", &["class"]),
    ("th", &["class", "scope"]),
    ("thead", &[]),
    ("tr", &[]),
    ("ul", &["class"]),
];

fn check(root: &Element) {
    let nodes = root.query_selector_all("*").unwrap();
    for index in 0..nodes.length() {
        let node: Element = nodes.item(index).unwrap().unchecked_into();
        let tag = node.local_name();
        let (_, allowed) = ALLOWED.iter().find(|(name, _)| *name == tag).expect(&tag);
        for name in node.get_attribute_names().iter() {
            let name = name.as_string().unwrap();
            assert!(allowed.contains(&name.as_str()), "{name} of {tag}");
            let value = node.get_attribute(&name).unwrap();
            // Nothing of the text gets into any value but that of an address, and a number.
            let fixed = match name.as_str() {
                "class" => value.split(' ').all(|class| class.starts_with("md-")),
                "tabindex" => matches!(value.as_str(), "0" | "-1"),
                // What a footnote leads to is in this page, and found by its text.
                "href" if node.has_attribute("data-md") => value == "#",
                // A link that asks before it is followed.
                "role" => value.starts_with("doc-") || (value == "link" && node.has_attribute("data-href")),
                "dir" => value == "ltr",
                "start" => value.parse::<u64>().is_ok(),
                "href" | "data-href" | "title" | "data-source" => {
                    ["https://", "http://", "mailto:"].iter().any(|scheme| value.starts_with(scheme))
                }
                _ => !value.contains(['"', '<', '=', '{']),
            };
            assert!(fixed, "{name}={value} of {tag}");
        }
        assert!(tag != "input" || node.has_attribute("disabled"), "a control of the text's own");
    }
}

#[wasm_bindgen_test]
fn hostile_text_makes_no_element_attribute_name_or_role_of_its_own() {
    for text in HOSTILE {
        render(std::iter::once(*text), check);
        render(text.split_inclusive(|c: char| !c.is_alphanumeric()), check);
    }
    render(std::iter::once("3. \" value=x\n".repeat(40).as_str()), check);
    let all = HOSTILE.concat();
    let root = render(std::iter::once(all.as_str()), check);
    let links = root.query_selector_all("a:not([data-md])").unwrap().length();
    assert_eq!(links, 5, "a, b, f, g and k are links, the others are not");
}
