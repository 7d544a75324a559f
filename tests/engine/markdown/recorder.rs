//! A sink that writes down what it is told, and watches that settled steps stay.

use tokenfall::engine::markdown::{Element, Renderer, Sink};

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Step {
    Open(Element),
    Close,
    Text(String),
    Loosen,
    Note(usize),
}

#[derive(Debug, Default)]
pub(crate) struct Recorder {
    /// The steps around the content that is being revised: before, after, and how many of them are settled.
    around: Option<(Vec<Step>, Vec<Step>)>,
    pub(crate) steps: Vec<Step>,
    pub(crate) settled: usize,
    pub(crate) calls: usize,
}

impl Sink for Recorder {
    fn open(&mut self, element: &Element) {
        self.calls += 1;
        self.steps.push(Step::Open(element.clone()));
    }

    fn close(&mut self) {
        self.calls += 1;
        self.steps.push(Step::Close);
    }

    fn text(&mut self, text: &str) {
        self.calls += 1;
        assert!(!text.is_empty(), "an empty text makes an empty node");
        self.steps.push(Step::Text(text.to_owned()));
    }

    fn loosen(&mut self) {
        self.calls += 1;
        self.steps.push(Step::Loosen);
    }

    fn note(&mut self, number: usize) {
        self.calls += 1;
        self.steps.push(Step::Note(number));
    }

    fn revise(&mut self, number: usize) {
        self.calls += 1;
        let noted = self.steps.iter().position(|step| *step == Step::Note(number)).expect("was noted");
        assert!(noted < self.settled, "what is open is not revised");
        let mut depth = 0;
        let open = self.steps[..noted].iter().rposition(|step| match step {
            Step::Close => {
                depth += 1;
                false
            }
            Step::Open(_) if depth == 0 => true,
            Step::Open(_) => {
                depth -= 1;
                false
            }
            Step::Text(_) | Step::Loosen | Step::Note(_) => false,
        });
        let after = self.steps.split_off(noted);
        let old = self.steps.split_off(open.expect("stands in an element") + 1);
        self.settled -= old.len();
        let before = std::mem::take(&mut self.steps);
        self.around = Some((before, after));
    }

    fn revised(&mut self) {
        let (mut before, after) = self.around.take().expect("is being revised");
        self.settled += self.steps.len();
        before.append(&mut self.steps);
        before.extend(after);
        self.steps = before;
    }

    fn undo(&mut self, steps: usize) {
        self.calls += steps;
        assert!(steps <= self.steps.len() - self.settled, "a settled step was taken back");
        self.steps.truncate(self.steps.len() - steps);
    }

    fn settle(&mut self, steps: usize) {
        self.settled += steps;
        assert!(self.settled <= self.steps.len(), "more was settled than there is");
    }
}

impl Recorder {
    /// One line for each element and text, indented, without the elements that only group.
    pub(crate) fn tree(&self) -> String {
        let mut lines: Vec<String> = Vec::new();
        // For each open element: the line it is on; none when it only groups.
        let mut open: Vec<Option<usize>> = Vec::new();
        let mut text = String::new();
        for step in &self.steps {
            let depth = open.iter().flatten().count();
            let goes_on = match step {
                Step::Open(element) => matches!(element, Element::Section | Element::Lines),
                Step::Close => open.last().is_some_and(Option::is_none),
                Step::Text(_) | Step::Note(_) => true,
                Step::Loosen => false,
            };
            if !goes_on {
                flush_text(&mut text, &mut lines, depth);
            }
            match step {
                Step::Open(Element::Section | Element::Lines) => open.push(None),
                Step::Open(element) => {
                    open.push(Some(lines.len()));
                    lines.push(format!("{}{element:?}", "  ".repeat(depth)));
                }
                Step::Close => drop(open.pop().expect("no element is open")),
                Step::Text(more) => text.push_str(more),
                Step::Note(_) => {}
                Step::Loosen => {
                    let list = open.iter().flatten().rev().find(|line| lines[**line].contains("List {"));
                    let list = *list.expect("no list is open");
                    assert!(!lines[list].ends_with(" loose"), "loosened twice");
                    lines[list].push_str(" loose");
                }
            }
        }
        flush_text(&mut text, &mut lines, open.iter().flatten().count());
        lines.join("\n")
    }

    /// The text alone.
    pub(crate) fn text(&self) -> String {
        self.steps
            .iter()
            .map(|step| match step {
                Step::Text(text) => text.as_str(),
                Step::Open(_) | Step::Close | Step::Loosen | Step::Note(_) => "",
            })
            .collect()
    }
}

fn flush_text(text: &mut String, lines: &mut Vec<String>, depth: usize) {
    if !text.is_empty() {
        lines.push(format!("{}{text:?}", "  ".repeat(depth)));
        text.clear();
    }
}

/// Renders `parts`, flushing after each, to the end.
pub(crate) fn render<'a>(parts: impl IntoIterator<Item = &'a str>) -> Recorder {
    let mut sink = Recorder::default();
    let mut renderer = Renderer::new();
    for part in parts {
        renderer.push(part);
        renderer.flush(&mut sink);
    }
    renderer.finish(&mut sink);
    assert_eq!(sink.settled, sink.steps.len(), "the end settles everything");
    sink
}

/// What is shown while `text` is still open, having come character by character.
pub(crate) fn open_tree(text: &str) -> String {
    let mut sink = Recorder::default();
    let mut renderer = Renderer::new();
    for part in characters(text) {
        renderer.push(part);
        renderer.flush(&mut sink);
    }
    sink.tree()
}

pub(crate) fn characters(text: &str) -> impl Iterator<Item = &str> {
    text.char_indices().map(|(at, c)| &text[at..at + c.len_utf8()])
}
