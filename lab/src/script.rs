//! Scenarios as values: what the server does with a request, down to the byte and the millisecond.
//!
//! A [`Scenario`] picks an [`Answer`] by the request; an answer is a head, a list of [`Step`]s and an [`End`].
//! Faults are laid over an answer by its methods ([`Answer::cut_at`], [`Answer::split_every`], ...), so that a
//! tape of a healthy stream serves as well for every way to break it.

use std::{borrow::Cow, time::Duration};

use crate::wire::Request;

/// One hazard, or one healthy stream, with an address of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct Scenario {
    /// The name in the address: `/s/NAME/…`.
    pub name: Cow<'static, str>,
    /// The hazard in one sentence, for people.
    pub about: Cow<'static, str>,
    /// What follows `/s/NAME` in the base URL a client is given: `/v1`, or what the provider uses.
    pub base_path: &'static str,
    /// What a page of another origin is allowed.
    pub cors: Cors,
    /// Tried in order; the first whose condition holds is played.
    pub answers: Vec<(When, Answer)>,
}

/// What a page of another origin is allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cors {
    /// Preflights pass and answers may be read.
    Open,
    /// Preflights pass, but the answer lacks the header that lets the page read it.
    AnswerHidden,
    /// The preflight itself is refused with 403, so that the browser never sends the request.
    PreflightRefused,
}

/// The condition for an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// Any request.
    Always,
    /// The request body does not ask for a stream.
    StreamOff,
    /// The n-th request of this scenario, from 1; preflights and model lists do not count.
    Attempt(usize),
    /// A control request of llama.cpp's that ends the reasoning of the completion of that id.
    ReasoningEnd(&'static str),
    /// Any other control request.
    Control,
    /// The request body holds that word.
    Holds(&'static str),
}

/// How the length of a body is told to the client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Framing {
    /// `transfer-encoding: chunked`, one chunk for each write. What model servers do.
    Chunked,
    /// `content-length` with the sum of all writes, plus one byte that never comes when the end is a cut.
    Length,
    /// Neither: the body ends where the connection does, so that a cut looks like a clean end.
    UntilClose,
}

/// One step of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Bytes, handed to the kernel in one call.
    Write(Vec<u8>),
    /// Silence. A client that leaves meanwhile is noticed at once.
    Wait(Duration),
    /// Where it goes on as soon as a control request has ended the reasoning of the completion of that id: steps before this
    /// one are left out then.
    ReasoningOver(&'static str),
}

/// What happens after the last step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The body ends as its framing says.
    Complete,
    /// The connection is closed without the last chunk or before the promised length.
    Cut,
    /// The connection is reset. On Linux the kernel sends RST for a socket closed with unread bytes, so one byte
    /// of the request body is left unread; a request without a body gets a plain close.
    Reset,
    /// Nothing more is sent and the connection stays open until the client leaves.
    Hold,
}

/// One answer of the server.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// HTTP status; `None` sends no head at all (the steps then are not sent either, only the end counts).
    pub status: Option<u16>,
    /// Silence before the head.
    pub head_after: Duration,
    /// Headers beside framing, CORS and `connection`.
    pub headers: Vec<(&'static str, String)>,
    /// How the length is told.
    pub framing: Framing,
    /// The body.
    pub steps: Vec<Step>,
    /// What happens after the body.
    pub end: End,
}

impl Scenario {
    /// The answer to a request, given how many this scenario had before it.
    pub(crate) fn answer_to(&self, request: &Request, earlier: usize) -> Option<&Answer> {
        self.answers.iter().find(|(when, _)| when.holds(request, earlier)).map(|(_, answer)| answer)
    }
}

impl When {
    fn holds(self, request: &Request, earlier: usize) -> bool {
        match self {
            Self::Always => true,
            Self::StreamOff => {
                let packed: Vec<u8> =
                    request.body.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
                let wanted = b"\"stream\":true";
                !packed.windows(wanted.len()).any(|window| window == wanted)
            }
            Self::Attempt(number) => earlier + 1 == number,
            Self::ReasoningEnd(id) => request.ends_reasoning(id),
            Self::Control => request.is_control(),
            Self::Holds(word) => request.body.windows(word.len()).any(|window| window == word.as_bytes()),
        }
    }
}

