//! Writes a table as CSV, by RFC 4180.
//!
//! Spreadsheets take a cell that begins with `=`, `+`, `-` or `@` for a formula, and a formula can send what stands
//! beside it to somebody else. Who wrote the table is not known, so such a cell gets an apostrophe before it, which
//! spreadsheets read as "this is text". Signed numbers stay as they are.

use super::selection::{Selection, children};
use web_sys::Element;

/// Returns the rows of `table`, each with the line end that the standard asks for.
pub(super) fn of(table: &Element) -> String {
    let mut csv = String::new();
    for row in children(table).flat_map(|part| children(&part)) {
        for (index, cell) in children(&row).enumerate() {
            if 0 < index {
                csv.push(',');
            }
            push_cell(&mut csv, &Selection(None).all_text(&cell));
        }
        csv.push_str("\r\n");
    }
    csv
}

fn push_cell(csv: &mut String, text: &str) {
    let guard = if is_formula(text) { "'" } else { "" };
    if text.contains([',', '"', '\r', '\n']) || text.trim() != text {
        csv.push('"');
        csv.push_str(guard);
        csv.push_str(&text.replace('"', "\"\""));
        csv.push('"');
    } else {
        csv.push_str(guard);
        csv.push_str(text);
    }
}

fn is_formula(text: &str) -> bool {
    match text.trim_start().strip_prefix(['+', '-']) {
        Some(rest) => rest.contains(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ',' | '%' | ' ')),
        None => text.trim_start().starts_with(['=', '@']),
    }
}
