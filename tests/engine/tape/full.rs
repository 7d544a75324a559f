//! The memory that a tape takes, its bound, and what a full one says of what it lacks.

use super::at;
use crate::support::Dice;
use tokenfall::engine::tape::{End, LeftOut, Note, Record, Replay, Speed, Step, TAPE_LIMIT, Tape};
use tokenfall::engine::wire::Dialect;

/// Bytes that no chunk shares with another.
fn noise(length: usize, seed: u64) -> Vec<u8> {
    let mut dice = Dice::new(seed);
    (0..length).map(|_| dice.below(256) as u8).collect()
}

#[test]
fn a_tape_is_bounded_has_no_hole_and_says_that_it_broke_off() {
    let mut tape = Tape::new(Dialect::Cohere, true, "");
    let fits = noise(TAPE_LIMIT / 2, 1);
    for (n, chunk) in [fits.clone(), noise(TAPE_LIMIT / 2, 2), b"behind".to_vec()].iter().enumerate() {
        tape.record(at(n as u64), chunk);
    }
    assert_eq!(tape.chunks().collect::<Vec<_>>(), [(at(0), fits)]);
    assert!(tape.size() <= TAPE_LIMIT);
    tape.record_end(at(9), End::Closed);
    assert_eq!(tape.end(), None);
    let mut replay = Replay::new(tape, Speed::Instant);
    let steps: Vec<bool> =
        std::iter::from_fn(|| replay.step().map(|step| step == Step::End(End::Lost))).collect();
    assert_eq!(steps, [false, false, true], "it is played as one that was cut");

    let mut full = Tape::new(Dialect::Cohere, true, "");
    (0..TAPE_LIMIT as u64).for_each(|n| full.record(at(n), b""));
    assert!(full.size() <= TAPE_LIMIT, "empty chunks take memory too");
}

#[test]
fn the_last_byte_that_fits_is_kept_and_one_more_is_not() {
    let mut empty = Tape::new(Dialect::Cohere, true, "");
    assert_eq!((empty.size(), empty.len(), empty.is_empty()), (0, 0, true));
    empty.record(at(0), b"");
    let each = empty.size();
    assert!((1..=32).contains(&each), "{each}");
    let begin = noise(TAPE_LIMIT / 2, 1);
    for (more, fits) in [(0, true), (1, false)] {
        let mut tape = Tape::new(Dialect::Cohere, true, "");
        tape.record(at(0), &begin);
        assert_eq!(tape.size(), begin.len() + each);
        // It begins and ends otherwise than the one before, so that none of its bytes are shared.
        let mut last = noise(TAPE_LIMIT - tape.size() - each + more, 2);
        (last[0], *last.last_mut().unwrap()) = (!begin[0], !begin[begin.len() - 1]);
        tape.record(at(1), &last);
        assert_eq!((tape.len(), tape.is_empty()), (1 + usize::from(fits), false), "{more}");
        tape.record_end(at(2), End::Closed);
        assert_eq!(tape.end().is_some(), fits, "{more}");
    }
}

#[test]
fn a_long_answer_takes_few_bytes_for_each_of_its_tokens() {
    let mut tape = Tape::new(Dialect::ChatCompletions, true, "");
    let event = |n: usize| {
        format!(
            "data: {{\"id\":\"chatcmpl-4f1e0a7c9d2b\",\"object\":\"chat.completion.chunk\",\"created\":1764412345,\
             \"model\":\"a-model-with-a-long-name\",\"system_fingerprint\":\"fp_1\",\"choices\":[{{\"index\":0,\
             \"delta\":{{\"content\":\" word{n}\"}},\"logprobs\":null,\"finish_reason\":null}}]}}\n\n"
        )
    };
    let mut length = 0;
    for n in 0..10_000 {
        length += event(n).len();
        tape.record(at(n as u64), event(n).as_bytes());
    }
    assert!(length > 2_000_000, "{length}");
    assert!((10_000..10_000 * 32).contains(&tape.size()), "{}", tape.size());
    let all_are_there =
        tape.chunks().enumerate().all(|(n, chunk)| chunk == (at(n as u64), event(n).into_bytes()));
    assert!(all_are_there);
}

#[test]
fn a_full_tape_says_in_its_file_where_it_was_cut_and_how_much_came_behind() {
    let mut tape = Tape::new(Dialect::Cohere, true, "");
    tape.record(at(1), b"fits");
    tape.record(at(2), &noise(TAPE_LIMIT, 1));
    tape.record(at(3), b"more");
    let last = |tape: &Tape| tape.to_jsonl().lines().skip(2).map(str::to_owned).collect::<Vec<_>>();
    let full = r#"{"t":2,"note":"full"}"#;
    let running = [full, r#"{"t":2,"left_out":{"pieces":2,"bytes":16777220}}"#];
    assert_eq!(last(&tape), running, "also while the body goes on");
    tape.record(at(4), b"");
    tape.record_end(at(5), End::Closed);
    let over = [full, r#"{"t":5,"left_out":{"pieces":3,"bytes":16777220}}"#, r#"{"t":5,"end":"closed"}"#];
    assert_eq!(last(&tape), over);
    let again = Tape::from_jsonl(&tape.to_jsonl()).unwrap();
    assert_eq!((again.end(), &again), (None, &tape), "what is played breaks off");
    let batch = tape.batch_since(Default::default()).unwrap().0;
    assert_eq!(Tape::from_batches([&batch]).as_ref(), Ok(&tape));
}

#[test]
fn a_file_whose_piece_stands_behind_the_cut_has_no_hole() {
    let file = concat!(
        "{\"tape\":2,\"dialect\":\"cohere\"}\n",
        "{\"t\":1,\"text\":\"a\"}\n{\"t\":2,\"note\":\"full\"}\n{\"t\":3,\"text\":\"b\"}\n{\"t\":4,\"end\":\"closed\"}\n"
    );
    let tape = Tape::from_jsonl(file).unwrap();
    assert_eq!((tape.chunks().collect::<Vec<_>>(), tape.end()), (vec![(at(1), b"a".to_vec())], None));
}

#[test]
fn a_tab_that_is_hidden_and_shown_all_day_fills_no_memory_and_the_end_is_recorded() {
    let mut tape = Tape::new(Dialect::Cohere, true, "");
    for n in 0..5_000 {
        tape.note(at(n), if n % 2 == 0 { Note::Hidden } else { Note::Shown });
    }
    tape.record_end(at(5_000), End::Closed);
    assert_eq!((tape.entries().count(), tape.end()), (1_001, Some((at(5_000), End::Closed))));
}

#[test]
fn a_file_of_endless_records_is_cut_and_says_so() {
    let line = format!("{{\"t\":1,\"novel\":\"{}\"}}\n", "x".repeat(1 << 20));
    let file = "{\"tape\":2,\"dialect\":\"cohere\"}\n".to_owned() + &line.repeat(17);
    let tape = Tape::from_jsonl(&file).unwrap();
    let full = tokenfall::engine::tape::Entry::Record(&Record::Note(Note::Full));
    assert_eq!((tape.entries().count(), tape.entries().last()), (16, Some((at(1), full))));
    assert_eq!(LeftOut::default(), LeftOut { pieces: 0, bytes: 0 });
}
