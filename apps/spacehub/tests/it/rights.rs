//! Every route of the document asked by everyone, both ways: whoever may is not refused, whoever may not is, and nothing
//! has changed. What did change left a row in the audit under the request's id, and no secret in it.
//!
//! What may be asked of a route and by whom stands in `rights/routes.rs`; a route that is not there fails the story.

mod browsers;
mod routes;

use std::collections::BTreeMap;

use domain::rights::{Action, Role};
use http::Method;
use tokio_postgres::{Client, NoTls};

use crate::{
    openapi::operations,
    town::{Person, Town},
};
use routes::{Needs, World};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_route_is_open_to_exactly_those_who_may() {
    let town = Town::new().await;
    let world = World::new(&town).await;
    let books = Books::open(&town).await;
    let people = [
        (Some(Role::OwnerDirector), &world.director),
        (Some(Role::OwnerAccountant), &world.accountant),
        (Some(Role::Employee), &world.employee),
        (Some(Role::Tenant), &world.tenant),
        (Some(Role::Admin), &world.admin),
        (None, &world.nobody),
    ];
    let mut tally = Tally::default();

    for (at, _) in operations(&town.openapi).into_iter().filter(|(at, _)| at.contains(" /v2/")) {
        let Some(needs) = routes::needs(&at) else {
            tally.wrong.push(format!("{at} is not in rights/routes.rs: say who may, and how it is asked"));
            continue;
        };
        if let Needs::Door = needs {
            tally.doors += 1;
            continue;
        }
        let mut succeeded = false;
        for (role, person) in &people {
            let request = world.request(&at).await;
            let before = books.read().await;
            let reply = person.send(request.method.clone(), &request.path, request.body(), &[]).await;
            let after = books.read().await;
            let changed: Vec<&str> = before.keys().filter(|t| before[*t] != after[*t]).map(String::as_str).collect();
            tally.cells += 1;
            succeeded |= reply.status.is_success();
            let refused = match role {
                None => reply.status == 401,
                Some(_) => reply.status == 403,
            };
            let may = match needs {
                Needs::Nothing | Needs::Door => true,
                Needs::SignedIn => role.is_some(),
                Needs::Right(action) => role.is_some_and(|role| role.may(action)),
                Needs::RightOfHeads(action) => role.is_some_and(|role| role != Role::Employee && role.may(action)),
            };
            if may == refused || reply.status.is_server_error() {
                let word = if may { "may" } else { "may not" };
                tally.wrong.push(format!("{at}: {role:?} {word}, and got {} {}", reply.status, reply.text()));
            }
            if !may && !changed.is_empty() {
                tally.wrong.push(format!("{at}: {role:?} may not, and changed {changed:?}"));
            }
            if request.method == Method::GET && !changed.iter().all(|table| *table == "outbox") {
                tally.wrong.push(format!("{at}: a look changed {changed:?}"));
            }
            if request.method != Method::GET && !changed.is_empty() {
                tally.changes += 1;
                if books.audited(reply.request).await == 0 {
                    tally.wrong.push(format!("{at}: {role:?} changed {changed:?} and left no row in the audit"));
                }
            }
        }
        if !succeeded {
            tally
                .wrong
                .push(format!("{at} did not succeed for anyone: the request in rights/routes.rs is not a good one"));
        }
        tally.routes += 1;
    }

    println!(
        "R6: {} mismatches / {} cells ({} routes × {} roles; {} ways in have stories of their own); \
         V16: every one of {} changes has its audit row",
        tally.wrong.len(),
        tally.cells,
        tally.routes,
        people.len(),
        tally.doors,
        tally.changes,
    );
    assert!(tally.wrong.is_empty(), "{}", tally.wrong.join("\n"));

    let (rows, hits) = world.hits_in_audit(&books).await;
    println!("R31: {} marker hits / {rows} rows of the audit", hits.len());
    assert!(hits.is_empty(), "{}", hits.join("\n"));
}

