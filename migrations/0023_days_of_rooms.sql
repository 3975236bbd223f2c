-- The days of a contract's rooms as plain dates. Under row security only what cannot leak is looked up by an index or
-- estimated from statistics: dates may be, ranges may not.
alter table contract_rooms
    -- null for a range that holds nothing
    add column first_day date generated always as (lower(during)) stored,
    -- the day after the last; infinity for an open one
    add column free_from date generated always as (case when not isempty(during) then coalesce(upper(during), 'infinity'::date) end) stored;
create index contract_rooms_days on contract_rooms (owner_id, room_id, first_day);
drop index contract_rooms_of_room;

-- The same as before (0013), found by the days.
create or replace function rooms_on(p_day date) returns table (
    id uuid, property_id uuid, floor_id uuid, unit_no text, unit_key text, unit_sort text, kind text, area_m2 numeric,
    price_mode text, base_rent bigint, listed boolean, valid_from date, version int, created_at timestamptz,
    contract_id uuid, contract_code text, tenant_id uuid, tenant_name text, held_from date, held_to date, occupancy text
) language sql stable parallel safe as $$
    select r.id, r.property_id, r.floor_id, r.unit_no, r.unit_key, r.unit_sort, r.kind, r.area_m2,
           r.price_mode, r.base_rent, r.listed, r.valid_from, r.version, r.created_at,
           h.contract_id, h.code, h.tenant_id, h.tenant_name, h.held_from, nullif(h.free_from, 'infinity') - 1,
           case
               when h.contract_id is null then case when r.listed then 'listed' else 'vacant' end
               when (h.status = 'terminated' and h.notice_given_on <= p_day
                     or h.free_from - 1 <= p_day
                        + (select o.notice_days from property_owners o where o.id = (select app_owner_id())))
                    and not exists (select from contract_rooms n
                                      join contracts d on d.owner_id = n.owner_id and d.id = n.contract_id
                                                      and d.status not in ('draft', 'pending_signature')
                                     where n.owner_id = r.owner_id and n.room_id = r.id
                                       and n.first_day <= h.free_from and n.free_from > h.free_from)
               then 'notice'
               else 'let'
           end
      from rooms r
      join properties p on p.owner_id = r.owner_id and p.id = r.property_id
                       and (p.decommissioned_on is null or p.decommissioned_on > p_day)
      -- Room by room along the index of its days, whatever Postgres thinks of the tables: joined as a whole, a table without
      -- statistics (a new owner's first hour) was read once for every room.
      left join lateral (
           select c.id as contract_id, c.code, c.tenant_id, c.tenant_name_snapshot as tenant_name, c.status,
                  c.notice_given_on, cr.first_day as held_from, cr.free_from
             from contract_rooms cr
             join contracts c on c.owner_id = cr.owner_id and c.id = cr.contract_id
                             and c.status not in ('draft', 'pending_signature')
            where cr.owner_id = r.owner_id and cr.room_id = r.id and cr.first_day <= p_day and cr.free_from > p_day
            order by cr.first_day desc
            limit 1) h on true
     where r.owner_id = (select app_owner_id())
       and (r.valid_from is null or r.valid_from <= p_day) and (r.valid_to is null or r.valid_to >= p_day)
$$;
