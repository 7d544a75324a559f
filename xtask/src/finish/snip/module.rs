//! A wasm module as its sections, functions and names: as much of the format as snipping needs.
//!
//! Source: WebAssembly Core Specification 2.0, chapter 5 "Binary Format"; the name section is its appendix 7.4.1.

use std::collections::HashMap;

use crate::failure::{Failure, Result};

use super::{code, data, names};

const TYPE: u8 = 1;
const IMPORT: u8 = 2;
const FUNCTION: u8 = 3;
const CODE: u8 = 10;
const DATA: u8 = 11;
/// An `i32`, among value types.
const I32: u8 = 0x7f;

/// A module taken apart.
#[derive(Debug)]
pub(super) struct Module {
    /// Sections as they came, but for the code and the data, which are kept below and leave an empty place here.
    sections: Vec<(u8, Vec<u8>)>,
    /// Bodies without their size, in the order of the code section.
    bodies: Vec<Vec<u8>>,
    /// The data section's content.
    data: Vec<u8>,
    /// How many functions are imported: they come first in the numbering.
    imported: usize,
    /// For each function with a body: whether it returns one `i32` and nothing else.
    returns_one: Vec<bool>,
    names: HashMap<usize, String>,
}

impl Module {
    /// Takes a module apart.
    ///
    /// # Errors
    /// When it ends early or is not a module.
    pub(super) fn read(wasm: &[u8]) -> Result<Self> {
        let Some(rest) = wasm.strip_prefix(b"\0asm\x01\0\0\0") else {
            return Err(Failure::new("this is not a wasm module"));
        };
        let mut module = Self {
            sections: Vec::new(),
            bodies: Vec::new(),
            data: Vec::new(),
            imported: 0,
            returns_one: Vec::new(),
            names: HashMap::new(),
        };
        let mut types = Vec::new();
        let mut reader = Reader::new(rest);
        while !reader.is_empty() {
            let id = reader.byte()?;
            let size = reader.number()?;
            let content = reader.take(size)?;
            let mut section = Reader::new(content);
            let mut kept = content.to_vec();
            match id {
                0 => module.read_names(section)?,
                TYPE => types = read_types(section)?,
                IMPORT => module.imported = count_imports(section)?,
                FUNCTION => {
                    for _ in 0..section.number()? {
                        let index = section.number()?;
                        module.returns_one.push(types.get(index).copied().unwrap_or(false));
                    }
                }
                CODE => {
                    for _ in 0..section.number()? {
                        let size = section.number()?;
                        module.bodies.push(section.take(size)?.to_vec());
                    }
                    kept.clear();
                }
                DATA => module.data = std::mem::take(&mut kept),
                _ => {}
            }
            module.sections.push((id, kept));
        }
        Ok(module)
    }

    /// Makes every function that writes `Debug` write nothing and report success. Returns how many there were.
    pub(super) fn empty_debugs(&mut self) -> usize {
        let mut count = 0;
        for (index, body) in self.bodies.iter_mut().enumerate() {
            let name = self.names.get(&(self.imported + index));
            if name.is_some_and(|name| names::writes_debug(name))
                && self.returns_one.get(index) == Some(&true)
            {
                *body = code::RETURNS_ZERO.to_vec();
                count += 1;
            }
        }
        count
    }

    /// Puts a trap in the place of every call that begins a panic. Returns how many there were.
    ///
    /// # Errors
    /// When a body holds an instruction that is not known here.
    pub(super) fn trap_panics(&mut self) -> Result<usize> {
        let panics = |index: usize| self.names.get(&index).is_some_and(|name| names::begins_panic(name));
        let mut count = 0;
        for (index, body) in self.bodies.iter_mut().enumerate() {
            if panics(self.imported + index) {
                // Still there for whoever calls it through a table.
                *body = code::TRAPS.to_vec();
            } else {
                let (trapped, calls) = code::trap(body, panics)?;
                *body = trapped;
                count += calls;
            }
        }
        Ok(count)
    }

    /// Zeroes the locations of panics. Their paths may be in the module `beside` this one. Returns how many there were.
    pub(super) fn forget_locations(&mut self, beside: Option<&Module>) -> usize {
        data::forget_locations(&mut self.data, beside.map_or(&[], |module| &module.data))
    }

    /// Gives every import a short name, and returns the long ones with them. The names are the contract with the
    /// JavaScript beside the module, which has to be told.
    ///
    /// # Errors
    /// When the list of imports ends early.
    pub(super) fn shorten_imports(&mut self) -> Result<Vec<(String, String)>> {
        let mut renamed = Vec::new();
        for (id, content) in &mut self.sections {
            if *id == IMPORT {
                *content = shorten(Reader::new(content), &mut renamed)?;
            }
        }
        Ok(renamed)
    }

    /// Puts the module together again, names included.
    pub(super) fn write(&self) -> Vec<u8> {
        let mut wasm = b"\0asm\x01\0\0\0".to_vec();
        for (id, content) in &self.sections {
            let code;
            let content = match *id {
                CODE => {
                    code = self.write_code();
                    &code
                }
                DATA => &self.data,
                _ => content,
            };
            wasm.push(*id);
            write_number(&mut wasm, content.len());
            wasm.extend_from_slice(content);
        }
        wasm
    }

    fn write_code(&self) -> Vec<u8> {
        let mut code = Vec::new();
        write_number(&mut code, self.bodies.len());
        for body in &self.bodies {
            write_number(&mut code, body.len());
            code.extend_from_slice(body);
        }
        code
    }

