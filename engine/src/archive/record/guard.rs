//! [`GuardRecord`] is what a guard did with an answer, as it is stored.

use super::{exact, is_default, micros};
use crate::chat::{GateReport, GuardReport, Judged, Withheld};
use crate::checks::Action;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// What a guard did with an answer. Times are microseconds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct GuardRecord {
    /// The blocks of which something was withheld.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub blocks: Vec<WithheldRecord>,
    /// Number of places that were not shown.
    pub count: u64,
    /// The longest time for which text was held back.
    #[serde(skip_serializing_if = "is_default")]
    pub longest_hold: u64,
    /// The rule that ended the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stopped_by: Option<String>,
    /// Whether the text as it came can take the place of what is shown.
    #[serde(skip_serializing_if = "is_default")]
    pub can_release: bool,
    /// Number of parts that a judge was asked about.
    #[serde(skip_serializing_if = "is_default")]
    pub judged_parts: u32,
    /// Number of those for which it failed.
    #[serde(skip_serializing_if = "is_default")]
    pub judge_failed: u32,
    /// Tokens that it read and wrote.
    #[serde(skip_serializing_if = "is_default")]
    pub judge_tokens: u64,
    /// The longest time that it took.
    #[serde(skip_serializing_if = "is_default")]
    pub judge_longest: u64,
}

/// A block of which something was withheld.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct WithheldRecord {
    /// Its place in the turn.
    pub block: u32,
    /// The text as it came.
    pub text: String,
    /// What of it was not shown.
    pub places: Vec<PlaceRecord>,
}

/// A text that was not shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PlaceRecord {
    /// Its beginning in the block's text as it came, in bytes.
    pub from: u32,
    /// Its end.
    pub to: u32,
    /// The rule's name.
    pub rule: String,
    /// What was done.
    pub action: Action,
}

impl GuardRecord {
    /// Returns the record of a report.
    #[must_use]
    pub fn new(report: &GuardReport) -> GuardRecord {
        GuardRecord {
            blocks: report.blocks.iter().map(|(at, report)| WithheldRecord::new(*at, report)).collect(),
            count: exact(report.count as u64),
            longest_hold: micros(report.longest_hold),
            stopped_by: report.stopped_by.clone(),
            can_release: report.can_release,
            judged_parts: report.judged.parts,
            judge_failed: report.judged.failed,
            judge_tokens: exact(report.judged.tokens),
            judge_longest: micros(report.judged.longest),
        }
    }

    /// Returns the report.
    #[must_use]
    pub fn into_report(self) -> GuardReport {
        GuardReport {
            blocks: self.blocks.into_iter().map(WithheldRecord::into_report).collect(),
            held: 0,
            count: usize::try_from(self.count).unwrap_or(usize::MAX),
            longest_hold: Duration::from_micros(self.longest_hold),
            stopped_by: self.stopped_by,
            judged: Judged {
                parts: self.judged_parts,
                failed: self.judge_failed,
                tokens: self.judge_tokens,
                longest: Duration::from_micros(self.judge_longest),
            },
            can_release: self.can_release,
        }
    }
}

impl WithheldRecord {
    fn new(at: usize, report: &GateReport) -> WithheldRecord {
        let count = |bytes: usize| u32::try_from(bytes).unwrap_or(u32::MAX);
        let place = |withheld: &Withheld| PlaceRecord {
            from: count(withheld.place.start),
            to: count(withheld.place.end),
            rule: withheld.rule.clone(),
            action: withheld.action,
        };
        let places = report.withheld.iter().map(place).collect();
        WithheldRecord { block: count(at), text: report.text.clone(), places }
    }

    /// Returns the place in the turn and the report. Places that are none in the text are left out.
    fn into_report(self) -> (usize, GateReport) {
        let text = self.text;
        let withheld = self.places.into_iter().filter_map(|place| {
            let range = place.from as usize..place.to as usize;
            text.get(range.clone())?;
            Some(Withheld { place: range, rule: place.rule, action: place.action })
        });
        let withheld = withheld.collect();
        (self.block as usize, GateReport { withheld, text, ..GateReport::default() })
    }
}
