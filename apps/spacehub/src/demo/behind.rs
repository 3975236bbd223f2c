//! What the demo needs and no door gives: where numbers start, and the receipts of a year that has passed.

use base::{Actor, App, Result, params};
use billing::qpay_accounts;
use domain::OwnerId;
use providers::qr_payments::QrMerchant;
use uuid::Uuid;

/// How many owners there are.
pub async fn count_owners(app: &App) -> Result<i64> {
    Actor::platform(app)
        .transact(async |tx| {
            let row = tx.last().maybe("select count(*) as n from property_owners", &[]).await?;
            Ok(row.map_or(0, |row| row.get("n")))
        })
        .await
}

/// How many of them are invented.
pub async fn count_demo_owners(app: &App) -> Result<i64> {
    Actor::platform(app)
        .transact(async |tx| {
            let row = tx.last().maybe("select count(*) as n from property_owners where demo", &[]).await?;
            Ok(row.map_or(0, |row| row.get("n")))
        })
        .await
}

/// Whether one of the demo's owners is there without having been declared one at the end.
pub async fn was_cut_off(app: &App, register_nos: [&'static str; 2]) -> Result<bool> {
    Actor::platform(app)
        .transact(async |tx| {
            let asked = "select exists (select from property_owners o join profiles p on p.owner_id = o.id
                                          join users u on u.id = p.user_id
                                         where not o.demo and o.register_no = any($1) and u.email like '%@altan.example')";
            let row = tx.last().maybe(asked, &[&register_nos.as_slice()]).await?;
            Ok(row.is_some_and(|row| row.get(0)))
        })
        .await
}

/// Says that these owners are invented: from now on the demo is whole.
pub async fn declare_invented(app: &App, owners: &[OwnerId]) -> Result<()> {
    for owner in owners {
        let declare = "update property_owners set demo = true where id = app_owner_id()";
        Actor::system(app, *owner).transact(async |tx| tx.later(declare, params![]).await).await?;
    }
    Ok(())
}

/// The account at the QR network.
pub async fn qpay_account(app: &App, owner: OwnerId, account: &QrMerchant) -> Result<()> {
    Actor::system(app, owner).transact(async |tx| qpay_accounts::set(tx, account).await).await
}

/// Lets the invoice numbers of a year start at 2001, as with an owner who came over from another system.
pub async fn start_numbers(app: &App, owner: OwnerId, years: &[i16]) -> Result<()> {
    Actor::system(app, owner)
        .transact(async |tx| {
            for year in years {
                tx.later(
                    "insert into number_sequences (id, series, year, next) values ($1, 'invoice', $2, 2001)",
                    params![Uuid::now_v7(), i32::from(*year)],
                )
                .await?;
            }
            Ok(())
        })
        .await
}

/// Lets the employee work in the owner's first building.
pub async fn assign_employee(app: &App, owner: OwnerId) -> Result<()> {
    Actor::system(app, owner)
        .transact(async |tx| {
            tx.later(
                "insert into property_assignments (id, property_id, user_id)
                 select gen_random_uuid(), (select id from properties order by id limit 1), user_id
                   from profiles where role = 'employee'",
                params![],
            )
            .await
        })
        .await
}

/// A person with a verified telephone who found its tenants; with `is_known` the owners have confirmed them.
pub async fn tenant_signs_in(
    app: &App,
    name: &'static str,
    phone: &'static str,
    owners: &[OwnerId],
    is_known: bool,
) -> Result<()> {
    let user = Uuid::now_v7();
    Actor::platform(app)
        .at_the_door()
        .transact(async |tx| {
            tx.later(
                "insert into users (id, name, email, phone_number, phone_number_verified) values ($1, $2, $3, $4, true)",
                params![user, name, format!("976{phone}@phone.invalid"), format!("+976{phone}")],
            )
            .await?;
            tx.later(
                "insert into profiles (id, user_id, full_name, role) values ($1, $2, $3, 'tenant')",
                params![Uuid::now_v7(), user, name],
            )
            .await
        })
        .await?;
    for owner in owners {
        Actor::system(app, *owner)
            .transact(async |tx| {
                tx.later(
                    "insert into tenant_links (id, tenant_id, user_id, phone, status, decided_at)
                     select gen_random_uuid(), id, $1, phone, case when $3 then 'linked' else 'waiting' end,
                            case when $3 then $4::timestamptz end
                       from tenants where owner_id = app_owner_id() and phone = $2",
                    params![user, phone, is_known, tx.clock().now()],
                )
                .await?;
                tx.later(
                    "update tenants t set user_id = l.user_id from tenant_links l
                      where t.owner_id = app_owner_id() and l.tenant_id = t.id and l.status = 'linked'",
                    params![],
                )
                .await
            })
            .await?;
    }
    Ok(())
}

/// The account that tenants are told to pay to.
pub async fn bank_account(
    app: &App,
    owner: OwnerId,
    bank: &'static str,
    number: &'static str,
    holder: &'static str,
) -> Result<()> {
    Actor::system(app, owner)
        .transact(async |tx| {
            tx.later(
                "insert into bank_accounts (id, bank, number, holder) values ($1, $2, $3, $4)",
                params![Uuid::now_v7(), bank, number, holder],
            )
            .await
        })
        .await
}

/// Puts off the day's reminders until there is somebody to take their texts: while the demo is made no gateway answers.
pub async fn put_reminders_off(workshop: &App, owner: OwnerId) -> Result<()> {
    Actor::system(workshop, owner)
        .transact(async |tx| {
            tx.later(
                "update outbox set run_at = run_at + interval '1 minute'
                  where owner_id = app_owner_id() and status = 'pending' and kind = 'reminder.daily'",
                params![],
            )
            .await
        })
        .await
}

/// Settles what the past months promised: their texts and receipts are history, not something to be sent today.
pub async fn let_history_rest(workshop: &App, owner: OwnerId) -> Result<()> {
    Actor::system(workshop, owner)
        .transact(async |tx| {
            tx.later(
                "update outbox set status = 'done', done_at = now()
                  where owner_id = app_owner_id() and status = 'pending'",
                params![],
            )
            .await?;
            tx.later(
                "insert into receipts (id, invoice_id, payment_id, type, status, amount, vat_amount, bill_suffix,
                                       receipt_no, provider_date)
                 select gen_random_uuid(), i.id, p.id, case when t.kind = 'company' then 'B2B_RECEIPT' else 'B2C_RECEIPT' end,
                        'sent', a.amount, (a.amount::numeric * i.vat_amount / i.total)::bigint,
                        lpad((row_number() over (order by p.paid_at, a.id) % 1000000)::text, 6, '0'),
                        lpad(o.tin, 12, '0') || '001'
                          || lpad(((extract(year from p.paid_at) - 2000) * 365 + extract(doy from p.paid_at))::int::text, 5, '0')
                          || lpad((row_number() over (order by p.paid_at, a.id))::text, 5, '0') || '10012619',
                        to_char(p.paid_at + interval '8 hours', 'YYYY-MM-DD HH24:MI:SS')
                   from allocations a
                   join payments p on p.id = a.payment_id
                   join invoices i on i.id = a.invoice_id
                   join tenants t on t.id = i.tenant_id
                   join property_owners o on o.id = i.owner_id
                  where a.amount > 0 and i.total > 0
                     on conflict do nothing",
                params![],
            )
            .await
        })
        .await
}
