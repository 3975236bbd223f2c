//! Mongolian in Latin letters, the way people type it on telephones.

/// The text with its Cyrillic letters spelt in Latin ones; everything else stays.
pub fn latin(text: &str) -> String {
    let mut spelt = String::with_capacity(text.len());
    for letter in text.chars() {
        let small = letter.to_lowercase().next().unwrap_or(letter);
        match spelling(small) {
            None => spelt.push(letter),
            Some(sound) if small == letter => spelt.push_str(sound),
            Some(sound) => {
                let mut sound = sound.chars();
                spelt.extend(sound.next().map(|first| first.to_ascii_uppercase()));
                spelt.push_str(sound.as_str());
            }
        }
    }
    spelt
}

/// A small letter's spelling; the signs have none.
fn spelling(letter: char) -> Option<&'static str> {
    Some(match letter {
        'а' => "a",
        'б' => "b",
        'в' => "v",
        'г' => "g",
        'д' => "d",
        'е' | 'э' => "e",
        'ё' => "yo",
        'ж' => "j",
        'з' => "z",
        'и' | 'й' | 'ы' => "i",
        'к' => "k",
        'л' => "l",
        'м' => "m",
        'н' => "n",
        'о' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'у' | 'ү' | 'ө' => "u",
        'ф' => "f",
        'х' => "h",
        'ц' => "ts",
        'ч' => "ch",
        'ш' | 'щ' => "sh",
        'ъ' | 'ь' => "",
        'ю' => "yu",
        'я' => "ya",
        '₮' => "tug",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::latin;

    #[test]
    fn names_are_spelt_as_on_a_telephone() {
        assert_eq!(latin("Чингэлтэй Өргөө ХХК №5 «A-1»"), "Chingeltei Urguu HHK №5 «A-1»");
        assert_eq!(latin("Юнайтэд Ёл, Цэцэгжуулалт 12"), "Yunaited Yol, Tsetsegjuulalt 12");
        assert_eq!(latin("төлбөр 10 ₮"), "tulbur 10 tug");
    }
}
