//! The list: titles, order, groups by date, and finding.

use proptest::prelude::*;
use tokenfall::engine::archive::{
    BlockRecord, Calendar, ConversationRecord, Excerpt, Found, Group, Hit, Search, SearchText, SpokenTurn,
    TITLE_LIMIT, TurnRecord, groups, own_title, sort, title_of,
};
use tokenfall::engine::chat::{Turn, TurnId, TurnMetadata};

#[test]
fn a_title_is_the_first_words_as_plain_text_cut_at_a_word() {
    let long = "Please explain to me in a few words how the borrow checker of Rust decides";
    let rows = [
        ("Hello", "Hello"),
        ("  two\n lines\there ", "two lines here"),
        ("# Why **is** `a[0]` *un*safe?\n\n- x", "Why is a[0] unsafe? x"),
        ("[link](https://a.example/long) text", "link text"),
        ("```rust\nfn main() {}\n```", "fn main() {}"),
        (long, "Please explain to me in a few words how the borrow checker…"),
        ("", "Untitled"),
        (" \n\u{200b}\u{202e} ", "Untitled"),
        ("abc\u{202e}fed\u{2066}x", "abcfedx"),
        ("a\u{e0041}\u{e0042}b\u{0}c", "ab c"),
        ("***", "***"),
    ];
    for (question, title) in rows {
        assert_eq!(title_of(question), title, "{question:?}");
    }
    let word = "x".repeat(500);
    assert_eq!(title_of(&word), format!("{}…", "x".repeat(TITLE_LIMIT - 1)));
    assert_eq!(own_title(" My\u{202e} \n talk "), Some("My talk".to_owned()));
    assert_eq!(own_title(" \u{200b}"), None);
}

proptest! {
    #[test]
    fn a_title_is_never_empty_long_of_two_lines_or_turned(question in "[ -~é漢\u{202e}\u{200b}\u{2067}\n\t`*#>\\[\\]]{0,200}") {
        let title = title_of(&question);
        prop_assert!(!title.trim().is_empty() && title.chars().count() <= TITLE_LIMIT, "{title:?}");
        let is_odd = |c: char| c.is_control() || matches!(c, '\u{202e}' | '\u{2067}');
        prop_assert!(!title.contains(is_odd), "{title:?}");
    }

    #[test]
    fn what_is_marked_is_what_was_looked_for_in_any_case(before in "[aİßΣςK é\n漢]{0,12}", words in "[aikßΣσéK漢]{1,4}", after in "[aİßΣςK é\n漢]{0,12}") {
        let text = format!("{before}{words}{after}");
        let lower = |text: &str| text.to_lowercase().replace('ς', "σ").replace('\n', " ");
        let search = Search::new(&words).unwrap();
        let places = search.places(&text);
        prop_assert!(!places.is_empty());
        for place in &places {
            prop_assert!(lower(&text[place.clone()]).contains(&lower(&words)), "{text:?} {place:?}");
        }
        prop_assert!(places.windows(2).all(|pair| pair[0].end <= pair[1].start));
        prop_assert!(search.is_in(&SearchText::new(&text)));
        let excerpt = search.excerpt(&text).unwrap();
        prop_assert!(!excerpt.marks.is_empty(), "{excerpt:?}");
    }

    #[test]
    fn nothing_is_marked_in_what_does_not_hold_the_words(text in "[a-f \n]{0,40}", words in "[a-f]{1,3}") {
        let found = text.match_indices(&words).count();
        prop_assert_eq!(Search::new(&words.to_uppercase()).unwrap().places(&text).len(), found);
    }
}

fn record(id: &str, changed: u64, pinned: bool) -> ConversationRecord {
    ConversationRecord { id: id.to_owned(), changed, pinned, ..ConversationRecord::default() }
}

const DAY: u64 = 86_400_000;
/// 2025-11-30 00:00 in Berlin, which is an hour ahead of UTC.
const MIDNIGHT: u64 = 1_764_457_200_000;
const BERLIN: Calendar = Calendar { midnight: MIDNIGHT, offset_minutes: 60 };

#[test]
fn conversations_stand_by_the_time_of_their_last_change_below_pinned_ones_under_headings() {
    let rows = [
        ("pinned, old", MIDNIGHT - 900 * DAY, "Pinned"),
        ("of a time to come", MIDNIGHT + 9 * DAY, "Today"),
        ("at midnight", MIDNIGHT, "Today"),
        ("ahead of it", MIDNIGHT - 1, "Yesterday"),
        ("a day ago", MIDNIGHT - DAY, "Yesterday"),
        ("before", MIDNIGHT - DAY - 1, "Previous 7 days"),
        ("a week ago", MIDNIGHT - 7 * DAY, "Previous 7 days"),
        ("before that", MIDNIGHT - 7 * DAY - 1, "Previous 30 days"),
        ("30 days ago", MIDNIGHT - 30 * DAY, "Previous 30 days"),
        ("31 October, in summer's hour", MIDNIGHT - 30 * DAY - 1, "October 2025"),
        ("1 October, which was September in UTC", 1_759_273_200_000, "October 2025"),
        ("29 February", 1_709_200_000_000, "February 2024"),
        ("1969 in America", 0, "January 1970"),
    ];
    let mut records: Vec<_> = rows.iter().map(|(id, at, name)| record(id, *at, *name == "Pinned")).collect();
    records.reverse();
    sort(&mut records);
    let names: Vec<_> = records.iter().map(|record| record.id.as_str()).collect();
    assert_eq!(names, rows.map(|(id, ..)| id));
    for (record, (id, _, heading)) in records.iter().zip(rows) {
        assert_eq!(Group::of(record, BERLIN).heading(), heading, "{id}");
    }
    let groups = groups(&records, BERLIN);
    let headings: Vec<_> = groups.iter().map(|(group, places)| (group.heading(), places.clone())).collect();
    assert_eq!(headings[1], ("Today".to_owned(), 1..3));
    assert_eq!(headings.len(), 8);
    let west = Calendar { midnight: MIDNIGHT, offset_minutes: -300 };
    assert_eq!(Group::of(&record("a", 0, false), west).heading(), "December 1969");
}

