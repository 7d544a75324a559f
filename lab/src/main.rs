//! Starts the fault server and waits, for people who try the page against faults.

fn main() {}
