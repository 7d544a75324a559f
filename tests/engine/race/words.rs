//! The words in which two answers differ.

use crate::support::Dice;
use tokenfall::engine::race::{Comparison, Piece, WORD_LIMIT, compare};

/// A comparison in short: pieces that are alike as they are, others as `[first|second]`.
fn short(first: &str, second: &str) -> String {
    match compare(first, second) {
        Comparison::Identical => "identical".to_owned(),
        Comparison::SameWords => "same words".to_owned(),
        Comparison::Different { pieces, .. } => {
            let piece = |piece: &Piece| match piece {
                Piece::Same { first: range, .. } => first[range.clone()].to_owned(),
                Piece::Differs { first: one, second: other } => {
                    format!("[{}|{}]", &first[one.clone()], &second[other.clone()])
                }
            };
            pieces.iter().map(piece).collect::<Vec<_>>().join(" ")
        }
    }
}

#[test]
fn answers_are_identical_alike_but_for_blanks_or_different_in_words() {
    for (first, second, expected) in [
        ("", "", "identical"),
        ("a b", "a b", "identical"),
        ("a b", "a\n\n b ", "same words"),
        ("", " ", "same words"),
        ("", "a", "[|a]"),
        ("a b c", "a x c", "a [b|x] c"),
        ("a b c", "a c", "a [b|] c"),
        ("a c", "a b c", "a [|b] c"),
        ("It is 4.", "It is 5.", "It is [4|5] ."),
        ("Yes, sir", "Yes sir", "Yes [,|] sir"),
        ("It's", "Its", "[It's|Its]"),
        ("don't stop", "don't go", "don't [stop|go]"),
        ("我喜欢猫", "我喜欢狗", "我喜欢 [猫|狗]"),
        ("naïve café", "naïve cafe", "naïve [café|cafe]"),
        ("a", "b", "[a|b]"),
    ] {
        assert_eq!(short(first, second), expected, "{first:?} {second:?}");
    }
}

#[test]
fn a_difference_is_told_with_how_many_words_are_the_same() {
    let told = compare("one two three", "one two four five").to_string();
    assert_eq!(told, "Another answer: 2 words are the same, of 3 and 4.");
    assert!(compare("a", "a").to_string().contains("letter by letter"));
    assert!(compare("a", " a").to_string().contains("only blanks"));
}

/// Holds the pieces to the texts: they cover all words of both, in their order, and what is called the same is.
fn check(first: &str, second: &str) {
    let Comparison::Different { pieces, shared, words, .. } = compare(first, second) else { return };
    let squeezed = |text: &str| text.split_whitespace().collect::<String>();
    let (mut one, mut other, mut ends) = (String::new(), String::new(), (0, 0));
    for piece in &pieces {
        let (Piece::Same { first: a, second: b } | Piece::Differs { first: a, second: b }) = piece;
        assert!(ends.0 <= a.start && ends.1 <= b.start, "{pieces:?}");
        ends = (a.end, b.end);
        one += &first[a.clone()];
        other += &second[b.clone()];
        if matches!(piece, Piece::Same { .. }) {
            assert_eq!(squeezed(&first[a.clone()]), squeezed(&second[b.clone()]));
        }
    }
    assert_eq!((squeezed(&one), squeezed(&other)), (squeezed(first), squeezed(second)));
    assert!(shared <= words[0].min(words[1]));
}

#[test]
fn the_pieces_are_all_of_both_texts_whatever_they_are() {
    const WORDS: [&str; 9] = ["a", "b", "ä", "猫", ".", "the", "\n", "don't", "👦🏽"];
    let mut dice = Dice::new(7);
    for _ in 0..2_000 {
        let mut text = || {
            let count = dice.below(20);
            (0..count).map(|_| WORDS[dice.below(WORDS.len())]).collect::<Vec<_>>().join(" ")
        };
        let (first, second) = (text(), text());
        check(&first, &second);
    }
}

#[test]
fn long_answers_that_have_nothing_or_everything_in_common_are_compared_to_their_limit() {
    let mut dice = Dice::new(3);
    let mut text = |words: usize, kinds: usize| -> String {
        (0..words).map(|_| format!("w{} ", dice.below(kinds))).collect()
    };
    let pairs = [
        (text(50_000, 2), text(50_000, 2)),
        (text(50_000, 40_000), text(50_000, 40_000)),
        (text(20_000, 1), text(30_000, 1)),
        ("a ".repeat(50_000), "b ".repeat(50_000)),
    ];
    for (first, second) in &pairs {
        check(first, second);
    }
}

#[test]
fn what_stands_behind_the_limit_is_not_called_the_same() {
    let long = "a ".repeat(WORD_LIMIT);
    let (first, second) = (format!("{long}x"), format!("{long}y"));
    let comparison = compare(&first, &second);
    assert!(matches!(comparison, Comparison::Different { is_cut: true, shared: WORD_LIMIT, .. }));
    assert_eq!(
        comparison.to_string(),
        "Of the first 100000 words 100000 are the same. The rest was not compared."
    );
}
