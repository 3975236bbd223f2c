//! Every question asked about runs of a month.

use base::{Columns, Lang, Result, Tx, lists::Window, params};
use domain::{
    ContractId, Money, Month, MonthRunId,
    month_run::{MonthRunStatus, Parked},
};
use jiff::civil::Date;
use serde_json::{Value, json};
use tokio_postgres::Row;
use uuid::Uuid;
use wire::months::{MonthRunParked, MonthRunView};

use super::{batch::Made, outlook::Planning};

/// A run that begins.
pub(super) struct NewRun {
    pub id: MonthRunId,
    pub month: Month,
    pub issue_on: Date,
    pub send: bool,
    /// Bills of the month that are there already.
    pub existing: i64,
}

/// A run as it stands.
pub(super) struct Run {
    pub id: MonthRunId,
    pub month: Month,
    pub issue_on: Date,
    pub status: MonthRunStatus,
    pub send: bool,
    pub contracts: i32,
    pub to_bill: i32,
    pub existing: i32,
    pub parked: i32,
    pub billed: i32,
    pub total: Money,
    /// The code of the last contract gone through.
    pub reached: Option<String>,
    pub first_code: Option<String>,
    pub last_code: Option<String>,
}

const RUN: &str = "id, month, issue_on, status, send, contracts, to_bill, existing, parked, billed, total, reached,
                   first_code, last_code";

/// The run of the month that is ordered or being made, if there is one.
pub(super) async fn under_way(tx: &Tx, month: Month) -> Result<Option<Run>> {
    let sql = format!(
        "select {RUN} from month_runs
          where owner_id = (select app_owner_id()) and month = $1 and status in ('ordered', 'running')"
    );
    Ok(tx.maybe(&sql, &[&month]).await?.as_ref().map(run))
}

/// The month a run is of; none when there is no such run.
pub(super) async fn month_of(tx: &Tx, id: MonthRunId) -> Result<Option<Month>> {
    let row =
        tx.maybe("select month from month_runs where owner_id = (select app_owner_id()) and id = $1", &[&id]).await?;
    Ok(row.map(|row| row.get("month")))
}

/// A run, held until this transaction ends.
pub(super) async fn lock(tx: &Tx, id: MonthRunId) -> Result<Option<Run>> {
    let sql =
        format!("select {RUN} from month_runs where owner_id = (select app_owner_id()) and id = $1 for no key update");
    Ok(tx.maybe(&sql, &[&id]).await?.as_ref().map(run))
}

/// How many rent bills the month has.
pub(super) async fn billed(tx: &Tx, month: Month) -> Result<i64> {
    let row = tx
        .one(
            "select count(*) as billed from invoices
              where owner_id = (select app_owner_id()) and period = $1 and kind = 'rent' and status <> 'void'",
            &[&month],
        )
        .await?;
    Ok(row.get("billed"))
}

pub(super) async fn insert_ordered(tx: &Tx, new: &NewRun, planning: &Planning) -> Result<Run> {
    insert(tx, new, planning, MonthRunStatus::Ordered, &Made::default(), None).await
}

/// A run that was planned and made in one go.
pub(super) async fn insert_done(tx: &Tx, new: &NewRun, planning: &Planning, made: &Made) -> Result<Run> {
    insert(tx, new, planning, MonthRunStatus::Done, made, None).await
}

/// A run that its bound stopped; `because` in both languages.
pub(super) async fn insert_stopped(tx: &Tx, new: &NewRun, planning: &Planning, because: Value) -> Result<Run> {
    insert(tx, new, planning, MonthRunStatus::Stopped, &Made::default(), Some(because)).await
}

async fn insert(
    tx: &Tx,
    new: &NewRun,
    planning: &Planning,
    status: MonthRunStatus,
    made: &Made,
    because: Option<Value>,
) -> Result<Run> {
    let number = |count: usize| i32::try_from(count).unwrap_or(i32::MAX);
    let now = tx.clock().now();
    let gone_through = if status == MonthRunStatus::Done { planning.contracts() } else { 0 };
    let sql = format!(
        "insert into month_runs (id, month, issue_on, status, send, contracts, to_bill, existing, parked, gone_through, billed,
                total, first_code, last_code, stopped_because, created_at, started_at, finished_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16::timestamptz,
                 case when $4 = 'done' then $16::timestamptz end, case when $4 in ('done', 'stopped') then $16::timestamptz end)
         returning {RUN}"
    );
    let row = tx
        .one(
            &sql,
            &[
                &new.id,
                &new.month,
                &new.issue_on,
                &status,
                &new.send,
                &number(planning.contracts()),
                &number(planning.to_bill()),
                &i32::try_from(new.existing).unwrap_or(i32::MAX),
                &number(planning.parked().len()),
                &number(gone_through),
                &number(made.bills),
                &made.total,
                &made.first_code,
                &made.last_code,
                &because,
                &now,
            ],
        )
        .await?;
    park(tx, new.id, planning.parked()).await?;
    if status == MonthRunStatus::Done {
        note_batch(tx, new.id, gone_through, made, None).await?;
    }
    Ok(run(&row))
}

