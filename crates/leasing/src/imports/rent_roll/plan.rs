//! What a rent roll adds to what is there: a plan made in memory, which a dry run shows and an import writes.

use std::collections::{BTreeSet, HashMap, HashSet};

use domain::{
    ContractId, ContractItemId, ContractRoomId, FloorId, Money, PropertyId, RoomId, TenantId,
    contract::{ChargeBasis, ChargeKind, ContractStatus, VatMode},
    rooms::{PriceMode, RoomKind, TenantKind},
    text::{fold_code, fold_word},
};
use jiff::civil::Date;
use rust_decimal::{Decimal, prelude::ToPrimitive};
use sheets::{
    RentRoll,
    rent_roll::{Row, Status, Values},
};

use crate::contracts::{classing, items::Item};

/// What the owner has already, in the form in which rows are compared with it.
#[derive(Debug, Default)]
pub struct Known {
    /// By folded name.
    pub properties: HashMap<String, PropertyId>,
    pub floors: HashMap<(PropertyId, i32), FloorId>,
    /// By building and unit key.
    pub rooms: HashMap<(PropertyId, String), RoomId>,
    pub tenants: HashMap<TenantKey, TenantId>,
    /// By code: whose it is.
    pub contracts: HashMap<String, TenantId>,
    /// Who holds a room, from when, until when.
    pub holds: HashMap<RoomId, Vec<(Date, Option<Date>, String)>>,
}

/// What makes two rows speak of one tenant.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum TenantKey {
    Register(String),
    /// Letters and digits of the name, folded: quotation marks and blanks do not count.
    Name(String),
}

impl TenantKey {
    pub fn of(register: Option<&str>, name: &str) -> TenantKey {
        match register {
            Some(register) => TenantKey::Register(register.to_owned()),
            None => TenantKey::Name(fold_word(name).chars().filter(|c| c.is_alphanumeric()).collect()),
        }
    }
}

/// What is to be written, and what became of each row.
#[derive(Debug, Default)]
pub struct Plan {
    pub properties: Vec<(PropertyId, String)>,
    pub floors: Vec<(FloorId, PropertyId, i32)>,
    pub rooms: Vec<NewRoom>,
    pub tenants: Vec<NewTenant>,
    pub contracts: Vec<NewContract>,
    /// By the row's place: why a row that is right by itself is left out all the same.
    pub withheld: HashMap<usize, Withheld>,
    /// Rows whose room, tenant and contract were there already.
    pub known_rows: usize,
}

#[derive(Debug)]
pub struct NewRoom {
    pub id: RoomId,
    pub property: PropertyId,
    pub floor: Option<FloorId>,
    pub unit_no: String,
    pub unit_key: String,
    pub kind: RoomKind,
    pub area_m2: Decimal,
    pub price_mode: PriceMode,
    pub base_rent: Money,
}

#[derive(Debug)]
pub struct NewTenant {
    pub id: TenantId,
    pub kind: TenantKind,
    pub name: String,
    pub register_no: Option<String>,
    pub tin: Option<String>,
    pub phone: Option<String>,
    pub second_phone: Option<String>,
    pub email: Option<String>,
}

#[derive(Debug)]
pub struct NewContract {
    pub id: ContractId,
    pub code: String,
    pub property: PropertyId,
    pub tenant: TenantId,
    pub tenant_name: String,
    pub register_no: Option<String>,
    pub tin: Option<String>,
    pub units: String,
    pub kind: RoomKind,
    pub starts_on: Date,
    pub ends_on: Option<Date>,
    pub status: ContractStatus,
    pub deposit_amount: Money,
    pub deposit_received: Money,
    pub payment_day: i32,
    pub penalty_bp: Option<i32>,
    pub notes: String,
    pub rooms: Vec<(ContractRoomId, RoomId)>,
    pub items: Vec<Item>,
    pub opening: Opening,
}

/// What was open when the sheet was made: arrears above nought, credit below.
#[derive(Debug, Clone, Copy)]
pub struct Opening {
    pub balance: Money,
    /// The day for which the sheet is true, or the contract's start where that is later.
    pub on: Date,
    pub is_overdue: bool,
}

