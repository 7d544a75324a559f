//! Tables wider than what was written: rows that end early are filled up.

use super::recorder::{characters, render};

/// Cells in the body of a table of 100 columns with `rows` rows of one written cell each.
fn cells(rows: usize) -> usize {
    let text = format!("{}|\n{}|\n{}", "|h".repeat(100), "|-".repeat(100), "|x\n".repeat(rows));
    let tree = render([text.as_str()]).tree();
    assert_eq!(render(text.split_inclusive('\n')).tree(), tree, "line by line");
    tree.lines().filter(|line| line.contains("TableCell") && line.contains("header: false")).count()
}

#[test]
fn a_row_is_filled_up_to_the_width_of_its_table() {
    assert_eq!(cells(150), 150 * 100);
}

#[test]
fn two_bytes_a_row_do_not_make_millions_of_cells() {
    assert_eq!(cells(5_000), 5_000 + 20_000, "those that were written, and limit L7 of others");
}

#[test]
fn empty_cells_that_were_written_stay_in_their_columns_beyond_the_limit() {
    let wide = format!("{}|\n{}|\n{}", "|h".repeat(100), "|-".repeat(100), "|x\n".repeat(300));
    let text = format!("{wide}|||third|\n");
    for tree in [render([text.as_str()]).tree(), render(characters(&text)).tree()] {
        let row = tree.rsplit("TableRow").next().unwrap_or_default();
        assert_eq!(row.matches("TableCell").count(), 3, "{row}");
        assert!(row.trim_end().ends_with("third\""), "{row}");
    }
}
