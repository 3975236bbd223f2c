//! Nothing of one owner can be read, changed or even guessed at by another: probes made from the OpenAPI document,
//! so that a new route is probed the day it appears.

mod around;
mod bodies;
mod pgbouncer;
mod timing;

use std::collections::BTreeMap;

use base::pool::Pool;
use domain::rights::Role;
use http::Method;
use serde_json::{Value, json};

use crate::{
    openapi::operations,
    town::{Person, Reply, Town},
};
use around::{Around, Calm, Crowd};
use bodies::Bodies;
use pgbouncer::PgBouncer;

/// Ids by table.
type Things = BTreeMap<String, Vec<String>>;

/// Stands in every text of the owner who must not be seen.
const CANARY: &str = "CANARY-ALTAN";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_route_shows_or_changes_anything_of_another_owner() {
    let town = Town::new().await;
    let things = town.furnish().await;

    let tally = probe(&town, &things, &Calm).await;

    tally.print("on its own", &things);
    tally.holds(&things);
}

/// One connection for all, every plan made once for everybody, and people of the other owner who go away in the middle.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nor_over_one_connection_with_generic_plans_while_clients_go_away() {
    let town = Town::new().await;
    let things = town.furnish().await;
    town.plans_for_everybody().await;
    let pool = Pool::new(&town.database.app_url, 1).expect("a good address");
    let town = town.over(pool);
    let crowd = Crowd::beside(&town).await;

    let tally = probe(&town, &things, &crowd).await;

    println!("seed {}: {} clients went away", crowd.seed, crowd.left());
    tally.print("over one connection, with generic plans", &things);
    tally.holds(&things);
    assert!(crowd.left() > 200, "hardly anybody went away: {}", crowd.left());
}

/// PgBouncer hands two connections round among all, a transaction at a time.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nor_through_pgbouncer_in_transaction_mode() {
    let town = Town::new().await;
    let things = town.furnish().await;
    let pgbouncer = PgBouncer::before(&town.database).await;
    let town = town.over(Pool::behind_a_pooler(&pgbouncer.url, 6).expect("a good address"));
    let crowd = Crowd::beside(&town).await;

    let tally = probe(&town, &things, &crowd).await;

    println!("seed {}: {} clients went away", crowd.seed, crowd.left());
    tally.print(&format!("through {}", pgbouncer.version), &things);
    tally.holds(&things);
    pgbouncer.was_shared().await;
}

/// Everything of Алтан Тауэр's, probed by everybody who is not there: each route of the document with each id, in the
/// path, in the question and in the body.
async fn probe<A: Around>(town: &Town, things: &Things, around: &A) -> Tally {
    let (mungun, saraa) = (Some(town.mungun), town.neighbour().await);
    town.lets_to(town.mungun, "Т-1", "88112233").await;
    let others = [
        ("accountant", town.person("М. Оюун", Role::OwnerAccountant, mungun).await),
        ("employee", town.person("М. Ганаа", Role::Employee, mungun).await),
        ("tenant", town.linked_tenant(&saraa, "М. Сүрэн", "88112233").await),
        // Rents from both, and looks at the neighbour's now.
        ("tenant of both", town.tenant_of_both(&saraa).await),
        ("platform, looking at nobody", town.admin().await),
        ("nobody", town.nobody()),
        ("director", saraa),
    ];
    let before = town.state_of_altan().await;
    let (mut tally, mut turn) = (Tally::default(), 0_usize);

    for (at, operation) in operations(&town.openapi) {
        let (method, template) = at.split_once(' ').expect("method and path");
        if !template.starts_with("/v2/") {
            continue;
        }
        let method: Method = method.parse().expect("a method");
        let bodies = Bodies::of(&town.openapi, operation);
        for (role, person) in &others {
            // What they may: the platform knows every owner, and a tenant the own places.
            let may = (*role == "platform, looking at nobody" && template.starts_with("/v2/property-owners"))
                || (*role == "tenant of both" && template.starts_with("/v2/places"));
            if may {
                continue;
            }
            for (table, ids) in things {
                for id in ids {
                    for (path, foreign_in_path) in paths(template, operation, id) {
                        for (body, foreign_in_body) in bodies.with(id) {
                            turn += 1;
                            if !turn.is_multiple_of(A::ONE_IN) {
                                continue;
                            }
                            let place = (at.as_str(), *role, table.as_str());
                            let foreign = foreign_in_path || foreign_in_body;
                            around.happens(town).await;
                            let reply = person.answered(&method, &path, body.as_ref()).await;
                            tally.judge(place, &path, body.as_ref(), foreign, &reply);
                        }
                    }
                    if !template.contains('{') && !bodies.take_ids() {
                        break;
                    }
                }
            }
        }
    }

    let after = town.state_of_altan().await;
    let changed = before.iter().filter(|(table, hash)| after.get(*table) != Some(hash)).map(|(table, _)| table.clone());
    tally.changed = changed.collect();
    tally
}

