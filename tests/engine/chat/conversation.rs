//! Tests of the tree of turns.

use tokenfall::engine::chat::{Block, Conversation, Turn, TurnState};
use tokenfall::engine::wire::{BlockKind, Role};

fn answer(text: &str) -> Turn {
    let block = Block { text: text.to_owned(), ..Block::new(BlockKind::Text, 0) };
    Turn { blocks: vec![block], state: TurnState::Complete, ended: true, ..Turn::answer() }
}

fn thought(text: &str) -> Block {
    Block { text: text.to_owned(), ..Block::new(BlockKind::Reasoning, 0) }
}

fn said(conversation: &Conversation) -> Vec<String> {
    conversation.path().into_iter().map(|id| conversation.turn(id).unwrap().text()).collect()
}

fn asked(messages: &[tokenfall::engine::wire::Message]) -> Vec<(Role, &str)> {
    messages.iter().map(|message| (message.role, message.text.as_str())).collect()
}

#[test]
fn an_empty_conversation_shows_nothing() {
    assert_eq!(Conversation::new().path(), []);
}

#[test]
fn a_second_answer_is_a_sibling_and_the_first_is_not_lost() {
    let mut conversation = Conversation::new();
    let question = conversation.push(Turn::question("Q"));
    let first = conversation.push(answer("A"));
    let second = conversation.push_behind(Some(question), answer("B"));
    assert_eq!(said(&conversation), ["Q", "B"]);
    assert_eq!((conversation.parent(first), conversation.parent(second)), (Some(question), Some(question)));
    assert_eq!(conversation.turn(first).unwrap().text(), "A");
}

#[test]
fn showing_a_sibling_shows_what_followed_it_last() {
    let mut conversation = Conversation::new();
    let question = conversation.push(Turn::question("Q"));
    let first = conversation.push(answer("A"));
    conversation.push(Turn::question("Q2"));
    conversation.push(answer("A2"));
    let second = conversation.push_behind(Some(question), answer("B"));
    assert_eq!(conversation.siblings(second), [first, second]);
    assert_eq!(conversation.siblings(question), [question]);
    conversation.show(first);
    assert_eq!(said(&conversation), ["Q", "A", "Q2", "A2"]);
    conversation.show(second);
    assert_eq!(said(&conversation), ["Q", "B"]);
}

#[test]
fn a_turn_pushed_behind_an_older_one_shows_its_own_line() {
    let mut conversation = Conversation::new();
    let question = conversation.push(Turn::question("Q"));
    conversation.push(answer("A"));
    conversation.push(Turn::question("Q2"));
    conversation.push(answer("A2"));
    conversation.push_behind(Some(question), answer("B"));
    conversation.push(Turn::question("Q3"));
    assert_eq!(said(&conversation), ["Q", "B", "Q3"]);
    conversation.push_behind(None, Turn::question("other root"));
    assert_eq!(said(&conversation), ["other root"]);
}

#[test]
fn a_stored_turn_takes_the_place_of_the_one_being_written() {
    let mut conversation = Conversation::new();
    conversation.push(Turn::question("Q"));
    let id = conversation.push(Turn::answer());
    conversation.store(id, answer("A"));
    assert_eq!(said(&conversation), ["Q", "A"]);
}

#[test]
fn a_request_sends_the_line_up_to_a_turn_and_nothing_of_its_siblings() {
    let mut conversation = Conversation::new();
    let question = conversation.push(Turn::question("Q"));
    conversation.push(answer("A"));
    conversation.push_behind(Some(question), answer("B"));
    let second = conversation.push(Turn::question("Q2"));
    conversation.push(answer("C"));
    let messages = conversation.messages_up_to(second, false);
    assert_eq!(asked(&messages), [(Role::User, "Q"), (Role::Assistant, "B"), (Role::User, "Q2")]);
}

