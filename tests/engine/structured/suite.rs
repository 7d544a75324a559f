//! The official test suite of JSON Schema, draft 2020-12: validation itself, and what is judged early at every cut.
//!
//! It is others' data and not in this repository: `cargo xtask test` fetches it and names its folder in `TOKENFALL_JSON_SCHEMA_SUITE`.

#![expect(clippy::print_stdout, reason = "how many tests were tried is the result of this test")]

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use tokenfall::engine::messages::structured as words;
use tokenfall::engine::structured::{Outcome, Schema, Tree};

/// Files whose schemas lead to documents that would have to be fetched, or that ask for what is off here.
const LEFT_OUT: [&str; 4] =
    ["refRemote.json", "vocabulary.json", "format-assertion.json", "cross-draft.json"];

/// What boon has otherwise: it divides numbers that have no finite quotient.
const BOON: [&str; 1] = [
    "float-overflow.json: all integers are multiples of 0.5, if overflow is handled / valid if optional overflow handling is implemented",
];

/// What another validator says of a case; `None` where it refuses the schema.
fn boon_says(schema: &Value, data: &Value) -> Option<bool> {
    let (mut schemas, mut compiler) = (boon::Schemas::new(), boon::Compiler::new());
    compiler.add_resource("http://127.0.0.1/schema", schema.clone()).ok()?;
    let schema = compiler.compile("http://127.0.0.1/schema", &mut schemas).ok()?;
    Some(schemas.validate(data, schema).is_ok())
}

/// A test: its schema, its value, whether that is valid.
struct Case {
    name: String,
    schema: Rc<Schema>,
    data: Value,
    is_valid: bool,
}

fn cases(folder: &Path) -> (Vec<Case>, Vec<String>) {
    let (mut cases, mut refused) = (Vec::new(), Vec::new());
    for folder in [folder.to_owned(), folder.join("optional")] {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let file = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.extension().is_none_or(|ending| ending != "json") || LEFT_OUT.contains(&file.as_str()) {
                continue;
            }
            let groups: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
            for group in groups.as_array().unwrap() {
                let name = format!("{file}: {}", group["description"].as_str().unwrap());
                match Schema::parse(&group["schema"].to_string()) {
                    Ok(schema) => {
                        let schema = Rc::new(schema);
                        cases.extend(group["tests"].as_array().unwrap().iter().map(|test| Case {
                            name: format!("{name} / {}", test["description"].as_str().unwrap()),
                            schema: Rc::clone(&schema),
                            data: test["data"].clone(),
                            is_valid: test["valid"] == true,
                        }));
                    }
                    Err(problem) if problem.words == words::REMOTE_REFERENCE => {}
                    Err(problem) => refused.push(format!("{name}: {}", problem.in_words())),
                }
            }
        }
    }
    (cases, refused)
}

#[test]
fn each_case_of_the_official_suite_is_judged_right_and_early_faults_only_where_the_whole_is_invalid() {
    let Some(folder) = std::env::var_os("TOKENFALL_JSON_SCHEMA_SUITE").map(PathBuf::from) else {
        println!("skipped: 0 cases of the suite, because TOKENFALL_JSON_SCHEMA_SUITE names no folder");
        return;
    };
    let (cases, refused) = cases(&folder);
    assert!(cases.len() > 1300, "only {} cases were found", cases.len());
    let (mut wrong, mut early, mut invalid) = (refused, 0, 0);
    for case in &cases {
        let text = case.data.to_string();
        if case.schema.validate(&case.data).is_empty() != case.is_valid {
            wrong.push(format!("{}: plain", case.name));
        }
        let boon = boon_says(case.schema.value(), &case.data);
        if boon.is_some_and(|is_valid| is_valid != case.is_valid) && !BOON.contains(&case.name.as_str()) {
            wrong.push(format!("{}: boon has it otherwise", case.name));
        }
        let mut tree = Tree::new(Some(Rc::clone(&case.schema)));
        let mut is_early = false;
        for piece in text.split_inclusive(|_| true) {
            tree.push(piece);
            if !tree.faults().is_empty() && case.is_valid {
                wrong.push(format!("{}: early {:?} in {text}", case.name, tree.faults()));
                break;
            }
            is_early |= !tree.faults().is_empty();
        }
        early += usize::from(is_early);
        invalid += usize::from(!case.is_valid);
        let outcome = tree.finish();
        let is_right = match &outcome {
            Outcome::Valid => case.is_valid,
            Outcome::Invalid(_) => !case.is_valid,
            Outcome::NotJson { .. } | Outcome::Incomplete | Outcome::Empty => false,
        };
        if !is_right {
            wrong.push(format!("{}: {outcome:?} for {text}", case.name));
        }
    }
    println!("{} cases; of {invalid} that are invalid {early} are found before the end", cases.len());
    assert!(wrong.is_empty(), "{} are wrong:\n{}", wrong.len(), wrong.join("\n"));
}
