//! Messages hold every word that the page shows to people, apart from the code that decides when: the seam for languages.
//!
//! Each file is a flat table of one area. A constant is a whole label or sentence; a function takes what is put into one.

pub mod figures;
pub mod page;
pub mod sheet;
