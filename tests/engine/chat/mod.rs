//! Tests of turns and of the tree they stand in.

mod conversation;
mod waiting;

use tokenfall::engine::chat::{Turn, TurnState};
use tokenfall::engine::wire::{
    BlockIndex, BlockKind, Citation, Delta, Deltas, Identity, Opaque, Role, StopReason, ToolIdentity, Usage,
};

const FIRST: BlockIndex = BlockIndex(0);
const SECOND: BlockIndex = BlockIndex(1);

fn turn(fill: impl FnOnce(&mut Deltas)) -> Turn {
    let mut deltas = Deltas::new();
    fill(&mut deltas);
    let mut turn = Turn::answer();
    deltas.iter().for_each(|delta| turn.apply(&delta));
    turn
}

fn say(out: &mut Deltas, block: BlockIndex, kind: BlockKind, text: &str) {
    out.fragment(block, kind, |into| into.push_str(text));
}

fn state(out: &mut Deltas, text: &str) {
    out.snapshot(FIRST, BlockKind::Text, |into| into.push_str(text));
}

fn cite(out: &mut Deltas, block: BlockIndex, title: &str, url: &str) {
    let (title, url) = (title.to_owned(), url.to_owned());
    out.citation(Citation { block, title, url, quote: String::new(), raw: String::new() });
}

#[test]
fn a_source_is_named_once_by_its_address_or_else_by_its_title() {
    let turn = turn(|out| {
        out.open(FIRST, BlockKind::Text, 0);
        out.open(SECOND, BlockKind::Text, 1);
        for (title, url) in [("A", "https://a"), ("Again", "https://a"), ("B", ""), ("B", ""), ("", "")] {
            cite(out, FIRST, title, url);
        }
        cite(out, SECOND, "of another answer", "https://c");
        (0..200).for_each(|number| cite(out, FIRST, "", &format!("https://{number}")));
    });
    let sources = turn.sources();
    assert_eq!(sources.len(), 100);
    assert_eq!((sources[0].title.as_str(), sources[1].title.as_str()), ("A", "B"));
    assert_eq!(sources[2].url, "https://0");
}

#[test]
fn alternatives_are_turns_of_their_own_and_bounded() {
    let mixed = turn(|out| {
        for (block, choice, text) in [(0, 0, "a"), (1, 7, "b"), (2, 2, "c"), (3, 7, "d")] {
            out.open(BlockIndex(block), BlockKind::Text, choice);
            say(out, BlockIndex(block), BlockKind::Text, text);
        }
    });
    assert_eq!(mixed.text(), "a");
    let texts: Vec<String> = mixed.alternatives().iter().map(Turn::text).collect();
    assert_eq!(texts, ["bd", "c"]);
    let many =
        turn(|out| (0..1_000).for_each(|at| out.open(BlockIndex(at), BlockKind::Text, at * 4_000_000)));
    assert_eq!(many.alternatives().len(), 15);
}

#[test]
fn a_closing_statement_equal_to_the_text_changes_nothing() {
    let turn = turn(|out| {
        say(out, FIRST, BlockKind::Text, "Hello");
        state(out, "Hello");
    });
    assert_eq!((turn.blocks[0].text.as_str(), turn.blocks[0].revision), ("Hello", 0));
}

#[test]
fn a_longer_closing_statement_is_appended() {
    let turn = turn(|out| {
        say(out, FIRST, BlockKind::Text, "Hel");
        state(out, "Hello");
    });
    assert_eq!((turn.blocks[0].text.as_str(), turn.blocks[0].revision), ("Hello", 0));
}

#[test]
fn a_different_closing_statement_wins_and_says_that_it_replaced() {
    let turn = turn(|out| {
        say(out, FIRST, BlockKind::Text, "Hello");
        state(out, "Hi");
        state(out, "Ho");
    });
    assert_eq!((turn.blocks[0].text.as_str(), turn.blocks[0].revision), ("Ho", 2));
}

#[test]
fn interleaved_blocks_grow_apart() {
    let turn = turn(|out| {
        out.open(FIRST, BlockKind::Reasoning, 0);
        out.open(SECOND, BlockKind::Text, 0);
        for (block, kind, text) in [
            (FIRST, BlockKind::Reasoning, "a"),
            (SECOND, BlockKind::Text, "1"),
            (FIRST, BlockKind::Reasoning, "b"),
            (SECOND, BlockKind::Text, "2"),
        ] {
            say(out, block, kind, text);
        }
        out.close(FIRST);
    });
    assert_eq!((turn.reasoning().as_str(), turn.text().as_str()), ("ab", "12"));
    assert_eq!((turn.blocks[0].closed, turn.blocks[1].closed), (true, false));
}

