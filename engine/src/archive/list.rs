//! Sorts the list of conversations and groups it by date.

use super::ConversationRecord;
use super::date::{DAY, Date};
use crate::messages::archive as words;
use std::cmp::Reverse;
use std::ops::Range;

/// A group of the list, in the order in which they stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Group {
    /// Those that stand above the others.
    Pinned,
    /// Of today; also those of a time to come, since clocks are set back.
    Today,
    /// Of yesterday.
    Yesterday,
    /// Of the last seven days.
    Previous7Days,
    /// Of the last thirty days.
    Previous30Days,
    /// Of a month before.
    Month {
        /// The year.
        year: i32,
        /// The month, from 1 to 12.
        month: u32,
    },
}

/// Where days begin, as the browser knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// The last local midnight, in Unix milliseconds.
    pub midnight: u64,
    /// How far local time is ahead of UTC, in minutes.
    pub offset_minutes: i32,
}

impl Group {
    /// Returns the group of a conversation. Days are counted back from midnight in steps of 24 hours.
    #[must_use]
    pub fn of(record: &ConversationRecord, calendar: Calendar) -> Group {
        if record.pinned {
            return Group::Pinned;
        }
        let changed = i64::try_from(record.changed).unwrap_or(i64::MAX);
        let before = i64::try_from(calendar.midnight).unwrap_or(i64::MAX).saturating_sub(changed);
        if before <= 0 {
            Group::Today
        } else if before <= DAY {
            Group::Yesterday
        } else if before <= 7 * DAY {
            Group::Previous7Days
        } else if before <= 30 * DAY {
            Group::Previous30Days
        } else {
            let Date { year, month, .. } = Date::of(record.changed, calendar.offset_minutes);
            Group::Month { year, month }
        }
    }

    /// Returns the heading of the group.
    #[must_use]
    pub fn heading(self) -> String {
        match self {
            Group::Pinned => words::PINNED.to_owned(),
            Group::Today => words::TODAY.to_owned(),
            Group::Yesterday => words::YESTERDAY.to_owned(),
            Group::Previous7Days => words::PREVIOUS_7_DAYS.to_owned(),
            Group::Previous30Days => words::PREVIOUS_30_DAYS.to_owned(),
            Group::Month { year, month } => words::month(year, month),
        }
    }
}

/// Sorts conversations for the list: pinned ones first, then by the time of their last change, the newest first.
pub fn sort(records: &mut [ConversationRecord]) {
    records.sort_by(|a, b| key(a).cmp(&key(b)));
}

/// Returns the groups of a sorted list, each with its places.
#[must_use]
pub fn groups(records: &[ConversationRecord], calendar: Calendar) -> Vec<(Group, Range<usize>)> {
    let mut groups: Vec<(Group, Range<usize>)> = Vec::new();
    for (at, record) in records.iter().enumerate() {
        let group = Group::of(record, calendar);
        match groups.last_mut().filter(|(last, _)| *last == group) {
            Some((_, places)) => places.end = at + 1,
            None => groups.push((group, at..at + 1)),
        }
    }
    groups
}

/// The id tells those apart that changed at the same time, so that the list never jumps.
fn key(record: &ConversationRecord) -> (bool, Reverse<u64>, &str) {
    (!record.pinned, Reverse(record.changed), &record.id)
}
