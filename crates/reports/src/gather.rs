//! What a paper says, gathered from what is known of its contract.

mod invoices;

use base::{Columns, Error, Result, Tx, params};
use billing::statements;
use domain::{
    ContractId, InvoiceId, Money, RoomId,
    charges::{ChargeError, ChargeLine, ContractTerms, LetRoom},
    contract::{ChargeBasis, ChargeKind, ScheduleKind},
    document::{DocumentKind, HandOverTo},
    file::Purpose,
    rooms::{RoomKind, TenantKind},
};
use jiff::{ToSpan, civil::Date};
use rust_decimal::Decimal;
use store::{Key, NotAKey, Store};
use tokio_postgres::Row;
use wire::statements::{StatementLine, StatementWhat};
use words::{Lang, say, term};

use crate::{
    papers::{
        self, Account, Building, ContractRef, Discount, HandOver, Head, Movement, Paper, Party, RentalContract,
        Scheduled, Statement,
    },
    typeset::Pictures,
};

pub use self::invoices::paper as invoices_paper;

/// Which paper of a contract is wanted.
#[derive(Debug, Clone)]
pub struct Order {
    pub contract: ContractId,
    /// Of an invoice's paper: which.
    pub invoice: Option<InvoiceId>,
    pub kind: DocumentKind,
    pub number: String,
    pub dated_on: Date,
    pub draft: bool,
    /// A statement's first and last day.
    pub period: Option<[Date; 2]>,
    /// Who takes the rooms of a hand-over act.
    pub hand_over_to: Option<HandOverTo>,
    pub signer: Option<String>,
}

/// The facts of the contract make no paper; said by a word of the API.
#[derive(Debug)]
pub enum Trouble {
    /// What it charges does not add up.
    Charges(ChargeError),
    /// Anything else.
    Other(Error),
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Trouble {
        Trouble::Other(error)
    }
}

/// The paper that was ordered, as the contract is now.
pub async fn paper(tx: &Tx, order: &Order) -> Result<Paper, Trouble> {
    if let Some(invoice) = order.invoice {
        return Ok(Paper::Invoices(Box::new(invoices::paper(tx, &[invoice]).await?)));
    }
    let facts = facts(tx, order.contract).await?.ok_or(Error::NotFound("contract"))?;
    let head = head(&facts, order);
    let contract = ContractRef { code: facts.code.clone(), units: facts.units.clone(), starts_on: facts.starts_on };
    Ok(match order.kind {
        DocumentKind::Contract => Paper::Contract(Box::new(contract_paper(facts, head)?)),
        DocumentKind::HandOver => {
            let rooms: Vec<papers::Room> =
                facts.rooms.iter().map(|room| papers::Room { during: None, ..room.shown(&facts) }).collect();
            let area_m2 = rooms.iter().map(|room| room.area_m2).sum();
            let to_tenant = order.hand_over_to != Some(HandOverTo::Owner);
            Paper::HandOver(Box::new(HandOver { head, contract, rooms, area_m2, to_tenant }))
        }
        DocumentKind::Statement => {
            let [from, to] = order.period.ok_or_else(|| Error::Internal("a statement without a period".into()))?;
            let statement = statements::of_contract(tx, order.contract, from, to).await?;
            let movements = statement.lines.iter().map(movement).collect();
            let accounts = accounts(tx).await?;
            let made = Statement::new(head, contract, [from, to], statement.opening, movements, accounts);
            Paper::Statement(Box::new(made.map_err(Error::from)?))
        }
        DocumentKind::Invoice => return Err(Error::Internal("an invoice's paper without its invoice".into()).into()),
    })
}

