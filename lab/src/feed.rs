//! Feeds as values: what a scenario answers a GET with, also when the client comes back for the rest.

use std::{borrow::Cow, time::Duration};

use crate::{
    script::{Answer, Cors, End, Step},
    wire::Request,
};

/// The type of a stream of events.
const SSE: &str = "text/event-stream";

/// One stream, or one hazard, that is fetched with GET at an address of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct Feed {
    /// The name in the address: `/s/NAME`.
    pub name: Cow<'static, str>,
    /// The hazard in one sentence, for people.
    pub about: Cow<'static, str>,
    /// What a page of another origin is allowed.
    pub cors: Cors,
    /// The answers.
    pub given: Given,
}

/// How a feed picks its answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Given {
    /// The n-th GET gets the n-th answer, all further ones the last.
    InTurn(Vec<Answer>),
    /// Events behind the one that `Last-Event-ID` names.
    Events(Events),
}

/// Numbered events, of which a connection brings some and the next one those behind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Events {
    /// What each connection begins with: `retry: 200`, comments.
    pub preface: Cow<'static, str>,
    /// Event n is the n-th of these, again and again; `{n}` in it becomes n.
    pub shapes: Vec<Cow<'static, str>>,
    /// Silence before each event.
    pub gap: Duration,
    /// The most events of one connection.
    pub portion: usize,
    /// The last event: who has it is answered 204.
    pub last: usize,
    /// The event in the middle of which a connection is cut that began before it.
    pub cut_in: Option<usize>,
}

impl Feed {
    /// Returns the answer to a GET, given how many this feed had before it.
    pub(crate) fn answer_to(&self, request: &Request, earlier: usize) -> Answer {
        match &self.given {
            Given::InTurn(answers) => answers
                .get(earlier)
                .or(answers.last())
                .cloned()
                .unwrap_or_else(|| Answer::whole(404, "text/plain", "No answer for this request.\n")),
            Given::Events(events) => {
                let last_event_id = request.header("last-event-id").unwrap_or_default();
                events.behind(last_event_id.parse().unwrap_or(0))
            }
        }
    }
}

impl Events {
    /// Returns the answer for a client that has the events up to number `known`.
    pub fn behind(&self, known: usize) -> Answer {
        if known >= self.last {
            let empty = Answer::whole(204, SSE, "");
            return Answer { headers: Vec::new(), steps: Vec::new(), ..empty };
        }
        let first = known + 1;
        let last = self.last.min(known.saturating_add(self.portion));
        let mut answer = Answer::stream(SSE, [self.preface.as_bytes()], Duration::ZERO);
        for number in first..=last {
            let event = self.event(number).into_bytes();
            answer.steps.push(Step::Wait(self.gap));
            if self.cut_in == Some(number) && number > first {
                let half = event.len() / 2;
                answer.steps.push(Step::Write(event.into_iter().take(half).collect()));
                return answer.ending(End::Cut);
            }
            answer.steps.push(Step::Write(event));
        }
        answer
    }

    fn event(&self, number: usize) -> String {
        let shape = self.shapes.get((number - 1) % self.shapes.len().max(1));
        shape.map(|shape| shape.replace("{n}", &number.to_string())).unwrap_or_default()
    }
}
