//! Walks a function's instructions, and traps where it would begin a panic.
//!
//! Source: WebAssembly Core Specification 2.0, chapter 5.4 "Instructions".

use crate::failure::{Failure, Result};

use super::module::Reader;

/// A body that traps: no locals, `unreachable`, `end`.
pub(super) const TRAPS: [u8; 3] = [0, UNREACHABLE, END];
/// A body that returns the `i32` zero, which is `Ok(())` for `fmt::Result`: no locals, `i32.const 0`, `end`.
pub(super) const RETURNS_ZERO: [u8; 4] = [0, 0x41, 0, END];

const UNREACHABLE: u8 = 0x00;
const END: u8 = 0x0b;
const CALL: u8 = 0x10;

/// What an instruction means for the run before a trap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Computes or stores, and goes on with the next. Before a trap nobody sees what it did.
    Straight,
    /// Begins, ends or leaves a block, or has an effect outside of the module's memory.
    Border,
    /// Calls this function.
    Call(usize),
}

/// Puts a trap in the place of each call of a function that `panics`, and of the straight run of instructions before
/// it. What follows is unreachable as before, and valid, since nothing about the stack is known after a trap. Returns
/// the new body and how many calls it was.
///
/// # Errors
/// When the body holds an instruction that is not known here.
pub(super) fn trap(body: &[u8], panics: impl Fn(usize) -> bool) -> Result<(Vec<u8>, usize)> {
    let mut reader = Reader::new(body);
    for _ in 0..reader.number()? {
        reader.skip_number()?;
        reader.byte()?;
    }
    let mut trapped = body.get(..reader.at()).unwrap_or_default().to_vec();
    let mut run = trapped.len();
    let mut count = 0;
    while !reader.is_empty() {
        let start = reader.at();
        let kind = instruction(&mut reader)?;
        if let Kind::Call(function) = kind
            && panics(function)
        {
            trapped.truncate(run);
            trapped.push(UNREACHABLE);
            count += 1;
        } else {
            trapped.extend_from_slice(body.get(start..reader.at()).unwrap_or_default());
            if kind != Kind::Straight {
                run = trapped.len();
            }
        }
    }
    Ok((trapped, count))
}

/// Reads one instruction with all that belongs to it.
fn instruction(reader: &mut Reader<'_>) -> Result<Kind> {
    let opcode = reader.byte()?;
    match opcode {
        // unreachable, else, end, return
        0x00 | 0x05 | END | 0x0f => return Ok(Kind::Border),
        // block, loop, if: a type, which is one byte or a number; br, br_if, return_call, memory.grow: a number
        0x02..=0x04 | 0x0c | 0x0d | 0x12 | 0x40 => {
            reader.skip_number()?;
            return Ok(Kind::Border);
        }
        // br_table
        0x0e => {
            for _ in 0..=reader.number()? {
                reader.skip_number()?;
            }
            return Ok(Kind::Border);
        }
        CALL => return Ok(Kind::Call(reader.number()?)),
        // call_indirect, return_call_indirect
        0x11 | 0x13 => {
            reader.skip_number()?;
            reader.skip_number()?;
            return Ok(Kind::Border);
        }
        // nop, drop, select; tests, comparisons, arithmetic, conversions; ref.is_null
        0x01 | 0x1a | 0x1b | 0x45..=0xc4 | 0xd1 => {}
        // select with types
        0x1c => {
            let types = reader.number()?;
            reader.take(types)?;
        }
        // locals, globals, table.get, memory.size, i32.const, i64.const, ref.null, ref.func
        0x20..=0x25 | 0x3f | 0x41 | 0x42 | 0xd0 | 0xd2 => reader.skip_number()?,
        // table.set: the table holds what JavaScript lent
        0x26 => {
            reader.skip_number()?;
            return Ok(Kind::Border);
        }
        // loads and stores
        0x28..=0x3e => memory_argument(reader)?,
        0x43 => {
            reader.take(4)?;
        }
        0x44 => {
            reader.take(8)?;
        }
        0xfc => return bulk(reader),
        0xfd => vector(reader)?,
        _ => {
            return Err(Failure::new(format!(
                "the wasm module has an instruction 0x{opcode:02x}, unknown here"
            )));
        }
    }
    Ok(Kind::Straight)
}

