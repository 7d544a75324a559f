//! The table of figures, and the curves of text over time.

use super::{lane, millis, numbers};
use tokenfall::engine::meter::{Numbers, Pace, Speed};
use tokenfall::engine::race::Progress::{BrokeOff, Finished, Running, Stopped};
use tokenfall::engine::race::{Cell, Figure, Row, TextOverTime, Unknown, table};

fn row(rows: &[Row], figure: Figure) -> &Row {
    rows.iter().find(|row| row.figure == figure).unwrap()
}

#[test]
fn each_figure_has_a_row_with_a_cell_for_each_lane() {
    let full = Numbers {
        ttfb: Some(millis(100)),
        ttft: Some(millis(200)),
        ttfo: Some(millis(300)),
        elapsed: millis(4_000),
        speed: Some(Speed::Tokens(31.5)),
        longest_gap: Some(millis(700)),
        tokens_out: Some(120),
        bytes: 9_000,
        ..Numbers::default()
    };
    let rows = table(&[lane("a", &full, Finished), lane("b", &full, Finished)]);
    let cells: Vec<_> = rows.iter().map(|row| (row.figure, row.cells[0])).collect();
    assert_eq!(
        cells,
        [
            (Figure::FirstByte, Cell::Time(millis(100))),
            (Figure::FirstText, Cell::Time(millis(200))),
            (Figure::FirstWord, Cell::Time(millis(300))),
            (Figure::Total, Cell::Time(millis(4_000))),
            (Figure::Tokens, Cell::Count(120)),
            (Figure::Speed, Cell::TokensASecond(31.5)),
            (Figure::LongestGap, Cell::Time(millis(700))),
            (Figure::Bytes, Cell::Count(9_000)),
        ]
    );
    // The same twice: both are best where there is a best.
    for row in &rows {
        let has_best = !matches!(row.figure, Figure::Tokens | Figure::Bytes);
        assert_eq!(row.best, if has_best { vec![0, 1] } else { Vec::new() }, "{:?}", row.figure);
        assert!(row.figure.words().1.len() > 10);
    }
}

#[test]
fn what_is_not_known_is_told_with_its_reason() {
    let nothing = numbers(0, 500);
    let lanes = [lane("a", &nothing, Running), lane("b", &nothing, BrokeOff), lane("c", &nothing, Stopped)];
    let rows = table(&lanes);
    for figure in [Figure::FirstByte, Figure::FirstText, Figure::FirstWord] {
        let cells = [Unknown::NotYet, Unknown::Never, Unknown::Never].map(Cell::Unknown);
        assert_eq!(row(&rows, figure).cells, cells);
    }
    for figure in [Figure::Tokens, Figure::Speed, Figure::LongestGap] {
        let cells = [Unknown::NotYet, Unknown::NotTold, Unknown::NotTold].map(Cell::Unknown);
        assert_eq!(row(&rows, figure).cells, cells);
    }
    let total = [Cell::Unknown(Unknown::NotYet), Cell::Time(millis(500)), Cell::Time(millis(500))];
    assert_eq!(row(&rows, Figure::Total).cells, total);
    assert!(rows.iter().all(|row| row.best.is_empty()), "{rows:?}");
    let words = [Unknown::NotYet, Unknown::Never, Unknown::NotTold].map(Unknown::word);
    assert_eq!(words, ["not yet", "none", "n/a"]);
}

#[test]
fn a_lane_that_broke_off_early_is_not_the_fastest() {
    let [slow, cut, quick] = [numbers(900, 9_000), numbers(100, 200), numbers(500, 5_000)];
    let lanes = [lane("a", &slow, Finished), lane("b", &cut, BrokeOff), lane("c", &quick, Finished)];
    let rows = table(&lanes);
    assert_eq!(row(&rows, Figure::Total).best, [2]);
    // Its first word was the first all the same.
    assert_eq!(row(&rows, Figure::FirstWord).best, [1]);
}

#[test]
fn events_a_second_are_not_compared_with_tokens() {
    let with = |speed| Numbers { speed: Some(speed), ..numbers(100, 1_000) };
    let [events, tokens, faster] =
        [with(Speed::Deltas(900.0)), with(Speed::Tokens(20.0)), with(Speed::Tokens(40.0))];
    let rows = table(&[lane("a", &events, Finished), lane("b", &tokens, Finished)]);
    assert_eq!(row(&rows, Figure::Speed).best, [0_usize; 0]);
    let lanes = [lane("a", &events, Finished), lane("b", &tokens, Finished), lane("c", &faster, Finished)];
    assert_eq!(row(&table(&lanes), Figure::Speed).best, [2]);
}

#[test]
fn curves_have_one_axis_though_the_lanes_took_different_times() {
    let mut short = Pace::default();
    for at in [10, 60, 120, 170] {
        short.add(millis(at), 10);
    }
    let mut long = Pace::default();
    for at in 0..100 {
        long.add(millis(at * 200), 1);
    }
    let curves = TextOverTime::of(&[&short, &long]);
    assert_eq!(curves.slice, long.width());
    assert!(short.width() < long.width());
    assert_eq!(curves.lanes[0].len(), curves.lanes[1].len());
    assert_eq!(curves.lanes[0].last(), Some(&40));
    assert_eq!(curves.lanes[1].last(), Some(&100));
    for lane in &curves.lanes {
        assert!(lane.is_sorted());
    }
    // All of the short one's text was there in the first slices, and stays.
    let slices = millis(170).as_micros() / curves.slice.as_micros();
    assert_eq!(curves.lanes[0][slices as usize], 40);
    assert_eq!(TextOverTime::of(&[]), TextOverTime::default());
    assert_eq!(TextOverTime::of(&[&Pace::default()]).lanes, [Vec::<u64>::new()]);
}
