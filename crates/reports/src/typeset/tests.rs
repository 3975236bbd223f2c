//! The PDFs as others see them: valid for qpdf, readable for pdftotext, the same again, and whole whatever a name holds.

use std::{
    io::Write,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use super::*;
use crate::papers::{Paper, RentalContract, samples};

/// What a program of the system says to these bytes on its standard input.
fn said(program: &str, args: &[&str], bytes: &[u8]) -> (bool, String) {
    let mut child = Command::new(program)
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{program} is missing (see .ci/needs): {error}"));
    let mut stdin = child.stdin.take().expect("piped");
    let bytes = bytes.to_vec();
    let writing = std::thread::spawn(move || stdin.write_all(&bytes));
    let output = child.wait_with_output().expect("it ends");
    writing.join().expect("no panic").expect("it reads to the end");
    let text = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    (output.status.success(), text)
}

/// The words of a PDF in their order, blanks and line ends alike.
fn words_of(pdf: &Pdf) -> String {
    let (well, text) = said("pdftotext", &["-layout", "-", "-"], &pdf.bytes);
    assert!(well, "{text}");
    text.replace(['\u{202f}', '\u{a0}'], " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The same without any blanks: names are broken over lines.
fn letters_of(pdf: &Pdf) -> String {
    words_of(pdf).replace([' ', '\u{200b}', '-'], "")
}

/// The structure of the file, uncompressed.
fn structure_of(pdf: &Pdf) -> String {
    qpdf(pdf, &["--qdf", "--object-streams=disable"], &["-"])
}

fn valid(pdf: &Pdf) {
    qpdf(pdf, &["--check"], &[]);
}

/// What qpdf, which reads no standard input, says to a PDF; it must be content.
fn qpdf(pdf: &Pdf, before: &[&str], after: &[&str]) -> String {
    let name = format!("paper-{}-{:x}.pdf", std::process::id(), typst::utils::hash128(&(&pdf.bytes, before)));
    let file = std::env::temp_dir().join(name);
    std::fs::write(&file, &pdf.bytes).expect("a temporary file");
    let path = file.display().to_string();
    let args = [before, &[path.as_str()], after].concat();
    let (well, text) = said("qpdf", &args, &[]);
    std::fs::remove_file(&file).expect("ours");
    assert!(well, "{text}");
    text
}

#[test]
fn every_paper_is_a_valid_pdf_that_runs_nothing_and_fetches_nothing() {
    for (name, paper) in samples::all() {
        let pdf = paper.render(samples::pictures()).unwrap_or_else(|error| panic!("{name}: {error}"));
        valid(&pdf);
        let structure = structure_of(&pdf);
        for active in ["/JavaScript", "/JS", "/Launch", "/URI", "/SubmitForm", "/EmbeddedFile", "/GoToR", "/OpenAction"]
        {
            assert!(!structure.contains(active), "{name} has {active}");
        }
        assert!(structure.contains("/Lang (mn") && structure.contains("/StructTreeRoot"), "{name} is tagged Mongolian");
        let pages = structure.matches("/Type /Page\n").count();
        assert_eq!(pages, pdf.pages, "{name}");
        assert!(words_of(&pdf).contains(&format!("{0}/{0}", pdf.pages)), "{name} numbers its pages");
    }
}

#[test]
fn the_typesetter_has_nothing_to_remark() {
    for (name, paper) in samples::all() {
        let template = match &paper {
            Paper::Contract(_) => Template::Contract,
            Paper::HandOver(_) => Template::HandOver,
            Paper::Statement(_) => Template::Statement,
            Paper::Invoices(_) => Template::Invoice,
        };
        let remarks = set(template, &paper, samples::pictures()).warnings;
        assert!(remarks.is_empty(), "{name}: {remarks:?}");
    }
}

#[test]
fn the_same_paper_gives_the_same_bytes() {
    for (name, paper) in samples::all() {
        let [first, again] = [(); 2].map(|()| paper.render(samples::pictures()).expect("renders"));
        assert!(first == again, "{name} differs from itself");
    }
}

#[test]
fn a_contract_says_what_was_agreed() {
    let pdf = Paper::Contract(Box::new(samples::contract())).render(Pictures::default()).expect("renders");
    let words = words_of(&pdf);
    for said in [
        "ТҮРЭЭСИЙН ГЭРЭЭ",
        "2026.09.24",
        "№ CT-2026-0042",
        "Хас Эрдэнэ Гоёл ХХК",
        "6997576",
        "Захирал Ө. Үүрийнтуяа",
        "К-403",
        "98.5",
        "2026 оны 10 дугаар сарын 1-ний өдрөөс 2027 оны 9 дүгээр сарын 30-ны",
        "35 000 / м² – 313 409.09 3 447 500",
        "Сарын нийт дүн 385 045.45 4 235 500",
        "4 235 500 төгрөг (дөрвөн сая хоёр зуун гучин таван",
        "сар бүрийн 5-ны өдрийн дотор",
        "төлөх өдрөөс хойш 3 хоног өнгөрсний",
        "0.5 хувьтай тэнцэх алданги",
        "Иргэний хуулийн 232.6",
        "Тамга",
    ] {
        assert!(words.contains(said), "«{said}» is not in\n{words}");
    }
    assert!(!words.contains("ТӨСӨЛ"));

    let draft = Paper::Contract(Box::new(samples::dwelling())).render(Pictures::default()).expect("renders");
    let words = words_of(&draft);
    for said in ["ОРОН СУУЦ ХӨЛСЛӨХ ГЭРЭЭ", "хугацаагүй үйлчилнэ", "алданги тогтоогоогүй", "сүүлийн өдөр нь төлөх өдөр"]
    {
        assert!(words.contains(said), "«{said}» is not in\n{words}");
    }
    assert!(!words.contains("Түрээс") && !words.contains("НӨАТ") && !words.contains("БАРЬЦАА"), "{words}");
    // The word across a draft's pages is read letter by letter between the lines, so its turn by 52° is looked for.
    let is_crossed = |pdf: &Pdf| structure_of(pdf).contains("0.6156");
    assert!(is_crossed(&draft) && !is_crossed(&pdf), "a draft says so, and nothing else does");
}

#[test]
fn a_statement_adds_up() {
    let pdf = Paper::Statement(Box::new(samples::statement(6))).render(Pictures::default()).expect("renders");
    let words = words_of(&pdf);
    for said in [
        "2021.01.01 – 2026.11.22",
        "Эхний үлдэгдэл -120 000",
        "Дүн 25 413 000 12 706 501",
        "Эцсийн үлдэгдэл 12 586 499",
        "төлөх үлдэгдэл 12 586 499 төгрөг (арван хоёр сая таван зуун наян зургаан мянга дөрвөн зуун ерэн есөн төгрөг)",
        "5000 123 456",
        "Хянасан нягтлан бодогч",
    ] {
        assert!(words.contains(said), "«{said}» is not in\n{words}");
    }
}

#[test]
fn a_name_is_never_taken_for_markup() {
    let names = [
        "#import \"/x.typ\": *",
        "#panic(\"no\") #read(\"/etc/passwd\") #image(\"/etc/passwd\")",
        "$ x^2 $ _a_ *b* `c` <label> @ref",
        "] #eval(\"1+1\") [ } { ) ( ; // /* */",
        "\\u{41} \\ \\# \" ' ” „",
        "= Heading\n- item\n+ item\n/ term: x",
        "شركة الأفق المحدودة",
        "חברת אופק בעמ",
        "🏢 Оффис 🏙️ 👩‍👩‍👧",
        "Ө\u{308}Ү\u{301} \u{202e}ХХК\u{202c} \u{2066}x\u{2069}",
        "\u{0}\u{1}\u{7f}",
    ];
    for name in names {
        let pdf = named(name).render(Pictures::default()).unwrap_or_else(|error| panic!("{name:?}: {error}"));
        valid(&pdf);
        let letters = letters_of(&pdf);
        let is_shown = |c: &char| !c.is_whitespace() && !c.is_control() && *c != '-' && c.is_ascii_punctuation();
        let punctuation: String = name.chars().filter(is_shown).collect();
        let shown: String = letters.chars().filter(is_shown).collect();
        let run: String = punctuation.chars().take(12).collect();
        assert!(shown.contains(&run), "{name:?}: {run} is not in {shown}");
    }
    let arabic = letters_of(&named("شركة").render(Pictures::default()).expect("renders"));
    let hebrew = letters_of(&named("חברת").render(Pictures::default()).expect("renders"));
    let either = |text: &str, word: &str| text.contains(word) || text.contains(&word.chars().rev().collect::<String>());
    assert!(either(&hebrew, "חברת"), "{hebrew}");
    assert!("شركة".chars().all(|c| arabic.contains(c)), "{arabic}");
}

#[test]
fn a_very_long_name_stays_on_the_paper() {
    for word in ["Ү".repeat(10_000), "Өргөө ".repeat(1_700), "W".repeat(400) + "\u{202e}"] {
        let begun = Instant::now();
        let pdf = named(&word).render(Pictures::default()).expect("renders");
        valid(&pdf);
        assert!(begun.elapsed() < Duration::from_secs(60), "{:?}", begun.elapsed());
        let wanted = word.chars().filter(|c| c.is_alphabetic()).count();
        let letter = word.chars().next().expect("not empty");
        let found = letters_of(&pdf).chars().filter(|c| *c == letter).count();
        let once = word.chars().filter(|c| *c == letter).count();
        assert!(found >= once, "{found} of {once} ({wanted} letters) are there");
        // Nothing stands beyond the right edge: pdftotext's boxes are in points, a page is 595 of them wide.
        let (_, boxes) = said("pdftotext", &["-bbox", "-", "-"], &pdf.bytes);
        let rightmost = boxes.split("xMax=\"").skip(1).filter_map(|rest| rest.split('"').next()?.parse::<f32>().ok());
        let rightmost = rightmost.fold(0.0, f32::max);
        assert!(rightmost < 595.0 - 30.0, "something ends at {rightmost}");
    }
}

#[test]
fn a_picture_that_is_none_is_refused_and_said_so() {
    let pictures = Pictures { logo: Some(b"<svg onload='x'/>".to_vec()), seal: None };
    let refused = Paper::Contract(Box::new(samples::contract())).render(pictures).expect_err("no picture");
    assert!(refused.to_string().contains("parts.typ"), "{refused}");
}

/// A contract whose tenant has that name, everywhere a name can stand.
fn named(name: &str) -> Paper {
    let mut contract: RentalContract = samples::contract();
    contract.head.tenant.name = name.into();
    contract.head.owner.signer = Some(name.chars().take(120).collect());
    contract.rooms[0].unit_no = name.chars().take(40).collect();
    contract.charges[0].name = name.chars().take(200).collect();
    Paper::Contract(Box::new(contract))
}
