//! Tables larger than what was written, as rows that end early are filled up, and larger than a browser can lay out.

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
    let text = "| a | b | c |\n|---|---|---|\n| 1 |\n| 2 | 3 |\n| 4 |\n\nend";
    let tree = render([text]).tree();
    assert_eq!(render(characters(text)).tree(), tree);
    assert_eq!(tree.matches("TableCell").count(), 12, "{tree}");
}

#[test]
fn two_bytes_a_row_make_no_more_than_one_cell_that_was_not_written() {
    assert_eq!(cells(5), 5 * 2);
    assert_eq!(cells(5_000), 5_000 * 2);
}

#[test]
fn empty_cells_that_were_written_stay_in_their_columns_beyond_the_limit() {
    let wide = format!("{}|\n{}|\n{}", "|h".repeat(100), "|-".repeat(100), "|x\n".repeat(300));
    let text = format!("{wide}|||third|\n");
    for tree in [render([text.as_str()]).tree(), render(characters(&text)).tree()] {
        let row = tree.rsplit("TableRow").next().unwrap_or_default();
        let third = row.find("third").unwrap_or_default();
        assert_eq!(row[..third].matches("TableCell").count(), 3, "{row}");
    }
}

const CELL: &str = "|*x* [r] https://a.b";
const NOTICE: &str = "\"⟨too large for a table: over 200 columns or 20,000 cells⟩\"";

/// `text` as it is rendered: the same whole, line by line and in pieces.
fn same_at_cuts(text: &str) -> String {
    let tree = render([text]).tree();
    assert!(render(text.split_inclusive('\n')).tree() == tree, "line by line: {}", &text[..40]);
    for length in [97, 2_048] {
        let pieces: Vec<String> =
            characters(text).collect::<Vec<_>>().chunks(length).map(<[&str]>::concat).collect();
        assert!(render(pieces.iter().map(String::as_str)).tree() == tree, "by {length}: {}", &text[..40]);
    }
    tree
}

/// A table of `columns` and `rows`, each line behind `marks`, as its lines are.
fn table(columns: usize, rows: usize, marks: &str, cell: &str) -> String {
    let line = |cell: &str| format!("{marks}{}|\n", cell.repeat(columns));
    line("|h") + &line("|-") + &line(cell).repeat(rows)
}

#[test]
fn a_table_of_over_200_columns_is_shown_as_source_which_is_said() {
    for marks in ["", "> ", "  > > "] {
        let text = format!(
            "{marks}before\n{marks}\n{}\nafter *it* [r]\n\n[r]: http://r.s\n",
            table(201, 90, marks, CELL)
        );
        let tree = same_at_cuts(&text);
        let lines: Vec<&str> = tree.lines().map(str::trim).collect();
        let at = lines.iter().position(|line| *line == NOTICE).unwrap();
        assert_eq!(lines[at - 1..=at + 1], ["Paragraph", NOTICE, "Code { language: \"\" }"], "{marks}");
        let source = table(201, 90, "", CELL);
        assert_eq!(lines[at + 2], format!("{source:?}"), "{marks}");
        assert!(
            !tree.contains("Table"),
            "{marks}: {}",
            &tree[tree.find("Table").unwrap_or_default()..][..100]
        );
        assert!(tree.contains("Emphasis"), "{marks}: {}", &tree[tree.len() - 300..]);
        assert_eq!(tree.matches("Link(").count(), 1, "only the reference behind it");
    }
    let text = table(200, 3, "", CELL);
    let tree = same_at_cuts(&text);
    assert!(!tree.contains(NOTICE));
    assert_eq!(tree.matches("TableCell").count(), 800);
}

#[test]
fn rows_beyond_20_000_cells_are_shown_as_source_which_is_said() {
    let text = format!("- {}\n  after *it*\n", table(100, 250, "  ", "|*x*").trim_start());
    let tree = same_at_cuts(&text);
    assert_eq!(tree.matches("TableCell").count(), 20_000);
    let (_, source) = tree.split_once(NOTICE).unwrap();
    assert_eq!(source.matches("|*x*").count(), 100 * 51);
    assert_eq!(source.matches("\\n").count(), 51, "one line for each row that is left");
    assert!(source.ends_with("Emphasis\n        \"it\""), "{}", &source[source.len() - 100..]);
    assert!(!tree.contains("delimiter"));
}
