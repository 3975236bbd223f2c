//! What the stories of bills and money share: contracts put straight into the tables, and the books held against
//! themselves.

use domain::{OwnerId, text::fold_word};
use serde_json::Value;
use uuid::Uuid;

use crate::town::{Reply, Town};

/// A contract in force over one room.
pub struct Lease<'a> {
    pub code: &'a str,
    pub tenant: &'a str,
    pub starts_on: &'a str,
    pub ends_on: Option<&'a str>,
    pub payment_day: i32,
    /// m², as a decimal.
    pub area: &'a str,
    /// (name, kind, basis, tögrög, VAT mode) of each charge.
    pub charges: &'a [(&'a str, &'a str, &'a str, i64, &'a str)],
}

impl Lease<'_> {
    /// A flat million a month, VAT inside, since the first of the year.
    pub const fn plain<'a>(code: &'a str, tenant: &'a str) -> Lease<'a> {
        Lease {
            code,
            tenant,
            starts_on: "2026-01-01",
            ends_on: None,
            payment_day: 15,
            area: "50",
            charges: &[("Түрээс", "rent", "flat", 1_000_000, "included")],
        }
    }
}

/// The ids of a lease.
#[derive(Debug, Clone, Copy)]
pub struct Leased {
    pub contract: Uuid,
    pub tenant: Uuid,
}

impl Town {
    /// Puts a contract in force into the tables, with its tenant, its room and its building.
    pub async fn lease(&self, owner: OwnerId, lease: Lease<'_>) -> Leased {
        let (contract, tenant, room) = (Uuid::now_v7(), Uuid::now_v7(), Uuid::now_v7());
        let (code, name) = (lease.code, lease.tenant.replace('\'', "''"));
        let ends_on = lease.ends_on.map_or("null".to_owned(), |day| format!("date '{day}'"));
        let rows = self
            .sql(&format!(
                "insert into properties (id, owner_id, name) values (gen_random_uuid(), '{owner}', 'Алтан Тауэр')
                 on conflict (owner_id, name) do update set name = excluded.name returning id"
            ))
            .await;
        let property: Uuid = rows[0].get(0);
        let mut sql = format!(
            "with t as (insert into tenants (id, owner_id, kind, name, phone)
                        values ('{tenant}', '{owner}', 'company', '{name}', '99110001')),
                  r as (insert into rooms (id, owner_id, property_id, unit_no, unit_key, kind, area_m2)
                        values ('{room}', '{owner}', '{property}', 'R-{code}', 'R-{code}', 'office', {area})),
                  c as (insert into contracts (id, owner_id, code, property_id, tenant_id, tenant_name_snapshot, units,
                                               starts_on, ends_on, status, payment_day, search_key)
                        values ('{contract}', '{owner}', '{code}', '{property}', '{tenant}', '{name}', 'R-{code}',
                                '{starts_on}', {ends_on}, 'active', {payment_day}, '{search_key}')),
                  h as (insert into contract_rooms (id, owner_id, contract_id, room_id, during)
                        values (gen_random_uuid(), '{owner}', '{contract}', '{room}',
                                daterange('{starts_on}', {ends_on}, '[]')))",
            area = lease.area,
            starts_on = lease.starts_on,
            payment_day = lease.payment_day,
            search_key = fold_word(&format!("{code} {name} R-{code}")),
        );
        sql.push_str(
            " insert into contract_items (id, owner_id, contract_id, room_id, kind, name, basis, unit_price, vat_mode,
                                          tax_kind, exemption_code, valid_from) values ",
        );
        let items = lease.charges.iter().map(|(name, kind, basis, tugrug, vat)| {
            let (tax, exemption) = if *vat == "exempt" { ("VAT_FREE", "'408'") } else { ("VAT_ABLE", "null") };
            let (id, mungo, from) = (Uuid::now_v7(), tugrug * 100, lease.starts_on);
            let of = if *basis == "per_m2" { format!("'{room}'") } else { "null".to_owned() };
            format!(
                "('{id}', '{owner}', '{contract}', {of}, '{kind}', '{name}', '{basis}', {mungo}, '{vat}', '{tax}', {exemption}, '{from}')"
            )
        });
        sql.push_str(&items.collect::<Vec<_>>().join(", "));
        self.sql(&sql).await;
        Leased { contract, tenant }
    }

    /// The books hold against themselves: V2, V3, V4 and V7 of what we promise, numbers without gaps, sums that add up.
    pub async fn books_tie(&self) {
        let today = self.clock.today();
        let checks = [
            (
                "V2: a payment is spread over more than it is",
                "select count(*) from payments p
                  where (select coalesce(sum(a.amount), 0) from allocations a where a.payment_id = p.id) <> case
                        when p.amount < 0 then -(select o.allocated from payments o where o.id = p.reverses_id)
                        else p.allocated end
                     or p.allocated > greatest(p.amount, 0)"
                    .to_owned(),
            ),
            (
                "V3: an invoice's paid amount is not the sum of its allocations",
                "select count(*) from invoices i
                  where i.paid_amount <> (select coalesce(sum(a.amount), 0) from allocations a where a.invoice_id = i.id)
                     or i.paid_amount > greatest(i.total, 0)"
                    .to_owned(),
            ),
            (
                "V4: a status is not what money and dates make of it",
                format!(
                    "select count(*) from invoices
                      where status not in ('draft', 'void', 'refunded')
                        and status <> case when paid_amount >= total then 'paid' when due_on < '{today}' then 'overdue'
                                           when paid_amount > 0 then 'partially_paid' else 'issued' end"
                ),
            ),
            (
                "V7: a month is billed twice",
                "select count(*) from (select 1 from invoices where status <> 'void' and kind in ('rent', 'utility')
                                        group by contract_id, kind, period having count(*) > 1) twice"
                    .to_owned(),
            ),
            (
                "a series has a gap",
                "select count(*)
                   from (select owner_id, substr(code, 5, 4)::int as year, count(*) as given, max(right(code, 6)::int) as last
                           from invoices where code like 'INV-%' group by 1, 2) s
                   join number_sequences n on n.owner_id = s.owner_id and n.series = 'invoice' and n.year = s.year
                  where given <> last or last <> next - 1"
                    .to_owned(),
            ),
            (
                "lines do not add up to their invoice",
                "select count(*) from invoices i
                  where i.total <> (select coalesce(sum(l.amount), 0) from invoice_items l where l.invoice_id = i.id)
                     or i.vat_amount <> (select coalesce(sum(l.tax), 0) from invoice_items l where l.invoice_id = i.id)"
                    .to_owned(),
            ),
            (
                "an issued invoice has neither told nor been written down",
                "select count(*) from invoices i where status not in ('draft')
                    and not exists (select from audit_log l where l.entity_id = i.id)
                    -- what was owed before these books came in with its contract, in the import's one line of the audit
                    and not exists (select from invoice_items l where l.invoice_id = i.id and l.made ->> 'from_what' = 'imported')"
                    .to_owned(),
            ),
        ];
        for (what, sql) in checks {
            assert_eq!(self.count(&sql).await, 0, "{what}");
        }
    }
}

