//! The lab's own tests: what it puts on the wire is what its scripts say.

#[cfg(test)]
mod client;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod library;
#[cfg(test)]
mod site;
#[cfg(test)]
mod tape;