#[tokio::test]
async fn foreign_missing_and_malformed_ids_are_told_alike() {
    let town = Town::new().await;
    let things = town.furnish().await;
    let saraa = town.neighbour().await;
    let (missing, malformed) = (uuid::Uuid::now_v7().to_string(), "not-an-id".to_owned());
    let (mut compared, mut differing) = (0, Vec::new());

    for (at, operation) in operations(&town.openapi) {
        let (method, template) = at.split_once(' ').expect("method and path");
        if !template.starts_with("/v2/") || !template.contains('{') {
            continue;
        }
        let method: Method = method.parse().expect("a method");
        let body = Bodies::of(&town.openapi, operation).with(&missing).into_iter().next().expect("a body").0;
        let said = async |id: &str| {
            let (path, _) = paths(template, operation, id).into_iter().next().expect("a path");
            let reply = saraa.ask(method.clone(), &path, body.clone(), &[]).await;
            let mut headers: Vec<String> = reply.headers.iter().map(|(k, v)| format!("{k}: {v:?}")).collect();
            headers.retain(|header| !header.starts_with("x-request-id"));
            headers.sort();
            (reply.status, headers, reply.text())
        };
        // A month in the path is no id.
        if !paths(template, operation, &missing).iter().any(|(_, by_id)| *by_id) {
            continue;
        }
        let by_missing = said(&missing).await;
        // Who lacks the right is told so whatever id is named; one that can't be an id is not looked at that far.
        let malformed = Some(&malformed).filter(|_| by_missing.0 != 403);
        for id in things.values().flatten().chain(malformed) {
            let by_id = said(id).await;
            compared += 1;
            if by_id != by_missing {
                differing.push(format!("{at} {id}: {by_id:?}, but of a missing one: {by_missing:?}"));
            }
        }
    }

    println!("R3: {compared} answers compared, {} differ", differing.len());
    assert!(differing.is_empty(), "{}", differing.join("\n"));
}

#[tokio::test]
async fn what_another_owner_has_is_no_obstacle() {
    let town = Town::new().await;
    town.furnish().await;
    let saraa = town.neighbour().await;

    // The same names, numbers, registers and codes as the neighbour's, down to the letter.
    let property = saraa.has_property(CANARY).await;
    let room = saraa.has_room(&property, CANARY).await;
    let tenant = saraa.has_tenant(CANARY, "5550001").await;
    saraa.drafts(&property, &tenant, &room, json!({})).await.is(201);
}

