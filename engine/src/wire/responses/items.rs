//! [`Items`] finds the items of a response by whatever an event gives, and reads them where they are stated whole.

mod settle;

use crate::json::{Text, Value};
use crate::wire::blocks::Blocks;
use crate::wire::delta_template::AppendFragment;
use crate::wire::{BlockIndex, BlockKind, Citation, Deltas, ToolIdentity};

/// The most items of an answer, which bounds the searches below; further ones are passed on unread.
const ITEM_LIMIT: usize = 1024;

/// An event's statements about where it belongs.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Address<'a> {
    /// `output_index`, the better key: some backends rotate the ids between two events of one item.
    pub(super) index: Option<u64>,
    /// `item_id`, all that llama.cpp sends.
    pub(super) id: Option<Text<'a>>,
}

/// A part of an item that becomes a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Visible text, by its place in the content.
    Text(u64),
    /// A refusal, by its place in the content.
    Refusal(u64),
    /// A paragraph of the reasoning's summary.
    Summary(u64),
    /// The reasoning itself, by its place in the content.
    Thought(u64),
    /// Arguments of a tool; the number tells the commands of a shell call apart.
    Call(u64),
    /// An item that is no text, stated whole.
    Whole,
}

impl Part {
    /// Returns the kind of a block of this part.
    fn kind(self) -> BlockKind {
        match self {
            Part::Text(_) => BlockKind::Text,
            Part::Refusal(_) => BlockKind::Refusal,
            Part::Summary(_) | Part::Thought(_) => BlockKind::Reasoning,
            Part::Call(_) => BlockKind::ToolCall,
            Part::Whole => BlockKind::Other,
        }
    }

    /// Returns the type of the items that have such parts; empty where several have.
    fn item_kind(self) -> &'static str {
        match self {
            Part::Text(_) | Part::Refusal(_) => "message",
            Part::Summary(_) | Part::Thought(_) => "reasoning",
            Part::Call(_) | Part::Whole => "",
        }
    }

    /// Returns whether items of that type have such parts; one whose type is not known yet may.
    fn is_of(self, kind: &str) -> bool {
        let is_same = kind.is_empty() || kind == self.item_kind();
        is_same || (self.kind() == BlockKind::ToolCall && is_call(kind))
    }
}

/// The items of one response.
#[derive(Debug, Default)]
pub(super) struct Items {
    items: Vec<Item>,
    blocks: Blocks<(usize, Part)>,
}

#[derive(Debug)]
struct Item {
    index: Option<u64>,
    id: String,
    kind: String,
    call_id: String,
    name: String,
    /// Whether it was stated whole; what is not text must not be added a second time.
    done: bool,
    /// Number of annotations of its text that were passed on.
    cited: usize,
    blocks: Vec<BlockIndex>,
}

impl Item {
    /// Returns whether that whole item may be this one, by its kind.
    fn may_be(&self, item: Value<'_>) -> bool {
        item.text("type").is_none_or(|kind| self.kind.is_empty() || kind == *self.kind)
    }
}

impl Items {
    /// Returns whether the answer ends with calls that the client has to make.
    pub(super) fn wants_tools(&self) -> bool {
        self.items.iter().any(|item| {
            matches!(item.kind.as_str(), "function_call" | "custom_tool_call" | "mcp_approval_request")
        })
    }

    /// Returns the blocks of all items.
    pub(super) fn blocks(&mut self) -> &mut dyn AppendFragment {
        &mut self.blocks
    }

    /// Closes whatever is still open.
    pub(super) fn close_all(&mut self, out: &mut Deltas) {
        self.blocks.close_all(out);
    }

    /// Closes them where the stream was cut.
    pub(super) fn close_cut(&mut self, out: &mut Deltas) {
        self.blocks.close_cut(out);
    }

    /// Appends a fragment.
    pub(super) fn append(&mut self, address: Address<'_>, part: Part, text: Text<'_>, out: &mut Deltas) {
        if !text.is_empty() {
            let block = self.block(address, part, out);
            self.blocks.append(block, text, out);
        }
    }

