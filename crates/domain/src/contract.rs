//! A contract: its life, and the words for what it charges.

words! {
    /// Where a contract stands.
    ContractStatus {
        Draft = "draft",
        PendingSignature = "pending_signature",
        Active = "active",
        GracePeriod = "grace_period",
        Terminated = "terminated",
        Expired = "expired",
        Renewed = "renewed",
    }
}

life! {
    ContractStatus:
    Draft => PendingSignature | Active | Terminated,
    PendingSignature => Active | Draft | Terminated,
    Active => GracePeriod | Terminated | Expired | Renewed,
    GracePeriod => Active | Terminated | Expired | Renewed,
}

impl ContractStatus {
    /// Rooms are let and bills are made.
    pub fn is_in_force(self) -> bool {
        matches!(self, ContractStatus::Active | ContractStatus::GracePeriod)
    }

    pub fn is_final(self) -> bool {
        matches!(self, ContractStatus::Terminated | ContractStatus::Expired | ContractStatus::Renewed)
    }
}

words! {
    /// How the rent is billed.
    ScheduleKind {
        /// As the charge lines say, month after month.
        Fixed = "fixed",
        /// By a schedule of the contract's own.
        Custom = "custom",
    }
}

words! {
    /// What was done to a contract, as its history tells it.
    What {
        Drafted = "drafted",
        Imported = "imported",
        Edited = "edited",
        RoomsSet = "rooms_set",
        ChargeAdded = "charge_added",
        ChargeEnded = "charge_ended",
        ChargesSet = "charges_set",
        ScheduleSet = "schedule_set",
        IncreaseAdded = "increase_added",
        IncreaseEnded = "increase_ended",
        /// A step or an index took effect.
        Increased = "increased",
        /// The percent of an index was given.
        IndexGiven = "index_given",
        DiscountAdded = "discount_added",
        DiscountEnded = "discount_ended",
        Approved = "approved",
        ApprovalWithdrawn = "approval_withdrawn",
        SentToSign = "sent_to_sign",
        Signed = "signed",
        Activated = "activated",
        Extended = "extended",
        Renegotiated = "renegotiated",
        Renewed = "renewed",
        GraceBegun = "grace_begun",
        Expired = "expired",
        Terminated = "terminated",
        /// A draft that came to nothing.
        Dropped = "dropped",
        Restored = "restored",
        DepositChanged = "deposit_changed",
        DocumentAdded = "document_added",
    }
}

words! {
    /// What a charge line is for.
    ChargeKind {
        Rent = "rent",
        Management = "management",
        Parking = "parking",
        Service = "service",
        Discount = "discount",
    }
}

words! {
    /// What a charge line's unit price is a price of.
    ChargeBasis {
        /// A month.
        Flat = "flat",
        /// One m² for a month.
        PerM2 = "per_m2",
        /// One unit of consumption; billed from readings, not by the rent run.
        Meter = "meter",
    }
}

words! {
    /// How a line is taxed, with the tax office's own words.
    TaxKind {
        VatAble = "VAT_ABLE",
        VatFree = "VAT_FREE",
        VatZero = "VAT_ZERO",
        NotVat = "NOT_VAT",
    }
}

words! {
    /// Whether VAT is inside the price or comes on top of it.
    VatMode {
        Included = "included",
        Added = "added",
        /// No VAT: an exempt dwelling, or an owner who is not a payer.
        Exempt = "exempt",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contract_takes_only_the_published_steps() {
        let steps = ContractStatus::ALL
            .iter()
            .flat_map(|a| ContractStatus::ALL.iter().map(move |b| (*a, *b)))
            .filter(|(a, b)| a.may_become(*b));
        assert_eq!(steps.count(), 14);
        assert!(
            ContractStatus::ALL.iter().all(|s| s.is_final() == ContractStatus::ALL.iter().all(|n| !s.may_become(*n)))
        );
        let refused = ContractStatus::Terminated.transition_to(ContractStatus::Active).unwrap_err();
        assert_eq!((refused.from, refused.to), ("terminated", "active"));
    }
}
