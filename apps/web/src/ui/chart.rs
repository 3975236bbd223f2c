//! Charts: bars drawn on the server, as HTML columns with an SVG each, so that they shrink without shrinking the words.

use domain::{Money, Month};
use maud::{Markup, html};

use crate::{fmt, reader::Reader};

/// A month's column: what was billed, and what of it came in. It leads to the month's invoices.
#[derive(Debug, Clone)]
pub struct MonthBar {
    pub month: Month,
    pub billed: Money,
    pub collected: Money,
    pub href: String,
}

/// Billed against collected, month by month; the same figures stand in a table below for whoever can't see bars.
pub fn billed_and_collected(reader: &Reader, title: &str, bars: &[MonthBar]) -> Markup {
    let top = scale(bars.iter().map(|bar| bar.billed.mungo().max(bar.collected.mungo())).max().unwrap_or_default());
    let (billed, collected) = (reader.say("chart-billed"), reader.say("chart-collected"));
    html! {
        figure class="graph" {
            figcaption class="chart-head" {
                span class="chart-title" { (title) }
                span class="chart-key" data-series="collected" { (collected) }
                span class="chart-key" data-series="billed" { (billed) }
            }
            div class="chart-body" {
                div class="chart-scale" aria-hidden="true" {
                    @for half in [2, 1, 0] { span { (fmt::compact(reader, Money::from_mungo(top / 2 * half))) } }
                }
                ol class="chart-columns" {
                    @for bar in bars { (column(reader, bar, top, &billed, &collected)) }
                }
            }
            details class="chart-table" {
                summary { (reader.say("chart-as-table")) }
                table class="table" {
                    thead { tr {
                        th scope="col" { (reader.say("month")) }
                        th scope="col" class="number" { (billed) }
                        th scope="col" class="number" { (collected) }
                    } }
                    tbody {
                        @for bar in bars {
                            tr {
                                td { (fmt::month(reader, bar.month)) }
                                td class="number" { (fmt::money(bar.billed)) }
                                td class="number" { (fmt::money(bar.collected)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn column(reader: &Reader, bar: &MonthBar, top: i64, billed: &str, collected: &str) -> Markup {
    let words = format!(
        "{}: {billed} {}, {collected} {}",
        fmt::month(reader, bar.month),
        fmt::money_text(bar.billed),
        fmt::money_text(bar.collected)
    );
    let height = |amount: Money| height(amount.mungo(), top);
    html! {
        li class="chart-column" {
            a href=(bar.href) title=(words) {
                svg class="chart-bar" viewBox="0 0 10 1000" preserveAspectRatio="none" aria-hidden="true" {
                    rect class="bar-billed" x="0" width="10" y=(1000 - height(bar.billed)) height=(height(bar.billed)) {}
                    rect class="bar-collected" x="0" width="10" y=(1000 - height(bar.collected)) height=(height(bar.collected)) {}
                }
                span class="chart-label" { (fmt::month_short(reader, bar.month)) span class="sr-only" { " " (words) } }
            }
        }
    }
}

/// Thousandths of the column, at least a sliver for what is there at all.
fn height(mungo: i64, top: i64) -> i64 {
    if mungo <= 0 {
        return 0;
    }
    let thousandths = i128::from(mungo) * 1000 / i128::from(top);
    i64::try_from(thousandths).unwrap_or(1000).clamp(4, 1000)
}

/// The next amount the greatest bar fits under whose half is round too.
fn scale(greatest: i64) -> i64 {
    let mut step: i64 = 100;
    loop {
        for factor in [10, 12, 16, 20, 24, 30, 40, 60, 80] {
            let Some(top) = step.checked_mul(factor) else { return i64::MAX };
            if top >= greatest {
                return top;
            }
        }
        let Some(next) = step.checked_mul(10) else { return i64::MAX };
        step = next;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scale_is_round_and_nothing_grows_over_it() {
        assert_eq!(scale(0), 1000);
        assert_eq!(scale(12_345_600), 16_000_000);
        assert_eq!(scale(40_000_001), 60_000_000);
        assert_eq!(scale(i64::MAX), i64::MAX);
        assert_eq!((height(0, 100), height(1, 1_000_000), height(100, 100), height(-5, 100)), (0, 4, 1000, 0));
        assert_eq!(height(i64::MAX, i64::MAX), 1000);
    }
}
