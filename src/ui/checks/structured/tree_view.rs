//! [`TreeView`] draws a tree of JSON as nested lists, past the reactive graph.
//!
//! A change says which value is another one; what is drawn of that value is brought to what the tree has. So each change costs
//! what is new of it. Of a long list the first items are drawn, the others are in groups; a group, and what came when there was
//! much on the page already, is folded, and drawn when it is unfolded.

use super::nodes::{append, append_text, append_words};
use super::row::{FOLD, Fold, MORE, Row, Shown, fold_button, is_object, items};
use crate::engine::messages::structured_page as words;
use crate::engine::structured::{Change, Judgement, Node, NodeId, OpenValue, Tree};
use crate::ui::components::count;
use std::collections::HashMap;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement};

/// Items of a list that stand together.
pub(super) const GROUP: usize = 200;
/// Rows up to which what comes is unfolded by itself.
const UNFOLDED: usize = 600;
/// Rows of what a person unfolds that are unfolded too.
const UNFOLDED_WITH: usize = 40;

/// Draws a tree into an element that no one else puts children into.
pub(super) struct TreeView {
    place: Element,
    rows: Vec<Row>,
    row_of: HashMap<NodeId, usize>,
    folds: Vec<Fold>,
    /// Rows that may still be unfolded by themselves.
    unfolding: usize,
    /// Folds whose figure is another one.
    stale: Vec<usize>,
    /// Nodes that were made.
    steps: usize,
}

impl TreeView {
    /// Creates a view in an empty element.
    pub(super) fn new(place: Element) -> TreeView {
        TreeView {
            place,
            rows: Vec::new(),
            row_of: HashMap::new(),
            folds: Vec::new(),
            unfolding: UNFOLDED,
            stale: Vec::new(),
            steps: 0,
        }
    }

    /// Draws changes. Returns how many nodes were made for them.
    pub(super) fn apply(&mut self, tree: &Tree, changes: &[Change]) -> Result<usize, JsValue> {
        self.steps = 0;
        for change in changes {
            match change {
                Change::Restarted => self.restart(),
                Change::Opened(id) => self.opened(tree, *id)?,
                Change::Grew(id) | Change::Closed(id) => self.update(tree, *id)?,
                Change::Judged(id) => self.judged(tree, *id)?,
            }
        }
        self.tell_counts(tree);
        Ok(self.steps)
    }

    /// Marks what is not whole as cut off.
    pub(super) fn cut(&self) -> Result<(), JsValue> {
        self.rows.iter().try_for_each(Row::mark_cut)
    }

    /// Does what a button of the tree is for. Returns whether it was one.
    pub(super) fn press(&mut self, tree: &Tree, button: &Element) -> Result<bool, JsValue> {
        if let Some(at) = number(button, FOLD).filter(|at| *at < self.folds.len()) {
            let is_open = self.folds[at].is_open();
            self.set_open(tree, at, !is_open)?;
            return Ok(true);
        }
        let Some(at) = number(button, MORE) else { return Ok(false) };
        let id = self.row_of.iter().find(|(_, row)| **row == at).map(|(id, _)| *id);
        if let (Some(id), Some(Shown::Text(text))) = (id, self.rows.get_mut(at).map(|row| &mut row.shown)) {
            text.show_more();
            self.update(tree, id)?;
        }
        Ok(true)
    }

    /// Goes to where an arrow key leads from a button that folds. Returns the button that the focus goes to.
    pub(super) fn key(
        &mut self,
        tree: &Tree,
        button: &Element,
        key: &str,
    ) -> Result<Option<HtmlElement>, JsValue> {
        let Some(at) = number(button, FOLD).filter(|at| *at < self.folds.len()) else { return Ok(None) };
        let is_open = self.folds[at].is_open();
        let goal = match key {
            "ArrowRight" if !is_open => {
                self.set_open(tree, at, true)?;
                Some(at)
            }
            "ArrowLeft" if is_open => {
                self.set_open(tree, at, false)?;
                Some(at)
            }
            "ArrowLeft" => self.folds[at].outer,
            "ArrowDown" => return Ok(self.beside(button, true)),
            "ArrowUp" => return Ok(self.beside(button, false)),
            _ => None,
        };
        Ok(goal.and_then(|at| self.folds[at].button.clone().dyn_into().ok()))
    }

