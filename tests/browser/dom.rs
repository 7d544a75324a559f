//! Rendered Markdown as nodes: structure, text that grows in place, nodes that stay.

#![expect(clippy::panic, clippy::unwrap_used, reason = "a test that meets the unexpected has failed")]

use tokenfall::browser::dom::{DomSink, Pressed, press};
use tokenfall::engine::markdown::{Element as Made, Renderer, Sink};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, MutationObserver, MutationObserverInit, MutationRecord, Node};

pub(crate) fn root() -> Element {
    let document = web_sys::window().unwrap().document().unwrap();
    let root = document.create_element("div").unwrap();
    document.document_element().unwrap().append_child(&root).unwrap();
    root
}

fn characters(text: &str) -> impl Iterator<Item = &str> {
    text.char_indices().map(|(at, c)| &text[at..at + c.len_utf8()])
}

/// Renders `text` into a new element, flushing after each part, and calls `check` with the element then.
pub(crate) fn render<'a>(parts: impl Iterator<Item = &'a str>, mut check: impl FnMut(&Element)) -> Element {
    let root = root();
    let mut sink = DomSink::new(root.clone()).unwrap();
    let mut renderer = Renderer::new();
    for part in parts {
        renderer.push(part);
        renderer.flush(&mut sink);
        check(&root);
    }
    renderer.finish(&mut sink);
    check(&root);
    root
}

const MIXED: &str = "# Title\n\nSome **strong** and `code`, a [link](https://example.org/a) and [no](javascript:x).\n\n\
    - one\n- two\n\n  more\n\n1. [x] done\n\n```rs\nlet x = 1;\n```\n\n| a | b |\n|:-:|---|\n| 1 | 2 |\n\n\
    > [!TIP]\n> text\n\n<b onclick=x>raw</b>\n\n![alt](https://img.example/x.png)\n\n***\n";

#[wasm_bindgen_test]
fn by_character_and_whole_give_the_same_nodes() {
    let whole = render(std::iter::once(MIXED), |_| {}).inner_html();
    let cut = render(characters(MIXED), |_| {});
    cut.normalize();
    assert_eq!(cut.inner_html(), whole);
}

#[wasm_bindgen_test]
fn raw_html_is_text_and_refused_addresses_are_no_links() {
    let root = render(std::iter::once(MIXED), |_| {});
    assert!(root.query_selector("b, img, script, [onclick]").unwrap().is_none());
    let links = root.query_selector_all("a").unwrap();
    assert_eq!(links.length(), 1);
    let link: Element = links.item(0).unwrap().dyn_into().unwrap();
    assert_eq!(link.get_attribute("rel").as_deref(), Some("noopener noreferrer nofollow"));
    assert_eq!(link.get_attribute("target").as_deref(), Some("_blank"));
    assert_eq!(link.get_attribute("referrerpolicy").as_deref(), Some("no-referrer"));
    let host = root.query_selector(".md-image-host").unwrap().unwrap();
    assert_eq!(host.text_content().as_deref(), Some("img.example"));
}

#[wasm_bindgen_test]
fn finished_blocks_keep_their_nodes_while_text_arrives() {
    let text = format!("{MIXED}\n").repeat(8);
    let mut finished: Vec<(Node, String)> = Vec::new();
    render(characters(&text), |root| {
        let blocks = root.query_selector_all(".md-section > *").unwrap();
        for (index, (node, text)) in finished.iter().enumerate() {
            let now = blocks.item(u32::try_from(index).unwrap()).unwrap();
            assert!(now.is_same_node(Some(node)), "block {index} was replaced");
            assert_eq!(now.text_content().as_deref(), Some(text.as_str()), "block {index} changed");
        }
        // The last block is open; the one before it may end with a line that only seems to.
        for index in finished.len()..(blocks.length() as usize).saturating_sub(2) {
            let node = blocks.item(u32::try_from(index).unwrap()).unwrap();
            let text = node.text_content().unwrap();
            finished.push((node, text));
        }
    });
    assert!(40 < finished.len());
}

