//! The register of deposits: contract by contract as of a day, with sums that add up.

use base::{
    Columns, Error, Result, Tx,
    conditions::{Conditions, containing},
    lists::Window,
    params,
};
use domain::{
    Money,
    contract::ContractStatus,
    deposit::{Deposit, DepositKind},
    money::TooLarge,
    text::fold_word,
};
use tokio_postgres::Row;
use wire::deposits::{DepositEntryView, DepositFilter, DepositRow, DepositStanding, DepositSums, DepositTotals};

/// What entries add up to.
const SUMS: &str = "
    coalesce(sum(e.due_amount), 0)::bigint as due,
    coalesce(sum(e.held_amount) filter (where e.kind = 'received'), 0)::bigint as received,
    coalesce(-sum(e.held_amount) filter (where e.kind = 'set_off'), 0)::bigint as set_off,
    coalesce(-sum(e.held_amount) filter (where e.kind = 'refunded'), 0)::bigint as refunded,
    coalesce(sum(e.held_amount) filter (where e.kind = 'corrected'), 0)::bigint as corrected,
    coalesce(sum(e.held_amount), 0)::bigint as held,
    max(e.on_day) as last_on";

/// What is still to be deposited; nothing once the contract is over.
const MISSING: &str = "
    cross join lateral (
        select case when c.status in ('terminated', 'expired', 'renewed') then 0 else greatest(s.due - s.held, 0) end as missing) m";

/// A page of the register, by the contracts' codes; a contract without entries is not in it. The last question of its
/// transaction.
pub(super) async fn page(tx: &Tx, filter: &DepositFilter, window: &Window<String>) -> Result<Vec<DepositRow>> {
    let mut asked = asked(filter);
    if let Some(code) = &window.after {
        asked.and("c.code > {0}", params![code.clone()]);
    }
    let day = asked.value(Box::new(filter.as_of.unwrap_or_else(|| tx.clock().today())));
    let limit = asked.value(Box::new(window.rows()));
    // The page is picked first, so that the index of codes is walked and no more buildings are joined than shown.
    let sql = format!(
        "select d.id, d.code, d.status, d.tenant_id, d.tenant_name_snapshot, d.property_id, p.name, d.units, d.due, d.received,
                d.set_off, d.refunded, d.corrected, d.held, d.missing, d.ledger_held, d.last_on
           from (select c.id, c.code, c.status, c.tenant_id, c.tenant_name_snapshot, c.property_id, c.units, s.*, m.missing,
                        (select coalesce(-sum(g.amount), 0)::bigint
                           from ledger_entries l
                           join ledger_postings g on g.owner_id = l.owner_id and g.entry_id = l.id and g.account = 'deposits_held'
                          where l.owner_id = c.owner_id and l.contract_id = c.id and l.day <= {day}
                            and l.event like 'deposit%') as ledger_held
                   from contracts c
                  cross join lateral (
                        select {SUMS} from deposit_entries e
                         where e.owner_id = c.owner_id and e.contract_id = c.id and e.on_day <= {day}
                        having count(*) > 0) s{MISSING}{}
                  order by c.code limit {limit}) d
           join properties p on p.id = d.property_id
          order by d.code",
        asked.sql()
    );
    let rows = tx.last().all(&sql, &asked.values()).await?;
    Ok(rows.iter().map(row).collect())
}

