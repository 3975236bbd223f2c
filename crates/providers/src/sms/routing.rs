//! Which operator a number belongs to, by its first digits: a table that ages, so it is a setting.

use serde::{Deserialize, Serialize};

/// A mobile operator of Mongolia.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Operator {
    Mobicom,
    Unitel,
    Skytel,
    Gmobile,
}

impl Operator {
    pub const ALL: [Operator; 4] = [Operator::Mobicom, Operator::Unitel, Operator::Skytel, Operator::Gmobile];

    /// The word in settings and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Operator::Mobicom => "mobicom",
            Operator::Unitel => "unitel",
            Operator::Skytel => "skytel",
            Operator::Gmobile => "gmobile",
        }
    }
}

/// The operators' ranges.
#[derive(Debug, Clone)]
pub struct Routing {
    /// First digits and whose they are; the longest that fits wins.
    pub prefixes: Vec<(String, Operator)>,
    /// Who gets a mobile number of an unknown range.
    pub fallback: Option<Operator>,
}

impl Default for Routing {
    /// The ranges most sources agree on; an unknown one goes to the largest operator.
    fn default() -> Routing {
        const RANGES: [(Operator, &[&str]); 4] = [
            (Operator::Mobicom, &["85", "94", "95", "99"]),
            (Operator::Unitel, &["80", "86", "88", "89"]),
            (Operator::Skytel, &["90", "91", "96"]),
            (Operator::Gmobile, &["83", "93", "97", "98"]),
        ];
        let prefixes = RANGES
            .iter()
            .flat_map(|(operator, ranges)| ranges.iter().map(|range| ((*range).to_owned(), *operator)))
            .collect();
        Routing { prefixes, fallback: Some(Operator::Mobicom) }
    }
}

impl Routing {
    /// The operator of an eight-digit number; `None` when it is no mobile number or nobody's.
    pub fn operator(&self, number: &str) -> Option<Operator> {
        if !is_mobile(number) {
            return None;
        }
        self.known(number).or_else(|| {
            let range = &number[..2];
            tracing::warn!(sms.range = range, "no operator is known for numbers that begin with {range}");
            self.fallback
        })
    }

    /// The operator whose range the number is in, without falling back.
    pub fn known(&self, number: &str) -> Option<Operator> {
        let fits = self.prefixes.iter().filter(|(prefix, _)| number.starts_with(prefix.as_str()));
        fits.max_by_key(|(prefix, _)| prefix.len()).map(|(_, operator)| *operator)
    }
}

/// Eight digits that begin with 8 or 9: those with 7 are fixed lines and get no texts.
fn is_mobile(number: &str) -> bool {
    number.len() == 8 && number.bytes().all(|b| b.is_ascii_digit()) && number.starts_with(['8', '9'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_goes_to_the_operator_of_its_range() {
        let routing = Routing::default();
        let ranges = [
            (Operator::Mobicom, "85 94 95 99"),
            (Operator::Unitel, "80 86 88 89"),
            (Operator::Skytel, "90 91 96"),
            (Operator::Gmobile, "83 93 97 98"),
        ];
        for (operator, prefixes) in ranges {
            for prefix in prefixes.split(' ') {
                assert_eq!(routing.operator(&format!("{prefix}112233")), Some(operator), "{prefix}");
            }
        }
        assert_eq!(routing.operator("92112233"), Some(Operator::Mobicom), "an unknown range has a default");
        for no_mobile in ["70112233", "9911223", "991122334", "99112x33", ""] {
            assert_eq!(routing.operator(no_mobile), None, "{no_mobile}");
        }
    }

    #[test]
    fn a_longer_prefix_wins() {
        let mut routing = Routing { fallback: None, ..Routing::default() };
        assert_eq!(routing.operator("92112233"), None);
        routing.prefixes.push(("9911".into(), Operator::Gmobile));
        assert_eq!(routing.operator("99112233"), Some(Operator::Gmobile));
        assert_eq!(routing.operator("99222233"), Some(Operator::Mobicom));
    }
}
