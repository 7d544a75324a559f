//! Answers behind a guard: nothing that it forbids reaches the turn, by whatever way it came.

use super::{CHAT, DONE, at, said, server};
use crate::cuts::cuttings;
use std::rc::Rc;
use std::time::Duration;
use tokenfall::engine::archive::TurnRecord;
use tokenfall::engine::chat::{Guard, Turn, TurnId, TurnMetadata, TurnState, Verdict};
use tokenfall::engine::checks::{Action, Hold, Judge, Rule, RuleKind, Rules};
use tokenfall::engine::guard::Ruleset;
use tokenfall::engine::session::{Next, Plan, Session, recover};
use tokenfall::engine::tape::{End, Mark, Tape};
use tokenfall::engine::wire::{BlockKind, Dialect, Protocol};

/// The word that no answer may show.
const SECRET: &str = "bramble";

fn rules(action: Action) -> Rules {
    let words = Rule { kind: RuleKind::Words, text: SECRET.to_owned(), action, is_off: false };
    Rules { rules: vec![words], ..Rules::default() }
}

fn guard(rules: &Rules) -> Rc<dyn Guard> {
    Rc::new(Ruleset::compile(rules, None).unwrap())
}

fn guarded(rules: &Rules) -> Session {
    let plan = Plan::new(Dialect::ChatCompletions, true, "m", server(), None);
    let mut session = Session::new(plan, at(0)).guarded_by(Some(guard(rules)));
    session.head(CHAT.head(), at(0));
    session
}

/// All that a turn has of the provider's words.
fn everything(turn: &Turn) -> String {
    let mut all = String::new();
    for block in &turn.blocks {
        all.push_str(&block.text);
        all.push('\n');
        for citation in &block.citations {
            all.extend([&*citation.url, &*citation.title, &*citation.quote, &*citation.raw]);
        }
        all.extend(block.tool.iter().map(|tool| tool.name.as_str()));
    }
    all.extend(turn.identity.model.iter().map(String::as_str));
    all.extend(turn.unknown.iter().map(|unknown| unknown.raw.as_str()));
    all.push_str(&turn.end_in_words());
    if let Some(failure) = &turn.failure {
        all.push_str(&failure.sentence());
        all.push_str(&failure.details());
    }
    all
}

/// Feeds a body in those pieces, and looks at the turn behind each.
fn fed(session: &mut Session, pieces: &[&[u8]]) {
    for (moment, piece) in (0..).zip(pieces) {
        let next = session.feed(piece, at(moment));
        assert!(!everything(session.turn()).contains(SECRET), "{:?}", session.turn());
        if next == Next::Enough {
            break;
        }
    }
    session.end(End::Closed, false, at(9_000));
    assert!(!everything(session.turn()).contains(SECRET), "{:?}", session.turn());
}

#[test]
fn a_forbidden_word_never_reaches_the_turn_at_any_cut_in_text_reasoning_arguments_names_and_sources() {
    let body = [
        said("a bram").as_str(),
        &said("ble and bramb"),
        &said("le, **bram**ble or bram\\u0062le"),
        "data: {\"choices\":[{\"delta\":{\"reasoning_content\":\"so bramble it is\"}}]}\n\n",
        "data: {\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"c\",\"function\":{\"name\":\"bramble\",\
         \"arguments\":\"{\\\"a\\\":\\\"bra\"}}]}}]}\n\n",
        "data: {\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"mble\\\"}\"}}]}}]}\n\n",
        "data: {\"choices\":[{\"delta\":{\"annotations\":[{\"type\":\"url_citation\",\"url_citation\":{\"url\":\
         \"https://bramble.example/\",\"title\":\"On bramble\"}}]}}]}\n\n",
        DONE,
    ]
    .concat();
    let mut whole = guarded(&rules(Action::Redact));
    fed(&mut whole, &[body.as_bytes()]);
    let turn = whole.turn();
    assert_eq!(turn.state, TurnState::Complete);
    let report = turn.guard.as_ref().unwrap();
    assert_eq!((report.held, report.can_release), (0, true));
    assert!(report.count >= 5, "{report:?}");
    assert!(turn.blocks.iter().any(|block| block.kind == BlockKind::ToolCall));
    for (name, pieces) in cuttings(body.as_bytes()) {
        let mut session = guarded(&rules(Action::Redact));
        fed(&mut session, &pieces);
        let told = |turn: &Turn| (turn.state, turn.blocks.clone());
        assert_eq!(told(session.turn()), told(turn), "{name}");
    }
}

#[test]
fn a_servers_error_and_a_page_that_is_none_are_shown_without_a_forbidden_word() {
    let error = "data: {\"error\":{\"message\":\"no bramble here\",\"code\":\"bramble\"}}\n\n";
    let mut session = guarded(&rules(Action::Redact));
    fed(&mut session, &[said("so").as_bytes(), error.as_bytes()]);
    assert_eq!(session.turn().state, TurnState::Failed);
    let mut session = guarded(&rules(Action::Redact));
    fed(&mut session, &[b"data: bramble\n\ndata: bramble\n\ndata: bramble\n\n"]);
    assert!(session.turn().failure.is_some());
}

