//! Row security alone, asked in SQL as the roles of run time, without a line of ours between: for every role, table and
//! command, which rows it reaches. The whole of it stands in `policies/expected.rs`.

mod expected;

use std::collections::{BTreeMap, BTreeSet};

use tokio_postgres::{Client, NoTls, error::SqlState};

use crate::town::Town;
use expected::EXPECTED;

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    Director,
    Accountant,
    /// Assigned to the building of branch m.
    Employee,
    /// The tenant of branch m.
    Tenant,
    /// The platform's staff, looking at the owner.
    Admin,
    AdminOfNobody,
    /// The owner's part taken by a request.
    System,
    /// The owner's part taken by a worker.
    Worker,
    /// The platform's own part, for no owner.
    Platform,
    WorkerOfNobody,
    /// The sign-in doors.
    Auth,
    /// Whoever has the link of branch m's bill.
    Link,
    /// Whoever calls back for branch m's QR.
    Callback,
    /// A token that opens nothing.
    Nobody,
    /// A transaction that was not opened at all.
    Unopened,
}

const ROLES: &[Role] = &[
    Role::Director,
    Role::Accountant,
    Role::Employee,
    Role::Tenant,
    Role::Admin,
    Role::AdminOfNobody,
    Role::System,
    Role::Worker,
    Role::Platform,
    Role::WorkerOfNobody,
    Role::Auth,
    Role::Link,
    Role::Callback,
    Role::Nobody,
    Role::Unopened,
];

const COMMANDS: [&str; 4] = ["select", "insert", "update", "delete"];

