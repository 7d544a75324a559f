//! Tests of the archive: the tree that is stored, records, the list, what goes out and comes in.

mod hostile;
mod list;
mod profiles;
mod records;
mod transfer;
mod tree;
mod unsent;
