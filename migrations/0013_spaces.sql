-- The life of buildings and rooms: since when and until when they are there, what a room was made of, how it stands on
-- a day, and the order people read units in.

-- How many days before its last day a let room counts as about to be free.
alter table property_owners
    add column notice_days int not null default 30
        constraint property_owners_notice_days_sensible check (notice_days between 0 and 365);

-- The first day on which the building is one no more; its rooms are not counted from then on.
alter table properties add column decommissioned_on date;
update properties set decommissioned_on = (updated_at at time zone 'Asia/Ulaanbaatar')::date where status = 'decommissioned';
alter table properties
    add constraint properties_decommissioned_on_a_day check ((status = 'decommissioned') = (decommissioned_on is not null));

alter table floors add column version int not null default 1;

alter table rooms
    -- the first and the last day on which the room is there; null: it always was, it still is
    add column valid_from date,
    add column valid_to date,
    add column closed_reason text,
    -- the folded unit number with every number in it at one width, so that K-9 stands before K-10
    add column unit_sort text collate "C" not null generated always as
        (regexp_replace(regexp_replace(unit_key, '([0-9]+)', '000000000000\1', 'g'), '[0-9]*([0-9]{12})', '\1', 'g')) stored,
    add constraint rooms_valid_in_order check (valid_to >= valid_from),
    add constraint rooms_closed_for_a_reason check (closed_reason is null or valid_to is not null);

-- A unit is there once at a time: what two rooms were merged into may bear the number of one of them.
alter table rooms drop constraint rooms_unit_once;
alter table rooms add constraint rooms_unit_once exclude using gist
    (owner_id with =, property_id with =, unit_key with =, daterange(valid_from, valid_to, '[]') with &&);

create index rooms_in_order on rooms (owner_id, property_id, unit_sort, id);
create index rooms_of_floor on rooms (owner_id, floor_id) where floor_id is not null;
create index contract_rooms_of_room on contract_rooms (owner_id, room_id);

-- What was never let may be taken away again by whoever may write it; what was, is kept by the keys that refer to it.
create policy removes on rooms for delete to spacehub_app, spacehub_worker
    using (owner_id = (select app_owner_id())
           and ((select app_sees_all_properties()) or property_id = any((select app_scope())::uuid[])));
create policy removes on floors for delete to spacehub_app, spacehub_worker
    using (owner_id = (select app_owner_id())
           and ((select app_sees_all_properties()) or property_id = any((select app_scope())::uuid[])));
grant delete on rooms, floors to spacehub_app, spacehub_worker;

-- Which rooms a room was made of, by merging or by splitting.
create table room_origins (
    id uuid primary key,
    owner_id uuid not null default app_owner_id() references property_owners,
    property_id uuid not null,
    room_id uuid not null,
    from_room_id uuid not null,
    kind text not null constraint room_origins_kind_known check (kind in ('merge', 'split')),
    -- the first day of the new room; the old one's last is the day before
    on_day date not null,
    reason text not null default '',
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint room_origins_once unique (owner_id, room_id, from_room_id),
    foreign key (owner_id, property_id) references properties (owner_id, id),
    foreign key (owner_id, room_id) references rooms (owner_id, id),
    foreign key (owner_id, from_room_id) references rooms (owner_id, id)
);
create index room_origins_of_old on room_origins (owner_id, from_room_id);
call app_protect('room_origins',
    '(select app_sees_all_properties()) or property_id = any((select app_scope())::uuid[])',
    '(select app_sees_all_properties()) or property_id = any((select app_scope())::uuid[])');
create trigger touch before update on room_origins for each row execute function app_touch();

-- The day on which it was said that the contract ends before its time.
alter table contracts add column notice_given_on date;
update contracts set notice_given_on = least(terminated_on, (updated_at at time zone 'Asia/Ulaanbaatar')::date)
 where status = 'terminated';

