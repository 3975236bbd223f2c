//! Reminders that go out together: shown beforehand with their cost, ordered, followed one by one, the failed again.

use base::{Checks, Conflict, Error, OnConstraint, Promise, Result, Tx, params};
use domain::{
    ContractId, Money, PromiseId, ReminderId, ReminderOrderId,
    reminder::{self, STAGES},
    rights::Action,
};
use serde_json::{Value, json};
use tokio_postgres::Row;
use uuid::Uuid;
use wire::arrears::{
    ReminderOrder, ReminderOrderView, ReminderPassedOver, ReminderPassedOverBecause, ReminderPreview,
    ReminderRecipient, ReminderState, ReminderView,
};

use super::{
    due::{self, Due, Overdue},
    promises,
    settings::{self, Settings},
    texts,
};
use crate::news::ReminderDue;

/// What an order would send, and what it costs; nothing is written.
pub async fn preview(tx: &Tx, order: &ReminderOrder) -> Result<ReminderPreview> {
    tx.allow(Action::EditInvoices)?;
    check(order)?;
    let settings = settings::read(tx).await?;
    let bills = due::overdue(tx, Some(&order.contract_ids)).await?;
    let (due, mut passed_over) = chosen(tx, &bills, order.stage, &settings).await?;
    passed_over.extend(not_overdue(tx, &order.contract_ids, &bills).await?);
    let mut recipients = Vec::with_capacity(due.len());
    for one in &due {
        let text = texts::text(tx.app(), &settings.template(one.stage), &one.of.told(&settings))
            .map_err(|_| Conflict::new("REMINDER_TEXT"))?;
        recipients.push(ReminderRecipient {
            contract_id: one.of.oldest.contract,
            contract_code: one.of.oldest.contract_code.clone(),
            tenant_name: one.of.oldest.tenant_name.clone(),
            phone: one.of.oldest.phone.clone().unwrap_or_default(),
            stage: one.stage,
            amount: one.of.amount,
            days_late: one.of.oldest.days_late,
            invoice_ids: one.anew.iter().map(|(invoice, _)| *invoice).collect(),
            text: text.kept(),
            parts: text.parts(),
        });
    }
    let parts = recipients.iter().map(|one| one.parts).sum();
    Ok(ReminderPreview { recipients, passed_over, parts, cost: reminder::cost(parts, tx.clock().today()) })
}

/// Sends reminders to the tenants of these contracts, as the preview showed.
pub async fn order(tx: &Tx, order: &ReminderOrder) -> Result<ReminderOrderView> {
    tx.allow(Action::EditInvoices)?;
    check(order)?;
    let settings = settings::read(tx).await?;
    let bills = due::overdue(tx, Some(&order.contract_ids)).await?;
    not_overdue(tx, &order.contract_ids, &bills).await?;
    let (due, _) = chosen(tx, &bills, order.stage, &settings).await?;
    if due.is_empty() {
        return Err(Conflict::new("NOBODY_TO_REMIND").into());
    }
    let (id, _) = write(tx, &due, true).await?;
    find(tx, id).await
}

/// What the morning sends by itself, when the owner wants it.
pub async fn daily(tx: &Tx) -> Result<()> {
    let settings = settings::read(tx).await?;
    if !settings.automatic {
        return Ok(());
    }
    let bills = due::overdue(tx, None).await?;
    let (due, _) = chosen(tx, &bills, None, &settings).await?;
    if !due.is_empty() {
        write(tx, &due, false).await?;
    }
    Ok(())
}

/// The order and how far each reminder got.
pub async fn show(tx: &Tx, id: ReminderOrderId) -> Result<ReminderOrderView> {
    tx.allow(Action::ReadReports)?;
    find(tx, id).await
}

/// Sends those again that the gateway refused, and those whose tenant has a telephone by now.
pub async fn retry(tx: &Tx, id: ReminderOrderId) -> Result<ReminderOrderView> {
    tx.allow(Action::EditInvoices)?;
    let sql = "select id from reminder_orders where owner_id = (select app_owner_id()) and id = $1";
    tx.maybe(sql, &[&id]).await?.ok_or(Error::NotFound("reminder-order"))?;
    let rows = tx
        .all(
            "update reminders r set status = 'waiting'
               from sms_messages s
              where r.owner_id = (select app_owner_id()) and r.order_id = $1 and r.status = 'sent'
                and s.owner_id = r.owner_id and s.id = r.sms_id and s.status in ('refused', 'undelivered')
             returning r.id",
            &[&id],
        )
        .await?;
    if rows.is_empty() {
        return Err(Conflict::new("NOTHING_TO_RETRY").into());
    }
    let reminders: Vec<ReminderId> = rows.iter().map(|row| row.get("id")).collect();
    promise(tx, &reminders).await?;
    tx.audit("reminder.retry", id.0, &json!({ "count": reminders.len() })).await?;
    find(tx, id).await
}