impl Reply {
    /// An amount of the body in mungo, by JSON pointer.
    #[track_caller]
    pub fn mungo(&self, pointer: &str) -> i64 {
        let json = self.json();
        let amount = json.pointer(pointer).and_then(Value::as_str).and_then(|text| text.parse().ok());
        amount.unwrap_or_else(|| panic!("no amount at {pointer}: {}", self.text()))
    }

    /// A text of the body, by JSON pointer.
    #[track_caller]
    pub fn word(&self, pointer: &str) -> String {
        let json = self.json();
        let word = json.pointer(pointer).and_then(Value::as_str);
        word.unwrap_or_else(|| panic!("no text at {pointer}: {}", self.text())).to_owned()
    }
}

impl Town {
    /// Moves the clock; whoever is signed in stays it.
    pub async fn moves_on(&self, to: &str) {
        self.clock.move_to(to.parse().expect("a moment"));
        self.sql("update sessions set expires_at = '2100-01-01'").await;
    }

    /// Lets a piece of clockwork strike now, and keeps what it promises.
    pub async fn run_cron(&self, name: &str) {
        let cron = spacehub::api::slices().into_iter().flat_map(|slice| slice.crons).find(|cron| cron.name == name);
        let cron = cron.unwrap_or_else(|| panic!("there is no {name}"));
        cron.strike(self.workshop.clone()).await.expect("it strikes");
        self.keep_promises().await;
    }
}
