//! Takes out of the built wasm what only words of a panic need.
//!
//! On wasm32-unknown-unknown a panic ends in a trap and its message goes nowhere (no hook is set). The prebuilt standard
//! library formats it all the same: messages, locations, `Debug` of everything. The compiler's own switches against that
//! (`panic=immediate-abort`, `location-detail=none`, `fmt-debug=none`) need a nightly and a standard library of one's
//! own. This does the same to the linked file, by the names of functions, and leaves the cleaning up to wasm-opt:
//!
//! - A call of a function that only begins a panic becomes the trap that it would end in, and the straight run of
//!   instructions before it, which only made its arguments, goes.
//! - `Debug` writes nothing.
//! - The `Location`s of panics and the paths they point to become zeros, which the file need not store.
//!
//! Where the code traps does not change, so neither does any guarantee of it.

mod code;
mod data;
mod module;
mod names;

use crate::failure::Result;

use module::Module;

/// Old and new names.
pub(crate) type Renames = Vec<(String, String)>;

/// How much was taken out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Snipped {
    /// Calls that begin a panic.
    pub(crate) panics: usize,
    /// Functions that write `Debug`.
    pub(crate) debugs: usize,
    /// Places in the source, for messages.
    pub(crate) locations: usize,
}

/// The same module without the words of its panics. It needs the module's names. `beside` is the module with which it
/// shares its memory, if there is one, as it was linked.
///
/// # Errors
/// When `wasm` or `beside` is not a module, or one with instructions that this does not know.
pub(crate) fn snip(wasm: &[u8], beside: Option<&[u8]>) -> Result<(Vec<u8>, Snipped)> {
    let mut module = Module::read(wasm)?;
    let beside = beside.map(Module::read).transpose()?;
    let snipped = Snipped {
        debugs: module.empty_debugs(),
        panics: module.trap_panics()?,
        locations: module.forget_locations(beside.as_ref()),
    };
    Ok((module.write(), snipped))
}

/// The same module with short names for its imports, and the long ones with them.
///
/// # Errors
/// When `wasm` is not a module.
pub(crate) fn shorten_imports(wasm: &[u8]) -> Result<(Vec<u8>, Renames)> {
    let mut module = Module::read(wasm)?;
    let renamed = module.shorten_imports()?;
    Ok((module.write(), renamed))
}
