//! What the tests in tests/ui try of each component: an event, a change of state, a bad input. A test names it in its own
//! documentation: `/// Covers Button: event, state, bad input. Field: state.`

use super::texts;
use std::collections::{BTreeMap, BTreeSet};

const EVENT: &str = "event";
const STATE: &str = "state";
const BAD_INPUT: &str = "bad input";

/// What a component has nothing of, and why.
const WITHOUT: [(&str, &str, &str); 54] = [
    ("Answer", EVENT, "its buttons are components of their own, and its fold is the browser's"),
    ("CardText", EVENT, "it is the words in a button"),
    ("CardText", BAD_INPUT, "its words are constants of engine::messages"),
    ("Column", STATE, "it is the same at all times"),
    ("Column", BAD_INPUT, "it is given nothing"),
    ("CompareView", EVENT, "it is words to be read"),
    ("CompareView", STATE, "it is made for two texts that are over"),
    ("Earlier", BAD_INPUT, "it is given two states, and its words are of engine::messages"),
    ("Field", EVENT, "the control in it has the events"),
    ("FigureTable", EVENT, "it is figures to be read"),
    ("FigureTable", STATE, "it is made once its race is over"),
    ("FramedNotice", EVENT, "its link is the browser's"),
    ("FramedNotice", STATE, "it is the same at all times"),
    ("FramedNotice", BAD_INPUT, "it is given nothing"),
    ("HoldFields", BAD_INPUT, "it is given one of a closed list"),
    ("GuardRow", EVENT, "it is a figure to be read"),
    ("IconView", EVENT, "it is a drawing"),
    ("IconView", STATE, "it is the same at all times"),
    ("IconView", BAD_INPUT, "it is given one of a closed list"),
    ("JudgeProblem", EVENT, "it is a sentence to be read"),
    ("KeptRace", EVENT, "it is figures to be read; the comparisons in it have the events"),
    ("KeptRace", STATE, "it is made of a race that is over"),
    ("KeysDialog", STATE, "its list is a constant; that it opens and closes is Notice's"),
    ("KeysDialog", BAD_INPUT, "its words are constants of engine::messages"),
    ("Notices", BAD_INPUT, "it is given one of a closed list and two flags, and its words are constants"),
    ("NumbersLine", EVENT, "it is figures to be read"),
    ("Outcome", EVENT, "it is what came of a trial, to be read"),
    ("Plot", EVENT, "it is a drawing"),
    ("ProblemLine", EVENT, "it is a sentence to be read"),
    ("RemovedRule", BAD_INPUT, "its name is of engine::messages"),
    ("Results", EVENT, "the comparisons in it have the events"),
    ("Results", STATE, "it is made once its race is over"),
    ("Row", EVENT, "it is a figure to be read"),
    ("RowView", EVENT, "the conversation in it has the events"),
    ("RowView", STATE, "a row that changes is another row"),
    ("Sample", EVENT, "it is a drawing"),
    ("Sample", STATE, "it is the same at all times"),
    ("Sample", BAD_INPUT, "it is given a place"),
    ("Sheet", STATE, "it is open as long as it is there"),
    ("Sheet", BAD_INPUT, "it is given nothing"),
    ("SideBar", BAD_INPUT, "it is given nothing"),
    ("SlotView", EVENT, "the view in it has the events"),
    ("Source", EVENT, "its link is browser::dom's, which tests/browser tries"),
    ("Source", STATE, "it is made once its answer is over"),
    ("Sources", EVENT, "its fold is the browser's"),
    ("Sources", STATE, "it is made once its answer is over"),
    ("SparklineView", EVENT, "it is a drawing"),
    ("StandingNote", BAD_INPUT, "it is given nothing, and its words are constants of engine::messages"),
    ("TabButton", BAD_INPUT, "it is given one of a closed list"),
    ("Tools", BAD_INPUT, "its words are constants of engine::messages"),
    ("TrialPlot", EVENT, "it is a drawing"),
    ("TurnItem", EVENT, "the question or answer in it has the events"),
    ("TurnTools", STATE, "whose turn it is never changes"),
    ("UndoNotice", BAD_INPUT, "its sentences are of engine::messages"),
];

