//! Words of the settings sheet: labels, hints, what an empty field shows.

/// The heading of the sheet.
pub const SETTINGS: &str = "Settings";
