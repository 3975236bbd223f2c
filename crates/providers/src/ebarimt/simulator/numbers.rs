//! The numbers a daemon gives out: receipt numbers in their likely structure, lottery numbers, QR digits.

use jiff::civil::Date;

/// The daemon's running number of the day, shared by receipts and their parts.
#[derive(Default)]
pub(super) struct Counter {
    day: Option<Date>,
    next: u32,
}

impl Counter {
    /// TIN (12) + branch (3) + day (5) + running number (5) + operator's till (8) = 33 digits.
    pub(super) fn next(&mut self, tin: &str, branch_no: &str, day: Date, pos_no: &str) -> String {
        if self.day != Some(day) {
            (self.day, self.next) = (Some(day), 0);
        }
        let running = self.next;
        self.next += 1;
        // How a person's TIN of more than 12 digits is fitted in is not known; its end tells people apart better.
        let tin = &tin[tin.len().saturating_sub(12)..];
        format!("{tin:0>12}{branch_no:0>3}{:05}{:05}{pos_no}", day_number(day), running % 100_000)
    }
}

/// Years since 2000 of 365 days each, and the day of this year; the authority does not count leap days.
fn day_number(day: Date) -> i32 {
    (i32::from(day.year()) - 2000) * 365 + i32::from(day.day_of_year())
}

/// Two letters, a blank, eight digits.
pub(super) fn lottery() -> String {
    let [first, second] = random();
    let letter = |byte: u8| char::from(b'A' + byte % 26);
    format!("{}{} {}", letter(first), letter(second), digits(8))
}

pub(super) fn digits(count: usize) -> String {
    (0..count).map(|_| char::from(b'0' + random::<1>()[0] % 10)).collect()
}

fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the system has randomness");
    bytes
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn numbers_look_like_the_recorded_ones() {
        let mut counter = Counter::default();
        let mut next = |day, pos_no| counter.next("37900846788", "001", day, pos_no);
        assert_eq!(next(date(2026, 2, 12), "10012619"), "037900846788001095330000010012619");
        assert_eq!(next(date(2026, 2, 12), "10012619"), "037900846788001095330000110012619");
        assert_eq!(next(date(2026, 5, 9), "10005299"), "037900846788001096190000010005299");
        assert_eq!(
            counter.next("30101065006", "000", date(2024, 11, 4), "10005595").get(..20),
            Some("03010106500600009069")
        );
        assert_eq!(counter.next("12345678901234", "1", date(2026, 11, 22), "10005595").len(), 33);
    }

    #[test]
    fn days_are_numbered_as_the_authority_does() {
        let numbers = [date(2026, 11, 22), date(2026, 12, 1), date(2027, 1, 1), date(2024, 12, 31), date(2025, 1, 1)];
        assert_eq!(numbers.map(day_number), [9816, 9825, 9856, 9126, 9126]);
    }
}
