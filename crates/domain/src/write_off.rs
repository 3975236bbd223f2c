//! What is left of a bill and given up for good: asked for by whoever keeps the books, decided by whoever answers for it.

words! {
    /// Where a write-off stands.
    WriteOffStatus {
        /// Somebody asked, nobody has decided.
        Asked = "asked",
        /// The bill owes so much less.
        Booked = "booked",
        Refused = "refused",
        /// Taken back: the bill owes it again.
        Reversed = "reversed",
    }
}

life! {
    WriteOffStatus:
    Asked => Booked | Refused,
    Booked => Reversed,
}
