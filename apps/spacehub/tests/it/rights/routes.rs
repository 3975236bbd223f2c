//! Who may ask each route, and how it is asked well: every request is about things of its own.

use std::sync::atomic::{AtomicU32, Ordering};

use domain::rights::Action;
use http::Method;
use serde_json::{Value, json};

use crate::town::{Person, Town, leasing::contract, nothing};

/// What a route asks of whoever comes.
#[derive(Debug, Clone, Copy)]
pub enum Needs {
    /// Open to all: a link's token is the key.
    Nothing,
    SignedIn,
    Right(Action),
    /// A way in, which stories of its own tell: whoever knocks is somebody else afterwards.
    Door,
    /// The right of those who see the owner's whole world: an employee has it within the assigned properties only.
    RightOfHeads(Action),
}

pub fn needs(at: &str) -> Option<Needs> {
    use Action::*;
    Some(match at {
        "GET /v2/links/{token}"
        | "POST /v2/links/{token}/payment-intents"
        | "GET /v2/links/{token}/paper"
        | "POST /v2/links/{token}/paper" => Needs::Nothing,
        "GET /v2/me" => Needs::SignedIn,
        "POST /v2/auth/token"
        | "GET /v2/invitations/{token}"
        | "POST /v2/invitations/{token}/acceptance"
        | "POST /v2/registrations" => Needs::Door,
        "GET /v2/staff" | "GET /v2/staff/export" | "GET /v2/staff/{id}" => Needs::Right(ReadStaff),
        "PATCH /v2/staff/{id}"
        | "POST /v2/staff/{id}/removal"
        | "GET /v2/staff/invitations"
        | "POST /v2/staff/invitations"
        | "POST /v2/staff/invitations/{id}/cancellation"
        | "POST /v2/staff/invitations/{id}/sending" => Needs::Right(EditStaff),
        "GET /v2/setup" => Needs::Right(EditOwner),
        "POST /v2/devices" => Needs::Right(RegisterDevice),
        "GET /v2/property-owners" | "GET /v2/property-owners/{id}" => Needs::Right(ReadOwner),
        "PATCH /v2/property-owners/{id}" | "GET /v2/qpay-account" | "PUT /v2/qpay-account" => Needs::Right(EditOwner),
        "POST /v2/property-owners/{id}/visit" | "DELETE /v2/property-owners/{id}/visit" => Needs::Right(VisitOwner),
        "GET /v2/audit" | "GET /v2/audit/export" => Needs::Right(ReadAudit),
        "GET /v2/outbox" => Needs::Right(ReadOutbox),
        "GET /v2/today"
        | "GET /v2/months/{month}/preview"
        | "GET /v2/months/{month}/tie-out"
        | "GET /v2/months/{month}/preview/export"
        | "GET /v2/months/{month}/runs"
        | "GET /v2/months/{month}/work"
        | "GET /v2/months/{month}/reports"
        | "GET /v2/month-runs/{id}"
        | "GET /v2/month-runs/{id}/parked"
        | "GET /v2/document-batches"
        | "POST /v2/document-batches"
        | "GET /v2/document-batches/{id}" => Needs::Right(ReadReports),
        "POST /v2/months/{month}/run" => Needs::Right(RunMonth),
        "GET /v2/meters" | "GET /v2/meters/{id}" | "GET /v2/meters/{id}/readings" => Needs::Right(ReadMeters),
        "POST /v2/meters"
        | "POST /v2/meters/{id}/replacement"
        | "POST /v2/meters/{id}/handovers"
        | "PUT /v2/meters/{id}/readings/{month}"
        | "GET /v2/readings"
        | "GET /v2/readings/totals" => Needs::Right(EditReadings),
        "GET /v2/tariffs" | "GET /v2/common-rules" => Needs::Right(ReadTariffs),
        "POST /v2/tariffs" | "PATCH /v2/tariffs/{id}" | "PUT /v2/common-rules" => Needs::Right(EditTariffs),
        "GET /v2/utilities" | "GET /v2/utilities/export" => Needs::Right(ReadReports),
        "GET /v2/bank-accounts" | "GET /v2/bank-statements" => Needs::Right(ReadPayments),
        "GET /v2/bank-lines"
        | "GET /v2/bank-lines/totals"
        | "GET /v2/bank-lines/{id}"
        | "GET /v2/matching-rules"
        | "POST /v2/bank-lines/runs"
        | "POST /v2/bank-lines/{id}/link"
        | "PUT /v2/bank-lines/{id}/ignored"
        | "DELETE /v2/bank-lines/{id}/ignored"
        | "GET /v2/bank-lines/{id}/undoing"
        | "POST /v2/bank-lines/{id}/undoing" => Needs::Right(RecordPayments),
        "PUT /v2/matching-rules" => Needs::Right(EditOwner),
        "POST /v2/bank-accounts"
        | "PATCH /v2/bank-accounts/{id}"
        | "PUT /v2/bank-accounts/{id}/connection"
        | "DELETE /v2/bank-accounts/{id}/connection"
        | "POST /v2/bank-accounts/{id}/connection/tests" => Needs::Right(EditOwner),
        "POST /v2/imports/statements" => Needs::Right(RecordPayments),
        "POST /v2/months/{month}/lock" | "POST /v2/months/{month}/unlock" => Needs::Right(LockMonth),
        "POST /v2/imports/rent-roll"
        | "POST /v2/imports/invoices"
        | "POST /v2/imports/readings"
        | "GET /v2/imports"
        | "GET /v2/imports/{id}"
        | "GET /v2/imports/{id}/undoing"
        | "POST /v2/imports/{id}/undoing"
        | "GET /v2/imports/mappings"
        | "DELETE /v2/imports/mappings/{id}" => Needs::Right(Import),
        "GET /v2/properties"
        | "GET /v2/properties/export"
        | "GET /v2/properties/{id}"
        | "GET /v2/property-owners/{id}/properties"
        | "GET /v2/floors"
        | "GET /v2/floors/{id}"
        | "GET /v2/rooms"
        | "GET /v2/rooms/totals"
        | "GET /v2/rooms/{id}"
        | "GET /v2/rooms/export"
        | "GET /v2/rooms/{id}/history"
        | "GET /v2/occupancy"
        | "GET /v2/occupancy/export"
        | "GET /v2/properties/{id}/grid"
        | "GET /v2/vacancies"
        | "GET /v2/vacancies/totals"
        | "GET /v2/vacancies/export" => Needs::Right(ReadEstate),
        "POST /v2/properties" | "PATCH /v2/properties/{id}" => Needs::RightOfHeads(EditEstate),
        "POST /v2/floors"
        | "PATCH /v2/floors/{id}"
        | "DELETE /v2/floors/{id}"
        | "POST /v2/rooms"
        | "PATCH /v2/rooms/{id}"
        | "DELETE /v2/rooms/{id}"
        | "POST /v2/rooms/{id}/closing"
        | "DELETE /v2/rooms/{id}/closing"
        | "POST /v2/room-mergers"
        | "POST /v2/room-splits"
        | "POST /v2/room-prices/preview"
        | "POST /v2/room-prices" => Needs::Right(EditEstate),
        "GET /v2/files" | "GET /v2/files/{id}" => Needs::Right(ReadFiles),
        "POST /v2/files" | "PUT /v2/files/order" | "POST /v2/files/{id}/confirm" | "DELETE /v2/files/{id}" => {
            Needs::Right(EditFiles)
        }
        "GET /v2/tenants" | "GET /v2/tenants/export" | "GET /v2/tenants/{id}" => Needs::Right(ReadTenants),
        "POST /v2/tenants" | "PATCH /v2/tenants/{id}" => Needs::Right(EditTenants),
        "GET /v2/tenant-links" | "GET /v2/tenant-links/export" | "GET /v2/tenant-links/{id}" => {
            Needs::Right(ReadTenantLinks)
        }
        "POST /v2/tenant-links/{id}/confirmation"
        | "POST /v2/tenant-links/{id}/refusal"
        | "POST /v2/tenant-links/{id}/ending" => Needs::Right(DecideTenantLinks),
        "GET /v2/places" | "POST /v2/places" | "POST /v2/places/{ownerId}/choice" => Needs::Right(UsePlaces),
        "GET /v2/contracts"
        | "GET /v2/contracts/totals"
        | "GET /v2/contracts/export"
        | "GET /v2/contracts/{id}"
        | "GET /v2/contracts/{id}/items"
        | "GET /v2/contracts/{id}/documents"
        | "GET /v2/documents/{id}" => Needs::Right(ReadContracts),
        "GET /v2/contracts/{id}/history" | "GET /v2/contract-increases" | "GET /v2/contract-increases/export" => {
            Needs::Right(ReadContractHistory)
        }
        "POST /v2/contracts/{id}/approval" => Needs::Right(ApproveContracts),
        "POST /v2/contracts/{id}/discounts"
        | "PATCH /v2/contracts/{id}/discounts/{discountId}"
        | "POST /v2/contracts/{id}/increases/{increaseId}/figure" => Needs::Right(EditContracts),
        "PUT /v2/contracts/{id}/parties"
        | "PUT /v2/contracts/{id}/rooms"
        | "PUT /v2/contracts/{id}/items"
        | "PUT /v2/contracts/{id}/schedule"
        | "POST /v2/contracts/{id}/increases"
        | "POST /v2/contracts/{id}/increases/{increaseId}/ending" => Needs::Right(DraftContracts),
        "POST /v2/contracts"
        | "PATCH /v2/contracts/{id}"
        | "POST /v2/contracts/{id}/items"
        | "POST /v2/contracts/{id}/documents"
        | "PATCH /v2/contracts/{id}/items/{itemId}" => Needs::Right(DraftContracts),
        "POST /v2/contracts/{id}/sending"
        | "POST /v2/contracts/{id}/return"
        | "POST /v2/contracts/{id}/signature"
        | "POST /v2/contracts/{id}/activation"
        | "POST /v2/contracts/{id}/extension"
        | "GET /v2/contracts/{id}/extension-preview"
        | "POST /v2/contracts/{id}/renewal"
        | "GET /v2/contracts/{id}/renewal-preview" => Needs::Right(EditContracts),
        "GET /v2/contracts/{id}/termination-preview"
        | "POST /v2/contracts/{id}/termination"
        | "POST /v2/contracts/{id}/restoration" => Needs::Right(TerminateContracts),
        "GET /v2/receivables"
        | "GET /v2/receivables/totals"
        | "GET /v2/receivables/export"
        | "GET /v2/receivables/lines"
        | "GET /v2/penalties"
        | "GET /v2/penalties/totals"
        | "GET /v2/penalties/export"
        | "GET /v2/promises-to-pay"
        | "GET /v2/write-offs"
        | "GET /v2/reminder-settings"
        | "GET /v2/reminder-orders/{id}" => Needs::Right(ReadReports),
        "POST /v2/penalties/charges"
        | "POST /v2/penalties/waivers"
        | "POST /v2/invoices/{id}/write-offs"
        | "POST /v2/promises-to-pay"
        | "POST /v2/promises-to-pay/{id}/cancellation"
        | "POST /v2/reminder-orders/preview"
        | "POST /v2/reminder-orders"
        | "POST /v2/reminder-orders/{id}/retry" => Needs::Right(EditInvoices),
        "POST /v2/write-offs/{id}/decision" | "POST /v2/write-offs/{id}/reversal" => Needs::Right(DecideWriteOffs),
        "GET /v2/invoice-views"
        | "POST /v2/invoice-views"
        | "PUT /v2/invoice-views/{id}"
        | "DELETE /v2/invoice-views/{id}" => Needs::Right(ReadOwner),
        "PUT /v2/reminder-settings" => Needs::Right(EditOwner),
        "GET /v2/contracts/{id}/penalty-terms" => Needs::Right(ReadContracts),
        "PUT /v2/contracts/{id}/penalty-terms" => Needs::Right(EditContracts),
        "GET /v2/deposits" | "GET /v2/deposits/totals" | "GET /v2/deposits/export" => Needs::Right(ReadReports),
        "GET /v2/contracts/{id}/deposit" => Needs::Right(ReadPayments),
        "POST /v2/contracts/{id}/deposit/entries" | "POST /v2/contracts/{id}/deposit/set-offs" => {
            Needs::Right(RecordPayments)
        }
        "GET /v2/invoices"
        | "GET /v2/invoices/totals"
        | "GET /v2/invoices/export"
        | "GET /v2/invoices/{id}"
        | "GET /v2/invoices/{id}/paper"
        | "POST /v2/invoices/{id}/paper"
        | "GET /v2/bulk-orders"
        | "GET /v2/bulk-orders/{id}"
        | "GET /v2/bulk-orders/{id}/items" => Needs::Right(ReadInvoices),
        "POST /v2/invoices"
        | "POST /v2/invoices/{id}/issuance"
        | "POST /v2/invoices/{id}/cancellation"
        | "POST /v2/invoices/{id}/correction"
        | "POST /v2/bulk-orders"
        | "POST /v2/bulk-orders/preview"
        | "POST /v2/bulk-orders/{id}/retry"
        | "GET /v2/bulk-orders/{id}/paper" => Needs::Right(EditInvoices),
        "GET /v2/invoices/{id}/payment-intents" | "POST /v2/invoices/{id}/payment-intents" => Needs::Right(PayInvoice),
        "GET /v2/payments"
        | "GET /v2/payments/totals"
        | "GET /v2/payments/export"
        | "GET /v2/payments/{id}"
        | "GET /v2/contracts/{id}/statement"
        | "GET /v2/tenants/{id}/statement"
        | "GET /v2/contracts/{id}/statement/export"
        | "GET /v2/tenants/{id}/statement/export" => Needs::Right(ReadPayments),
        "POST /v2/payments"
        | "POST /v2/payments/{id}/allocations"
        | "POST /v2/payments/{id}/releases"
        | "POST /v2/payments/{id}/reversal" => Needs::Right(RecordPayments),
        _ => return None,
    })
}

