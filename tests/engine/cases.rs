//! Inputs of kinds that people reported of other programs: each row of `tests/cases/turn2/manifest.json` says what is right,
//! and the page must say it whole, byte by byte and however the body is cut.

use crate::laws::repeats::assert_same;
use crate::support::{calls, pieces, play_as, turn_of};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::PathBuf;
use tokenfall::engine::chat::{Turn, TurnState};
use tokenfall::engine::tape::End;
use tokenfall::engine::wire::Dialect;

#[test]
fn each_reported_input_is_told_as_its_row_says_in_every_cut() {
    let rows = rows();
    let mut wrong = Vec::new();
    for row in &rows {
        let file = text(&row["file"]);
        let body = std::fs::read(root().join(&file)).unwrap();
        let dialect = Dialect::from_name(&text(&row["protocol"])).unwrap();
        let turn = match row["content_type"].as_str() {
            Some(label) => {
                let whole = play_as(dialect, label, &[&body], End::Closed);
                assert_eq!(
                    play_as(dialect, label, &pieces(&body, || 1), End::Closed),
                    whole,
                    "{file} byte by byte"
                );
                whole
            }
            None => {
                assert_same(dialect, &file, &body);
                turn_of(dialect, &body)
            }
        };
        let found = differences(&row["expect"], &turn);
        wrong.extend(found.into_iter().map(|what| format!("{file}: {what}")));
    }
    assert!(wrong.is_empty(), "{} of {} rows differ:\n{}", wrong.len(), rows.len(), wrong.join("\n"));
}

#[test]
fn each_input_has_a_row_and_each_row_an_input() {
    let named: BTreeSet<String> = rows().iter().map(|row| text(&row["file"])).collect();
    let there = root().read_dir().unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let there: BTreeSet<String> = there.filter(|name| name != "manifest.json").collect();
    assert_eq!(named, there);
}

/// What the turn says otherwise than its row.
fn differences(expect: &Value, turn: &Turn) -> Vec<String> {
    let is_trimmed = expect["trim"] == true;
    let trim = |text: String| if is_trimmed { text.trim().to_owned() } else { text };
    let mut found = Vec::new();
    for (key, right) in expect.as_object().unwrap() {
        let is = match key.as_str() {
            "text" => Value::from(trim(turn.text())),
            "reasoning" => Value::from(trim(turn.reasoning())),
            "calls" => calls(turn).into_iter().map(|(_, name, arguments, _)| vec![name, arguments]).collect(),
            "unknown" => Value::from(turn.unknown_count),
            "blank" => Value::from(turn.is_blank() && turn.failure.is_none()),
            "state" if right.as_str().unwrap().starts_with("not ") => {
                if turn.state != TurnState::Complete && turn.state.is_final() {
                    right.clone()
                } else {
                    Value::from(turn.state.name())
                }
            }
            "state" => Value::from(turn.state.name()),
            "words" => {
                let told = turn.failure.as_ref().map(|failure| failure.sentence() + &failure.details());
                let told = told.unwrap_or_default();
                if told.contains(right.as_str().unwrap()) { right.clone() } else { Value::from(told) }
            }
            // A row's own `trim` is no statement of its own.
            "trim" => right.clone(),
            other => panic!("{other:?} is nothing that a row can expect"),
        };
        if is != *right {
            found.push(format!("{key} is {is}, not {right}"));
        }
    }
    // What a row does not speak of is not there.
    if expect.get("reasoning").is_none() && !turn.reasoning().is_empty() {
        found.push(format!("reasoning {:?}, of which the row says nothing", turn.reasoning()));
    }
    if expect.get("calls").is_none() && !calls(turn).is_empty() {
        found.push(format!("calls {:?}, of which the row says nothing", calls(turn)));
    }
    found
}

fn rows() -> Vec<Value> {
    let manifest = std::fs::read_to_string(root().join("manifest.json")).unwrap();
    serde_json::from_str(&manifest).unwrap()
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/cases/turn2")
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}
