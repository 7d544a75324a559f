//! Files: what goes out comes in again, cut or hostile ones are told with their line.

use super::records::{deltas, failures};
use proptest::prelude::*;
use serde_json::{Value, json};
use tokenfall::engine::archive::{
    ConversationRecord, ImportProblem, Imported, Importer, MarkdownExport, Preview, TurnRecord, export_jsonl,
    file_name, restore,
};
use tokenfall::engine::chat::{Conversation, DraftText, Turn, TurnId, TurnMetadata, TurnState};
use tokenfall::engine::wire::Role;

pub(super) fn read(file: &[u8], step: usize) -> Result<(Preview, Vec<Imported>), ImportProblem> {
    let mut importer = Importer::new();
    for piece in file.chunks(step) {
        importer.push(piece)?;
    }
    assert_eq!(importer.bytes(), file.len() as u64);
    let ready = importer.end()?;
    let mut ids = 0;
    let preview = ready.preview();
    let new_id = |_: &str| {
        ids += 1;
        Some(format!("n{ids}"))
    };
    Ok((preview, ready.finish(new_id, 77).collect()))
}

/// A conversation with an edited question, a second answer and one that failed.
fn sample() -> (ConversationRecord, Vec<TurnRecord>) {
    let mut tree = Conversation::new();
    let mut now = 1_764_491_000_000;
    let mut add = |tree: &mut Conversation, parent: Option<TurnId>, turn: Turn| {
        let id = tree.push_behind(parent, turn);
        now += 1_000;
        let model = if tree.turn(id).unwrap().role == Role::User { "" } else { "qwen" };
        let server = if model.is_empty() { "" } else { "127.0.0.1:8080" };
        let (model, server) = (model.to_owned(), server.to_owned());
        tree.set_metadata(id, TurnMetadata { created: now, model, server, ..TurnMetadata::default() });
        id
    };
    let answer = |text: &str| {
        let mut turn = Turn { role: Role::Assistant, ..Turn::question(text) };
        let mut thought = turn.blocks[0].clone();
        thought.kind = tokenfall::engine::wire::BlockKind::Reasoning;
        thought.text = "Hm.</details>".to_owned();
        turn.blocks.insert(0, thought);
        turn
    };
    let first = add(&mut tree, None, Turn::question("Why is the sky blue?"));
    add(&mut tree, Some(first), answer("Rayleigh."));
    let other = add(&mut tree, Some(first), answer("Because."));
    add(&mut tree, None, Turn::question("Why is the sky red?"));
    let last = add(&mut tree, Some(other), Turn::question("And at night?"));
    let mut cut = answer("It is");
    cut.state = TurnState::Interrupted;
    add(&mut tree, Some(last), cut);
    let gone = add(&mut tree, Some(last), answer("deleted"));
    add(&mut tree, Some(gone), Turn::question("deleted too"));
    tree.delete(gone, 5).unwrap();
    let mut record = ConversationRecord {
        id: "c1".to_owned(),
        title: "Sky".to_owned(),
        has_own_title: true,
        created: 1_764_491_000_000,
        changed: 1_764_492_000_000,
        pinned: true,
        system: "Be brief.".to_owned(),
        model: "qwen".to_owned(),
        profile: "p1".to_owned(),
        draft: "half a".to_owned(),
        pastes: vec!["half a page".to_owned()],
        queue: vec![DraftText { typed: "half a question".to_owned(), ..DraftText::default() }],
        ..ConversationRecord::default()
    };
    record.update(&tree);
    let turns = tree.ids().filter_map(|id| TurnRecord::new("c1", &tree, id)).collect();
    (record, turns)
}

fn exported() -> String {
    let (record, turns) = sample();
    let mut out = String::new();
    export_jsonl(&record, &turns, &mut out);
    out
}

