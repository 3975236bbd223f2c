//! Contract items: the dated lines of what a contract charges. A line is never rewritten, it ends and another begins.

use axum::response::Response;
use base::{
    Actor, App, Checks, Columns, Conditions, Error, Json, Once, Path, Query, Refusals, Result, Tx, audit::Note,
    lists::Window, params,
};
use domain::{
    ContractId, ContractItemId, Money, RoomId,
    contract::{ChargeBasis, ChargeKind, TaxKind, VatMode, What},
    meter::MeterKind,
    rights::Action,
    rooms::RoomKind,
    text::tidy,
};
use http::{HeaderMap, StatusCode};
use jiff::{ToSpan, civil::Date};
use serde::Serialize;
use serde_json::json;
use tokio_postgres::Row;
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::{
    Page, Paging,
    contracts::{ContractItemChange, ContractItemView, NewContractItem},
};

use super::{check_day, classing, history, increases, queries};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(get_items, post_item)).routes(routes!(patch_item))
}

/// What a contract charges, in the order it was agreed.
#[utoipa::path(get, path = "/v2/contracts/{id}/items", operation_id = "listContractItems", tag = "contracts",
    params(("id" = ContractId, Path), Paging), responses((status = 200, body = Page<ContractItemView>), Refusals))]
async fn get_items(
    actor: Actor,
    Path(id): Path<ContractId>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<ContractItemView>>> {
    let window = Window::new(paging.limit, paging.cursor.as_deref())?;
    let items = actor
        .transact(async |tx| {
            tx.allow(Action::ReadContracts)?;
            let contract = tx.ahead("select from contracts where id = $1", params![id]).await?;
            let items = page(tx, id, &window).await?;
            if contract.rows()?.is_empty() {
                return Err(Error::NotFound("contract"));
            }
            Ok(items)
        })
        .await?;
    Ok(Json(window.page(items, |item| item.id)))
}

/// Adds a charge line.
#[utoipa::path(post, path = "/v2/contracts/{id}/items", operation_id = "addContractItem", tag = "contracts",
    params(("id" = ContractId, Path), ("Idempotency-Key" = Option<String>, Header, description = "The same key and body again is answered as the first time.")),
    request_body = NewContractItem, responses((status = 201, body = ContractItemView), Refusals))]
async fn post_item(
    actor: Actor,
    headers: HeaderMap,
    Path(id): Path<ContractId>,
    Json(new): Json<NewContractItem>,
) -> Result<Response> {
    #[derive(Serialize)]
    struct Asked<'a> {
        contract: ContractId,
        #[serde(flatten)]
        item: &'a NewContractItem,
    }
    let once = Once::new(&headers, "POST /v2/contracts/{id}/items", &Asked { contract: id, item: &new })?;
    once.answer(&actor, StatusCode::CREATED, async |tx| add(tx, id, &new).await).await
}

/// Ends a charge line on a day.
#[utoipa::path(patch, path = "/v2/contracts/{id}/items/{itemId}", operation_id = "endContractItem", tag = "contracts",
    params(("id" = ContractId, Path), ("itemId" = ContractItemId, Path)), request_body = ContractItemChange,
    responses((status = 200, body = ContractItemView), Refusals))]
async fn patch_item(
    actor: Actor,
    Path((id, item)): Path<(ContractId, ContractItemId)>,
    Json(change): Json<ContractItemChange>,
) -> Result<Json<ContractItemView>> {
    actor.transact(async |tx| end(tx, id, item, change.valid_to).await).await.map(Json)
}

/// Adds a charge line to a contract that is not ended.
pub async fn add(tx: &Tx, contract: ContractId, new: &NewContractItem) -> Result<ContractItemView> {
    let at = super::lock(tx, contract).await?;
    let rooms: Vec<RoomId> = queries::held(tx, contract).await?.iter().map(|held| held.room).collect();
    let mut checks = Checks::new();
    let item = read(&mut checks, "", new, at.kind, &rooms, at.starts_on);
    checks.done()?;
    insert(tx, contract, std::slice::from_ref(&item)).await?;
    tx.audit("contract_item.create", item.id.0, &json!({ "contract": contract, "item": new })).await?;
    history::record(tx, contract, What::ChargeAdded, item.valid_from, None).await?;
    find(tx, contract, item.id).await?.ok_or(Error::NotFound("item"))
}