/// A month that nobody works in, a later one each time.
fn long_ago(n: u32) -> String {
    format!("{}-{:02}", 1900 + n / 12, 1 + n % 12)
}

/// A request that is about to be made.
pub struct Request {
    pub method: Method,
    pub path: String,
    pub json: Option<Value>,
    file: Option<Vec<u8>>,
}

impl Request {
    pub fn body(&self) -> Option<(&'static str, Vec<u8>)> {
        let json = self.json.as_ref().map(|json| ("application/json", json.to_string().into_bytes()));
        json.or_else(|| self.file.clone().map(|file| ("application/octet-stream", file)))
    }
}

/// Numbers that stand nowhere else in the story, of whom the audit must know nothing.
const REGISTER: &str = "7318204";
const CITIZEN: &str = "УБ91071820";
const PHONE: &str = "99731820";
const SECOND_PHONE: &str = "88731820";
const EMAIL: &str = "marker-7318204@example.mn";
const PUSH_TOKEN: &str = "marker-push-7318204";
const PROVIDER_PASSWORD: &str = "marker-qpay-7318204";

/// An owner with people in every role and something of everything.
pub struct World<'t> {
    pub town: &'t Town,
    pub director: Person<'t>,
    pub accountant: Person<'t>,
    pub employee: Person<'t>,
    pub tenant: Person<'t>,
    pub admin: Person<'t>,
    pub nobody: Person<'t>,
    property: String,
    tenant_id: String,
    count: AtomicU32,
}

