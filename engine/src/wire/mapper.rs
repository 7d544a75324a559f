//! [`Mapper`] maps the events of one response to deltas, by the reader of its protocol.

use super::delta::Deltas;
use super::delta_template::DeltaTemplate;
use super::dialect::Dialect;
use super::odd;
use super::protocol::Protocol;
use super::read_events::ReadEvents;
use super::source::Source;
use crate::frame::Event;
use crate::json::{Document, Malformed};
use std::fmt;

/// Maps the events of one response to deltas.
pub struct Mapper {
    document: Document,
    reader: Box<dyn ReadEvents>,
    template: DeltaTemplate,
    idle: &'static [&'static str],
    /// Whether data may be no JSON and count all the same.
    is_raw: bool,
    /// Events that were not parsed.
    #[cfg(debug_assertions)]
    skipped: u64,
}

impl fmt::Debug for Mapper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mapper").field("template", &self.template).finish_non_exhaustive()
    }
}

impl Mapper {
    /// Creates a mapper for one response in a dialect.
    #[must_use]
    pub fn new(dialect: Dialect) -> Mapper {
        Mapper::with_protocol(Protocol::of(dialect))
    }

    /// Creates a mapper for one response in a protocol.
    #[must_use]
    pub fn with_protocol(protocol: Protocol) -> Mapper {
        Mapper {
            document: Document::default(),
            template: DeltaTemplate::default(),
            idle: protocol.dialect.idle(),
            is_raw: protocol.is_raw(),
            reader: protocol.into_reader(),
            #[cfg(debug_assertions)]
            skipped: 0,
        }
    }

    /// Maps one event; its deltas are added to `out`.
    ///
    /// # Errors
    /// Data that is neither JSON nor the `[DONE]` sentinel. Nothing was added to `out`, and the next event can follow.
    pub fn map(&mut self, event: &Event<'_>, out: &mut Deltas) -> Result<(), Malformed> {
        if let Some((block, text)) = self.template.match_event(event.name, event.data.trim_ascii())
            && self.reader.append_repeated(block, text, out)
        {
            #[cfg(debug_assertions)]
            {
                self.skipped += 1;
            }
            return Ok(());
        }
        let text = event.text();
        if self.is_raw && self.reader.raw(event.name, &text, out) {
            self.template.forget();
            return Ok(());
        }
        let data = text.trim_ascii();
        let expected = self.template.retract(event.name, data.as_bytes());
        if data.is_empty() {
            // MCP-style priming events and bare pings: a name or an id without data.
            out.keep_alive();
            return Ok(());
        }
        match self.read(event.name, data, expected, out) {
            Err(malformed) => self.read_odd(event.name, data, event.terminated, out).ok_or(malformed),
            read => read,
        }
    }

    /// Takes what the client sends while the answer runs: in some protocols it decides what the end of it is. What is no JSON
    /// is of no protocol that knows.
    pub fn sent(&mut self, text: &str, out: &mut Deltas) {
        if let Ok(event) = self.document.parse(text) {
            self.reader.sent(event, out);
        }
    }

    /// Maps the data of an event: JSON, or the sentinel.
    fn read(
        &mut self,
        name: &str,
        data: &str,
        expected: Option<Source>,
        out: &mut Deltas,
    ) -> Result<(), Malformed> {
        if odd::is_done(data) {
            self.reader.done(out);
            return Ok(());
        }
        let value = self.document.parse(data)?;
        if odd::is_idle(name, value) {
            out.keep_alive();
            return Ok(());
        }
        let before = out.len();
        self.reader.blocks().take_source();
        self.reader.map(name, value, out);
        let source = self.reader.blocks().take_source();
        if let Some(source) = source.filter(|_| out.len() == before + 1) {
            self.template.learn(name, value, self.idle, source, expected);
        }
        Ok(())
    }

    /// Maps data that is no JSON as far as it holds some, or is a sign of life; `None` if it is neither.
    fn read_odd(&mut self, name: &str, data: &str, is_terminated: bool, out: &mut Deltas) -> Option<()> {
        if is_terminated && odd::is_alive(name, data) {
            out.keep_alive();
            return Some(());
        }
        let pieces = odd::pieces(data)?;
        // What was cut is no event, whatever stands before it.
        if !is_terminated && pieces.iter().any(|piece| matches!(piece, odd::Piece::Lost(_))) {
            return None;
        }
        for piece in pieces {
            let read = match &piece {
                odd::Piece::Whole(json) => self.read(name, json, None, out),
                odd::Piece::Lost(_) => Err(Malformed { at: 0 }),
            };
            self.template.forget();
            if let (Err(_), odd::Piece::Lost(text) | odd::Piece::Whole(text)) = (read, &piece) {
                out.unknown(name, text);
            }
        }
        Some(())
    }

    /// Returns how many events were not parsed, since they repeated what was known: tests hold it to what they expect.
    #[cfg(debug_assertions)]
    pub fn skipped(&self) -> u64 {
        self.skipped
    }

    /// Forgets what the events had in common, so that the next one is read whole. It changes how much work that is and
    /// nothing else; tests compare the two ways.
    pub fn forget_repeats(&mut self) {
        self.template.forget();
    }

    /// Maps a whole answer that was not streamed.
    ///
    /// # Errors
    /// A body that is no JSON.
    pub fn whole(&mut self, body: &str, out: &mut Deltas) -> Result<(), Malformed> {
        self.template.forget();
        let value = self.document.parse(body)?;
        self.reader.whole(value, out);
        Ok(())
    }

    /// Takes the transport's word that the body is complete. It is the end of an answer only where the protocol has no other;
    /// [`Mapper::finish`] follows.
    pub fn closed(&mut self, out: &mut Deltas) {
        self.template.forget();
        self.reader.closed(out);
    }

    /// Ends the body. Blocks that stayed open are closed, without the half of a surrogate pair that still waits for its
    /// other half. Where the protocol has no end marker of its own the end is added if everything it demands was seen.
    pub fn finish(&mut self, out: &mut Deltas) {
        self.template.forget();
        self.reader.finish(out);
    }
}
