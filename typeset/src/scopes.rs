//! Maps scopes, the names that grammars give to pieces of code, to the few classes that have a colour.

use std::collections::HashMap;
use syntect::parsing::{BasicScopeStackOp, Scope, ScopeStack, ScopeStackOp};
use tokenfall::engine::typeset::Class;

/// Beginnings of scopes and their class; none is the colour of plain code. Of those that fit the longest counts; a
/// scope that none fits looks like what is around it.
const CLASSES: [(&str, Option<Class>); 48] = [
    ("comment", Some(Class::Comment)),
    ("constant", Some(Class::Constant)),
    ("constant.character.escape", Some(Class::Constant)),
    ("constant.numeric", Some(Class::Number)),
    ("entity.name.class", Some(Class::Type)),
    ("entity.name.constant", Some(Class::Constant)),
    ("entity.name.enum", Some(Class::Type)),
    ("entity.name.function", Some(Class::Function)),
    ("entity.name.impl", Some(Class::Type)),
    ("entity.name.interface", Some(Class::Type)),
    ("entity.name.label", Some(Class::Constant)),
    ("entity.name.namespace", Some(Class::Type)),
    ("entity.name.section", Some(Class::Keyword)),
    ("entity.name.struct", Some(Class::Type)),
    ("entity.name.tag", Some(Class::Tag)),
    ("entity.name.trait", Some(Class::Type)),
    ("entity.name.type", Some(Class::Type)),
    ("entity.name.union", Some(Class::Type)),
    ("entity.other.attribute-name", Some(Class::Attribute)),
    ("entity.other.inherited-class", Some(Class::Type)),
    ("keyword", Some(Class::Keyword)),
    ("keyword.operator", None),
    ("keyword.operator.word", Some(Class::Keyword)),
    ("markup.deleted", Some(Class::Deleted)),
    ("markup.heading", Some(Class::Keyword)),
    ("markup.inserted", Some(Class::Inserted)),
    ("markup.raw", Some(Class::String)),
    ("markup.underline.link", Some(Class::String)),
    ("meta.annotation", Some(Class::Attribute)),
    ("meta.diff.header", Some(Class::Comment)),
    ("meta.diff.range", Some(Class::Attribute)),
    ("meta.interpolation", None),
    ("meta.template.expression", None),
    ("source.js.embedded", None),
    ("storage", Some(Class::Keyword)),
    ("storage.type.numeric", Some(Class::Type)),
    ("storage.type.primitive", Some(Class::Type)),
    ("string", Some(Class::String)),
    ("string.unquoted.plain.out", None),
    ("support.class", Some(Class::Type)),
    ("support.constant", Some(Class::Constant)),
    ("support.function", Some(Class::Function)),
    ("support.type", Some(Class::Type)),
    ("support.type.property-name", Some(Class::Attribute)),
    ("variable.annotation", Some(Class::Attribute)),
    ("variable.function", Some(Class::Function)),
    ("variable.language", Some(Class::Keyword)),
    ("variable.other.constant", Some(Class::Constant)),
];

/// Knows the class of every scope it has met.
#[derive(Debug)]
pub(crate) struct Classes {
    known: Vec<(Scope, Option<Class>)>,
    /// The class of each scope that was met; `None` for one that has no class of its own.
    met: HashMap<Scope, Option<Option<Class>>>,
}

impl Classes {
    pub(crate) fn new() -> Self {
        let known = CLASSES.iter().filter_map(|(name, class)| Some((Scope::new(name).ok()?, *class)));
        Self { known: known.collect(), met: HashMap::new() }
    }

    fn of(&mut self, scope: Scope) -> Option<Option<Class>> {
        *self.met.entry(scope).or_insert_with(|| {
            let fitting = self.known.iter().filter(|(known, _)| known.is_prefix_of(scope));
            fitting.max_by_key(|(known, _)| known.len()).map(|(_, class)| *class)
        })
    }
}

/// The scopes that are open at a place of the code, and the class that follows from them.
#[derive(Debug, Default)]
pub(crate) struct Open {
    scopes: ScopeStack,
    /// The class of the code in each scope.
    classes: Vec<Option<Class>>,
}

impl Open {
    /// Returns the class of the code at this place.
    pub(crate) fn class(&self) -> Option<Class> {
        self.classes.last().copied().flatten()
    }

    /// Opens and closes scopes as the parser says.
    pub(crate) fn apply(&mut self, change: &ScopeStackOp, classes: &mut Classes) {
        let own = &mut self.classes;
        // What fails is a change that closes more than is open; then the rest of the block is plain.
        let applied = self.scopes.apply_with_hook(change, |change, _| match change {
            BasicScopeStackOp::Push(scope) => {
                let around = own.last().copied().flatten();
                own.push(classes.of(scope).unwrap_or(around));
            }
            BasicScopeStackOp::Pop => drop(own.pop()),
        });
        if applied.is_err() {
            own.clear();
        }
    }
}