/// Why a right row is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Withheld {
    /// The room is held by a contract that is not in the sheet.
    Overlap { code: String },
    /// The contract's number is, outside the sheet, another tenant's.
    DuplicateContract,
    /// The contract's other room, on another row, is wrong: the contract comes in whole or not at all.
    PartnerRow { row: u32 },
    /// The text is longer than can be kept.
    TooLong { field: &'static str },
    /// The amount is larger than can be kept.
    TooLarge { field: &'static str },
}

impl Plan {
    pub fn of(roll: &RentRoll, known: &Known, today: Date) -> Plan {
        let as_of = roll.as_of.unwrap_or(today);
        let mut plan = Plan::default();
        let mut names = Names::of(known);
        for (place, row) in roll.rows.iter().enumerate().filter(|(_, row)| row.status != Status::Error) {
            if let Some(why) = unfit(&row.values) {
                plan.withheld.insert(place, why);
            }
        }
        let contracts = plan.whole_contracts(roll);
        plan.withhold_by(&contracts, roll, &names);
        for (place, row) in roll.rows.iter().enumerate() {
            if row.status == Status::Error || plan.withheld.contains_key(&place) {
                continue;
            }
            let room_was_known = plan.room(&row.values, &mut names);
            let contract_was_known = row.values.contract.as_ref().is_none_or(|code| known.contracts.contains_key(code));
            plan.known_rows += usize::from(room_was_known && contract_was_known);
        }
        for rows in contracts {
            let right: Vec<&Row> = rows
                .iter()
                .filter(|place| !plan.withheld.contains_key(place))
                .map(|place| &roll.rows[*place])
                .collect();
            if right.len() == rows.len() {
                plan.contract(&right, known, &mut names, as_of, today);
            }
        }
        plan
    }

    /// Contracts with an opening balance.
    pub fn balances(&self) -> impl Iterator<Item = &NewContract> {
        self.contracts.iter().filter(|contract| !contract.opening.balance.is_zero())
    }

    /// The rows of each contract by their places, in the order of the sheet; where one of them is wrong, the others are
    /// withheld.
    fn whole_contracts(&mut self, roll: &RentRoll) -> Vec<Vec<usize>> {
        let mut order: Vec<Vec<usize>> = Vec::new();
        let mut by_code: HashMap<(&str, TenantKey), usize> = HashMap::new();
        for (place, row) in roll.rows.iter().enumerate() {
            let Values { contract: Some(code), tenant: Some(tenant), register, .. } = &row.values else { continue };
            let at = *by_code.entry((code, TenantKey::of(register.as_deref(), tenant))).or_insert_with(|| {
                order.push(Vec::new());
                order.len() - 1
            });
            order[at].push(place);
        }
        for places in &order {
            let is_wrong =
                |place: &usize| roll.rows[*place].status == Status::Error || self.withheld.contains_key(place);
            let Some(wrong) = places.iter().copied().find(is_wrong) else { continue };
            for place in places.iter().filter(|place| roll.rows[**place].status != Status::Error) {
                let why = Withheld::PartnerRow { row: roll.rows[wrong].row };
                self.withheld.entry(*place).or_insert(why);
            }
        }
        order.retain(|places| places.iter().all(|place| roll.rows[*place].status == Status::Ok));
        order
    }

    /// Compares each contract with those that are there already.
    fn withhold_by(&mut self, contracts: &[Vec<usize>], roll: &RentRoll, names: &Names<'_>) {
        for places in contracts {
            let first = &roll.rows[places[0]].values;
            let code = first.contract.as_deref().unwrap_or_default();
            if let Some(tenant) = names.known.contracts.get(code) {
                let key = TenantKey::of(first.register.as_deref(), first.tenant.as_deref().unwrap_or_default());
                if names.known.tenants.get(&key) != Some(tenant) {
                    self.withheld.extend(places.iter().map(|place| (*place, Withheld::DuplicateContract)));
                }
                continue;
            }
            let taken = places.iter().find_map(|place| Some((*place, names.holder(&roll.rows[*place].values)?)));
            let Some((taken, code)) = taken else { continue };
            for place in places {
                let why = if *place == taken {
                    Withheld::Overlap { code: code.clone() }
                } else {
                    Withheld::PartnerRow { row: roll.rows[taken].row }
                };
                self.withheld.insert(*place, why);
            }
        }
    }

    /// Plans a row's building, floor and room; true when the room was there.
    fn room(&mut self, values: &Values, names: &mut Names<'_>) -> bool {
        let Some(unit_no) = &values.unit else { return false };
        let folded = fold_word(&values.building);
        let property = *names.properties.entry(folded).or_insert_with(|| {
            let id = PropertyId::new();
            self.properties.push((id, values.building.clone()));
            id
        });
        let unit_key = fold_code(unit_no);
        if let Some(room) = names.rooms.get(&(property, unit_key.clone())) {
            return names.known_rooms.contains(room);
        }
        let floor = values.floor.map(|floor| {
            let number = i32::from(floor.0);
            *names.floors.entry((property, number)).or_insert_with(|| {
                let id = FloorId::new();
                self.floors.push((id, property, number));
                id
            })
        });
        let (price_mode, base_rent) = match (values.price_per_m2, values.flat_rent) {
            (Some(price), _) => (PriceMode::PerM2, price),
            (None, flat) => (PriceMode::Flat, flat.unwrap_or_default()),
        };
        let id = RoomId::new();
        names.rooms.insert((property, unit_key.clone()), id);
        self.rooms.push(NewRoom {
            id,
            property,
            floor,
            unit_no: unit_no.clone(),
            unit_key,
            kind: values.kind.unwrap_or(RoomKind::Other),
            area_m2: values.area_m2.unwrap_or_default(),
            price_mode,
            base_rent,
        });
        false
    }

    /// Plans a contract over the rooms of its rows, and its tenant; nothing when it is there already.
    fn contract(&mut self, rows: &[&Row], known: &Known, names: &mut Names<'_>, as_of: Date, today: Date) {
        let values = &rows[0].values;
        let Values { contract: Some(code), starts_on: Some(starts_on), tenant: Some(tenant_name), .. } = values else {
            return;
        };
        if known.contracts.contains_key(code) {
            return;
        }
        let tenant = self.tenant(values, tenant_name, names);
        let rooms: Vec<RoomId> = rows.iter().filter_map(|row| names.room(&row.values)).collect();
        let Some(property) = names.property(values) else { return };
        let sum = |amount: fn(&Values) -> Option<Money>| {
            Money::sum(rows.iter().filter_map(|row| amount(&row.values))).unwrap_or(crate::LARGEST)
        };
        let on = as_of.max(*starts_on);
        let units = rows.iter().filter_map(|row| row.values.unit.as_deref()).collect::<Vec<_>>().join("; ");
        let notes: BTreeSet<&str> = rows.iter().filter_map(|row| row.values.note.as_deref()).collect();
        self.contracts.push(NewContract {
            id: ContractId::new(),
            code: code.clone(),
            property,
            tenant,
            tenant_name: tenant_name.clone(),
            register_no: values.register.clone(),
            tin: values.tin.clone(),
            units,
            kind: values.kind.unwrap_or(RoomKind::Other),
            starts_on: *starts_on,
            ends_on: values.ends_on,
            status: match values.ends_on {
                Some(end) if end < today => ContractStatus::Expired,
                _ => ContractStatus::Active,
            },
            deposit_amount: sum(|values| values.deposit_due),
            deposit_received: sum(|values| values.deposit_paid),
            payment_day: values.payment_day.unwrap_or(1).into(),
            // a rate finer than a basis point is cut in the tenant's favour
            penalty_bp: values.penalty_bp_per_day.and_then(|rate| rate.trunc().to_i32()),
            notes: notes.into_iter().collect::<Vec<_>>().join("\n"),
            items: rows.iter().zip(&rooms).flat_map(|(row, room)| items(&row.values, *room, *starts_on)).collect(),
            rooms: rooms.into_iter().map(|room| (ContractRoomId::new(), room)).collect(),
            opening: Opening { balance: sum(|values| values.opening_balance), on, is_overdue: on < today },
        });
    }

    fn tenant(&mut self, values: &Values, name: &str, names: &mut Names<'_>) -> TenantId {
        let key = TenantKey::of(values.register.as_deref(), name);
        *names.tenants.entry(key).or_insert_with(|| {
            let id = TenantId::new();
            self.tenants.push(NewTenant {
                id,
                kind: values.tenant_type.unwrap_or(TenantKind::Company),
                name: name.to_owned(),
                register_no: values.register.clone(),
                tin: values.tin.clone(),
                phone: values.phones.first().cloned(),
                second_phone: values.phones.get(1).cloned(),
                email: values.email.as_ref().map(|email| email.to_lowercase()),
            });
            id
        })
    }
}

/// What is there or will be, by name.
struct Names<'k> {
    known: &'k Known,
    known_rooms: HashSet<RoomId>,
    properties: HashMap<String, PropertyId>,
    floors: HashMap<(PropertyId, i32), FloorId>,
    rooms: HashMap<(PropertyId, String), RoomId>,
    tenants: HashMap<TenantKey, TenantId>,
}