#[test]
fn what_goes_out_has_the_form_of_llama_cpp() {
    let file = exported();
    let lines: Vec<Value> = file.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((&lines[0]["type"], &lines[0]["harness"]), (&json!("session"), &json!("tokenfall")));
    assert_eq!(
        (&lines[0]["name"], &lines[0]["currNode"], &lines[0]["pinned"]),
        (&json!("Sky"), &json!("c1-5"), &json!(true))
    );
    let messages: Vec<&Value> = lines[1..].iter().map(|line| &line["message"]).collect();
    assert!(lines[1..].iter().all(|line| line["type"] == "message"));
    assert_eq!(
        (&messages[0]["type"], &messages[0]["parent"], &messages[0]["role"]),
        (&json!("root"), &Value::Null, &json!("system"))
    );
    assert_eq!((&messages[1]["content"], &messages[1]["role"]), (&json!("Be brief."), &json!("system")));
    assert_eq!(messages[1]["children"], json!(["c1-0", "c1-3"]));
    let answer = messages[3];
    assert_eq!(
        (&answer["content"], &answer["reasoningContent"]),
        (&json!("Rayleigh."), &json!("Hm.</details>"))
    );
    assert_eq!(
        (&answer["parent"], &answer["convId"], &answer["model"]),
        (&json!("c1-0"), &json!("c1"), &json!("qwen"))
    );
    // Each message names its parent, and each parent its children.
    for message in &messages {
        for child in message["children"].as_array().unwrap() {
            let child = messages.iter().find(|other| other["id"] == *child).unwrap();
            assert_eq!(child["parent"], message["id"]);
        }
    }
    assert!(!file.contains("deleted") && !file.contains("half a") && !file.contains("\"p1\""));
    assert_eq!(file.matches("Rayleigh.").count(), 1, "no text twice");
}

/// A conversation without what a file leaves out.
fn kept(record: ConversationRecord, turns: Vec<TurnRecord>) -> (ConversationRecord, Vec<TurnRecord>) {
    let mut tree = restore(&record, turns).conversation;
    tree.purge(u64::MAX);
    let mut record = ConversationRecord {
        id: "n1".to_owned(),
        profile: String::new(),
        draft: String::new(),
        pastes: Vec::new(),
        queue: Vec::new(),
        ..record
    };
    record.update(&tree);
    let turns = tree.ids().filter_map(|id| TurnRecord::new("n1", &tree, id)).collect();
    (record, turns)
}

