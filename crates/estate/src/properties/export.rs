//! The list of buildings as an Excel file.

use base::{
    Result, Tx,
    exports::{Columns, List, Said},
    lists::Window,
};
use domain::rights::Action;
use wire::{Page, properties::PropertyView};

use super::queries;

pub(super) struct Properties;

impl List for Properties {
    const NAME: &'static str = "properties";
    const AUDIT: &'static str = "property.export";
    const RIGHT: Action = Action::ReadEstate;
    type Row = PropertyView;

    fn columns() -> Columns<PropertyView> {
        Columns::new()
            .text("export-property-name", 30, |property: &PropertyView| &property.name)
            .text("export-address", 40, |property| &property.address)
            .text("export-district", 20, |property| &property.district)
            .term("status", "property-status", |property| Some(property.status.as_str()))
            .area("export-total-area", |property| property.total_area_m2)
            .count("export-floor-count", |property| property.floor_count.map(i64::from))
            .count("export-built-year", |property| property.built_year.map(i64::from))
    }

    async fn said(&self, _: &Tx, _: &mut Said) -> Result<()> {
        Ok(())
    }

    async fn page(&self, tx: &Tx, cursor: Option<&str>) -> Result<Page<PropertyView>> {
        let window = Window::of_export(cursor)?;
        let properties = queries::page(tx, &window).await?;
        Ok(window.page(properties, |property| property.name.clone()))
    }
}