/// Sends those of these reminders again that did not reach the gateway or were refused by it, and gives them.
pub(crate) async fn again(tx: &Tx, reminders: &[ReminderId]) -> Result<Vec<ReminderId>> {
    let rows = tx
        .all(
            "update reminders r set status = 'waiting'
               from sms_messages s
              where r.owner_id = (select app_owner_id()) and r.id = any($1) and r.status = 'sent'
                and s.owner_id = r.owner_id and s.id = r.sms_id and s.status in ('refused', 'undelivered', 'new')
             returning r.id",
            &[&reminders],
        )
        .await?;
    let again: Vec<ReminderId> = rows.iter().map(|row| row.get("id")).collect();
    promise(tx, &again).await?;
    Ok(again)
}

fn check(order: &ReminderOrder) -> Result<()> {
    let mut checks = Checks::new();
    checks.that(!order.contract_ids.is_empty(), "contractIds", "required");
    checks.that(order.contract_ids.len() <= 500, "contractIds", "too-many");
    checks.that(order.stage.is_none_or(|stage| (1..=STAGES).contains(&stage)), "stage", "not-a-choice");
    checks.done()
}

/// Who is to be reminded, and who is passed over.
async fn chosen<'a>(
    tx: &Tx,
    bills: &'a [due::Bill],
    stage: Option<i16>,
    settings: &Settings,
) -> Result<(Vec<Due<'a>>, Vec<ReminderPassedOver>)> {
    let overdue = Overdue::of_contracts(bills);
    let contracts: Vec<ContractId> = overdue.iter().map(|one| one.oldest.contract).collect();
    let promised = promises::holding(tx, &contracts).await?;
    let (mut due, mut passed_over) = (Vec::new(), Vec::new());
    for one in overdue {
        let oldest = one.oldest;
        let holds = promised.contains(&oldest.contract);
        match one.due(stage, settings.days, holds) {
            Ok(one) => due.push(one),
            Err(because) => passed_over.push(ReminderPassedOver {
                contract_id: oldest.contract,
                contract_code: oldest.contract_code.clone(),
                tenant_name: oldest.tenant_name.clone(),
                because,
            }),
        }
    }
    Ok((due, passed_over))
}

/// Of the contracts asked for those with nothing overdue; one that is not there is not found.
async fn not_overdue(tx: &Tx, asked: &[ContractId], bills: &[due::Bill]) -> Result<Vec<ReminderPassedOver>> {
    let mut rest: Vec<ContractId> = asked.to_vec();
    rest.retain(|id| bills.iter().all(|bill| bill.contract != *id));
    rest.sort();
    rest.dedup();
    if rest.is_empty() {
        return Ok(Vec::new());
    }
    let sql = "select id, code, tenant_name_snapshot from contracts
                where owner_id = (select app_owner_id()) and id = any($1) order by code";
    let rows = tx.all(sql, &[&rest]).await?;
    if rows.len() < rest.len() {
        return Err(Error::NotFound("contract"));
    }
    let passed_over = |row: &Row| ReminderPassedOver {
        contract_id: row.get("id"),
        contract_code: row.get("code"),
        tenant_name: row.get("tenant_name_snapshot"),
        because: ReminderPassedOverBecause::NotOverdue,
    };
    Ok(rows.iter().map(passed_over).collect())
}

/// Writes the order, its reminders and their bills, and promises each: set by set, however many.
pub(super) async fn write(tx: &Tx, due: &[Due<'_>], by_hand: bool) -> Result<(ReminderOrderId, Vec<ReminderId>)> {
    let id = ReminderOrderId::new();
    tx.later(
        "insert into reminder_orders (id, on_day, by_hand) values ($1, $2, $3)",
        params![id, tx.clock().today(), by_hand],
    )
    .await?;
    let reminders: Vec<ReminderId> = due.iter().map(|_| ReminderId::new()).collect();
    tx.later(
        "insert into reminders (id, order_id, contract_id, tenant_id, stage)
         select r.id, $1, r.contract, r.tenant, r.stage
           from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::smallint[]) as r (id, contract, tenant, stage)",
        params![
            id,
            reminders.clone(),
            due.iter().map(|one| one.of.oldest.contract).collect::<Vec<_>>(),
            due.iter().map(|one| one.of.oldest.tenant).collect::<Vec<_>>(),
            due.iter().map(|one| one.stage).collect::<Vec<_>>(),
        ],
    )
    .await?;
    let about: Vec<(ReminderId, domain::InvoiceId, i16)> = reminders
        .iter()
        .zip(due)
        .flat_map(|(reminder, one)| one.anew.iter().map(|(invoice, stage)| (*reminder, *invoice, *stage)))
        .collect();
    tx.touch(
        "insert into reminder_invoices (id, reminder_id, invoice_id, stage)
         select n.id, n.reminder, n.invoice, n.stage
           from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::smallint[]) as n (id, reminder, invoice, stage)",
        &[
            &about.iter().map(|_| Uuid::now_v7()).collect::<Vec<_>>(),
            &about.iter().map(|one| one.0).collect::<Vec<_>>(),
            &about.iter().map(|one| one.1).collect::<Vec<_>>(),
            &about.iter().map(|one| one.2).collect::<Vec<_>>(),
        ],
    )
    .await
    .on_constraint("reminder_invoices_once_a_stage", || Conflict::new("REMINDER_BEING_SENT").into())?;
    promise(tx, &reminders).await?;
    tx.audit("reminder.order", id.0, &json!({ "count": reminders.len(), "byHand": by_hand })).await?;
    Ok((id, reminders))
}

