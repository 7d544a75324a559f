//! Records: what is stored of a turn shows the same again, damage stays where it is.

use crate::laws::play;
use crate::laws::streams::all;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::time::Duration;
use tokenfall::engine::archive::{ConversationRecord, RECORD_VERSION, TurnRecord, restore};
use tokenfall::engine::chat::{
    Block, Cause, Conversation, Failure, Program, Server, Turn, TurnId, TurnMetadata, TurnState,
};
use tokenfall::engine::checks::Checks;
use tokenfall::engine::error::Category;
use tokenfall::engine::meter::{Numbers, Pace, Speed};
use tokenfall::engine::tape::End;
use tokenfall::engine::wire::{
    BlockIndex, BlockKind, Citation, Deltas, Identity, Opaque, ProviderError, Role, Stop, StopReason,
    ToolIdentity, Usage,
};

/// Stores a turn as JSON and takes it out again.
fn through(turn: &Turn, metadata: &TurnMetadata) -> (Turn, TurnMetadata) {
    let id = TurnId::from_number(3);
    let record = TurnRecord::from_parts("c", id, Some(TurnId::from_number(1)), turn, metadata);
    let text = serde_json::to_string(&record).unwrap();
    let read: TurnRecord = serde_json::from_str(&text).unwrap();
    assert_eq!(read, record, "{text}");
    let stored = read.into_turn();
    assert_eq!((stored.id, stored.parent), (id, Some(TurnId::from_number(1))));
    (stored.turn, stored.metadata)
}

/// A turn without what only matters while it is written: indices of the protocol, the number of replacements, how far the
/// prompt was read.
fn shown(turn: &Turn) -> Turn {
    let mut turn = Turn { progress: None, moved: None, has_closing_tag: false, ..turn.clone() };
    for (place, block) in turn.blocks.iter_mut().enumerate() {
        let index = BlockIndex(place as u32);
        block.revision = 0;
        block.citations.iter_mut().for_each(|citation| citation.block = index);
        block.opaque.iter_mut().for_each(|opaque| opaque.block = index);
        block.tool.iter_mut().for_each(|tool| tool.block = index);
    }
    turn
}

fn assert_kept(turn: &Turn) {
    let (kept, _) = through(turn, &TurnMetadata::default());
    let expected = if turn.state.is_final() { turn.state } else { TurnState::Interrupted };
    assert_eq!(kept, Turn { state: expected, ..shown(turn) });
    let words = |turn: &Turn| {
        let failure = turn.failure.as_ref();
        let said = failure.map(|failure| {
            (failure.sentence(), failure.advice("https://a.example"), failure.details(), failure.field())
        });
        (turn.words(), turn.reasoning(), said)
    };
    assert_eq!(words(&kept), words(turn));
    if turn.state.is_final() {
        assert_eq!(kept.end_in_words(), turn.end_in_words());
    }
    assert_eq!(kept.sources().len(), turn.sources().len());
    assert_eq!(kept.alternatives().len(), turn.alternatives().len());
}

#[test]
fn every_recorded_stream_is_shown_from_its_record_as_it_was_whole_or_cut_anywhere() {
    let mut count = 0;
    for stream in all() {
        for cut in (0..=stream.body.len()).step_by(stream.body.len() / 12 + 1).chain([stream.body.len()]) {
            for end in [End::Closed, End::Lost, End::Cancelled] {
                assert_kept(&play(stream.dialect, end, [&stream.body[..cut]]));
                count += 1;
            }
        }
    }
    assert!(count > 500, "{count}");
}

fn words() -> impl Strategy<Value = String> {
    "[ -~é\u{202e}👦\n]{0,12}"
}

fn kinds() -> impl Strategy<Value = BlockKind> {
    prop::sample::select(vec![
        BlockKind::Text,
        BlockKind::Reasoning,
        BlockKind::Refusal,
        BlockKind::ToolCall,
        BlockKind::Other,
    ])
}

fn reasons() -> impl Strategy<Value = StopReason> {
    prop::sample::select(vec![
        StopReason::Finished,
        StopReason::Length,
        StopReason::ContextFull,
        StopReason::StopSequence,
        StopReason::ToolCalls,
        StopReason::Filtered,
        StopReason::Paused,
        StopReason::Cancelled,
        StopReason::Malformed,
        StopReason::Failed,
        StopReason::Other,
    ])
}

