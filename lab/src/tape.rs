//! Tapes as scenarios: the server plays what the page recorded, with the tape's own timing.

use std::{fs, io, path::Path, time::Duration};

use tokenfall::engine::{
    tape::{End as TapeEnd, Tape},
    wire::Dialect,
};

use crate::script::{Answer, Cors, End, Framing, Scenario, Step, When};

impl Answer {
    /// The answer a tape recorded, chunk by chunk. A tape that broke off plays as a cut; one that the person
    /// stopped goes silent where they stopped it.
    pub fn from_tape(tape: &Tape) -> Self {
        let (began, status, content_type, retry_after) = match tape.head() {
            Some((at, head)) => {
                (at.micros(), Some(head.status), head.content_type.as_str(), head.retry_after)
            }
            None => (0, None, "", None),
        };
        let mut steps = Vec::new();
        let mut last = began;
        let mut wait_until = |steps: &mut Vec<Step>, at: u64| {
            if at > last {
                steps.push(Step::Wait(Duration::from_micros(at - last)));
                last = at;
            }
        };
        for (at, bytes) in tape.chunks() {
            wait_until(&mut steps, at.micros());
            steps.push(Step::Write(bytes));
        }
        if let Some((at, _)) = tape.end() {
            wait_until(&mut steps, at.micros());
        }
        let end = match tape.end().map(|(_, end)| end) {
            Some(TapeEnd::Closed) => End::Complete,
            Some(TapeEnd::Lost) | None => End::Cut,
            Some(TapeEnd::Cancelled) => End::Hold,
        };
        let head_after = Duration::from_micros(began);
        let answer = Self { status, head_after, headers: Vec::new(), framing: Framing::Chunked, steps, end };
        let answer = answer.with_content_type((!content_type.is_empty()).then_some(content_type));
        match retry_after {
            Some(wait) => answer
                .with_header("retry-after-ms", wait.as_millis().to_string())
                .with_header("access-control-expose-headers", "retry-after-ms"),
            None => answer,
        }
    }
}

impl Scenario {
    /// A scenario that plays a tape to every request.
    pub fn from_tape(name: &str, tape: &Tape) -> Self {
        let base_path = match tape.dialect {
            Dialect::Gemini | Dialect::Interactions => "/v1beta",
            Dialect::Ollama
            | Dialect::PlainText
            | Dialect::OwnEvents
            | Dialect::OwnLines
            | Dialect::UiMessages
            | Dialect::AgUi
            | Dialect::BrowserModel => "",
            Dialect::Cohere => "/v2",
            Dialect::Responses | Dialect::ChatCompletions | Dialect::Anthropic | Dialect::Realtime => "/v1",
        };
        Self {
            name: name.to_owned().into(),
            about: format!("The tape of {}", tape.title).into(),
            base_path,
            cors: Cors::Open,
            answers: vec![(When::Always, Answer::from_tape(tape))],
        }
    }

    /// Reads a tape file; the scenario gets the file's name up to its first dot.
    ///
    /// # Errors
    /// When the file cannot be read or is no tape.
    pub fn from_tape_file(path: &Path) -> io::Result<Self> {
        let text = fs::read_to_string(path)?;
        let tape =
            Tape::from_jsonl(&text).map_err(|problem| io::Error::new(io::ErrorKind::InvalidData, problem))?;
        let file = path.file_name().unwrap_or_default().to_string_lossy();
        Ok(Self::from_tape(file.split('.').next().unwrap_or_default(), &tape))
    }
}