#[wasm_bindgen_test]
fn a_paragraph_grows_in_one_text_node_until_it_is_long() {
    let mut nodes = 0;
    let root = render(std::iter::repeat_n("wörd ", 200), |root| {
        nodes = root.query_selector("p").unwrap().unwrap().child_nodes().length();
        assert_eq!(nodes, 1);
    });
    assert_eq!(root.text_content().unwrap().chars().count(), 999);
    let long = render(std::iter::once("é".repeat(40_000).as_str()), |_| {});
    let paragraph = long.query_selector("p").unwrap().unwrap();
    assert_eq!(paragraph.child_nodes().length(), 3);
    assert_eq!(paragraph.text_content().unwrap().chars().count(), 40_000);
}

#[wasm_bindgen_test]
fn code_is_cut_in_groups_and_stays_exact() {
    let lines: String = (0..120).map(|line| format!("line {line}\n")).collect();
    let source = format!("```\n{lines}```\n");
    let root = render(source.split_inclusive('\n'), |_| {});
    assert_eq!(root.query_selector_all("pre > code > div.md-lines").unwrap().length(), 3);
    assert_eq!(root.query_selector("code").unwrap().unwrap().text_content(), Some(lines));
}

fn count(root: &Element, selector: &str) -> u32 {
    root.query_selector_all(selector).unwrap().length()
}

#[wasm_bindgen_test]
fn finished_parts_are_marked_for_the_browser_to_skip() {
    let text: String = (0..100).map(|index| format!("block {index}\n\n")).collect();
    let mut open = 0;
    let root = render(text.split_inclusive("\n\n"), |root| {
        open = open.max(count(root, ".md-part:not(.md-done)"));
    });
    assert_eq!(open, 1, "all but the one that grows");
    assert_eq!(count(&root, ".md-part > .md-section"), 17);
    assert_eq!(count(&root, ".md-part.md-done"), 3, "the last one too, once the text is at its end");
}

#[wasm_bindgen_test]
fn a_section_that_turns_out_to_be_none_takes_its_part_with_it() {
    let blocks: String = (0..48).map(|index| format!("block {index}\n\n")).collect();
    let mut most = 0;
    let definition = format!("[{}]: https://example.org/a\n", "a long label ".repeat(4));
    let cut = std::iter::once(blocks.as_str()).chain(characters(&definition));
    let root = render(cut, |root| most = most.max(count(root, ".md-part")));
    assert_eq!(most, 2, "a definition with a long label looks like a paragraph first");
    assert_eq!(count(&root, ".md-part"), 1);
    let more = render(std::iter::once(format!("{blocks}{definition}\nend").as_str()), |_| {});
    assert_eq!(count(&more, ".md-part"), 2);
}

#[wasm_bindgen_test]
fn items_of_a_long_list_stand_in_groups_however_it_was_cut() {
    let text: String = (10..60).map(|number| format!("{number}. item *{number}*\n    - inner\n")).collect();
    let whole = render(std::iter::once(text.as_str()), |_| {});
    assert_eq!(count(&whole, "ol > li"), 16);
    assert_eq!([".md-items > li", ".md-items", "ul .md-items"].map(|of| count(&whole, of)), [34, 3, 0]);
    let cut = render(characters(&text), |_| {});
    cut.normalize();
    assert_eq!(cut.inner_html(), whole.inner_html());
}

#[wasm_bindgen_test]
fn an_item_that_is_taken_back_takes_its_group_with_it() {
    let root = root();
    let mut sink = DomSink::new(root.clone()).unwrap();
    sink.open(&Made::List { start: None });
    let items = |sink: &mut DomSink, more| {
        for _ in 0..more {
            sink.open(&Made::Item);
            sink.close();
        }
        count(&root, ".md-items")
    };
    assert_eq!(items(&mut sink, 33), 2);
    sink.undo(2);
    assert_eq!(items(&mut sink, 0), 1);
    sink.undo(2 * 16);
    assert_eq!(items(&mut sink, 0), 0);
    assert_eq!(items(&mut sink, 1), 1);
}

