//! A small line of the last months, drawn on the server.

use maud::{Markup, html};
use rust_decimal::{Decimal, prelude::ToPrimitive};
use wire::readings::MonthUse;

use crate::{fmt, reader::Reader};

const WIDTH: i64 = 72;
const HEIGHT: i64 = 20;

/// The months' consumption as a line, this month's at its end when it is there; its words are for who can't see it.
pub(super) fn spark(reader: &Reader, months: &[MonthUse], now: Option<Decimal>) -> Markup {
    let values: Vec<Decimal> = months.iter().map(|month| month.consumption).chain(now).collect();
    if values.len() < 2 {
        return html! {};
    }
    let top = values.iter().copied().max().unwrap_or_default();
    let last = i64::try_from(values.len() - 1).unwrap_or(1);
    let point = |(place, value): (i64, &Decimal)| {
        let height = Decimal::from(HEIGHT - 4);
        let up = if top.is_zero() { Decimal::ZERO } else { *value / top * height };
        (2 + place * (WIDTH - 4) / last, HEIGHT - 2 - up.round().to_i64().unwrap_or_default())
    };
    let points: Vec<(i64, i64)> = (0..).zip(&values).map(point).collect();
    let line: Vec<String> = points.iter().map(|(x, y)| format!("{x},{y}")).collect();
    let told: Vec<String> = months
        .iter()
        .map(|month| {
            format!("{} {}", fmt::month_short(reader, month.month), fmt::quantity(month.consumption.normalize()))
        })
        .collect();
    let (x, y) = points.last().copied().unwrap_or_default();
    let label = told.join(", ");
    html! {
        svg class="spark" viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } width=(WIDTH) height=(HEIGHT) role="img" aria-label=(label) {
            title { (label) }
            polyline points=(line.join(" ")) fill="none" stroke="currentColor" stroke-width="1.5" stroke-linejoin="round" {}
            circle cx=(x) cy=(y) r="2" fill="currentColor" {}
        }
    }
}