/// Deltas in any order, as no provider sends them.
pub(super) fn deltas() -> impl Strategy<Value = Deltas> {
    let one = (0u32..4, kinds(), words(), 0u32..12, any::<Option<u64>>(), reasons());
    prop::collection::vec(one, 0..24).prop_map(|all| {
        let mut deltas = Deltas::new();
        for (block, kind, text, what, count, reason) in all {
            let index = BlockIndex(block);
            let other = text.clone();
            match what {
                0 => deltas.open(index, kind, block % 2),
                1..=4 => deltas.fragment(index, kind, |out| out.push_str(&text)),
                5 => deltas.snapshot(index, kind, |out| out.push_str(&text)),
                6 => deltas.close(index),
                7 => deltas.tool(ToolIdentity {
                    block: index,
                    id: text,
                    name: other,
                    kind: "function".to_owned(),
                }),
                8 => deltas.citation(Citation {
                    block: index,
                    title: text,
                    url: "https://a.example".to_owned(),
                    quote: other,
                    raw: String::new(),
                }),
                9 => deltas.opaque(Opaque { block: index, name: "signature", value: text }),
                10 => {
                    let count = count.map(|count| count >> 11);
                    deltas.usage(Usage { input: count, output: Some(3), raw: text, ..Usage::default() });
                    deltas.identity(Identity { id: Some(other), model: None });
                    deltas.unknown("odd", "{}");
                }
                _ => deltas.stop_because(reason, &text, other),
            }
        }
        deltas
    })
}

fn states() -> impl Strategy<Value = TurnState> {
    prop::sample::select(vec![
        TurnState::Sending,
        TurnState::Waiting,
        TurnState::Streaming,
        TurnState::Complete,
        TurnState::Stopped,
        TurnState::Interrupted,
        TurnState::Failed,
        TurnState::Truncated,
        TurnState::Filtered,
        TurnState::Paused,
        TurnState::Halted,
    ])
}

pub(super) fn failures() -> impl Strategy<Value = Failure> {
    let causes = (0u32..13, words(), words(), any::<u16>(), any::<Option<u16>>()).prop_map(
        |(what, text, other, status, maybe)| match what {
            0 => Cause::Unreachable,
            1 => Cause::Redirected,
            2 => Cause::Offline,
            3 => Cause::WebPage { status, excerpt: text },
            4 => Cause::OwnPage { excerpt: text },
            5 => Cause::Empty,
            6 => Cause::CutOff,
            7 => Cause::Lost,
            8 => Cause::Silent,
            9 => Cause::Unreadable { excerpt: text },
            10 => Cause::TooLarge { what: text },
            11 => Cause::Provider(ProviderError {
                category: Category::RateLimit,
                retry_after: Some(Duration::from_micros(1_234_567)),
                ..ProviderError::new(maybe, "kind", &other, &text, "{}")
            }),
            _ => Cause::Provider(ProviderError::new(maybe, &other, "", &text, &text)),
        },
    );
    (causes, any::<bool>(), any::<Option<u32>>(), words(), 0usize..6).prop_map(
        |(cause, has_text, wait, reason, program)| {
            let programs = [
                Program::LlamaCpp,
                Program::Ollama,
                Program::LmStudio,
                Program::Vllm,
                Program::BrowserModel,
                Program::Other,
            ];
            let server = Server {
                host: "127.0.0.1:8080".to_owned(),
                local: has_text,
                https: !has_text,
                program: programs[program],
                other_address: (program > 2).then(|| "http://127.0.0.1:8080/v1".to_owned()),
            };
            let retry_after = wait.map(|wait| Duration::from_micros(u64::from(wait)));
            Failure { cause, server, has_text, retry_after, reason }
        },
    )
}

