//! The fourth step: what it costs, line by line, filled in beforehand from what is asked for the space.

use axum::{
    extract::{Form as Posted, Path},
    http::StatusCode,
    response::Response,
};
use domain::{
    ContractItemId, RoomId,
    contract::{ChargeBasis, ChargeKind, VatMode},
    meter::MeterKind,
    rooms::PriceMode,
};
use maud::{Markup, html};
use wire::contracts::{ContractCharges, ContractItemView, ContractView, NewContractItem};

use super::{At, drawn};
use crate::{
    api::Api,
    contracts::view::id,
    fmt,
    page::Page,
    problem::Problem,
    read,
    reader::Reader,
    ui::{
        button::Button,
        field::terms_of,
        form::{self, Form},
        icon::Icon,
    },
};

/// How many empty rows stand below those that are filled.
const SPARE: usize = 2;

/// No contract has more lines.
const MOST: usize = 200;

/// The charges' form, fresh or come back.
#[derive(Debug, Clone)]
pub struct ChargesStep {
    pub contract: ContractView,
    pub form: Form,
    /// How many rows the grid has.
    pub rows: usize,
}

/// A row's fields: the line's id when it stands already, what it is for, how much of what.
const FIELDS: [&str; 8] = ["id", "kind", "name", "basis", "price", "vat", "room", "meter"];

fn name(field: &str, row: usize) -> String {
    format!("{field}-{row}")
}

pub async fn show(api: Api, reader: Reader, Path(id): Path<String>) -> Result<Response, Problem> {
    let (reader, contract) = api.page(reader, api.contract(self::id(&id)?)).await?;
    if let Some(away) = super::only_a_draft(&contract) {
        return Ok(away);
    }
    let mut form = Form::default().with("version", contract.version);
    let mut rows = 0;
    for item in &contract.items {
        form = filled(form, rows, item);
        rows += 1;
    }
    if contract.items.is_empty() {
        (form, rows) = asked(&api, &reader, &contract, form).await?;
    }
    Ok(drawn(StatusCode::OK, &ChargesStep { contract, form, rows: rows + SPARE }, &reader))
}

fn filled(form: Form, row: usize, item: &ContractItemView) -> Form {
    form.with(&name("id", row), item.id)
        .with(&name("kind", row), item.kind)
        .with(&name("name", row), &item.name)
        .with(&name("basis", row), item.basis)
        .with(&name("price", row), fmt::money_text(item.unit_price))
        .with(&name("vat", row), item.vat_mode)
        .with(&name("room", row), item.room_id.map(|room| room.to_string()).unwrap_or_default())
        .with(&name("meter", row), item.meter_kind.map(|kind| kind.to_string()).unwrap_or_default())
}

/// A line of rent for each room at the price that is asked for it.
async fn asked(api: &Api, reader: &Reader, contract: &ContractView, form: Form) -> Result<(Form, usize), Problem> {
    let (mut form, mut rows) = (form, 0);
    let mut seen: Vec<RoomId> = Vec::new();
    for held in contract.rooms.iter().take(20) {
        if seen.contains(&held.room_id) {
            continue;
        }
        seen.push(held.room_id);
        let room = api.room(held.room_id).await?;
        if room.base_rent.is_zero() {
            continue;
        }
        let basis = match room.price_mode {
            PriceMode::PerM2 => ChargeBasis::PerM2,
            PriceMode::Flat => ChargeBasis::Flat,
        };
        form = form
            .with(&name("kind", rows), ChargeKind::Rent)
            .with(&name("name", rows), reader.term("charge-kind", ChargeKind::Rent.as_str()))
            .with(&name("basis", rows), basis)
            .with(&name("price", rows), fmt::money_text(room.base_rent))
            .with(&name("vat", rows), VatMode::Included)
            .with(&name("room", rows), room.id);
        rows += 1;
    }
    Ok((form, rows))
}

