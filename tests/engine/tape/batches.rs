//! A tape that is stored bit by bit while it grows, and rebuilt of what was stored.

use super::second::{everything, timing};
use super::{at, sample};
use proptest::collection::vec;
use proptest::prelude::*;
use std::borrow::Cow;
use tokenfall::engine::tape::{
    Batch, BatchReader, Damage, Direction, End, Entry, Form, Head, Kind, Mark, Note, Record, Tape, Try,
};
use tokenfall::engine::timestamp::Timestamp;
use tokenfall::engine::wire::Dialect;

/// Something to record.
#[derive(Clone, Debug)]
enum Act {
    Piece(Kind, Vec<u8>),
    Record(Record),
    End(End),
}

fn act() -> impl Strategy<Value = Act> {
    let text = "[ab]{0,6}".prop_map(String::into_bytes);
    let direction = prop_oneof![Just(Direction::In), Just(Direction::Out)];
    let record = prop_oneof![
        Just(Record::Note(Note::Hidden)),
        Just(Record::Head(Head { status: 200, ..Head::default() })),
        Just(Record::Timing(Box::new(timing()))),
        any::<bool>().prop_map(|resumes| Record::Try(Try { why: Cow::Borrowed("lost"), resumes })),
        Just(Record::Other("{\"t\":7,\"novel\":1}".to_owned())),
    ];
    prop_oneof![
        4 => vec(any::<u8>(), 0..6).prop_map(|bytes| Act::Piece(Kind::Chunk, bytes)),
        4 => text.clone().prop_map(|bytes| Act::Piece(Kind::Chunk, bytes)),
        1 => (direction.clone(), text)
            .prop_map(|(way, bytes)| Act::Piece(Kind::Message(way, Form::Text), bytes)),
        1 => (direction, vec(any::<u8>(), 0..6))
            .prop_map(|(way, bytes)| Act::Piece(Kind::Message(way, Form::Binary), bytes)),
        2 => record.prop_map(Act::Record),
        1 => Just(Act::End(End::Closed)),
    ]
}

fn perform(tape: &mut Tape, act: Act, at: Timestamp) {
    match act {
        Act::Piece(kind, bytes) => tape.record_piece(at, kind, &bytes),
        // Its time is that in its own line.
        Act::Record(record @ Record::Other(_)) => tape.add(Timestamp::from_micros(7), record),
        Act::Record(record) => tape.add(at, record),
        Act::End(end) => tape.record_end(at, end),
    }
}

/// The same batch with other bytes, and with the check sum that belongs to them.
fn forged(entries: &[u8], from: (u32, u32)) -> Batch {
    let place = [from.0, from.1].map(u32::to_le_bytes);
    let bytes = place.iter().flatten().chain(entries);
    let check = bytes.fold(0x811c_9dc5_u32, |sum, byte| (sum ^ u32::from(*byte)).wrapping_mul(0x0100_0193));
    let from = serde_json::json!({"pieces": from.0, "lines": from.1});
    let batch = serde_json::json!({"version": 2, "from": from, "entries": entries, "check": check});
    serde_json::from_value(batch).unwrap()
}

/// The entries of a batch that hold these lines.
fn lines(lines: &[&str]) -> Vec<u8> {
    lines.iter().flat_map(|line| [&[0, line.len() as u8], line.as_bytes()].concat()).collect()
}

const HEADER: &str = "{\"tape\":2,\"dialect\":\"cohere\"}";

#[test]
fn a_batch_is_bytes_of_a_known_form_that_goes_through_serde() {
    let mut tape = Tape::new(Dialect::Cohere, true, "");
    tape.record(at(5), b"abc");
    tape.record(at(200), b"abXc");
    tape.note(at(201), Note::Hidden);
    let (batch, mark) = tape.batch_since(Mark::default()).unwrap();
    let header = "{\"tape\":2,\"dialect\":\"cohere\",\"stream\":true,\"title\":\"\"}";
    let expected = [
        lines(&[header]),
        vec![1, 5, 0, 0, 3, b'a', b'b', b'c', 1, 195, 1, 2, 1, 1, b'X'],
        lines(&["{\"t\":201,\"note\":\"hidden\"}"]),
    ];
    assert_eq!((batch.clone(), batch.size()), (forged(&expected.concat(), (0, 0)), expected.concat().len()));
    let json = serde_json::to_string(&batch).unwrap();
    assert_eq!(serde_json::from_str::<Batch>(&json).unwrap(), batch);
    assert_eq!((tape.batch_since(mark), tape.mark()), (None, mark), "nothing new");
    tape.record(at(202), b"");
    let (batch, _) = tape.batch_since(mark).unwrap();
    assert_eq!(batch, forged(&[1, 202, 1, 0, 0, 0], (2, 2)));
}

