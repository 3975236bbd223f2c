//! A contract: its life, and the words for what it charges.

use jiff::{ToSpan, civil::Date};

use crate::NotAllowed;

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

    /// Undoes a termination that was a mistake: the contract is again what it was before. This is no step of its life,
    /// out of which no termination leads, but the taking back of one; what never was in force stays dropped.
    pub fn restored_to(self, before: ContractStatus) -> Result<ContractStatus, NotAllowed> {
        match self {
            ContractStatus::Terminated if before.is_in_force() => Ok(before),
            _ => Err(NotAllowed { from: self.as_str(), to: before.as_str() }),
        }
    }

    /// What the calendar makes of a contract whose agreed end has gone by: for its days of grace it waits for an
    /// extension, then it has expired. `None` when nothing is due on `today`.
    pub fn after_its_end(self, ends_on: Option<Date>, grace_days: i32, today: Date) -> Option<ContractStatus> {
        let next = match ends_on {
            Some(end) if self.is_in_force() && today > last_day_of_grace(end, grace_days) => ContractStatus::Expired,
            Some(end) if self == ContractStatus::Active && today > end => ContractStatus::GracePeriod,
            _ => return None,
        };
        Some(next)
    }
}

/// The last day on which a contract that ended on `end` may still be extended.
pub fn last_day_of_grace(end: Date, grace_days: i32) -> Date {
    end.saturating_add(i64::from(grace_days.max(0)).days())
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
        /// It went back to its draft.
        SentBack = "sent_back",
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
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_termination_is_undone_to_what_was_in_force_and_nothing_else_is() {
        for from in ContractStatus::ALL {
            for before in ContractStatus::ALL {
                let may = *from == ContractStatus::Terminated && before.is_in_force();
                assert_eq!(from.restored_to(*before).is_ok(), may, "{from} to {before}");
                assert!(!(may && from.may_become(*before)), "an undoing is not a step");
            }
        }
    }

    #[test]
    fn the_calendar_gives_days_of_grace_and_then_lets_a_contract_expire() {
        use ContractStatus::*;
        let end = Some(date(2028, 2, 28));
        let on = |status: ContractStatus, grace, today| status.after_its_end(end, grace, today);
        assert_eq!(on(Active, 2, date(2028, 2, 28)), None, "the last day is a day of the contract");
        assert_eq!(on(Active, 2, date(2028, 2, 29)), Some(GracePeriod));
        assert_eq!(on(GracePeriod, 2, date(2028, 3, 1)), None);
        assert_eq!(on(GracePeriod, 2, date(2028, 3, 2)), Some(Expired));
        assert_eq!(on(Active, 2, date(2028, 3, 9)), Some(Expired), "after a stand-still");
        assert_eq!(on(Active, 0, date(2028, 2, 29)), Some(Expired), "no grace was agreed on");
        assert_eq!(Active.after_its_end(None, 2, date(2100, 1, 1)), None, "an open contract has no end");
        for status in ContractStatus::ALL {
            for today in [date(2028, 2, 29), date(2028, 3, 9)] {
                let next = on(*status, 2, today);
                assert!(next.is_none_or(|next| status.may_become(next)), "{status} to {next:?} is in the table");
                assert!(next.is_none() || status.is_in_force());
            }
        }
    }

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