pub async fn set(
    api: Api,
    reader: Reader,
    Path(id): Path<String>,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let id = self::id(&id)?;
    let posted = pairs.iter().filter(|(name, _)| name.starts_with("price-")).count().min(MOST);
    let wants_more = pairs.iter().any(|(name, _)| name == "more");
    let mut form = Form::typed(pairs);
    let (reader, contract) = api.page(reader, api.contract(id)).await?;
    if wants_more {
        let rows = (posted + SPARE).min(MOST);
        return Ok(drawn(StatusCode::OK, &ChargesStep { contract, form, rows }, &reader));
    }
    let version = form.must(&reader, "version", "field-not-a-number", read::word).unwrap_or_default();
    let Lines { keep, items, places } = lines(&mut form, &reader, &contract, posted);
    if keep.is_empty() && items.is_empty() && form.is_clean() {
        form.trouble(reader.say("wizard-lacks-charges"));
    }
    let mut status = StatusCode::BAD_REQUEST;
    if form.is_clean() {
        match api.set_contract_charges(id, &ContractCharges { version, keep, items }).await {
            Ok(contract) => return Ok(At::Charges.on(&contract)),
            Err(refusal) => status = form.refused(refusal, |path| field(path, &places).map(Into::into))?,
        }
    }
    Ok(drawn(status, &ChargesStep { contract, form, rows: posted }, &reader))
}

/// The lines as they were written: those that stay as they are, and the new ones with their rows.
#[derive(Default)]
struct Lines {
    keep: Vec<ContractItemId>,
    items: Vec<NewContractItem>,
    places: Vec<usize>,
}

fn lines(form: &mut Form, reader: &Reader, contract: &ContractView, rows: usize) -> Lines {
    let mut lines = Lines::default();
    for n in 0..rows {
        let [id, kind, called, basis, price, vat, room, meter] = FIELDS.map(|field| name(field, n));
        if form.value(&called).is_empty() && form.value(&price).is_empty() {
            continue;
        }
        let text = form.must(reader, &called, "field-required", |text| Some(text.to_owned()));
        let unit_price = form.must(reader, &price, "field-bad-money", read::money);
        let kind = form.must(reader, &kind, "field-not-a-choice", read::word);
        let basis = form.must(reader, &basis, "field-not-a-choice", read::word);
        let vat_mode: Option<VatMode> = form.read(reader, &vat, "field-not-a-choice", read::word);
        let room_id: Option<RoomId> = form.read(reader, &room, "field-not-a-choice", read::word);
        let meter_kind: Option<MeterKind> = form.read(reader, &meter, "field-not-a-choice", read::word);
        let standing: Option<ContractItemId> = form.read(reader, &id, "field-not-a-choice", read::word);
        let (Some(text), Some(unit_price), Some(kind), Some(basis)) = (text, unit_price, kind, basis) else { continue };
        let item = NewContractItem {
            kind,
            name: text,
            basis,
            // chosen and of no use without a charge by meter
            meter_kind: meter_kind.filter(|_| basis == ChargeBasis::Meter),
            unit_price,
            vat_mode,
            room_id,
            classification_code: None,
            exemption_code: None,
            valid_from: None,
            valid_to: None,
        };
        let same = contract.items.iter().find(|old| Some(old.id) == standing && is_unchanged(old, &item));
        match same {
            Some(old) => lines.keep.push(old.id),
            None => {
                lines.places.push(n);
                lines.items.push(item);
            }
        }
    }
    lines
}

fn is_unchanged(old: &ContractItemView, new: &NewContractItem) -> bool {
    (old.kind, old.basis, old.room_id, old.meter_kind) == (new.kind, new.basis, new.room_id, new.meter_kind)
        && old.name == new.name
        && old.unit_price.compare(new.unit_price).is_eq()
        && new.vat_mode.is_none_or(|mode| mode == old.vat_mode)
}