#[test]
fn text_for_a_block_that_was_never_opened_is_kept() {
    let turn = turn(|out| say(out, SECOND, BlockKind::Text, "kept"));
    assert_eq!((turn.blocks.len(), turn.text().as_str()), (2, "kept"));
}

#[test]
fn only_the_first_choice_is_the_answer() {
    let turn = turn(|out| {
        out.open(FIRST, BlockKind::Text, 1);
        say(out, FIRST, BlockKind::Text, "other");
        out.open(SECOND, BlockKind::Text, 0);
        say(out, SECOND, BlockKind::Text, "shown");
    });
    assert_eq!(turn.text(), "shown");
}

#[test]
fn empty_fragments_leave_no_trace_and_open_blocks_are_no_content() {
    let turn = turn(|out| {
        out.open(FIRST, BlockKind::Text, 0);
        say(out, FIRST, BlockKind::Text, "");
    });
    assert!(!turn.has_content());
}

#[test]
fn who_is_called_may_come_in_parts_and_empty_parts_overwrite_nothing() {
    let part = |id: &str, name: &str| ToolIdentity {
        block: FIRST,
        id: id.to_owned(),
        name: name.to_owned(),
        kind: String::new(),
    };
    let turn = turn(|out| {
        out.open(FIRST, BlockKind::ToolCall, 0);
        out.tool(part("1", ""));
        out.tool(part("", "f"));
        out.tool(part("", ""));
    });
    assert_eq!(turn.blocks[0].tool, Some(part("1", "f")));
    assert!(turn.has_content(), "a call is content before its arguments come");
}

#[test]
fn later_nulls_overwrite_no_known_value() {
    let turn = turn(|out| {
        out.usage(Usage { input: Some(3), output: Some(1), raw: "{1}".to_owned(), ..Usage::default() });
        out.usage(Usage { output: Some(9), ..Usage::default() });
        out.identity(Identity { id: Some("a".to_owned()), model: Some("m".to_owned()) });
        out.identity(Identity { id: None, model: Some("n".to_owned()) });
    });
    let usage = Usage { input: Some(3), output: Some(9), raw: "{1}".to_owned(), ..Usage::default() };
    assert_eq!(turn.usage, Some(usage));
    assert_eq!(turn.identity, Identity { id: Some("a".to_owned()), model: Some("n".to_owned()) });
}

#[test]
fn citations_and_opaque_data_stay_with_their_block() {
    let citation = Citation {
        block: SECOND,
        title: "t".to_owned(),
        url: "u".to_owned(),
        quote: String::new(),
        raw: "{}".to_owned(),
    };
    let opaque = Opaque { block: FIRST, name: "signature", value: "s".to_owned() };
    let turn = turn(|out| {
        out.open(FIRST, BlockKind::Reasoning, 0);
        out.open(SECOND, BlockKind::Text, 0);
        out.citation(citation.clone());
        out.opaque(opaque.clone());
    });
    assert_eq!((&turn.blocks[1].citations, &turn.blocks[0].opaque), (&vec![citation], &vec![opaque]));
}

#[test]
fn unknown_events_are_kept_verbatim_up_to_a_hundred_and_counted_beyond() {
    let turn = turn(|out| (0..250).for_each(|n| out.unknown("novel", &format!("{{\"n\": {n}}}"))));
    assert_eq!((turn.unknown.len(), turn.unknown_count), (100, 250));
    assert_eq!((turn.unknown[99].name.as_str(), turn.unknown[99].raw.as_str()), ("novel", "{\"n\": 99}"));
}

#[test]
fn a_turn_rests_in_the_state_its_stop_says_but_only_behind_the_end_marker() {
    for (reason, expected) in [
        (StopReason::Finished, TurnState::Complete),
        (StopReason::Length, TurnState::Truncated),
        (StopReason::ContextFull, TurnState::Truncated),
        (StopReason::Filtered, TurnState::Filtered),
        (StopReason::Cancelled, TurnState::Stopped),
        (StopReason::ToolCalls, TurnState::Complete),
        (StopReason::Paused, TurnState::Paused),
        (StopReason::Malformed, TurnState::Halted),
        (StopReason::Other, TurnState::Halted),
    ] {
        let cut = turn(|out| out.stop(reason, "word"));
        assert_eq!(cut.resting_state(), TurnState::Interrupted, "{reason:?} without the end");
        let whole = turn(|out| {
            out.stop(reason, "word");
            out.end();
        });
        assert_eq!(whole.resting_state(), expected, "{reason:?}");
    }
    assert_eq!(turn(Deltas::end).resting_state(), TurnState::Complete, "an end without a stop");
}

