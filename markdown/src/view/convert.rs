//! Converts the parser's small enums to ours.

use super::super::element::{Alert, Alignment, Level};
use pulldown_cmark::{Alignment as ColumnAlignment, BlockQuoteKind, HeadingLevel};

impl From<HeadingLevel> for Level {
    fn from(level: HeadingLevel) -> Self {
        match level {
            HeadingLevel::H1 => Self::One,
            HeadingLevel::H2 => Self::Two,
            HeadingLevel::H3 => Self::Three,
            HeadingLevel::H4 => Self::Four,
            HeadingLevel::H5 => Self::Five,
            HeadingLevel::H6 => Self::Six,
        }
    }
}

impl From<BlockQuoteKind> for Alert {
    fn from(kind: BlockQuoteKind) -> Self {
        match kind {
            BlockQuoteKind::Note => Self::Note,
            BlockQuoteKind::Tip => Self::Tip,
            BlockQuoteKind::Important => Self::Important,
            BlockQuoteKind::Warning => Self::Warning,
            BlockQuoteKind::Caution => Self::Caution,
        }
    }
}

impl From<ColumnAlignment> for Alignment {
    fn from(alignment: ColumnAlignment) -> Self {
        match alignment {
            ColumnAlignment::None => Self::Unset,
            ColumnAlignment::Left => Self::Left,
            ColumnAlignment::Center => Self::Center,
            ColumnAlignment::Right => Self::Right,
        }
    }
}
