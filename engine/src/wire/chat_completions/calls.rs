//! [`Calls`] finds the tool call that a fragment belongs to, whatever key a server gives it.

use super::key::Key;
use crate::json::{Text, Value};
use crate::wire::blocks::Blocks;
use crate::wire::{BlockIndex, BlockKind, Deltas, ToolIdentity};

/// The most calls of an answer, which bounds the search below; further ones are passed on unread.
const CALL_LIMIT: usize = 1024;

/// The calls of one response, in order of first appearance.
#[derive(Debug, Default)]
pub(super) struct Calls {
    calls: Vec<Call>,
}

#[derive(Debug)]
struct Call {
    choice: u32,
    index: Option<u64>,
    id: String,
    name: String,
    kind: String,
    block: BlockIndex,
}

/// The members of one fragment.
#[derive(Default)]
struct Fragment<'a> {
    index: Option<u64>,
    id: Option<Text<'a>>,
    kind: Option<&'a str>,
    name: Option<Text<'a>>,
    arguments: Option<Value<'a>>,
}

impl<'a> Fragment<'a> {
    fn read(value: Value<'a>) -> Fragment<'a> {
        let mut fragment = Fragment::default();
        fragment.fields(value);
        fragment
    }

    fn fields(&mut self, value: Value<'a>) {
        for (key, value) in value.members().filter(|(_, value)| !value.is_null()) {
            match key {
                "index" => self.index = value.as_u64(),
                "id" => self.id = value.as_text().filter(|id| !id.is_empty()),
                "type" => self.kind = value.as_text().and_then(|kind| kind.plain()).filter(|k| !k.is_empty()),
                "name" => self.name = value.as_text().filter(|name| !name.is_empty()),
                "arguments" | "input" => self.arguments = Some(value),
                "function" | "custom" if value.is_object() => {
                    self.kind = self.kind.or(Some(key));
                    self.fields(value);
                }
                _ => {}
            }
        }
    }
}

impl Fragment<'_> {
    /// Returns whether it belongs to the call that its place names. A call has one id and one name, but some servers
    /// number all calls 0, some give no ids, and some make up another id for each fragment.
    fn is_of(&self, call: &Call, blocks: &Blocks<Key>) -> bool {
        let is_same_name = self.name.is_none_or(|name| call.name.is_empty() || name == *call.name);
        match self.id {
            None => is_same_name || !blocks.has_text(call.block),
            Some(id) if id == *call.id => true,
            // The id comes behind the rest.
            Some(_) if call.id.is_empty() && self.index.is_some() => true,
            // Nobody is called without a name: it is the same call, if anything is still to come of that.
            Some(_) if self.name.is_none() => !blocks.is_whole_call(call.block),
            Some(_) => is_same_name && self.goes_on(call, blocks),
        }
    }

    /// Returns whether its arguments go on where the call's, begun and not whole, were left.
    fn goes_on(&self, call: &Call, blocks: &Blocks<Key>) -> bool {
        let is_beginning = |arguments: Value<'_>| {
            arguments.as_text().is_none_or(|text| text.decode().trim_start().starts_with('{'))
        };
        blocks.has_text(call.block)
            && !blocks.is_whole_call(call.block)
            && self.arguments.is_some_and(|arguments| !is_beginning(arguments))
    }
}

impl Calls {
    /// Returns whether there was none.
    pub(super) fn is_empty(&self) -> bool {
        self.calls.is_empty()
    }

    /// Maps an entry of `tool_calls`. A known id is that call, at whatever index, unless it brings another name. Else
    /// the key is `index` if that is a number, and without one it belongs to the last call.
    pub(super) fn fragment(
        &mut self,
        choice: u32,
        value: Value<'_>,
        blocks: &mut Blocks<Key>,
        out: &mut Deltas,
    ) {
        let fragment = Fragment::read(value);
        let newest = |is_meant: &dyn Fn(&Call) -> bool| {
            self.calls.iter().rposition(|call| call.choice == choice && is_meant(call))
        };
        let is_there = |call: &Call| fragment.index.is_none() || call.index == fragment.index;
        let by_id = newest(&|call| {
            fragment.id.is_some_and(|id| id == *call.id)
                && (is_there(call) || fragment.name.is_none() || fragment.goes_on(call, blocks))
        });
        let by_place = || newest(&is_there).filter(|at| fragment.is_of(&self.calls[*at], blocks));
        let found = by_id.or_else(by_place);
        // Behind a key of its own it was its arguments that told.
        let is_told_by_key = found.is_none_or(|at| {
            let call = &self.calls[at];
            fragment.name.is_none() || (is_there(call) && fragment.id.is_none_or(|id| id == *call.id))
        });
        self.take(choice, found, fragment, value, blocks, out);
        if !is_told_by_key {
            blocks.spoil();
        }
    }

    /// Maps the `function_call` from before there were several: one for each choice, without id or index.
    pub(super) fn legacy(
        &mut self,
        choice: u32,
        value: Value<'_>,
        blocks: &mut Blocks<Key>,
        out: &mut Deltas,
    ) {
        let fragment = Fragment { kind: Some("function_call"), ..Fragment::read(value) };
        let found = self.calls.iter().rposition(|call| call.choice == choice && call.kind == "function_call");
        self.take(choice, found, fragment, value, blocks, out);
    }

    fn take(
        &mut self,
        choice: u32,
        found: Option<usize>,
        fragment: Fragment<'_>,
        value: Value<'_>,
        blocks: &mut Blocks<Key>,
        out: &mut Deltas,
    ) {
        let at = match found {
            Some(at) => at,
            None if self.calls.len() >= CALL_LIMIT => return out.unknown("tool_call", value.raw()),
            None => {
                let block = blocks.open(Key::Call, BlockKind::ToolCall, choice, out);
                let kind = fragment.kind.unwrap_or("function").to_owned();
                let (id, name) = (String::new(), String::new());
                self.calls.push(Call { choice, index: fragment.index, id, name, kind, block });
                self.calls.len() - 1
            }
        };
        let call = &mut self.calls[at];
        // Set, not joined: some servers repeat id and name in every fragment.
        // The first id stays: it is the one that was told.
        let id = fragment.id.filter(|_| call.id.is_empty());
        let name = fragment.name.filter(|name| *name != *call.name);
        if found.is_none() || id.is_some() || name.is_some() {
            if let Some(id) = id {
                call.id = id.decode().into_owned();
            }
            if let Some(name) = name {
                call.name = name.decode().into_owned();
            }
            let (id, name, kind) = (call.id.clone(), call.name.clone(), call.kind.clone());
            out.tool(ToolIdentity { block: call.block, id, name, kind });
        }
        if let Some(arguments) = fragment.arguments {
            // Careless servers send the object itself.
            blocks.append_value(call.block, arguments, out);
        }
    }
}