#[tokio::test]
async fn every_role_reaches_exactly_its_rows_in_every_table() {
    let town = Town::new().await;
    furnish(&town).await;
    let admin = connect(&town.database.admin_url).await;
    let (app, worker) = (connect(&town.database.app_url).await, connect(&town.database.worker_url).await);
    let tables = tables(&admin).await;
    let (mut asked, mut wrong) = (0, Vec::new());

    let unknown: Vec<_> = tables.iter().filter(|table| !EXPECTED.iter().any(|(name, _)| name == table)).collect();
    assert!(unknown.is_empty(), "tables that expected.rs does not know: {unknown:?}");
    for (table, lines) in EXPECTED {
        for role in ROLES {
            let client = if matches!(role, Role::Worker | Role::WorkerOfNobody) { &worker } else { &app };
            let line = lines.iter().find(|line| line.0.contains(role));
            let told = line.map_or([""; 4], |line| [line.1, line.2, line.3, line.4]);
            let rows = letters(&town, table, *role);
            for (command, expected) in COMMANDS.iter().zip(told) {
                let mut reached = BTreeSet::new();
                for (letter, id) in &rows {
                    if reaches(&admin, client, &town, *role, table, command, id).await {
                        reached.insert(*letter);
                    }
                    asked += 1;
                }
                let expected: BTreeSet<char> = expected.chars().collect();
                if reached != expected {
                    wrong.push(format!("{role:?} {command} {table}: {reached:?} instead of {expected:?}"));
                }
            }
        }
    }

    let foreign =
        EXPECTED.iter().flat_map(|(_, lines)| lines.iter()).filter(|l| [l.1, l.2, l.3, l.4].join("").contains('f'));
    println!(
        "R5, R6: {asked} questions: {} roles × {} tables × {} commands × rows; {} wrong; {} lines reach beyond one owner",
        ROLES.len(),
        EXPECTED.len(),
        COMMANDS.len(),
        wrong.len(),
        foreign.count(),
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn nobody_gives_themselves_another_place() {
    let town = Town::new().await;
    furnish(&town).await;
    let client = connect(&town.database.app_url).await;
    let mut tried = 0;
    for role in [Role::Director, Role::Accountant, Role::Employee, Role::Tenant] {
        for place in [
            "role = 'admin', owner_id = null".to_owned(),
            "role = 'tenant', owner_id = null".to_owned(),
            format!("role = 'owner_director', owner_id = '{}'", town.mungun),
        ] {
            client.batch_execute("begin").await.expect("begins");
            client.query(&opening(&town, role).expect("a session"), &[]).await.expect("opens");
            let sql = format!("update profiles set {place} where user_id = (select app_user_id())");
            let refused = client.batch_execute(&sql).await.expect_err("refused");
            assert_eq!(refused.code(), Some(&SqlState::INSUFFICIENT_PRIVILEGE), "{role:?} {place}: {refused:?}");
            client.batch_execute("rollback").await.expect("rolls back");
            tried += 1;
        }
    }
    println!("R6: {tried} ways to another place, all refused");
}

#[tokio::test]
async fn the_audit_and_the_past_can_only_be_added_to() {
    let town = Town::new().await;
    furnish(&town).await;
    for url in [&town.database.app_url, &town.database.worker_url] {
        let client = connect(url).await;
        for sql in [
            "update audit_log set action = 'x'",
            "delete from audit_log",
            "truncate audit_log",
            "update contract_history set what = 'signed'",
            "delete from contract_history",
            "truncate contract_history",
            "update deposit_entries set held_amount = 0",
            "delete from deposit_entries",
            "truncate deposit_entries",
            "update ledger_entries set day = '2026-01-01'",
            "delete from ledger_entries",
            "truncate ledger_entries",
            "update ledger_postings set amount = 0",
            "delete from ledger_postings",
            "truncate ledger_postings",
            "update month_locks set month = '2020-01-01'",
            "delete from month_locks",
            "update month_unlocks set reason = 'x'",
            "delete from month_unlocks",
            "update contract_endings set reason = 'x'",
            "delete from contract_endings",
            "update contract_restorations set reason = 'x'",
            "delete from contract_restorations",
            "update settlements set figures = '{}'",
            "delete from settlements",
            "update penalties set waived = 0",
            "delete from penalties",
        ] {
            let refused = client.batch_execute(sql).await.expect_err("refused");
            assert_eq!(refused.code(), Some(&SqlState::INSUFFICIENT_PRIVILEGE), "{sql}");
        }
    }
}

/// Whether the command reaches that row. What comes back after the policy has agreed (a key that stands already, a row
/// that others refer to) is not its refusal.
async fn reaches(
    admin: &Client,
    client: &Client,
    town: &Town,
    role: Role,
    table: &str,
    command: &str,
    id: &str,
) -> bool {
    let runtime = if matches!(role, Role::Worker | Role::WorkerOfNobody) { "spacehub_worker" } else { "spacehub_app" };
    let sql = match command {
        "select" => format!("select from {table} where id::text = '{id}'"),
        "insert" => insert(admin, runtime, table, id).await,
        // The last one: the first are ids and places, which triggers have a word in too.
        "update" => match columns(admin, runtime, table, "update").await.last() {
            Some(column) => format!("update {table} set {column} = {column} where id::text = '{id}'"),
            None => format!("update {table} set id = id where id::text = '{id}'"),
        },
        _ => format!("delete from {table} where id::text = '{id}'"),
    };
    client.batch_execute("begin").await.expect("begins");
    if let Some(opening) = opening(town, role) {
        client.query(&opening, &[]).await.expect("opens");
    }
    let answer = match command {
        "select" => client.query(&sql, &[]).await.map(|rows| rows.len() as u64),
        _ => client.execute(&sql, &[]).await,
    };
    client.batch_execute("rollback").await.expect("rolls back");
    match answer {
        Ok(rows) => rows > 0,
        Err(error) if error.code() == Some(&SqlState::INSUFFICIENT_PRIVILEGE) => false,
        Err(error) => {
            let class = error.code().map_or("", SqlState::code);
            assert!(class.starts_with("23"), "{role:?} {command} {table}: {error:?}");
            true
        }
    }
}

/// The row again, under a new id.
async fn insert(admin: &Client, runtime: &str, table: &str, id: &str) -> String {
    let columns = columns(admin, runtime, table, "insert").await;
    let row = format!("select to_jsonb(t)::text from {table} t where id::text = '{id}'");
    let row: String = admin.query_one(&row, &[]).await.expect("the row is there").get(0);
    let mut row: serde_json::Value = serde_json::from_str(&row).expect("JSON");
    row["id"] = uuid::Uuid::now_v7().to_string().into();
    // What a request for a QR has to be.
    if table == "payment_intents" {
        row["status"] = "requested".into();
    }
    let names = if columns.is_empty() { "id".to_owned() } else { columns.join(", ") };
    let row = row.to_string().replace('\'', "''");
    format!("insert into {table} ({names}) select {names} from jsonb_populate_record(null::{table}, '{row}')")
}

/// The columns that may be given.
async fn columns(admin: &Client, runtime: &str, table: &str, command: &str) -> Vec<String> {
    let sql = "select quote_ident(attname) from pg_attribute
                where attrelid = $1::text::regclass and attnum > 0 and not attisdropped and attgenerated = ''
                  and has_column_privilege($2, attrelid, attnum, $3) order by attnum";
    let rows = admin.query(sql, &[&table, &runtime, &command]).await.expect("columns");
    rows.iter().map(|row| row.get(0)).collect()
}

/// How the role's transaction opens, as `base::Tx` does it.
fn opening(town: &Town, role: Role) -> Option<String> {
    let session = |who: &str| Some(format!("select from app_begin(sha256('{who}'), now())"));
    let part = |owner: Option<domain::OwnerId>, role: &str| {
        let owner = owner.map_or("null".to_owned(), |owner| format!("'{owner}'"));
        Some(format!("select app_begin_as({owner}, null, '{role}')"))
    };
    match role {
        Role::Director => session("director"),
        Role::Accountant => session("accountant"),
        Role::Employee => session("employee"),
        Role::Tenant => session("tenant"),
        Role::Admin => session("admin"),
        Role::AdminOfNobody => session("admin of nobody"),
        Role::System | Role::Worker => part(Some(town.altan), "system"),
        Role::Platform | Role::WorkerOfNobody => part(None, "system"),
        Role::Auth => part(None, "auth"),
        Role::Link => Some("select from app_begin_link(sha256('link 1'))".into()),
        Role::Callback => Some("select from app_begin_callback(sha256('callback 1'))".into()),
        Role::Nobody => session("nobody"),
        Role::Unopened => None,
    }
}

/// The rows asked for, by letter: m and o are of the owner (the employee's and the tenant's own branch, and another),
/// d a draft in m, n something that belongs to nobody yet; s oneself, c a colleague; f the other owner's.
fn letters(town: &Town, table: &str, role: Role) -> Vec<(char, String)> {
    let row = |table: u8, branch: u8| format!("000000{table:02x}-0000-7000-8000-00000000000{branch}");
    let number = match table {
        "properties" => 1,
        "floors" => 2,
        "rooms" => 3,
        "tenants" => 4,
        "contracts" => 5,
        "contract_rooms" => 6,
        "contract_items" => 7,
        "bank_accounts" => 8,
        "bank_connections" => 0xa0,
        "bank_statements" => 0xa1,
        "bank_transactions" => 0xa2,
        "bank_links" => 0xa3,
        "bank_senders" => 0xa4,
        "invoices" => 9,
        "invoice_items" => 10,
        "bulk_orders" => 0x25,
        "bulk_order_items" => 0x26,
        "payments" => 11,
        "allocations" => 12,
        "payment_intents" => 13,
        "receipts" => 14,
        "sms_messages" => 15,
        "penalties" => 0x90,
        "promises_to_pay" => 0x91,
        "reminder_stages" => 0x92,
        "reminder_orders" => 0x93,
        "reminders" => 0x94,
        "reminder_invoices" => 0x95,
        "month_reports" => 0x9a,
        "list_views" => 0x9b,
        "write_offs" => 0x9c,
        "outbox" => 16,
        "audit_log" => 17,
        "idempotency_keys" => 18,
        "number_sequences" => 19,
        "provider_accounts" => 20,
        "tenant_links" => 21,
        "imports" => 0x61,
        "import_things" => 0x62,
        "import_mappings" => 0x63,
        "property_assignments" => 22,
        "room_origins" => 0x40,
        "meters" => 0x81,
        "readings" => 0x82,
        "tariffs" => 0x83,
        "common_rules" => 0x84,
        "awaited_units" => 0x85,
        "documents" => 0x51,
        "document_batches" => 0x52,
        "month_runs" => 0x53,
        "month_run_parked" => 0x54,
        "month_run_batches" => 0x55,
        "contract_history" => 29,
        "contract_increases" => 30,
        "contract_discounts" => 31,
        "schedule_entries" => 32,
        "contract_endings" => 0x24,
        "contract_restorations" => 0x21,
        "settlements" => 0x22,
        "deposit_entries" => 0x23,
        "ledger_entries" => 0x81,
        "ledger_postings" => 0x82,
        "month_locks" => 0x83,
        "month_unlocks" => 0x84,
        "files" => 0x70,
        "cron_slots" => return vec![('m', row(23, 1))],
        "property_owners" => return vec![('m', town.altan.to_string()), ('f', town.mungun.to_string())],
        "sign_ups" => return vec![('m', row(25, 1))],
        "signing_keys" => return vec![('m', row(26, 1))],
        "invitations" => return vec![('m', row(27, 1)), ('f', row(27, 3))],
        "invitation_properties" => return vec![('m', row(28, 1)), ('f', row(28, 3))],
        table if OF_PEOPLE.contains(&table) => {
            let own = people().get(&role).map(|number| ('s', person(table, *number)));
            let others = [('c', person(table, COLLEAGUE)), ('f', person(table, FOREIGNER))];
            return own.into_iter().chain(others).collect();
        }
        other => panic!("no rows for {other}"),
    };
    let mut rows = vec![('m', row(number, 1)), ('o', row(number, 2)), ('f', row(number, 3))];
    match table {
        "contracts" | "contract_rooms" | "contract_items" | "contract_history" | "contract_increases"
        | "contract_discounts" | "schedule_entries" | "invoices" | "invoice_items" => rows.push(('d', row(number, 4))),
        "tenants" => rows.push(('n', row(number, 5))),
        "documents" => rows.extend([('d', row(number, 4)), ('n', row(number, 5)), ('i', row(number, 6))]),
        "outbox" => {
            rows.retain(|(letter, _)| *letter != 'o');
            rows.extend([('d', row(number, 4)), ('n', row(number, 5))]);
        }
        "audit_log" => {
            rows.retain(|(letter, _)| *letter != 'o');
            rows.push(('n', row(number, 5)));
        }
        "idempotency_keys" => {
            let own = people().get(&role).map(|number| ('s', format!("00000012-0000-7000-8000-0000000001{number:02}")));
            rows = own.into_iter().chain([('c', row(number, 2)), ('f', row(number, 3))]).collect();
        }
        _ => {}
    }
    rows
}

/// Tables of which everybody has a row.
const OF_PEOPLE: &[&str] = &[
    "users",
    "profiles",
    "accounts",
    "sessions",
    "devices",
    "two_factors",
    "backup_codes",
    "waiting_sign_ins",
    "trusted_devices",
    "password_resets",
];
const COLLEAGUE: u8 = 7;
const FOREIGNER: u8 = 8;

/// Who has an account, by its number.
fn people() -> BTreeMap<Role, u8> {
    let people = [Role::Director, Role::Accountant, Role::Employee, Role::Tenant, Role::Admin, Role::AdminOfNobody];
    people.into_iter().zip(1..).collect()
}

fn person(table: &str, number: u8) -> String {
    let table = OF_PEOPLE.iter().position(|known| *known == table).expect("known");
    format!("000000a{table}-0000-7000-8000-00000000000{number}")
}

/// Two owners' worlds with rows of known ids in every table.
async fn furnish(town: &Town) {
    let mut sql = String::new();
    let places = [
        ("director", "owner_director", Some(town.altan), None),
        ("accountant", "owner_accountant", Some(town.altan), None),
        ("employee", "employee", Some(town.altan), None),
        ("tenant", "tenant", None, None),
        ("admin", "admin", None, Some(town.altan)),
        ("admin of nobody", "admin", None, None),
        ("colleague", "owner_accountant", Some(town.altan), None),
        ("foreigner", "owner_director", Some(town.mungun), None),
    ];
    let text = |owner: Option<domain::OwnerId>| owner.map_or("null".to_owned(), |owner| format!("'{owner}'"));
    for (number, (name, role, owner, active)) in (1..).zip(places) {
        let id = |table| person(table, number);
        let (owner, active, user) = (text(owner), text(active), id("users"));
        sql += &format!(
            "insert into users (id, name, email) values ('{user}', '{name}', '{number}@policies.test');
             insert into profiles (id, user_id, owner_id, full_name, role) values ('{}', '{user}', {owner}, '{name}', '{role}');
             insert into accounts (id, user_id, provider_id) values ('{}', '{user}', 'credential');
             insert into devices (id, user_id, fcm_token, platform) values ('{}', '{user}', 'x', 'ios');
             insert into sessions (id, token_hash, user_id, active_owner_id, expires_at)
             values ('{}', sha256('{name}'), '{user}', {active}, now() + interval '1 day');
             insert into two_factors (id, user_id, sealed, issuer) values ('{}', '{user}', 'x', 'x');
             insert into backup_codes (id, user_id, code_hash) values ('{}', '{user}', 'x');
             insert into waiting_sign_ins (id, token_hash, user_id, credential_version, expires_at)
             values ('{}', sha256('waits {name}'), '{user}', 0, now());
             insert into trusted_devices (id, token_hash, user_id, expires_at) values ('{}', sha256('{name}'), '{user}', now());
             insert into password_resets (id, user_id, token_hash, expires_at, created_at)
             values ('{}', '{user}', sha256('resets {name}'), now(), now());
             insert into idempotency_keys (id, owner_id, user_id, route, key, body_hash, field_hashes, status, response)
             values ('00000012-0000-7000-8000-0000000001{number:02}', '{}', '{user}', 'POST /v2/y', 'k', 'x', '{{}}', 200, '');",
            id("profiles"),
            id("accounts"),
            id("devices"),
            id("sessions"),
            id("two_factors"),
            id("backup_codes"),
            id("waiting_sign_ins"),
            id("trusted_devices"),
            id("password_resets"),
            town.altan,
        );
    }
    let (employee, tenant) = (person("users", 3), format!("'{}'", person("users", 4)));
    let branches = [
        (1, town.altan, employee, tenant.as_str()),
        (2, town.altan, person("users", COLLEAGUE), "null"),
        (3, town.mungun, person("users", FOREIGNER), "null"),
    ];
    for (branch, owner, user, tenant_user) in branches {
        let world = include_str!("policies/world.sql").replace("{b}", &branch.to_string());
        sql += &world
            .replace("{owner}", &owner.to_string())
            .replace("{user}", &user)
            .replace("{tenant_user}", tenant_user);
    }
    let altan = town.altan;
    sql += &format!(
        "insert into tenants (id, owner_id, kind, name) values ('00000004-0000-7000-8000-000000000005', '{altan}', 'person', 'Шинэ');
         insert into contracts (id, owner_id, code, property_id, tenant_id, tenant_name_snapshot, starts_on, status)
         values ('00000005-0000-7000-8000-000000000004', '{altan}', 'CT-4', '00000001-0000-7000-8000-000000000001',
                 '00000004-0000-7000-8000-000000000001', 'Т', '2027-01-01', 'draft');
         insert into contract_rooms (id, owner_id, contract_id, room_id, during)
         values ('00000006-0000-7000-8000-000000000004', '{altan}', '00000005-0000-7000-8000-000000000004',
                 '00000003-0000-7000-8000-000000000001', 'empty');
         insert into contract_items (id, owner_id, contract_id, kind, name, basis, unit_price, valid_from)
         values ('00000007-0000-7000-8000-000000000004', '{altan}', '00000005-0000-7000-8000-000000000004', 'rent', 'Т', 'flat', 1, '2027-01-01');
         insert into contract_increases (id, owner_id, contract_id, item_id, kind, percent_bp, first_on, next_on)
         values ('0000001e-0000-7000-8000-000000000004', '{altan}', '00000005-0000-7000-8000-000000000004',
                 '00000007-0000-7000-8000-000000000004', 'percent', 500, '2028-01-01', '2028-01-01');
         insert into contract_discounts (id, owner_id, contract_id, name, percent_bp, valid_from, reason)
         values ('0000001f-0000-7000-8000-000000000004', '{altan}', '00000005-0000-7000-8000-000000000004', 'Х', 500,
                 '2027-01-01', 'Х');
         insert into schedule_entries (id, owner_id, contract_id, name, period, amount)
         values ('00000020-0000-7000-8000-000000000004', '{altan}', '00000005-0000-7000-8000-000000000004', 'Х', '2027-01-01', 1);
         insert into contract_history (id, owner_id, contract_id, version, recorded_at, role, effective_on, what, contract)
         values ('0000001d-0000-7000-8000-000000000004', '{altan}', '00000005-0000-7000-8000-000000000004', 1, now(),
                 'employee', '2027-01-01', 'drafted', '{{}}');
         insert into invoices (id, owner_id, kind, status, contract_id, tenant_id, property_id, customer_name, period, subtotal, vat_amount, total)
         values ('00000009-0000-7000-8000-000000000004', '{altan}', 'fee', 'draft', '00000005-0000-7000-8000-000000000001',
                 '00000004-0000-7000-8000-000000000001', '00000001-0000-7000-8000-000000000001', 'Т', '2026-10-01', 1, 0, 1);
         insert into invoice_items (id, owner_id, invoice_id, sort_order, description, quantity, unit_price, amount, tax_kind, tax, classification_code, made)
         values ('0000000a-0000-7000-8000-000000000004', '{altan}', '00000009-0000-7000-8000-000000000004', 1, 'Т', 1, 1, 1, 'NOT_VAT', 0, '1', '{{}}');
         insert into outbox (id, owner_id, kind, payload) values ('00000010-0000-7000-8000-000000000004', '{altan}', 'intent.open', '{{}}');
         insert into outbox (id, owner_id, kind, payload) values ('00000010-0000-7000-8000-000000000005', null, 'letter', '{{}}');
         insert into sign_ups (id, email, name, password_hash, locale, created_at)
         values ('00000019-0000-7000-8000-000000000001', 'new@policies.test', 'Шинэ', 'x', 'mn', now());
         insert into signing_keys (id, public_key, sealed, signs_until)
         values ('0000001a-0000-7000-8000-000000000001', sha256('x'), 'x', now());
         insert into audit_log (id, owner_id, action, entity) values ('00000011-0000-7000-8000-000000000005', null, 'session.open', 'session');
         insert into documents (id, owner_id, contract_id, kind, version, number, dated_on, draft, status, key, size, pages)
         values ('00000051-0000-7000-8000-000000000004', '{altan}', '00000005-0000-7000-8000-000000000001', 'contract', 2, 'CT-1',
                 '2026-10-01', true, 'ready', 'k', 1, 1);
         insert into documents (id, owner_id, contract_id, kind, version, number, dated_on, draft, status, key, size, pages, first_day, last_day)
         values ('00000051-0000-7000-8000-000000000005', '{altan}', '00000005-0000-7000-8000-000000000001', 'statement', 1, 'CT-1',
                 '2026-10-01', false, 'ready', 'k', 1, 1, '2026-10-01', '2026-10-31');
         insert into documents (id, owner_id, contract_id, invoice_id, kind, version, number, dated_on, draft, key)
         values ('00000051-0000-7000-8000-000000000006', '{altan}', '00000005-0000-7000-8000-000000000001',
                 '00000009-0000-7000-8000-000000000001', 'invoice', 1, 'INV-1', '2026-10-01', false, 'k');
         insert into cron_slots (id, name, slot) values ('00000017-0000-7000-8000-000000000001', 'x', now());"
    );
    town.sql_batch(&sql).await;
}

async fn tables(admin: &Client) -> Vec<String> {
    let sql = "select relname::text from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
                  and relname <> 'schema_migrations' order by 1";
    admin.query(sql, &[]).await.expect("tables").iter().map(|row| row.get(0)).collect()
}

async fn connect(url: &str) -> Client {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.expect("connects");
    tokio::spawn(connection);
    client
}
