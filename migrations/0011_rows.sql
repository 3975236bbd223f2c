-- A person's telephone is a tenant's: the request to see the contracts, and what the owner said to it. One row for each
-- tenant and person; tenants.user_id follows it.

create table tenant_links (
    id uuid primary key,
    owner_id uuid not null default app_owner_id() references property_owners,
    tenant_id uuid not null,
    user_id uuid not null references users,
    -- eight digits, as verified when it was asked: a tenant who has other numbers by now is not this person's any more
    phone text not null constraint tenant_links_phone_form check (phone ~ '^[0-9]{8}$'),
    status text not null default 'waiting' constraint tenant_links_status_known
        check (status in ('waiting', 'linked', 'refused', 'ended')),
    decided_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint tenant_links_of_owner unique (owner_id, id),
    constraint tenant_links_asked_once unique (owner_id, tenant_id, user_id),
    constraint tenant_links_decided_at_a_time check ((status = 'waiting') = (decided_at is null)),
    foreign key (owner_id, tenant_id) references tenants (owner_id, id)
);
create unique index tenant_links_one_person on tenant_links (owner_id, tenant_id) where status = 'linked';
create index tenant_links_of_user on tenant_links (user_id);
call app_protect('tenant_links', '(select app_keeps_books())', '(select app_keeps_books())');
create trigger touch before update on tenant_links for each row execute function app_touch();

-- Whose telephone it is, asked over all owners.
create index tenants_of_phone on tenants (phone) where phone is not null;
create index tenants_of_second_phone on tenants (second_phone) where second_phone is not null;

-- The next two answer the tenant who is signed in, over all owners: row policies know one owner at a time. They take no
-- argument that says for whom, so there is nobody else's to be had from them.

-- Tenants of any owner with this person's verified telephone, of which no owner was asked yet.
create function app_unasked_tenants() returns table (owner_id uuid, tenant_id uuid, phone text)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    me constant uuid := public.app_user_id();
    digits text;
begin
    if public.app_role() is distinct from 'tenant' then return; end if;
    select right(u.phone_number, 8) into digits from public.users u
     where u.id = me and u.phone_number_verified and u.phone_number ~ '^(\+976)?[0-9]{8}$';
    return query
        select t.owner_id, t.id, digits
          from (select a.owner_id, a.id from public.tenants a where a.phone = digits
                 union select b.owner_id, b.id from public.tenants b where b.second_phone = digits) t
         where not exists (select from public.tenant_links l
                            where l.owner_id = t.owner_id and l.tenant_id = t.id and l.user_id = me)
         order by t.owner_id, t.id
         limit 100;
end $$;
revoke all on function app_unasked_tenants() from public;
grant execute on function app_unasked_tenants() to spacehub_app;
alter function app_unasked_tenants() owner to spacehub_auth;

-- The places of this person. Until the owner has said yes there is only the owner's name, and once for each owner: not
-- whose tenant the number is, nor how many, nor what is owed.
create function app_places() returns table (owner_id uuid, owner_name text, status text, tenant_id uuid, tenant_name text, owed bigint,
                                           register_no text, registered_at timestamptz)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    me constant uuid := public.app_user_id();
begin
    if public.app_role() is distinct from 'tenant' then return; end if;
    return query
        select o.id, o.name, 'linked', t.id, t.name,
               coalesce((select sum(i.total - i.paid_amount) from public.invoices i
                          where i.owner_id = t.owner_id and i.tenant_id = t.id
                            and i.status in ('issued', 'partially_paid', 'overdue')), 0)::bigint,
               o.register_no, o.created_at
          from public.tenants t join public.property_owners o on o.id = t.owner_id
         where t.user_id = me
         union all
        select distinct o.id, o.name, 'waiting', null::uuid, null::text, null::bigint, null::text, null::timestamptz
          from public.tenant_links l
          join public.tenants t on t.owner_id = l.owner_id and t.id = l.tenant_id and l.phone in (t.phone, t.second_phone)
          join public.property_owners o on o.id = l.owner_id
         where l.user_id = me and l.status = 'waiting'
         order by 2, 1, 3, 5, 4;
end $$;
revoke all on function app_places() from public;
grant execute on function app_places() to spacehub_app;
alter function app_places() owner to spacehub_auth;

create policy opens on tenant_links for select to spacehub_auth using (true);
create policy opens on property_owners for select to spacehub_auth using (true);
grant select (owner_id, tenant_id, user_id, phone, status) on tenant_links to spacehub_auth;
grant select (name, phone, second_phone) on tenants to spacehub_auth;
grant select (id, name, register_no, created_at) on property_owners to spacehub_auth;
grant select (tenant_id, total, paid_amount) on invoices to spacehub_auth;