/// Ends a charge line on a day; what it charged until then stays.
pub async fn end(tx: &Tx, contract: ContractId, id: ContractItemId, valid_to: Date) -> Result<ContractItemView> {
    super::lock(tx, contract).await?;
    let before = find(tx, contract, id).await?.ok_or(Error::NotFound("item"))?;
    let mut checks = Checks::new();
    check_day(&mut checks, "validTo", valid_to);
    checks.that(valid_to >= before.valid_from, "validTo", "end-before-start");
    checks.done()?;
    tx.later("update contract_items set valid_to = $2 where id = $1", params![id, valid_to]).await?;
    tx.note(Note {
        action: "contract_item.end",
        id: Some(id.0),
        before: Some(json!({ "validTo": before.valid_to })),
        after: Some(json!({ "validTo": valid_to })),
        reason: None,
    })
    .await?;
    history::record(tx, contract, What::ChargeEnded, valid_to.saturating_add(1.day()), None).await?;
    Ok(ContractItemView { valid_to: Some(valid_to), ..before })
}

/// A charge line as it is kept.
#[derive(Debug)]
pub(crate) struct Item {
    pub id: ContractItemId,
    pub room: Option<RoomId>,
    pub kind: ChargeKind,
    pub name: String,
    pub basis: ChargeBasis,
    /// Of a charge by meter: which meters of its rooms count.
    pub meter_kind: Option<MeterKind>,
    pub unit_price: Money,
    pub vat_mode: VatMode,
    pub tax_kind: TaxKind,
    pub classification_code: String,
    pub exemption_code: Option<String>,
    pub valid_from: Date,
    pub valid_to: Option<Date>,
}

/// The lines of a new contract.
pub(super) fn read_all(
    checks: &mut Checks,
    items: &[NewContractItem],
    kind: RoomKind,
    rooms: &[RoomId],
    starts_on: Date,
) -> Vec<Item> {
    let each = items.iter().enumerate();
    each.map(|(i, item)| read(checks, &format!("items[{i}]."), item, kind, rooms, starts_on)).collect()
}

/// Puts in what goes without saying, and notes what is wrong; `at` stands before the names of fields.
fn read(
    checks: &mut Checks,
    at: &str,
    new: &NewContractItem,
    kind: RoomKind,
    rooms: &[RoomId],
    starts_on: Date,
) -> Item {
    let path = |field: &str| format!("{at}{field}");
    let name = tidy(&new.name);
    checks.that(!name.is_empty(), path("name"), "required");
    if name.chars().count() > 200 {
        checks.note_with(path("name"), "too-long", vec![("max", "200".into())]);
    }
    checks.that(!name.chars().any(char::is_control), path("name"), "bad-format");
    if new.kind == ChargeKind::Discount {
        checks.that(!new.unit_price.is_positive(), path("unitPrice"), "discount-takes-off");
        crate::check_amount(
            checks,
            path("unitPrice"),
            new.unit_price.checked_neg().unwrap_or(Money::MAX).max(Money::ZERO),
        );
    } else {
        crate::check_amount(checks, path("unitPrice"), new.unit_price);
    }
    checks.that(new.room_id.is_none_or(|room| rooms.contains(&room)), path("roomId"), "not-a-choice");
    let is_by_meter = new.basis == ChargeBasis::Meter;
    checks.that(!is_by_meter || new.meter_kind.is_some(), path("meterKind"), "required");
    checks.that(is_by_meter || new.meter_kind.is_none(), path("meterKind"), "only-by-meter");
    checks.that(!is_by_meter || new.kind == ChargeKind::Service, path("kind"), "service-by-meter");
    let (valid_from, valid_to) = (new.valid_from.unwrap_or(starts_on), new.valid_to);
    check_day(checks, path("validFrom"), valid_from);
    check_day(checks, path("validTo"), valid_to.unwrap_or(valid_from));
    checks.that(valid_to.is_none_or(|to| to >= valid_from), path("validTo"), "end-before-start");
    let digits = |text: &str, count: usize| text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
    let usual = new.meter_kind.map_or(classing::classification(new.kind, kind), MeterKind::classification_code);
    let classification_code = new.classification_code.clone().unwrap_or_else(|| usual.to_owned());
    checks.that(digits(&classification_code, 7), path("classificationCode"), "bad-format");
    let vat_mode = new.vat_mode.unwrap_or(VatMode::Included);
    let exemption_code = match (vat_mode, &new.exemption_code) {
        (VatMode::Exempt, Some(code)) => {
            checks.that(digits(code, 3), path("exemptionCode"), "bad-format");
            Some(code.clone())
        }
        (VatMode::Exempt, None) => {
            checks.that(classing::is_dwelling(kind), path("exemptionCode"), "required");
            Some(classing::DWELLING_EXEMPTION.to_owned())
        }
        (_, given) => {
            checks.that(given.is_none(), path("exemptionCode"), "only-exempt");
            None
        }
    };
    Item {
        id: ContractItemId::new(),
        room: new.room_id,
        kind: new.kind,
        name,
        basis: new.basis,
        meter_kind: new.meter_kind,
        unit_price: new.unit_price,
        vat_mode,
        tax_kind: classing::tax_kind(vat_mode),
        classification_code,
        exemption_code,
        valid_from,
        valid_to,
    }
}

