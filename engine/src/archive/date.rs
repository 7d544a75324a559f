//! Tells the date of a point in time.

/// A day in milliseconds.
pub(super) const DAY: i64 = 86_400_000;

/// A local date and time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Date {
    pub(super) year: i32,
    /// From 1.
    pub(super) month: u32,
    /// From 1.
    pub(super) day: u32,
    minutes: u32,
}

impl Date {
    /// Returns the date of a time in Unix milliseconds, where local time is so far ahead of UTC. Years are counted from
    /// March, so that the odd day of leap years comes last.
    pub(super) fn of(millis: u64, offset_minutes: i32) -> Date {
        // The last time that a date of a browser can tell.
        let millis = i64::try_from(millis.min(8_640_000_000_000_000)).unwrap_or_default();
        let local = millis + i64::from(offset_minutes) * 60_000;
        let days = local.div_euclid(DAY) + 719_468;
        let era = days.div_euclid(146_097);
        let day_of_era = days.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let from_march = (5 * day_of_year + 2) / 153;
        let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        Date {
            year: i32::try_from(year).unwrap_or_default(),
            month: month as u32,
            day: (day_of_year - (153 * from_march + 2) / 5 + 1) as u32,
            minutes: (local.rem_euclid(DAY) / 60_000) as u32,
        }
    }

    /// Writes the day as ISO 8601 does: `2025-11-30`.
    pub(super) fn day_text(self) -> String {
        let Date { year, month, day, .. } = self;
        format!("{year:04}-{month:02}-{day:02}")
    }

    /// Writes it as ISO 8601 does, without the zone: `2025-11-30 08:41`.
    pub(super) fn text(self) -> String {
        format!("{} {:02}:{:02}", self.day_text(), self.minutes / 60, self.minutes % 60)
    }
}