#[test]
fn a_question_behind_a_stop_a_failure_or_an_empty_answer_is_sent_with_the_next_one() {
    for state in [TurnState::Stopped, TurnState::Failed, TurnState::Interrupted, TurnState::Complete] {
        for blocks in
            [vec![], answer(" \n").blocks, vec![thought("hm")], vec![Block::new(BlockKind::ToolCall, 0)]]
        {
            let mut conversation = Conversation::new();
            conversation.push(Turn::question("My name is Ann, plan my week."));
            conversation.push(Turn { state, blocks, ..answer("") });
            let second = conversation.push(Turn::question("Go on."));
            let together = "My name is Ann, plan my week.\n\nGo on.";
            assert_eq!(asked(&conversation.messages_up_to(second, false)), [(Role::User, together)]);
            conversation.push(Turn { state, ..answer("") });
            let third = conversation.push(Turn::question("Well?"));
            let together = format!("{together}\n\nWell?");
            assert_eq!(asked(&conversation.messages_up_to(third, false)), [(Role::User, together.as_str())]);
        }
    }
}

#[test]
fn questions_that_are_merged_stand_between_the_answers_they_stood_between() {
    let mut conversation = Conversation::new();
    conversation.push(Turn::question("A"));
    conversation.push(answer("a"));
    conversation.push(Turn::question("B"));
    conversation.push(answer(""));
    let third = conversation.push(Turn::question("C"));
    let middle = [(Role::User, "A"), (Role::Assistant, "a"), (Role::User, "B\n\nC")];
    assert_eq!(asked(&conversation.messages_up_to(third, false)), middle);
    conversation.push(answer("c"));
    let fourth = conversation.push(Turn::question("D"));
    let messages = conversation.messages_up_to(fourth, false);
    assert_eq!(asked(&messages), [middle.as_slice(), &[(Role::Assistant, "c"), (Role::User, "D")]].concat());
}

#[test]
fn a_question_that_is_asked_again_is_sent_once() {
    let mut conversation = Conversation::new();
    let question = conversation.push(Turn::question("Q"));
    conversation.push(answer(""));
    assert_eq!(asked(&conversation.messages_up_to(question, false)), [(Role::User, "Q")]);
}

#[test]
fn a_refusal_that_is_on_show_is_sent_and_its_question_is_not_lost() {
    let mut conversation = Conversation::new();
    conversation.push(Turn::question("Q"));
    let refusal = Block { text: "I cannot.".to_owned(), ..Block::new(BlockKind::Refusal, 0) };
    let mut refused = answer("");
    refused.blocks = vec![refusal];
    conversation.push(refused);
    let second = conversation.push(Turn::question("Why?"));
    let messages = conversation.messages_up_to(second, false);
    assert_eq!(asked(&messages), [(Role::User, "Q"), (Role::Assistant, "I cannot."), (Role::User, "Why?")]);
}

#[test]
fn a_cut_answer_with_text_is_sent_and_reasoning_is_not() {
    let mut conversation = Conversation::new();
    conversation.push(Turn::question("Q"));
    let mut cut = answer("half an ans");
    cut.state = TurnState::Interrupted;
    cut.blocks.insert(0, thought("hm"));
    conversation.push(cut);
    let second = conversation.push(Turn::question("Q2"));
    let messages = conversation.messages_up_to(second, false);
    assert_eq!(asked(&messages), [(Role::User, "Q"), (Role::Assistant, "half an ans"), (Role::User, "Q2")]);
}

#[test]
fn an_answer_that_paused_is_sent_back_last_and_joined_with_what_came_behind_it() {
    let mut conversation = Conversation::new();
    conversation.push(Turn::question("Q"));
    let paused = conversation.push(Turn { state: TurnState::Paused, ..answer("So far \n") });
    let messages = conversation.messages_up_to(paused, false);
    assert_eq!(asked(&messages), [(Role::User, "Q"), (Role::Assistant, "So far")]);
    conversation.push(answer("so good."));
    let next = conversation.push(Turn::question("Q2"));
    let messages = conversation.messages_up_to(next, false);
    assert_eq!(
        asked(&messages),
        [(Role::User, "Q"), (Role::Assistant, "So far \nso good."), (Role::User, "Q2")]
    );
}