impl<'t> World<'t> {
    pub async fn new(town: &'t Town) -> World<'t> {
        let (director, admin, employee) = (town.director().await, town.admin().await, town.employee().await);
        let property = director.has_property("Барилга").await;
        town.assigns(&employee, &property).await;
        let tenant = json!({ "kind": "person", "name": "Батын Эрдэнэ", "registerNo": CITIZEN, "phone": PHONE,
                             "secondPhone": SECOND_PHONE, "email": EMAIL });
        let tenant_id = director.post("/v2/tenants", tenant).await.is(201).id();
        let tenant = town.linked_tenant(&director, "Батын Эрдэнэ", PHONE).await;
        let world = World {
            accountant: town.accountant().await,
            nobody: town.nobody(),
            town,
            director,
            employee,
            tenant,
            admin,
            property,
            tenant_id,
            count: AtomicU32::new(1),
        };
        world.visits().await;
        world
    }

    /// What the audit must not hold, with its name.
    pub fn secrets(&self) -> Vec<(&'static str, String)> {
        let numbers = [
            ("a register number", REGISTER),
            ("a citizen's number", CITIZEN),
            ("a telephone", PHONE),
            ("a second telephone", SECOND_PHONE),
            ("an address", EMAIL),
            ("a push token", PUSH_TOKEN),
            ("a password at a provider", PROVIDER_PASSWORD),
            ("a password", crate::town::PASSWORD),
        ];
        let people = [&self.director, &self.accountant, &self.employee, &self.tenant, &self.admin];
        let tokens =
            people.into_iter().filter_map(|person| person.token.clone()).map(|token| ("a session's token", token));
        numbers.into_iter().map(|(what, number)| (what, number.to_owned())).chain(tokens).collect()
    }

    /// A good request to the route, about things made for it.
    pub async fn request(&self, at: &str) -> Request {
        let (method, template) = at.split_once(' ').expect("method and path");
        let (id, json) = self.about(at).await;
        let template = match at {
            "GET /v2/files" => &format!("{template}?purpose=room_photo&subjectId={}", self.room().await),
            _ => template,
        };
        // Months of long ago are locked, so that nothing of today is.
        let month = if at.ends_with("lock") { &id } else { "2026-10" };
        let mut path = template.replace("{month}", month).replace("{token}", &id).replace("{ownerId}", &id);
        let (first, second) = id.split_once('/').unwrap_or((&id, ""));
        // What the question adds stands behind the id.
        let (first, question) = first.split_once('?').map_or((first, String::new()), |(id, q)| (id, format!("?{q}")));
        path = path.replace("{id}", first) + &question;
        for part in ["{itemId}", "{discountId}", "{increaseId}"] {
            path = path.replace(part, second);
        }
        if matches!(
            at,
            "GET /v2/readings"
                | "GET /v2/readings/totals"
                | "GET /v2/utilities"
                | "GET /v2/utilities/export"
                | "POST /v2/imports/readings"
        ) {
            path.push_str("?month=2026-10");
        }
        if at == "POST /v2/imports/statements" {
            let account = self.bank_account(self.count.fetch_add(1, Ordering::Relaxed)).await;
            path.push_str(&format!("?dryRun=true&accountId={account}"));
        }
        if template.starts_with("/v2/contract-increases") {
            path.push_str("?from=2026-10-01&to=2027-10-01");
        }
        let file = match at {
            "POST /v2/imports/rent-roll" => {
                Some(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/rent-roll.xlsx"))
            }
            "POST /v2/imports/readings" => {
                Some(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/meter-readings-2026-10.xlsx"))
            }
            _ => None,
        };
        let file = file.map(|file| std::fs::read(file).expect("the sample lies beside the project"));
        let csv = match at {
            "POST /v2/imports/invoices" => Some(self.csv().await),
            "POST /v2/imports/statements" => Some("Огноо,Утга,Дүн\n2026-10-02,түрээс,100.00\n".as_bytes().to_vec()),
            _ => None,
        };
        Request { method: method.parse().expect("a method"), path, json, file: file.or(csv) }
    }

    /// What the path names, and the body.
    async fn about(&self, at: &str) -> (String, Option<Value>) {
        let n = self.count.fetch_add(1, Ordering::Relaxed);
        let none = String::new();
        let paid = || json!({ "amount": "1000", "method": "cash", "tenantId": self.tenant_id, "paidAt": "2026-10-09T02:00:00Z" });
        match at {
            "GET /v2/links/{token}" => (self.link().await, None),
            "POST /v2/links/{token}/paper" => (self.link().await, None),
            "GET /v2/links/{token}/paper" => {
                let token = self.link().await;
                self.nobody.post(&format!("/v2/links/{token}/paper"), json!({})).await.is(201);
                (token, None)
            }
            "POST /v2/links/{token}/payment-intents" => (self.link().await, Some(json!({ "provider": "qpay" }))),
            "POST /v2/devices" => (none, Some(json!({ "fcm_token": format!("{PUSH_TOKEN}-{n}"), "platform": "ios" }))),
            "GET /v2/staff/{id}" | "POST /v2/staff/{id}/removal" => (self.colleague(n).await, None),
            "PATCH /v2/staff/{id}" => {
                (self.colleague(n).await, Some(json!({ "version": 1, "role": "owner_accountant", "propertyIds": [] })))
            }
            "POST /v2/staff/invitations" => {
                (none, Some(json!({ "email": format!("asked{n}-{EMAIL}"), "role": "owner_accountant" })))
            }
            "POST /v2/staff/invitations/{id}/cancellation" | "POST /v2/staff/invitations/{id}/sending" => {
                let asked = json!({ "phone": format!("8{n:07}"), "role": "employee", "propertyIds": [self.property] });
                (self.director.post("/v2/staff/invitations", asked).await.is(201).id(), None)
            }
            "GET /v2/property-owners/{id}" | "GET /v2/property-owners/{id}/properties" => {
                (self.town.altan.to_string(), None)
            }
            "PATCH /v2/property-owners/{id}" => {
                let owner = self.director.get(&format!("/v2/property-owners/{}", self.town.altan)).await.is(200).json();
                let change = json!({ "version": owner["version"], "billingDay": n % 28 + 1, "phone": SECOND_PHONE, "email": EMAIL });
                (self.town.altan.to_string(), Some(change))
            }
            "PUT /v2/qpay-account" => {
                let account =
                    json!({ "username": format!("ALTAN_{n}"), "password": PROVIDER_PASSWORD, "invoiceCode": "ALTAN" });
                (none, Some(account))
            }
            "POST /v2/property-owners/{id}/visit" => (self.town.altan.to_string(), Some(json!({ "reason": "Туслах" }))),
            "DELETE /v2/property-owners/{id}/visit" => {
                self.visits().await;
                (self.town.altan.to_string(), None)
            }
            "POST /v2/months/{month}/run" => {
                self.contract(true).await;
                (none, Some(json!({ "acceptDifference": true })))
            }
            "POST /v2/months/{month}/lock" => (long_ago(n), None),
            "POST /v2/months/{month}/unlock" => {
                self.director.ask(Method::POST, &format!("/v2/months/{}/lock", long_ago(n)), None, &[]).await.is(201);
                (long_ago(n), Some(json!({ "reason": "Алдаа" })))
            }
            "GET /v2/month-runs/{id}" | "GET /v2/month-runs/{id}/parked" => {
                let run = self.director.post("/v2/months/2026-10/run", json!({ "acceptDifference": true })).await;
                (run.is(200).id(), None)
            }
            "POST /v2/properties" => (none, Some(json!({ "name": format!("Барилга {n}") }))),
            "GET /v2/properties/{id}" => (self.property.clone(), None),
            "PATCH /v2/properties/{id}" => {
                let property = self.director.get(&format!("/v2/properties/{}", self.property)).await.is(200).json();
                (self.property.clone(), Some(json!({ "version": property["version"], "address": format!("Хаяг {n}") })))
            }
            "GET /v2/floors/{id}" => (self.floor(n).await, None),
            "PATCH /v2/floors/{id}" => {
                (self.empty_floor(n).await, Some(json!({ "version": 1, "label": format!("{n}") })))
            }
            "DELETE /v2/floors/{id}" => (self.empty_floor(n).await, None),
            "GET /v2/properties/{id}/grid" => (self.property.clone(), None),
            "GET /v2/rooms/{id}/history" | "DELETE /v2/rooms/{id}" | "DELETE /v2/rooms/{id}/closing" => {
                (self.room().await, None)
            }
            "POST /v2/rooms/{id}/closing" => {
                let closing = json!({ "version": 1, "lastDay": "2026-12-31", "reason": "Нурааж байна" });
                (self.room().await, Some(closing))
            }
            "POST /v2/room-mergers" => {
                let rooms = [self.room().await, self.room().await].map(|room| json!({ "id": room, "version": 1 }));
                let room = json!({ "unitNo": format!("Н-{n}"), "areaM2": "100" });
                (none, Some(json!({ "rooms": rooms, "from": "2026-12-01", "room": room })))
            }
            "POST /v2/room-splits" => {
                let room = json!({ "id": self.room().await, "version": 1 });
                let parts = ["а", "б"].map(|part| json!({ "unitNo": format!("Х-{n}{part}"), "areaM2": "25" }));
                (none, Some(json!({ "room": room, "from": "2026-12-01", "parts": parts })))
            }
            "POST /v2/room-prices/preview" => {
                let rule = json!({ "set": { "amount": "2500000" } });
                (none, Some(json!({ "rule": rule, "roomIds": [self.room().await] })))
            }
            "POST /v2/room-prices" => {
                let rule = json!({ "set": { "amount": "2500000" } });
                (none, Some(json!({ "rule": rule, "rooms": [{ "id": self.room().await, "version": 1 }] })))
            }
            "POST /v2/floors" => (none, Some(json!({ "propertyId": self.property, "number": n % 150 + 20 }))),
            "GET /v2/rooms/{id}" => (self.room().await, None),
            "GET /v2/meters/{id}" | "GET /v2/meters/{id}/readings" => (self.meter().await, None),
            "POST /v2/meters" => {
                let meter = json!({ "propertyId": self.property, "kind": "electricity", "serial": format!("S-{n}") });
                (none, Some(meter))
            }
            "PUT /v2/meters/{id}/readings/{month}" => (self.meter().await, Some(json!({ "current": "12.5" }))),
            "POST /v2/meters/{id}/handovers" => {
                (self.meter().await, Some(json!({ "on": "2026-10-05", "current": "11" })))
            }
            "POST /v2/meters/{id}/replacement" => {
                let order = json!({ "on": "2026-10-05", "finalReading": "11", "serial": format!("N-{n}") });
                (self.meter().await, Some(order))
            }
            "GET /v2/bank-lines/{id}" => (self.bank_line(n).await, None),
            "POST /v2/bank-lines/{id}/link" => (self.bank_line(n).await, Some(json!({ "tenantId": self.tenant_id }))),
            "PUT /v2/bank-lines/{id}/ignored" => (self.bank_line(n).await, Some(json!({ "reason": "Түрээс биш" }))),
            "DELETE /v2/bank-lines/{id}/ignored" => {
                let (id, why) = (self.bank_line(n).await, json!({ "reason": "Түрээс биш" }));
                self.director.ask(Method::PUT, &format!("/v2/bank-lines/{id}/ignored"), Some(why), &[]).await.is(200);
                (id, None)
            }
            "GET /v2/bank-lines/{id}/undoing" | "POST /v2/bank-lines/{id}/undoing" => {
                let (id, credit) = (self.bank_line(n).await, json!({ "tenantId": self.tenant_id }));
                self.director.post(&format!("/v2/bank-lines/{id}/link"), credit).await.is(201);
                (id, at.starts_with("POST").then(|| json!({ "reason": "Алдаа" })))
            }
            "PUT /v2/matching-rules" => (none, Some(json!({ "differenceLimit": "10000" }))),
            "POST /v2/bank-accounts" => (none, Some(bank_account(n))),
            "PATCH /v2/bank-accounts/{id}" => {
                (self.bank_account(n).await, Some(json!({ "version": 1, "holder": "Алтан", "shown": false })))
            }
            "PUT /v2/bank-accounts/{id}/connection" => {
                (self.bank_account(n).await, Some(json!({ "key": "demo", "secret": "demo" })))
            }
            "DELETE /v2/bank-accounts/{id}/connection" | "POST /v2/bank-accounts/{id}/connection/tests" => {
                let id = self.bank_account(n).await;
                let with = json!({ "key": "demo", "secret": "demo" });
                self.director
                    .ask(Method::PUT, &format!("/v2/bank-accounts/{id}/connection"), Some(with), &[])
                    .await
                    .is(200);
                (id, None)
            }
            "POST /v2/tariffs" => (none, Some(tariff(n))),
            "PATCH /v2/tariffs/{id}" => {
                let id = self.director.post("/v2/tariffs", tariff(n)).await.is(201).id();
                (id, Some(json!({ "version": 1, "validTo": null })))
            }
            "PUT /v2/common-rules" => {
                (none, Some(json!({ "propertyId": self.property, "kind": "electricity", "shareBy": "area" })))
            }
            "POST /v2/rooms" => {
                let room = json!({ "propertyId": self.property, "unitNo": format!("Ө-{n}"), "kind": "office", "areaM2": "20" });
                (none, Some(room))
            }
            "PATCH /v2/rooms/{id}" => (self.room().await, Some(json!({ "version": 1, "areaM2": "21" }))),
            "POST /v2/files" => (none, Some(crate::files::photo(&self.room().await, 100))),
            "GET /v2/files/{id}" | "DELETE /v2/files/{id}" => {
                (self.director.has_photo(&self.room().await).await["id"].as_str().expect("an id").to_owned(), None)
            }
            "POST /v2/files/{id}/confirm" => (self.director.sends_photo(&self.room().await).await, None),
            "PUT /v2/files/order" => {
                let room = self.room().await;
                let ids = [self.director.has_photo(&room).await, self.director.has_photo(&room).await];
                let ids = [&ids[1]["id"], &ids[0]["id"]];
                (none, Some(json!({ "purpose": "room_photo", "subjectId": room, "ids": ids })))
            }
            "GET /v2/tenants/{id}" | "GET /v2/tenants/{id}/statement" | "GET /v2/tenants/{id}/statement/export" => {
                (self.tenant_id.clone(), None)
            }
            "POST /v2/tenants" => {
                let number = format!("{:07}", 1_000_000 + n);
                let tenant = json!({ "kind": "company", "name": format!("Компани {n}"), "registerNo": number, "phone": SECOND_PHONE,
                                     "anywayBecause": "Нэг утастай өөр компани" });
                (none, Some(tenant))
            }
            "PATCH /v2/tenants/{id}" => {
                let new = self.director.has_tenant(&format!("Компани {n}"), &format!("{:07}", 2_000_000 + n)).await;
                (new, Some(json!({ "version": 1, "registerNo": REGISTER, "phone": PHONE, "email": EMAIL })))
            }
            "GET /v2/tenant-links/{id}" => (self.link_request("waiting", n).await, None),
            "POST /v2/tenant-links/{id}/confirmation" => (self.link_request("waiting", n).await, None),
            "POST /v2/tenant-links/{id}/refusal" => {
                (self.link_request("waiting", n).await, Some(json!({ "reason": "Танихгүй" })))
            }
            "POST /v2/tenant-links/{id}/ending" => {
                (self.link_request("linked", n).await, Some(json!({ "reason": "Дууссан" })))
            }
            "GET /v2/imports/{id}" | "GET /v2/imports/{id}/undoing" => (self.import().await, None),
            "POST /v2/imports/{id}/undoing" => (self.import().await, Some(json!({ "reason": "Алдаа" }))),
            "DELETE /v2/imports/mappings/{id}" => (self.import_mapping(n).await, None),
            "POST /v2/places" => (none, None),
            "POST /v2/places/{ownerId}/choice" => (self.town.altan.to_string(), None),
            "POST /v2/contracts/{id}/documents" => (self.contract(true).await, Some(json!({ "kind": "contract" }))),
            "GET /v2/documents/{id}" => {
                let contract = self.contract(true).await;
                let asked = json!({ "kind": "contract" });
                let made = self.director.post(&format!("/v2/contracts/{contract}/documents"), asked).await.is(201).id();
                (made, None)
            }
            "POST /v2/document-batches" => {
                self.contract(true).await;
                (none, Some(json!({ "kind": "contract" })))
            }
            "GET /v2/document-batches/{id}" => {
                self.contract(true).await;
                (self.director.post("/v2/document-batches", json!({ "kind": "contract" })).await.is(201).id(), None)
            }
            "GET /v2/contracts/{id}"
            | "GET /v2/contracts/{id}/items"
            | "GET /v2/contracts/{id}/history"
            | "GET /v2/contracts/{id}/documents"
            | "GET /v2/contracts/{id}/statement"
            | "GET /v2/contracts/{id}/statement/export" => (self.contract(true).await, None),
            "POST /v2/contracts" => {
                let body = contract(&self.property, &self.new_tenant(n).await, &self.room().await, json!({}));
                (none, Some(body))
            }
            "PATCH /v2/contracts/{id}" => {
                (self.contract(false).await, Some(json!({ "version": 1, "notes": "Тэмдэглэл" })))
            }
            "POST /v2/contracts/{id}/items" => {
                let line = json!({ "kind": "parking", "name": "Зогсоол", "basis": "flat", "unitPrice": "15000000" });
                (self.contract(false).await, Some(line))
            }
            "PATCH /v2/contracts/{id}/items/{itemId}" => {
                let contract = self.contract(false).await;
                let items = self.director.get(&format!("/v2/contracts/{contract}/items")).await.is(200).json();
                let item = items["items"][0]["id"].as_str().or(items[0]["id"].as_str()).expect("a line").to_owned();
                (format!("{contract}/{item}"), Some(json!({ "validTo": "2027-12-31" })))
            }
            "POST /v2/contracts/{id}/approval" => (self.contract(true).await, None),
            "PUT /v2/contracts/{id}/parties" => {
                let body = json!({ "version": 1, "propertyId": self.property, "tenantId": self.new_tenant(n).await });
                (self.contract(false).await, Some(body))
            }
            "PUT /v2/contracts/{id}/rooms" => {
                let body = json!({ "version": 1, "rooms": [{ "roomId": self.room().await }] });
                (self.contract(false).await, Some(body))
            }
            "PUT /v2/contracts/{id}/items" => {
                let line = json!({ "kind": "rent", "name": "Түрээс", "basis": "flat", "unitPrice": "15000000" });
                (self.contract(false).await, Some(json!({ "version": 1, "items": [line] })))
            }
            "PUT /v2/contracts/{id}/schedule" => {
                let entry = json!({ "name": "Төлөлт", "period": "2026-12", "amount": "15000000" });
                (self.contract(false).await, Some(json!({ "version": 1, "kind": "custom", "entries": [entry] })))
            }
            "POST /v2/contracts/{id}/discounts" => (self.contract(true).await, Some(discount())),
            "PATCH /v2/contracts/{id}/discounts/{discountId}" => {
                let contract = self.contract(true).await;
                let added =
                    self.director.post(&format!("/v2/contracts/{contract}/discounts"), discount()).await.is(201);
                let body = json!({ "validTo": "2026-11-30", "reason": "Дууссан" });
                (format!("{contract}/{}", added.word("/discounts/0/id")), Some(body))
            }
            "POST /v2/contracts/{id}/increases" => {
                let contract = self.contract(false).await;
                let increase = self.increase(&contract, "percent").await;
                (contract, Some(increase))
            }
            "POST /v2/contracts/{id}/increases/{increaseId}/ending" => {
                (self.contract_that_rises(false, "percent").await, Some(json!({ "reason": "Тохирсон" })))
            }
            "POST /v2/contracts/{id}/increases/{increaseId}/figure" => {
                (self.contract_that_rises(true, "index").await, Some(json!({ "percentBp": 700 })))
            }
            "POST /v2/contracts/{id}/signature"
            | "POST /v2/contracts/{id}/sending"
            | "POST /v2/contracts/{id}/activation" => (self.contract(false).await, Some(nothing())),
            "POST /v2/contracts/{id}/return" => {
                let contract = self.contract(false).await;
                self.director.post(&format!("/v2/contracts/{contract}/sending"), nothing()).await.is(200);
                (contract, Some(json!({ "reason": "Засах" })))
            }
            "POST /v2/contracts/{id}/extension" => {
                (self.ending().await, Some(json!({ "endsOn": "2028-12-31", "reason": "Сунгав" })))
            }
            "GET /v2/contracts/{id}/extension-preview" | "GET /v2/contracts/{id}/renewal-preview" => {
                (self.ending().await, None)
            }
            "POST /v2/contracts/{id}/renewal" => (self.ending().await, Some(json!({ "increaseBp": 500 }))),
            "GET /v2/contracts/{id}/deposit" => (self.contract(true).await, None),
            "POST /v2/contracts/{id}/deposit/entries" => {
                (self.contract(true).await, Some(json!({ "kind": "received", "amount": "1000" })))
            }
            "POST /v2/contracts/{id}/deposit/set-offs" => {
                let contract = self.contract(true).await;
                let received = json!({ "kind": "received", "amount": "1000" });
                self.director.post(&format!("/v2/contracts/{contract}/deposit/entries"), received).await.is(201);
                self.director.post("/v2/invoices", bill(&contract, true)).await.is(201);
                (contract, Some(json!({ "amount": "100" })))
            }
            "POST /v2/contracts/{id}/restoration" => {
                let (contract, order) = (self.contract(true).await, json!({ "on": "2026-11-30", "reason": "Алдаа" }));
                self.director.post(&format!("/v2/contracts/{contract}/termination"), order).await.is(200);
                (contract, Some(json!({ "reason": "Андуурсан" })))
            }
            "GET /v2/contracts/{id}/termination-preview" => {
                (format!("{}?on=2026-11-30", self.contract(true).await), None)
            }
            "POST /v2/contracts/{id}/termination" => {
                (self.contract(true).await, Some(json!({ "on": "2026-11-30", "reason": "Хүсэлтээр" })))
            }
            "GET /v2/invoices/{id}" | "POST /v2/invoices/{id}/paper" => (self.invoice(true).await, None),
            "GET /v2/invoices/{id}/paper" => {
                let invoice = self.invoice(true).await;
                self.director.post(&format!("/v2/invoices/{invoice}/paper"), json!({})).await.is(201);
                (invoice, None)
            }
            "POST /v2/invoices/{id}/correction" => (self.invoice(true).await, Some(json!({ "reason": "Алдаа" }))),
            "POST /v2/invoices/{id}/write-offs" => (self.invoice(true).await, Some(json!({ "reason": "Найдваргүй" }))),
            "POST /v2/write-offs/{id}/decision" => (self.write_off().await, Some(json!({ "accept": true }))),
            "POST /v2/write-offs/{id}/reversal" => {
                let id = self.write_off().await;
                self.director.post(&format!("/v2/write-offs/{id}/decision"), json!({ "accept": true })).await.is(200);
                (id, Some(json!({ "reason": "Алдаа" })))
            }
            "POST /v2/invoice-views" => (none, Some(json!({ "name": format!("Харагдац {n}"), "filter": {} }))),
            // The director's own: for whoever else may keep views it is not there.
            "PUT /v2/invoice-views/{id}" => {
                (self.view(n).await, Some(json!({ "name": format!("Өөр харагдац {n}"), "filter": {} })))
            }
            "DELETE /v2/invoice-views/{id}" => (self.view(n).await, None),
            "POST /v2/bulk-orders" | "POST /v2/bulk-orders/preview" => (none, Some(print(&self.invoice(true).await))),
            "GET /v2/bulk-orders/{id}" | "GET /v2/bulk-orders/{id}/items" => (self.bulk_order().await, None),
            "GET /v2/bulk-orders/{id}/paper" => {
                let order = self.bulk_order().await;
                self.town.keep_promises().await;
                (order, None)
            }
            "POST /v2/bulk-orders/{id}/retry" => {
                let order = self.bulk_order().await;
                let failed = "update bulk_order_items set status = 'failed', failure = 'NOT_OPEN' where order_id =";
                self.town.sql(&format!("{failed} '{order}'")).await;
                (order, None)
            }
            "GET /v2/invoices/{id}/payment-intents" => {
                let invoice = self.invoice(true).await;
                let asked = json!({ "provider": "qpay" });
                self.director.post(&format!("/v2/invoices/{invoice}/payment-intents"), asked).await.is(201);
                (invoice, None)
            }
            "POST /v2/invoices/{id}/payment-intents" => (self.invoice(true).await, Some(json!({ "provider": "qpay" }))),
            "POST /v2/invoices" => (none, Some(bill(&self.contract(true).await, true))),
            "POST /v2/invoices/{id}/issuance" => (self.invoice(false).await, None),
            "POST /v2/invoices/{id}/cancellation" => (self.invoice(true).await, Some(json!({ "reason": "Алдаа" }))),
            "POST /v2/penalties/charges" => {
                let (_, invoice) = self.late().await;
                (none, Some(json!({ "invoiceIds": [invoice] })))
            }
            "POST /v2/penalties/waivers" => {
                let (_, invoice) = self.late().await;
                (none, Some(json!({ "invoiceIds": [invoice], "reason": "Учир бий" })))
            }
            "GET /v2/contracts/{id}/penalty-terms" => (self.contract(true).await, None),
            "PUT /v2/contracts/{id}/penalty-terms" => {
                (self.contract(true).await, Some(json!({ "rateBp": 10, "graceDays": 3, "countsFrom": "due" })))
            }
            "POST /v2/promises-to-pay" => (none, Some(promise(&self.contract(true).await))),
            "POST /v2/promises-to-pay/{id}/cancellation" => {
                let promise = promise(&self.contract(true).await);
                (
                    self.director.post("/v2/promises-to-pay", promise).await.is(201).id(),
                    Some(json!({ "reason": "Алдаа" })),
                )
            }
            "PUT /v2/reminder-settings" => {
                let settings = self.director.get("/v2/reminder-settings").await.is(200).json();
                (none, Some(json!({ "automatic": n.is_multiple_of(2), "stages": settings["stages"] })))
            }
            "POST /v2/reminder-orders/preview" | "POST /v2/reminder-orders" => {
                let (contract, _) = self.late().await;
                (none, Some(json!({ "contractIds": [contract] })))
            }
            "GET /v2/reminder-orders/{id}" | "POST /v2/reminder-orders/{id}/retry" => {
                (self.failed_reminders().await, None)
            }
            "POST /v2/payments" => (none, Some(paid())),
            "GET /v2/payments/{id}" => (self.director.post("/v2/payments", paid()).await.is(201).id(), None),
            "POST /v2/payments/{id}/allocations" => {
                // The bill first: what is issued later would take the credit by itself.
                self.director.post("/v2/invoices", bill(&self.contract(true).await, true)).await.is(201);
                let mut credit = paid();
                credit["allocations"] = json!([]);
                (self.director.post("/v2/payments", credit).await.is(201).id(), Some(json!({})))
            }
            "POST /v2/payments/{id}/releases" => {
                self.director.post("/v2/invoices", bill(&self.contract(true).await, true)).await.is(201);
                let payment = self.director.post("/v2/payments", paid()).await.is(201);
                let part = payment.json()["allocations"][0].clone();
                let off = json!([{ "invoiceId": part["invoiceId"], "amount": part["amount"] }]);
                (payment.id(), Some(json!({ "allocations": off, "reason": "Алдаа" })))
            }
            "POST /v2/payments/{id}/reversal" => {
                (self.director.post("/v2/payments", paid()).await.is(201).id(), Some(json!({ "reason": "Алдаа" })))
            }
            _ => (none, None),
        }
    }

    /// A write-off that waits for its decision, whoever asked.
    async fn write_off(&self) -> String {
        let invoice = self.invoice(true).await;
        let id = uuid::Uuid::now_v7();
        let asked = "insert into write_offs (id, owner_id, invoice_id, amount, reason, status, asked_at)";
        let owner = self.town.altan;
        self.town
            .sql(&format!("{asked} values ('{id}', '{owner}', '{invoice}', 100, 'Найдваргүй', 'asked', now())"))
            .await;
        id.to_string()
    }

    /// A view of the director's.
    async fn view(&self, n: u32) -> String {
        let new = json!({ "name": format!("Хадгалсан {n}"), "filter": {} });
        self.director.post("/v2/invoice-views", new).await.is(201).id()
    }

    /// The platform's staff look at the owner.
    async fn visits(&self) {
        let visit = format!("/v2/property-owners/{}/visit", self.town.altan);
        self.admin.post(&visit, json!({ "reason": "Туслах" })).await.is(200);
    }

    async fn floor(&self, n: u32) -> String {
        let floor = json!({ "propertyId": self.property, "number": i64::from(n % 40) - 20 });
        let made = self.director.post("/v2/floors", floor).await;
        match made.status.as_u16() {
            201 => made.id(),
            _ => self.director.get("/v2/floors").await.is(200).json()["items"][0]["id"]
                .as_str()
                .expect("a floor")
                .to_owned(),
        }
    }

    /// A floor of a building of its own: there are more numbers asked for than one building has floors.
    async fn empty_floor(&self, n: u32) -> String {
        let floor = json!({ "propertyId": self.property, "number": 199 - i64::from(n % 20) });
        let made = self.director.post("/v2/floors", floor).await;
        if made.status.as_u16() == 201 {
            return made.id();
        }
        let floors =
            self.director.get(&format!("/v2/floors?propertyId={}&limit=100", self.property)).await.is(200).json();
        let floors = floors["items"].as_array().expect("a list").clone();
        let last = floors.last().expect("a floor");
        last["id"].as_str().expect("an id").to_owned()
    }

    async fn room(&self) -> String {
        let n = self.count.fetch_add(1, Ordering::Relaxed);
        self.director.has_room(&self.property, &format!("Т-{n}")).await
    }

    async fn bank_account(&self, n: u32) -> String {
        self.director.post("/v2/bank-accounts", bank_account(n + 500_000)).await.is(201).id()
    }

    /// A line that waits on an account of its own.
    async fn bank_line(&self, n: u32) -> String {
        let (account, owner) = (self.bank_account(n + 100_000).await, self.town.altan);
        let (statement, line) = (uuid::Uuid::now_v7(), uuid::Uuid::now_v7());
        self.town
            .sql_batch(&format!(
                "insert into bank_statements (id, owner_id, account_id, source, total_in, total_out, lines, new_lines)
                 values ('{statement}', '{owner}', '{account}', 'bank', 100, 0, 1, 1);
                 insert into bank_transactions (id, owner_id, account_id, statement_id, row_no, fingerprint, posted_at, amount)
                 values ('{line}', '{owner}', '{account}', '{statement}', 1, sha256('{line}'), now() - interval '1 hour', 100)"
            ))
            .await;
        line.to_string()
    }

    /// A meter that showed 10.
    async fn meter(&self) -> String {
        let n = self.count.fetch_add(1, Ordering::Relaxed);
        let meter =
            json!({ "propertyId": self.property, "kind": "electricity", "serial": format!("M-{n}"), "initial": "10" });
        self.director.post("/v2/meters", meter).await.is(201).id()
    }

    /// Somebody new on the staff.
    async fn colleague(&self, n: u32) -> String {
        let (user, email) = (uuid::Uuid::now_v7(), format!("colleague{n}@town.test"));
        let profile = uuid::Uuid::now_v7();
        self.town
            .sql_batch(&format!(
                "insert into users (id, name, email) values ('{user}', 'Ажилтан {n}', '{email}');
                 insert into profiles (id, user_id, owner_id, full_name, role)
                 values ('{profile}', '{user}', '{}', 'Ажилтан {n}', 'employee')",
                self.town.altan
            ))
            .await;
        profile.to_string()
    }

    async fn new_tenant(&self, n: u32) -> String {
        self.director.has_tenant(&format!("Шинэ {n}"), &format!("{:07}", 3_000_000 + n)).await
    }

    /// The tenant's contract over a room of its own: in force, or drafted.
    async fn contract(&self, signed: bool) -> String {
        let room = self.room().await;
        let contract = self.director.drafts(&self.property, &self.tenant_id, &room, json!({})).await.is(201).id();
        if signed {
            self.director.post(&format!("/v2/contracts/{contract}/signature"), nothing()).await.is(200);
        }
        contract
    }

    /// One in force that has an end.
    async fn ending(&self) -> String {
        let room = self.room().await;
        let end = json!({ "endsOn": "2027-12-31" });
        let contract = self.director.drafts(&self.property, &self.tenant_id, &room, end).await.is(201).id();
        self.director.post(&format!("/v2/contracts/{contract}/signature"), nothing()).await.is(200);
        contract
    }

    /// A rule for a contract's first charge.
    async fn increase(&self, contract: &str, kind: &str) -> Value {
        let items = self.director.get(&format!("/v2/contracts/{contract}")).await.is(200).word("/items/0/id");
        let mut increase = json!({ "itemId": items, "kind": kind, "firstOn": "2027-01-01", "everyMonths": 12 });
        if kind == "percent" {
            increase["percentBp"] = json!(500);
        }
        increase
    }

    /// A contract with such a rule: both ids.
    async fn contract_that_rises(&self, signed: bool, kind: &str) -> String {
        let contract = self.contract(signed).await;
        let increase = self.increase(&contract, kind).await;
        let added = self.director.post(&format!("/v2/contracts/{contract}/increases"), increase).await.is(201);
        format!("{contract}/{}", added.word("/increases/0/id"))
    }

    async fn invoice(&self, issued: bool) -> String {
        let body = bill(&self.contract(true).await, issued);
        self.director.post("/v2/invoices", body).await.is(201).id()
    }

    /// A contract with a clause on penalty and its late bill.
    async fn late(&self) -> (String, String) {
        let contract = self.contract(true).await;
        let invoice = self.director.post("/v2/invoices", bill(&contract, true)).await.is(201).id();
        self.town
            .sql_batch(&format!(
                "update contracts set penalty_bp = 50 where id = '{contract}';
                 update tenants set phone = coalesce(phone, '99110001') where id = '{}';
                 update invoices set kind = 'sale', issued_on = '2026-09-01', due_on = '2026-09-10', status = 'overdue'
                  where id = '{invoice}'",
                self.tenant_id
            ))
            .await;
        (contract, invoice)
    }

    /// An order of one reminder that the gateway refused.
    async fn failed_reminders(&self) -> String {
        let contract = self.contract(true).await;
        let [order, reminder, sms] = [(); 3].map(|()| uuid::Uuid::now_v7());
        let (owner, tenant) = (self.town.altan, &self.tenant_id);
        self.town
            .sql_batch(&format!(
                "insert into reminder_orders (id, owner_id, on_day, by_hand) values ('{order}', '{owner}', '2026-10-10', true);
                 insert into sms_messages (id, owner_id, recipient, text, template, parts, status, last_error)
                 values ('{sms}', '{owner}', '99110001', 'Т', 'sms-reminder-first', 1, 'refused', '401');
                 insert into reminders (id, owner_id, order_id, contract_id, tenant_id, stage, status, text, sms_id, sent_on)
                 values ('{reminder}', '{owner}', '{order}', '{contract}', '{tenant}', 1, 'sent', 'Т', '{sms}', '2026-10-10')"
            ))
            .await;
        order.to_string()
    }

    /// An order that prints one bill.
    async fn bulk_order(&self) -> String {
        let order = print(&self.invoice(true).await);
        self.director.post("/v2/bulk-orders", order).await.is(201).id()
    }

    /// The token of a bill's link.
    async fn link(&self) -> String {
        let body = bill(&self.contract(true).await, true);
        let invoice = self.director.post("/v2/invoices", body).await.is(201).json();
        let url = invoice["linkUrl"].as_str().expect("a link");
        url.rsplit('/').next().expect("a last part").to_owned()
    }

    /// A person with a telephone of a tenant's, as far as that.
    async fn link_request(&self, status: &str, n: u32) -> String {
        let phone = format!("80{n:06}");
        let tenant = json!({ "kind": "company", "name": format!("Утастай {n}"), "registerNo": format!("{:07}", 4_000_000 + n), "phone": phone });
        self.director.post("/v2/tenants", tenant).await.is(201);
        let person = match status {
            "linked" => self.town.linked_tenant(&self.director, "Хүн", &phone).await,
            _ => self.town.tenant("Хүн", &phone).await,
        };
        person.post("/v2/places", nothing()).await.is(200);
        let links = self.director.get(&format!("/v2/tenant-links?status={status}&limit=1")).await.is(200).json();
        links["items"][0]["id"].as_str().expect("a request").to_owned()
    }

    /// An import that made nothing.
    async fn import(&self) -> String {
        let id = uuid::Uuid::now_v7();
        let sql =
            "insert into imports (id, owner_id, kind, counts) values ('{id}', '{owner}', 'rent_roll', '{counts}')";
        let counts = serde_json::to_string(&wire::imports::ImportCounts::default()).expect("JSON");
        let sql = sql.replace("{id}", &id.to_string()).replace("{owner}", &self.town.altan.to_string());
        self.town.sql_batch(&sql.replace("{counts}", &counts)).await;
        id.to_string()
    }

    /// Columns that somebody mapped by hand.
    async fn import_mapping(&self, n: u32) -> String {
        let (id, owner) = (uuid::Uuid::now_v7(), self.town.altan);
        self.town
            .sql_batch(&format!(
                "insert into import_mappings (id, owner_id, kind, fingerprint, sheet_name, columns)
                 values ('{id}', '{owner}', 'rent_roll', sha256('{n}'), 'Барилга', '{{\"unit\": \"C\"}}')"
            ))
            .await;
        id.to_string()
    }

    async fn csv(&self) -> Vec<u8> {
        let contract = self.contract(true).await;
        let contract = self.director.get(&format!("/v2/contracts/{contract}")).await.is(200).json();
        let (code, n) = (contract["code"].as_str().expect("a code"), self.count.fetch_add(1, Ordering::Relaxed));
        let head = "code,contract,tenant,building,unit,period,amount,due_date\n";
        format!("{head}ХУУЧИН-{n},{code},Батын Эрдэнэ,Барилга,Т,2026-08,1000.00,2026-08-15\n").into_bytes()
    }
}

/// A price of one day long ago, so that no two are in force at a time.
fn bank_account(n: u32) -> Value {
    json!({ "bank": "khan", "number": format!("5{n:09}") })
}

fn tariff(n: u32) -> Value {
    let day = jiff::civil::date(1990, 1, 1).saturating_add(jiff::ToSpan::days(i64::from(n) * 2));
    json!({ "kind": "gas", "validFrom": day.to_string(), "validTo": day.to_string(), "unitPrice": "100", "vatMode": "added" })
}

fn discount() -> Value {
    json!({ "name": "Хөнгөлөлт", "percentBp": 1000, "validFrom": "2026-11-01", "validTo": "2026-12-31", "reason": "Засвар" })
}

fn promise(contract: &str) -> Value {
    json!({ "contractId": contract, "amount": "100000", "dueOn": "2026-10-20" })
}

/// Prints that bill.
fn print(invoice: &str) -> Value {
    json!({ "verb": "print", "filter": { "ids": invoice } })
}

fn bill(contract: &str, issue: bool) -> Value {
    json!({ "contractId": contract, "kind": "fee", "period": "2026-10", "issue": issue,
            "items": [{ "description": "Засвар", "quantity": "1", "unitPrice": "5000000" }] })
}
