//! That a person is a tenant: the person's telephone asks, the owner says.

words! {
    /// Where the question stands.
    TenantLinkStatus {
        Waiting = "waiting",
        Linked = "linked",
        Refused = "refused",
        /// It was so, until the owner ended it.
        Ended = "ended",
    }
}

life! {
    TenantLinkStatus:
    Waiting => Linked | Refused,
    Refused => Linked,
    Linked => Ended,
    Ended => Linked,
}
