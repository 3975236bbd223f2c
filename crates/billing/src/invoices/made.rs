//! How a line's amount came about: figures in the table, a sentence for people.

use base::Lang;
use domain::{InvoiceItemId, Money, charges, contract::VatMode, utility};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use words::say;

/// What a line was computed from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "from_what", rename_all = "snake_case")]
pub enum Made {
    /// A contract's charge for its days of the month.
    Terms(charges::Made),
    /// A meter's consumption, a fee of a meter, or a part of a common loss.
    Utility(utility::Made),
    /// Written on the invoice by a person: `quantity × unit_price = share`.
    OneOff {
        quantity: Decimal,
        unit_price: Money,
        /// Before VAT when VAT comes on top.
        share: Money,
        vat_mode: VatMode,
        amount: Money,
    },
    /// Brought along from another system.
    Imported { amount: Money },
    /// Taken off a line of an issued bill: of `held`, which earlier corrections left, this much.
    Corrected {
        item: InvoiceItemId,
        /// The bill's number.
        code: String,
        held: Money,
        amount: Money,
    },
    /// Days that were billed and not used: `used − billed = amount`.
    Unused { billed: Money, used: Money, amount: Money },
}

impl Made {
    /// The sentence "how it was made" in the reader's language.
    pub fn sentence(&self, lang: Lang) -> String {
        match (self, lang) {
            (Made::Terms(made), Lang::Mn) => made.in_mongolian(),
            (Made::Terms(made), Lang::En) => made.in_english(),
            (Made::Utility(made), Lang::Mn) => made.in_mongolian(),
            (Made::Utility(made), Lang::En) => made.in_english(),
            (Made::OneOff { quantity, unit_price, share, vat_mode, amount }, _) => {
                let key = match vat_mode {
                    VatMode::Included => "made-one-off-vat-included",
                    VatMode::Added => "made-one-off-vat-added",
                    VatMode::Exempt => "made-one-off-no-vat",
                };
                let facts = [
                    ("quantity", quantity.normalize().to_string().into()),
                    ("price", unit_price.to_string().into()),
                    ("share", share.to_string().into()),
                    ("amount", amount.to_string().into()),
                ];
                say(lang, key, &facts).into_owned()
            }
            (Made::Unused { billed, used, amount }, _) => {
                let facts = [
                    ("billed", billed.to_string().into()),
                    ("used", used.to_string().into()),
                    ("amount", amount.to_string().into()),
                ];
                say(lang, "made-unused", &facts).into_owned()
            }
            (Made::Corrected { code, held, amount, .. }, _) => {
                let facts = [
                    ("code", code.as_str().into()),
                    ("held", held.to_string().into()),
                    ("amount", amount.to_string().into()),
                ];
                say(lang, "made-corrected", &facts).into_owned()
            }
            (Made::Imported { amount }, _) => {
                say(lang, "made-imported", &[("amount", amount.to_string().into())]).into_owned()
            }
        }
    }

    /// As the table keeps it.
    pub fn to_column(&self) -> Value {
        serde_json::to_value(self).expect("figures are plain data")
    }

    /// The line of the bill that a correction's line takes off, as far as it names one.
    pub fn corrected_item(column: Value) -> Option<InvoiceItemId> {
        match serde_json::from_value(column) {
            Ok(Made::Corrected { item, .. }) => Some(item),
            _ => None,
        }
    }

    /// The sentence for what the table keeps; empty when it was written by a later version.
    pub fn tell(column: Value, lang: Lang) -> String {
        serde_json::from_value::<Made>(column).map(|made| made.sentence(lang)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_line_tells_how_it_was_made_after_a_stay_in_the_table() {
        let terms = Made::Terms(charges::Made {
            from: date(2026, 11, 14),
            to: date(2026, 11, 30),
            days_used: 17,
            days_in_month: 30,
            scheduled: false,
            off: None,
            area_m2: Some(Decimal::new(1245, 1)),
            unit_price: Money::from_tugrug(15_000),
            share: Money::from_tugrug(1_058_250),
            evened: Money::ZERO,
            vat_mode: VatMode::Included,
            amount: Money::from_tugrug(1_058_250),
        });
        let by_hand = Made::OneOff {
            quantity: Decimal::new(2, 0),
            unit_price: Money::from_tugrug(15_000),
            share: Money::from_tugrug(30_000),
            vat_mode: VatMode::Added,
            amount: Money::from_tugrug(33_000),
        };
        let unused = Made::Unused {
            billed: Money::from_tugrug(300_000),
            used: Money::from_tugrug(150_000),
            amount: Money::from_tugrug(-150_000),
        };
        let Made::Terms(rent) = terms.clone() else { unreachable!("made above") };
        let off =
            charges::TakenOff { off: charges::Off::Percent { percent_bp: 750 }, rent: rent.share, days_of_rent: 17 };
        let discount = Made::Terms(charges::Made { off: Some(off), area_m2: None, ..rent });
        let corrected = Made::Corrected {
            item: InvoiceItemId::new(),
            code: "INV-2026-000001".into(),
            held: Money::from_tugrug(300_000),
            amount: Money::from_tugrug(-150_000),
        };
        for made in [
            terms.clone(),
            discount,
            by_hand.clone(),
            corrected,
            unused,
            Made::Imported { amount: Money::from_tugrug(5) },
        ] {
            assert_eq!(serde_json::from_value::<Made>(made.to_column()).ok(), Some(made.clone()));
            for lang in Lang::ALL {
                assert!(!Made::tell(made.to_column(), lang).contains(['⟦', '{']), "{}", made.sentence(lang));
            }
        }
        assert!(terms.sentence(Lang::Mn).starts_with("124.5 м² × 15\u{a0}000 ₮ × 17/30 хоног"));
        assert_eq!(by_hand.sentence(Lang::En), "2 × 15\u{a0}000 ₮ = 30\u{a0}000 ₮; + VAT 10 % = 33\u{a0}000 ₮");
    }
}
