//! Resolves the paths in a crate's code to the files that define what they name: `use` lines, paths in bodies and in macros.
//!
//! A name that a module hands on (`pub use`) counts for the file that defines it, so a `mod.rs` that only declares and
//! re-exports is nobody's neighbour. What the resolver does not know: the standard library, other packages (but those of
//! ours it was given), methods and fields, and items that macros make.

use super::paths::{self, Declaration, Scan};
use std::collections::{BTreeMap, BTreeSet};

/// Files by name, each with those it reaches and the paths by which it does.
pub(crate) type Arrows = BTreeMap<String, BTreeMap<String, BTreeSet<String>>>;

/// Crates whose paths are resolved together.
#[derive(Default)]
pub(crate) struct Resolver {
    modules: Vec<Module>,
    /// Names of crates, each with its root module.
    crates: BTreeMap<String, usize>,
}

struct Module {
    file: String,
    parent: Option<usize>,
    root: usize,
    names: BTreeMap<String, Binding>,
    globs: Vec<Vec<String>>,
    scan: Scan,
}

enum Binding {
    Module(usize),
    Item,
    Use(Vec<String>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Target {
    Module(usize),
    /// An item, by the module that defines it.
    Item(usize),
}

impl Resolver {
    /// Adds a crate. `read` gives a file's text by its path, or `None` where there is no such file.
    pub(crate) fn add(&mut self, name: &str, root: &str, read: &dyn Fn(&str) -> Option<String>) {
        let code = read(root).unwrap_or_else(|| panic!("{root} cannot be read"));
        let folder = root.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        let id = self.module(root, &folder, None, paths::scan(&code), read);
        self.crates.insert(name.to_owned(), id);
    }

    /// Adds a module and its children, whose files are in `folder`.
    fn module(
        &mut self,
        file: &str,
        folder: &str,
        parent: Option<usize>,
        mut scan: Scan,
        read: &dyn Fn(&str) -> Option<String>,
    ) -> usize {
        let id = self.modules.len();
        let root = parent.map_or(id, |parent| self.modules[parent].root);
        let (names, globs) = Default::default();
        self.modules.push(Module {
            file: file.to_owned(),
            parent,
            root,
            names,
            globs,
            scan: Scan::default(),
        });
        for declaration in std::mem::take(&mut scan.declarations) {
            let (name, binding) = match declaration {
                Declaration::Item(name) => (name, Binding::Item),
                Declaration::Inline(name, inner) => {
                    let child = self.module(file, &format!("{folder}/{name}"), Some(id), inner, read);
                    (name, Binding::Module(child))
                }
                Declaration::File(name) => {
                    let inner = format!("{folder}/{name}");
                    let places = [format!("{inner}.rs"), format!("{inner}/mod.rs")];
                    let found = places.iter().find_map(|path| Some((path, read(path)?)));
                    let (path, code) =
                        found.unwrap_or_else(|| panic!("{file} declares {name}: no such file"));
                    let child = self.module(path, &inner, Some(id), paths::scan(&code), read);
                    (name, Binding::Module(child))
                }
            };
            self.modules[id].names.insert(name, binding);
        }
        for import in &scan.imports {
            match import.path.last().map(String::as_str) {
                Some("*") => self.modules[id].globs.push(import.path[..import.path.len() - 1].to_vec()),
                _ => {
                    let binding = Binding::Use(import.path.clone());
                    self.modules[id].names.entry(import.name.clone()).or_insert(binding);
                }
            }
        }
        self.modules[id].scan = scan;
        id
    }

    /// Every file with the files that it uses something of.
    pub(crate) fn arrows(&self) -> Arrows {
        let mut arrows = Arrows::new();
        for (id, module) in self.modules.iter().enumerate() {
            let reached = arrows.entry(module.file.clone()).or_default();
            let imports = module.scan.imports.iter().filter(|import| {
                // What is handed on is an arrow only where the module's own code names it.
                !import.is_public || module.scan.words.contains(&import.name)
            });
            for path in imports.map(|import| &import.path).chain(&module.scan.paths) {
                if let Some(file) = self.file_of(id, path).filter(|file| *file != module.file) {
                    reached.entry(file.to_owned()).or_default().insert(path.join("::"));
                }
            }
        }
        arrows
    }

    /// The file that defines what `path` names in the code of module `from`; `None` for a module itself, and for what is
    /// no code of these crates.
    fn file_of(&self, from: usize, path: &[String]) -> Option<&str> {
        let (path, is_glob) = match path.split_last() {
            Some((last, rest)) if last == "*" => (rest, true),
            _ => (path, false),
        };
        match self.resolve(from, path, 0)? {
            Target::Item(id) => Some(&self.modules[id].file),
            Target::Module(id) => is_glob.then_some(&*self.modules[id].file),
        }
    }

    fn resolve(&self, from: usize, path: &[String], depth: usize) -> Option<Target> {
        // Names that are defined by one another, or not at all.
        if depth > 32 {
            return None;
        }
        let (first, mut rest) = path.split_first()?;
        let mut at = match first.as_str() {
            "crate" => Target::Module(self.modules[from].root),
            "self" => Target::Module(from),
            "super" => Target::Module(self.modules[from].parent?),
            name => match self.lookup(from, name, depth) {
                Some(target) => target,
                None => Target::Module(*self.crates.get(name)?),
            },
        };
        while let Some((name, behind)) = rest.split_first() {
            let Target::Module(id) = at else { break };
            at = match name.as_str() {
                "super" => Target::Module(self.modules[id].parent?),
                name => match self.lookup(id, name, depth) {
                    Some(target) => target,
                    // Another package's, handed on.
                    None if self.modules[id].names.contains_key(name) => return None,
                    // A macro of the module makes it.
                    None => Target::Item(id),
                },
            };
            rest = behind;
        }
        Some(at)
    }

    fn lookup(&self, id: usize, name: &str, depth: usize) -> Option<Target> {
        let module = &self.modules[id];
        match module.names.get(name) {
            Some(Binding::Module(child)) => Some(Target::Module(*child)),
            Some(Binding::Item) => Some(Target::Item(id)),
            // `use serde::Serialize` names a crate, not what the module itself calls so.
            Some(Binding::Use(path)) if path.len() > 1 && path[0] != name => {
                self.resolve(id, path, depth + 1)
            }
            Some(Binding::Use(path)) => {
                let root = *self.crates.get(path.first()?)?;
                let mut inner = vec!["self".to_owned()];
                inner.extend_from_slice(&path[1..]);
                self.resolve(root, &inner, depth + 1)
            }
            None => module.globs.iter().find_map(|glob| {
                let Target::Module(inner) = self.resolve(id, glob, depth + 1)? else { return None };
                self.modules[inner].names.contains_key(name).then(|| self.lookup(inner, name, depth + 1))?
            }),
        }
    }
}

/// The circles: groups of files of which each reaches each, with the arrows between them.
pub(crate) fn circles(arrows: &Arrows) -> Vec<String> {
    let reached: BTreeMap<&str, BTreeSet<&str>> =
        arrows.keys().map(|file| (file.as_str(), reachable(arrows, file))).collect();
    let mut seen = BTreeSet::new();
    let mut circles = Vec::new();
    for (&file, targets) in &reached {
        if !targets.contains(file) || seen.contains(file) {
            continue;
        }
        let group: BTreeSet<_> = targets
            .iter()
            .copied()
            .filter(|other| reached.get(other).is_some_and(|r| r.contains(file)))
            .collect();
        let lines = group.iter().flat_map(|from| {
            let inside = arrows[*from].iter().filter(|(to, _)| group.contains(to.as_str()));
            inside.map(move |(to, paths)| {
                let paths: Vec<_> = paths.iter().map(String::as_str).collect();
                format!("{from} -> {to}: {}", paths.join(", "))
            })
        });
        circles.push(lines.collect::<Vec<_>>().join("\n"));
        seen.extend(group);
    }
    circles
}

fn reachable<'a>(arrows: &'a Arrows, from: &str) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    let mut open = vec![from];
    while let Some(file) = open.pop() {
        for to in arrows.get(file).into_iter().flat_map(BTreeMap::keys) {
            if found.insert(to.as_str()) {
                open.push(to);
            }
        }
    }
    found
}
