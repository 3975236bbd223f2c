-- Meters, what they showed, what a unit costs, and how a building's common meters are shared out.

create table meters (
    id uuid primary key,
    owner_id uuid not null default app_owner_id() references property_owners,
    property_id uuid not null,
    -- null: a common meter of the building, or one whose room is not in the books yet
    room_id uuid,
    -- the unit of the room that is not in the books yet; it gets its meters the moment it comes
    awaits_unit text constraint meters_awaits_unit_length check (length(awaits_unit) between 1 and 40),
    kind text not null constraint meters_kind_known
        check (kind in ('electricity', 'cold_water', 'hot_water', 'heat', 'gas')),
    serial text not null constraint meters_serial_length check (length(serial) between 1 and 40),
    -- the serial with look-alike letters folded, which is what makes two spellings one meter
    serial_key text not null,
    -- what one count stands for: the ratio of the transformer before it
    multiplier numeric(12, 3) not null default 1 constraint meters_multiplier_positive check (multiplier > 0),
    -- how many digits stand before the point
    digits int not null default 6 constraint meters_digits_sensible check (digits between 3 and 9),
    -- what it showed when it came, and when that was; null: it was always there
    initial numeric(15, 3) constraint meters_initial_not_negative check (initial >= 0),
    installed_on date,
    removed_on date,
    replaced_by uuid,
    version int not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint meters_of_owner unique (owner_id, id),
    constraint meters_serial_once unique (owner_id, serial_key),
    constraint meters_days_in_order check (removed_on >= installed_on),
    constraint meters_replaced_when_removed check (replaced_by is null or removed_on is not null),
    constraint meters_replaced_by_another check (replaced_by <> id),
    constraint meters_of_a_room_or_awaiting check (room_id is null or awaits_unit is null),
    foreign key (owner_id, property_id) references properties (owner_id, id),
    foreign key (owner_id, room_id) references rooms (owner_id, id),
    foreign key (owner_id, replaced_by) references meters (owner_id, id)
);
create index meters_of_property on meters (owner_id, property_id, kind);
create index meters_of_room on meters (owner_id, room_id) where room_id is not null;
create index meters_awaiting on meters (owner_id, property_id, awaits_unit) where awaits_unit is not null;
call app_protect('meters',
    '(select app_sees_all_properties()) or property_id = any((select app_scope())::uuid[]) or app_reaches_room(room_id)',
    '(select app_sees_all_properties()) or property_id = any((select app_scope())::uuid[])');
create trigger touch before update on meters for each row execute function app_touch();

-- A tenant sees what the meters of its rooms showed in the months of its contracts, not in its predecessor's. Asked row
-- by row, of tenants only; whose contract_rooms those are their own policy says.
create function app_reaches_reading(p_room uuid, p_month date) returns boolean language plpgsql stable parallel safe cost 1 as $$
begin
    return app_role() = 'tenant'
       and exists (select from contract_rooms cr
                    where cr.owner_id = app_owner_id() and cr.room_id = p_room
                      and cr.during && daterange(p_month, (p_month + interval '1 month')::date));
end $$;

create table readings (
    id uuid primary key,
    owner_id uuid not null default app_owner_id() references property_owners,
    property_id uuid not null,
    room_id uuid,
    meter_id uuid not null,
    -- the first day of the month that it is billed in
    month date not null constraint readings_month_is_a_month check (extract(day from month) = 1),
    -- monthly: the month's own; handover: taken when a contract began
    occasion text not null default 'monthly' constraint readings_occasion_known check (occasion in ('monthly', 'handover')),
    read_on date not null,
    -- when the one before was taken; null: not known
    previous_on date,
    previous numeric(15, 3) not null constraint readings_previous_not_negative check (previous >= 0),
    current numeric(15, 3) not null constraint readings_current_not_negative check (current >= 0),
    status text not null constraint readings_status_known
        check (status in ('ok', 'replaced_old', 'replaced_new', 'rolled_over', 'mistake')),
    -- the meter's, as it was
    multiplier numeric(12, 3) not null,
    difference numeric(15, 3) not null constraint readings_difference_not_negative check (difference >= 0),
    consumption numeric(20, 6) not null,
    -- whoever stood before the meter
    reader text not null default '' constraint readings_reader_length check (length(reader) <= 200),
    -- the word that an unusual one needs
    note text not null default '' constraint readings_note_length check (length(note) <= 500),
    entered_by uuid default app_user_id() references users,
    version int not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint readings_of_owner unique (owner_id, id),
    constraint readings_multiplied check (consumption = difference * multiplier),
    constraint readings_never_backwards check (current >= previous or status in ('rolled_over', 'mistake')),
    foreign key (owner_id, property_id) references properties (owner_id, id),
    foreign key (owner_id, room_id) references rooms (owner_id, id),
    foreign key (owner_id, meter_id) references meters (owner_id, id)
);
-- A meter has one reading a month, and one a day at which its room changed hands.
create unique index readings_once_a_month on readings (owner_id, meter_id, month) where occasion = 'monthly';
create unique index readings_once_a_handover on readings (owner_id, meter_id, read_on) where occasion = 'handover';
create index readings_of_month on readings (owner_id, month, property_id);
create index readings_of_meter on readings (owner_id, meter_id, read_on);
call app_protect('readings',
    '(select app_sees_all_properties()) or property_id = any((select app_scope())::uuid[]) or app_reaches_reading(room_id, month)',
    '(select app_sees_all_properties()) or property_id = any((select app_scope())::uuid[])');
