//! The vacancies of a day as an Excel file.

use base::{
    Result, Tx,
    exports::{Columns, List, Said},
    lists::Window,
};
use domain::rights::Action;
use wire::{
    Page,
    vacancies::{Neighbouring, VacancyFilter, VacancyRow, VacancySort},
};
use words::say;

use super::queries;

pub(super) struct Vacancies(pub VacancyFilter);

impl List for Vacancies {
    const NAME: &'static str = "vacancies";
    const AUDIT: &'static str = "vacancy.export";
    const RIGHT: Action = Action::ReadEstate;
    type Row = VacancyRow;

    fn columns() -> Columns<VacancyRow> {
        let name = |side: &Option<Neighbouring>| side.as_ref().map(|side| side.tenant_name.clone()).unwrap_or_default();
        Columns::new()
            .text("unit-no", 12, |vacancy: &VacancyRow| &vacancy.unit_no)
            .text("building", 24, |vacancy| &vacancy.property_name)
            .count("floor", |vacancy| vacancy.floor_number.map(i64::from))
            .term("export-kind", "room-kind", |vacancy| Some(vacancy.kind.as_str()))
            .made("export-listed", 12, |vacancy, lang| {
                say(lang, if vacancy.listed { "export-yes" } else { "export-no" }, &[]).into_owned()
            })
            .area("export-area", |vacancy| Some(vacancy.area_m2))
            .count("days-vacant", |vacancy| Some(vacancy.days_vacant.into()))
            .day("vacant-since", |vacancy| Some(vacancy.vacant_since))
            .made("vacant-after", 36, move |vacancy, _| name(&vacancy.last))
            .made("vacant-until", 36, move |vacancy, _| name(&vacancy.next))
            .day("export-next-from", |vacancy| vacancy.next.as_ref().map(|next| next.on))
            .term("export-price-mode", "price-mode", |vacancy| Some(vacancy.price_mode.as_str()))
            .price("asking-price", |vacancy| vacancy.base_rent)
            .sum("lost-a-month", |vacancy| vacancy.lost_a_month)
    }

    async fn said(&self, tx: &Tx, said: &mut Said) -> Result<()> {
        let filter = &self.0;
        let lang = tx.actor().lang;
        let longer = filter.min_days.map(|days| say(lang, "vacancies-longer", &[("days", days.into())]).into_owned());
        said.add("export-search", filter.q.as_ref())
            .term("export-kind", "room-kind", filter.kind.map(|kind| kind.as_str()))
            .add("as-of", filter.as_of.as_ref())
            .add("days-vacant", longer)
            .either(filter.listed, "listed-yes", "listed-no")
            .named(tx, "building", "select name from properties where id = $1", filter.property_id)
            .await?;
        if let Some((by, down)) = filter.sort.and_then(order) {
            let down = if down { format!(", {}", say(lang, "export-sort-down", &[])) } else { String::new() };
            said.add("export-sort", Some(format!("{}{down}", say(lang, by, &[]))));
        }
        Ok(())
    }

    async fn page(&self, tx: &Tx, cursor: Option<&str>) -> Result<Page<VacancyRow>> {
        let window = Window::of_export(cursor)?;
        let day = crate::as_of(tx, self.0.as_of)?;
        let rows = queries::page(tx, &self.0, day, &window).await?;
        let page = window.page(rows, |(_, place)| place.clone());
        let items = page.items.into_iter().map(|(row, _)| row).collect();
        Ok(Page { items, next_cursor: page.next_cursor })
    }
}

/// An order in words, and whether from the end; building by building needs none.
fn order(sort: VacancySort) -> Option<(&'static str, bool)> {
    Some(match sort {
        VacancySort::Unit => return None,
        VacancySort::Days => ("days-vacant", false),
        VacancySort::DaysDown => ("days-vacant", true),
        VacancySort::Lost => ("lost-a-month", false),
        VacancySort::LostDown => ("lost-a-month", true),
        VacancySort::Area => ("export-area", false),
        VacancySort::AreaDown => ("export-area", true),
    })
}
