//! Makes a schema from an example.

use super::SchemaProblem;

pub(super) fn schema_of(text: &str) -> Result<String, SchemaProblem> {
    Ok(text.to_owned())
}
