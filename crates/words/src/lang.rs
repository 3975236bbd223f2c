//! The languages people are spoken to in, and how a browser's wish is read.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// A language of the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    #[default]
    Mn,
    En,
}

/// Not a language we speak.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownLang;

impl Lang {
    pub const ALL: [Lang; 2] = [Lang::Mn, Lang::En];

    /// The tag of the language, as in `lang="mn"` and `Content-Language`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Lang::Mn => "mn",
            Lang::En => "en",
        }
    }

    /// The language an `Accept-Language` header likes best of ours; Mongolian when it names neither.
    pub fn from_accept_language(header: &str) -> Lang {
        let mut best = (0, Lang::Mn);
        for wish in header.split(',') {
            let (tag, weight) = wish.split_once(';').unwrap_or((wish, ""));
            let (Ok(lang), weight) = (tag.parse::<Lang>(), thousandths(weight)) else { continue };
            if weight > best.0 {
                best = (weight, lang);
            }
        }
        best.1
    }
}

/// The weight `q=0.8` in thousandths; 1000 when there is none, 0 when it can't be read.
fn thousandths(parameter: &str) -> u32 {
    let parameter = parameter.trim();
    if parameter.is_empty() {
        return 1000;
    }
    let Some(number) = parameter.strip_prefix("q=").or_else(|| parameter.strip_prefix("Q=")) else { return 0 };
    let (whole, decimals) = number.split_once('.').unwrap_or((number, ""));
    if decimals.len() > 3 || !decimals.bytes().all(|b| b.is_ascii_digit()) {
        return 0;
    }
    match whole {
        "0" => format!("{decimals:0<3}").parse().unwrap_or(0),
        "1" => 1000,
        _ => 0,
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Reads a tag with or without a region: `mn`, `mn-MN`, `EN`.
impl FromStr for Lang {
    type Err = UnknownLang;

    fn from_str(tag: &str) -> Result<Lang, UnknownLang> {
        let primary = tag.trim().split(['-', '_']).next().unwrap_or_default();
        Lang::ALL.into_iter().find(|lang| primary.eq_ignore_ascii_case(lang.as_str())).ok_or(UnknownLang)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wish_with_the_greatest_weight_wins() {
        for (header, lang) in [
            ("", Lang::Mn),
            ("de-DE,fr;q=0.8", Lang::Mn),
            ("en-US,en;q=0.9,mn;q=0.8", Lang::En),
            ("mn-MN, en;q=0.9", Lang::Mn),
            ("en;q=0.5,mn;q=0.501", Lang::Mn),
            ("en ; q=0.5, *;q=0.1", Lang::En),
            ("mn;q=0, en;q=0.1", Lang::En),
            ("en;q=nonsense, mn;q=0.1", Lang::Mn),
            ("EN", Lang::En),
            (",,;;q=1", Lang::Mn),
        ] {
            assert_eq!(Lang::from_accept_language(header), lang, "{header:?}");
        }
    }
}