    /// Appends a fragment that is no string.
    pub(super) fn append_raw(&mut self, address: Address<'_>, part: Part, raw: &str, out: &mut Deltas) {
        let block = self.block(address, part, out);
        self.blocks.append_str(block, raw, out);
    }

    /// States the whole text of a part.
    pub(super) fn state(&mut self, address: Address<'_>, part: Part, text: Text<'_>, out: &mut Deltas) {
        let at = self.holder(address, part);
        self.state_at(at, part, text, out);
    }

    /// Begins an item. A call is announced at once, so that a person sees what is being called while it is written.
    pub(super) fn added(&mut self, address: Address<'_>, item: Value<'_>, out: &mut Deltas) {
        if self.items.len() >= ITEM_LIMIT {
            return out.unknown("response.output_item.added", item.raw());
        }
        let address = Address { id: item.text("id").filter(|id| !id.is_empty()), ..address };
        let at = self.add(address, "");
        self.describe(at, item);
        if is_call(&self.items[at].kind) {
            self.call_block(at, Part::Call(0), out);
        }
    }

    /// Takes an item that is stated whole.
    pub(super) fn done(&mut self, address: Address<'_>, item: Value<'_>, out: &mut Deltas) {
        let address = Address { id: item.text("id").filter(|id| !id.is_empty()), ..address };
        // Without a key it is the newest one, unless that was stated before.
        let has_key = address.index.is_some() || address.id.is_some();
        let found = self.find(address, &|known| known.may_be(item) && (has_key || !known.done));
        let at = match found {
            Some(at) => at,
            None if self.items.len() >= ITEM_LIMIT => {
                return out.unknown("response.output_item.done", item.raw());
            }
            None => self.add(address, ""),
        };
        self.settle(at, item, out);
    }

    /// Adds a source for a part of the text.
    pub(super) fn annotation(
        &mut self,
        address: Address<'_>,
        content: u64,
        annotation: Value<'_>,
        out: &mut Deltas,
    ) {
        let at = self.holder(address, Part::Text(content));
        let block = self.block_at(at, Part::Text(content), out);
        self.items[at].cited += 1;
        cite(block, annotation, out);
    }

    /// Takes the response's own list at the end. It may be empty although items were streamed, or be all there is.
    pub(super) fn reconcile(&mut self, response: Value<'_>, out: &mut Deltas) {
        let mut is_claimed = vec![false; self.items.len()];
        for (place, item) in response.get("output").into_iter().flat_map(|output| output.items()).enumerate()
        {
            let id = item.text("id").filter(|id| !id.is_empty());
            let known = &self.items[..is_claimed.len()];
            let by_id = known.iter().position(|known| id.is_some_and(|id| id == *known.id));
            let free = (0..known.len()).filter(|at| !is_claimed[*at] && known[*at].may_be(item));
            // Ids may have changed, and items been left out before this one.
            let by_index = || free.clone().find(|at| known[*at].index == Some(place as u64));
            let by_kind = || free.clone().next();
            match by_id.or_else(by_index).or_else(by_kind) {
                Some(at) => {
                    is_claimed[at] = true;
                    self.settle(at, item, out);
                }
                None if self.items.len() >= ITEM_LIMIT => out.unknown("output", item.raw()),
                None => {
                    let at = self.add(Address { index: None, id }, "");
                    self.settle(at, item, out);
                }
            }
        }
    }

    /// Finds the item that an event is about, of those that suit it: by position, else by id, else the newest. LiteLLM
    /// gives one position to several items, so there the id may tell; others change the ids, so it need not.
    fn find(&self, address: Address<'_>, suits: &dyn Fn(&Item) -> bool) -> Option<usize> {
        let newest = |is_meant: &dyn Fn(&Item) -> bool| {
            self.items.iter().rposition(|item| is_meant(item) && suits(item))
        };
        let has_id = |item: &Item| address.id.is_some_and(|id| id == *item.id);
        let Some(index) = address.index else {
            return newest(&|item| address.id.is_none() || has_id(item));
        };
        newest(&|item| item.index == Some(index) && has_id(item))
            .or_else(|| newest(&|item| item.index == Some(index)))
            .or_else(|| newest(&|item| item.index.is_none() && has_id(item)))
    }

