//! What row security lets whom do: the whole of it, by table, role and command.

use super::Role;
use Role::*;

/// `(who, select, insert, update, delete)`: which rows, by their letters (see [`super::letters`]); whoever is not listed
/// can do nothing.
type Line = (&'static [Role], &'static str, &'static str, &'static str, &'static str);

/// Those who see and write an owner's whole world.
const BOOKS: &[Role] = &[Director, Accountant, Admin, System, Worker];
/// Those who answer for it.
const HEADS: &[Role] = &[Director, Admin, System, Worker];
/// Everybody signed in, a platform admin who looks at nobody among them.
const PEOPLE: &[Role] = &[Director, Accountant, Employee, Tenant, Admin, AdminOfNobody];

pub const EXPECTED: &[(&str, &[Line])] = &[
    // The estate.
    ("properties", &[(BOOKS, "mo", "mo", "mo", ""), (&[Employee, Tenant, Link], "m", "", "", "")]),
    ("floors", &[(BOOKS, "mo", "mo", "mo", "mo"), (&[Employee], "m", "m", "m", "m")]),
    ("rooms", &[(BOOKS, "mo", "mo", "mo", "mo"), (&[Employee], "m", "m", "m", "m"), (&[Tenant], "m", "", "", "")]),
    ("room_origins", &[(BOOKS, "mo", "mo", "mo", ""), (&[Employee], "m", "m", "m", "")]),
    // Meters and what they showed; a tenant's are those of its rooms.
    ("meters", &[(BOOKS, "mo", "mo", "mo", ""), (&[Employee], "m", "m", "m", ""), (&[Tenant], "m", "", "", "")]),
    ("readings", &[(BOOKS, "mo", "mo", "mo", ""), (&[Employee], "m", "m", "m", ""), (&[Tenant], "m", "", "", "")]),
    ("tariffs", &[(BOOKS, "mo", "mo", "mo", ""), (&[Employee], "mo", "", "", "")]),
    ("common_rules", &[(BOOKS, "mo", "mo", "mo", "mo"), (&[Employee], "m", "", "", "")]),
    ("awaited_units", &[(BOOKS, "mo", "mo", "mo", ""), (&[Employee], "mo", "", "", "")]),
    // A photo of the branch's room; what is gone goes by the owner's part alone.
    (
        "files",
        &[
            (&[Director, Accountant, Admin], "mo", "mo", "mo", ""),
            (&[System, Worker], "mo", "mo", "mo", "mo"),
            (&[Employee], "m", "m", "m", ""),
            (&[Tenant], "m", "", "", ""),
        ],
    ),
    // Tenants and contracts: n is a tenant without a contract, d a draft in the employee's building.
    ("tenants", &[(BOOKS, "mon", "mon", "mon", ""), (&[Employee], "mn", "", "", ""), (&[Tenant], "m", "", "", "")]),
    ("tenant_links", &[(BOOKS, "mo", "mo", "mo", "")]),
    // What is sent in and what it made; only that is ever deleted again (see imports.rs).
    ("imports", &[(BOOKS, "mo", "mo", "mo", "")]),
    ("import_things", &[(BOOKS, "mo", "mo", "mo", "mo")]),
    ("import_mappings", &[(BOOKS, "mo", "mo", "mo", "mo")]),
    ("contracts", &[(BOOKS, "mod", "mod", "mod", ""), (&[Employee], "md", "d", "d", ""), (&[Tenant], "m", "", "", "")]),
    (
        "contract_rooms",
        &[(BOOKS, "mod", "mod", "mod", "mod"), (&[Employee], "md", "d", "d", "d"), (&[Tenant], "m", "", "", "")],
    ),
    (
        "contract_items",
        &[(BOOKS, "mod", "mod", "mod", "mod"), (&[Employee], "md", "d", "d", "d"), (&[Tenant], "m", "", "", "")],
    ),
    // Papers: d was made of a draft, n is a statement of account, i an invoice that is being printed.
    (
        "documents",
        &[
            (BOOKS, "modni", "modni", "modni", ""),
            (&[Employee], "mdi", "mdi", "mdi", ""),
            (&[Tenant], "mni", "i", "", ""),
            (&[Link], "i", "i", "", ""),
        ],
    ),
    ("document_batches", &[(BOOKS, "mo", "mo", "mo", "")]),
    // Whom a run left out and the batches it made are added to, never changed.
    ("month_runs", &[(BOOKS, "mo", "mo", "mo", "")]),
    ("month_run_parked", &[(BOOKS, "mo", "mo", "", "")]),
    ("month_run_batches", &[(BOOKS, "mo", "mo", "", "")]),
    (
        "contract_increases",
        &[(BOOKS, "mod", "mod", "mod", "mod"), (&[Employee], "md", "d", "d", "d"), (&[Tenant], "m", "", "", "")],
    ),
    // To let somebody off something is to touch money.
    (
        "contract_discounts",
        &[(BOOKS, "mod", "mod", "mod", ""), (&[Employee], "md", "", "", ""), (&[Tenant], "m", "", "", "")],
    ),
    (
        "schedule_entries",
        &[(BOOKS, "mod", "mod", "mod", "mod"), (&[Employee], "md", "d", "d", "d"), (&[Tenant], "m", "", "", "")],
    ),
    ("contract_history", &[(BOOKS, "mod", "mod", "", ""), (&[Employee], "md", "d", "", "")]),
    // What a contract ended with, and its deposit: added to, never changed.
    ("contract_endings", &[(BOOKS, "mo", "mo", "", "")]),
    ("contract_restorations", &[(BOOKS, "mo", "mo", "", "")]),
    ("settlements", &[(BOOKS, "mo", "mo", "", "")]),
    ("deposit_entries", &[(BOOKS, "mo", "mo", "", ""), (&[Tenant], "m", "", "", "")]),
    // The books: added to, never changed. Whoever works for the owner knows which months are locked.
    ("ledger_entries", &[(BOOKS, "mo", "mo", "", "")]),
    ("ledger_postings", &[(BOOKS, "mo", "mo", "", "")]),
    ("month_locks", &[(HEADS, "mo", "mo", "", ""), (&[Accountant, Employee], "mo", "", "", "")]),
    ("month_unlocks", &[(HEADS, "mo", "mo", "", ""), (&[Accountant, Employee], "mo", "", "", "")]),
    // Money: d is a bill that was never issued.
    (
        "invoices",
        &[(BOOKS, "mod", "mod", "mod", ""), (&[Employee], "md", "", "", ""), (&[Tenant, Link], "m", "", "", "")],
    ),
    (
        "invoice_items",
        &[(BOOKS, "mod", "mod", "mod", ""), (&[Employee], "md", "", "", ""), (&[Tenant, Link], "m", "", "", "")],
    ),
    // What is done to many invoices at once.
    ("bulk_orders", &[(BOOKS, "mo", "mo", "mo", ""), (&[Employee], "mo", "", "", "")]),
    ("bulk_order_items", &[(BOOKS, "mo", "mo", "mo", ""), (&[Employee], "m", "", "", "")]),
    ("payments", &[(BOOKS, "mo", "mo", "mo", ""), (&[Tenant, Link], "m", "", "", "")]),
    ("allocations", &[(BOOKS, "mo", "mo", "mo", ""), (&[Tenant, Link], "m", "", "", "")]),
    // What was decided about penalties is added to, never changed; a skipped reminder gives its bills free again.
    ("penalties", &[(BOOKS, "mo", "mo", "", "")]),
    ("promises_to_pay", &[(BOOKS, "mo", "mo", "mo", "")]),
    ("reminder_stages", &[(HEADS, "mo", "mo", "mo", ""), (&[Accountant], "mo", "", "", "")]),
    ("reminder_orders", &[(BOOKS, "mo", "mo", "", "")]),
    ("reminders", &[(BOOKS, "mo", "mo", "mo", "")]),
    ("reminder_invoices", &[(BOOKS, "mo", "mo", "", "mo")]),
    // Whoever keeps the books asks, whoever answers for them decides.
    ("write_offs", &[(HEADS, "mo", "mo", "mo", ""), (&[Accountant], "mo", "mo", "", "")]),
    ("month_reports", &[(BOOKS, "mo", "mo", "", "")]),
    // Shared with the staff, and changed by whoever made it alone.
    ("list_views", &[(BOOKS, "mo", "", "", ""), (&[Employee], "mo", "m", "m", "m")]),
    ("payment_intents", &[(BOOKS, "mo", "mo", "mo", ""), (&[Tenant, Link], "m", "m", "", "")]),
    ("receipts", &[(BOOKS, "mo", "mo", "mo", ""), (&[Employee, Tenant, Link], "m", "", "", "")]),
    // o is an account that is not shown to those who pay.
    (
        "bank_accounts",
        &[(BOOKS, "mo", "mo", "mo", ""), (&[Employee], "mo", "", "", ""), (&[Tenant, Link], "m", "", "", "")],
    ),
    // How an account is read at its bank; statements are added to, never changed.
    ("bank_connections", &[(HEADS, "mo", "mo", "mo", "mo"), (&[Accountant], "mo", "", "", "")]),
    ("bank_statements", &[(BOOKS, "mo", "mo", "", "")]),
    ("bank_transactions", &[(BOOKS, "mo", "mo", "mo", "")]),
    // What lines were recorded as, and senders, who are forgotten when their line is undone.
    ("bank_links", &[(BOOKS, "mo", "mo", "mo", "")]),
    ("bank_senders", &[(BOOKS, "mo", "mo", "mo", "mo")]),
    ("sms_messages", &[(BOOKS, "mo", "mo", "mo", "")]),
    // The owner itself, its staff, its keys. Platform staff and the platform's own acts find owners before one is chosen.
    (
        "property_owners",
        &[
            (&[Director], "m", "", "m", ""),
            (&[Accountant, Employee, Tenant, Link], "m", "", "", ""),
            (&[Admin, System, Worker], "mf", "mf", "m", ""),
            (&[AdminOfNobody, Platform, WorkerOfNobody], "mf", "mf", "", ""),
            (&[Auth], "mf", "", "", ""),
        ],
    ),
    ("provider_accounts", &[(HEADS, "mo", "mo", "mo", ""), (&[Accountant], "mo", "", "", "")]),
    (
        "property_assignments",
        &[
            (HEADS, "mo", "mo", "mo", "mo"),
            (&[Accountant], "mo", "", "", ""),
            (&[Employee], "m", "", "", ""),
            (&[Auth], "", "mof", "", ""),
        ],
    ),
    // What is promised and what was done. d is a promise to ask for a QR, n an act in nobody's world.
    (
        "outbox",
        &[
            (&[Director, Accountant, Admin, System], "md", "md", "", ""),
            (&[Employee], "", "md", "", ""),
            (&[Tenant, Link, Callback], "", "d", "", ""),
            (&[AdminOfNobody, Platform, Auth], "", "n", "", ""),
            (&[Worker, WorkerOfNobody], "mdnf", "mdnf", "mdnf", "mdnf"),
        ],
    ),
    (
        "audit_log",
        &[
            (HEADS, "m", "m", "", ""),
            (&[Accountant, Employee, Tenant, Link, Callback], "", "m", "", ""),
            (&[AdminOfNobody, Platform, WorkerOfNobody, Auth], "", "n", "", ""),
        ],
    ),
    // s is one's own.
    (
        "idempotency_keys",
        &[
            (&[Director, Accountant, Employee, Tenant, Admin], "s", "s", "s", ""),
            (&[Worker, WorkerOfNobody], "cf", "", "", "cf"),
        ],
    ),
    // m are the numbers of contracts, o of invoices.
    ("number_sequences", &[(BOOKS, "mo", "mo", "mo", ""), (&[Employee], "m", "m", "m", "")]),
    ("cron_slots", &[(&[Worker, WorkerOfNobody], "m", "m", "", "m")]),
    // People: s is oneself, c a colleague, f works for the other owner.
    (
        "users",
        &[
            (&[Director, Accountant, Employee], "sc", "", "s", ""),
            (&[Admin, AdminOfNobody], "scf", "", "s", ""),
            (&[Tenant], "s", "", "s", ""),
            (&[System, Worker], "c", "", "", ""),
            (&[Auth], "cf", "cf", "cf", ""),
        ],
    ),
    (
        "profiles",
        &[
            (&[Director], "sc", "sc", "sc", ""),
            (&[Accountant, Employee], "sc", "", "s", ""),
            (&[Tenant], "s", "", "s", ""),
            (&[Admin], "scf", "c", "sc", ""),
            (&[AdminOfNobody], "scf", "", "s", ""),
            (&[System, Worker], "c", "c", "c", ""),
            (&[Auth], "cf", "cf", "cf", ""),
        ],
    ),
    ("accounts", &[(&[Auth], "cf", "cf", "cf", "cf")]),
    ("two_factors", &[(&[Auth], "cf", "cf", "cf", "cf")]),
    ("backup_codes", &[(&[Auth], "cf", "cf", "cf", "cf")]),
    ("waiting_sign_ins", &[(&[Auth], "cf", "cf", "cf", "cf")]),
    ("trusted_devices", &[(&[Auth], "cf", "cf", "cf", "cf")]),
    ("password_resets", &[(&[Auth], "cf", "cf", "", "cf")]),
    ("sign_ups", &[(&[Auth], "m", "m", "m", "m")]),
    ("signing_keys", &[(&[Auth], "m", "m", "", "")]),
    // Who is asked to work for an owner; the doors find it by its link.
    ("invitations", &[(HEADS, "m", "m", "m", ""), (&[Auth], "mf", "", "mf", "")]),
    ("invitation_properties", &[(HEADS, "m", "m", "m", ""), (&[Auth], "mf", "", "", "")]),
    ("sessions", &[(PEOPLE, "s", "s", "s", "s"), (&[Auth], "cf", "cf", "cf", "cf")]),
    ("devices", &[(PEOPLE, "s", "s", "s", "s")]),
];
