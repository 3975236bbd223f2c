//! The published limits: what is counted, by what, how often it may be done, and what happens while Redis is away.
//!
//! `docs/limits.md` shows this table; a test keeps the two alike.

use super::rolling::Rule;

/// What is limited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Class {
    /// Passwords and addresses being tried.
    SignIn,
    /// Letters sent to whoever is named.
    Letters,
    /// A new password by the token of a letter.
    Reset,
    /// Everything about telephones under /api/auth.
    Phone,
    /// Second factors being tried.
    TwoFactor,
    /// The rest of /api/auth.
    Auth,
    /// A person's calls under /v2.
    Person,
    /// All calls of one owner's people under /v2.
    Owner,
    /// Calls under /v2 of whom nobody knows yet: links, strangers, the first call of a session.
    Stranger,
    /// Codes sent to one telephone.
    CodesToPhone,
    /// Codes asked for from one address.
    CodesFromAddress,
    /// Codes sent to the ten thousand numbers with the same first four digits.
    CodesToRange,
    /// Codes sent at all.
    Codes,
}

/// How a class is counted among several processes, and what happens while their shared store is away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Care {
    /// Each one is asked for in the shared store; while that is away nobody is let in.
    Exact,
    /// A tenth is divided among the processes and spent without asking, the rest is taken from the shared store in
    /// lots; while that is away each process counts by itself.
    Lots,
}

/// One line of the table.
#[derive(Debug)]
pub struct Published {
    pub class: Class,
    /// The class's part of the counters' keys.
    pub name: &'static str,
    /// Which requests, for people.
    pub what: &'static str,
    /// What has a count of its own.
    pub per: &'static str,
    pub rules: &'static [Rule],
    pub care: Care,
}

/// The whole table.
pub const PUBLISHED: [Published; 13] = [
    Published {
        class: Class::SignIn,
        name: "sign-in",
        what: "`/api/auth/sign-in…`, `/sign-up…`, `/change-password`, `/change-email`; `/v2/registrations`",
        per: "address and path",
        rules: &[Rule::rolling(3, 10)],
        care: Care::Exact,
    },
    Published {
        class: Class::Letters,
        name: "letters",
        what: "`/api/auth/request-password-reset`, `/send-verification-email`",
        per: "address and path",
        rules: &[Rule::rolling(3, 60)],
        care: Care::Exact,
    },
    Published {
        class: Class::Reset,
        name: "reset",
        what: "`/api/auth/reset-password`",
        per: "address and path",
        rules: &[Rule::rolling(100, 10)],
        care: Care::Exact,
    },
    Published {
        class: Class::Phone,
        name: "phone",
        what: "`/api/auth/phone-number…`",
        per: "address and path",
        rules: &[Rule::rolling(10, 60)],
        care: Care::Exact,
    },
    Published {
        class: Class::TwoFactor,
        name: "two-factor",
        what: "`/api/auth/two-factor/…`",
        per: "address and path",
        rules: &[Rule::rolling(3, 10)],
        care: Care::Exact,
    },
    Published {
        class: Class::Auth,
        name: "auth",
        what: "everything else under `/api/auth`",
        per: "address and path",
        rules: &[Rule::rolling(100, 10)],
        care: Care::Lots,
    },
    Published {
        class: Class::Person,
        name: "person",
        what: "`/v2`, signed in",
        per: "person",
        rules: &[Rule::rolling(600, 60)],
        care: Care::Lots,
    },
    Published {
        class: Class::Owner,
        name: "owner",
        what: "`/v2`, signed in",
        per: "owner",
        rules: &[Rule::rolling(6_000, 60)],
        care: Care::Lots,
    },
    Published {
        class: Class::Stranger,
        name: "stranger",
        what: "`/v2`, links and whoever is not signed in",
        per: "address",
        rules: &[Rule::rolling(1_200, 60)],
        care: Care::Lots,
    },
    Published {
        class: Class::CodesToPhone,
        name: "code-phone",
        what: "codes by SMS",
        per: "telephone",
        rules: &[Rule::rolling(1, 60), Rule::rolling(5, 60 * 60), Rule::rolling(20, 24 * 60 * 60)],
        care: Care::Exact,
    },
    Published {
        class: Class::CodesFromAddress,
        name: "code-address",
        what: "codes by SMS",
        per: "address that asks",
        rules: &[Rule::rolling(10, 60 * 60)],
        care: Care::Exact,
    },
    Published {
        class: Class::CodesToRange,
        name: "code-range",
        what: "codes by SMS",
        per: "first four digits of the telephone",
        rules: &[Rule::daily(300)],
        care: Care::Exact,
    },
    Published {
        class: Class::Codes,
        name: "code-all",
        what: "codes by SMS",
        per: "all of them",
        rules: &[Rule::daily(5_000)],
        care: Care::Exact,
    },
];