/// Saturating conversions, bulk memory, tables.
fn bulk(reader: &mut Reader<'_>) -> Result<Kind> {
    let (numbers, kind) = match reader.number()? {
        0..=7 => (0, Kind::Straight),
        // memory.init, memory.copy
        8 | 10 => (2, Kind::Straight),
        // memory.fill
        11 => (1, Kind::Straight),
        // data.drop, elem.drop, table.grow, table.size, table.fill
        9 | 13 | 15..=17 => (1, Kind::Border),
        // table.init, table.copy
        12 | 14 => (2, Kind::Border),
        code => {
            return Err(Failure::new(format!(
                "the wasm module has an instruction 0xfc {code}, unknown here"
            )));
        }
    };
    for _ in 0..numbers {
        reader.skip_number()?;
    }
    Ok(kind)
}

/// 128-bit vectors.
fn vector(reader: &mut Reader<'_>) -> Result<()> {
    match reader.number()? {
        // loads and stores
        0..=11 | 92 | 93 => memory_argument(reader)?,
        // v128.const, i8x16.shuffle
        12 | 13 => {
            reader.take(16)?;
        }
        // lanes taken and put
        21..=34 => {
            reader.byte()?;
        }
        // lanes loaded and stored
        84..=91 => {
            memory_argument(reader)?;
            reader.byte()?;
        }
        _ => {}
    }
    Ok(())
}

/// Alignment and offset; a flag in the alignment announces the number of a memory.
fn memory_argument(reader: &mut Reader<'_>) -> Result<()> {
    const HAS_MEMORY: usize = 0x40;
    if reader.number()? & HAS_MEMORY != 0 {
        reader.skip_number()?;
    }
    reader.skip_number()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PANIC: usize = 7;

    fn trapped(body: &[u8]) -> Vec<u8> {
        trap(body, |function| function == PANIC).unwrap().0
    }

    #[test]
    fn arguments_of_a_panic_go_with_its_call() {
        // block; local.get 0; br_if 0; i32.const 8; i32.const 1; i32.store; i32.const 300; call 7; unreachable; end; end
        let body = [
            0, 0x02, 0x40, 0x20, 0, 0x0d, 0, 0x41, 8, 0x41, 1, 0x36, 2, 0, 0x41, 0xac, 2, CALL, 7, 0, END,
            END,
        ];
        assert_eq!(trapped(&body), [0, 0x02, 0x40, 0x20, 0, 0x0d, 0, UNREACHABLE, 0, END, END]);
    }

    #[test]
    fn what_another_call_did_before_a_panic_stays() {
        // i32.const 1; call 3; i32.const 2; call 7; end
        let body = [0, 0x41, 1, CALL, 3, 0x41, 2, CALL, 7, END];
        assert_eq!(trapped(&body), [0, 0x41, 1, CALL, 3, UNREACHABLE, END]);
    }

    #[test]
    fn bytes_inside_of_numbers_are_no_instructions() {
        // One local of type i64; i64.const with the bytes of a call in it; drop; v128.const of calls; drop; end
        let mut body = vec![1, 1, 0x7e, 0x42, 0x90, 0x87, 0x10, 0x1a, 0xfd, 12];
        body.extend([CALL; 16]);
        body.extend([0x1a, END]);
        assert_eq!(trapped(&body), body);
    }

    #[test]
    fn a_table_of_branches_is_passed_over_whole() {
        // local.get 0; br_table [0 1] 2; call 7; end
        let body = [0, 0x20, 0, 0x0e, 2, 0, 1, 2, CALL, 7, END];
        assert_eq!(trapped(&body), [0, 0x20, 0, 0x0e, 2, 0, 1, 2, UNREACHABLE, END]);
    }

    #[test]
    fn an_unknown_instruction_is_an_error_and_not_a_guess() {
        assert!(trap(&[0, 0xfe, 0, END], |_| false).is_err());
        assert!(trap(&[0, 0xfc, 99, END], |_| false).is_err());
    }
}