    /// Returns the item that such a part belongs to.
    fn holder(&mut self, address: Address<'_>, part: Part) -> usize {
        let found = self.find(address, &|item| part.is_of(&item.kind));
        found.unwrap_or_else(|| self.add(address, part.item_kind()))
    }

    fn add(&mut self, address: Address<'_>, kind: &str) -> usize {
        // At the limit, what has no item of its own goes to the last one rather than nowhere.
        if self.items.len() < ITEM_LIMIT {
            self.items.push(Item {
                index: address.index,
                id: address.id.map(|id| id.decode().into_owned()).unwrap_or_default(),
                kind: kind.to_owned(),
                call_id: String::new(),
                name: String::new(),
                done: false,
                cited: 0,
                blocks: Vec::new(),
            });
        }
        self.items.len() - 1
    }

    fn describe(&mut self, at: usize, item: Value<'_>) {
        let known = &mut self.items[at];
        for (field, name) in
            [(&mut known.kind, "type"), (&mut known.call_id, "call_id"), (&mut known.name, "name")]
        {
            if let Some(text) = item.text(name).filter(|text| !text.is_empty()) {
                *field = text.decode().into_owned();
            }
        }
    }

    fn block(&mut self, address: Address<'_>, part: Part, out: &mut Deltas) -> BlockIndex {
        let at = self.holder(address, part);
        self.block_at(at, part, out)
    }

    fn block_at(&mut self, at: usize, part: Part, out: &mut Deltas) -> BlockIndex {
        match part {
            Part::Call(_) => self.call_block(at, part, out),
            Part::Text(_) | Part::Refusal(_) | Part::Summary(_) | Part::Thought(_) | Part::Whole => {
                self.blocks.find(&(at, part)).unwrap_or_else(|| self.open(at, part, out))
            }
        }
    }

    fn open(&mut self, at: usize, part: Part, out: &mut Deltas) -> BlockIndex {
        let block = self.blocks.open((at, part), part.kind(), 0, out);
        self.items[at].blocks.push(block);
        block
    }

    fn call_block(&mut self, at: usize, part: Part, out: &mut Deltas) -> BlockIndex {
        if let Some(block) = self.blocks.find(&(at, part)) {
            return block;
        }
        let block = self.open(at, part, out);
        out.tool(self.tool(at, block));
        block
    }

    fn tool(&self, at: usize, block: BlockIndex) -> ToolIdentity {
        let item = &self.items[at];
        // A provider's own tools have no call id, and their name is their type.
        let id = if item.call_id.is_empty() { &item.id } else { &item.call_id };
        let name = if item.name.is_empty() { &item.kind } else { &item.name };
        ToolIdentity { block, id: id.clone(), name: name.clone(), kind: item.kind.clone() }
    }

    fn state_at(&mut self, at: usize, part: Part, text: Text<'_>, out: &mut Deltas) {
        // A last word that is empty takes nothing back: some backends leave it so.
        if text.is_empty() {
            return;
        }
        let block = self.block_at(at, part, out);
        if self.blocks.has_text(block) {
            self.blocks.snapshot(block, text, out);
        } else {
            self.blocks.append(block, text, out);
        }
    }
}

/// Returns whether items of that kind are calls of a tool, whoever runs it.
fn is_call(kind: &str) -> bool {
    (kind.ends_with("_call") && kind != "image_generation_call") || kind == "mcp_approval_request"
}

fn cite(block: BlockIndex, annotation: Value<'_>, out: &mut Deltas) {
    let title = annotation.text("title").or_else(|| annotation.text("filename"));
    out.citation(Citation {
        block,
        title: title.map(|title| title.decode().into_owned()).unwrap_or_default(),
        url: annotation.string("url"),
        quote: annotation.string("quote"),
        raw: annotation.raw().to_owned(),
    });
}
