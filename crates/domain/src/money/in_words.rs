//! Amounts written out, as a contract has them beside the figure so that no digit can be added to it.
//!
//! Mongolian numerals change before what they count: «мянга» stands alone and before smaller digits, «мянган төгрөг»
//! before the noun; so do three and up («гурав», but «гурван зуун»). Above a trillion the trillions are counted as a
//! number of their own («мянган их наяд»), which everybody reads, where the names of larger powers are in no use.

use super::Money;

/// «нэг сая хоёр зуун мянган төгрөг»; möngö only when there are any.
pub fn mongolian(amount: Money) -> String {
    let [tugrug, mungo] = parts(amount);
    let mut words = Vec::new();
    if amount.is_negative() {
        words.push("хасах".to_owned());
    }
    if tugrug > 0 || mungo == 0 {
        words.push(mongolian_number(tugrug));
        words.push("төгрөг".to_owned());
    }
    if mungo > 0 {
        words.push(mongolian_number(mungo));
        words.push("мөнгө".to_owned());
    }
    words.join(" ")
}

/// "one million two hundred thousand tugrug"; mungo only when there are any.
pub fn english(amount: Money) -> String {
    let [tugrug, mungo] = parts(amount);
    let minus = if amount.is_negative() { "minus " } else { "" };
    match (tugrug, mungo) {
        (_, 0) => format!("{minus}{} tugrug", english_number(tugrug)),
        (0, _) => format!("{minus}{} mungo", english_number(mungo)),
        (..) => format!("{minus}{} tugrug and {} mungo", english_number(tugrug), english_number(mungo)),
    }
}

/// Whole tögrög and the möngö beside them, without the sign.
fn parts(amount: Money) -> [u64; 2] {
    let mungo = amount.mungo().unsigned_abs();
    [mungo / 100, mungo % 100]
}

/// The number as it stands before what it counts: «хорин нэгэн», «мянган».
fn mongolian_number(number: u64) -> String {
    if number == 0 {
        return "тэг".to_owned();
    }
    let mut words = Vec::new();
    let (trillions, rest) = (number / 1_000_000_000_000, number % 1_000_000_000_000);
    if trillions > 0 {
        words.push(mongolian_number(trillions));
        words.push("их наяд".to_owned());
    }
    for (power, name) in [(1_000_000_000, "тэрбум"), (1_000_000, "сая")] {
        let count = rest / power % 1000;
        if count > 0 {
            words.push(mongolian_hundreds(count));
            words.push(name.to_owned());
        }
    }
    let (thousands, ones) = (rest / 1000 % 1000, rest % 1000);
    if thousands > 0 {
        words.push(mongolian_hundreds(thousands));
        words.push(if ones == 0 { "мянган" } else { "мянга" }.to_owned());
    }
    if ones > 0 {
        words.push(mongolian_hundreds(ones));
    }
    words.join(" ")
}

/// 1 to 999. One is «нэг» alone and «нэгэн» behind a larger digit.
fn mongolian_hundreds(number: u64) -> String {
    const ONES: [&str; 10] = ["", "нэг", "хоёр", "гурван", "дөрвөн", "таван", "зургаан", "долоон", "найман", "есөн"];
    const TENS: [&str; 10] = ["", "арван", "хорин", "гучин", "дөчин", "тавин", "жаран", "далан", "наян", "ерэн"];
    let (hundreds, tens, ones) = (digit(number / 100), digit(number / 10), digit(number));
    let mut words = Vec::new();
    if hundreds > 0 {
        words.extend([ONES[hundreds], "зуун"]);
    }
    if tens > 0 {
        words.push(TENS[tens]);
    }
    match ones {
        0 => {}
        1 if number > 1 => words.push("нэгэн"),
        _ => words.push(ONES[ones]),
    }
    words.join(" ")
}

fn english_number(number: u64) -> String {
    if number == 0 {
        return "zero".to_owned();
    }
    let powers = [
        (1_000_000_000_000_000, " quadrillion"),
        (1_000_000_000_000, " trillion"),
        (1_000_000_000, " billion"),
        (1_000_000, " million"),
        (1_000, " thousand"),
        (1, ""),
    ];
    let groups = powers.iter().map(|(power, name)| (number / power % 1000, name)).filter(|(count, _)| *count > 0);
    groups.map(|(count, name)| format!("{}{name}", english_hundreds(count))).collect::<Vec<_>>().join(" ")
}

/// 1 to 999.
fn english_hundreds(number: u64) -> String {
    const ONES: [&str; 20] = [
        "",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 10] = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    let below = number % 100;
    let rest = match (digit(below / 10), digit(below)) {
        (0 | 1, _) => ONES[usize::try_from(below).expect("below a hundred")].to_owned(),
        (tens, 0) => TENS[tens].to_owned(),
        (tens, ones) => format!("{}-{}", TENS[tens], ONES[ones]),
    };
    match (digit(number / 100), rest.is_empty()) {
        (0, _) => rest,
        (hundreds, true) => format!("{} hundred", ONES[hundreds]),
        (hundreds, false) => format!("{} hundred {rest}", ONES[hundreds]),
    }
}

/// The last decimal digit.
fn digit(number: u64) -> usize {
    usize::try_from(number % 10).expect("a digit")
}

#[cfg(test)]
mod tests;
