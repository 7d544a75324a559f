//! Tests of what was not sent yet: drafts, questions that wait, former questions that are recalled.

use tokenfall::engine::chat::{DraftText, Hold, Queue, Recall, TurnState};

const ENDS: [TurnState; 8] = [
    TurnState::Complete,
    TurnState::Stopped,
    TurnState::Interrupted,
    TurnState::Failed,
    TurnState::Truncated,
    TurnState::Filtered,
    TurnState::Paused,
    TurnState::Halted,
];

fn typed(text: &str) -> DraftText {
    DraftText { typed: text.to_owned(), pastes: Vec::new() }
}

fn draft(text: &str, pastes: &[&str]) -> DraftText {
    DraftText { typed: text.to_owned(), pastes: pastes.iter().map(|paste| (*paste).to_owned()).collect() }
}

fn queue(texts: &[&str]) -> Queue {
    let mut queue = Queue::default();
    texts.iter().for_each(|text| queue.push(typed(text)));
    queue
}

fn waiting(queue: &Queue) -> Vec<&str> {
    queue.questions().iter().map(|question| question.typed.as_str()).collect()
}

#[test]
fn a_question_is_the_typed_text_and_behind_it_each_pasted_one_letter_by_letter() {
    assert_eq!(draft(" Why? \n", &["  a\n\n", "b\t"]).question(), "Why?\n\n  a\n\n\n\nb\t");
    assert_eq!(draft("\n", &["\ta "]).question(), "\ta ");
    assert_eq!(draft("Why?", &[" \n"]).question(), "Why?");
    assert_eq!(draft(" ", &["", " \n"]).question(), "");
    assert_eq!(draft(" \n", &["", " a\n"]).beginning(), "a\n");
    assert_eq!((draft(" b", &["a"]).beginning(), draft(" ", &[]).beginning()), ("b", ""));
}

#[test]
fn a_text_of_2001_units_or_26_lines_is_long_and_one_unit_or_line_less_is_not() {
    assert!(!DraftText::is_long(&"a".repeat(2_000)));
    assert!(DraftText::is_long(&"a".repeat(2_001)));
    assert!(DraftText::is_long(&"👩".repeat(1_001)), "each is two units");
    assert!(!DraftText::is_long(&"a\n".repeat(25)), "a line end at the end begins no line");
    assert!(DraftText::is_long(&"a\r\n".repeat(26)));
    assert!(!DraftText::is_long(""));
}

#[test]
fn a_draft_before_another_keeps_both_and_blanks_part_nothing() {
    assert_eq!(draft("a", &["1"]).before(draft("b", &["2"])), draft("a\n\nb", &["1", "2"]));
    assert_eq!(typed("a").before(typed(" ")), typed("a"));
    assert_eq!(typed("").before(typed("b")), typed("b"));
}

#[test]
fn the_next_question_is_sent_behind_a_good_end_and_waits_for_the_person_behind_any_other() {
    for state in ENDS {
        let mut queue = queue(&["a", "b"]);
        let next = queue.answer_ended(state);
        let is_good = state == TurnState::Complete;
        let hold = if state == TurnState::Stopped { Hold::Stopped } else { Hold::Failed };
        let expected = if is_good { (Some("a"), None) } else { (None, Some(hold)) };
        assert_eq!((next.as_deref(), queue.hold()), expected, "{state:?}");
        // It leaves the queue once it was sent, and not before.
        assert_eq!(waiting(&queue), ["a", "b"]);
    }
}

#[test]
fn a_question_leaves_the_queue_when_it_was_sent_and_not_when_the_same_words_were_typed_and_sent() {
    let mut queue = queue(&["go on", "b"]);
    assert!(!queue.sent("go on"), "nobody took it from the queue");
    assert_eq!(queue.answer_ended(TurnState::Complete).as_deref(), Some("go on"));
    assert!(!queue.sent("something else"));
    assert!(queue.sent("go on"));
    assert_eq!(waiting(&queue), ["b"]);
    assert!(!queue.sent("b"));
}

#[test]
fn a_question_that_could_not_be_sent_stays_first_and_waits_for_the_person() {
    let mut queue = queue(&["a", "b"]);
    assert!(queue.answer_ended(TurnState::Complete).is_some());
    queue.refused();
    assert_eq!((waiting(&queue), queue.hold()), (vec!["a", "b"], Some(Hold::Refused)));
    // The server's models were looked up meanwhile, and it was sent after all.
    assert!(queue.sent("a"));
    assert_eq!((waiting(&queue), queue.hold()), (vec!["b"], None));
    let mut none = Queue::default();
    none.refused();
    assert_eq!(none.hold(), None);
}

