//! Lists of words and what they mean, folded once for comparing with what people type.

use std::sync::OnceLock;

use domain::text::fold_word;

/// Words by their meanings, those of one meaning with a bar between; where several fit, the first is meant.
pub struct Lexicon<T: 'static> {
    words: &'static [(&'static str, T)],
    folded: OnceLock<Vec<(String, T)>>,
}

impl<T: Copy> Lexicon<T> {
    pub const fn new(words: &'static [(&'static str, T)]) -> Lexicon<T> {
        Lexicon { words, folded: OnceLock::new() }
    }

    /// The words, folded.
    pub fn all(&self) -> &[(String, T)] {
        self.folded.get_or_init(|| {
            let meanings = self.words.iter();
            meanings.flat_map(|(words, meaning)| words.split('|').map(|word| (fold_word(word), *meaning))).collect()
        })
    }

    /// What a folded text means that is one of the words.
    pub fn whole(&self, folded: &str) -> Option<T> {
        self.all().iter().find(|(word, _)| word == folded).map(|(_, meaning)| *meaning)
    }

    /// What a folded text means that holds one of the words, or begins with one as a stem.
    pub fn inside(&self, folded: &str) -> Option<T> {
        self.all().iter().find(|(word, _)| folded.contains(word.as_str())).map(|(_, meaning)| *meaning)
    }

    /// A folded text without the word it begins with.
    pub fn strip_prefix<'a>(&self, folded: &'a str) -> Option<(&'a str, T)> {
        self.all().iter().find_map(|(word, meaning)| Some((folded.strip_prefix(word.as_str())?, *meaning)))
    }

    /// A folded text without the word it ends with.
    pub fn strip_suffix<'a>(&self, folded: &'a str) -> Option<(&'a str, T)> {
        self.all().iter().find_map(|(word, meaning)| Some((folded.strip_suffix(word.as_str())?, *meaning)))
    }
}