#[test]
fn an_empty_tape_is_a_batch_of_its_header() {
    let tape = Tape::new(Dialect::Ollama, false, "m");
    let (batch, mark) = tape.batch_since(Mark::default()).unwrap();
    assert_eq!((Tape::from_batches([&batch]), tape.batch_since(mark)), (Ok(tape.clone()), None));
}

#[test]
fn a_missing_a_doubled_and_a_damaged_batch_leave_what_came_before() {
    let whole = everything();
    let mut tape = Tape::new(whole.dialect, whole.stream, "m");
    let (mut batches, mut mark, mut grown) = (Vec::new(), Mark::default(), Vec::new());
    for n in 0..4 {
        tape.record(at(n), format!("piece {n}").as_bytes());
        let (batch, next) = tape.batch_since(mark).unwrap();
        batches.push(batch);
        grown.push(tape.clone());
        mark = next;
    }
    let [a, b, c, d] = batches.iter().collect::<Vec<_>>()[..] else { panic!("four batches") };
    let json = serde_json::to_value(c).unwrap();
    let spoilt = |name: &str, value: serde_json::Value| {
        let mut json = json.clone();
        json[name] = value;
        serde_json::from_value::<Batch>(json).unwrap()
    };
    let later = spoilt("version", 3.into());
    let torn = spoilt("entries", serde_json::Value::Array(json["entries"].as_array().unwrap()[1..].to_vec()));
    let moved = spoilt("from", serde_json::to_value(mark).unwrap());
    for (stored, index, damage) in [
        (vec![a, b, d], 2, Damage::Gap),
        (vec![a, b, b, c], 2, Damage::Gap),
        (vec![a, b, &later, d], 2, Damage::Version(3)),
        (vec![a, b, &torn, d], 2, Damage::Damaged),
        (vec![a, b, &moved], 2, Damage::Damaged),
    ] {
        let broken = Tape::from_batches(stored).unwrap_err();
        assert_eq!((broken.batch, broken.damage), (index, damage));
        assert_eq!(broken.tape.as_deref(), Some(&grown[1]), "{damage:?}");
        assert!(broken.to_string().starts_with("piece 3 of the stored tape: "), "{broken}");
    }
    for stored in [vec![b, c], Vec::new()] {
        let broken = Tape::from_batches(stored).unwrap_err();
        assert_eq!((broken.tape, broken.batch, broken.damage), (None, 0, Damage::Gap));
    }
    let mut follower = Tape::from_batches([a, b]).unwrap();
    assert_eq!((follower.append(d), &follower), (Err(Damage::Gap), &grown[1]), "another tab missed one");
    assert_eq!((follower.append(c), follower.append(d), &follower), (Ok(()), Ok(()), &grown[3]));
}

#[test]
fn a_batch_that_this_code_never_wrote_is_refused_whole_although_its_check_sum_is_right() {
    let first = forged(&lines(&[HEADER]), (0, 0));
    let begun = Tape::from_batches([&first]).unwrap();
    let line = lines(&["{\"t\":1,\"note\":\"hidden\"}"]);
    let chunk = [1, 5, 0, 0, 1, b'a'];
    for (name, entries) in [
        ("a kind that is not known", vec![6, 0, 0, 0, 0]),
        ("more shared than the piece before has", [&chunk[..], &[1, 5, 1, 1, 0]].concat()),
        (
            "lengths whose sum overflows",
            [&[1, 5][..], &[0xff, 0xff, 0xff, 0xff, 0x0f].repeat(2), &[0]].concat(),
        ),
        ("a length over 32 bits", [&[1, 5][..], &[0x80, 0x80, 0x80, 0x80, 0x10], &[0, 0]].concat()),
        ("a number without an end", vec![1, 0x80]),
        ("a number of 80 bits", [&[1][..], &[0xff; 11]].concat()),
        ("bytes that are not there", vec![1, 5, 0, 0, 9, b'a']),
        ("a line that is no JSON", lines(&["hello"])),
        ("a line that is no text", vec![0, 1, 0xff]),
        ("a piece in a line", lines(&["{\"t\":1,\"text\":\"a\"}"])),
        ("a header in the middle", lines(&[HEADER])),
    ] {
        let entries = [&line[..], &entries].concat();
        let mut tape = begun.clone();
        assert_eq!(tape.append(&forged(&entries, (0, 1))), Err(Damage::Damaged), "{name}");
        assert_eq!(tape, begun, "{name}");
    }
    for entries in [vec![], chunk.to_vec(), line.clone(), lines(&["{\"tape\":3,\"dialect\":\"cohere\"}"])] {
        let broken = Tape::from_batches([&forged(&entries, (0, 0))]).unwrap_err();
        assert_eq!((broken.tape, broken.damage), (None, Damage::Damaged), "{entries:?}");
    }
}