/// `items[1].unitPrice` is in the row of the second line that is new.
fn field(path: &str, places: &[usize]) -> Option<String> {
    let (place, field) = path.strip_prefix("items[")?.split_once("].")?;
    let row = places.get(place.parse::<usize>().ok()?)?;
    let field = match field {
        "unitPrice" => "price",
        "exemptionCode" | "vatMode" => "vat",
        "roomId" => "room",
        "meterKind" => "meter",
        "kind" | "basis" => field,
        _ => "name",
    };
    Some(name(field, *row))
}

impl Page for ChargesStep {
    fn render(&self, reader: &Reader) -> Markup {
        let (contract, form) = (&self.contract, &self.form);
        let kinds = terms_of(reader, "charge-kind", ChargeKind::ALL);
        let bases = terms_of(reader, "charge-basis", ChargeBasis::ALL);
        let vat = terms_of(reader, "vat-mode", VatMode::ALL);
        let mut meters = vec![(String::new(), reader.say("meters-charged-none").into_owned())];
        meters.extend(terms_of(reader, "meter-kind", MeterKind::ALL));
        let mut rooms = vec![(String::new(), reader.say("all-rooms").into_owned())];
        rooms.extend(contract.rooms.iter().map(|room| (room.room_id.to_string(), room.unit_no.clone())));
        let names: Vec<[String; 8]> = (0..self.rows).map(|n| FIELDS.map(|field| name(field, n))).collect();
        let inside = html! {
            (form.summary(reader))
            (super::version(form))
            p class="hint" { (reader.say("wizard-charges-note")) }
            @for [id, kind, called, basis, price, vat_mode, room, meter] in &names {
                section class="box" {
                    input type="hidden" name=(id) value=(form.value(id));
                    div class="fields" {
                        (form.field(called, reader.say("wizard-line-name")).max_chars(200))
                        (form.field(kind, reader.say("kind")).choices(&kinds))
                        (form.field(price, reader.say("unit-price")).money())
                        (form.field(basis, reader.say("charge-basis")).choices(&bases))
                        (form.field(meter, reader.say("meters-charged-by")).choices(&meters).hint(reader.say("meters-charged-hint")))
                        (form.field(room, reader.say("wizard-line-room")).choices(&rooms))
                        (form.field(vat_mode, reader.say("vat")).choices(&vat))
                    }
                }
            }
            p { (Button::submit(reader.say("wizard-more-lines")).value("more", "yes").outline().icon(Icon::Plus)) }
            (super::foot(reader, At::Charges, Some(contract)))
        };
        super::draw(reader, At::Charges, Some(contract), form::post(&At::Charges.of(contract), inside))
    }

    fn sample() -> ChargesStep {
        let contract = crate::contracts::sample::drafted();
        let mut form = Form::default().with("version", 4);
        for (row, item) in contract.items.iter().enumerate() {
            form = filled(form, row, item);
        }
        form = form.with("name-4", "Интернет").with("price-4", "олон");
        form.remark("price-4", Reader::default().say("field-bad-money"));
        ChargesStep { rows: 5, contract, form }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_nobody_touched_stays_and_one_that_changed_is_new() {
        let contract = crate::contracts::sample::drafted();
        let mut form = Form::default();
        for (row, item) in contract.items.iter().enumerate() {
            form = filled(form, row, item);
        }
        let reader = Reader::default();
        let all = lines(&mut form.clone(), &reader, &contract, contract.items.len());
        assert_eq!((all.keep.len(), all.items.len()), (contract.items.len(), 0));
        let mut dearer = form.with("price-0", "26 000").with("name-1", "").with("price-1", "");
        let some = lines(&mut dearer, &reader, &contract, contract.items.len());
        assert_eq!((some.keep.len(), some.items.len(), &some.places[..]), (contract.items.len() - 2, 1, &[0][..]));
        assert!(dearer.is_clean());
        assert_eq!(field("items[0].unitPrice", &some.places), Some("price-0".into()));
    }
}
