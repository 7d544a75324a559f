//! Words of the page: header, welcome, composer, transcript, what stands under an answer.

/// The page's name.
pub const NAME: &str = "Tokenfall";
