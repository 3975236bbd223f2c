//! The reports that an owner keeps of a month that is over.

words! {
    /// One of a month's reports.
    MonthReport {
        /// What was billed: the invoices of the month.
        Charges = "charges",
        /// The money that came in on its days.
        Collections = "collections",
        /// What was owed at its end, by age.
        Receivables = "receivables",
        /// Penalties as of its end.
        Penalties = "penalties",
    }
}