/// Adds lines to a contract; sent without waiting.
pub(crate) async fn insert(tx: &Tx, contract: ContractId, items: &[Item]) -> Result<()> {
    let of_contract: Vec<(ContractId, &Item)> = items.iter().map(|item| (contract, item)).collect();
    insert_many(tx, &of_contract).await
}

/// Adds lines to many contracts in one statement; sent without waiting.
pub(crate) async fn insert_many(tx: &Tx, items: &[(ContractId, &Item)]) -> Result<()> {
    fn column<T>(items: &[(ContractId, &Item)], value: impl Fn(&Item) -> T) -> Vec<T> {
        items.iter().map(|(_, item)| value(item)).collect()
    }
    if items.is_empty() {
        return Ok(());
    }
    tx.later(
        "insert into contract_items (id, contract_id, room_id, kind, name, basis, unit_price, vat_mode, tax_kind,
                                     classification_code, exemption_code, valid_from, valid_to, meter_kind)
         select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::bigint[],
                              $8::text[], $9::text[], $10::text[], $11::text[], $12::date[], $13::date[], $14::text[])",
        params![
            column(items, |item| item.id),
            items.iter().map(|(contract, _)| *contract).collect::<Vec<_>>(),
            column(items, |item| item.room),
            column(items, |item| item.kind),
            column(items, |item| item.name.clone()),
            column(items, |item| item.basis),
            column(items, |item| item.unit_price),
            column(items, |item| item.vat_mode),
            column(items, |item| item.tax_kind),
            column(items, |item| item.classification_code.clone()),
            column(items, |item| item.exemption_code.clone()),
            column(items, |item| item.valid_from),
            column(items, |item| item.valid_to),
            column(items, |item| item.meter_kind),
        ],
    )
    .await
}

/// Lines that began with a draft begin with it when its start moves.
pub(super) async fn start_with(tx: &Tx, contract: ContractId, old: Date, new: Date) -> Result<()> {
    if old == new {
        return Ok(());
    }
    increases::begin_after(tx, contract, new).await?;
    tx.later(
        "update contract_items set valid_from = $3, valid_to = greatest(valid_to, $3)
          where contract_id = $1 and (valid_from = $2 or valid_from < $3)",
        params![contract, old, new],
    )
    .await
}

const COLUMNS: &str = "id, contract_id, room_id, kind, name, basis, unit_price, vat_mode, tax_kind,
    classification_code, exemption_code, valid_from, valid_to, meter_kind";

/// The last question of its transaction.
async fn page(tx: &Tx, contract: ContractId, window: &Window<ContractItemId>) -> Result<Vec<ContractItemView>> {
    let mut asked = Conditions::new();
    asked.and("contract_id = {0}", params![contract]);
    if let Some(after) = window.after {
        asked.and("id > {0}", params![after]);
    }
    let limit = asked.value(Box::new(window.rows()));
    let sql = format!("select {COLUMNS} from contract_items{} order by id limit {limit}", asked.sql());
    let rows = tx.last().all(&sql, &asked.values()).await?;
    Ok(rows.iter().map(item).collect())
}

pub(super) async fn find(tx: &Tx, contract: ContractId, id: ContractItemId) -> Result<Option<ContractItemView>> {
    let sql = format!("select {COLUMNS} from contract_items where id = $1 and contract_id = $2");
    let row = tx.maybe(&sql, &[&id, &contract]).await?;
    Ok(row.as_ref().map(item))
}

/// A line out of columns in the order of [`COLUMNS`], which the whole contract asks for too.
pub(super) fn item(row: &Row) -> ContractItemView {
    let mut columns = Columns::of(row);
    ContractItemView {
        id: columns.take(),
        contract_id: columns.take(),
        room_id: columns.take(),
        kind: columns.take(),
        name: columns.take(),
        basis: columns.take(),
        unit_price: columns.take(),
        vat_mode: columns.take(),
        tax_kind: columns.take(),
        classification_code: columns.take(),
        exemption_code: columns.take(),
        valid_from: columns.take(),
        valid_to: columns.take(),
        meter_kind: columns.take(),
    }
}
