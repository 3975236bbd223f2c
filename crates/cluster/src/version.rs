//! Versions of Postgres: which will do, and which have a hole that matters to us.

use std::{fmt, str::FromStr};

/// A release of Postgres, like 15.20.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct Version {
    pub major: u16,
    pub minor: u16,
}

impl Version {
    /// The oldest major Spacehub runs on: the first with `security_invoker` views.
    pub const OLDEST_MAJOR: u16 = 15;

    /// From `server_version_num`, like 150020.
    pub fn from_number(number: i32) -> Version {
        let part = |value: i32| u16::try_from(value).unwrap_or_default();
        Version { major: part(number / 10_000), minor: part(number % 10_000) }
    }

    /// Whether Spacehub runs on it at all.
    pub fn will_do(self) -> bool {
        self.major >= Version::OLDEST_MAJOR
    }

    /// The release to upgrade to when this one shows hidden rows of other owners (CVE-2026-120154).
    pub fn patched_by(self) -> Option<Version> {
        // All majors are released on the same day; 15.20 and 16.16 were seen to be healed.
        let minor = match self.major {
            15 => 20,
            16 => 16,
            17 => 12,
            18 => 6,
            _ => return None,
        };
        (self.minor < minor).then_some(Version { major: self.major, minor })
    }
}

/// Reads what `postgres --version` prints: `postgres (PostgreSQL) 15.20 (Debian 15.20-0+deb12u1)`.
impl FromStr for Version {
    type Err = ();

    fn from_str(text: &str) -> Result<Version, ()> {
        let word = text.split_whitespace().find(|word| word.starts_with(|c: char| c.is_ascii_digit())).ok_or(())?;
        let mut numbers = word.split(|c: char| !c.is_ascii_digit());
        let major = numbers.next().and_then(|digits| digits.parse().ok()).ok_or(())?;
        let minor = numbers.next().and_then(|digits| digits.parse().ok()).unwrap_or(0);
        Ok(Version { major, minor })
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(text: &str) -> Version {
        text.parse().unwrap()
    }

    #[test]
    fn what_postgres_prints_is_read() {
        let cases = [
            ("postgres (PostgreSQL) 15.20 (Debian 15.20-0+deb12u1)", (15, 20)),
            ("postgres (PostgreSQL) 16.14", (16, 14)),
            ("PostgreSQL 18.4 on x86_64-pc-linux-gnu", (18, 4)),
            ("postgres (PostgreSQL) 19devel", (19, 0)),
            ("postgres (PostgreSQL) 9.6.24", (9, 6)),
        ];
        for (text, (major, minor)) in cases {
            assert_eq!(version(text), Version { major, minor }, "{text}");
        }
        assert!("postgres".parse::<Version>().is_err());
        assert_eq!(Version::from_number(150_020), version("15.20"));
    }

    #[test]
    fn a_release_with_the_hole_names_its_cure() {
        assert_eq!(version("15.19").patched_by(), Some(version("15.20")));
        assert_eq!(version("15.20").patched_by(), None);
        assert_eq!(version("16.14").patched_by(), Some(version("16.16")));
        assert_eq!(version("16.16").patched_by(), None);
        assert_eq!(version("19.0").patched_by(), None);
        assert!(version("15.0").will_do() && !version("14.22").will_do());
    }
}
