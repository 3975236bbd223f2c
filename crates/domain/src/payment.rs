//! Money that came in, and what was asked of a QR provider before it came.

words! {
    /// How money came in.
    PaymentMethod {
        Bank = "bank",
        Qpay = "qpay",
        Socialpay = "socialpay",
        Cash = "cash",
        Deposit = "deposit",
    }
}

words! {
    /// Where a payment stands; a reversal is a new row that points at the reversed one.
    PaymentStatus {
        Recorded = "recorded",
        Reversed = "reversed",
    }
}

life! {
    PaymentStatus:
    Recorded => Reversed,
}

words! {
    /// Where a request for payment stands with its provider.
    IntentStatus {
        /// Promised, not yet known to the provider.
        Requested = "requested",
        /// The payer can pay it.
        Open = "open",
        Paid = "paid",
        Cancelled = "cancelled",
        Expired = "expired",
        /// The provider refused to make it.
        Failed = "failed",
    }
}

life! {
    IntentStatus:
    Requested => Open | Failed | Cancelled,
    Open => Paid | Cancelled | Expired,
    Expired => Paid,
    Cancelled => Paid,
}