#[wasm_bindgen_test]
fn nothing_inside_a_finished_block_is_ever_touched_again() {
    let text = format!("{MIXED}\n").repeat(4);
    let idle = wasm_bindgen::closure::Closure::<dyn FnMut()>::new(|| {});
    let observer = MutationObserver::new(idle.as_ref().unchecked_ref()).unwrap();
    let everything = MutationObserverInit::new();
    everything.set_subtree(true);
    everything.set_child_list(true);
    everything.set_character_data(true);
    everything.set_attributes(true);
    let mut finished: Vec<Node> = Vec::new();
    let mut seen = 0;
    render(characters(&text), |root| {
        if finished.is_empty() && seen == 0 {
            observer.observe_with_options(root, &everything).unwrap();
        }
        for record in observer.take_records() {
            seen += 1;
            let record: MutationRecord = record.unchecked_into();
            let target = record.target().unwrap();
            let touched = finished.iter().position(|block| block.contains(Some(&target)));
            assert_eq!(touched, None, "{} inside a finished block", record.type_());
            let removed = record.removed_nodes();
            for index in 0..removed.length() {
                let removed = removed.item(index).unwrap();
                let moved = finished.iter().position(|block| block.is_same_node(Some(&removed)));
                assert_eq!(moved, None, "a finished block was taken away");
            }
        }
        let blocks = root.query_selector_all(".md-section > *").unwrap();
        // The last block is open; the one before it may end with a line that only seems to.
        for index in finished.len()..(blocks.length() as usize).saturating_sub(2) {
            finished.push(blocks.item(u32::try_from(index).unwrap()).unwrap());
        }
    });
    observer.disconnect();
    assert!(20 < finished.len() && finished.len() < seen, "{} blocks, {seen} changes", finished.len());
}

#[wasm_bindgen_test]
fn a_late_definition_makes_the_link_and_leaves_the_text_around_it_in_its_nodes() {
    let text = "> See [the *docs*][d] 🎉 there, [^1] and [d].\n\ntext\n\n[d]: https://docs.example\n\n[^1]: note\n\nend\n";
    let mut kept: Vec<Node> = Vec::new();
    let root = render(characters(text), |root| {
        let block = root.query_selector("blockquote p").ok().flatten();
        if kept.is_empty()
            && let (Some(block), Some(_)) = (block, root.query_selector(".md-section > p").unwrap())
        {
            kept.push(block.first_child().unwrap());
            kept.push(block.last_child().unwrap());
            assert_eq!(block.text_content().as_deref(), Some("See [the docs][d] 🎉 there, [^1] and [d]."));
        }
    });
    let block = root.query_selector("blockquote p").unwrap().unwrap();
    assert_eq!(block.text_content().as_deref(), Some("See the docs 🎉 there, 1 and d."));
    assert_eq!(block.query_selector_all("a[href='https://docs.example']").unwrap().length(), 2);
    assert_eq!(kept[0].text_content().as_deref(), Some("See "));
    assert!(block.contains(Some(&kept[0])), "the text before the link was replaced");
    assert!(block.last_child().unwrap().text_content().as_deref() == Some("."));
    let whole = render(std::iter::once(text), |_| {});
    root.normalize();
    assert_eq!(root.inner_html(), whole.inner_html());
}

#[wasm_bindgen_test]
fn a_press_on_copy_gives_the_code_alone_and_wrap_is_a_switch() {
    let root = render(std::iter::once("a\n\n```rs\nlet x = 1;\n\ty\n```\n"), |_| {});
    assert_eq!(root.text_content().as_deref(), Some("arslet x = 1;\n\ty\n"), "buttons add no text");
    let find = |name: &str| root.query_selector(name).unwrap().unwrap();
    assert!(press(&find("p")).is_none());
    match press(&find("[data-md=copy]")) {
        Some(Pressed::Copy(copied)) => assert_eq!(copied.text, "let x = 1;\n\ty\n"),
        other => panic!("{other:?}"),
    }
    for pressed in ["true", "false", "true"] {
        assert!(matches!(press(&find("[data-md=wrap]")), Some(Pressed::Done)));
        assert_eq!(find("[data-md=wrap]").get_attribute("aria-pressed").as_deref(), Some(pressed));
        assert_eq!(root.query_selector(".md-wrap").unwrap().is_some(), pressed == "true");
    }
}

#[wasm_bindgen_test]
fn an_image_is_fetched_by_nothing_but_a_press_and_then_without_a_referrer() {
    let text = "![a *b*](https://img.example/x.png) ![c](http://img.example/x.png) ![d](javascript:x)";
    let root = render(std::iter::once(text), |_| {});
    assert!(root.query_selector("img").unwrap().is_none());
    let buttons = root.query_selector_all("[data-md=load]").unwrap();
    assert_eq!(buttons.length(), 1, "only what comes over https can be loaded");
    let button: Element = buttons.item(0).unwrap().unchecked_into();
    assert!(matches!(press(&button), Some(Pressed::Done)));
    assert_eq!(button.parent_element().unwrap().class_name(), "md-image md-loading");
}