-- No contract holds a room on a day on which it is not there. Whoever closes the room at this moment has it locked, so
-- it is asked for a share of it first and looked at afterwards.
create function contract_rooms_there() returns trigger language plpgsql as $$
begin
    if isempty(new.during) then return null; end if;
    perform from rooms r where r.owner_id = new.owner_id and r.id = new.room_id for share;
    if not exists (select from rooms r join properties p on p.owner_id = r.owner_id and p.id = r.property_id
                    where r.owner_id = new.owner_id and r.id = new.room_id
                      and daterange(r.valid_from, r.valid_to, '[]') * daterange(null, p.decommissioned_on) @> new.during) then
        raise exception using errcode = 'check_violation', table = 'contract_rooms', constraint = 'contract_rooms_room_there',
            message = format('room %s is not there on all days of %s', new.room_id, new.during);
    end if;
    return null;
end $$;
create trigger there after insert or update of room_id, during on contract_rooms
    for each row execute function contract_rooms_there();

-- And no room goes while a contract holds it.
create function rooms_not_held() returns trigger language plpgsql as $$
begin
    if exists (select from contract_rooms cr
                where cr.owner_id = new.owner_id and cr.room_id = new.id and not isempty(cr.during)
                  and not daterange(new.valid_from, new.valid_to, '[]') @> cr.during) then
        raise exception using errcode = 'check_violation', table = 'rooms', constraint = 'rooms_not_held',
            message = format('a contract holds room %s beyond the days it would be there', new.id);
    end if;
    return null;
end $$;
create trigger not_held after update of valid_from, valid_to on rooms for each row
    when (old.valid_from is distinct from new.valid_from or old.valid_to is distinct from new.valid_to)
    execute function rooms_not_held();

-- The estate on a day: a row for each room that is there, who is in it and how it stands. It is the one definition that
-- every figure of occupancy goes by (docs/spaces.md), written so that Postgres opens it up inside the question that asks.
--   let      a contract holds the room; drafts hold it too, but nobody is in it yet
--   notice   let, and about to be free: its end was announced by then or comes within the owner's notice days, and
--            nobody takes the room the day after
--   listed   not let and offered
--   vacant   not let and not offered
create function rooms_on(p_day date) returns table (
    id uuid, property_id uuid, floor_id uuid, unit_no text, unit_key text, unit_sort text, kind text, area_m2 numeric,
    price_mode text, base_rent bigint, listed boolean, valid_from date, version int, created_at timestamptz,
    contract_id uuid, contract_code text, tenant_id uuid, tenant_name text, held_from date, held_to date, occupancy text
) language sql stable parallel safe as $$
    select r.id, r.property_id, r.floor_id, r.unit_no, r.unit_key, r.unit_sort, r.kind, r.area_m2,
           r.price_mode, r.base_rent, r.listed, r.valid_from, r.version, r.created_at,
           h.contract_id, h.code, h.tenant_id, h.tenant_name, h.held_from, h.free_from - 1,
           case
               when h.contract_id is null then case when r.listed then 'listed' else 'vacant' end
               when (h.status = 'terminated' and h.notice_given_on <= p_day
                     or h.free_from - 1 <= p_day
                        + (select o.notice_days from property_owners o where o.id = (select app_owner_id())))
                    and not exists (select from contract_rooms n
                                      join contracts d on d.owner_id = n.owner_id and d.id = n.contract_id
                                                      and d.status not in ('draft', 'pending_signature')
                                     where n.owner_id = r.owner_id and n.room_id = r.id and n.during @> h.free_from)
               then 'notice'
               else 'let'
           end
      from rooms r
      join properties p on p.owner_id = r.owner_id and p.id = r.property_id
                       and (p.decommissioned_on is null or p.decommissioned_on > p_day)
      -- Room by room, so that a page of fifty looks up fifty; two contracts never hold a room on the same day.
      left join lateral (
           select c.id as contract_id, c.code, c.tenant_id, c.tenant_name_snapshot as tenant_name, c.status, c.notice_given_on,
                  lower(cr.during) as held_from, upper(cr.during) as free_from
             from contract_rooms cr
             join contracts c on c.owner_id = cr.owner_id and c.id = cr.contract_id
                             and c.status not in ('draft', 'pending_signature')
            where cr.owner_id = r.owner_id and cr.room_id = r.id and cr.during @> p_day
            limit 1) h on true
     where r.owner_id = (select app_owner_id())
       and (r.valid_from is null or r.valid_from <= p_day) and (r.valid_to is null or r.valid_to >= p_day)
$$;