proptest! {
    #[test]
    fn a_turn_of_any_deltas_and_any_end_is_shown_from_its_record_as_it_was(
        deltas in deltas(), state in states(), failure in prop::option::of(failures()), ended in any::<bool>(), user in any::<bool>()
    ) {
        let mut turn = Turn { state, failure, ended, ..Turn::answer() };
        turn.role = if user { Role::User } else { Role::Assistant };
        for delta in deltas.iter() {
            turn.apply(&delta);
        }
        assert_kept(&turn);
    }

    #[test]
    fn figures_and_pace_come_back_exactly(
        micros in prop::collection::vec(prop::option::of(0u64..1 << 50), 5), elapsed in 0u64..1 << 50,
        speed in prop::option::of((any::<bool>(), 1u32..8_000_000)), counts in prop::collection::vec(any::<u32>(), 6),
        pieces in prop::collection::vec((0u64..1 << 40, 1usize..9), 0..20)
    ) {
        let time = |at: usize| micros[at].map(Duration::from_micros);
        let numbers = Numbers {
            ttfb: time(0), ttft: time(1), ttfo: time(2), elapsed: Duration::from_micros(elapsed),
            tpot: micros[3].map(Duration::from_nanos), longest_gap: time(4),
            speed: speed.map(|(tokens, speed)| (tokens, f64::from(speed) / 8.0)).map(|(tokens, speed)| if tokens { Speed::Tokens(speed) } else { Speed::Deltas(speed) }),
            tokens_in: Some(u64::from(counts[0])), tokens_cached: None, tokens_out: Some(u64::from(counts[1])),
            tokens_reasoning: Some(u64::from(counts[2])), bytes: u64::from(counts[3]), deltas: u64::from(counts[4]),
        };
        let mut pace = Pace::default();
        for (at, length) in pieces {
            pace.add(Duration::from_micros(at), length);
        }
        let metadata = TurnMetadata {
            created: 1_764_491_000_123, finished: Some(1_764_491_009_456), model: "m".to_owned(), server: "h".to_owned(),
            numbers: Some(numbers), pace: Some(pace),
            checks: Checks::default(),
        };
        assert_eq!(through(&Turn::answer(), &metadata).1, metadata);
    }
}

#[test]
fn a_count_that_no_double_holds_is_written_as_the_highest_that_one_does() {
    let usage = Usage { input: Some(u64::MAX), ..Usage::default() };
    let (turn, _) = through(&Turn { usage: Some(usage), ..Turn::answer() }, &TurnMetadata::default());
    assert_eq!(turn.usage.unwrap().input, Some((1 << 53) - 1));
}

/// What the first version stores, letter by letter.
const TURN: &str = concat!(
    r#"{"version":1,"conversation":"c1","turn":1,"parent":0,"role":"assistant","state":"failed","blocks":"#,
    r#"[{"kind":"reasoning","text":"Hm.","closed":true},{"kind":"text","text":"Hello","citations":[{"title":"T","url":"https://a.example"}]},"#,
    r#"{"kind":"tool-call","text":"{}","tool":{"id":"1","name":"f","kind":"function"}}],"response_id":"r","answered_by":"m-1","model":"m","#,
    r#""server":"127.0.0.1:8080","usage":{"input":7,"output":2},"stop":{"reason":"length","wire":"length"},"#,
    r#""failure":{"cause":"provider","status":429,"category":"rate-limit","message":"Slow down","server":{"host":"127.0.0.1:8080","local":true},"has_text":true,"wait":2000000},"#,
    r#""numbers":{"ttft":250000,"elapsed":1000000,"tokens_per_second":12.5,"tokens_out":2},"pace":{"width":50000,"buckets":[5,0,3]},"#,
    r#""created":1764491000123,"finished":1764491009456}"#
);

#[test]
fn a_record_of_the_first_version_is_read_letter_by_letter_and_written_so() {
    let record: TurnRecord = serde_json::from_str(TURN).unwrap();
    assert_eq!(serde_json::to_string(&record).unwrap(), TURN);
    let stored = record.into_turn();
    assert_eq!((stored.turn.text(), stored.turn.reasoning()), ("Hello".to_owned(), "Hm.".to_owned()));
    let failure = stored.turn.failure.unwrap();
    assert_eq!(failure.advice(""), "The text so far is kept. Try again in 2 s.");
    assert_eq!(stored.metadata.numbers.unwrap().speed, Some(Speed::Tokens(12.5)));
}

