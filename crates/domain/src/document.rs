//! Papers that are made of contracts: which there are, and how far one is.

words! {
    DocumentKind {
        /// The contract itself.
        Contract = "contract",
        /// The act by which rooms are handed over.
        HandOver = "hand_over",
        /// The statement of account.
        Statement = "statement",
        /// One invoice.
        Invoice = "invoice",
    }
}

words! {
    /// Who takes the rooms over.
    HandOverTo {
        /// At the start.
        Tenant = "tenant",
        /// At the end.
        Owner = "owner",
    }
}

words! {
    /// How far the PDF of a document is.
    DocumentStatus {
        Pending = "pending",
        Ready = "ready",
        /// It could not be made; making it again is a new one.
        Failed = "failed",
    }
}

life! {
    DocumentStatus:
    Pending => Ready | Failed,
}