/// Writes down whom a run leaves out; whoever is left out already stays so for the reason given first.
pub(super) async fn park(tx: &Tx, id: MonthRunId, parked: &[Parked]) -> Result<()> {
    if parked.is_empty() {
        return Ok(());
    }
    let ids: Vec<Uuid> = parked.iter().map(|_| Uuid::now_v7()).collect();
    let contracts: Vec<ContractId> = parked.iter().map(|parked| parked.contract).collect();
    let previous: Vec<Money> = parked.iter().map(|parked| parked.last).collect();
    let because = parked
        .iter()
        .map(|parked| json!({ "mn": parked.because.in_mongolian(), "en": parked.because.in_english() }))
        .collect::<Vec<Value>>();
    tx.later(
        "insert into month_run_parked (id, run_id, contract_id, kind, previous, because)
         select p.id, $1, p.contract, 'rent', p.previous, p.because
           from unnest($2::uuid[], $3::uuid[], $4::bigint[], $5::jsonb[]) as p (id, contract, previous, because)
         on conflict on constraint month_run_parked_once do nothing",
        params![id, ids, contracts, previous, because],
    )
    .await
}

/// Which of these contracts a run has left out.
pub(super) async fn left_out(tx: &Tx, id: MonthRunId, contracts: &[ContractId]) -> Result<Vec<ContractId>> {
    let rows = tx
        .all(
            "select contract_id from month_run_parked
              where owner_id = (select app_owner_id()) and run_id = $1 and contract_id = any($2) and kind = 'rent'",
            &[&id, &contracts],
        )
        .await?;
    Ok(rows.iter().map(|row| row.get("contract_id")).collect())
}

/// A batch is made: `run` as it stood before, how many contracts it went through and up to which code, whether it was the
/// last.
pub(super) async fn go_on(
    tx: &Tx,
    before: &Run,
    gone_through: usize,
    reached: &str,
    made: &Made,
    last: bool,
) -> Result<Run> {
    let next = match (before.status, last) {
        (MonthRunStatus::Running, false) => MonthRunStatus::Running,
        (status, false) => status.transition_to(MonthRunStatus::Running)?,
        (status, true) => status.transition_to(MonthRunStatus::Done)?,
    };
    let number = |count: usize| i32::try_from(count).unwrap_or(i32::MAX);
    let sql = format!(
        "update month_runs r
            set status = $2, gone_through = least(r.contracts, r.gone_through + $3), billed = r.billed + $4,
                total = r.total + $5, reached = coalesce($6, r.reached), first_code = coalesce(r.first_code, $7),
                last_code = coalesce($8, r.last_code), started_at = coalesce(r.started_at, $9),
                finished_at = case when $10 then $9 end,
                parked = (select count(*) from month_run_parked p where p.owner_id = r.owner_id and p.run_id = r.id)
          where r.owner_id = (select app_owner_id()) and r.id = $1
         returning {RUN}"
    );
    let reached = Some(reached).filter(|code| !code.is_empty());
    let now = tx.clock().now();
    let row = tx
        .one(
            &sql,
            &[
                &before.id,
                &next,
                &number(gone_through),
                &number(made.bills),
                &made.total,
                &reached,
                &made.first_code,
                &made.last_code,
                &now,
                &last,
            ],
        )
        .await?;
    note_batch(tx, before.id, gone_through, made, reached).await?;
    Ok(run(&row))
}

/// A run under way ends before its end; what it made stays.
pub(super) async fn stop(tx: &Tx, id: MonthRunId, because: Value) -> Result<bool> {
    let touched = tx
        .touch(
            "update month_runs set status = 'stopped', stopped_because = $2, finished_at = $3
              where owner_id = (select app_owner_id()) and id = $1 and status in ('ordered', 'running')",
            &[&id, &because, &tx.clock().now()],
        )
        .await?;
    Ok(touched == 1)
}

async fn note_batch(tx: &Tx, id: MonthRunId, gone_through: usize, made: &Made, reached: Option<&str>) -> Result<()> {
    let number = |count: usize| i32::try_from(count).unwrap_or(i32::MAX);
    tx.later(
        "insert into month_run_batches (id, run_id, gone_through, billed, total, reached) values ($1, $2, $3, $4, $5, $6)",
        params![
            Uuid::now_v7(),
            id,
            number(gone_through),
            number(made.bills),
            made.total,
            reached.map(str::to_owned),
        ],
    )
    .await
}

