//! Lottery number and QR of a receipt between the tax office and the tenant: sealed, for a while, then gone
//! (docs/decisions/0001-lottery-numbers.md).

use base::secrets::ServerKey;
use domain::ReceiptId;
use jiff::{SignedDuration, Timestamp};
use providers::receipts::Issued;
use serde::{Deserialize, Serialize};

/// From the first time the tenant's page held them: long enough to look again, or on another telephone.
pub const AFTER_SHOWN: SignedDuration = SignedDuration::from_hours(24);
/// When the tenant never looked.
pub const UNSEEN: SignedDuration = SignedDuration::from_hours(30 * 24);

/// What is sealed. It has no `Debug`, so that no log can hold it.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Numbers {
    pub lottery: Option<String>,
    pub qr_data: Option<String>,
}

/// Whether they may still be shown, also when the clockwork that clears them is late.
pub fn may_be_shown(sent_at: Option<Timestamp>, shown_at: Option<Timestamp>, now: Timestamp) -> bool {
    let within = |since: Timestamp, time: SignedDuration| now.duration_since(since) < time;
    shown_at.is_none_or(|shown| within(shown, AFTER_SHOWN)) && sent_at.is_some_and(|sent| within(sent, UNSEEN))
}

/// Sealed for this receipt's row; `None` when there is nothing to show.
pub fn seal(key: &ServerKey, receipt: ReceiptId, issued: &Issued) -> Option<Vec<u8>> {
    let reveal = |once: &providers::receipts::ShownOnce| once.reveal().to_owned();
    let numbers =
        Numbers { lottery: issued.lottery.as_ref().map(reveal), qr_data: issued.qr_data.as_ref().map(reveal) };
    put(key, receipt, &numbers)
}

fn put(key: &ServerKey, receipt: ReceiptId, numbers: &Numbers) -> Option<Vec<u8>> {
    if numbers.lottery.is_none() && numbers.qr_data.is_none() {
        return None;
    }
    let plain = serde_json::to_vec(numbers).expect("two texts are plain data");
    Some(key.seal(&place(receipt), &plain))
}

/// A receipt in another's place has no lottery number of its own: the one before stays good, and is shown on.
pub fn carry_over(
    key: &ServerKey,
    from: ReceiptId,
    sealed: Option<&[u8]>,
    to: ReceiptId,
    issued: &Issued,
) -> Option<Vec<u8>> {
    let before = sealed.and_then(|sealed| open(key, from, sealed).ok()).and_then(|numbers| numbers.lottery);
    let lottery = issued.lottery.as_ref().map(|once| once.reveal().to_owned()).or(before);
    let qr_data = issued.qr_data.as_ref().map(|once| once.reveal().to_owned());
    put(key, to, &Numbers { lottery, qr_data })
}

pub fn open(key: &ServerKey, receipt: ReceiptId, sealed: &[u8]) -> Result<Numbers, String> {
    let plain = key.open(&place(receipt), sealed).map_err(|error| format!("receipt {receipt}: {error}"))?;
    serde_json::from_slice(&plain).map_err(|_| format!("receipt {receipt}: what was sealed is not what we seal"))
}

fn place(receipt: ReceiptId) -> String {
    format!("receipts/{receipt}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_shown_for_a_day_after_the_first_look_and_a_month_at_most() {
        let sent: Timestamp = "2026-10-01T00:00:00Z".parse().unwrap();
        let after = |hours: i64| sent + SignedDuration::from_hours(hours);
        assert!(may_be_shown(Some(sent), None, after(29 * 24)));
        assert!(!may_be_shown(Some(sent), None, after(30 * 24)));
        assert!(may_be_shown(Some(sent), Some(after(2)), after(25)));
        assert!(!may_be_shown(Some(sent), Some(after(2)), after(26)));
        assert!(!may_be_shown(Some(sent), Some(after(719)), after(720)), "a late look gives no more time");
        assert!(!may_be_shown(None, None, sent));
    }
}