#[test]
fn what_only_the_answer_must_be_takes_no_word_of_an_error_or_of_a_tools_name() {
    let only = |kind, text: &str| Rule { kind, text: text.to_owned(), ..Rule::default() };
    let rules =
        Rules { rules: vec![only(RuleKind::Json, ""), only(RuleKind::Length, "3")], ..Rules::default() };
    let never = ("Schema".to_owned(), Rc::new(|_: &str| Err(String::new())) as Rc<_>);
    let guard: Rc<dyn Guard> = Rc::new(Ruleset::compile(&rules, Some(never)).unwrap());
    let plan = Plan::new(Dialect::ChatCompletions, true, "m", server(), None);
    let mut session = Session::new(plan, at(0)).guarded_by(Some(guard));
    session.head(CHAT.head(), at(0));
    let call = "data: {\"model\":\"the-model\",\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"c\",\
                \"function\":{\"name\":\"look_up\",\"arguments\":\"{}\"}}]}}]}\n\n";
    let error = "data: {\"error\":{\"message\":\"There is no such account.\",\"code\":\"no_account\"}}\n\n";
    fed(&mut session, &[said("no JSON").as_bytes(), call.as_bytes(), error.as_bytes()]);
    let turn = session.turn();
    let all = everything(turn);
    for told in ["the-model", "look_up", "There is no such account."] {
        assert!(all.contains(told), "{told} in {all}");
    }
    assert!(!all.contains("no JSON"), "{all}");
}

#[test]
fn a_rule_that_stops_ends_the_answer_before_the_word_and_wants_nothing_more_of_it() {
    let mut session = guarded(&rules(Action::Stop));
    assert_eq!(session.feed(said("a fine bramb").as_bytes(), at(1)), Next::More);
    assert_eq!(session.feed(said("le bush").as_bytes(), at(2)), Next::Enough);
    let turn = session.turn();
    assert_eq!((turn.state, turn.text().as_str()), (TurnState::Filtered, "a fine "));
    assert!(turn.end_in_words().contains("Your rule ended this answer"), "{}", turn.end_in_words());
    let before = turn.clone();
    let _ = session.feed(said("more").as_bytes(), at(3));
    session.end(End::Closed, false, at(4));
    assert_eq!(*session.turn(), before);
}

#[test]
fn what_waits_for_the_person_is_in_the_report_alone_until_it_is_released() {
    let mut session = guarded(&rules(Action::Withhold));
    fed(&mut session, &[said("a fine bramble bush").as_bytes(), DONE.as_bytes()]);
    let mut turn = session.into_turn();
    assert_eq!((turn.state, turn.text().as_str()), (TurnState::Complete, "a fine "));
    assert_eq!(turn.as_it_came().text(), "a fine bramble bush");
    assert_eq!(turn.guard.as_ref().unwrap().blocks[0].1.text, "a fine bramble bush");
    let revision = turn.blocks[0].revision;
    turn.release_withheld();
    assert_eq!((turn.text().as_str(), turn.blocks[0].revision), ("a fine bramble bush", revision + 1));
    assert!(!turn.can_release());
}

#[test]
fn what_was_withheld_is_stored_as_such_and_comes_back_as_such() {
    let mut session = guarded(&rules(Action::Redact));
    fed(&mut session, &[said("a fine bramble bush").as_bytes(), DONE.as_bytes()]);
    let turn = session.into_turn();
    let record = TurnRecord::from_parts("c", TurnId::from_number(0), None, &turn, &TurnMetadata::default());
    let text = serde_json::to_string(&record).unwrap();
    let (shown, guard) = text.split_once("\"guard\"").unwrap();
    assert!(!shown.contains(SECRET) && guard.contains(SECRET), "{text}");
    let back = serde_json::from_str::<TurnRecord>(&text).unwrap().into_turn().turn;
    assert_eq!(
        (&back.blocks, &back.guard.as_ref().unwrap().blocks),
        (&turn.blocks, &turn.guard.as_ref().unwrap().blocks)
    );
    assert!(back.can_release());
}

#[test]
fn a_killed_pages_answer_is_recovered_behind_the_same_guard_at_every_byte() {
    let body = [said("a fine bramb"), said("le bush")].concat();
    for bytes in 0..body.len() {
        let mut session = guarded(&rules(Action::Redact));
        let _ = session.feed(&body.as_bytes()[..bytes], at(1));
        let (batch, _) = session.tape().batch_since(Mark::default()).unwrap();
        let tape = Tape::from_batches([&batch]).unwrap();
        let guard = Some(guard(&rules(Action::Redact)));
        let (turn, ..) = recover(&tape, Protocol::CHAT_COMPLETIONS, server(), guard);
        assert!(!everything(&turn).contains(SECRET), "{bytes}: {turn:?}");
        assert_eq!(turn.state, TurnState::Interrupted);
    }
}