/// The owner's logo and seal, as far as there are any. They were looked at when they came and packed anew, so they are
/// pictures; one that would make a paper heavy is left out rather than the paper.
pub async fn pictures(tx: &Tx, store: &Store) -> Result<Pictures> {
    /// In bytes.
    const HEAVY: u64 = 4 << 20;
    let rows = tx
        .all(
            "select purpose, key from files
              where owner_id = (select app_owner_id()) and purpose in ('owner_logo', 'owner_seal') and status = 'ready'",
            &[],
        )
        .await?;
    let mut pictures = Pictures::default();
    for row in rows {
        let key: Key =
            row.get::<_, String>("key").parse().map_err(|error: NotAKey| Error::Internal(error.to_string()))?;
        let picture = match store.read(&key, HEAVY).await {
            Ok(bytes) => Some(bytes.to_vec()),
            Err(store::Trouble::TooLarge(_) | store::Trouble::Missing) => None,
            Err(trouble) => return Err(trouble.into()),
        };
        match row.get("purpose") {
            Purpose::OwnerLogo => pictures.logo = picture,
            _ => pictures.seal = picture,
        }
    }
    Ok(pictures)
}

/// A contract with all that is printed about it.
struct Facts {
    code: String,
    kind: RoomKind,
    units: String,
    starts_on: Date,
    ends_on: Option<Date>,
    payment_day: i32,
    grace_days: i32,
    penalty_bp: Option<i32>,
    deposit: Money,
    vat_payer: bool,
    place: String,
    building: Building,
    owner: Party,
    tenant: Party,
    rooms: Vec<RoomFacts>,
    lines: Vec<ChargeLine>,
    by_schedule: bool,
    schedule: Vec<Scheduled>,
    discounts: Vec<Discount>,
}

struct RoomFacts {
    room: RoomId,
    term: LetRoom,
    kind: RoomKind,
    floor: String,
}

fn head(facts: &Facts, order: &Order) -> Head {
    Head {
        number: order.number.clone(),
        date: order.dated_on,
        place: facts.place.clone(),
        draft: order.draft,
        dwelling: matches!(facts.kind, RoomKind::Apartment | RoomKind::Studio),
        owner: Party { signer: order.signer.clone(), ..facts.owner.clone() },
        tenant: facts.tenant.clone(),
        building: facts.building.clone(),
    }
}

fn contract_paper(facts: Facts, head: Head) -> Result<RentalContract, Trouble> {
    let rooms: Vec<papers::Room> = facts.rooms.iter().map(|room| room.shown(&facts)).collect();
    let terms = ContractTerms {
        starts_on: facts.starts_on,
        ends_on: facts.ends_on,
        terminated_on: None,
        rooms: facts.rooms.iter().map(|room| room.term.clone()).collect(),
        // Where there is a schedule, it stands instead of the rent.
        lines: facts.lines.into_iter().filter(|line| !facts.by_schedule || line.kind != ChargeKind::Rent).collect(),
        schedule: None,
        discounts: Vec::new(),
    };
    let (charges, monthly) = papers::monthly(&terms, facts.vat_payer).map_err(Trouble::Charges)?;
    Ok(RentalContract {
        head,
        area_m2: rooms.iter().map(|room| room.area_m2).sum(),
        rooms,
        starts_on: facts.starts_on,
        ends_on: facts.ends_on,
        charges,
        monthly,
        schedule: facts.schedule,
        discounts: facts.discounts,
        vat_payer: facts.vat_payer,
        metered: terms.lines.iter().any(|line| line.basis == ChargeBasis::Meter),
        payment_day: facts.payment_day,
        payment_day_is_late: facts.payment_day > 28,
        grace_days: facts.grace_days,
        penalty: facts.penalty_bp.filter(|points| *points > 0),
        deposit: Some(facts.deposit).filter(|amount| amount.is_positive()),
    })
}

impl RoomFacts {
    /// With its days when they are not the contract's.
    fn shown(&self, of: &Facts) -> papers::Room {
        let whole = self.term.from == of.starts_on && (self.term.to == of.ends_on || self.term.to.is_none());
        papers::Room {
            unit_no: self.term.unit_no.clone(),
            floor: self.floor.clone(),
            kind: term(Lang::Mn, "room-kind", self.kind.as_str()).into_owned(),
            area_m2: self.term.area_m2,
            during: (!whole).then_some((self.term.from, self.term.to)),
        }
    }
}

