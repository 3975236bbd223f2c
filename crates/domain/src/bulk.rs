//! What is done to many invoices at once, and which of them it can be done to.

use jiff::civil::Date;

use crate::{
    Money,
    invoice::{InvoiceKind, InvoiceStatus},
};

words! {
    /// What is done to each of the chosen invoices.
    BulkVerb {
        /// Drafts get their numbers and go out.
        Issue = "issue",
        /// The bill's text is sent again.
        Send = "send",
        /// The tenant of a late bill is reminded.
        Remind = "remind",
        /// All of them in one PDF.
        Print = "print",
        /// What is left of each is taken off.
        Correct = "correct",
    }
}

words! {
    /// Where one of the chosen invoices stands.
    BulkItemStatus {
        Waiting = "waiting",
        Done = "done",
        Failed = "failed",
    }
}

life! {
    BulkItemStatus:
    Waiting => Done | Failed,
    Failed => Waiting,
}

impl BulkVerb {
    /// It sends a text, which costs and needs a telephone.
    pub fn sends(self) -> bool {
        matches!(self, BulkVerb::Send | BulkVerb::Remind)
    }

    /// The most invoices of one order.
    pub fn most(self) -> i64 {
        if self == BulkVerb::Print { 500 } else { 5000 }
    }
}

/// An invoice as far as it matters here.
#[derive(Debug, Clone, Copy)]
pub struct Facts {
    pub kind: InvoiceKind,
    pub status: InvoiceStatus,
    pub due_on: Option<Date>,
    pub total: Money,
    /// Of the total, what corrections have not taken off yet.
    pub left: Money,
    pub has_phone: bool,
}

/// Why an invoice is left out of an order; the word names its sentence, `bulk-why-…`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum LeftOut {
    NotDraft,
    NotIssued,
    NotOpen,
    NotOverdue,
    NoPhone,
    NothingToCorrect,
    /// At this stage or a later one, by whatever way.
    Reminded,
    /// Its contract has promised to pay.
    Promised,
}

impl LeftOut {
    pub fn as_str(self) -> &'static str {
        match self {
            LeftOut::NotDraft => "NOT_DRAFT",
            LeftOut::NotIssued => "NOT_ISSUED",
            LeftOut::NotOpen => "NOT_OPEN",
            LeftOut::NotOverdue => "NOT_OVERDUE",
            LeftOut::NoPhone => "NO_PHONE",
            LeftOut::NothingToCorrect => "NOTHING_TO_CORRECT",
            LeftOut::Reminded => "REMINDED",
            LeftOut::Promised => "PROMISED",
        }
    }
}

/// Whether the verb can be done to the invoice today, or why not.
pub fn fits(verb: BulkVerb, invoice: &Facts, today: Date) -> Result<(), LeftOut> {
    let is_out = !matches!(invoice.status, InvoiceStatus::Draft | InvoiceStatus::Void);
    let is_late = invoice.due_on.is_some_and(|due_on| due_on < today);
    match verb {
        BulkVerb::Issue if invoice.status != InvoiceStatus::Draft => Err(LeftOut::NotDraft),
        BulkVerb::Print if !is_out => Err(LeftOut::NotIssued),
        BulkVerb::Send | BulkVerb::Remind if !invoice.status.is_open() => Err(LeftOut::NotOpen),
        BulkVerb::Remind if !is_late => Err(LeftOut::NotOverdue),
        BulkVerb::Send | BulkVerb::Remind if !invoice.has_phone => Err(LeftOut::NoPhone),
        BulkVerb::Correct if !is_out => Err(LeftOut::NotIssued),
        BulkVerb::Correct if invoice.kind == InvoiceKind::Correction || !invoice.left.is_positive() => {
            Err(LeftOut::NothingToCorrect)
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const TODAY: Date = date(2026, 11, 22);

    fn facts(status: InvoiceStatus) -> Facts {
        let hundred = Money::from_tugrug(100);
        let due_on = Some(date(2026, 11, 21));
        Facts { kind: InvoiceKind::Rent, status, due_on, total: hundred, left: hundred, has_phone: true }
    }

    #[test]
    fn each_verb_takes_what_it_can_be_done_to() {
        use InvoiceStatus::*;
        let taken = |verb| -> Vec<InvoiceStatus> {
            InvoiceStatus::ALL.iter().copied().filter(|status| fits(verb, &facts(*status), TODAY).is_ok()).collect()
        };
        assert_eq!(taken(BulkVerb::Issue), [Draft]);
        assert_eq!(taken(BulkVerb::Send), [Issued, PartiallyPaid, Overdue]);
        assert_eq!(taken(BulkVerb::Remind), [Issued, PartiallyPaid, Overdue]);
        assert_eq!(taken(BulkVerb::Print), [Issued, PartiallyPaid, Paid, Overdue, Refunded]);
        assert_eq!(taken(BulkVerb::Correct), [Issued, PartiallyPaid, Paid, Overdue, Refunded]);
    }

    #[test]
    fn what_stands_against_it_is_named() {
        let today = Facts { due_on: Some(TODAY), ..facts(InvoiceStatus::Issued) };
        assert_eq!(fits(BulkVerb::Remind, &today, TODAY), Err(LeftOut::NotOverdue));
        let silent = Facts { has_phone: false, ..facts(InvoiceStatus::Overdue) };
        assert_eq!(fits(BulkVerb::Send, &silent, TODAY), Err(LeftOut::NoPhone));
        assert_eq!(fits(BulkVerb::Print, &silent, TODAY), Ok(()));
        let taken_off = Facts { left: Money::ZERO, ..facts(InvoiceStatus::Paid) };
        assert_eq!(fits(BulkVerb::Correct, &taken_off, TODAY), Err(LeftOut::NothingToCorrect));
        let correction = Facts { kind: InvoiceKind::Correction, ..facts(InvoiceStatus::Paid) };
        assert_eq!(fits(BulkVerb::Correct, &correction, TODAY), Err(LeftOut::NothingToCorrect));
    }
}
