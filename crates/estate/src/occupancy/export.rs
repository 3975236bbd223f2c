//! How much of each building is let, as an Excel file.

use base::{
    Result, Tx,
    exports::{Columns, List, Said},
    lists::Window,
};
use domain::{rights::Action, rooms::Occupancy};
use wire::{
    Page,
    occupancy::{OccupancyFilter, PropertyOccupancy},
};

use super::queries;

pub(super) struct Buildings(pub OccupancyFilter);

impl List for Buildings {
    const NAME: &'static str = "occupancy";
    const AUDIT: &'static str = "occupancy.export";
    const RIGHT: Action = Action::ReadEstate;
    type Row = PropertyOccupancy;

    fn columns() -> Columns<PropertyOccupancy> {
        let columns = Columns::new()
            .text("building", 30, |row: &PropertyOccupancy| &row.property.name)
            .text("export-district", 20, |row| &row.property.district)
            .term("status", "property-status", |row| Some(row.property.status.as_str()));
        let columns = OCCUPANCY.into_iter().fold(columns, |columns, (standing, units, area)| {
            columns
                .count(units, move |row| Some(row.figures.of(standing).units))
                .area(area, move |row| Some(row.figures.of(standing).area_m2))
        });
        columns
            .count("export-units", |row| Some(row.figures.total.units))
            .area("export-area", |row| Some(row.figures.total.area_m2))
    }

    async fn said(&self, _: &Tx, said: &mut Said) -> Result<()> {
        said.add("as-of", self.0.as_of.as_ref());
        Ok(())
    }

    async fn page(&self, tx: &Tx, cursor: Option<&str>) -> Result<Page<PropertyOccupancy>> {
        let window = Window::of_export(cursor)?;
        let day = crate::as_of(tx, self.0.as_of)?;
        let buildings = queries::page(tx, day, &window).await?;
        Ok(window.page(buildings, |building| building.property.name.clone()))
    }
}

/// A standing with the headings of its rooms and of its m².
const OCCUPANCY: [(Occupancy, &str, &str); 4] = [
    (Occupancy::Let, "occupancy-let", "export-let-area"),
    (Occupancy::Notice, "occupancy-notice", "export-notice-area"),
    (Occupancy::Listed, "occupancy-listed", "export-listed-area"),
    (Occupancy::Vacant, "occupancy-vacant", "export-vacant-area"),
];
