-- Tenants who are met again, imports that are remembered and can be undone, statements of account.

-- A name as it is compared: capitals, look-alike letters as one (as domain::text::fold_word has it), without what stands
-- between letters and without the words for a kind of company: «НОМИН», "Номин ХХК" and номин ххк are one.
create function app_name_key(p_name text) returns text language sql immutable strict parallel safe as $$
    select regexp_replace(
               regexp_replace(
                   translate(p_name,
                       'АабВвгдЕеЁёжзиЙйКклМмНнОоӨөпРрСсТтУуҮүфХхцчшщъыьэюяІіЅѕЈјЄєЇїabcdefghijklmnopqrstuVvwxyz',
                       'AAБBBГДEEEEЖЗИИИKKЛMMHHOOOOПPPCCTTYYYYФXXЦЧШЩЪЫЬЭЮЯIISSJJOOYYABCDEFGHIJKLMNOPQRSTUYYWXYZ'),
                   '(^|[^A-ZА-Я0-9])(XXK|XK|TOXK|TOYГ|OHOTYГ|TББ|HYTББ|LLC|LTD|JSC|INC)(?![A-ZА-Я0-9])', '\1', 'g'),
               '[^A-ZА-Я0-9]', '', 'g')
$$;
revoke all on function app_name_key(text) from public;
grant execute on function app_name_key(text) to spacehub_app, spacehub_worker;

alter table tenants add column name_key text not null generated always as (app_name_key(name)) stored;
-- Whom one is about to enter twice is looked for by number, telephone and name.
create index tenants_of_name_key on tenants (owner_id, name_key);
create index tenants_of_owner_by_phone on tenants (owner_id, phone) where phone is not null;
create index tenants_of_owner_by_second_phone on tenants (owner_id, second_phone) where second_phone is not null;
create index tenants_of_owner_by_tin on tenants (owner_id, tin) where tin is not null;
create index tenants_of_owner_by_email on tenants (owner_id, email) where email is not null;

-- A statement of account walks a tenant's bills.
create index invoices_of_tenant on invoices (owner_id, tenant_id, issued_on);

-- A sheet that was taken over.
create table imports (
    id uuid primary key,
    owner_id uuid not null default app_owner_id() references property_owners,
    kind text not null constraint imports_kind_known check (kind in ('rent_roll', 'invoices')),
    file_name text not null default '' constraint imports_file_name_length check (length(file_name) <= 200),
    status text not null default 'written' constraint imports_status_known check (status in ('written', 'undone')),
    -- null: the command line
    user_id uuid default app_user_id() references users,
    -- how many rows were read and how many of each thing were made
    counts jsonb not null,
    undone_at timestamptz,
    undone_by uuid references users,
    undone_because text constraint imports_undone_because_length check (length(undone_because) <= 500),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint imports_of_owner unique (owner_id, id),
    constraint imports_undone_at_a_time check ((status = 'undone') = (undone_at is not null))
);
create index imports_newest on imports (owner_id, id desc);
call app_protect('imports', '(select app_keeps_books())', '(select app_keeps_books())');

-- What it made: by this it is undone, and nothing else is.
create table import_things (
    id uuid primary key,
    owner_id uuid not null default app_owner_id() references property_owners,
    import_id uuid not null,
    thing text not null constraint import_things_thing_known
        check (thing in ('property', 'floor', 'room', 'tenant', 'contract', 'invoice', 'payment')),
    thing_id uuid not null,
    created_at timestamptz not null default now(),
    constraint import_things_of_owner unique (owner_id, id),
    constraint import_things_made_once unique (owner_id, thing_id),
    foreign key (owner_id, import_id) references imports (owner_id, id)
);
create index import_things_of_import on import_things (owner_id, import_id, thing);
call app_protect('import_things', '(select app_keeps_books())', '(select app_keeps_books())', '(select app_keeps_books())');

-- Columns mapped by hand, for sheets with these headings.
create table import_mappings (
    id uuid primary key,
    owner_id uuid not null default app_owner_id() references property_owners,
    kind text not null constraint import_mappings_kind_known check (kind in ('rent_roll', 'invoices')),
    -- SHA-256 of the words at the sheet's top
    fingerprint bytea not null,
    sheet_name text not null,
    -- {"unit": "C", "floor": null}: null says that no column holds it
    columns jsonb not null,
    user_id uuid default app_user_id() references users,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint import_mappings_of_owner unique (owner_id, id),
    constraint import_mappings_once unique (owner_id, kind, fingerprint)
);
call app_protect('import_mappings', '(select app_keeps_books())', '(select app_keeps_books())', '(select app_keeps_books())');

-- Nothing of an owner is deleted, but what an import made by mistake: whoever keeps the books takes it out again.
create function app_came_in(p_thing uuid) returns boolean language plpgsql stable parallel safe cost 1 as $$
begin
    return exists (select from import_things t where t.owner_id = app_owner_id() and t.thing_id = p_thing);
end $$;
revoke all on function app_came_in(uuid) from public;
grant execute on function app_came_in(uuid) to spacehub_app, spacehub_worker;
grant delete on properties to spacehub_app, spacehub_worker;
create policy undoes on properties for delete to spacehub_app, spacehub_worker
    using (owner_id = (select app_owner_id()) and (select app_keeps_books()) and app_came_in(id));
grant delete on floors to spacehub_app, spacehub_worker;
create policy undoes on floors for delete to spacehub_app, spacehub_worker
    using (owner_id = (select app_owner_id()) and (select app_keeps_books()) and app_came_in(id));
grant delete on rooms to spacehub_app, spacehub_worker;
create policy undoes on rooms for delete to spacehub_app, spacehub_worker
    using (owner_id = (select app_owner_id()) and (select app_keeps_books()) and app_came_in(id));
grant delete on tenants to spacehub_app, spacehub_worker;
create policy undoes on tenants for delete to spacehub_app, spacehub_worker
    using (owner_id = (select app_owner_id()) and (select app_keeps_books()) and app_came_in(id));
grant delete on contracts to spacehub_app, spacehub_worker;
create policy undoes on contracts for delete to spacehub_app, spacehub_worker
    using (owner_id = (select app_owner_id()) and (select app_keeps_books()) and app_came_in(id));
grant delete on invoices to spacehub_app, spacehub_worker;
create policy undoes on invoices for delete to spacehub_app, spacehub_worker
    using (owner_id = (select app_owner_id()) and (select app_keeps_books()) and app_came_in(id));
grant delete on invoice_items to spacehub_app, spacehub_worker;
create policy undoes on invoice_items for delete to spacehub_app, spacehub_worker
    using (owner_id = (select app_owner_id()) and (select app_keeps_books()) and app_came_in(invoice_id));
grant delete on payments to spacehub_app, spacehub_worker;
create policy undoes on payments for delete to spacehub_app, spacehub_worker
    using (owner_id = (select app_owner_id()) and (select app_keeps_books()) and app_came_in(id));

-- What is taken out is looked for wherever something may point at it.
create index contract_items_of_room on contract_items (owner_id, room_id) where room_id is not null;
create index invoices_corrected on invoices (owner_id, corrects_id) where corrects_id is not null;

create trigger touch before update on imports for each row execute function app_touch();
create trigger touch before update on import_mappings for each row execute function app_touch();
