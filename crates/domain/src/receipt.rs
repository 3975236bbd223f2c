//! The tax receipt (eBarimt) of a payment.

words! {
    /// Where a receipt stands with the tax office.
    ReceiptStatus {
        Pending = "pending",
        Sent = "sent",
        Returned = "returned",
        /// The answer was lost: a person or the daily list decides, nothing is sent again.
        Parked = "parked",
        Failed = "failed",
    }
}

life! {
    ReceiptStatus:
    Pending => Sent | Parked | Failed,
    Parked => Sent | Pending,
    Sent => Returned,
}

words! {
    /// The four receipt types of PosAPI 3.0.
    ReceiptType {
        B2cReceipt = "B2C_RECEIPT",
        B2bReceipt = "B2B_RECEIPT",
        B2cInvoice = "B2C_INVOICE",
        B2bInvoice = "B2B_INVOICE",
    }
}
