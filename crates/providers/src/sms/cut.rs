//! Cuts a long text at blanks into numbered messages, for gateways that take only short ones.

/// The text whole when it fits, else its parts as `1/2 …`, each of at most `longest` characters.
pub fn cut(text: &str, longest: usize) -> Vec<String> {
    /// `99/99 ` before each part.
    const NUMBER: usize = 6;

    if text.chars().count() <= longest {
        return vec![text.to_owned()];
    }
    let room = longest.saturating_sub(NUMBER).max(1);
    let mut parts: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match parts.last_mut() {
            Some(part) if length(part) + 1 + length(word) <= room => {
                part.push(' ');
                part.push_str(word);
            }
            _ => parts.extend(pieces(word, room)),
        }
    }
    let whole = parts.len();
    parts.into_iter().enumerate().map(|(i, part)| format!("{}/{whole} {part}", i + 1)).collect()
}

/// A word that is longer than a message is cut where it must be.
fn pieces(word: &str, room: usize) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    letters.chunks(room).map(|piece| piece.iter().collect()).collect()
}

fn length(text: &str) -> usize {
    text.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fits_stays_whole() {
        assert_eq!(cut("Tulbur: 76 000 tug", 160), ["Tulbur: 76 000 tug"]);
        assert_eq!(cut(&"a".repeat(160), 160).len(), 1);
    }

    #[test]
    fn a_long_text_is_cut_at_blanks_and_numbered() {
        let text = format!("{} https://pay.example.mn/t/abc", "tulbur ".repeat(25).trim_end());
        let parts = cut(&text, 160);

        assert_eq!(parts.len(), 2);
        assert!(parts[0].starts_with("1/2 tulbur") && parts[1].starts_with("2/2 "));
        assert!(parts[1].ends_with(" https://pay.example.mn/t/abc"), "the link stays whole: {parts:?}");
        assert!(parts.iter().all(|part| length(part) <= 160));
        let words = parts.iter().flat_map(|part| part.split(' ').skip(1)).collect::<Vec<_>>().join(" ");
        assert_eq!(words, text);
    }

    #[test]
    fn a_word_longer_than_a_message_is_cut_too() {
        let parts = cut(&"ө".repeat(400), 160);
        assert_eq!(parts.len(), 3);
        assert!(parts.iter().all(|part| length(part) <= 160));
    }
}
