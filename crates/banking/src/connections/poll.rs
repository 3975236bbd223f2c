//! Asks a bank what is new on an account. The days before are read again with it, so that what was put right or came late
//! is seen; what is there already changes nothing.

use base::{Error, Failure, Job, Lane, Outcome, Promise, Result, Tx, Works};
use billing::Providers;
use domain::{
    BankAccountId, Money,
    bank::{Bank, ConnectionStatus, StatementSource},
};
use jiff::{ToSpan, civil::Date};
use providers::{
    CallError,
    banks::{Asked, Login, Movement},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{queries, sealed};
use crate::{
    accounts,
    identity::Incoming,
    matching,
    statements::{Arriving, take},
};

/// How many days are read the first time.
const FIRST: i32 = 31;
/// How many days before the last one read are read again.
const OVERLAP: i32 = 2;
/// Farther back no bank is asked at once.
const FARTHEST: i32 = 92;

/// Asks about every account of an owner.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct PollAccounts {}

impl Promise for PollAccounts {
    const KIND: &'static str = "statement.poll-all";
}

impl Job for PollAccounts {
    async fn run(&self, at: &Works) -> Outcome {
        at.actor
            .transact(async |tx| {
                for account in queries::to_ask(tx).await? {
                    tx.promise(&PollAccount { account }).await?;
                }
                Ok(())
            })
            .await
            .map_err(Failure::from)
    }
}

/// Asks about one account.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct PollAccount {
    pub account: BankAccountId,
}

impl Promise for PollAccount {
    const KIND: &'static str = "statement.poll";

    /// One question at a time about an account.
    fn aggregate(&self) -> Option<Uuid> {
        Some(self.account.0)
    }
}

impl Job for PollAccount {
    const LANE: Lane = Lane::Calls { at_once: 8, per_owner: 2 };
    const ATTEMPTS: i32 = 4;

    async fn run(&self, at: &Works) -> Outcome {
        let today = at.app.clock.today();
        let found = at.actor.transact(async |tx| known(tx, self.account, today).await).await?;
        let Some(Question { login, number, asked, through }) = found else { return Ok(()) };
        let banks = &*Providers::of(&at.app).banks;
        match banks.movements(&login, &number, asked).await {
            Ok(movements) => {
                let take = async |tx: &Tx| take_in(tx, self.account, &movements, asked, through).await;
                at.actor.transact(take).await.map_err(Failure::from)
            }
            Err(CallError::Refused { code, message }) => {
                let said = without_numbers(&format!("{code}: {message}"));
                let stands = async |tx: &Tx| queries::stand(tx, self.account, ConnectionStatus::Refused, &said).await;
                at.actor.transact(stands).await.map_err(Failure::from)
            }
            // Not tried again by itself: whoever presses the button would wait behind it. The next hour asks anyway.
            Err(error @ (CallError::NotSent(_) | CallError::Lost(_))) => {
                let said = without_numbers(&error.to_string());
                let stands = async |tx: &Tx| queries::stand(tx, self.account, ConnectionStatus::Failing, &said).await;
                at.actor.transact(stands).await.map_err(Failure::from)
            }
        }
    }
}

struct Question {
    login: Login,
    number: String,
    asked: Asked,
    /// The last day that the answer will hold.
    through: Date,
}

/// What to ask; nothing where the account is not read any more, or its bank said no.
async fn known(tx: &Tx, id: BankAccountId, today: Date) -> Result<Option<Question>> {
    let owner = tx.owner().await?;
    let (Some(account), Some(there)) = (accounts::find(tx, id).await?, queries::find(tx, id).await?) else {
        return Ok(None);
    };
    if there.status == ConnectionStatus::Refused {
        return Ok(None);
    }
    let login = sealed::open(tx, owner, id, &there.sealed)?;
    // once a day by days, in between behind the last record where the bank counts them
    let asked = match (account.bank, there.cursor, there.read_through) {
        (Bank::Khan, Some(record), Some(through)) if through == today => Asked::After { record },
        (_, _, through) => Asked::Days { from: first_day(through, today), to: today },
    };
    Ok(Some(Question { login, number: account.number, asked, through: today }))
}

fn first_day(through: Option<Date>, today: Date) -> Date {
    let from = match through {
        Some(through) => through.saturating_sub(OVERLAP.days()).min(today.saturating_sub(OVERLAP.days())),
        None => today.saturating_sub(FIRST.days()),
    };
    from.max(today.saturating_sub(FARTHEST.days()))
}

async fn take_in(tx: &Tx, id: BankAccountId, movements: &[Movement], asked: Asked, through: Date) -> Result<()> {
    let account = accounts::lock(tx, id).await?.ok_or(Error::NotFound("bank-account"))?;
    let sum = |positive: bool| {
        Money::sum(movements.iter().map(|line| line.amount).filter(|amount| amount.is_positive() == positive))
            .map_err(|error| Error::Internal(error.to_string()))
    };
    let lines: Vec<Incoming> = movements.iter().filter(|line| !line.amount.is_zero()).zip(1..).map(incoming).collect();
    let arriving = Arriving {
        source: StatementSource::Bank,
        file_name: String::new(),
        digest: None,
        layout: "",
        period: match asked {
            Asked::Days { from, to } => Some((from, to)),
            Asked::After { .. } => Some((through, through)),
        },
        opening: None,
        closing: None,
        total_in: sum(true)?,
        total_out: sum(false)?,
        lines,
    };
    let taken = take(tx, &account, &arriving).await?;
    if taken.statement.is_some() {
        matching::run(tx).await?;
    }
    let record = movements.iter().filter_map(|movement| movement.record).max();
    queries::read_so_far(tx, id, through, record).await?;
    queries::stand(tx, id, ConnectionStatus::Working, "").await
}

fn incoming((movement, row): (&Movement, i32)) -> Incoming {
    Incoming {
        row,
        at: movement.at,
        precision: movement.precision,
        amount: movement.amount,
        balance_after: movement.balance_after,
        text: domain::text::tidy(&movement.text),
        counter_account: movement.counter_account.clone(),
        counter_name: movement.counter_name.clone(),
        bank_ref: Some(movement.reference.clone()),
        corrected: movement.corrected,
    }
}

/// What a bank said, short and without anything that may be an account or a key.
fn without_numbers(said: &str) -> String {
    let word = |word: &str| match word.chars().filter(char::is_ascii_digit).count() {
        0..=4 => word.to_owned(),
        _ => "…".to_owned(),
    };
    said.split(' ').map(word).collect::<Vec<_>>().join(" ").chars().take(300).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_days_before_are_read_again_and_no_more_than_a_season() {
        let today = date(2026, 11, 23);
        assert_eq!(first_day(None, today), date(2026, 10, 23));
        assert_eq!(first_day(Some(date(2026, 11, 22)), today), date(2026, 11, 20));
        assert_eq!(first_day(Some(today), today), date(2026, 11, 21));
        assert_eq!(first_day(Some(date(2026, 1, 1)), today), date(2026, 8, 23));
    }

    #[test]
    fn what_a_bank_says_keeps_its_numbers_to_itself() {
        assert_eq!(
            without_numbers("162: The account 1105000099 does not exist."),
            "162: The account … does not exist."
        );
    }
}