    /// Unfolds all that a value is in. Returns its element.
    pub(super) fn reveal(&mut self, tree: &Tree, id: NodeId) -> Result<Option<HtmlElement>, JsValue> {
        let mut way = vec![id];
        while let Some(outer) = way.last().and_then(|id| tree.parent(*id)) {
            way.push(outer);
        }
        for step in way.windows(2).rev() {
            let [inner, outer] = step else { continue };
            let Some(fold) = self.fold_of(*outer) else { return Ok(None) };
            self.set_open(tree, fold, true)?;
            if !self.row_of.contains_key(inner) {
                let all = items(&tree.node(*outer)).unwrap_or_default();
                let at = all.iter().position(|item| item == inner).unwrap_or_default();
                let group =
                    (at / GROUP).checked_sub(1).and_then(|group| self.folds[fold].groups.get(group).copied());
                if let Some(group) = group {
                    self.set_open(tree, group, true)?;
                }
            }
        }
        let row = self.row_of.get(&id).and_then(|row| self.rows.get(*row));
        Ok(row.and_then(|row| row.item.clone().dyn_into().ok()))
    }

    fn restart(&mut self) {
        self.place.set_text_content(None);
        *self = TreeView { steps: self.steps, ..TreeView::new(self.place.clone()) };
    }

    fn opened(&mut self, tree: &Tree, id: NodeId) -> Result<(), JsValue> {
        match tree.parent(id) {
            // It may have been drawn with what it is in.
            None if self.row_of.contains_key(&id) => Ok(()),
            None => {
                let list = append(&self.place, "ul", "json-list")?;
                self.append_row(tree, id, &list, None)
            }
            Some(outer) => match self.fold_of(outer) {
                Some(fold) => self.fill(tree, fold),
                None => Ok(()),
            },
        }
    }

    fn update(&mut self, tree: &Tree, id: NodeId) -> Result<(), JsValue> {
        let Some(at) = self.row_of.get(&id).copied() else { return Ok(()) };
        self.steps += 1;
        if let Some(row) = self.rows.get_mut(at) {
            row.update(at, &tree.node(id))?;
        }
        match self.fold_of(id) {
            Some(fold) => self.fill(tree, fold),
            None => Ok(()),
        }
    }

    fn judged(&mut self, tree: &Tree, id: NodeId) -> Result<(), JsValue> {
        let row = self.row_of.get(&id).and_then(|at| self.rows.get_mut(*at));
        if let (Some(row), Judgement::Failed(said)) = (row, tree.judgement(id)) {
            self.steps += 2;
            row.mark_wrong(said)?;
        }
        Ok(())
    }

    fn fold_of(&self, id: NodeId) -> Option<usize> {
        match self.rows.get(*self.row_of.get(&id)?)?.shown {
            Shown::Fold(fold) => Some(fold),
            Shown::Text(_) | Shown::Scalar(..) => None,
        }
    }

    /// Folds or unfolds, and draws what is in it.
    fn set_open(&mut self, tree: &Tree, at: usize, is_open: bool) -> Result<(), JsValue> {
        self.folds[at].unfold(is_open)?;
        if is_open && !self.folds[at].is_filled {
            self.folds[at].is_filled = true;
            self.unfolding = self.unfolding.max(UNFOLDED_WITH);
            self.fill(tree, at)?;
            self.tell_counts(tree);
        }
        Ok(())
    }

    /// Draws what is in a fold and not in the page.
    fn fill(&mut self, tree: &Tree, at: usize) -> Result<(), JsValue> {
        self.stale.push(at);
        if !self.folds[at].is_filled {
            return Ok(());
        }
        let (id, from) = (self.folds[at].node, self.folds[at].from);
        let node = tree.node(id);
        let all = items(&node).unwrap_or_default();
        let own = all.len().min(from + GROUP);
        if from + self.folds[at].drawn < own {
            self.take_name_away(at);
            let list = self.folds[at].list.clone();
            while let Some(item) = all[..own].get(from + self.folds[at].drawn) {
                self.folds[at].drawn += 1;
                self.append_row(tree, *item, &list, Some(at))?;
            }
        }
        if from == 0 {
            self.fill_groups(tree, at, all.len())?;
            if let Node::Open(OpenValue::Object { name, .. }) = node {
                self.show_name(at, name.filter(|_| all.len() < GROUP))?;
            } else {
                self.take_name_away(at);
            }
        }
        Ok(())
    }