fn movement(line: &StatementLine) -> Movement {
    let kind = line.kind.map_or_else(Default::default, |kind| term(Lang::Mn, "invoice-kind", kind.as_str()));
    let period = line.period.map(|month| format!("{}.{:02}", month.year(), month.number())).unwrap_or_default();
    let method = line.method.map_or_else(Default::default, |method| term(Lang::Mn, "payment-method", method.as_str()));
    let text = match line.what {
        StatementWhat::Invoice => {
            say(Lang::Mn, "statement-line-invoice", &[("kind", (&*kind).into()), ("period", period.into())])
        }
        StatementWhat::WriteOff => say(Lang::Mn, "statement-line-write-off", &[]),
        StatementWhat::Payment => say(Lang::Mn, "statement-line-payment", &[("method", (&*method).into())]),
        StatementWhat::Reversal => say(Lang::Mn, "statement-line-reversal", &[("method", (&*method).into())]),
    };
    Movement {
        on: line.on,
        document: line.document.clone().unwrap_or_default(),
        text: text.into_owned(),
        charged: line.billed,
        paid: line.paid,
    }
}

/// The accounts that tenants are told to pay to.
async fn accounts(tx: &Tx) -> Result<Vec<Account>> {
    let rows = tx.all("select bank, number, holder from bank_accounts where shown order by id", &[]).await?;
    let account = |row: &Row| Account {
        bank: term(Lang::Mn, "bank", row.get("bank")).into_owned(),
        number: row.get("number"),
        holder: row.get("holder"),
    };
    Ok(rows.iter().map(account).collect())
}

async fn facts(tx: &Tx, id: ContractId) -> Result<Option<Facts>> {
    let rooms = tx
        .ahead(
            "select cr.room_id, cr.id, r.unit_no, r.area_m2, lower(cr.during) as first_day, upper(cr.during) as end_day,
                    r.kind, coalesce(nullif(f.label, ''), f.number::text, '') as floor
               from contract_rooms cr
               join rooms r on r.owner_id = cr.owner_id and r.id = cr.room_id
               left join floors f on f.owner_id = r.owner_id and f.id = r.floor_id
              where cr.owner_id = (select app_owner_id()) and cr.contract_id = $1 and not isempty(cr.during)
              order by cr.id",
            params![id],
        )
        .await?;
    let lines = tx
        .ahead(
            "select id, room_id, kind, name, basis, unit_price, vat_mode, tax_kind, valid_from, valid_to
               from contract_items
              where owner_id = (select app_owner_id()) and contract_id = $1
              order by valid_from, id",
            params![id],
        )
        .await?;
    let schedule = tx
        .ahead(
            "select name, period, due_on, amount
               from schedule_entries
              where owner_id = (select app_owner_id()) and contract_id = $1
              order by period, due_on, id",
            params![id],
        )
        .await?;
    let discounts = tx
        .ahead(
            "select name, percent_bp, amount, valid_from, valid_to
               from contract_discounts
              where owner_id = (select app_owner_id()) and contract_id = $1
              order by valid_from, id",
            params![id],
        )
        .await?;
    let row = tx
        .maybe(
            "select c.code, c.kind, c.units, c.starts_on, c.ends_on, c.payment_day, c.grace_days, c.penalty_bp,
                    c.deposit_amount, o.vat_payer, p.city, p.name, p.district, p.address,
                    o.name, o.register_no, o.tin, o.address, o.phone, o.email,
                    t.kind, c.tenant_name_snapshot, t.register_no, t.tin, t.phone, t.email, t.director, c.schedule_kind
               from contracts c
               join properties p on p.owner_id = c.owner_id and p.id = c.property_id
               join property_owners o on o.id = c.owner_id
               join tenants t on t.owner_id = c.owner_id and t.id = c.tenant_id
              where c.owner_id = (select app_owner_id()) and c.id = $1",
            &[&id],
        )
        .await?;
    let Some(row) = row else { return Ok(None) };
    let rooms: Vec<RoomFacts> = rooms.rows()?.iter().map(room).collect();
    let lines = lines.rows()?.iter().flat_map(|row| lines_of(row, &rooms)).collect();
    let mut facts = contract(&row, rooms, lines);
    if facts.by_schedule {
        facts.schedule = schedule.rows()?.iter().map(scheduled).collect();
    }
    facts.discounts = discounts.rows()?.iter().map(discount).collect();
    Ok(Some(facts))
}