#[tokio::test]
async fn a_role_that_changed_or_was_taken_is_obeyed_by_the_next_request() {
    let town = Town::new().await;
    let nara = town.accountant().await;
    nara.get("/v2/payments").await.is(200);
    let of = |person: &Person<'_>| format!("user_id = (select id from users where email = '{}')", person.email);

    town.sql_batch(&format!("update profiles set role = 'employee' where {}", of(&nara))).await;
    let after = nara.get("/v2/payments").await;
    assert!(after.status == 403 || after.status == 401, "{}", after.text());

    let bat = town.employee().await;
    town.sql_batch("update users set disabled_at = now()").await;
    bat.get("/v2/me").await.refuses(401, "UNAUTHORIZED");
}

#[tokio::test]
async fn what_a_body_may_not_say_is_refused_and_not_swallowed() {
    let town = Town::new().await;
    let world = World::new(&town).await;
    let (mut asked, mut swallowed) = (0, Vec::new());
    for (at, _) in operations(&town.openapi).into_iter().filter(|(at, _)| at.contains(" /v2/")) {
        if let Some(Needs::Door) = routes::needs(&at) {
            continue;
        }
        let request = world.request(&at).await;
        let Some(body) = request.json.as_ref().filter(|body| body.is_object()) else { continue };
        let by = match routes::needs(&at) {
            Some(Needs::Right(Action::VisitOwner)) => &world.admin,
            Some(Needs::Right(Action::UsePlaces)) => &world.tenant,
            _ => &world.director,
        };
        for field in ["id", "ownerId", "role", "total", "balance", "paidAmount", "createdAt", "isAdmin", "__proto__"] {
            if body.get(field).is_some() {
                continue;
            }
            let mut more = body.clone();
            more[field] = serde_json::json!("0190a5c0-0000-7000-8000-000000000000");
            let reply = by.ask(request.method.clone(), &request.path, Some(more), &[]).await;
            asked += 1;
            if reply.status != 400 {
                swallowed.push(format!("{at} with {field}: {} {}", reply.status, reply.text()));
            }
        }
    }
    println!("R6: {} fields swallowed / {asked} that no body may have", swallowed.len());
    assert!(swallowed.is_empty(), "{}", swallowed.join("\n"));
}

#[derive(Default)]
struct Tally {
    routes: usize,
    doors: usize,
    cells: usize,
    changes: usize,
    wrong: Vec<String>,
}

/// What every table holds, as its superuser sees it.
pub struct Books {
    client: Client,
    question: String,
}

impl Books {
    /// Everything but the audit itself, the answers kept for repeated requests and when a session was last used.
    pub async fn open(town: &Town) -> Books {
        let (client, connection) = tokio_postgres::connect(&town.database.admin_url, NoTls).await.expect("connects");
        tokio::spawn(connection);
        let tables = "select relname::text from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
                         and relname not in ('audit_log', 'idempotency_keys', 'schema_migrations') order by 1";
        let tables = client.query(tables, &[]).await.expect("tables");
        let each = tables.iter().map(|row| {
            let table: &str = row.get(0);
            format!("select '{table}', md5(string_agg(t::text, '|' order by t::text)) from {table} t")
        });
        let question = each.collect::<Vec<_>>().join(" union all ");
        Books { client, question }
    }

    pub async fn read(&self) -> BTreeMap<String, Option<String>> {
        let rows = self.client.query(&self.question, &[]).await.expect("answers");
        rows.iter().map(|row| (row.get(0), row.get(1))).collect()
    }

    /// How many rows of the audit name that request.
    async fn audited(&self, request: uuid::Uuid) -> i64 {
        let sql = "select count(*) from audit_log where request_id = $1 and action <> 'owner.look'";
        self.client.query_one(sql, &[&request]).await.expect("answers").get(0)
    }
}

impl World<'_> {
    /// Rows of the audit, and those that hold a secret or a number of a person.
    async fn hits_in_audit(&self, books: &Books) -> (usize, Vec<String>) {
        let rows = books.client.query("select action, a::text from audit_log a", &[]).await.expect("answers");
        let secrets = self.secrets();
        let hits = rows.iter().flat_map(|row| {
            let (action, text): (&str, &str) = (row.get(0), row.get(1));
            let found = secrets.iter().filter(move |(_, secret)| text.contains(secret.as_str()));
            found.map(move |(what, _)| format!("{action} holds {what}: {text}"))
        });
        (rows.len(), hits.collect())
    }
}
