//! Lists the workspace's `migrations/` folder, so that the binary carries every migration it knows.

use std::{env, fmt::Write, fs, path::Path};

fn main() {
    let folder = Path::new(&env::var("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("../../migrations");
    println!("cargo::rerun-if-changed={}", folder.display());
    println!("cargo::rerun-if-changed=build.rs");

    let mut files: Vec<_> = fs::read_dir(&folder)
        .map(|entries| entries.map(|entry| entry.expect("the folder can be read").path()).collect())
        .unwrap_or_default();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "sql"));
    files.sort();

    let mut list =
        String::from("/// Every migration this binary knows, in order.\npub const MIGRATIONS: &[Migration] = &[\n");
    let mut last = 0;
    for path in &files {
        println!("cargo::rerun-if-changed={}", path.display());
        let stem = path.file_stem().and_then(|stem| stem.to_str()).expect("a migration's name is plain text");
        let (number, name) =
            stem.split_once('_').unwrap_or_else(|| panic!("{stem}: name it 0007_what_it_is_about.sql"));
        let number: i32 = number.parse().unwrap_or_else(|_| panic!("{stem}: a migration begins with its number"));
        assert!(number > last, "{stem}: the number {number} is taken");
        last = number;
        let path = path.canonicalize().expect("the file was just listed");
        writeln!(list, "    Migration {{ number: {number}, name: {name:?}, sql: include_str!({path:?}) }},")
            .expect("a String takes what is written");
    }
    list.push_str("];\n");

    let out = Path::new(&env::var("OUT_DIR").expect("cargo sets it")).join("migrations.rs.in");
    fs::write(out, list).expect("cargo's own folder can be written");
}