#[test]
fn what_went_out_comes_in_as_the_same_tree_at_every_cut() {
    let file = exported();
    let (record, turns) = sample();
    let (mut record, turns) = kept(record, turns);
    record.next_turn = turns.len() as u32;
    for step in [1, 2, 3, 64, 1_000, file.len()] {
        let (preview, imported) = read(file.as_bytes(), step).unwrap();
        assert_eq!((preview.conversations, preview.messages), (1, 6));
        assert_eq!(
            (&preview.titles[..], &preview.source_ids[..]),
            (&["Sky".to_owned()][..], &["c1".to_owned()][..])
        );
        assert_eq!(preview.notes, Vec::<String>::new());
        assert_eq!(imported[0].turns, turns);
        assert_eq!(imported[0].record, record);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn turns_of_any_deltas_come_back_whatever_they_hold(
        all in prop::collection::vec((deltas(), prop::option::of(failures()), any::<bool>(), 0usize..9, any::<bool>()), 1..8),
        step in 1usize..300, deletes in any::<bool>()
    ) {
        let mut tree = Conversation::new();
        for (deltas, failure, user, behind, is_root) in all {
            let role = if user { Role::User } else { Role::Assistant };
            let mut turn = Turn { failure, role, state: TurnState::Complete, ..Turn::answer() };
            for delta in deltas.iter() {
                turn.apply(&delta);
            }
            let parent = (!is_root && !tree.is_empty()).then(|| TurnId::from_number((behind % tree.ids().count()) as u32));
            tree.push_behind(parent, turn);
        }
        if deletes {
            tree.delete(TurnId::from_number(0), 1);
        }
        let mut record = ConversationRecord {
            id: "c".to_owned(), title: "T".to_owned(), has_own_title: true, changed: 7, ..ConversationRecord::default()
        };
        record.update(&tree);
        let turns: Vec<_> = tree.ids().filter_map(|id| TurnRecord::new("c", &tree, id)).collect();
        let mut file = String::new();
        export_jsonl(&record, &turns, &mut file);
        let (_, imported) = read(file.as_bytes(), step).unwrap();
        let (_, expected) = kept(record, turns);
        // Numbers are given anew where turns were deleted.
        let shape = |turns: &[TurnRecord]| -> Vec<(Option<usize>, TurnRecord)> {
            let place = |number: u32| turns.iter().position(|turn| turn.turn == number);
            turns.iter().map(|turn| (turn.parent.and_then(place), TurnRecord { turn: 0, parent: None, ..turn.clone() })).collect()
        };
        prop_assert_eq!(shape(&imported[0].turns), shape(&expected));
        let texts = |tree: &Conversation| tree.path().into_iter().map(|id| tree.turn(id).unwrap().words()).collect::<Vec<_>>();
        prop_assert_eq!(texts(&restore(&imported[0].record, imported[0].turns.clone()).conversation), texts(&tree));
    }

    #[test]
    fn a_file_that_is_cut_is_refused_or_holds_whole_messages_and_damage_is_never_a_panic(
        cut in 0usize..6_000, at in 0usize..6_000, with in any::<u8>(), step in 1usize..99
    ) {
        let file = exported().into_bytes();
        let cut = cut % (file.len() + 1);
        match read(&file[..cut], step) {
            Ok((preview, _)) => {
                let lines = file[..cut].split(|byte| *byte == b'\n').filter(|line| line.ends_with(b"}")).count();
                prop_assert_eq!(preview.messages, lines.saturating_sub(3));
            }
            Err(problem) => prop_assert!(!problem.sentence.is_empty()),
        }
        let mut damaged = file.clone();
        damaged[at % file.len()] = with;
        if let Ok((preview, imported)) = read(&damaged, step) {
            prop_assert!(preview.messages >= imported.iter().map(|one| one.turns.len()).sum::<usize>());
        }
    }

    #[test]
    fn a_tree_with_any_parents_keeps_every_message(parents in prop::collection::vec(prop::option::of(0usize..12), 1..12)) {
        let mut lines = vec![json!({"type": "session", "id": "c", "name": "T"}).to_string()];
        for (at, parent) in parents.iter().enumerate() {
            let role = if at % 2 == 0 { "user" } else { "assistant" };
            let message = json!({"id": at, "parent": parent, "role": role, "content": format!("m{at}")});
            lines.push(json!({"type": "message", "message": message}).to_string());
        }
        let (preview, imported) = read(lines.join("\n").as_bytes(), 50).unwrap();
        prop_assert_eq!(preview.messages, parents.len());
        let tree = restore(&imported[0].record, imported[0].turns.clone()).conversation;
        prop_assert_eq!(tree.len(), parents.len());
        prop_assert!(imported[0].turns.iter().all(|turn| turn.parent.is_none_or(|parent| parent < turn.turn)));
    }
}

/// As llama.cpp's web UI writes it: an unseen root, a call of a tool and its result, counts, an attachment.
const LLAMA_CPP: &str = r#"{"harness":"llama.app","type":"session","id":"u-1","name":"What time is it?","lastModified":1764491009000,"currNode":"m4"}
{"message":{"id":"m0","convId":"u-1","type":"root","timestamp":1764491000000,"role":"system","content":"","parent":null,"children":["m1"]},"type":"message"}
{"message":{"id":"m1","convId":"u-1","type":"text","timestamp":1764491001000,"role":"user","content":"What time is it?","parent":"m0","children":["m2"],"extra":[{"type":"TEXT","name":"a.txt","content":"x"},{"type":"IMAGE","name":"b.png","base64Url":"data:"}]},"type":"message"}
{"message":{"id":"m2","convId":"u-1","type":"text","timestamp":1764491002000,"role":"assistant","content":"","reasoningContent":"Ask.","parent":"m1","children":["m3"],"toolCalls":[{"id":"t1","type":"function","function":{"name":"get_datetime","arguments":"{}"}}],"model":"qwen"},"type":"message"}
{"message":{"id":"m3","convId":"u-1","type":"text","timestamp":1764491003000,"role":"tool","content":"12:00","toolCallId":"t1","parent":"m2","children":["m4"]},"type":"message"}
{"message":{"id":"m4","convId":"u-1","type":"text","timestamp":1764491004000,"role":"assistant","content":"Noon.","parent":"m3","children":[],"timings":{"cache_n":3,"prompt_n":7,"predicted_n":2,"predicted_ms":80.5},"model":"qwen"},"type":"message"}
{"type":"novel","value":[1,2]}"#;

#[test]
fn an_export_of_llama_cpp_comes_in_and_what_is_left_out_is_said() {
    let (preview, imported) = read(LLAMA_CPP.as_bytes(), 11).unwrap();
    assert_eq!((preview.conversations, preview.messages), (1, 3));
    let notes = [
        "1 result of a tool is left out.",
        "1 attachment is left out.",
        "1 line of a kind that is not known here is left out.",
    ];
    assert_eq!(preview.notes, notes);
    let Imported { record, turns, source_id } = &imported[0];
    assert_eq!(
        (source_id.as_str(), record.title.as_str(), record.has_own_title),
        ("u-1", "What time is it?", false)
    );
    assert_eq!(
        (record.created, record.changed, record.head),
        (1_764_491_001_000, 1_764_491_009_000, Some(2))
    );
    assert_eq!(turns.iter().map(|turn| turn.parent).collect::<Vec<_>>(), [None, Some(0), Some(1)]);
    let call = turns[1].blocks[1].tool.as_ref().unwrap();
    assert_eq!((call.name.as_str(), turns[1].text_of("reasoning").as_str()), ("get_datetime", "Ask."));
    let usage = turns[2].usage.as_ref().unwrap();
    assert_eq!((usage.input, usage.cached, usage.output), (Some(10), Some(3), Some(2)));
    assert_eq!(turns[2].answered_by.as_deref(), Some("qwen"));
    assert_eq!(turns[0].words(), "What time is it?\n\n--- File: a.txt ---\nx");
    assert_eq!(record.last_state(), Some(TurnState::Complete));
}

#[test]
fn json_of_older_versions_comes_in_as_one_conversation_or_a_list_however_it_is_laid_out() {
    let one = json!({
        "conv": {"id": "a", "name": "Mine", "lastModified": 5, "currNode": 9},
        "messages": [
            {"id": 7, "parent": null, "type": "root", "role": "system", "content": ""},
            {"id": 8, "parent": 7, "role": "user", "content": "Q", "timestamp": "2025"},
            {"id": 9, "parent": 8, "role": "assistant", "content": "A", "thinking": "T", "toolCalls": "[]"},
        ]
    });
    for file in
        [one.to_string(), json!([one]).to_string(), serde_json::to_string_pretty(&json!([one, one])).unwrap()]
    {
        let file = format!("\u{feff}\n{file}\n");
        let (preview, imported) = read(file.as_bytes(), 3).unwrap();
        assert_eq!((preview.messages, preview.conversations), (2 * imported.len(), imported.len()));
        assert_eq!((imported[0].record.title.as_str(), imported[0].record.has_own_title), ("Mine", true));
        assert_eq!(imported[0].turns[1].text_of("reasoning"), "T");
        assert_eq!(imported[0].record.created, 77);
    }
}

#[test]
fn several_sessions_of_one_file_get_ids_of_their_own_and_forks_stay_forks() {
    let (record, turns) = sample();
    let fork =
        ConversationRecord { id: "c2".to_owned(), forked_from: Some("c1".to_owned()), ..record.clone() };
    let foreign =
        ConversationRecord { id: "c3".to_owned(), forked_from: Some("x".to_owned()), ..record.clone() };
    let mut file = String::new();
    export_jsonl(&record, &turns, &mut file);
    export_jsonl(&fork, &[], &mut file);
    export_jsonl(&foreign, &[], &mut file);
    let (_, imported) = read(file.as_bytes(), 500).unwrap();
    let ids: Vec<_> =
        imported.iter().map(|one| (one.record.id.as_str(), one.record.forked_from.as_deref())).collect();
    assert_eq!(ids, [("n1", None), ("n2", Some("n1")), ("n3", None)]);
}

#[test]
fn markdown_has_the_line_on_show_with_model_date_server_and_how_it_ended() {
    let (record, turns) = sample();
    let export = MarkdownExport { has_thoughts: true, offset_minutes: 60 };
    let text = export.write(&record, turns.clone());
    let expected = concat!(
        "# Sky\n\n> Be brief.\n\n## You · 2025-11-30 09:23\n\nWhy is the sky blue?\n\n",
        "## qwen · 2025-11-30 09:23 · 127.0.0.1:8080\n\n<details>\n<summary>Thoughts</summary>\n\nHm.&lt;/details>\n\n</details>\n\nBecause.\n\n",
        "## You · 2025-11-30 09:23\n\nAnd at night?\n\n## qwen · 2025-11-30 09:23 · 127.0.0.1:8080\n\n",
        "<details>\n<summary>Thoughts</summary>\n\nHm.&lt;/details>\n\n</details>\n\nIt is\n"
    );
    assert_eq!(text, expected);
    let without = MarkdownExport { has_thoughts: false, ..export }.write(&record, turns);
    assert!(!without.contains("Hm.") && without.contains("Because."));
}

#[test]
fn a_preview_tells_the_times_of_the_first_message_and_the_last_change() {
    let (record, turns) = sample();
    let mut file = String::new();
    export_jsonl(&ConversationRecord { changed: 1_764_500_000_000, ..record.clone() }, &turns, &mut file);
    export_jsonl(&ConversationRecord { id: "old".to_owned(), changed: 7, ..record }, &[], &mut file);
    let (preview, _) = read(file.as_bytes(), 64).unwrap();
    assert_eq!(preview.times, Some((7, 1_764_500_000_000)));
    let (undated, _) = read(br#"{"type":"session","id":"c"}"#, 9).unwrap();
    assert_eq!(undated.times, None);
}

#[test]
fn what_is_here_already_is_left_out_and_a_fork_of_it_stays_its_fork() {
    let (record, turns) = sample();
    let fork =
        ConversationRecord { id: "c2".to_owned(), forked_from: Some("c1".to_owned()), ..record.clone() };
    let mut file = String::new();
    export_jsonl(&record, &turns, &mut file);
    export_jsonl(&fork, &turns, &mut file);
    let mut importer = Importer::new();
    importer.push(file.as_bytes()).unwrap();
    let new_id = |source: &str| (source != "c1").then(|| source.to_owned());
    let imported: Vec<_> = importer.end().unwrap().finish(new_id, 77).collect();
    let ids: Vec<_> = imported.iter().map(|one| (one.record.id.as_str(), one.turns.len())).collect();
    assert_eq!(ids, [("c2", 0)], "its turns were left out with the other");
    assert_eq!(imported[0].record.forked_from.as_deref(), Some("c1"));
}

#[test]
fn a_file_is_named_by_title_and_date_without_a_character_that_a_system_could_refuse() {
    let rows = [
        ("How do I make tea?", "How-do-I-make-tea-2025-11-30.md"),
        ("../../etc/passwd", "etc-passwd-2025-11-30.md"),
        ("C:\\x|<y>*\"\u{202e}\u{0}", "C-x-y-2025-11-30.md"),
        ("CON", "CON-2025-11-30.md"),
        ("Grüße 茶 ☕", "Grüße-茶-2025-11-30.md"),
        ("...", "2025-11-30.md"),
        ("", "2025-11-30.md"),
    ];
    for (title, name) in rows {
        assert_eq!(file_name(title, 1_764_491_000_000, 60, "md"), name);
    }
    let long = file_name(&"word ".repeat(100), 0, 0, "jsonl");
    assert_eq!(long.strip_suffix("-1970-01-01.jsonl").unwrap().chars().count(), 49, "{long}");
}
