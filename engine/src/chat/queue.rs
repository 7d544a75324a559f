//! [`Queue`] holds questions that wait for the answer that is being written, and decides when the next one is sent.

use super::draft_text::DraftText;
use super::turn::TurnState;
use crate::messages::composer as words;

/// The reason for which a queue waits for the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    /// The person stopped the answer before.
    Stopped,
    /// The answer before came to no good end.
    Failed,
    /// Nobody looked: the page was loaded anew, or another conversation was on show when the answer ended.
    Left,
    /// The next question could not be sent.
    Refused,
}

impl Hold {
    /// Returns the sentence that tells it.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Hold::Stopped => words::HELD_BY_STOP,
            Hold::Failed => words::HELD_BY_FAILURE,
            Hold::Left => words::HELD_BY_ABSENCE,
            Hold::Refused => words::HELD_BY_REFUSAL,
        }
    }
}

/// Questions that wait. The first one is sent when the answer before it has come to a good end; after any other end the queue
/// waits for the person. A question stays in the queue until it was really sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Queue {
    questions: Vec<DraftText>,
    hold: Option<Hold>,
    /// Whether the first one is sent however the answer ends.
    is_urgent: bool,
    /// Whether the first one is on its way.
    is_sending: bool,
}

impl Queue {
    /// Returns the queue of a conversation that was stored: it waits for the person.
    #[must_use]
    pub fn restored(questions: Vec<DraftText>) -> Queue {
        let mut queue = Queue { questions, ..Queue::default() };
        queue.leave();
        queue
    }

    /// Returns the questions, the next one first.
    #[must_use]
    pub fn questions(&self) -> &[DraftText] {
        &self.questions
    }

    /// Returns why it waits for the person; `None` while it waits for an answer.
    #[must_use]
    pub fn hold(&self) -> Option<Hold> {
        self.hold.filter(|_| !self.questions.is_empty())
    }

    /// Puts a question behind the others. A question of blanks is left out.
    pub fn push(&mut self, question: DraftText) {
        if !question.question().is_empty() {
            self.questions.push(question);
        }
    }

    /// Takes a question out, to be edited or dropped.
    pub fn take(&mut self, index: usize) -> Option<DraftText> {
        let taken = (index < self.questions.len()).then(|| self.questions.remove(index));
        if index == 0 && taken.is_some() {
            (self.is_urgent, self.is_sending) = (false, false);
        }
        if self.questions.is_empty() {
            self.hold = None;
        }
        taken
    }

    /// Has a question be the next one, which is sent however the answer ends.
    pub fn hurry(&mut self, index: usize) {
        if index < self.questions.len() {
            let question = self.questions.remove(index);
            self.questions.insert(0, question);
            self.is_urgent = true;
        }
    }

    /// Takes note that an answer has ended, and returns the text to send now, if one is. Where the queue waited because of an
    /// earlier end, a good one lets it go on.
    pub fn answer_ended(&mut self, state: TurnState) -> Option<String> {
        let reason = match state {
            TurnState::Complete => None,
            TurnState::Stopped => Some(Hold::Stopped),
            TurnState::Sending
            | TurnState::Waiting
            | TurnState::Streaming
            | TurnState::Interrupted
            | TurnState::Failed
            | TurnState::Truncated
            | TurnState::Filtered
            | TurnState::Paused
            | TurnState::Halted => Some(Hold::Failed),
        };
        let waits_for_person = self.hold == Some(Hold::Left);
        if self.is_urgent || (reason.is_none() && !waits_for_person) {
            return self.begin_next();
        }
        if !waits_for_person {
            self.hold = reason.filter(|_| !self.questions.is_empty());
        }
        None
    }

    /// Returns the text of the first question, which is to be sent now.
    pub fn begin_next(&mut self) -> Option<String> {
        let next = self.questions.first().map(DraftText::question);
        (self.is_urgent, self.is_sending) = (false, next.is_some());
        self.hold = None;
        next
    }

    /// Takes note that a text was sent. Returns whether it was the first question, which has left the queue then.
    pub fn sent(&mut self, text: &str) -> bool {
        let is_first =
            self.is_sending && self.questions.first().is_some_and(|first| first.question() == text);
        if is_first {
            self.take(0);
            self.hold = None;
        }
        is_first
    }

    /// Takes note that the first question could not be sent now.
    pub fn refused(&mut self) {
        if self.is_sending {
            self.hold = Some(Hold::Refused);
        }
    }

    /// Takes note that nobody looks any more: what is not sent waits for the person.
    pub fn leave(&mut self) {
        if !self.questions.is_empty() {
            self.hold = Some(Hold::Left);
        }
    }

    /// Takes note that somebody looks again, before the answer has ended.
    pub fn come_back(&mut self) {
        if self.hold == Some(Hold::Left) {
            self.hold = None;
        }
    }
}