#[test]
fn a_stored_answer_is_about_as_long_as_what_is_new_in_it() {
    let mut tape = Tape::new(Dialect::ChatCompletions, true, "");
    let (mut mark, mut stored) = (Mark::default(), 0);
    for n in 0..1_000 {
        let event = format!(
            "data: {{\"id\":\"chatcmpl-4f1e\",\"choices\":[{{\"delta\":{{\"content\":\" w{n}\"}}}}]}}\n\n"
        );
        tape.record(at(n * 20_000), event.as_bytes());
        if n % 10 == 9 {
            let (batch, next) = tape.batch_since(mark).unwrap();
            stored += batch.size();
            mark = next;
        }
    }
    assert!((4_000..20_000).contains(&stored), "{stored}");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

    #[test]
    fn batches_cut_anywhere_rebuild_the_tape_and_fewer_of_them_its_beginning(
        acts in vec((act(), 0_u64..2_000, any::<bool>()), 1..40),
        damaged in any::<prop::sample::Index>(),
        bit in 0_u32..8,
    ) {
        let mut tape = Tape::new(Dialect::Ollama, true, "é");
        let (mut batches, mut mark, mut grown) = (Vec::new(), Mark::default(), Vec::new());
        let last = acts.len() - 1;
        for (n, (act, time, is_cut)) in acts.into_iter().enumerate() {
            perform(&mut tape, act, at(time));
            if (is_cut || n == last) && let Some((batch, next)) = tape.batch_since(mark) {
                batches.push(batch);
                grown.push(tape.clone());
                mark = next;
            }
        }
        prop_assert_eq!(&Tape::from_batches(&batches).unwrap(), &tape);
        prop_assert_eq!(&Tape::from_jsonl(&tape.to_jsonl()).unwrap(), &tape);
        for (count, grown) in grown.iter().enumerate() {
            prop_assert_eq!(&Tape::from_batches(&batches[..=count]).unwrap(), grown);
        }
        let at = damaged.index(batches.len());
        let mut json = serde_json::to_value(&batches[at]).unwrap();
        let entries = json["entries"].as_array_mut().unwrap();
        let place = damaged.index(entries.len());
        entries[place] = (entries[place].as_u64().unwrap() ^ (1 << bit)).into();
        let before = at.checked_sub(1).map(|before| grown[before].clone());
        batches[at] = serde_json::from_value(json).unwrap();
        let broken = Tape::from_batches(&batches).unwrap_err();
        prop_assert_eq!((broken.batch, broken.damage, broken.tape.map(|tape| *tape)), (at, Damage::Damaged, before));
    }

    #[test]
    fn a_list_of_batches_without_the_last_ones_is_a_tape_without_an_end(count in 1_usize..28) {
        let whole = sample();
        let mut tape = Tape::new(whole.dialect, true, &whole.title);
        let (mut batches, mut mark) = (Vec::new(), Mark::default());
        for (time, bytes) in whole.chunks() {
            tape.record(time, &bytes);
            let (batch, next) = tape.batch_since(mark).unwrap();
            batches.push(batch);
            mark = next;
        }
        tape.record_end(at(9), End::Closed);
        batches.push(tape.batch_since(mark).unwrap().0);
        let count = count.min(batches.len() - 1);
        let rebuilt = Tape::from_batches(&batches[..count]).unwrap();
        prop_assert_eq!((rebuilt.end(), rebuilt.len()), (None, count));
        let chunks: Vec<_> = tape.chunks().take(count).collect();
        prop_assert_eq!(rebuilt.chunks().collect::<Vec<_>>(), chunks);
    }

    #[test]
    fn bytes_of_any_kind_never_do_more_than_be_refused(entries in vec(0_u8..9, 0..40)) {
        let first = forged(&lines(&[HEADER]), (0, 0));
        let mut tape = Tape::from_batches([&first]).unwrap();
        let before = tape.clone();
        match tape.append(&forged(&entries, (0, 1))) {
            Ok(()) => prop_assert_eq!(tape.entries().count() >= tape.len(), true),
            Err(damage) => prop_assert_eq!((damage, tape), (Damage::Damaged, before)),
        }
    }
}

proptest! {
    #[test]
    fn read_without_a_tape_batches_give_the_entries_that_the_tape_holds(acts in vec((act(), any::<bool>()), 0..40)) {
        let mut tape = Tape::new(Dialect::ChatCompletions, true, "m");
        let (mut reader, mut mark, mut read) = (BatchReader::default(), Mark::default(), Vec::new());
        let mut sync = |tape: &Tape| {
            if let Some((batch, next)) = tape.batch_since(mark) {
                mark = next;
                reader.read(&batch, |at, entry| read.push(format!("{at:?} {entry:?}"))).unwrap();
            }
        };
        for (time, (act, is_synced)) in (1..).zip(acts) {
            perform(&mut tape, act, at(time));
            if is_synced {
                sync(&tape);
            }
        }
        sync(&tape);
        let held: Vec<_> = tape.entries().map(|(at, entry): (_, Entry<'_>)| format!("{at:?} {entry:?}")).collect();
        prop_assert_eq!(read, held);
    }
}
