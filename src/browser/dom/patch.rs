//! Patches replace what changed in a settled block, once a link or a footnote in it was defined further down.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Node, Text};

/// Patches the content of `block` to that of `revised`, which is not in the tree. The nodes that both begin and end
/// with stay, and of a text that becomes a link in part the rest stays: a selection survives around it.
pub(super) fn patch(block: &Element, revised: &Element) -> Result<(), JsValue> {
    let (mut gone, mut come) = (children(block), children(revised));
    let equal = |(old, new): &(&Node, &Node)| {
        old.is_equal_node(Some(new)) || formula(old).is_some_and(|source| formula(new) == Some(source))
    };
    let start = gone.iter().zip(&come).take_while(equal).count();
    gone.drain(..start);
    come.drain(..start);
    let end = gone.iter().rev().zip(come.iter().rev()).take_while(equal).count();
    let mut behind = gone.drain(gone.len() - end..).next();
    come.truncate(come.len() - end);
    if let Some((old, new)) = texts(gone.first(), come.first()) {
        let (before, after) = (old.data(), new.data());
        let same = length(before.chars().zip(after.chars()));
        new.delete_data(0, same)?;
        let rest: Node = old.split_text(same)?.into();
        if let Some(first) = gone.first_mut() {
            *first = rest;
        }
    }
    if let Some((old, new)) = texts(gone.last(), come.last()) {
        let (before, after) = (old.data(), new.data());
        let same = length(before.chars().rev().zip(after.chars().rev()));
        if 0 < same {
            new.delete_data(new.length() - same, same)?;
            behind = Some(old.split_text(old.length() - same)?.into());
        }
    }
    for old in gone {
        block.remove_child(&old)?;
    }
    for new in come.iter().filter(|new| !is_empty(new)) {
        block.insert_before(new, behind.as_ref())?;
    }
    Ok(())
}

fn children(element: &Element) -> Vec<Node> {
    std::iter::successors(element.first_child(), Node::next_sibling).collect()
}

/// Returns the source of a formula, drawn or not.
fn formula(node: &Node) -> Option<String> {
    let element: &Element = node.dyn_ref()?;
    let is_formula = element.class_name().starts_with("md-formula");
    element.first_element_child().filter(|_| is_formula)?.text_content()
}

fn texts<'a>(old: Option<&'a Node>, new: Option<&'a Node>) -> Option<(&'a Text, &'a Text)> {
    Some((old?.dyn_ref()?, new?.dyn_ref()?))
}

/// Returns how many UTF-16 units the pairs go on being the same character.
fn length(pairs: impl Iterator<Item = (char, char)>) -> u32 {
    pairs.take_while(|(a, b)| a == b).map(|(a, _)| if a < '\u{10000}' { 1 } else { 2 }).sum()
}

fn is_empty(node: &Node) -> bool {
    node.dyn_ref().is_some_and(|text: &Text| text.length() == 0)
}