/// What the filtered deposits add up to; the last question of its transaction.
pub(super) async fn totals(tx: &Tx, filter: &DepositFilter) -> Result<DepositTotals> {
    let mut asked = asked(filter);
    let day = asked.value(Box::new(filter.as_of.unwrap_or_else(|| tx.clock().today())));
    let sum = |name: &str| format!("coalesce(sum({name}), 0)::bigint");
    let sums =
        ["s.due", "s.received", "s.set_off", "s.refunded", "s.corrected", "s.held", "m.missing"].map(sum).join(", ");
    // By contract, because that is what is filtered.
    const LEDGER: &str = "
        left join (select l.contract_id, -sum(g.amount) as held
                     from ledger_postings g
                     join ledger_entries l on l.id = g.entry_id
                    where g.owner_id = (select app_owner_id()) and g.account = 'deposits_held' and g.day <= {day}
                    group by l.contract_id) g on g.contract_id = s.contract_id";
    let ledger = LEDGER.replace("{day}", &day);
    // All entries at once, contract by contract: asking for each contract's alone would take as many looks.
    let sql = format!(
        "select count(*), {sums}, coalesce(sum(g.held), 0)::bigint
           from (select e.contract_id, {SUMS} from deposit_entries e
                  where e.owner_id = (select app_owner_id()) and e.on_day <= {day}
                  group by e.contract_id) s
           join contracts c on c.id = s.contract_id{ledger}{MISSING}{}",
        asked.sql()
    );
    let row = tx.last().maybe(&sql, &asked.values()).await?;
    let row = row.ok_or_else(|| Error::Internal("a sum is always one row".into()))?;
    let mut columns = Columns::of(&row);
    Ok(DepositTotals { count: columns.take(), sums: sums_of(&mut columns), ledger_held: columns.take() })
}

/// What entries add up to, as the register says it of a contract.
pub(super) fn sums(entries: &[DepositEntryView], status: ContractStatus) -> Result<DepositSums> {
    let of = |kind: Option<DepositKind>| {
        Money::sum(entries.iter().filter(|one| kind.is_none_or(|kind| one.kind == kind)).map(|one| one.held_amount))
    };
    let taken = |kind| of(Some(kind)).and_then(Money::checked_neg);
    let deposit = Deposit { due: Money::sum(entries.iter().map(|one| one.due_amount))?, held: of(None)? };
    let sums = || {
        Ok::<_, TooLarge>(DepositSums {
            due: deposit.due,
            received: of(Some(DepositKind::Received))?,
            set_off: taken(DepositKind::SetOff)?,
            refunded: taken(DepositKind::Refunded)?,
            corrected: of(Some(DepositKind::Corrected))?,
            held: deposit.held,
            missing: if status.is_final() { Money::ZERO } else { deposit.missing() },
        })
    };
    Ok(sums()?)
}

fn asked(filter: &DepositFilter) -> Conditions {
    let mut asked = Conditions::new();
    asked.and("c.owner_id = (select app_owner_id())", params![]);
    if let Some(property) = filter.property_id {
        asked.and("c.property_id = {0}", params![property]);
    }
    if let Some(tenant) = filter.tenant_id {
        asked.and("c.tenant_id = {0}", params![tenant]);
    }
    if let Some(q) = filter.q.as_deref().map(fold_word).filter(|q| !q.is_empty()) {
        asked.and("c.search_key like {0}", params![containing(&q)]);
    }
    match filter.standing {
        Some(DepositStanding::Held) => drop(asked.and("s.held > 0", params![])),
        Some(DepositStanding::Missing) => drop(asked.and("m.missing > 0", params![])),
        None => {}
    }
    asked
}

/// Columns in the order of the page's question.
fn row(row: &Row) -> DepositRow {
    let mut columns = Columns::of(row);
    DepositRow {
        contract_id: columns.take(),
        contract_code: columns.take(),
        contract_status: columns.take(),
        tenant_id: columns.take(),
        tenant_name: columns.take(),
        property_id: columns.take(),
        property_name: columns.take(),
        units: columns.take(),
        sums: sums_of(&mut columns),
        ledger_held: columns.take(),
        last_on: columns.take(),
    }
}

fn sums_of(columns: &mut Columns<'_>) -> DepositSums {
    DepositSums {
        due: columns.take(),
        received: columns.take(),
        set_off: columns.take(),
        refunded: columns.take(),
        corrected: columns.take(),
        held: columns.take(),
        missing: columns.take(),
    }
}