async fn promise(tx: &Tx, reminders: &[ReminderId]) -> Result<()> {
    let ids: Vec<PromiseId> = reminders.iter().map(|_| PromiseId::new()).collect();
    let payloads: Vec<Value> = reminders
        .iter()
        .map(|reminder| serde_json::to_value(ReminderDue { reminder: *reminder }))
        .collect::<Result<_, _>>()
        .map_err(|error| Error::Internal(error.to_string()))?;
    tx.later(
        "insert into outbox (id, kind, aggregate_id, payload, run_at)
         select p.id, $1, p.reminder, p.payload, $2
           from unnest($3::uuid[], $4::uuid[], $5::jsonb[]) as p (id, reminder, payload)",
        params![ReminderDue::KIND, tx.clock().now(), ids, reminders.to_vec(), payloads],
    )
    .await?;
    tx.promised_many();
    Ok(())
}

async fn find(tx: &Tx, id: ReminderOrderId) -> Result<ReminderOrderView> {
    let reminders = tx
        .ahead(
            "select r.id, r.contract_id, c.code, t.name, coalesce(s.recipient, t.phone) as phone, r.stage, r.status,
                    s.status as sms_status, coalesce(r.skipped_because, s.last_error) as because, r.amount, r.text, s.parts,
                    r.sent_on
               from reminders r
               join contracts c on c.owner_id = r.owner_id and c.id = r.contract_id
               join tenants t on t.owner_id = r.owner_id and t.id = r.tenant_id
               left join sms_messages s on s.owner_id = r.owner_id and s.id = r.sms_id
              where r.owner_id = (select app_owner_id()) and r.order_id = $1
              order by r.id",
            params![id],
        )
        .await?;
    let order = tx
        .maybe(
            "select o.id, o.on_day, o.by_hand, u.name as made_by, o.created_at
               from reminder_orders o
               left join users u on u.id = o.made_by
              where o.owner_id = (select app_owner_id()) and o.id = $1",
            &[&id],
        )
        .await?
        .ok_or(Error::NotFound("reminder-order"))?;
    let reminders: Vec<ReminderView> = reminders.rows()?.iter().map(view).collect();
    let count = |states: &[ReminderState]| {
        i64::try_from(reminders.iter().filter(|one| states.contains(&one.state)).count()).unwrap_or(i64::MAX)
    };
    let sent = reminders.iter().filter(|one| one.state == ReminderState::Sent);
    let parts = sent.map(|one| i64::from(one.parts.unwrap_or(0))).sum();
    let cost: Money = reminder::cost(parts, order.get("on_day"));
    Ok(ReminderOrderView {
        id: order.get("id"),
        on_day: order.get("on_day"),
        by_hand: order.get("by_hand"),
        made_by: order.get("made_by"),
        waiting: count(&[ReminderState::Waiting]),
        sent: count(&[ReminderState::Sent]),
        failed: count(&[ReminderState::Failed, ReminderState::Unknown]),
        skipped: count(&[ReminderState::Skipped]),
        parts,
        cost,
        reminders,
        created_at: order.get("created_at"),
    })
}

fn view(row: &Row) -> ReminderView {
    let state = match (row.get::<_, &str>("status"), row.get::<_, Option<&str>>("sms_status")) {
        ("skipped", _) => ReminderState::Skipped,
        ("sent", Some("accepted" | "delivered")) => ReminderState::Sent,
        ("sent", Some("refused" | "undelivered")) => ReminderState::Failed,
        ("sent", Some("unknown")) => ReminderState::Unknown,
        _ => ReminderState::Waiting,
    };
    ReminderView {
        id: row.get("id"),
        contract_id: row.get("contract_id"),
        contract_code: row.get("code"),
        tenant_name: row.get("name"),
        phone: row.get("phone"),
        stage: row.get("stage"),
        state,
        because: row.get("because"),
        amount: row.get("amount"),
        text: row.get("text"),
        parts: row.get("parts"),
        sent_on: row.get("sent_on"),
    }
}