#[test]
fn a_good_end_after_a_bad_one_lets_the_queue_go_on() {
    for bad in ENDS.into_iter().filter(|state| *state != TurnState::Complete) {
        let mut queue = queue(&["a"]);
        assert_eq!(queue.answer_ended(bad), None);
        assert_eq!(queue.answer_ended(TurnState::Complete).as_deref(), Some("a"), "{bad:?}");
    }
}

#[test]
fn a_queue_that_was_stored_or_left_sends_nothing_by_itself_at_any_end_until_the_person_does() {
    let mut left = queue(&["a", "b"]);
    left.leave();
    for mut queue in [left, Queue::restored(vec![typed("a"), typed("b")])] {
        for state in ENDS {
            assert_eq!((queue.answer_ended(state), queue.hold()), (None, Some(Hold::Left)), "{state:?}");
        }
        assert_eq!(queue.begin_next().as_deref(), Some("a"));
        assert!(queue.sent("a"));
        assert_eq!(queue.answer_ended(TurnState::Complete).as_deref(), Some("b"), "from then on it does");
    }
    assert_eq!(Queue::restored(Vec::new()).hold(), None);
}

#[test]
fn somebody_who_comes_back_before_the_end_finds_the_queue_as_it_was() {
    let mut queue = queue(&["a"]);
    queue.leave();
    queue.come_back();
    assert_eq!((queue.hold(), queue.answer_ended(TurnState::Complete).as_deref()), (None, Some("a")));
}

#[test]
fn a_question_that_is_sent_now_goes_first_however_the_answer_ends_and_the_others_keep_their_order() {
    for state in ENDS {
        let mut queue = queue(&["a", "b", "c"]);
        queue.hurry(2);
        assert_eq!(queue.answer_ended(state).as_deref(), Some("c"), "{state:?}");
        assert!(queue.sent("c"));
        assert_eq!((waiting(&queue), queue.hold()), (vec!["a", "b"], None));
        let is_sent = queue.answer_ended(state).is_some();
        assert_eq!(is_sent, state == TurnState::Complete, "only one was urgent: {state:?}");
    }
}

#[test]
fn a_question_taken_out_for_editing_is_not_sent_though_it_was_to_be_sent_now() {
    let mut queue = queue(&["a", "b"]);
    queue.hurry(1);
    assert_eq!(queue.take(0), Some(typed("b")));
    assert_eq!(queue.answer_ended(TurnState::Stopped), None);
    assert_eq!((queue.take(7), queue.take(0)), (None, Some(typed("a"))));
    assert_eq!((queue.hold(), queue.begin_next()), (None, None), "nothing waits");
}

#[test]
fn blanks_do_not_wait_and_a_place_that_is_not_there_changes_nothing() {
    let mut queue = queue(&["a", " \n"]);
    queue.hurry(5);
    assert_eq!(queue.answer_ended(TurnState::Failed), None);
    assert_eq!(waiting(&queue), ["a"]);
}

fn recall(questions: &[&str]) -> Recall {
    Recall::new(questions.iter().map(|question| (*question).to_owned()).collect())
}

#[test]
fn former_questions_come_newest_first_and_lead_back_to_the_draft() {
    let mut recall = recall(&["one", "two", "two", "three"]);
    assert_eq!(recall.newer("draft"), None, "nothing is newer than the draft");
    assert_eq!(recall.older("draft"), Some("three"));
    assert_eq!(recall.older("three"), Some("two"));
    assert_eq!(recall.older("two"), Some("one"));
    assert_eq!(recall.older("one"), None);
    assert_eq!(recall.newer("one"), Some("two"));
    assert_eq!(recall.newer("two"), Some("three"));
    assert_eq!(recall.newer("three"), Some("draft"));
    assert_eq!(recall.newer("draft"), None);
}

#[test]
fn an_edited_question_is_there_again_when_one_comes_back_to_it_and_the_former_one_is_unchanged_elsewhere() {
    let mut recall = recall(&["one", "two"]);
    recall.older("");
    assert_eq!(recall.older("two, edited"), Some("one"));
    assert_eq!(recall.newer("one"), Some("two, edited"));
    assert_eq!(recall.newer("two"), Some(""), "edited back to what it was");
    assert_eq!(recall.older("typed meanwhile"), Some("two"));
    assert_eq!(recall.newer("two"), Some("typed meanwhile"));
}

#[test]
fn without_former_questions_the_draft_stays() {
    let mut recall = recall(&[]);
    assert_eq!(recall.older("draft"), None);
    assert_eq!(recall.newer("draft"), None);
}
