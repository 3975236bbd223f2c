//! What stands in the books, and what ought to: every row that means money sent once more, from empty, through the rules
//! of `domain::ledger`.

use std::collections::BTreeMap;

use domain::{
    Money,
    contract::ChargeKind,
    invoice::InvoiceKind,
    ledger::{self, Issued, IssuedLine, Posting},
    payment::PaymentMethod,
};
use jiff::civil::Date;
use uuid::Uuid;

use crate::town::Town;

/// The balance of each account, in mungo; of one that nobody posted to, nothing.
pub async fn balances(town: &Town) -> BTreeMap<String, i64> {
    let rows = town.sql("select account, sum(amount)::bigint from ledger_postings group by account").await;
    let mut balances: BTreeMap<String, i64> =
        ledger::Account::ALL.iter().map(|account| (account.to_string(), 0)).collect();
    balances.extend(rows.iter().map(|row| (row.get::<_, String>(0), row.get::<_, i64>(1))));
    balances
}

/// What an account moved by because of a row, on a day.
type Moves = BTreeMap<(Uuid, Date, String), i64>;

/// The books held against the rules.
pub struct Replayed {
    pub entries: i64,
    pub postings: i64,
    /// What stands in one and not in the other.
    pub differences: Vec<String>,
}

impl Replayed {
    pub async fn of(town: &Town) -> Replayed {
        let mut ought = Moves::new();
        bills(town, &mut ought).await;
        payments(town, &mut ought).await;
        allocations(town, &mut ought).await;
        deposits(town, &mut ought).await;
        ought.retain(|_, amount| *amount != 0);

        let rows = town
            .sql(
                "select e.reference_id, e.day, p.account, sum(p.amount)::bigint
                   from ledger_entries e join ledger_postings p on p.entry_id = e.id
                  group by 1, 2, 3 having sum(p.amount) <> 0",
            )
            .await;
        let is: Moves = rows.iter().map(|row| ((row.get(0), row.get(1), row.get(2)), row.get(3))).collect();
        let mut differences = Vec::new();
        for (key, amount) in &ought {
            if is.get(key) != Some(amount) {
                differences.push(format!("{key:?} ought to be {amount} and is {:?}", is.get(key)));
            }
        }
        differences
            .extend(is.iter().filter(|(key, _)| !ought.contains_key(*key)).map(|one| format!("{one:?} is too much")));
        Replayed {
            entries: town.count("select count(*) from ledger_entries").await,
            postings: town.count("select count(*) from ledger_postings").await,
            differences,
        }
    }
}

fn post(moves: &mut Moves, of: Uuid, day: Date, postings: &[Posting]) {
    for posting in postings {
        *moves.entry((of, day, posting.account.to_string())).or_default() += posting.amount.mungo();
    }
}

async fn bills(town: &Town, moves: &mut Moves) {
    let rows = town
        .sql(
            "select i.id, coalesce(c.kind, i.kind) as speaks_of, i.issued_on, i.voided_on, i.total, i.vat_amount, i.city_tax_amount,
                    l.amount, l.tax, t.kind as charge, l.made ->> 'kind' as meter, l.made ->> 'from_what' = 'imported' as brought
               from invoices i
               join invoice_items l on l.invoice_id = i.id
               left join contract_items t on t.id = l.contract_item_id
               left join invoices c on c.id = i.corrects_id
              where i.code is not null and i.total <> 0",
        )
        .await;
    let mut bills: BTreeMap<Uuid, (Issued, Date, Option<Date>)> = BTreeMap::new();
    for row in &rows {
        let kind: InvoiceKind = row.get("speaks_of");
        let bill = bills.entry(row.get("id")).or_insert_with(|| {
            let issued = Issued {
                speaks_of: kind,
                brought: false,
                total: row.get("total"),
                vat: row.get("vat_amount"),
                city_tax: row.get("city_tax_amount"),
                lines: Vec::new(),
            };
            (issued, row.get("issued_on"), row.get("voided_on"))
        });
        bill.0.brought |= row.get::<_, bool>("brought");
        let (charge, meter): (Option<ChargeKind>, Option<&str>) = (row.get("charge"), row.get("meter"));
        let account = ledger::income_of_line(kind, charge, meter);
        bill.0.lines.push(IssuedLine { account, amount: row.get("amount"), tax: row.get("tax") });
    }
    for (id, (bill, issued_on, voided_on)) in bills {
        let postings = ledger::invoice_issued(&bill).expect("small amounts");
        post(moves, id, issued_on, &postings);
        if let Some(day) = voided_on {
            post(moves, id, day, &ledger::reversed(&postings).expect("small amounts"));
        }
    }
}

async fn payments(town: &Town, moves: &mut Moves) {
    let rows = town
        .sql(
            "select id, method, amount, (paid_at at time zone 'Asia/Ulaanbaatar')::date as day,
                    coalesce(provider_reference like 'OB-%', false) as brought
               from payments",
        )
        .await;
    for row in &rows {
        let (method, amount): (PaymentMethod, Money) = (row.get("method"), row.get("amount"));
        let postings = ledger::payment_received(method, row.get("brought"), amount).expect("small amounts");
        post(moves, row.get("id"), row.get("day"), &postings);
    }
}

async fn allocations(town: &Town, moves: &mut Moves) {
    for row in &town.sql("select id, amount, booked_on from allocations").await {
        let postings = ledger::allocated(row.get("amount")).expect("small amounts");
        post(moves, row.get("id"), row.get("booked_on"), &postings);
    }
}

async fn deposits(town: &Town, moves: &mut Moves) {
    let rows = town
        .sql(
            "select e.id, e.on_day, e.held_amount, coalesce(c.brought, e.brought) as brought,
                    coalesce(c.kind, e.kind) = 'set_off' as set_off
               from deposit_entries e left join deposit_entries c on c.id = e.corrects_id",
        )
        .await;
    for row in &rows {
        let held: Money = row.get("held_amount");
        let postings = ledger::deposit_held(row.get("brought"), row.get("set_off"), held).expect("small amounts");
        post(moves, row.get("id"), row.get("on_day"), &postings);
    }
}
