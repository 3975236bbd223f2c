//! How a penalty was made: figures in the table, a sentence for people.

use base::Lang;
use domain::{
    Money,
    penalty::{Clause, Penalty, Stretch},
};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use words::say;

/// So many stretches are told one by one.
const TOLD: usize = 4;

/// What a line of penalty was computed from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PenaltyMade {
    /// The late bill.
    pub invoice: String,
    pub rate_bp: i32,
    pub stretches: Vec<Stretch>,
    /// The whole of it as of the day.
    pub computed: Money,
    pub ceiling: Money,
    pub is_capped: bool,
    /// Charged or waived before.
    pub before: Money,
    pub amount: Money,
}

impl PenaltyMade {
    pub(super) fn new(invoice: &str, clause: &Clause, penalty: Penalty, before: Money, amount: Money) -> PenaltyMade {
        PenaltyMade {
            invoice: invoice.to_owned(),
            rate_bp: clause.rate_bp,
            is_capped: penalty.is_capped(),
            computed: penalty.amount,
            ceiling: penalty.ceiling,
            stretches: penalty.stretches,
            before,
            amount,
        }
    }

    /// `INV-2026-000123: 1 000 000 ₮ × 10 хоног × 0.5 % = 50 000 ₮`, with what was decided before and the law's ceiling.
    pub fn sentence(&self, lang: Lang) -> String {
        let rate = Decimal::new(i64::from(self.rate_bp), 2).normalize().to_string();
        let stretch = |stretch: &Stretch| {
            let facts = [
                ("base", stretch.base.to_string().into()),
                ("days", stretch.days.into()),
                ("rate", rate.clone().into()),
            ];
            say(lang, "arrears-made-stretch", &facts).into_owned()
        };
        let mut stretches: Vec<String> = self.stretches.iter().take(TOLD).map(stretch).collect();
        if self.stretches.len() > TOLD {
            stretches.push("…".to_owned());
        }
        let facts = [
            ("invoice", self.invoice.clone().into()),
            ("stretches", stretches.join(" + ").into()),
            ("computed", self.computed.to_string().into()),
        ];
        let mut told = say(lang, "arrears-made", &facts).into_owned();
        if self.is_capped {
            told += &say(lang, "arrears-made-capped", &[("ceiling", self.ceiling.to_string().into())]);
        }
        if self.before.is_positive() {
            let facts = [("before", self.before.to_string().into()), ("amount", self.amount.to_string().into())];
            told += &say(lang, "arrears-made-before", &facts);
        }
        told
    }
}