#[test]
fn equal_times_keep_one_order_and_ten_thousand_are_sorted() {
    let mut records: Vec<_> =
        (0..10_000).map(|at| record(&format!("{:05}", at * 7 % 10_000), 5, false)).collect();
    sort(&mut records);
    assert!(records.windows(2).all(|pair| pair[0].id < pair[1].id));
}

fn turn(number: u32, parent: Option<u32>, text: &str) -> TurnRecord {
    let (id, parent) = (TurnId::from_number(number), parent.map(TurnId::from_number));
    TurnRecord::from_parts("c", id, parent, &Turn::question(text), &TurnMetadata::default())
}

#[test]
fn a_conversation_is_found_by_its_title_and_by_each_turn_that_is_not_deleted() {
    let title = "ÄPFEL und Birnen";
    let gone = TurnRecord { deleted: Some(1), ..turn(1, Some(0), "äpfel") };
    let turns = [
        turn(2, Some(1), "äpfel"),
        gone,
        turn(0, None, "Zwei Äpfel, drei äpfel"),
        turn(3, Some(0), "STRASSE"),
    ];
    let turns = turns.each_ref().map(SpokenTurn::from);
    let text = SearchText::from_turns(title, &turns);
    let hits = Search::new(" äpfel ").unwrap().hits(&text);
    let first = TurnId::from_number(0);
    assert_eq!(hits, [Hit { turn: None, count: 1 }, Hit { turn: Some(first), count: 2 }]);
    let search = |words: &str| Search::new(words).unwrap().hits(&text).len();
    assert_eq!((search("strasse"), search("straße"), search("birnen zwei")), (1, 0, 0));
    assert!(Search::new(" \n\u{0}").is_none());
}

#[test]
fn an_excerpt_shows_the_first_place_with_what_is_around_on_one_line() {
    let text = format!("{}\n\nthe needle\nis here {}", "hay ".repeat(100), "straw ".repeat(100));
    let excerpt = Search::new("NEEDLE is").unwrap().excerpt(&text).unwrap();
    assert!(excerpt.text.starts_with('…') && excerpt.text.ends_with('…') && !excerpt.text.contains('\n'));
    assert_eq!(&excerpt.text[excerpt.marks[0].clone()], "needle is");
    assert_eq!(Search::new("x").unwrap().excerpt("abc"), None);
}

/// The only place.
fn one(place: std::ops::Range<usize>) -> Vec<std::ops::Range<usize>> {
    std::iter::once(place).collect()
}

#[test]
fn a_conversation_is_shown_with_the_places_in_its_title_and_the_first_turn_that_is_not_deleted() {
    let gone = TurnRecord { deleted: Some(1), ..turn(0, None, "a needle") };
    let turns = [gone, turn(1, Some(0), "needle behind it"), turn(2, None, "hay\n<b>NEEDLE</b>")];
    let turns = turns.each_ref().map(SpokenTurn::from);
    let look = |words: &str| Search::new(words).unwrap().look("Needles and needle work", &turns);
    let excerpt = Excerpt { text: "hay <b>NEEDLE</b>".to_owned(), marks: one(7..13) };
    let place = Some((TurnId::from_number(2), excerpt));
    assert_eq!(look("needle"), Some(Found { title: vec![0..6, 12..18], place }));
    assert_eq!(look("WORK"), Some(Found { title: one(19..23), place: None }));
    let only_text = look("hay <b>").unwrap();
    assert_eq!((only_text.title.len(), only_text.place.unwrap().1.marks), (0, one(0..7)));
    assert_eq!(look("behind it"), None, "it has gone with the turn before it");
}

#[test]
fn a_stored_turn_says_the_same_to_a_search_as_to_a_reader_also_where_it_is_a_refusal() {
    let block = |kind: &str, text: &str, choice| BlockRecord {
        kind: kind.to_owned(),
        text: text.to_owned(),
        choice,
        ..BlockRecord::default()
    };
    let rows = [
        vec![
            block("reasoning", "hm", 0),
            block("text", "a", 0),
            block("text", "b", 0),
            block("text", "c", 1),
        ],
        vec![block("text", " ", 0), block("refusal", "No.", 0)],
        vec![],
    ];
    for (blocks, words) in rows.into_iter().zip(["ab", "No.", ""]) {
        let record = TurnRecord { blocks, ..turn(3, Some(1), "") };
        let stored = serde_json::to_string(&record).unwrap();
        let spoken: SpokenTurn = serde_json::from_str(&stored).unwrap();
        assert_eq!(spoken, SpokenTurn::from(&record));
        assert_eq!((spoken.words(), record.words().as_str()), (words.to_owned(), words));
    }
}
