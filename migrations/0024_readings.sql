-- Photos of what meters showed, lists of readings that are taken back, and prices per unit that a contract agrees on.

-- A photo stands by its reading. Whoever sees the reading's building sees it (`app_reaches_file`).
alter table files drop constraint files_purpose_known;
alter table files add constraint files_purpose_known check (purpose in ('room_photo', 'property_cover', 'floor_plan',
    'owner_logo', 'owner_seal', 'signed_contract', 'tenant_paper', 'reading_photo'));
alter table files add column reading_id uuid;
alter table files add foreign key (owner_id, reading_id) references readings (owner_id, id);
create index files_of_reading on files (owner_id, reading_id) where reading_id is not null;
alter table files add constraint files_reading_has_its_building
    check ((purpose = 'reading_photo') = (reading_id is not null)
        and (reading_id is null
             or property_id is not null and num_nonnulls(room_id, floor_id, contract_id, tenant_id) = 0));
alter table files drop constraint files_subject_fits;
alter table files add constraint files_subject_fits check (case purpose
    when 'room_photo' then num_nonnulls(room_id, property_id) = 2 and num_nonnulls(floor_id, contract_id, tenant_id) = 0
    when 'floor_plan' then num_nonnulls(floor_id, property_id) = 2 and num_nonnulls(room_id, contract_id, tenant_id) = 0
    when 'property_cover' then property_id is not null and num_nonnulls(room_id, floor_id, contract_id, tenant_id) = 0
    when 'signed_contract' then contract_id is not null and num_nonnulls(room_id, floor_id, property_id, tenant_id) = 0
    when 'tenant_paper' then tenant_id is not null and num_nonnulls(room_id, floor_id, property_id, contract_id) = 0
    when 'reading_photo' then true
    else num_nonnulls(room_id, floor_id, property_id, contract_id, tenant_id) = 0 end);

-- What a file is of is told by its columns; Postgres 15 makes such a column anew to change how. Its unique key goes with it.
alter table files drop column subject_id;
alter table files add column subject_id uuid not null
    generated always as (coalesce(reading_id, room_id, floor_id, contract_id, tenant_id, property_id, owner_id)) stored;
alter table files add constraint files_slot_once
    unique (owner_id, purpose, subject_id, slot) deferrable initially deferred;

-- An employee changes the pictures of its buildings, those of its meters too.
alter policy adds on files with check (owner_id = (select app_owner_id()) and (
    case when purpose in ('owner_logo', 'owner_seal') then (select app_directs()) else (select app_keeps_books()) end
    or (purpose in ('room_photo', 'floor_plan', 'reading_photo') and property_id = any((select app_scope())::uuid[]))));
alter policy changes on files using (owner_id = (select app_owner_id()) and (
    case when purpose in ('owner_logo', 'owner_seal') then (select app_directs()) else (select app_keeps_books()) end
    or (purpose in ('room_photo', 'floor_plan', 'reading_photo') and property_id = any((select app_scope())::uuid[]))))
    with check (owner_id = (select app_owner_id()) and (
    case when purpose in ('owner_logo', 'owner_seal') then (select app_directs()) else (select app_keeps_books()) end
    or (purpose in ('room_photo', 'floor_plan', 'reading_photo') and property_id = any((select app_scope())::uuid[]))));

-- A list of readings is kept as the other sheets are, and taken back as they are.
alter table imports drop constraint imports_kind_known;
alter table imports add constraint imports_kind_known check (kind in ('rent_roll', 'invoices', 'readings'));
alter table import_things drop constraint import_things_thing_known;
alter table import_things add constraint import_things_thing_known
    check (thing in ('property', 'floor', 'room', 'tenant', 'contract', 'invoice', 'payment', 'meter', 'reading'));
grant delete on meters to spacehub_app, spacehub_worker;
create policy undoes on meters for delete to spacehub_app, spacehub_worker
    using (owner_id = (select app_owner_id()) and (select app_keeps_books()) and app_came_in(id));
grant delete on readings to spacehub_app, spacehub_worker;
create policy undoes on readings for delete to spacehub_app, spacehub_worker
    using (owner_id = (select app_owner_id()) and (select app_keeps_books()) and app_came_in(id));
create index meters_that_follow on meters (owner_id, replaced_by) where replaced_by is not null;

-- A charge by meter says which meters of its rooms count; its price then stands in the tariff's place.
alter table contract_items add column meter_kind text constraint contract_items_meter_kind_known
    check (meter_kind in ('electricity', 'cold_water', 'hot_water', 'heat', 'gas'));
alter table contract_items add constraint contract_items_meter_kind_of_a_meter check (meter_kind is null or basis = 'meter');
create index contract_items_by_meter on contract_items (owner_id, contract_id) where basis = 'meter';