create trigger touch before update on readings for each row execute function app_touch();

-- Rooms that a rent roll named on rows that were wrong: they are no rooms of ours yet, and their meters are no mistake.
create table awaited_units (
    id uuid primary key,
    owner_id uuid not null default app_owner_id() references property_owners,
    -- the building's name and the unit number, look-alike letters folded
    building_key text not null,
    unit_key text not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint awaited_units_of_owner unique (owner_id, id),
    constraint awaited_units_once unique (owner_id, building_key, unit_key)
);
call app_protect('awaited_units', '(select app_is_staff())', '(select app_keeps_books())');
create trigger touch before update on awaited_units for each row execute function app_touch();

-- A room that comes takes up the meters that waited for it, and what they showed.
create function rooms_take_up_meters() returns trigger language plpgsql as $$
begin
    update readings r set room_id = new.id
      from meters m
     where m.owner_id = new.owner_id and m.property_id = new.property_id and m.awaits_unit = new.unit_key
       and r.owner_id = m.owner_id and r.meter_id = m.id;
    update meters m set room_id = new.id, awaits_unit = null
     where m.owner_id = new.owner_id and m.property_id = new.property_id and m.awaits_unit = new.unit_key;
    return null;
end $$;
create trigger takes_up_meters after insert on rooms for each row execute function rooms_take_up_meters();

-- What a unit costs, from a day on. Prices are data: a change is a row, and what was billed keeps its own.
create table tariffs (
    id uuid primary key,
    owner_id uuid not null default app_owner_id() references property_owners,
    kind text not null constraint tariffs_kind_known
        check (kind in ('electricity', 'cold_water', 'hot_water', 'heat', 'gas')),
    valid_from date not null,
    -- the last day; null: open
    valid_to date,
    -- all in mungo: for a unit; for a meter and month; for a kW of average load over 12 hours a day; for a unit on top
    unit_price bigint not null constraint tariffs_unit_price_not_negative check (unit_price >= 0),
    base_fee bigint not null default 0 constraint tariffs_base_fee_not_negative check (base_fee >= 0),
    capacity_rate bigint not null default 0 constraint tariffs_capacity_rate_not_negative check (capacity_rate >= 0),
    support_fee bigint not null default 0 constraint tariffs_support_fee_not_negative check (support_fee >= 0),
    vat_mode text not null default 'added' constraint tariffs_vat_mode_known check (vat_mode in ('included', 'added')),
    version int not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint tariffs_of_owner unique (owner_id, id),
    constraint tariffs_in_order check (valid_to >= valid_from),
    constraint tariffs_one_at_a_time exclude using gist
        (owner_id with =, kind with =, daterange(valid_from, valid_to, '[]') with &&)
);
call app_protect('tariffs', '(select app_is_staff())', '(select app_keeps_books())');
create trigger touch before update on tariffs for each row execute function app_touch();

-- How what a building's common meters count beyond the rooms' meters is shared out; without a row the owner bears it.
create table common_rules (
    id uuid primary key,
    owner_id uuid not null default app_owner_id() references property_owners,
    property_id uuid not null,
    kind text not null constraint common_rules_kind_known
        check (kind in ('electricity', 'cold_water', 'hot_water', 'heat', 'gas')),
    share_by text not null constraint common_rules_share_by_known check (share_by in ('area', 'reading')),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint common_rules_of_owner unique (owner_id, id),
    constraint common_rules_once unique (owner_id, property_id, kind),
    foreign key (owner_id, property_id) references properties (owner_id, id)
);
call app_protect('common_rules',
    '(select app_sees_all_properties()) or property_id = any((select app_scope())::uuid[])',
    '(select app_keeps_books())', '(select app_keeps_books())');
create trigger touch before update on common_rules for each row execute function app_touch();
