//! The numbers of invoices: one series for each owner and year, without gaps.

use base::{Result, Tx, params};

/// `INV-2026-000123`.
pub(crate) fn code(year: i16, number: i64) -> String {
    format!("INV-{year:04}-{number:06}")
}

/// The year and the number of a code of ours; `None` for one that another system gave.
pub(crate) fn number_of(code: &str) -> Option<(i16, i64)> {
    let (year, number) = code.strip_prefix("INV-")?.split_once('-')?;
    let plain = |digits: &str| digits.bytes().all(|b| b.is_ascii_digit());
    if year.len() != 4 || !(6..=15).contains(&number.len()) || !plain(year) || !plain(number) {
        return None;
    }
    Some((year.parse().ok()?, number.parse().ok()?))
}

/// Lets the series of a year go on after `number`, which came with an import, without waiting.
pub(crate) async fn take_past(tx: &Tx, year: i16, number: i64) -> Result<()> {
    tx.later(
        "insert into number_sequences as n (id, series, year, next) values (gen_random_uuid(), 'invoice', $1, $2)
         on conflict (owner_id, series, year) do update set next = greatest(n.next, excluded.next)",
        params![i32::from(year), number + 1],
    )
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_of_ours_gives_its_number_back() {
        assert_eq!(code(2026, 123), "INV-2026-000123");
        assert_eq!(code(2026, 1_234_567), "INV-2026-1234567");
        assert_eq!(number_of("INV-2026-000123"), Some((2026, 123)));
        assert_eq!(number_of("INV-2026-1234567"), Some((2026, 1_234_567)));
        for foreign in ["INV-2026-123", "2026-000123", "INV-26-000123", "INV-2026-00012A", "INV-2026-+00123", ""] {
            assert_eq!(number_of(foreign), None, "{foreign}");
        }
    }
}
