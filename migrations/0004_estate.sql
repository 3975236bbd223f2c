-- Buildings, floors and rooms.

-- What of the estate someone sees who works in none of it: a tenant the building and the rooms of its contracts, the
-- holder of a link the building of the bill. Asked row by row, and by policies only for those two; what lies behind
-- (contracts, invoices) is narrowed by its own policies.
create function app_reaches_property(p_property uuid) returns boolean language plpgsql stable parallel safe cost 1 as $$
begin
    return case app_role()
        when 'tenant' then exists (select from contracts c where c.owner_id = app_owner_id() and c.property_id = p_property)
        when 'link' then exists (select from invoices i where i.id = any(app_scope()) and i.property_id = p_property)
        else false
    end;
end $$;

create function app_reaches_room(p_room uuid) returns boolean language plpgsql stable parallel safe cost 1 as $$
begin
    return app_role() = 'tenant'
       and exists (select from contract_rooms cr where cr.owner_id = app_owner_id() and cr.room_id = p_room);
end $$;

create table properties (
    id uuid primary key,
    owner_id uuid not null default app_owner_id() references property_owners,
    name text not null constraint properties_name_length check (length(name) between 1 and 200),
    address text not null default '',
    district text not null default '',
    city text not null default 'Улаанбаатар',
    total_area_m2 numeric(12, 2) constraint properties_area_not_negative check (total_area_m2 >= 0),
    floor_count int constraint properties_floor_count_sensible check (floor_count between 0 and 200),
    built_year int constraint properties_built_year_sensible check (built_year between 1900 and 2100),
    status text not null default 'active'
        constraint properties_status_known check (status in ('active', 'under_construction', 'decommissioned')),
    version int not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint properties_of_owner unique (owner_id, id),
    constraint properties_name_once unique (owner_id, name)
);
call app_protect('properties',
    '(select app_sees_all_properties()) or id = any((select app_scope())::uuid[]) or app_reaches_property(id)',
    '(select app_sees_all_properties())');

create table floors (
    id uuid primary key,
    owner_id uuid not null default app_owner_id() references property_owners,
    property_id uuid not null,
    -- negative below the ground
    number int not null constraint floors_number_sensible check (number between -20 and 200),
    label text not null default '',
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint floors_of_owner unique (owner_id, id),
    constraint floors_number_once unique (owner_id, property_id, number),
    foreign key (owner_id, property_id) references properties (owner_id, id)
);
call app_protect('floors',
    '(select app_sees_all_properties()) or property_id = any((select app_scope())::uuid[])',
    '(select app_sees_all_properties()) or property_id = any((select app_scope())::uuid[])');

create table rooms (
    id uuid primary key,
    owner_id uuid not null default app_owner_id() references property_owners,
    property_id uuid not null,
    floor_id uuid,
    unit_no text not null constraint rooms_unit_no_length check (length(unit_no) between 1 and 40),
    -- the unit number with look-alike letters folded, which is what makes two spellings one room
    unit_key text not null,
    kind text not null constraint rooms_kind_known
        check (kind in ('studio', 'apartment', 'office', 'shop', 'storage', 'parking', 'other')),
    area_m2 numeric(12, 2) not null constraint rooms_area_not_negative check (area_m2 >= 0),
    view text not null default '',
    balcony boolean not null default false,
    furnished boolean not null default false,
    price_mode text not null default 'per_m2' constraint rooms_price_mode_known check (price_mode in ('per_m2', 'flat')),
    -- asking price in mungo: for one m² or for the room, a month
    base_rent bigint not null default 0 constraint rooms_base_rent_not_negative check (base_rent >= 0),
    deposit_months int not null default 1 constraint rooms_deposit_months_sensible check (deposit_months between 0 and 24),
    listed boolean not null default false,
    version int not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint rooms_of_owner unique (owner_id, id),
    constraint rooms_unit_once unique (owner_id, property_id, unit_key),
    foreign key (owner_id, property_id) references properties (owner_id, id),
    foreign key (owner_id, floor_id) references floors (owner_id, id)
);
call app_protect('rooms',
    '(select app_sees_all_properties()) or property_id = any((select app_scope())::uuid[]) or app_reaches_room(id)',
    '(select app_sees_all_properties()) or property_id = any((select app_scope())::uuid[])');

alter table property_assignments
    add constraint property_assignments_property foreign key (owner_id, property_id) references properties (owner_id, id);

create trigger touch before update on properties for each row execute function app_touch();
create trigger touch before update on floors for each row execute function app_touch();
create trigger touch before update on rooms for each row execute function app_touch();