#[tokio::test]
async fn a_route_that_the_document_does_not_know_is_not_there() {
    let town = Town::new().await;
    let dulmaa = town.director().await;
    let methods = [Method::GET, Method::POST, Method::PATCH, Method::PUT, Method::DELETE];
    let (mut asked, mut hidden) = (0, Vec::new());

    // Every path that is known, with every method that is not.
    for (path, item) in town.openapi["paths"].as_object().expect("paths") {
        for method in methods.iter().filter(|m| item.get(m.as_str().to_lowercase()).is_none()) {
            let path = fill(path, "0190a5c0-0000-7000-8000-000000000000");
            let reply = dulmaa.ask(method.clone(), &path, None, &[]).await;
            asked += 1;
            // better-auth's clients know no 405, but for the one that their server gives.
            let refused = if path.starts_with("/api/auth/") { reply.status == 404 } else { reply.status == 405 };
            if !refused && (method, path.as_str()) != (&Method::POST, "/api/auth/get-session") {
                hidden.push(format!("{method} {path} answered {}", reply.status));
            }
        }
    }
    // And every door the sources name.
    for door in doors_in_sources() {
        if town.openapi["paths"].get(&door).is_none() {
            hidden.push(format!("{door} has a door in the sources and no place in the document"));
        }
        asked += 1;
    }

    println!("R1: {asked} doors tried, {} hidden", hidden.len());
    assert!(hidden.is_empty(), "{hidden:#?}");
}

#[derive(Default)]
struct Tally {
    probes: usize,
    routes: std::collections::BTreeSet<String>,
    roles: std::collections::BTreeSet<String>,
    statuses: BTreeMap<u16, usize>,
    leaks: Vec<String>,
    /// Tables of the other owner that are not as they were.
    changed: Vec<String>,
}

impl Tally {
    fn print(&self, how: &str, things: &Things) {
        println!(
            "R1, R2 {how}: {} leaks, {} tables changed / {} probes ({} routes, {} roles, ids of {} tables); answers {:?}",
            self.leaks.len(),
            self.changed.len(),
            self.probes,
            self.routes.len(),
            self.roles.len(),
            things.len(),
            self.statuses,
        );
    }

    fn holds(&self, things: &Things) {
        assert!(self.leaks.is_empty(), "{} leaks:\n{}", self.leaks.len(), self.leaks.join("\n"));
        assert!(self.changed.is_empty(), "rows of the other owner changed: {:?}", self.changed);
        assert!(things.len() >= 20, "the owner has too little to be found: {:?}", things.keys());
        assert!(self.probes >= 5_000, "only {} probes", self.probes);
    }

    fn judge(&mut self, place: (&str, &str, &str), path: &str, body: Option<&Value>, foreign: bool, reply: &Reply) {
        let (at, role, table) = place;
        self.probes += 1;
        self.routes.insert(at.to_owned());
        self.roles.insert(role.to_owned());
        *self.statuses.entry(reply.status.as_u16()).or_default() += 1;
        let headers =
            reply.headers.values().any(|v| v.as_bytes().windows(CANARY.len()).any(|w| w == CANARY.as_bytes()));
        let problem = if reply.text().contains(CANARY) || headers {
            "shows a canary"
        } else if reply.status.is_server_error() {
            "breaks"
        } else if foreign && reply.status.is_success() && !(at.ends_with("/preview") && finds_nothing(reply)) {
            "succeeds with another's id"
        } else if role == "nobody" && reply.status.is_success() {
            "lets nobody in"
        } else {
            return;
        };
        self.leaks.push(format!(
            "{at} as {role} with an id of {table} {problem}: {path} {body:?} → {} {}",
            reply.status,
            reply.text()
        ));
    }
}

/// The template with another's id in its placeholders, and its questions asked with that id; whether the id is in the
/// path.
fn paths(template: &str, operation: &Value, id: &str) -> Vec<(String, bool)> {
    let filled = fill(template, id);
    let mut paths = vec![(filled.clone(), filled != template && filled.contains(id))];
    if filled == template {
        let parameters = operation["parameters"].as_array().into_iter().flatten();
        let questions = parameters.filter(|p| p["in"] == "query").filter_map(|p| p["name"].as_str());
        paths.extend(questions.map(|name| (format!("{filled}?{name}={id}"), false)));
    }
    paths
}

