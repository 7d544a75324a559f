//! A question shows what the person asked, folded where it is long.

use super::context::Chat;
use super::tab_stop::OLD_TURN;
use crate::engine::chat::TurnId;
use crate::engine::messages::page;
use crate::ui::components::Button;
use leptos::prelude::*;

/// The most bytes of a question that are shown at once: a browser lays out all of a paragraph, and people paste books.
const SHOWN: usize = 32 << 10;
/// The most lines of a question that is not folded.
const FOLDED_LINES: usize = 12;
/// Number of characters that count as a line: about what fits into the column.
const CHARS_A_LINE: usize = 72;

/// Renders the bubble with a question.
#[component]
pub fn Question(
    /// The question's turn.
    id: TurnId,
) -> impl IntoView {
    let conversation = expect_context::<Chat>().conversation;
    let is_long = conversation.read_turn(id, |turn| is_long(&turn.text())).unwrap_or_default();
    let is_folded = RwSignal::new(is_long);
    let fold = move || {
        view! {
            <Button
                class="link"
                test_id="fold-question"
                expanded=Signal::derive(move || Some(!is_folded.get()))
                on_press=move |()| is_folded.update(|is_folded| *is_folded = !*is_folded)
            >
                {move || if is_folded.get() { page::SHOW_ALL } else { page::SHOW_LESS }}
            </Button>
        }
    };
    // What is in it is passed by the Tab key then.
    let is_old = move || conversation.path.with(|path| path.iter().rev().take(2).all(|key| key.turn != id));
    view! {
        <article
            class="turn question"
            data-testid="turn"
            data-role="user"
            data-state="complete"
            tabindex=move || is_old().then_some("0")
            aria-describedby=move || is_old().then_some(OLD_TURN)
        >
            <h2 class="unseen">{page::YOU}</h2>
            <div class="bubble" dir="auto" data-folded=move || is_folded.get()>
                <Piece id=id from=0 />
            </div>
            {is_long.then(fold)}
            {move || conversation.turn_tools.view(id)}
        </article>
    }
}

/// Renders a piece of a question, and the next one behind it once that is asked for: what is shown already is not laid out
/// again.
#[component]
fn Piece(id: TurnId, from: usize) -> impl IntoView {
    let read = expect_context::<Chat>().conversation.read_turn(id, |turn| {
        let text = turn.text();
        let rest = text.get(from..).unwrap_or_default();
        let piece = first_piece(rest);
        (piece.to_owned(), piece.len() < rest.len())
    });
    let (text, has_more) = read.unwrap_or_default();
    let to = from + text.len();
    let is_open = RwSignal::new(false);
    let more = move || {
        if is_open.get() {
            view! {
                <div>
                    <Piece id=id from=to />
                </div>
            }
            .into_any()
        } else {
            view! {
                <Button class="link" test_id="show-more" on_press=move |()| is_open.set(true)>
                    {page::SHOW_MORE}
                </Button>
            }
            .into_any()
        }
    };
    view! {
        {text}
        {has_more.then(|| view! { {move || more()} })}
    }
}

fn is_long(text: &str) -> bool {
    FOLDED_LINES < text.lines().map(|line| 1 + line.chars().count() / CHARS_A_LINE).sum()
}

/// Returns the next bytes of a question that are shown: whole lines, if there are any.
fn first_piece(rest: &str) -> &str {
    let most = &rest[..rest.floor_char_boundary(SHOWN)];
    let end = most.rfind('\n').filter(|_| most.len() < rest.len()).map_or(most.len(), |end| end + 1);
    &most[..end]
}