/// The components of the page: name and source, up to the next one.
fn components() -> Vec<(String, String)> {
    let mut found = Vec::new();
    for text in texts("src/ui") {
        for part in text.split("#[component]\n").skip(1) {
            let head = part.strip_prefix("pub ").unwrap_or(part);
            let name = head.strip_prefix("fn ").and_then(|rest| rest.split('(').next());
            found.extend(name.map(|name| (name.to_owned(), part.to_owned())));
        }
    }
    found
}

/// Whether a view in `text` holds that component.
fn holds(text: &str, name: &str) -> bool {
    [" ", "\n", "/"].iter().any(|next| text.contains(&format!("<{name}{next}")))
}

/// The components that views in `text` hold, themselves or in others.
fn mounted(text: &str, components: &[(String, String)]) -> BTreeSet<String> {
    let mut mounted = BTreeSet::new();
    let mut sources = vec![text];
    while let Some(source) = sources.pop() {
        for (name, own) in components {
            if holds(source, name) && mounted.insert(name.clone()) {
                sources.push(own);
            }
        }
    }
    mounted
}

#[test]
fn each_component_is_mounted_by_a_test_or_by_a_component_that_is() {
    let components = components();
    let mounted = mounted(&texts("tests/ui").concat(), &components);
    assert!(20 <= components.len(), "only {} components were found", components.len());
    let left: Vec<_> =
        components.iter().map(|(name, _)| name).filter(|name| !mounted.contains(*name)).collect();
    assert!(left.is_empty(), "no test in tests/ui mounts {left:?}");
}

/// What the tests of a file say that they cover: component and kind.
fn covered(text: &str) -> Vec<(String, String)> {
    let mut covered = Vec::new();
    for part in text.split("/// Covers ").skip(1) {
        let (words, test) = part.split_once("\n#[wasm_bindgen_test]\n").unwrap();
        assert!(test.starts_with("fn ") || test.starts_with("async fn "), "{words}");
        let words = words.replace("\n/// ", " ");
        for sentence in words.split_inclusive('.') {
            let (name, kinds) = sentence.trim().strip_suffix('.').and_then(|it| it.split_once(": ")).unwrap();
            covered.extend(kinds.split(", ").map(|kind| (name.to_owned(), kind.to_owned())));
        }
    }
    covered
}

#[test]
fn what_a_test_says_that_it_covers_is_read_over_lines_and_sentences() {
    let text =
        "/// Covers A: event, bad input. B: state.\n/// C: event.\n#[wasm_bindgen_test]\nasync fn a() {}\n";
    let pairs = covered(text);
    let pairs: Vec<_> = pairs.iter().map(|(name, kind)| (name.as_str(), kind.as_str())).collect();
    assert_eq!(pairs, [("A", EVENT), ("A", BAD_INPUT), ("B", STATE), ("C", EVENT)]);
}

#[test]
fn each_component_has_tests_of_an_event_a_state_and_a_bad_input_or_a_reason_why_it_has_none() {
    let components = components();
    let mut kinds: BTreeMap<(String, String), usize> = BTreeMap::new();
    for text in texts("tests/ui") {
        let mounted = mounted(&text, &components);
        for (name, kind) in covered(&text) {
            assert!(
                mounted.contains(&name),
                "a test says that it covers {name}, which its file does not mount"
            );
            *kinds.entry((name, kind)).or_default() += 1;
        }
    }
    let has = |name: &str, kind: &str| kinds.contains_key(&(name.to_owned(), kind.to_owned()));
    for (name, kind, reason) in WITHOUT {
        assert!(!has(name, kind) && !reason.is_empty(), "{name}: {kind} has a test: drop its reason");
        assert!(components.iter().any(|(component, _)| component == name), "{name} is no component");
    }
    let mut left = Vec::new();
    for (name, _) in &components {
        for kind in [EVENT, STATE, BAD_INPUT] {
            if !has(name, kind)
                && !WITHOUT.iter().any(|(known, without, _)| (*known, *without) == (name, kind))
            {
                left.push((name, kind));
            }
        }
    }
    assert!(left.is_empty(), "neither a test nor a reason for {left:?}");
    let named = kinds.keys().filter(|(_, kind)| ![EVENT, STATE, BAD_INPUT].contains(&kind.as_str()));
    assert_eq!(named.count(), 0, "{kinds:?}");
}
