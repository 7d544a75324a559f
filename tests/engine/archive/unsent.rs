//! What belongs to a conversation beside its turns: its draft, the questions that wait, instructions of its own.

use super::transfer::read;
use tokenfall::engine::archive::{ConversationRecord, LaneRecord, TurnRecord, export_jsonl};
use tokenfall::engine::chat::{Conversation, DraftText, Turn, TurnId};

/// A record as it was written before questions could wait.
const EARLIER: &str = r#"{"version":1,"id":"c","title":"t","created":1,"changed":2,"turns":0,"next_turn":0,"system":"Be brief.","draft":"half a"}"#;

/// One with everything.
const WITH_ALL: &str = concat!(
    r#"{"version":1,"id":"c","title":"","created":0,"changed":0,"turns":0,"next_turn":0,"has_no_system":true,"#,
    r#""draft":" half\na","pastes":["x\n"],"queue":[{"typed":"<b>&"},{"pastes":["👦",""]},{}]}"#
);

#[test]
fn a_record_from_before_questions_could_wait_has_none_and_keeps_its_draft_and_instructions() {
    let record: ConversationRecord = serde_json::from_str(EARLIER).unwrap();
    assert_eq!(record.draft(), DraftText { typed: "half a".to_owned(), pastes: Vec::new() });
    assert_eq!((record.queue.len(), record.own_system()), (0, Some("Be brief.")));
    assert_eq!(serde_json::to_string(&record).unwrap(), EARLIER);
}

#[test]
fn drafts_and_questions_that_wait_are_written_and_read_letter_by_letter() {
    let record: ConversationRecord = serde_json::from_str(WITH_ALL).unwrap();
    let paste = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    assert_eq!(record.draft(), DraftText { typed: " half\na".to_owned(), pastes: paste(&["x\n"]) });
    let queue = [
        DraftText { typed: "<b>&".to_owned(), pastes: Vec::new() },
        DraftText { typed: String::new(), pastes: paste(&["👦", ""]) },
        DraftText::default(),
    ];
    assert_eq!(record.queue, queue);
    assert_eq!(serde_json::to_string(&record).unwrap(), WITH_ALL);
    for damaged in
        [r#"{"queue":7}"#, r#"{"queue":[7]}"#, r#"{"pastes":"x"}"#, r#"{"queue":[{"typed":null}]}"#]
    {
        assert!(serde_json::from_str::<ConversationRecord>(damaged).is_err(), "{damaged}");
    }
}

#[test]
fn instructions_of_its_own_none_at_all_and_those_of_the_settings_are_three_things_also_through_a_file() {
    for system in [None, Some(""), Some("Be brief.\n")] {
        let mut record = ConversationRecord { id: "c".to_owned(), ..ConversationRecord::default() };
        record.set_own_system(Some("before"));
        record.set_own_system(system);
        assert_eq!(record.own_system(), system);
        let stored = serde_json::to_string(&record).unwrap();
        assert_eq!(serde_json::from_str::<ConversationRecord>(&stored).unwrap().own_system(), system);
        let mut file = String::new();
        export_jsonl(&record, &[], &mut file);
        let (_, imported) = read(file.as_bytes(), file.len()).unwrap();
        assert_eq!(imported[0].record.own_system(), system, "{file}");
    }
}

/// A record of a race.
const RACE: &str = concat!(
    r#"{"version":1,"id":"c","title":"","created":0,"changed":0,"turns":0,"next_turn":0,"#,
    r#""race":[{"turn":1,"name":"Streaming"},{"turn":2,"name":"<b>Whole"}]}"#
);

#[test]
fn a_record_of_a_race_is_written_and_read_letter_by_letter_and_one_from_before_has_no_lanes() {
    let record: ConversationRecord = serde_json::from_str(RACE).unwrap();
    let lane = |turn, name: &str| LaneRecord { turn, name: name.to_owned() };
    assert_eq!(record.race, [lane(1, "Streaming"), lane(2, "<b>Whole")]);
    assert_eq!(serde_json::to_string(&record).unwrap(), RACE);
    let earlier: ConversationRecord = serde_json::from_str(EARLIER).unwrap();
    assert_eq!(earlier.race, []);
    assert_eq!(serde_json::to_string(&earlier).unwrap(), EARLIER);
    for damaged in [r#"{"race":7}"#, r#"{"race":[{"turn":-1}]}"#, r#"{"race":[{"turn":1073741824}]}"#] {
        assert!(serde_json::from_str::<ConversationRecord>(damaged).is_err(), "{damaged}");
    }
}

#[test]
fn the_lanes_of_a_race_go_through_a_file_with_the_new_numbers_of_their_turns_and_without_deleted_ones() {
    let mut tree = Conversation::new();
    let question = tree.push(Turn::question("Why?"));
    let lanes: Vec<_> = (0..3).map(|_| tree.push_behind(Some(question), Turn::answer())).collect();
    tree.delete(lanes[0], 5).unwrap();
    let race = |lane: &TurnId| LaneRecord { turn: lane.number(), name: format!("Lane {}", lane.number()) };
    let mut record = ConversationRecord {
        id: "c".to_owned(),
        race: lanes.iter().map(race).collect(),
        ..ConversationRecord::default()
    };
    record.update(&tree);
    let turns: Vec<_> = tree.ids().filter_map(|id| TurnRecord::new("c", &tree, id)).collect();
    let mut file = String::new();
    export_jsonl(&record, &turns, &mut file);
    let (_, imported) = read(file.as_bytes(), file.len()).unwrap();
    let (record, turns) = (&imported[0].record, &imported[0].turns);
    let names: Vec<_> = record.race.iter().map(|lane| (lane.turn, lane.name.as_str())).collect();
    assert_eq!(names, [(1, "Lane 2"), (2, "Lane 3")]);
    assert!(record.race.iter().all(|lane| turns.iter().any(|turn| turn.turn == lane.turn)));
}
