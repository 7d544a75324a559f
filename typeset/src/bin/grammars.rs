//! Writes the grammars into the folder that is named, a file for each language.

#[cfg(not(target_arch = "wasm32"))]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args_os().nth(1).ok_or("which folder are the grammars for?")?;
    for (name, dump) in typeset::grammars::dumps()? {
        std::fs::write(std::path::Path::new(&folder).join(format!("{name}.bin")), dump)?;
    }
    Ok(())
}

#[cfg(target_arch = "wasm32")]
fn main() {}
