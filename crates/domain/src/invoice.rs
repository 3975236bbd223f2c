//! An invoice: its kinds and its life. What it holds is computed by [`crate::charges`].

use crate::Money;

words! {
    /// Why an invoice was made.
    InvoiceKind {
        Rent = "rent",
        Utility = "utility",
        Sale = "sale",
        Discount = "discount",
        Fee = "fee",
        Correction = "correction",
    }
}

words! {
    /// Where an invoice stands.
    InvoiceStatus {
        Draft = "draft",
        Issued = "issued",
        PartiallyPaid = "partially_paid",
        Paid = "paid",
        Overdue = "overdue",
        Void = "void",
        Refunded = "refunded",
    }
}

life! {
    InvoiceStatus:
    Draft => Issued | Void,
    Issued => PartiallyPaid | Paid | Overdue | Void,
    PartiallyPaid => Paid | Overdue | Issued,
    Overdue => PartiallyPaid | Paid | Void,
    Paid => Refunded | PartiallyPaid | Issued | Overdue,
}

impl InvoiceStatus {
    /// The tenant owes what is left of it.
    pub fn is_open(self) -> bool {
        matches!(self, InvoiceStatus::Issued | InvoiceStatus::PartiallyPaid | InvoiceStatus::Overdue)
    }
}

/// What decides whether an invoice is paid.
#[derive(Debug, Clone, Copy)]
pub struct Balance {
    pub total: Money,
    pub paid: Money,
}

impl Balance {
    /// Paid is never an equality: an invoice is paid when nothing of it is left.
    pub fn is_fully_paid(self) -> bool {
        self.paid.compare(self.total).is_ge()
    }

    /// What the tenant still owes of it.
    pub fn open(self) -> Money {
        if self.is_fully_paid() { Money::ZERO } else { Money::from_mungo(self.total.mungo() - self.paid.mungo()) }
    }

    /// The status that money alone gives an issued invoice; `late` says whether the due date has gone by.
    pub fn status(self, late: bool) -> InvoiceStatus {
        match () {
            () if self.is_fully_paid() => InvoiceStatus::Paid,
            () if late => InvoiceStatus::Overdue,
            () if self.paid.is_positive() => InvoiceStatus::PartiallyPaid,
            () => InvoiceStatus::Issued,
        }
    }
}
