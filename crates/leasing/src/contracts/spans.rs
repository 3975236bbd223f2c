//! The days for which a contract holds a room, and what becomes of them when the contract's own days change.

use domain::{ContractRoomId, RoomId};
use jiff::civil::Date;

/// Days from the first to the last, both included; without a last one for good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    pub from: Date,
    pub to: Option<Date>,
}

impl Span {
    pub fn is_forward(self) -> bool {
        self.to.is_none_or(|to| to >= self.from)
    }

    pub fn lies_in(self, whole: Span) -> bool {
        let ends_in_time = whole.to.is_none_or(|end| self.to.is_some_and(|to| to <= end));
        self.from >= whole.from && ends_in_time
    }

    fn overlaps(self, other: Span) -> bool {
        self.to.is_none_or(|to| other.from <= to) && other.to.is_none_or(|to| self.from <= to)
    }
}

/// A room held by a contract; without a span it is no longer held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    pub id: ContractRoomId,
    pub room: RoomId,
    pub span: Option<Span>,
}

impl Held {
    pub fn overlaps(&self, other: &Held) -> bool {
        self.span.zip(other.span).is_some_and(|(mine, theirs)| mine.overlaps(theirs))
    }

    /// The room after the contract's days changed: an end that was the contract's goes with it, one of its own stays as
    /// far as the contract reaches.
    pub fn moved(&self, old: Span, new: Span) -> Held {
        let span = self.span.map(|span| Span {
            from: if span.from == old.from { new.from } else { span.from.max(new.from) },
            to: if span.to == old.to { new.to } else { span.to.into_iter().chain(new.to).min() },
        });
        Held { span: span.filter(|span| span.is_forward()), ..*self }
    }

    /// The room when the contract's end moves from `old` to `new`: one that was held to the end, or through the days of
    /// grace after it, is held to the new one; an earlier end of its own stays.
    pub fn reaching(&self, old: Date, new: Option<Date>) -> Held {
        let span = self.span.map(|span| match span.to {
            Some(to) if to < old => span,
            _ => Span { to: new, ..span },
        });
        Held { span, ..*self }
    }

    /// The room when the contract's last day is `on`.
    pub fn cut(&self, on: Date) -> Held {
        let span = self.span.map(|span| Span { to: Some(span.to.map_or(on, |to| to.min(on))), ..span });
        Held { span: span.filter(|span| span.is_forward()), ..*self }
    }

    pub fn dropped(&self) -> Held {
        Held { span: None, ..*self }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn span(from: (i8, i8), to: Option<(i8, i8)>) -> Span {
        Span { from: date(2026, from.0, from.1), to: to.map(|(month, day)| date(2026, month, day)) }
    }

    fn held(span: Span) -> Held {
        Held { id: ContractRoomId::new(), room: RoomId::new(), span: Some(span) }
    }

    #[test]
    fn a_room_goes_with_the_contract_unless_its_days_are_its_own() {
        let (old, new) = (span((1, 1), Some((6, 30))), span((1, 1), Some((12, 31))));
        assert_eq!(held(old).moved(old, new).span, Some(new));
        let own = span((2, 1), Some((3, 31)));
        assert_eq!(held(own).moved(old, new).span, Some(own));
        assert_eq!(held(old).moved(old, span((1, 1), None)).span, Some(span((1, 1), None)));
        let shorter = span((1, 1), Some((2, 28)));
        assert_eq!(held(own).moved(old, shorter).span, Some(span((2, 1), Some((2, 28)))));
        assert_eq!(held(span((4, 1), Some((5, 1)))).moved(old, shorter).span, None);
        assert_eq!(held(old).moved(old, span((3, 1), Some((6, 30)))).span, Some(span((3, 1), Some((6, 30)))));
    }

    #[test]
    fn a_room_held_to_the_end_is_held_to_the_later_one() {
        let (end, later) = (date(2026, 6, 30), Some(date(2026, 12, 31)));
        let reaching = |to: Option<(i8, i8)>| held(span((1, 1), to)).reaching(end, later).span.expect("it is held").to;
        assert_eq!((reaching(Some((6, 30))), reaching(Some((7, 5)))), (later, later), "in its days of grace too");
        assert_eq!(reaching(Some((3, 31))), Some(date(2026, 3, 31)));
        assert_eq!(held(span((1, 1), Some((6, 30)))).reaching(end, None).span, Some(span((1, 1), None)));
    }

    #[test]
    fn a_cut_room_is_held_to_the_last_day_and_no_longer() {
        assert_eq!(held(span((1, 1), None)).cut(date(2026, 1, 1)).span, Some(span((1, 1), Some((1, 1)))));
        assert_eq!(held(span((1, 1), Some((2, 1)))).cut(date(2026, 3, 1)).span, Some(span((1, 1), Some((2, 1)))));
        assert_eq!(held(span((1, 2), None)).cut(date(2026, 1, 1)).span, None);
    }

    #[test]
    fn spans_touch_without_overlapping() {
        assert!(!held(span((1, 1), Some((1, 31)))).overlaps(&held(span((2, 1), None))));
        assert!(held(span((1, 1), Some((2, 1)))).overlaps(&held(span((2, 1), None))));
        assert!(span((1, 1), Some((2, 1))).lies_in(span((1, 1), None)));
        assert!(!span((1, 1), None).lies_in(span((1, 1), Some((2, 1)))));
    }
}
