//! Bank accounts and the lines of their statements: words, numbers as people give them, and what makes two lines one.

mod number;

pub use self::number::{BadNumber, account_number, masked};

words! {
    /// A bank whose statements and answers are understood; another's are read by their words.
    Bank {
        Khan = "khan",
        Golomt = "golomt",
        Tdb = "tdb",
        Other = "other",
    }
}

words! {
    /// What matching says of a line.
    LineState {
        /// Nothing about it is known.
        Unknown = "unknown",
        /// It may be for these bills; a person decides.
        Probable = "probable",
        /// It was put on bills.
        Linked = "linked",
        /// It is for no bill: money that went out, fees, interest.
        Ignored = "ignored",
    }
}

words! {
    /// How exactly the moment of a line is known.
    Precision {
        Second = "second",
        Minute = "minute",
        Day = "day",
    }
}

words! {
    /// Where a statement came from.
    StatementSource {
        File = "file",
        Bank = "bank",
    }
}

words! {
    /// How an account stands with its bank.
    ConnectionStatus {
        /// Nobody asked the bank yet.
        Untested = "untested",
        Working = "working",
        /// The bank could not be asked; the next hour tries again.
        Failing = "failing",
        /// The bank says no; it is not asked again until somebody has looked.
        Refused = "refused",
    }
}