    /// Adds the groups behind the first items, and fills the last one.
    fn fill_groups(&mut self, tree: &Tree, at: usize, length: usize) -> Result<(), JsValue> {
        let wanted = length.saturating_sub(GROUP).div_ceil(GROUP);
        loop {
            if let Some(last) = self.folds[at].groups.last().copied() {
                self.fill(tree, last)?;
            }
            let groups = self.folds[at].groups.len();
            if wanted <= groups {
                return Ok(());
            }
            self.take_name_away(at);
            let item = append(&self.folds[at].list, "li", "json-item")?;
            let line = append(&item, "div", "json-line")?;
            let number = self.folds.len();
            let button = fold_button(&line, number)?;
            let from = (groups + 1) * GROUP;
            append_words(&button, "span", "json-index", &words::group(&count(from as u64)))?;
            let node = self.folds[at].node;
            self.append_fold(&item, button, node, from, Some(at))?;
            self.folds[at].groups.push(number);
        }
    }

    fn append_row(
        &mut self,
        tree: &Tree,
        id: NodeId,
        list: &Element,
        outer: Option<usize>,
    ) -> Result<(), JsValue> {
        let (number, fold) = (self.rows.len(), self.folds.len());
        let (row, button) = Row::append(list, number, tree.label(id), &tree.node(id), fold)?;
        self.steps += 5;
        let item = row.item.clone();
        self.rows.push(row);
        self.row_of.insert(id, number);
        let unfolds = 0 < self.unfolding;
        self.unfolding = self.unfolding.saturating_sub(1);
        if let Some(button) = button {
            self.append_fold(&item, button, id, 0, outer)?;
            if unfolds {
                self.folds[fold].unfold(true)?;
                self.folds[fold].is_filled = true;
            }
            self.fill(tree, fold)?;
        }
        self.judged(tree, id)
    }

    fn append_fold(
        &mut self,
        item: &Element,
        button: Element,
        node: NodeId,
        from: usize,
        outer: Option<usize>,
    ) -> Result<(), JsValue> {
        let told = append(&button, "span", "json-count")?;
        let count = append_text(&told, "")?;
        let list = append(item, "ul", "json-list")?;
        list.set_attribute("hidden", "")?;
        self.steps += 4;
        self.folds.push(Fold {
            button,
            list,
            node,
            from,
            drawn: 0,
            is_filled: false,
            groups: Vec::new(),
            count,
            name: None,
            outer,
        });
        Ok(())
    }

    /// Shows the beginning of a name behind the members of an object.
    fn show_name(&mut self, at: usize, name: Option<&str>) -> Result<(), JsValue> {
        let Some(name) = name else {
            self.take_name_away(at);
            return Ok(());
        };
        let fold = &mut self.folds[at];
        if let Some((_, text)) = &fold.name {
            text.set_data(name);
            return Ok(());
        }
        let item = append(&fold.list, "li", "json-item")?;
        item.set_attribute("data-open", "")?;
        let line = append(&item, "div", "json-line")?;
        let element = append(&line, "span", "json-name")?;
        let text = append_text(&element, name)?;
        fold.name = Some((item, text));
        self.steps += 4;
        Ok(())
    }

    fn take_name_away(&mut self, at: usize) {
        if let Some((item, _)) = self.folds[at].name.take() {
            item.remove();
        }
    }

    /// Says of each fold whose figure is another one how much is in it.
    fn tell_counts(&mut self, tree: &Tree) {
        self.stale.sort_unstable();
        self.stale.dedup();
        for at in std::mem::take(&mut self.stale) {
            let fold = &self.folds[at];
            let node = tree.node(fold.node);
            let length = items(&node).map_or(0, <[_]>::len);
            let length = if fold.from == 0 { length } else { length.saturating_sub(fold.from).min(GROUP) };
            let number = count(length as u64);
            let told = if is_object(&node) {
                words::members(length, &number)
            } else {
                words::items(length, &number)
            };
            fold.count.set_data(&told);
        }
    }

    /// Returns the button that folds and stands beside another one, of those that are seen.
    fn beside(&self, button: &Element, is_next: bool) -> Option<HtmlElement> {
        let all = self.place.get_elements_by_tag_name("button");
        let at = (0..all.length()).find(|at| all.item(*at).as_ref() == Some(button))?;
        let seen = |at: u32| {
            let button: HtmlElement = all.item(at)?.dyn_into().ok()?;
            (button.has_attribute(FOLD) && button.offset_parent().is_some()).then_some(button)
        };
        if is_next { (at + 1..all.length()).find_map(seen) } else { (0..at).rev().find_map(seen) }
    }
}

fn number(button: &Element, attribute: &str) -> Option<usize> {
    button.get_attribute(attribute)?.parse().ok()
}
