//! Writes every sample paper into a folder, to look at after a template was changed: `cargo run -p reports --example
//! papers -- /tmp/papers`.

use std::{fs, path::PathBuf, time::Instant};

use reports::{papers::samples, typeset::Pictures};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder: PathBuf = std::env::args_os().nth(1).ok_or("say which folder")?.into();
    fs::create_dir_all(&folder)?;
    for (name, paper) in samples::all() {
        let begun = Instant::now();
        let pictures = if name.contains("of") { Pictures::default() } else { samples::pictures() };
        let pdf = paper.render(pictures)?;
        println!("{name}: {} pages, {} bytes, {:?}", pdf.pages, pdf.bytes.len(), begun.elapsed());
        fs::write(folder.join(name).with_extension("pdf"), pdf.bytes)?;
    }
    Ok(())
}