fn fill(template: &str, id: &str) -> String {
    let segments = template.split('/').map(|segment| match segment {
        "{period}" | "{month}" => "2026-10",
        placeholder if placeholder.starts_with('{') => id,
        plain => plain,
    });
    segments.collect::<Vec<_>>().join("/")
}

/// Every `path = "/v2/…"` in the areas' sources.
fn doors_in_sources() -> Vec<String> {
    let mut doors = Vec::new();
    let mut folders = vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../crates"))];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("the sources are here").filter_map(Result::ok) {
            let path = entry.path();
            if path.is_dir() && !path.ends_with("target") {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let source = std::fs::read_to_string(&path).expect("text");
                let named = source.split("path = \"/v2/").skip(1).filter_map(|rest| rest.split('"').next());
                doors.extend(named.map(|rest| format!("/v2/{rest}")));
            }
        }
    }
    doors
}

impl Person<'_> {
    /// What is answered when there is a connection to be had.
    async fn answered(&self, method: &Method, path: &str, body: Option<&Value>) -> Reply {
        for _ in 0..20 {
            let reply = self.ask(method.clone(), path, body.cloned(), &[]).await;
            if reply.status != 503 {
                return reply;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        self.ask(method.clone(), path, body.cloned(), &[]).await
    }
}

impl Town {
    /// A person who rents from Алтан Тауэр, and from the neighbour whom they look at.
    async fn tenant_of_both(&self, saraa: &Person<'_>) -> Person<'_> {
        let (dulmaa, phone) = (self.director().await, "77112233");
        self.lets_to(self.mungun, "Т-2", phone).await;
        self.sql_batch(&format!("update tenants set phone = '{phone}' where name = '{CANARY}'")).await;
        let both = self.linked_tenant(&dulmaa, "Хоёр газрын Дорж", phone).await;
        let waiting = saraa.get("/v2/tenant-links?status=waiting").await.is(200).json();
        let link = waiting["items"][0]["id"].as_str().expect("a request");
        saraa.post(&format!("/v2/tenant-links/{link}/confirmation"), json!({})).await.is(200);
        both.post(&format!("/v2/places/{}/choice", self.mungun), json!({})).await.is(200);
        both
    }

    /// From now on a statement's plan is made for everybody and not for the values at hand.
    async fn plans_for_everybody(&self) {
        self.sql_batch(&format!("alter database {} set plan_cache_mode = force_generic_plan", self.database.name))
            .await;
    }

    /// Gives Алтан Тауэр something of everything, each with the canary in it; the ids by table.
    async fn furnish(&self) -> Things {
        let dulmaa = self.director().await;
        let property = dulmaa.has_property(CANARY).await;
        let room = dulmaa.has_room(&property, CANARY).await;
        let tenant = dulmaa.has_tenant(CANARY, "5550001").await;
        let note = json!({ "notes": CANARY });
        let contract = dulmaa.drafts(&property, &tenant, &room, note).await.is(201).id();
        dulmaa.post(&format!("/v2/contracts/{contract}/signature"), json!({})).await.is(200);
        let invoice = json!({
            "contractId": contract, "kind": "fee", "period": "2026-10", "issue": true, "note": CANARY,
            "items": [{ "description": CANARY, "quantity": "1", "unitPrice": "5000000" }],
        });
        let invoice = dulmaa.post("/v2/invoices", invoice).await.is(201).id();
        let payment = json!({ "tenantId": tenant, "method": "cash", "amount": "1000000", "note": CANARY,
                              "paidAt": "2026-10-09T02:00:00Z", "allocations": [{ "invoiceId": invoice, "amount": "1000000" }] });
        dulmaa.post("/v2/payments", payment).await.is(201);
        let bill = dulmaa.post("/v2/invoices", bill(&contract)).await.is(201).id();
        dulmaa.post(&format!("/v2/invoices/{bill}/payment-intents"), json!({ "provider": "qpay" })).await.is(201);
        self.beyond_the_doors(&bill).await;

        let tables = self
            .sql(
                "
            select table_name::text from information_schema.columns c join pg_class t on t.relname = c.table_name
             where column_name = 'owner_id' and table_schema = 'public' order by 1",
            )
            .await;
        let mut things = Things::from([("property_owners".to_owned(), vec![self.altan.to_string()])]);
        for table in tables.iter().map(|row| row.get::<_, String>(0)) {
            let ids = format!("select id::text from {table} where owner_id = '{}' limit 1", self.altan);
            let ids: Vec<String> = self.sql(&ids).await.iter().map(|row| row.get(0)).collect();
            if !ids.is_empty() {
                things.insert(table, ids);
            }
        }
        things
    }

    /// What no door makes at once: a receipt, a text, accounts, a tenant's request.
    async fn beyond_the_doors(&self, bill: &str) {
        let altan = self.altan;
        self.sql_batch(&format!(
            "insert into receipts (id, owner_id, invoice_id, type, amount, bill_suffix, last_error)
             values (gen_random_uuid(), '{altan}', '{bill}', 'B2C_RECEIPT', 1, '000001', '{CANARY}');
             insert into sms_messages (id, owner_id, recipient, text, template, invoice_id, parts)
             values (gen_random_uuid(), '{altan}', '99110001', '{CANARY}', 'sms-invoice', '{bill}', 1);
             insert into bank_accounts (id, owner_id, bank, number, holder)
             values (gen_random_uuid(), '{altan}', 'khan', '5176004666', '{CANARY}');
             insert into bank_statements (id, owner_id, account_id, source, file_name, digest, total_in, total_out, lines, new_lines)
             select gen_random_uuid(), '{altan}', a.id, 'file', '{CANARY}', 'x', 1, 0, 1, 1 from bank_accounts a
              where a.holder = '{CANARY}';
             insert into bank_transactions (id, owner_id, account_id, statement_id, row_no, fingerprint, posted_at, amount, description)
             select gen_random_uuid(), '{altan}', s.account_id, s.id, 1, sha256('x'), now(), 1, '{CANARY}' from bank_statements s
              where s.file_name = '{CANARY}';
             insert into provider_accounts (id, owner_id, provider, sealed)
             values (gen_random_uuid(), '{altan}', 'qpay', '{CANARY}');
             insert into users (id, name, email) values (gen_random_uuid(), '{CANARY}', 'canary@altan.test');
             insert into tenant_links (id, owner_id, tenant_id, user_id, phone)
             select gen_random_uuid(), '{altan}', t.id, u.id, '99110001' from tenants t, users u
              where t.name = '{CANARY}' and u.name = '{CANARY}';
             insert into property_assignments (id, owner_id, property_id, user_id)
             select gen_random_uuid(), '{altan}', p.id, u.id from properties p, users u where u.name = '{CANARY}' limit 1"
        ))
        .await;
    }

    /// What every table holds of Алтан Тауэр, hashed.
    async fn state_of_altan(&self) -> BTreeMap<String, String> {
        let tables = self
            .sql(
                "
            select distinct table_name::text from information_schema.columns
             where column_name = 'owner_id' and table_schema = 'public'",
            )
            .await;
        let mut state = BTreeMap::new();
        for table in tables.iter().map(|row| row.get::<_, String>(0)) {
            let hash = format!(
                "select coalesce(md5(string_agg(t::text, '|' order by id)), '') from {table} t where owner_id = '{}'",
                self.altan
            );
            state.insert(table, self.sql(&hash).await[0].get(0));
        }
        state
    }
}

fn bill(contract: &str) -> Value {
    json!({ "contractId": contract, "kind": "fee", "period": "2026-10", "issue": true, "note": CANARY,
            "items": [{ "description": CANARY, "quantity": "1", "unitPrice": "5000000" }] })
}

/// What would be done to nothing tells nothing of anybody.
fn finds_nothing(reply: &Reply) -> bool {
    let said = reply.json();
    said["count"] == 0 && said["total"] == "0"
}