    fn read_names(&mut self, mut section: Reader<'_>) -> Result<()> {
        const FUNCTIONS: u8 = 1;
        if section.text()? != b"name" {
            return Ok(());
        }
        while !section.is_empty() {
            let id = section.byte()?;
            let size = section.number()?;
            let mut part = Reader::new(section.take(size)?);
            if id == FUNCTIONS {
                for _ in 0..part.number()? {
                    let index = part.number()?;
                    let name = String::from_utf8_lossy(part.text()?);
                    self.names.insert(index, names::in_words(&name));
                }
            }
        }
        Ok(())
    }
}

/// For each type: whether it returns one `i32` and nothing else.
fn read_types(mut section: Reader<'_>) -> Result<Vec<bool>> {
    const FUNCTION_TYPE: u8 = 0x60;
    let mut types = Vec::new();
    for _ in 0..section.number()? {
        if section.byte()? != FUNCTION_TYPE {
            return Err(Failure::new("the module has types that are no functions"));
        }
        let inputs = section.number()?;
        section.take(inputs)?;
        let outputs = section.number()?;
        let outputs = section.take(outputs)?;
        types.push(outputs == [I32]);
    }
    Ok(types)
}

fn count_imports(mut section: Reader<'_>) -> Result<usize> {
    let mut functions = 0;
    for _ in 0..section.number()? {
        section.text()?;
        section.text()?;
        functions += usize::from(imported(&mut section)?);
    }
    Ok(functions)
}

/// The section with the names of imports shortened; the old and the new ones go to `renamed`.
fn shorten(mut section: Reader<'_>, renamed: &mut Vec<(String, String)>) -> Result<Vec<u8>> {
    let count = section.number()?;
    let mut short = Vec::new();
    write_number(&mut short, count);
    for index in 0..count {
        let module = section.text()?;
        let long = section.text()?;
        let name = format!("i{index}");
        for text in [module, name.as_bytes()] {
            write_number(&mut short, text.len());
            short.extend_from_slice(text);
        }
        renamed.push((String::from_utf8_lossy(long).into_owned(), name));
        let start = section.at();
        imported(&mut section)?;
        short.extend_from_slice(section.since(start));
    }
    Ok(short)
}

/// Passes over what is imported, and says whether it is a function.
fn imported(section: &mut Reader<'_>) -> Result<bool> {
    match section.byte()? {
        0 => {
            section.skip_number()?;
            return Ok(true);
        }
        1 => {
            section.byte()?;
            section.limits()?;
        }
        2 => section.limits()?,
        3 => {
            section.take(2)?;
        }
        kind => return Err(Failure::new(format!("the module imports something of kind {kind}"))),
    }
    Ok(false)
}

/// Reads a section from front to back.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    /// Begins at the first of `bytes`.
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// Bytes read so far.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// Whether all was read.
    pub(super) fn is_empty(&self) -> bool {
        self.at >= self.bytes.len()
    }

    /// The next byte.
    pub(super) fn byte(&mut self) -> Result<u8> {
        let byte = self.bytes.get(self.at).copied().ok_or_else(cut_short)?;
        self.at += 1;
        Ok(byte)
    }

    /// The next `count` bytes.
    pub(super) fn take(&mut self, count: usize) -> Result<&'a [u8]> {
        let end = self.at.checked_add(count).ok_or_else(cut_short)?;
        let taken = self.bytes.get(self.at..end).ok_or_else(cut_short)?;
        self.at = end;
        Ok(taken)
    }

    /// The next text: its length and its bytes.
    pub(super) fn text(&mut self) -> Result<&'a [u8]> {
        let length = self.number()?;
        self.take(length)
    }

    /// What was read since `start`.
    pub(super) fn since(&self, start: usize) -> &'a [u8] {
        self.bytes.get(start..self.at).unwrap_or_default()
    }

    /// The next unsigned number in LEB128.
    pub(super) fn number(&mut self) -> Result<usize> {
        let (mut number, mut shift) = (0u64, 0);
        loop {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return usize::try_from(number).map_err(|_| cut_short());
            }
            shift += 7;
            if shift > 28 {
                return Err(cut_short());
            }
        }
    }

    /// Passes over a number in LEB128, signed or not, of any width.
    pub(super) fn skip_number(&mut self) -> Result<()> {
        while self.byte()? >= 0x80 {}
        Ok(())
    }

    fn limits(&mut self) -> Result<()> {
        let flags = self.byte()?;
        self.skip_number()?;
        if flags & 1 == 1 {
            self.skip_number()?;
        }
        Ok(())
    }
}

/// Appends a number in LEB128.
pub(super) fn write_number(bytes: &mut Vec<u8>, mut number: usize) {
    loop {
        let low = (number & 0x7f) as u8;
        number >>= 7;
        if number == 0 {
            bytes.push(low);
            return;
        }
        bytes.push(low | 0x80);
    }
}

fn cut_short() -> Failure {
    Failure::new("the wasm module ends early or holds a number that is too large")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_get_short_names_and_keep_what_they_are() {
        // A function of type 5 and a memory of at least one page.
        let section = b"\x02\x01m\x08function\x00\x05\x01m\x06memory\x02\x00\x01";
        let mut wasm = b"\0asm\x01\0\0\0\x02".to_vec();
        write_number(&mut wasm, section.len());
        wasm.extend_from_slice(section);
        let mut module = Module::read(&wasm).unwrap();
        assert_eq!(module.imported, 1);
        let renamed = module.shorten_imports().unwrap();
        assert_eq!(
            renamed,
            [("function", "i0"), ("memory", "i1")].map(|(a, b)| (a.to_owned(), b.to_owned()))
        );
        assert!(module.write().ends_with(b"\x02\x01m\x02i0\x00\x05\x01m\x02i1\x02\x00\x01"));
    }

    #[test]
    fn what_ends_early_is_an_error() {
        assert!(Module::read(b"\0asm\x01\0\0\0\x02\x05").is_err());
        assert!(Module::read(b"no wasm").is_err());
    }
}