impl Answer {
    /// A complete answer of one write, with its length.
    pub fn whole(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self {
            status: Some(status),
            head_after: Duration::ZERO,
            headers: vec![("content-type", content_type.to_owned())],
            framing: Framing::Length,
            steps: vec![Step::Write(body.into())],
            end: End::Complete,
        }
    }

    /// A chunked stream: each piece is one write, with `gap` between them.
    pub fn stream<P: Into<Vec<u8>>>(
        content_type: &str,
        pieces: impl IntoIterator<Item = P>,
        gap: Duration,
    ) -> Self {
        let mut steps = Vec::new();
        for piece in pieces {
            if !steps.is_empty() && !gap.is_zero() {
                steps.push(Step::Wait(gap));
            }
            steps.push(Step::Write(piece.into()));
        }
        Self {
            status: Some(200),
            head_after: Duration::ZERO,
            headers: vec![("content-type", content_type.to_owned())],
            framing: Framing::Chunked,
            steps,
            end: End::Complete,
        }
    }

    /// The bytes of the body without framing.
    pub fn body(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        for step in &self.steps {
            match step {
                Step::Write(piece) => bytes.extend_from_slice(piece),
                Step::Wait(_) | Step::ReasoningOver(_) => {}
            }
        }
        bytes
    }

    /// The same with another header.
    #[must_use]
    pub fn with_header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// The same with another content type; `None` sends none.
    #[must_use]
    pub fn with_content_type(mut self, content_type: Option<&str>) -> Self {
        self.headers.retain(|(name, _)| *name != "content-type");
        match content_type {
            Some(value) => self.with_header("content-type", value),
            None => self,
        }
    }

    /// The same with another framing.
    #[must_use]
    pub fn framed(mut self, framing: Framing) -> Self {
        self.framing = framing;
        self
    }

    /// The same with another end.
    #[must_use]
    pub fn ending(mut self, end: End) -> Self {
        self.end = end;
        self
    }

    /// Keeps the first `count` bytes of the body, then closes without the last chunk.
    #[must_use]
    pub fn cut_at(mut self, count: usize) -> Self {
        let mut left = count;
        let mut kept = Vec::new();
        for step in self.steps {
            if left == 0 {
                break;
            }
            match step {
                Step::Wait(_) | Step::ReasoningOver(_) => kept.push(step),
                Step::Write(mut piece) => {
                    piece.truncate(left);
                    left -= piece.len();
                    kept.push(Step::Write(piece));
                }
            }
        }
        self.steps = kept;
        self.end = End::Cut;
        self
    }

    /// Splits every write into writes of at most `count` bytes (at least 1): no byte border is safe.
    #[must_use]
    pub fn split_every(mut self, count: usize) -> Self {
        let mut split = Vec::new();
        for step in self.steps {
            match step {
                Step::Wait(_) | Step::ReasoningOver(_) => split.push(step),
                Step::Write(piece) => {
                    split.extend(piece.chunks(count.max(1)).map(|part| Step::Write(part.to_vec())));
                }
            }
        }
        self.steps = split;
        self
    }

    /// The same, going on from here as soon as a control request has ended the reasoning of the completion of that id.
    #[must_use]
    pub fn with_reasoning_over(mut self, id: &'static str, before: usize) -> Self {
        self.steps.insert(before.min(self.steps.len()), Step::ReasoningOver(id));
        self
    }

    /// Everything in one write without waits, as a buffering proxy delivers it.
    #[must_use]
    pub fn in_one_burst(mut self) -> Self {
        self.head_after = Duration::ZERO;
        self.steps = vec![Step::Write(self.body())];
        self
    }

    /// Waits before the first byte of the body; the head is sent at once.
    #[must_use]
    pub fn delayed(mut self, time: Duration) -> Self {
        self.steps.insert(0, Step::Wait(time));
        self
    }

    /// Plays `factor` times as fast. Zero or less, or not a number, removes the waits.
    #[must_use]
    pub fn at_speed(mut self, factor: f64) -> Self {
        let scaled = |time: Duration| {
            let seconds = if factor > 0.0 { time.as_secs_f64() / factor } else { 0.0 };
            Duration::try_from_secs_f64(seconds).unwrap_or_default()
        };
        self.head_after = scaled(self.head_after);
        for step in &mut self.steps {
            match step {
                Step::Write(_) | Step::ReasoningOver(_) => {}
                Step::Wait(time) => *time = scaled(*time),
            }
        }
        self
    }
}