impl Class {
    /// Its line of the table.
    pub fn published(self) -> &'static Published {
        &PUBLISHED[self as usize]
    }

    /// The class of a path below `/api/auth` (auth-wire §1.3).
    pub fn of_auth_path(path: &str) -> Class {
        let begins = |with: &[&str]| with.iter().any(|start| path.starts_with(start));
        if begins(&["/sign-in", "/sign-up", "/change-password", "/change-email"]) {
            Class::SignIn
        } else if begins(&["/request-password-reset", "/send-verification-email"]) {
            Class::Letters
        } else if begins(&["/reset-password"]) {
            Class::Reset
        } else if begins(&["/phone-number"]) {
            Class::Phone
        } else if begins(&["/two-factor/"]) {
            Class::TwoFactor
        } else {
            Class::Auth
        }
    }
}

/// The table as it stands in `docs/limits.md`.
pub fn as_markdown() -> String {
    let mut table =
        String::from("| what | counted for each | at most | while Redis is away |\n| --- | --- | --- | --- |\n");
    for line in &PUBLISHED {
        let rules: Vec<String> = line.rules.iter().map(said).collect();
        let away = match line.care {
            Care::Exact => "nobody is let in (503)",
            Care::Lots => "each process counts by itself",
        };
        table.push_str(&format!("| {} | {} | {} | {away} |\n", line.what, line.per, rules.join(", ")));
    }
    table
}

fn said(rule: &Rule) -> String {
    let secs = rule.window.as_secs();
    match secs {
        _ if rule.is_daily() => format!("{} a day", rule.limit),
        3600.. if secs.is_multiple_of(3600) => format!("{} in {} h", rule.limit, secs / 3600),
        _ => format!("{} in {secs} s", rule.limit),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_stands_in_its_own_line() {
        for (n, line) in PUBLISHED.iter().enumerate() {
            assert_eq!(line.class as usize, n, "{}", line.name);
            assert!(line.care == Care::Exact || line.rules.len() == 1, "{} is taken in lots of one rule", line.name);
        }
    }

    #[test]
    fn the_page_in_the_docs_shows_this_table() {
        let page = include_str!("../../../../docs/limits.md");
        assert!(page.contains(&as_markdown()), "docs/limits.md should show:\n{}", as_markdown());
    }

    #[test]
    fn a_path_belongs_to_the_class_that_auth_wire_gives_it() {
        let classes = [
            ("/sign-in/email", Class::SignIn),
            ("/sign-in/phone-number", Class::SignIn),
            ("/sign-up/email", Class::SignIn),
            ("/change-password", Class::SignIn),
            ("/change-email", Class::SignIn),
            ("/request-password-reset", Class::Letters),
            ("/send-verification-email", Class::Letters),
            ("/phone-number/send-otp", Class::Phone),
            ("/phone-number/request-password-reset", Class::Phone),
            ("/two-factor/verify-totp", Class::TwoFactor),
            ("/get-session", Class::Auth),
            ("/reset-password", Class::Reset),
            ("/reset-password/abc", Class::Reset),
            ("/organization/list", Class::Auth),
        ];
        for (path, class) in classes {
            assert_eq!(Class::of_auth_path(path), class, "{path}");
        }
    }
}