#[test]
fn the_name_of_a_state_is_stable_since_files_and_attributes_hold_it_and_only_three_states_go_on() {
    for (state, name, is_final) in [
        (TurnState::Sending, "sending", false),
        (TurnState::Waiting, "waiting", false),
        (TurnState::Streaming, "streaming", false),
        (TurnState::Complete, "complete", true),
        (TurnState::Stopped, "stopped", true),
        (TurnState::Interrupted, "interrupted", true),
        (TurnState::Failed, "failed", true),
        (TurnState::Truncated, "truncated", true),
        (TurnState::Filtered, "filtered", true),
        (TurnState::Paused, "paused", true),
        (TurnState::Halted, "halted", true),
    ] {
        assert_eq!((state.name(), state.is_final()), (name, is_final));
    }
}

#[test]
fn a_question_is_whole_from_the_start_and_is_the_persons() {
    let question = Turn::question("a\nb");
    assert_eq!(question.role, Role::User);
    assert_eq!(question.state, TurnState::Complete);
    assert!(question.ended, "it would rest as interrupted");
    assert_eq!(question.resting_state(), TurnState::Complete);
    let [block] = question.blocks.as_slice() else { panic!("{:?}", question.blocks) };
    assert_eq!(
        (block.kind, block.choice, block.text.as_str(), block.closed),
        (BlockKind::Text, 0, "a\nb", true)
    );
}

#[test]
fn an_answer_has_yet_to_come_and_is_the_models() {
    let answer = Turn::answer();
    assert_eq!((answer.role, answer.state), (Role::Assistant, TurnState::Sending));
    assert!(!answer.ended && !answer.whole && answer.is_blank() && !answer.has_content());
}

#[test]
fn what_is_covered_keeps_its_length_and_is_told_as_replaced() {
    let mut turn = turn(|out| say(out, SECOND, BlockKind::Text, "the key sk-1 is"));
    turn.cover(SECOND, 8..12, "****");
    assert_eq!(turn.text(), "the key **** is");
    assert_eq!((turn.blocks[0].revision, turn.blocks[1].revision), (0, 1));
    let before = turn.clone();
    turn.cover(BlockIndex(7), 0..1, "*");
    assert_eq!(turn, before, "a block that is not there");
}

#[test]
fn an_answer_is_blank_only_where_no_word_no_call_no_source_and_nothing_unknown_came() {
    type Case = (&'static str, bool, fn(&mut Deltas));
    let cases: [Case; 6] = [
        ("nothing", true, |_| {}),
        ("white space", true, |out| say(out, FIRST, BlockKind::Text, " \n")),
        ("a word", false, |out| say(out, FIRST, BlockKind::Reasoning, "a")),
        ("a call", false, |out| out.open(FIRST, BlockKind::ToolCall, 0)),
        ("a source", false, |out| cite(out, FIRST, "A", "")),
        ("what nobody knows", false, |out| out.unknown("x", "{}")),
    ];
    for (what, expected, fill) in cases {
        assert_eq!(turn(fill).is_blank(), expected, "{what}");
    }
}

#[test]
fn a_refusal_speaks_only_where_no_text_does() {
    for (text, expected) in [(" \n", "No."), ("a", "a")] {
        let turn = turn(|out| {
            say(out, FIRST, BlockKind::Text, text);
            say(out, SECOND, BlockKind::Refusal, "No.");
        });
        assert_eq!((turn.words().as_str(), turn.refusal().as_str()), (expected, "No."));
    }
}

#[test]
fn what_nobody_knows_is_told_once_and_not_with_each_other_answer() {
    let turn = turn(|out| {
        out.open(SECOND, BlockKind::Text, 1);
        say(out, SECOND, BlockKind::Text, "b");
        out.unknown("x", "{}");
    });
    let others = turn.alternatives();
    assert_eq!((turn.unknown.len(), others.len()), (1, 1));
    assert!(others[0].unknown.is_empty());
}

#[test]
fn an_error_and_a_ping_leave_the_blocks_alone() {
    let before = turn(|out| say(out, FIRST, BlockKind::Text, "a"));
    let mut after = before.clone();
    after.apply(&Delta::KeepAlive);
    assert_eq!(after, before);
}