#[test]
fn a_question_that_goes_out_again_has_the_same_guard() {
    let mut session = guarded(&rules(Action::Redact));
    session.end(End::Lost, false, at(1));
    assert!(session.postpone(at(2)));
    session.restart(at(3_000));
    session.head(CHAT.head(), at(3_001));
    fed(&mut session, &[said("a bramble").as_bytes(), DONE.as_bytes()]);
    assert_eq!(session.turn().guard.as_ref().unwrap().count, 1);
}

fn judged() -> Rules {
    let judge = Judge {
        profile: "p".to_owned(),
        prompt: "No thorns.".to_owned(),
        sees: Hold::Sentence,
        ..Judge::default()
    };
    Rules { judge: Some(judge), ..Rules::default() }
}

#[test]
fn an_answer_of_which_all_has_come_ends_with_the_last_verdict_and_shows_what_was_allowed_in_its_order() {
    let mut session = guarded(&judged());
    let _ = session.feed([said("One. Two. Three."), DONE.to_owned()].concat().as_bytes(), at(1));
    session.end(End::Closed, false, at(2));
    assert!(!session.turn().state.is_final());
    assert_eq!(session.turn().text(), "");
    let parts: Vec<_> = std::iter::from_fn(|| session.next_part()).collect();
    assert_eq!(parts.len(), 3, "{parts:?}");
    let took = (Duration::from_millis(40), 7);
    let judge = |session: &mut Session, at_part: usize, verdict: Verdict| {
        let (block, part) = &parts[at_part];
        session.judged((*block, part.number), &verdict, took, at(50));
    };
    judge(&mut session, 2, Verdict::Allow);
    assert_eq!(session.turn().text(), "");
    judge(&mut session, 1, Verdict::Withhold);
    judge(&mut session, 0, Verdict::Allow);
    let turn = session.turn();
    assert_eq!(turn.state, TurnState::Complete);
    assert!(turn.text().starts_with("One.") && turn.text().ends_with("Three."), "{}", turn.text());
    assert!(!turn.text().contains("Two"));
    let report = turn.guard.as_ref().unwrap();
    assert_eq!((report.judged.parts, report.judged.tokens, report.judged.longest), (3, 21, took.0));
}

#[test]
fn an_answer_that_is_stopped_or_given_up_before_its_verdict_shows_none_of_it_and_says_why() {
    let mut session = guarded(&judged());
    let _ = session.feed(said("One. Two.").as_bytes(), at(1));
    session.end(End::Cancelled, false, at(2));
    assert_eq!((session.turn().state, session.turn().text().as_str()), (TurnState::Stopped, ""));
    let mut session = guarded(&judged());
    let _ = session.feed([said("One. Two."), DONE.to_owned()].concat().as_bytes(), at(1));
    session.end(End::Closed, false, at(2));
    session.give_up_verdicts("nobody waits");
    assert_eq!((session.turn().state, session.turn().text().as_str()), (TurnState::Complete, ""));
    assert!(session.turn().can_release());
}

#[test]
fn how_much_is_held_back_is_known_while_it_may_become_a_match_and_while_a_verdict_is_missing() {
    let mut session = guarded(&rules(Action::Redact));
    let held = |session: &Session| session.turn().guard.as_ref().unwrap().held;
    let _ = session.feed(said("a fine bram").as_bytes(), at(1));
    assert_eq!((held(&session), session.turn().text().as_str()), (4, "a fine "));
    let _ = session.feed(said("ing plant ").as_bytes(), at(2));
    assert_eq!(held(&session), 0);
    let mut session = guarded(&judged());
    let _ = session.feed([said("One. Two."), DONE.to_owned()].concat().as_bytes(), at(1));
    session.end(End::Closed, false, at(2));
    assert_eq!(held(&session), "One. Two.".len());
    session.give_up_verdicts("nobody waits");
    assert_eq!(held(&session), 0);
}

#[test]
fn a_judge_that_fails_withholds_unless_the_person_chose_otherwise() {
    for shows_on_failure in [false, true] {
        let mut rules = judged();
        if let Some(judge) = &mut rules.judge {
            judge.shows_on_failure = shows_on_failure;
        }
        let mut session = guarded(&rules);
        let _ = session.feed([said("One."), DONE.to_owned()].concat().as_bytes(), at(1));
        session.end(End::Closed, false, at(2));
        let (block, part) = session.next_part().unwrap();
        let verdict = Verdict::Failed("it is away".to_owned());
        session.judged((block, part.number), &verdict, (Duration::ZERO, 0), at(3));
        assert_eq!(session.turn().text().contains("One."), shows_on_failure);
        assert_eq!(session.turn().state, TurnState::Complete);
        assert_eq!(session.turn().guard.as_ref().unwrap().judged.failed, 1);
    }
}
