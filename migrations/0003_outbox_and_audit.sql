-- What is promised inside a transaction and kept outside it; what was done by whom; numbers without gaps; answers
-- kept for a repeated request; slots of the clock.

create table outbox (
    id uuid primary key,
    -- none: what concerns a person and no owner, such as a letter about an account
    owner_id uuid default app_owner_id(),
    kind text not null,
    -- rows of one aggregate are worked off in the order of their ids
    aggregate_id uuid,
    payload jsonb not null,
    status text not null default 'pending' constraint outbox_status_known check (status in ('pending', 'done', 'dead')),
    attempts int not null default 0,
    run_at timestamptz not null default now(),
    locked_by uuid,
    locked_until timestamptz,
    last_error text,
    done_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
) with (fillfactor = 80);
create index outbox_due on outbox (kind, run_at, id) where status = 'pending';
create index outbox_in_order on outbox (aggregate_id, id) where status = 'pending';
create index outbox_of_owner on outbox (owner_id, id);

alter table outbox enable row level security;
alter table outbox force row level security;
create policy reads on outbox for select to spacehub_app
    using (owner_id = (select app_owner_id()) and (select app_keeps_books()));
-- Tenants, links and callbacks promise nothing but to ask the provider, or to put a number away.
create policy adds on outbox for insert to spacehub_app
    with check (owner_id is not distinct from (select app_owner_id()) and (select app_role()) is not null
                and ((select app_role()) not in ('tenant', 'link', 'callback') or kind like 'intent.%' or kind = 'receipt.shown'));
-- A worker claims the due rows of every owner; what it then does for one of them it does as that owner.
create policy works on outbox for all to spacehub_worker using (true) with check (true);
grant select, insert on outbox to spacehub_app;
grant select, insert, update, delete on outbox to spacehub_worker;

create table audit_log (
    id uuid primary key,
    owner_id uuid default app_owner_id(),
    user_id uuid default app_user_id(),
    role text default app_role(),
    action text not null,
    entity text not null,
    entity_id uuid,
    before jsonb,
    after jsonb,
    reason text,
    request_id uuid,
    ip text,
    created_at timestamptz not null default now()
);
create index audit_log_of_owner on audit_log (owner_id, id);
create index audit_log_of_entity on audit_log (owner_id, entity_id, id);

-- Insert only, by grant: nobody who serves requests can alter or remove what is written.
alter table audit_log enable row level security;
alter table audit_log force row level security;
create policy reads on audit_log for select to spacehub_app, spacehub_worker
    using (owner_id = (select app_owner_id()) and (select app_directs()));
create policy adds on audit_log for insert to spacehub_app, spacehub_worker
    with check (owner_id is not distinct from (select app_owner_id()) and (select app_role()) is not null);
grant select, insert on audit_log to spacehub_app, spacehub_worker;

create table idempotency_keys (
    id uuid primary key,
    owner_id uuid not null default app_owner_id(),
    user_id uuid not null default app_user_id(),
    route text not null,
    key text not null constraint idempotency_keys_key_form check (key ~ '^[!-~]{1,255}$'),
    -- SHA-256 of the body in canonical JSON
    body_hash bytea not null,
    -- the body's fields by name, each hashed, so that a differing one can be named
    field_hashes jsonb not null,
    status int not null,
    response text not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint idempotency_keys_once unique (owner_id, user_id, route, key)
);
create index idempotency_keys_by_age on idempotency_keys (created_at);
call app_protect('idempotency_keys', 'user_id = (select app_user_id())', 'user_id = (select app_user_id())');
create policy retention on idempotency_keys for delete to spacehub_worker using ((select app_role()) = 'system');
create policy retention_reads on idempotency_keys for select to spacehub_worker using ((select app_role()) = 'system');
grant delete on idempotency_keys to spacehub_worker;

-- Takes a key for this transaction. What a request sends behind it is undone by the refusal, so it need not wait here:
-- SH001, somebody works under the key; SH002, it was answered. Locked first and looked for then, each statement with
-- new eyes, or an answer committed in between would be missed.
create function take_key(p_route text, p_key text) returns void language plpgsql as $$
declare
    free constant boolean not null := pg_try_advisory_xact_lock(
        hashtextextended(concat_ws(' ', app_owner_id(), app_user_id(), p_route, p_key), 0));
begin
    perform from idempotency_keys k
      where k.owner_id = app_owner_id() and k.user_id = app_user_id() and k.route = p_route and k.key = p_key;
    if found then
        raise exception using errcode = 'SH002', message = 'answered under this key';
    end if;
    if not free then
        raise exception using errcode = 'SH001', message = 'somebody works under this key';
    end if;
end $$;

-- The next number of a series, taken under the row's lock: no gaps, since a rolled back taker gives it back.
create table number_sequences (
    id uuid primary key,
    owner_id uuid not null default app_owner_id() references property_owners,
    series text not null,
    year int not null,
    next bigint not null default 1 constraint number_sequences_next_positive check (next > 0),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint number_sequences_once unique (owner_id, series, year)
) with (fillfactor = 50);
-- An employee drafts contracts, and takes nothing but their numbers.
call app_protect('number_sequences',
    '(select app_keeps_books()) or (series = ''contract'' and (select app_is_staff()))',
    '(select app_keeps_books()) or (series = ''contract'' and (select app_is_staff()))');

-- Takes `p_count` numbers of a series and gives the first.
create function take_numbers(p_series text, p_year int, p_count bigint) returns bigint language sql as $$
    insert into number_sequences as n (id, series, year, next) values (gen_random_uuid(), p_series, p_year, 1 + p_count)
    on conflict (owner_id, series, year) do update set next = n.next + p_count
    returning next - p_count
$$;

-- One row a slot and schedule: whoever inserts it does the work.
create table cron_slots (
    id uuid primary key,
    name text not null,
    slot timestamptz not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint cron_slots_once unique (name, slot)
);
alter table cron_slots enable row level security;
alter table cron_slots force row level security;
create policy works on cron_slots for all to spacehub_worker using (true) with check (true);
grant select, insert, delete on cron_slots to spacehub_worker;
