//! [`ItemOrder`] keeps the items of a conversation in the order that the server gives them.

/// The most items that are kept.
const ITEM_LIMIT: usize = 10_000;

/// The ids of a conversation's items: each event names the item before its own, and comes in no sure order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ItemOrder {
    items: Vec<String>,
    /// Items behind ones that are not known yet: id, and the one before.
    waiting: Vec<(String, String)>,
}

impl ItemOrder {
    /// Takes an item behind another; behind none, it is the first. One that is known stays where it is.
    pub fn add(&mut self, id: &str, previous: Option<&str>) {
        let is_known =
            self.items.iter().any(|item| item == id) || self.waiting.iter().any(|(item, _)| item == id);
        if is_known || self.items.len() + self.waiting.len() >= ITEM_LIMIT {
            return;
        }
        match previous {
            None => self.items.insert(0, id.to_owned()),
            Some(before) => match self.items.iter().position(|item| item == before) {
                Some(at) => self.items.insert(at + 1, id.to_owned()),
                None => {
                    self.waiting.push((id.to_owned(), before.to_owned()));
                    return;
                }
            },
        }
        self.take_waiting(id);
    }

    /// Removes an item.
    pub fn remove(&mut self, id: &str) {
        self.items.retain(|item| item != id);
        self.waiting.retain(|(item, _)| item != id);
    }

    /// Returns the ids in their order; those whose place is not known are at the end, as they came.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        let waiting = self.waiting.iter().map(|(id, _)| id.as_str());
        self.items.iter().map(String::as_str).chain(waiting)
    }

    /// Puts what waits for an item behind it, and so on.
    fn take_waiting(&mut self, id: &str) {
        let mut placed = vec![id.to_owned()];
        while let Some(before) = placed.pop() {
            while let Some(at) = self.waiting.iter().position(|(_, previous)| *previous == before) {
                let (item, _) = self.waiting.remove(at);
                let behind = self.items.iter().position(|known| *known == before).map_or(0, |at| at + 1);
                self.items.insert(behind, item.clone());
                placed.push(item);
            }
        }
    }
}
