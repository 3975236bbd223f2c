//! The rises to come as an Excel file.

use base::{
    Result, Tx,
    exports::{Columns, List, Said},
    lists::Window,
};
use domain::rights::Action;
use rust_decimal::Decimal;
use wire::{
    Page,
    increases::{ComingIncrease, ComingIncreaseFilter},
};

use super::{Place, coming};

pub(super) struct ComingIncreases(pub ComingIncreaseFilter);

impl List for ComingIncreases {
    const NAME: &'static str = "increases";
    const AUDIT: &'static str = "contract_increase.export";
    const RIGHT: Action = Action::ReadContractHistory;
    type Row = ComingIncrease;

    fn columns() -> Columns<ComingIncrease> {
        Columns::new()
            .text("contract", 18, |rise: &ComingIncrease| &rise.contract_code)
            .text("tenant", 36, |rise| &rise.tenant_name)
            .text("space", 18, |rise| &rise.units)
            .text("charge", 24, |rise| &rise.name)
            .term("increase-rule", "increase-kind", |rise| Some(rise.kind.as_str()))
            .made("export-increase-percent", 10, |rise, _| rise.percent_bp.map_or_else(String::new, percent))
            .price_if("increase-amount", |rise| rise.amount)
            .day("increase-from", |rise| Some(rise.on))
            .price("export-price-before", |rise| rise.old_price)
            .price_if("export-price-after", |rise| rise.new_price)
    }

    async fn said(&self, _: &Tx, said: &mut Said) -> Result<()> {
        said.add("export-from", Some(self.0.from)).add("export-until", Some(self.0.to));
        Ok(())
    }

    async fn page(&self, tx: &Tx, cursor: Option<&str>) -> Result<Page<ComingIncrease>> {
        let window = Window::of_export(cursor)?;
        let rises = coming(tx, &self.0, &window).await?;
        Ok(window.page(rises, |rise| Place { on: rise.on, id: rise.id }))
    }
}

/// Basis points as per cent: 550 → `5.5 %`.
fn percent(points: i32) -> String {
    format!("{} %", Decimal::new(points.into(), 2).normalize())
}