/// Columns in the order of the question.
fn contract(row: &Row, rooms: Vec<RoomFacts>, lines: Vec<ChargeLine>) -> Facts {
    let mut columns = Columns::of(row);
    let mut facts = Facts {
        code: columns.take(),
        kind: columns.take(),
        units: columns.take(),
        starts_on: columns.take(),
        ends_on: columns.take(),
        payment_day: columns.take(),
        grace_days: columns.take(),
        penalty_bp: columns.take(),
        deposit: columns.take(),
        vat_payer: columns.take(),
        place: columns.take(),
        building: Building { name: columns.take(), address: String::new() },
        owner: Party::default(),
        tenant: Party::default(),
        rooms,
        lines,
        by_schedule: false,
        schedule: Vec::new(),
        discounts: Vec::new(),
    };
    let parts: [String; 2] = [columns.take(), columns.take()];
    let parts = std::iter::once(facts.place.as_str()).chain(parts.iter().map(String::as_str));
    facts.building.address = parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
    facts.owner = Party {
        name: columns.take(),
        register_no: columns.take(),
        tin: columns.take(),
        address: columns.take(),
        phone: columns.take(),
        email: columns.take(),
        signer: None,
    };
    let kind: TenantKind = columns.take();
    facts.tenant = Party {
        name: columns.take(),
        register_no: columns.take(),
        tin: columns.take(),
        address: None,
        phone: columns.take(),
        email: columns.take(),
        signer: None,
    };
    let director: Option<String> = columns.take();
    facts.tenant.signer = match kind {
        TenantKind::Person => Some(facts.tenant.name.clone()),
        TenantKind::Company => director.filter(|name| !name.is_empty()),
    };
    facts.by_schedule = columns.take::<ScheduleKind>() == ScheduleKind::Custom;
    facts
}

fn scheduled(row: &Row) -> Scheduled {
    Scheduled { name: row.get("name"), period: row.get("period"), due_on: row.get("due_on"), amount: row.get("amount") }
}

fn discount(row: &Row) -> Discount {
    Discount {
        name: row.get("name"),
        percent: row.get("percent_bp"),
        amount: row.get("amount"),
        during: Some((row.get("valid_from"), row.get("valid_to"))),
    }
}

/// Postgres keeps the day after the last one.
fn room(row: &Row) -> RoomFacts {
    RoomFacts {
        room: row.get("room_id"),
        term: LetRoom {
            id: row.get("id"),
            unit_no: row.get("unit_no"),
            area_m2: row.get::<_, Decimal>("area_m2"),
            from: row.get("first_day"),
            to: row.get::<_, Option<Date>>("end_day").map(|day| day.saturating_sub(1.day())),
        },
        kind: row.get("kind"),
        floor: row.get("floor"),
    }
}

/// A line of a room is charged for each time that the contract holds the room.
fn lines_of(row: &Row, rooms: &[RoomFacts]) -> Vec<ChargeLine> {
    let line = ChargeLine {
        id: row.get("id"),
        kind: row.get("kind"),
        name: row.get("name"),
        basis: row.get("basis"),
        unit_price: row.get("unit_price"),
        vat_mode: row.get("vat_mode"),
        tax_kind: row.get("tax_kind"),
        room: None,
        valid_from: row.get("valid_from"),
        valid_to: row.get("valid_to"),
    };
    match row.get::<_, Option<RoomId>>("room_id") {
        None => vec![line],
        Some(of) => {
            let times = rooms.iter().filter(|room| room.room == of);
            times.map(|room| ChargeLine { room: Some(room.term.id), ..line.clone() }).collect()
        }
    }
}
