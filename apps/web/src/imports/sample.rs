//! Imports to look at.

use wire::imports::{ImportCounts, ImportError, ImportReport, ImportRow};

use super::{ImportPage, Sheet};

pub fn report(dry_run: bool) -> ImportReport {
    let columns = [("unit", "B"), ("area_m2", "D"), ("tenant", "E"), ("contract", "H"), ("price_per_m2", "K")];
    let error = |column: &str, field: &str, message: &str| ImportError {
        column: Some(column.into()),
        field: field.into(),
        kind: "bad".into(),
        message: message.into(),
    };
    let row = |number, title: &str, errors| ImportRow {
        sheet: "Алтан Плаза".into(),
        row: number,
        status: "error".into(),
        title: title.into(),
        errors,
    };
    ImportReport {
        dry_run,
        columns: [("Алтан Плаза".to_owned(), columns.map(|(field, letter)| (field.into(), letter.into())).into())]
            .into(),
        rows: vec![
            row(
                14,
                "K-403, Ундрах Өргөө ХХК",
                vec![error("K", "price_per_m2", "14-р мөр, K багана: «25 мянга?» гэдэг нь мөнгөн дүн биш.")],
            ),
            row(
                31,
                "K-512",
                vec![
                    error("E", "tenant", "31-р мөр, E багана: түрээслэгчийн нэр хоосон байна."),
                    error("I", "starts_on", "31-р мөр, I багана: «2026.13.01» гэсэн огноо байхгүй."),
                ],
            ),
        ],
        counts: ImportCounts {
            rows: 214,
            ok: 198,
            vacant: 14,
            errors: 2,
            rooms_added: 212,
            tenants_added: 171,
            contracts_added: 184,
            opening_balances_added: 37,
            invoices_added: 0,
            known: 0,
            ..ImportCounts::default()
        },
        remembered: Vec::new(),
        import_id: None,
    }
}

pub fn looked_through() -> ImportPage {
    ImportPage { report: Some(report(true)), ..ImportPage::fresh(Sheet::RentRoll) }
}

pub fn written() -> ImportPage {
    ImportPage { report: Some(report(false)), ..ImportPage::fresh(Sheet::RentRoll) }
}

pub fn fresh() -> ImportPage {
    ImportPage::fresh(Sheet::OpenInvoices)
}