#[test]
fn unknown_members_are_ignored_and_missing_ones_take_their_defaults() {
    let record: TurnRecord =
        serde_json::from_str(r#"{"novel":[1],"turn":4,"blocks":[{"kind":"hologram","text":"x"}]}"#).unwrap();
    let stored = record.into_turn();
    assert_eq!((stored.id.number(), stored.turn.state), (4, TurnState::Interrupted));
    assert_eq!(stored.turn.blocks[0].kind, BlockKind::Other);
    let record: ConversationRecord = serde_json::from_str(r#"{"id":"c","novel":{}}"#).unwrap();
    assert_eq!(record, ConversationRecord { id: "c".to_owned(), ..ConversationRecord::default() });
}

#[test]
fn a_newer_record_is_refused_with_both_versions_and_damage_with_its_cause() {
    let refused = |text: &str| serde_json::from_str::<TurnRecord>(text).unwrap_err().to_string();
    let newer = format!(
        "it is of version {}, and this page knows versions up to {RECORD_VERSION}",
        RECORD_VERSION + 1
    );
    assert!(refused(&format!(r#"{{"version":{},"blocks":7}}"#, RECORD_VERSION + 1)).starts_with(&newer));
    let text = format!(r#"{{"version":{}}}"#, RECORD_VERSION + 1);
    assert!(serde_json::from_str::<ConversationRecord>(&text).unwrap_err().to_string().starts_with(&newer));
    assert!(refused(r#"{"version":0}"#).contains("version 0"));
    assert!(refused(r#"{"state":"asleep"}"#).contains("the state “asleep” is not known"));
    assert!(refused(r#"{"role":"cat"}"#).contains("nobody here is called “cat”"));
    assert!(refused(r#"{"turn":4294967295}"#).contains("too high"));
    assert!(refused(r#"{"blocks":"x"}"#).contains("invalid type"));
}

proptest! {
    #[test]
    fn a_record_with_any_member_replaced_by_anything_is_an_error_or_a_turn_and_never_a_panic(at in 0usize..40, with in 0usize..6) {
        let mut value: Value = serde_json::from_str(TURN).unwrap();
        let members = value.as_object_mut().unwrap();
        let name = members.keys().nth(at % members.len()).unwrap().clone();
        let odd = [json!(null), json!(-1), json!(1e300), json!("x"), json!([[]]), json!({"a": 1})];
        members.insert(name, odd[with].clone());
        if let Ok(record) = serde_json::from_value::<TurnRecord>(value) {
            assert!(record.into_turn().turn.state.is_final());
        }
    }
}

fn said(text: &str) -> Turn {
    let block = Block { text: text.to_owned(), ..Block::new(BlockKind::Text, 0) };
    Turn { state: TurnState::Streaming, blocks: vec![block], ..Turn::answer() }
}

#[test]
fn a_conversation_comes_back_from_its_records_with_what_is_lost_stood_in_for() {
    let mut tree = Conversation::new();
    tree.push(Turn::question("Q"));
    tree.push(said("A"));
    let second = tree.push(Turn::question("Q2"));
    tree.push(said("B"));
    let mut record = ConversationRecord { id: "c".to_owned(), ..ConversationRecord::default() };
    record.update(&tree);
    assert_eq!((record.head, record.turns, record.next_turn), (Some(3), 4, 4));
    assert_eq!(record.last_state(), Some(TurnState::Streaming));
    let turns: Vec<_> = tree.ids().filter_map(|id| TurnRecord::new("c", &tree, id)).collect();
    let restored = restore(&record, turns.clone());
    assert_eq!(restored.conversation.path(), tree.path());
    assert_eq!(restored.conversation.turn(TurnId::from_number(3)).unwrap().state, TurnState::Interrupted);

    let foreign = TurnRecord { conversation: "d".to_owned(), turn: 9, ..turns[0].clone() };
    let rest = turns.into_iter().filter(|turn| turn.turn != second.number()).chain([foreign]).collect();
    let restored = restore(&record, rest);
    assert_eq!(restored.stand_ins, [second]);
    assert_eq!(restored.conversation.path(), tree.path());
    let stand_in = restored.conversation.turn(second).unwrap();
    assert_eq!((stand_in.role, stand_in.state), (Role::User, TurnState::Interrupted));
    assert!(stand_in.is_blank());
}

#[test]
fn parents_in_a_circle_and_ids_twice_leave_every_turn_reachable() {
    let turn =
        |turn, parent| TurnRecord { conversation: "c".to_owned(), turn, parent, ..TurnRecord::default() };
    let record = ConversationRecord { id: "c".to_owned(), head: Some(7), ..ConversationRecord::default() };
    let restored =
        restore(&record, vec![turn(0, Some(2)), turn(2, Some(2)), turn(1, Some(0)), turn(1, None)]);
    let numbers: Vec<_> = restored.conversation.path().into_iter().map(TurnId::number).collect();
    assert_eq!(numbers, [0, 1, 2]);
}

#[test]
fn a_stop_with_an_unknown_name_is_no_good_end() {
    let text = r#"{"stop":{"reason":"new","wire":"new"},"state":"halted"}"#;
    let stop = serde_json::from_str::<TurnRecord>(text).unwrap().into_turn().turn.stop;
    let expected = Stop { reason: StopReason::Other, wire: "new".to_owned(), detail: String::new() };
    assert_eq!(stop, Some(expected));
}
