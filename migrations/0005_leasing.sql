-- Tenants and their contracts.

create table tenants (
    id uuid primary key,
    owner_id uuid not null default app_owner_id() references property_owners,
    kind text not null constraint tenants_kind_known check (kind in ('person', 'company')),
    name text not null constraint tenants_name_length check (length(name) between 1 and 200),
    -- a company's seven digits, or a citizen's two letters and eight digits
    register_no text constraint tenants_register_no_form check (register_no ~ '^([0-9]{7}|[А-ЯЁӨҮ]{2}[0-9]{8})$'),
    tin text constraint tenants_tin_form check (tin ~ '^[0-9]{11,14}$'),
    director text,
    -- eight digits
    phone text constraint tenants_phone_form check (phone ~ '^[0-9]{8}$'),
    second_phone text constraint tenants_second_phone_form check (second_phone ~ '^[0-9]{8}$'),
    email text,
    -- the person who signs in as this tenant, since the owner said so (tenant_links)
    user_id uuid references users,
    -- name, numbers and telephones with look-alike letters folded: what the search field looks through
    search_key text not null default '',
    -- the name in the order of the alphabet
    sort_key text not null default '',
    version int not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint tenants_of_owner unique (owner_id, id),
    constraint tenants_register_once unique (owner_id, register_no)
);
create index tenants_by_name on tenants (owner_id, sort_key, id);
-- An import finds a tenant without a register number by its name.
create index tenants_of_name on tenants (owner_id, name);
-- Opening a session asks where a person rents.
create index tenants_of_user on tenants (user_id) where user_id is not null;

-- An employee knows the tenants of its properties and those who have no contract yet, or a first one could not be
-- drafted. Whether there is none anywhere only those can say who see all contracts; they say no more than that.
create function app_knows_tenant(p_tenant uuid) returns boolean language plpgsql stable parallel safe cost 1 as $$
begin
    return app_role() = 'employee'
       and (exists (select from contracts c where c.owner_id = app_owner_id() and c.tenant_id = p_tenant)
            or app_is_new_tenant(p_tenant));
end $$;
create function app_is_new_tenant(p_tenant uuid) returns boolean
language plpgsql stable parallel safe cost 1 security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    return not exists (select from public.contracts c
                        where c.owner_id = public.app_owner_id() and c.tenant_id = p_tenant);
end $$;
revoke all on function app_is_new_tenant(uuid) from public;
grant execute on function app_is_new_tenant(uuid) to spacehub_app, spacehub_worker;
alter function app_is_new_tenant(uuid) owner to spacehub_auth;

call app_protect('tenants',
    '(select app_keeps_books()) or id = any((select app_scope())::uuid[]) or app_knows_tenant(id)',
    '(select app_keeps_books())');
create policy opens on tenants for select to spacehub_auth using (true);
grant select (id, owner_id, user_id) on tenants to spacehub_auth;

create table contracts (
    id uuid primary key,
    owner_id uuid not null default app_owner_id() references property_owners,
    -- CT-2026-0042, or the number an imported contract always had
    code text not null constraint contracts_code_length check (length(code) between 1 and 40),
    property_id uuid not null,
    tenant_id uuid not null,
    tenant_name_snapshot text not null,
    -- the same in the order of the alphabet
    tenant_sort_key text not null default '',
    -- its rooms' unit numbers as people list them, kept by whatever changes its rooms
    units text not null default '',
    kind text not null default 'office' constraint contracts_kind_known
        check (kind in ('studio', 'apartment', 'office', 'shop', 'storage', 'parking', 'other')),
    starts_on date not null,
    -- null: open
    ends_on date,
    -- the end to sort by: an open contract ends after all others
    ends_on_or_never date not null generated always as (coalesce(ends_on, 'infinity'::date)) stored,
    signed_at timestamptz,
    terminated_on date,
    termination_reason text,
    status text not null constraint contracts_status_known
        check (status in ('draft', 'pending_signature', 'active', 'grace_period', 'terminated', 'expired', 'renewed')),
    currency text not null default 'MNT' constraint contracts_currency_known check (currency = 'MNT'),
    -- in mungo
    deposit_amount bigint not null default 0 constraint contracts_deposit_not_negative check (deposit_amount >= 0),
    deposit_received bigint not null default 0 constraint contracts_deposit_received_not_negative check (deposit_received >= 0),
    payment_day int not null default 1 constraint contracts_payment_day_in_month check (payment_day between 1 and 31),
    grace_days int not null default 0 constraint contracts_grace_days_sensible check (grace_days between 0 and 100),
    -- basis points of what is owed, a day; the law allows 50 (0.5 %, Civil Code 232.6); null: no written clause
    penalty_bp int constraint contracts_penalty_within_the_law check (penalty_bp between 0 and 50),
    schedule_kind text not null default 'fixed' constraint contracts_schedule_kind_known check (schedule_kind in ('fixed', 'custom')),
    notes text not null default '',
    -- code, tenant and units with look-alike letters folded: what the search field looks through
    search_key text not null default '',
    version int not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint contracts_of_owner unique (owner_id, id),
    constraint contracts_code_once unique (owner_id, code),
    constraint contracts_end_after_start check (ends_on is null or ends_on >= starts_on),
    foreign key (owner_id, property_id) references properties (owner_id, id),
    foreign key (owner_id, tenant_id) references tenants (owner_id, id)
);
create index contracts_of_tenant on contracts (owner_id, tenant_id);
-- One for each order of the list; those by id and by code are the unique ones above.
create index contracts_by_tenant on contracts (owner_id, tenant_sort_key, id);
create index contracts_by_start on contracts (owner_id, starts_on, id);
create index contracts_by_end on contracts (owner_id, ends_on_or_never, id);
-- A draft is the owner's paper; from then on it is the tenant's too.
call app_protect('contracts',
    '(select app_sees_all_properties())
     or case when status = ''draft'' then array[property_id] else array[property_id, tenant_id] end && (select app_scope())::uuid[]',
    '(select app_keeps_books()) or (status = ''draft'' and property_id = any((select app_scope())::uuid[]))');
