-- Files: photos of rooms, plans of floors, an owner's logo and seal, signed contracts, people's papers. The bytes lie in
-- the store under a key that is never given to two of them; a row says whose they are and what for.

create table files (
    id uuid primary key,
    owner_id uuid not null default app_owner_id() references property_owners,
    purpose text not null constraint files_purpose_known
        check (purpose in ('room_photo', 'property_cover', 'floor_plan', 'owner_logo', 'owner_seal', 'signed_contract', 'tenant_paper')),
    -- What it is of: the one that the purpose calls for. A room's and a floor's file names the building too, by which
    -- employees are let in.
    property_id uuid,
    floor_id uuid,
    room_id uuid,
    contract_id uuid,
    tenant_id uuid,
    subject_id uuid not null generated always as (coalesce(room_id, floor_id, contract_id, tenant_id, property_id, owner_id)) stored,
    -- as its sender named it, for people to read only
    name text not null constraint files_name_length check (length(name) between 1 and 200),
    -- pending: announced; ready: looked at and kept; gone: its object is being removed
    status text not null default 'pending' constraint files_status_known check (status in ('pending', 'ready', 'gone')),
    key text not null,
    content_type text not null constraint files_content_type_known
        check (content_type in ('image/jpeg', 'image/png', 'image/webp', 'application/pdf')),
    -- bytes: announced while pending, then as they lie in the store
    size bigint not null constraint files_size_within_the_limit check (size between 1 and 20971520),
    -- pixels, of a picture
    width int constraint files_width_positive check (width > 0),
    height int constraint files_height_positive check (height > 0),
    has_thumb boolean not null default false,
    -- its place among those of the same purpose, while it has one
    slot int,
    uploaded_by uuid default app_user_id() references users,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint files_of_owner unique (owner_id, id),
    constraint files_key_once unique (owner_id, key),
    -- Deferred, so that an order may be turned round in one statement.
    constraint files_slot_once unique (owner_id, purpose, subject_id, slot) deferrable initially deferred,
    constraint files_slot_within_the_number check (slot between 1 and case purpose
        when 'room_photo' then 5 when 'signed_contract' then 10 when 'tenant_paper' then 10 else 1 end),
    constraint files_slot_when_ready check ((slot is not null) = (status = 'ready')),
    constraint files_subject_fits check (case purpose
        when 'room_photo' then num_nonnulls(room_id, property_id) = 2 and num_nonnulls(floor_id, contract_id, tenant_id) = 0
        when 'floor_plan' then num_nonnulls(floor_id, property_id) = 2 and num_nonnulls(room_id, contract_id, tenant_id) = 0
        when 'property_cover' then property_id is not null and num_nonnulls(room_id, floor_id, contract_id, tenant_id) = 0
        when 'signed_contract' then contract_id is not null and num_nonnulls(room_id, floor_id, property_id, tenant_id) = 0
        when 'tenant_paper' then tenant_id is not null and num_nonnulls(room_id, floor_id, property_id, contract_id) = 0
        else num_nonnulls(room_id, floor_id, property_id, contract_id, tenant_id) = 0 end),
    foreign key (owner_id, property_id) references properties (owner_id, id),
    foreign key (owner_id, floor_id) references floors (owner_id, id),
    foreign key (owner_id, room_id) references rooms (owner_id, id),
    foreign key (owner_id, contract_id) references contracts (owner_id, id),
    foreign key (owner_id, tenant_id) references tenants (owner_id, id)
);
-- What was announced and never came, and what waits to be removed: the sweep's question.
create index files_unfinished on files (owner_id, status, created_at) where status <> 'ready';
create trigger touch before update on files for each row execute function app_touch();

-- Who sees a file sees its subject: an employee a tenant's papers if the tenant is known to them, a tenant the signed
-- paper of its contract and the photos of its rooms, finished ones only. Asked row by row, of employees and tenants.
create function app_reaches_file(p_purpose text, p_status text, p_property uuid, p_room uuid, p_contract uuid, p_tenant uuid)
returns boolean language plpgsql stable parallel safe cost 1 as $$
begin
    return case app_role()
        when 'employee' then case p_purpose
            when 'signed_contract' then app_reaches_contract(p_contract)
            when 'tenant_paper' then app_knows_tenant(p_tenant)
            when 'owner_logo' then true
            when 'owner_seal' then true
            else p_property = any(app_scope()) end
        when 'tenant' then p_status = 'ready' and case p_purpose
            when 'room_photo' then app_reaches_room(p_room)
            when 'signed_contract' then app_reaches_contract(p_contract)
            else false end
        else false
    end;
end $$;

-- Books for all but the owner's own marks, which its director changes; an employee the pictures of its buildings.
-- A row goes away when its object has: by the worker alone.
call app_protect('files',
    '(select app_sees_all_properties()) or app_reaches_file(purpose, status, property_id, room_id, contract_id, tenant_id)',
    'case when purpose in (''owner_logo'', ''owner_seal'') then (select app_directs()) else (select app_keeps_books()) end
     or (purpose in (''room_photo'', ''floor_plan'') and property_id = any((select app_scope())::uuid[]))',
    '(select app_role()) = ''system''');
