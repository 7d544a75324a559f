//! Reads a file's tokens: what a module declares, imports and names. Comments and strings are no tokens of its code.

use proc_macro2::{Delimiter, Group, Spacing, TokenStream, TokenTree};
use std::collections::BTreeSet;

/// What stands in the code of one module.
#[derive(Default)]
pub(crate) struct Scan {
    pub(crate) declarations: Vec<Declaration>,
    pub(crate) imports: Vec<Import>,
    /// Paths of two names or more outside of `use` lines.
    pub(crate) paths: Vec<Vec<String>>,
    /// Single names outside of `use` lines.
    pub(crate) words: BTreeSet<String>,
}

pub(crate) enum Declaration {
    /// A type, function, constant, trait or macro.
    Item(String),
    /// `mod name { … }`
    Inline(String, Scan),
    /// `mod name;`
    File(String),
}

/// One name that a `use` line brings.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Import {
    pub(crate) path: Vec<String>,
    /// What it is called here; `*` for all of a module.
    pub(crate) name: String,
    pub(crate) is_public: bool,
}

const ITEMS: [&str; 8] = ["const", "enum", "fn", "static", "struct", "trait", "type", "union"];

pub(crate) fn scan(code: &str) -> Scan {
    let tokens: TokenStream = code.parse().unwrap_or_else(|error| panic!("{error}: {code}"));
    let mut scan = Scan::default();
    read(&tokens.into_iter().collect::<Vec<_>>(), true, &mut scan);
    scan
}

/// Reads tokens; `declares` where they may be items of the module itself.
fn read(tokens: &[TokenTree], declares: bool, scan: &mut Scan) {
    let mut at = 0;
    while at < tokens.len() {
        at += match &tokens[at] {
            TokenTree::Group(group) => {
                // A module's items stand at its own level, or in the braces of a macro there.
                let is_macro = at > 1 && tokens[..at].iter().rev().take(2).any(|token| is(token, '!'));
                read(&inner(group), declares && is_macro, scan);
                1
            }
            TokenTree::Ident(word) => {
                let word = word.to_string();
                let declared = tokens.get(at + 1).and_then(ident);
                match (word.as_str(), declared) {
                    ("use", _) if !tokens.get(at + 1).is_some_and(|token| is(token, '<')) => {
                        let end =
                            tokens[at..].iter().position(|token| is(token, ';')).unwrap_or(tokens.len() - at);
                        let mut names = Vec::new();
                        tree(&tokens[at + 1..at + end], &[], &mut names);
                        let is_public = is_public(&tokens[..at]);
                        scan.imports.extend(names.into_iter().map(|(path, name)| Import {
                            path,
                            name,
                            is_public,
                        }));
                        end + 1
                    }
                    ("mod", Some(name)) => match tokens.get(at + 2) {
                        Some(TokenTree::Group(group)) => {
                            let mut child = Scan::default();
                            read(&inner(group), true, &mut child);
                            scan.declarations.push(Declaration::Inline(name, child));
                            3
                        }
                        _ => {
                            scan.declarations.push(Declaration::File(name));
                            3
                        }
                    },
                    ("macro_rules", None) => {
                        let name = tokens.get(at + 2).and_then(ident);
                        scan.declarations.extend(name.map(Declaration::Item));
                        3
                    }
                    (word, Some(name)) if declares && ITEMS.contains(&word) => {
                        if !ITEMS.contains(&name.as_str()) {
                            scan.declarations.push(Declaration::Item(name));
                            2
                        } else {
                            1
                        }
                    }
                    _ => path(tokens, at, scan),
                }
            }
            TokenTree::Punct(_) | TokenTree::Literal(_) => 1,
        };
    }
}

/// Reads the path that begins at a name, and gives how many tokens it is.
fn path(tokens: &[TokenTree], start: usize, scan: &mut Scan) -> usize {
    let mut path = vec![tokens[start].to_string()];
    let mut at = start + 1;
    while let Some(name) = tokens.get(at + 2).and_then(ident).filter(|_| is_colons(tokens, at)) {
        path.push(name);
        at += 3;
    }
    let before = &tokens[..start];
    if !is_member(before) {
        match path.len() {
            1 => scan.words.extend(path),
            _ => scan.paths.push(path),
        }
    }
    at - start
}

/// Whether a name behind these tokens is a member of something: `value.name`, `<T>::name`. Behind `..` it is not.
fn is_member(before: &[TokenTree]) -> bool {
    match before {
        [.., first, second] if is(second, '.') => !is(first, '.'),
        [.., _, second] if is(second, ':') => is_colons(before, before.len() - 2),
        _ => false,
    }
}

/// Reads what stands behind `use`.
fn tree(tokens: &[TokenTree], prefix: &[String], names: &mut Vec<(Vec<String>, String)>) {
    let mut path = prefix.to_vec();
    let mut at = 0;
    while at < tokens.len() {
        match &tokens[at] {
            TokenTree::Ident(word) if word == "as" => {
                let name = tokens.get(at + 1).and_then(ident).unwrap_or_else(|| "_".to_owned());
                names.push((path, name));
                return;
            }
            // `{self}` names the module before the braces.
            TokenTree::Ident(word) if word == "self" && !path.is_empty() => at += 1,
            TokenTree::Ident(word) => {
                path.push(word.to_string());
                at += 1;
            }
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                for part in inner(group).split(|token| is(token, ',')).filter(|part| !part.is_empty()) {
                    tree(part, &path, names);
                }
                return;
            }
            TokenTree::Punct(sign) => {
                path.extend((sign.as_char() == '*').then(|| "*".to_owned()));
                at += 1;
            }
            TokenTree::Group(_) | TokenTree::Literal(_) => at += 1,
        }
    }
    if let Some(name) = path.last().cloned() {
        names.push((path, name));
    }
}

/// Whether the tokens before a `use` say that it hands on: `pub`, `pub(crate)` and their kin.
fn is_public(before: &[TokenTree]) -> bool {
    match before {
        [.., word, TokenTree::Group(group)] if group.delimiter() == Delimiter::Parenthesis => {
            ident(word).is_some_and(|word| word == "pub")
        }
        [.., word] => ident(word).is_some_and(|word| word == "pub"),
        [] => false,
    }
}

fn inner(group: &Group) -> Vec<TokenTree> {
    group.stream().into_iter().collect()
}

fn ident(token: &TokenTree) -> Option<String> {
    match token {
        TokenTree::Ident(word) => Some(word.to_string()),
        TokenTree::Group(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => None,
    }
}

fn is(token: &TokenTree, sign: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == sign)
}

fn is_colons(tokens: &[TokenTree], at: usize) -> bool {
    matches!(tokens.get(at), Some(TokenTree::Punct(first)) if first.as_char() == ':' && first.spacing() == Spacing::Joint)
        && tokens.get(at + 1).is_some_and(|second| is(second, ':'))
}
