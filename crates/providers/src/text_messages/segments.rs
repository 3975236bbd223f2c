//! How many messages a text is charged as: the GSM 7-bit alphabet or 16-bit units, in one part or several.

/// What a text becomes on the air.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Segments {
    pub encoding: Encoding,
    /// Septets or 16-bit units of the whole text.
    pub units: u32,
    /// Messages charged; an empty text is one.
    pub parts: u32,
}

/// The alphabet of a text: one character outside GSM-7 turns all of it into UCS-2.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    Gsm7,
    Ucs2,
}

impl Encoding {
    /// The alphabet's usual name.
    pub fn as_str(self) -> &'static str {
        match self {
            Encoding::Gsm7 => "GSM-7",
            Encoding::Ucs2 => "UCS-2",
        }
    }

    /// Room in a message that stands alone.
    fn single(self) -> u32 {
        match self {
            Encoding::Gsm7 => 160,
            Encoding::Ucs2 => 70,
        }
    }

    /// Room in each part of a longer one.
    fn part(self) -> u32 {
        match self {
            Encoding::Gsm7 => 153,
            Encoding::Ucs2 => 67,
        }
    }

    /// A character's units: the pair of an escaped character or of a surrogate is never cut.
    fn units(self, c: char) -> u32 {
        match self {
            Encoding::Gsm7 if EXTENSION.contains(c) => 2,
            Encoding::Gsm7 => 1,
            Encoding::Ucs2 => u32::try_from(c.len_utf16()).expect("one or two"),
        }
    }
}

const BASIC: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?\
                     ¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

/// Each takes two septets: an escape and itself.
const EXTENSION: &str = "\u{c}^{}\\[~]|€";

/// Counts a text's units and parts.
pub fn segments(text: &str) -> Segments {
    let plain = text.chars().all(|c| BASIC.contains(c) || EXTENSION.contains(c));
    let encoding = if plain { Encoding::Gsm7 } else { Encoding::Ucs2 };
    let units = text.chars().map(|c| encoding.units(c)).sum();
    if units <= encoding.single() {
        return Segments { encoding, units, parts: 1 };
    }

    let (mut parts, mut filled) = (1, 0);
    for width in text.chars().map(|c| encoding.units(c)) {
        if filled + width > encoding.part() {
            (parts, filled) = (parts + 1, 0);
        }
        filled += width;
    }
    Segments { encoding, units, parts }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: &str = "Spacehub: 101165 toot gereenii 22.06-r sariin tulbur: 76 000,00 tug. Umnuh uldegdel: 0,00 tug. \
                         Zadargaa: https://tinyurl.com/2xovn9dq";
    const SECOND: &str = "Tulukh arga 1. Dans: Khanbank Spacehub 5176004666-test Guilgeenii utga: 101165, 2. Qpay: \
                          https://s.qpay.mn/gMDKONij6F";
    const THIRD: &str = "3. SocialPay: https://tinyurl.com/28y2cqkp";
    const CYRILLIC: &str = "Spacehub: 101165 тоот гэрээний 11-р сарын төлбөр 76 000,00 төг. Өмнөх үлдэгдэл 0,00 төг. \
                            Задаргаа: https://s.example.mn/2xovn9dq";

    #[test]
    fn every_vector_of_the_specification_counts_as_it_says() {
        use Encoding::{Gsm7, Ucs2};
        let joined = format!("{FIRST} {SECOND} {THIRD}");
        let moved_pair = format!("{}€{}", "a".repeat(152), "a".repeat(10));
        let vectors = [
            (FIRST, Gsm7, 133, 1),
            (SECOND, Gsm7, 117, 1),
            (THIRD, Gsm7, 42, 1),
            (&joined, Gsm7, 294, 2),
            (CYRILLIC, Ucs2, 128, 2),
            ("Таны баталгаажуулах код: 482913. Хэнд ч бүү хэл. 5 минут хүчинтэй.", Ucs2, 66, 1),
            ("Tulbur: 76 000₮", Ucs2, 15, 1),
            (&"a".repeat(160), Gsm7, 160, 1),
            (&"a".repeat(161), Gsm7, 161, 2),
            (&"a".repeat(306), Gsm7, 306, 2),
            (&"a".repeat(307), Gsm7, 307, 3),
            (&"Ө".repeat(70), Ucs2, 70, 1),
            (&"Ө".repeat(71), Ucs2, 71, 2),
            (&"ү".repeat(134), Ucs2, 134, 2),
            (&"ү".repeat(135), Ucs2, 135, 3),
            (&"ү".repeat(201), Ucs2, 201, 3),
            (&"ү".repeat(202), Ucs2, 202, 4),
            (&"€".repeat(80), Gsm7, 160, 1),
            (&"€".repeat(81), Gsm7, 162, 2),
            (&moved_pair, Gsm7, 164, 2),
            (&"😀".repeat(35), Ucs2, 70, 1),
            (&"😀".repeat(36), Ucs2, 72, 2),
            ("“Spacehub”", Ucs2, 10, 1),
        ];

        for (text, encoding, units, parts) in vectors {
            assert_eq!(segments(text), Segments { encoding, units, parts }, "{text}");
        }
    }

    #[test]
    fn a_pair_is_moved_whole_to_the_next_part() {
        // 306 septets would fill two parts of 153, but the escaped pair does not fit into the first one's last place.
        let text = format!("{}€{}", "a".repeat(152), "a".repeat(152));
        assert_eq!(segments(&text), Segments { encoding: Encoding::Gsm7, units: 306, parts: 3 });
        // Two parts of 67 units hold 66 units of surrogate pairs each.
        assert_eq!(segments(&"😀".repeat(67)), Segments { encoding: Encoding::Ucs2, units: 134, parts: 3 });
    }

    #[test]
    fn the_7_bit_alphabet_has_its_127_characters_and_no_more() {
        assert_eq!(BASIC.chars().count(), 127, "128 with the escape itself");
        assert_eq!(EXTENSION.chars().count(), 10);
        for outside in ["₮", "`", "—", "\u{a0}", "ө", "Ү", "\t"] {
            assert_eq!(segments(outside).encoding, Encoding::Ucs2, "{outside:?}");
        }
    }
}
