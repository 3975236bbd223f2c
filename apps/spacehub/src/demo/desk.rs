//! What the demo shows of the accountant's desk: a view that is shared, and a bill that will hardly be paid.

use domain::{Money, list_view::InvoiceColumn};
use wire::{invoices::InvoiceFilter, list_views::NewInvoiceListView, write_offs::NewWriteOff};

use super::{Failure, World};

/// A colleague's view of the list, and a write-off that waits for the director.
pub async fn kept(world: &World) -> Result<(), Failure> {
    let accountant = world.signed_in("accountant@altan.example").await?;
    let large = InvoiceFilter {
        overdue: Some(true),
        min_total: Some(Money::from_tugrug(1_000_000)),
        ..InvoiceFilter::default()
    };
    use InvoiceColumn::*;
    let columns = vec![Code, Tenant, Units, DueOn, DaysLate, Balance, Penalty, Reminded];
    let view = NewInvoiceListView { name: "Том өртэй".into(), filter: large, columns, shared: true };
    accountant.make_invoice_view(&view).await?;

    let late = InvoiceFilter { overdue: Some(true), limit: Some(100), ..InvoiceFilter::default() };
    let rows = accountant.invoices(&late).await?.items;
    if let Some(oldest) = rows.iter().min_by_key(|row| (row.due_on, row.id)) {
        let part = Money::from_mungo(oldest.balance.mungo().max(200) / 200 * 100);
        let ask = NewWriteOff {
            amount: Some(part), reason: "Түрээслэгч хаягаа өөрчилсөн, холбогдох боломжгүй".into()
        };
        accountant.ask_write_off(oldest.id, &ask, &format!("demo-write-off-{}", oldest.id)).await?;
    }
    Ok(())
}