create policy opens on contracts for select to spacehub_auth using (true);
grant select (owner_id, tenant_id) on contracts to spacehub_auth;

-- A contract's rooms and lines are seen by whoever sees the contract, and written by whoever may write it. Asked row
-- by row, and by policies only for those who do not see all properties.
create function app_reaches_contract(p_contract uuid) returns boolean language plpgsql stable parallel safe cost 1 as $$
begin
    return exists (select from contracts c where c.owner_id = app_owner_id() and c.id = p_contract);
end $$;
create function app_drafts_contract(p_contract uuid) returns boolean language plpgsql stable parallel safe cost 1 as $$
begin
    return app_role() = 'employee'
       and exists (select from contracts c where c.owner_id = app_owner_id() and c.id = p_contract and c.status = 'draft');
end $$;

-- A room for a while. An empty range holds nothing: that is what a dropped draft leaves behind.
create table contract_rooms (
    id uuid primary key,
    owner_id uuid not null default app_owner_id() references property_owners,
    contract_id uuid not null,
    room_id uuid not null,
    during daterange not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint contract_rooms_of_owner unique (owner_id, id),
    foreign key (owner_id, contract_id) references contracts (owner_id, id),
    foreign key (owner_id, room_id) references rooms (owner_id, id),
    constraint contract_rooms_room_free exclude using gist (owner_id with =, room_id with =, during with &&)
);
create index contract_rooms_of_contract on contract_rooms (owner_id, contract_id);
call app_protect('contract_rooms',
    '(select app_sees_all_properties()) or app_reaches_contract(contract_id)',
    '(select app_keeps_books()) or app_drafts_contract(contract_id)',
    '(select app_keeps_books()) or app_drafts_contract(contract_id)');

-- What a contract charges, line by line, each for its time.
create table contract_items (
    id uuid primary key,
    owner_id uuid not null default app_owner_id() references property_owners,
    contract_id uuid not null,
    room_id uuid,
    kind text not null constraint contract_items_kind_known
        check (kind in ('rent', 'management', 'parking', 'service', 'discount')),
    name text not null constraint contract_items_name_length check (length(name) between 1 and 200),
    basis text not null constraint contract_items_basis_known check (basis in ('flat', 'per_m2', 'meter')),
    -- in mungo; negative for a discount
    unit_price bigint not null,
    vat_mode text not null default 'included' constraint contract_items_vat_mode_known check (vat_mode in ('included', 'added', 'exempt')),
    tax_kind text not null default 'VAT_ABLE'
        constraint contract_items_tax_kind_known check (tax_kind in ('VAT_ABLE', 'VAT_FREE', 'VAT_ZERO', 'NOT_VAT')),
    -- seven digits of the tax office's classification; an exempt line also has the exemption's code (408: dwelling)
    classification_code text not null default '7211200',
    exemption_code text,
    valid_from date not null,
    valid_to date,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint contract_items_of_owner unique (owner_id, id),
    constraint contract_items_valid_in_order check (valid_to is null or valid_to >= valid_from),
    constraint contract_items_price_sign check ((kind = 'discount') = (unit_price < 0) or unit_price = 0),
    foreign key (owner_id, contract_id) references contracts (owner_id, id),
    foreign key (owner_id, room_id) references rooms (owner_id, id)
);
create index contract_items_of_contract on contract_items (owner_id, contract_id, id);
call app_protect('contract_items',
    '(select app_sees_all_properties()) or app_reaches_contract(contract_id)',
    '(select app_keeps_books()) or app_drafts_contract(contract_id)',
    '(select app_keeps_books()) or app_drafts_contract(contract_id)');

-- The next code of the year's series that no contract has: numbers that came in with imported contracts are skipped.
create function take_contract_code(p_year int) returns text language plpgsql as $$
declare
    number text;
begin
    loop
        number := take_numbers('contract', p_year, 1)::text;
        number := format('CT-%s-%s', p_year, lpad(number, greatest(4, length(number)), '0'));
        exit when not exists (select from contracts where code = number);
    end loop;
    return number;
end $$;

create trigger touch before update on tenants for each row execute function app_touch();
create trigger touch before update on contracts for each row execute function app_touch();
create trigger touch before update on contract_rooms for each row execute function app_touch();
create trigger touch before update on contract_items for each row execute function app_touch();
