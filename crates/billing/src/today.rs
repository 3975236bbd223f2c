//! How the owner stands today: each figure is the sum of the list it names.

use base::{Actor, App, Error, Json, Refusals, Result, Slice, Tx, params};
use domain::{Money, Month, rights::Action};
use jiff::ToSpan;
use tokio_postgres::Row;
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::today::{MonthBar, TodayView};

use crate::payments::first_moment;

pub fn slice() -> Slice {
    Slice::new("today").routes(OpenApiRouter::<App>::new().routes(routes!(get)))
}

/// How the owner stands today.
#[utoipa::path(get, path = "/v2/today", operation_id = "getToday", tag = "today",
    responses((status = 200, body = TodayView), Refusals))]
async fn get(actor: Actor) -> Result<Json<TodayView>> {
    actor.transact(async |tx| find(tx).await).await.map(Json)
}

/// The figures of the first page, in one wait.
pub async fn find(tx: &Tx) -> Result<TodayView> {
    tx.allow(Action::ReadReports)?;
    let today = tx.clock().today();
    let month = Month::of(today);
    let (start, end) = (first_moment(month.first_day())?, first_moment(month.next().first_day())?);
    let start_of_last = first_moment(month.previous().first_day())?;

    let bills = tx
        .ahead(
            "select coalesce(sum(total) filter (where period = $1), 0)::bigint as billed,
                    count(*) filter (where period = $1) as billed_count,
                    coalesce(sum(total) filter (where period = $2), 0)::bigint as billed_last_month
               from invoices
              where owner_id = (select app_owner_id()) and period in ($1, $2) and status not in ('draft', 'void')",
            params![month, month.previous()],
        )
        .await?;
    let owed = tx
        .ahead(
            "select coalesce(sum(total - paid_amount), 0)::bigint as receivable, count(*) as receivable_count,
                    coalesce(sum(total - paid_amount) filter (where due_on < $1), 0)::bigint as overdue,
                    count(*) filter (where due_on < $1) as overdue_count
               from invoices
              where owner_id = (select app_owner_id()) and status in ('issued', 'partially_paid', 'overdue')",
            params![today],
        )
        .await?;
    let money = tx
        .ahead(
            "select coalesce(sum(amount) filter (where paid_at >= $2), 0)::bigint as collected,
                    count(*) filter (where paid_at >= $2) as collected_count,
                    coalesce(sum(amount) filter (where paid_at < $2), 0)::bigint as collected_last_month
               from payments
              where owner_id = (select app_owner_id()) and paid_at >= $1 and paid_at < $3",
            params![start_of_last, start, end],
        )
        .await?;
    let rooms = tx
        .ahead(
            "select count(*) as units_total, count(contract_id) as units_let, count(*) filter (where occupancy = 'notice') as units_notice,
                    coalesce(sum(area_m2), 0) as area_total_m2,
                    coalesce(sum(area_m2) filter (where contract_id is not null), 0) as area_let_m2
               from rooms_on($1)",
            params![today],
        )
        .await?;
    let ending = tx
        .ahead(
            "select count(*) filter (where ends_on_or_never <= $2) as ending_30, count(*) filter (where ends_on_or_never <= $3) as ending_60,
                    count(*) as ending_90
               from contracts
              where owner_id = (select app_owner_id()) and status in ('active', 'grace_period') and ends_on_or_never between $1 and $4",
            params![today, today.saturating_add(30.days()), today.saturating_add(60.days()), today.saturating_add(90.days())],
        )
        .await?;
    let dead = tx
        .ahead(
            "select count(*) as promises_dead from outbox
              where owner_id = (select app_owner_id()) and status = 'dead'",
            params![],
        )
        .await?;
    let chart = tx
        .last()
        .all(
            "select m.month::date as month, coalesce(b.billed, 0)::bigint as billed, coalesce(c.collected, 0)::bigint as collected
               from generate_series($1::date, $2::date, interval '1 month') as m (month)
               left join (select period, sum(total) as billed
                            from invoices
                           where owner_id = (select app_owner_id()) and period between $1 and $2
                             and status not in ('draft', 'void')
                           group by period) b on b.period = m.month
               left join (select date_trunc('month', paid_at at time zone 'Asia/Ulaanbaatar') as month, sum(amount) as collected
                            from payments
                           where owner_id = (select app_owner_id()) and paid_at >= $3 and paid_at < $4
                           group by 1) c on c.month = m.month
              order by m.month",
            &[
                &eleven_before(month),
                &month,
                &first_moment(eleven_before(month).first_day())?,
                &end,
            ],
        )
        .await?;

    let (bills, owed, money) = (only(bills)?, only(owed)?, only(money)?);
    let (rooms, ending, dead) = (only(rooms)?, only(ending)?, only(dead)?);
    Ok(TodayView {
        today,
        month,
        billed: bills.get("billed"),
        billed_count: bills.get("billed_count"),
        billed_last_month: bills.get("billed_last_month"),
        collected: money.get("collected"),
        collected_count: money.get("collected_count"),
        collected_last_month: money.get("collected_last_month"),
        receivable: owed.get("receivable"),
        receivable_count: owed.get("receivable_count"),
        overdue: owed.get("overdue"),
        overdue_count: owed.get("overdue_count"),
        units_let: rooms.get("units_let"),
        units_notice: rooms.get("units_notice"),
        units_total: rooms.get("units_total"),
        area_let_m2: rooms.get("area_let_m2"),
        area_total_m2: rooms.get("area_total_m2"),
        ending_30: ending.get("ending_30"),
        ending_60: ending.get("ending_60"),
        ending_90: ending.get("ending_90"),
        promises_dead: dead.get("promises_dead"),
        chart: chart.iter().map(bar).collect(),
    })
}

/// The row of a question that always has exactly one.
fn only(asked: base::tx::Ahead) -> Result<Row> {
    asked.rows()?.into_iter().next().ok_or_else(|| Error::Internal("a sum always has a row".into()))
}

/// The first month of a year that ends with this one.
fn eleven_before(month: Month) -> Month {
    (0..11).fold(month, |month, _| month.previous())
}

fn bar(row: &Row) -> MonthBar {
    let (billed, collected): (Money, Money) = (row.get("billed"), row.get("collected"));
    MonthBar { month: row.get("month"), billed, collected }
}
