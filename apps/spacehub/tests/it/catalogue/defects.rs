//! Every class of leak that was reproduced, planted on purpose in a transaction that is rolled back.

/// What is done to the schema, and which rule must name what.
pub struct Defect {
    pub plant: &'static str,
    pub check: &'static str,
    pub object: &'static str,
}

const fn defect(check: &'static str, object: &'static str, plant: &'static str) -> Defect {
    Defect { plant, check, object }
}

pub const DEFECTS: &[Defect] = &[
    defect("one schema", "hidden", "create schema hidden"),
    defect("row security forced", "contracts", "alter table contracts no force row level security"),
    defect("row security forced", "contracts", "alter table contracts disable row level security"),
    defect("row security forced", "debts", "create table debts (id uuid primary key, owner_id uuid not null)"),
    defect(
        "row security forced",
        "parts_2026",
        "create table parts (id uuid, owner_id uuid not null, at date) partition by range (at);
            alter table parts enable row level security; alter table parts force row level security;
            create table parts_2026 partition of parts for values from ('2026-01-01') to ('2027-01-01')",
    ),
    defect(
        "policy for each grant",
        "bank_accounts delete spacehub_app",
        "grant delete on bank_accounts to spacehub_app",
    ),
    defect("policy for each grant", "contracts select spacehub_app", "drop policy reads on contracts"),
    defect(
        "policy with check",
        "rooms.changes",
        "drop policy changes on rooms;
            create policy changes on rooms for update to spacehub_app using (owner_id = (select app_owner_id()))",
    ),
    defect(
        "policy for known roles",
        "rooms.all",
        "create policy \"all\" on rooms for select using (owner_id = (select app_owner_id()))",
    ),
    defect(
        "policy by owner",
        "rooms.by_role",
        "create policy by_role on rooms for select to spacehub_app using ((select app_role()) = 'employee')",
    ),
    defect(
        "policy by owner",
        "rooms.either",
        "create policy either on rooms for select to spacehub_app using (listed or owner_id = (select app_owner_id()))",
    ),
    defect(
        "policy by owner",
        "rooms.mostly",
        "create policy mostly on rooms for select to spacehub_app
             using ((owner_id = (select app_owner_id()) and (select app_is_staff())) or listed)",
    ),
    defect(
        "policy by owner",
        "rooms.slips_in",
        "create policy slips_in on rooms for insert to spacehub_app
             with check ((select app_role()) = 'employee' or owner_id = (select app_owner_id()))",
    ),
    defect(
        "policy by owner",
        "rooms.slips",
        "create policy slips on rooms for update to spacehub_app
             using (owner_id = (select app_owner_id())) with check ((select app_is_staff()))",
    ),
    defect(
        "policy asks who",
        "cron_slots.open",
        "create policy open on cron_slots for select to spacehub_app using (true)",
    ),
    defect(
        "policy reads settings once",
        "rooms.bare",
        "create policy bare on rooms for select to spacehub_app using (owner_id = app_owner_id())",
    ),
    defect(
        "policy reads settings once",
        "rooms.raw",
        "create policy raw on rooms for select to spacehub_app
             using (owner_id = current_setting('app.owner_id')::uuid)",
    ),
    defect("policy functions are stable", "app_owner_id", "alter function app_owner_id() immutable"),
    defect("policy functions are stable", "app_role", "alter function app_role() volatile"),
    defect("policy functions are stable", "app_role", "alter function app_role() security definer"),
    defect("nothing is immutable", "app_owner_id", "alter function app_owner_id() immutable"),
    defect(
        "nothing is immutable",
        "who",
        "create function who() returns uuid language sql immutable as $$ select app_owner_id() $$",
    ),
    defect(
        "settings read with nullif",
        "app_owner_id",
        "create or replace function app_owner_id() returns uuid language sql stable
             as $$ select current_setting('app.owner_id', true)::uuid $$",
    ),
    defect(
        "settings live for a transaction",
        "app_begin_as",
        "create or replace function app_begin_as(p_owner uuid, p_user uuid, p_role text) returns void language plpgsql
             as $$ begin perform set_config('app.owner_id', p_owner::text, false); end $$",
    ),
    defect(
        "settings live for a transaction",
        "stays",
        "create function stays() returns void language plpgsql as $$ begin set app.owner_id = ''; end $$",
    ),
    defect("roles without power", "spacehub_app", "alter role spacehub_app bypassrls"),
    defect("roles without power", "spacehub_worker", "alter role spacehub_worker superuser"),
    defect("roles without power", "spacehub_auth", "alter role spacehub_auth login"),
    defect("runtime roles belong nowhere", "spacehub_app in spacehub_owner", "grant spacehub_owner to spacehub_app"),
    defect(
        "runtime roles belong nowhere",
        "spacehub_worker in pg_read_all_data",
        "grant pg_read_all_data to spacehub_worker",
    ),
    defect("runtime roles own nothing", "contracts", "alter table contracts owner to spacehub_app"),
    defect("runtime roles make nothing", "spacehub_app", "grant create on schema public to spacehub_app"),
    defect(
        "no truncate, references, trigger",
        "payments spacehub_app truncate",
        "grant truncate on payments to spacehub_app",
    ),
    defect(
        "no truncate, references, trigger",
        "payments spacehub_worker references",
        "grant references on payments to spacehub_worker",
    ),
    defect(
        "no truncate, references, trigger",
        "payments spacehub_app trigger",
        "grant trigger on payments to spacehub_app",
    ),
    defect("nothing granted to everyone", "invoices", "grant select on invoices to public"),
    defect("views ask as the reader", "debtors", "create view debtors as select * from invoices"),
    defect("no copies beside row security", "debtors", "create materialized view debtors as select * from invoices"),
    defect(
        "definers are known",
        "peek",
        "create function peek() returns bigint language sql stable security definer as $$ select count(*) from invoices $$",
    ),
    defect(
        "definers fix their search path",
        "app_begin",
        "alter function app_begin(bytea, timestamptz) reset search_path",
    ),
    defect(
        "definers fix their search path",
        "app_begin_link",
        "alter function app_begin_link(bytea) set search_path = public",
    ),
    defect(
        "definers are not for everyone",
        "app_begin",
        "grant execute on function app_begin(bytea, timestamptz) to public",
    ),
    defect(
        "definers run as a humble role",
        "app_begin",
        "alter function app_begin(bytea, timestamptz) owner to spacehub_owner",
    ),
    defect("unique within the owner", "rooms_unit", "create unique index rooms_unit on rooms (unit_key)"),
    defect(
        "unique within the owner",
        "tenants_phone",
        "create unique index tenants_phone on tenants (phone, owner_id)",
    ),
    defect(
        "unique within the owner",
        "guests_pkey",
        "create table guests (phone text primary key, owner_id uuid not null)",
    ),
    defect(
        "unique within the owner",
        "room_free",
        "alter table contract_rooms add constraint room_free exclude using gist (room_id with =, during with &&)",
    ),
    defect(
        "references within the owner",
        "sms_messages.plain",
        "alter table sms_messages add constraint plain foreign key (invoice_id) references invoices (id)",
    ),
    defect(
        "nothing is deleted along",
        "sms_messages.along",
        "alter table sms_messages add constraint along foreign key (owner_id, invoice_id)
             references invoices (owner_id, id) on delete cascade",
    ),
    defect("no sequences", "numbers", "create sequence numbers"),
    defect("no sequences", "counters", "create table counters (id bigserial, owner_id uuid not null)"),
    defect("no enum types", "mood", "create type mood as enum ('calm', 'cross')"),
    defect("only quantities are numeric", "payments.fee", "alter table payments add column fee numeric(12, 2)"),
    defect("only quantities are numeric", "payments.share", "alter table payments add column share double precision"),
    defect("money is bigint", "payments.fee_amount", "alter table payments add column fee_amount int"),
    defect("owner is never null", "rooms", "alter table rooms alter column owner_id drop not null"),
    defect("tables have an owner", "notes", "create table notes (id uuid primary key, text text)"),
];
