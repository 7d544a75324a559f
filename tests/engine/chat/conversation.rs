//! Tests of the tree of turns.

use tokenfall::engine::chat::{Block, Conversation, Turn, TurnState};
use tokenfall::engine::wire::{BlockKind, Role};

fn answer(text: &str) -> Turn {
    let block = Block { text: text.to_owned(), ..Block::new(BlockKind::Text, 0) };
    Turn { blocks: vec![block], state: TurnState::Complete, ended: true, ..Turn::answer() }
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
    let messages = conversation.messages_up_to(second);
    assert_eq!(asked(&messages), [(Role::User, "Q"), (Role::Assistant, "B"), (Role::User, "Q2")]);
}

#[test]
fn a_failed_answer_without_text_is_left_out_with_its_question() {
    let mut conversation = Conversation::new();
    conversation.push(Turn::question("Q"));
    conversation.push(answer(" \n"));
    let second = conversation.push(Turn::question("Q2"));
    assert_eq!(asked(&conversation.messages_up_to(second)), [(Role::User, "Q2")]);
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
    let messages = conversation.messages_up_to(second);
    assert_eq!(asked(&messages), [(Role::User, "Q"), (Role::Assistant, "I cannot."), (Role::User, "Why?")]);
}

#[test]
fn a_cut_answer_with_text_is_sent_and_reasoning_is_not() {
    let mut conversation = Conversation::new();
    conversation.push(Turn::question("Q"));
    let thought = Block { text: "hm".to_owned(), ..Block::new(BlockKind::Reasoning, 0) };
    let mut cut = answer("half an ans");
    cut.state = TurnState::Interrupted;
    cut.blocks.insert(0, thought);
    conversation.push(cut);
    let second = conversation.push(Turn::question("Q2"));
    let messages = conversation.messages_up_to(second);
    assert_eq!(asked(&messages), [(Role::User, "Q"), (Role::Assistant, "half an ans"), (Role::User, "Q2")]);
}

#[test]
fn an_answer_that_paused_is_sent_back_last_and_joined_with_what_came_behind_it() {
    let mut conversation = Conversation::new();
    conversation.push(Turn::question("Q"));
    let paused = conversation.push(Turn { state: TurnState::Paused, ..answer("So far \n") });
    let messages = conversation.messages_up_to(paused);
    assert_eq!(asked(&messages), [(Role::User, "Q"), (Role::Assistant, "So far")]);
    conversation.push(answer("so good."));
    let next = conversation.push(Turn::question("Q2"));
    let messages = conversation.messages_up_to(next);
    assert_eq!(
        asked(&messages),
        [(Role::User, "Q"), (Role::Assistant, "So far \nso good."), (Role::User, "Q2")]
    );
}