const VIEW: &str = "r.id, r.month, r.issue_on, r.status, u.name, r.created_at, r.send, r.contracts, r.gone_through, r.to_bill,
                    r.existing, r.billed, r.parked, r.total, r.first_code, r.last_code, r.stopped_because, r.started_at, r.finished_at";

/// The runs of a month after `window.after`, the latest first.
pub(super) async fn page(tx: &Tx, month: Month, window: &Window<MonthRunId>) -> Result<Vec<MonthRunView>> {
    let sql = format!(
        "select {VIEW} from month_runs r left join users u on u.id = r.ordered_by
          where r.owner_id = (select app_owner_id()) and r.month = $1 and ($2::uuid is null or r.id < $2)
          order by r.id desc
          limit $3"
    );
    let rows = tx.last().all(&sql, &[&month, &window.after, &window.rows()]).await?;
    let lang = tx.actor().lang;
    Ok(rows.iter().map(|row| seen(row, lang)).collect())
}

pub(super) async fn view(tx: &Tx, id: MonthRunId) -> Result<Option<MonthRunView>> {
    let sql = format!(
        "select {VIEW} from month_runs r left join users u on u.id = r.ordered_by
          where r.owner_id = (select app_owner_id()) and r.id = $1"
    );
    let row = tx.last().maybe(&sql, &[&id]).await?;
    Ok(row.map(|row| seen(&row, tx.actor().lang)))
}

pub(super) async fn knows(tx: &Tx, id: MonthRunId) -> Result<bool> {
    Ok(month_of(tx, id).await?.is_some())
}

/// Whom a run left out, after `window.after`, by their contracts' codes.
pub(super) async fn parked(tx: &Tx, id: MonthRunId, window: &Window<String>) -> Result<Vec<MonthRunParked>> {
    let rows = tx
        .last()
        .all(
            "select p.contract_id, c.code, c.tenant_name_snapshot, c.units, p.previous, p.because
               from month_run_parked p
               join contracts c on c.owner_id = p.owner_id and c.id = p.contract_id
              where p.owner_id = (select app_owner_id()) and p.run_id = $1 and ($2::text is null or c.code > $2)
              order by c.code
              limit $3",
            &[&id, &window.after, &window.rows()],
        )
        .await?;
    let lang = tx.actor().lang;
    Ok(rows
        .iter()
        .map(|row| MonthRunParked {
            contract_id: row.get("contract_id"),
            contract_code: row.get("code"),
            tenant_name: row.get("tenant_name_snapshot"),
            units: row.get("units"),
            previous: row.get("previous"),
            because: said(&row.get("because"), lang).unwrap_or_default(),
        })
        .collect())
}

fn run(row: &Row) -> Run {
    Run {
        id: row.get("id"),
        month: row.get("month"),
        issue_on: row.get("issue_on"),
        status: row.get("status"),
        send: row.get("send"),
        contracts: row.get("contracts"),
        to_bill: row.get("to_bill"),
        existing: row.get("existing"),
        parked: row.get("parked"),
        billed: row.get("billed"),
        total: row.get("total"),
        reached: row.get("reached"),
        first_code: row.get("first_code"),
        last_code: row.get("last_code"),
    }
}

/// Columns in the order of [`VIEW`].
fn seen(row: &Row, lang: Lang) -> MonthRunView {
    let mut columns = Columns::of(row);
    let number = |columns: &mut Columns<'_>| i64::from(columns.take::<i32>());
    MonthRunView {
        id: columns.take(),
        month: columns.take(),
        issue_on: columns.take(),
        status: columns.take(),
        ordered_by: columns.take(),
        ordered_at: columns.take(),
        send: columns.take(),
        contracts: number(&mut columns),
        gone_through: number(&mut columns),
        to_bill: number(&mut columns),
        existing: number(&mut columns),
        billed: number(&mut columns),
        parked: number(&mut columns),
        total: columns.take(),
        first_code: columns.take(),
        last_code: columns.take(),
        stopped_because: columns.take::<Option<Value>>().and_then(|because| said(&because, lang)),
        started_at: columns.take(),
        finished_at: columns.take(),
    }
}

/// A sentence that was kept in both languages.
fn said(because: &Value, lang: Lang) -> Option<String> {
    let language = match lang {
        Lang::Mn => "mn",
        Lang::En => "en",
    };
    because[language].as_str().map(str::to_owned)
}
