//! Views of a list that somebody keeps under a name: which rows, and which columns in which order.

words! {
    /// A column of the list of invoices, in the order in which accountants read them.
    InvoiceColumn {
        Code = "code",
        IssuedOn = "issued_on",
        DueOn = "due_on",
        Tenant = "tenant",
        Contract = "contract",
        Units = "units",
        Building = "building",
        Period = "period",
        Total = "total",
        Vat = "vat",
        Paid = "paid",
        Balance = "balance",
        DaysLate = "days_late",
        /// What was charged for paying it late.
        Penalty = "penalty",
        Status = "status",
        /// How far its text got.
        Sending = "sending",
        Receipt = "receipt",
        /// The last reminder of it.
        Reminded = "reminded",
    }
}

impl InvoiceColumn {
    /// An amount or a count.
    pub fn is_number(self) -> bool {
        use InvoiceColumn::*;
        matches!(self, Total | Vat | Paid | Balance | DaysLate | Penalty)
    }

    /// The columns in the order asked for, each once, the invoice's number always first; all of them when none was.
    pub fn chosen(asked: impl IntoIterator<Item = InvoiceColumn>) -> Vec<InvoiceColumn> {
        let mut chosen = vec![InvoiceColumn::Code];
        for column in asked {
            if !chosen.contains(&column) {
                chosen.push(column);
            }
        }
        if chosen.len() == 1 { InvoiceColumn::ALL.to_vec() } else { chosen }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use InvoiceColumn::*;

    #[test]
    fn columns_come_once_and_the_number_leads() {
        assert_eq!(InvoiceColumn::chosen([Total, Tenant, Total, Code]), [Code, Total, Tenant]);
        assert_eq!(InvoiceColumn::chosen([]), InvoiceColumn::ALL);
    }
}