#[wasm_bindgen_test]
fn the_button_of_an_image_in_a_link_stands_behind_the_link_and_loads_that_image() {
    let text = "x [![a](https://one.example/x.png) and ![b](https://two.example/y.png)](https://to.example) y ![c](https://three.example/z.png)\n";
    for pieces in [vec![text.to_owned()], text.chars().map(String::from).collect()] {
        let root = render(pieces.iter().map(String::as_str), |root| {
            assert!(root.query_selector("a button").unwrap().is_none(), "a press would mean two things");
        });
        let buttons = root.query_selector_all("[data-md=load]").unwrap();
        assert_eq!(buttons.length(), 3);
        let button = |at| buttons.item(at).unwrap().unchecked_into::<Element>();
        let link = root.query_selector("a").unwrap().unwrap();
        assert!(button(0).previous_sibling().unwrap().is_same_node(Some(&link)));
        assert!(matches!(press(&button(1)), Some(Pressed::Done)));
        let loading = root.query_selector(".md-loading").unwrap().unwrap();
        assert_eq!(loading.get_attribute("data-source").as_deref(), Some("https://two.example/y.png"));
        assert_eq!(root.query_selector_all(".md-loading").unwrap().length(), 1);
        assert_eq!(button(1).get_attribute("data-state").as_deref(), Some("loading"));
    }
}

#[wasm_bindgen_test]
fn a_doubtful_link_has_no_address_to_connect_to_and_what_the_browser_cannot_read_is_no_link() {
    let text = "[a](https://user@evil.example/x) [b](https://plain.example/) [c](https://[1::2::3]/) [d](https://a.example:99999/)\n";
    let root = render(std::iter::once(text), |_| {});
    let links = root.query_selector_all("a").unwrap();
    assert_eq!(links.length(), 2, "a and b: {}", root.inner_html());
    let doubtful: Element = links.item(0).unwrap().unchecked_into();
    assert_eq!(doubtful.get_attribute("href"), None);
    assert_eq!(doubtful.get_attribute("data-href").as_deref(), Some("https://user@evil.example/x"));
    assert_eq!(doubtful.get_attribute("role").as_deref(), Some("link"));
    assert_eq!(doubtful.get_attribute("tabindex").as_deref(), Some("0"));
    let plain: Element = links.item(1).unwrap().unchecked_into();
    assert_eq!(plain.get_attribute("href").as_deref(), Some("https://plain.example/"));
    assert_eq!(plain.get_attribute("role"), None);
    let refused = root.query_selector_all(".md-link-refused").unwrap();
    assert_eq!(refused.length(), 2);
    assert_eq!(root.text_content().as_deref(), Some("a b c d"));
}

#[wasm_bindgen_test]
fn a_link_whose_text_is_the_address_of_another_host_has_no_address_before_it_was_asked_about() {
    let text = "[https://bank.example/a](https://evil.example/) [bank.com](https://evil.example/b) [evil.example](https://evil.example/c) [more](https://evil.example/d)\n";
    for pieces in [vec![text], characters(text).collect()] {
        let root = render(pieces.into_iter(), |_| {});
        let held = root.query_selector_all("a[data-href][data-take=open][role=link]:not([href])").unwrap();
        let plain = root.query_selector_all("a[href]:not([data-href]):not([role]):not([data-take])").unwrap();
        assert_eq!((held.length(), plain.length()), (2, 2), "{}", root.inner_html());
        assert_eq!(held.item(0).unwrap().text_content().as_deref(), Some("https://bank.example/a"));
    }
}

#[wasm_bindgen_test]
fn the_sink_counts_what_it_does_so_that_a_frame_can_be_bounded() {
    let parent = root();
    let mut sink = DomSink::new(parent.clone()).unwrap();
    let mut renderer = Renderer::new();
    renderer.push(&"- a\n".repeat(1_000));
    renderer.flush(&mut sink);
    let nodes = parent.query_selector_all("*").unwrap().length() as usize;
    assert!(1_000 < nodes && nodes <= sink.work() + 100, "{} steps for {nodes} elements", sink.work());
}
