//! The lab's own tests: what it puts on the wire is what its scripts say.

#[cfg(test)]
mod client;
#[cfg(test)]
mod control;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod feeds;
#[cfg(test)]
mod front_ends;
#[cfg(test)]
mod library;
#[cfg(test)]
mod race;
#[cfg(test)]
mod realtime;
#[cfg(test)]
mod site;
#[cfg(test)]
mod socket_client;
#[cfg(test)]
mod sockets;
#[cfg(test)]
mod tape;
