//! The types of a tree's nodes. What is open and what is closed never have the same type.

/// A node's number in its tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(pub(super) u32);

/// A value of the tree.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Node<'a> {
    /// More of it may come.
    Open(OpenValue<'a>),
    /// It is whole.
    Closed(ClosedValue<'a>),
}

/// A value of which more may come.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum OpenValue<'a> {
    /// A string: the text that came so far, decoded.
    Text(&'a str),
    /// A number or a word (`true`, `false`, `null`): the characters that came so far.
    Scalar(&'a str),
    /// An object: the members that came so far, and as much as came of the next one's name.
    Object {
        /// The members.
        members: &'a [NodeId],
        /// The beginning of a name.
        name: Option<&'a str>,
    },
    /// A list: the items that came so far.
    Array(&'a [NodeId]),
}

/// A whole value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ClosedValue<'a> {
    /// A string, decoded.
    Text(&'a str),
    /// A number, as it stands there.
    Number(&'a str),
    /// `true` or `false`.
    Bool(bool),
    /// `null`.
    Null,
    /// An object's members.
    Object(&'a [NodeId]),
    /// A list's items.
    Array(&'a [NodeId]),
}

/// What a node is called in its container.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label<'a> {
    /// It is the whole.
    Root,
    /// The name of an object's member.
    Name(&'a str),
    /// The place in a list, from nought.
    Index(usize),
}

/// What the schema says of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judgement<'a> {
    /// Nothing: it is open, or there is no schema.
    NotJudged,
    /// Nothing against it, as far as it can be judged by itself.
    Passed,
    /// What is wrong, as sentences.
    Failed(&'a [String]),
}

/// A change of a tree, for a view that draws what is new.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// What was taken for JSON was none: all nodes so far are gone, and their numbers are used again.
    Restarted,
    /// A node is there. Its container came before.
    Opened(NodeId),
    /// An open text, number or word has more characters, or an open object more of a name.
    Grew(NodeId),
    /// A node is whole.
    Closed(NodeId),
    /// The schema spoke: see [`Tree::judgement`](super::Tree::judgement).
    Judged(NodeId),
}
