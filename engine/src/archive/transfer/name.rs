//! Names files that go out, so that every system takes the name.

use crate::archive::date::Date;

/// The most characters of a title in a file's name.
const TITLE: usize = 50;

/// Returns the name of a file with a conversation: the letters and digits of its title with hyphens between words, then the date, as
/// in `How-to-make-tea-2025-11-30.md`. No other characters are in it, whatever the title holds: a path, marks that shells or systems
/// read, characters that nobody sees. `ending` is without its dot.
#[must_use]
pub fn file_name(title: &str, millis: u64, offset_minutes: i32, ending: &str) -> String {
    let words = title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let joined = words.collect::<Vec<_>>().join("-");
    let end = joined.char_indices().nth(TITLE).map_or(joined.len(), |(at, _)| at);
    let title = joined[..end].trim_end_matches('-');
    let date = Date::of(millis, offset_minutes).day_text();
    let parts = [title, &date].into_iter().filter(|part| !part.is_empty());
    format!("{}.{ending}", parts.collect::<Vec<_>>().join("-"))
}