impl<'k> Names<'k> {
    fn of(known: &'k Known) -> Names<'k> {
        Names {
            known,
            known_rooms: known.rooms.values().copied().collect(),
            properties: known.properties.clone(),
            floors: known.floors.clone(),
            rooms: known.rooms.clone(),
            tenants: known.tenants.clone(),
        }
    }

    fn property(&self, values: &Values) -> Option<PropertyId> {
        self.properties.get(&fold_word(&values.building)).copied()
    }

    fn room(&self, values: &Values) -> Option<RoomId> {
        let unit_key = fold_code(values.unit.as_deref()?);
        self.rooms.get(&(self.property(values)?, unit_key)).copied()
    }

    /// The contract outside the sheet that holds a row's room for some of its time.
    fn holder(&self, values: &Values) -> Option<String> {
        let (from, to) = (values.starts_on?, values.ends_on.unwrap_or(Date::MAX));
        let holds = self.known.holds.get(&self.room(values)?)?;
        let other = holds.iter().find(|(first, last, _)| *first <= to && from <= last.unwrap_or(Date::MAX));
        other.map(|(_, _, code)| code.clone())
    }
}

/// Rent and management fee of one room; VAT as the sheet says it for both.
fn items(values: &Values, room: RoomId, valid_from: Date) -> Vec<Item> {
    let kind = values.kind.unwrap_or(RoomKind::Other);
    let vat_mode = values.vat_mode.unwrap_or(VatMode::Included);
    let rent = match (values.price_per_m2, values.flat_rent) {
        (Some(price), _) => Some((ChargeBasis::PerM2, price)),
        (None, flat) => flat.map(|rent| (ChargeBasis::Flat, rent)),
    };
    let rent = rent.map(|(basis, price)| (ChargeKind::Rent, "Түрээс", basis, price));
    let fee = values.management_fee.filter(|fee| !fee.is_zero());
    let fee = fee.map(|fee| (ChargeKind::Management, "Менежментийн төлбөр", ChargeBasis::Flat, fee));
    let lines = rent.into_iter().chain(fee).map(|(charge, name, basis, unit_price)| Item {
        id: ContractItemId::new(),
        room: Some(room),
        kind: charge,
        name: name.to_owned(),
        basis,
        meter_kind: None,
        unit_price,
        vat_mode,
        tax_kind: classing::tax_kind(vat_mode),
        classification_code: classing::classification(charge, kind).to_owned(),
        exemption_code: (vat_mode == VatMode::Exempt).then(|| classing::DWELLING_EXEMPTION.to_owned()),
        valid_from,
        valid_to: None,
    });
    lines.collect()
}

/// What the tables can't hold.
fn unfit(values: &Values) -> Option<Withheld> {
    let longer = |text: Option<&String>, max: usize| text.is_some_and(|text| text.chars().count() > max);
    let texts = [
        ("building", longer(Some(&values.building), 200)),
        ("unit", longer(values.unit.as_ref(), 40)),
        ("tenant", longer(values.tenant.as_ref(), 200)),
        ("contract", longer(values.contract.as_ref(), 40)),
        ("note", longer(values.note.as_ref(), 4000)),
        ("email", longer(values.email.as_ref(), 320)),
    ];
    if let Some((field, _)) = texts.into_iter().find(|(_, longer)| *longer) {
        return Some(Withheld::TooLong { field });
    }
    let beyond = |amount: Option<Money>| {
        amount.is_some_and(|amount| amount.mungo().unsigned_abs() > crate::LARGEST.mungo().unsigned_abs())
    };
    let amounts = [
        ("price_per_m2", beyond(values.price_per_m2)),
        ("flat_rent", beyond(values.flat_rent)),
        ("management_fee", beyond(values.management_fee)),
        ("deposit_due", beyond(values.deposit_due)),
        ("deposit_paid", beyond(values.deposit_paid)),
        ("opening_balance", beyond(values.opening_balance)),
        ("area_m2", values.area_m2.is_some_and(|area| area >= Decimal::from(1_000_000_000))),
    ];
    amounts.into_iter().find(|(_, beyond)| *beyond).map(|(field, _)| Withheld::TooLarge { field })
}
