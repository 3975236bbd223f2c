//! A deposit: what is due and what is held, as the sum of entries that are never changed.

use crate::{Money, money::TooLarge};

words! {
    /// What an entry of a deposit says.
    DepositKind {
        /// So much is to be deposited.
        Due = "due",
        /// So much more, since the rent rose or a part was used.
        ToppedUpDue = "topped_up_due",
        Received = "received",
        /// Used to pay what was owed.
        SetOff = "set_off",
        Refunded = "refunded",
        /// Puts an entry right that was wrong.
        Corrected = "corrected",
    }
}

/// A deposit on some day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Deposit {
    /// What was asked for altogether.
    pub due: Money,
    /// What is in the owner's hands; never below nothing.
    pub held: Money,
}

/// What an entry adds to a deposit; to either side it may be negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Effect {
    pub due: Money,
    pub held: Money,
}

/// More would be given away than is held.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DepositError {
    #[error("{asked} is more than the {held} that is held")]
    MoreThanHeld { asked: Money, held: Money },
    #[error(transparent)]
    TooLarge(#[from] TooLarge),
}

impl Deposit {
    /// What is still to be deposited.
    pub fn missing(self) -> Money {
        self.due.checked_sub(self.held).unwrap_or(Money::ZERO).max(Money::ZERO)
    }

    /// The entry that makes `due` what is asked for altogether; `None` when it is that already.
    pub fn owe(self, due: Money) -> Result<Option<(DepositKind, Effect)>, TooLarge> {
        let more = due.checked_sub(self.due)?;
        let kind = match () {
            () if more.is_zero() => return Ok(None),
            () if more.is_negative() => DepositKind::Corrected,
            () if self.due.is_zero() => DepositKind::Due,
            () => DepositKind::ToppedUpDue,
        };
        Ok(Some((kind, Effect { due: more, held: Money::ZERO })))
    }

    /// Takes `amount` out of what is held: to pay a bill with it, or to give it back.
    pub fn give(self, amount: Money) -> Result<Effect, DepositError> {
        if amount.compare(self.held).is_gt() {
            return Err(DepositError::MoreThanHeld { asked: amount, held: self.held });
        }
        Ok(Effect { due: Money::ZERO, held: amount.checked_neg()? })
    }
}

impl Effect {
    /// The entry that puts this one right: as if it had never been.
    pub fn undone(self) -> Result<Effect, TooLarge> {
        Ok(Effect { due: self.due.checked_neg()?, held: self.held.checked_neg()? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn deposit(due: i64, held: i64) -> Deposit {
        Deposit { due: Money::from_mungo(due), held: Money::from_mungo(held) }
    }

    fn owe(deposit: Deposit, due: i64) -> Option<(DepositKind, i64)> {
        let owed = deposit.owe(Money::from_mungo(due)).expect("small amounts");
        owed.map(|(kind, effect)| (kind, effect.due.mungo()))
    }

    #[test]
    fn what_is_due_is_said_in_whole_and_written_as_the_difference() {
        assert_eq!(owe(deposit(0, 0), 300), Some((DepositKind::Due, 300)));
        assert_eq!(owe(deposit(300, 300), 330), Some((DepositKind::ToppedUpDue, 30)));
        assert_eq!(owe(deposit(330, 300), 300), Some((DepositKind::Corrected, -30)));
        assert_eq!(owe(deposit(300, 0), 300), None);
        assert_eq!((deposit(330, 300).missing(), deposit(300, 330).missing()), (Money::from_mungo(30), Money::ZERO));
    }

    #[test]
    fn no_more_is_given_than_is_held() {
        let held = deposit(300, 200);
        assert_eq!(held.give(Money::from_mungo(200)).map(|effect| effect.held.mungo()), Ok(-200));
        let (asked, left) = (Money::from_mungo(201), Money::from_mungo(200));
        assert_eq!(held.give(asked), Err(DepositError::MoreThanHeld { asked, held: left }));
        let undone = held.give(left).expect("it is held").undone().expect("small amounts");
        assert_eq!((undone.due, undone.held), (Money::ZERO, left));
    }
}
