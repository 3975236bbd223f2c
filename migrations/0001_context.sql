-- Who asks: the four settings that every row policy reads, and the only ways to set them.
-- They live as long as the transaction (set_config(…, true)); afterwards they read as '', which means nobody.

create extension if not exists btree_gist;

create function app_user_id() returns uuid language sql stable parallel safe
    as $$ select nullif(current_setting('app.user_id', true), '')::uuid $$;

create function app_owner_id() returns uuid language sql stable parallel safe
    as $$ select nullif(current_setting('app.owner_id', true), '')::uuid $$;

create function app_role() returns text language sql stable parallel safe
    as $$ select nullif(current_setting('app.role', true), '') $$;

-- What a narrow role is confined to, in one list: an employee's properties, the tenants' rows that are a tenant's own,
-- the invoice behind a link. Ids are never used twice, so a row is in reach when one of its ids is in the list:
-- array[property_id, tenant_id] && (select app_scope())::uuid[], which costs one look-up a statement for all three.
create function app_scope() returns uuid[] language sql stable parallel safe
    as $$ select string_to_array(nullif(current_setting('app.scope', true), ''), ',')::uuid[] $$;

-- Works for the owner in whatever post; sees the owner's world.
create function app_is_staff() returns boolean language sql stable parallel safe
    as $$ select coalesce(app_role() in ('admin', 'owner_director', 'owner_accountant', 'employee', 'system'), false) $$;

-- Sees every property of the owner.
create function app_sees_all_properties() returns boolean language sql stable parallel safe
    as $$ select coalesce(app_role() in ('admin', 'owner_director', 'owner_accountant', 'system'), false) $$;

-- May write what touches money.
create function app_keeps_books() returns boolean language sql stable parallel safe
    as $$ select coalesce(app_role() in ('admin', 'owner_director', 'owner_accountant', 'system'), false) $$;

-- Answers for the owner: its people, its credentials, what was done in it.
create function app_directs() returns boolean language sql stable parallel safe
    as $$ select coalesce(app_role() in ('admin', 'owner_director', 'system'), false) $$;

-- Pays: signed in as a tenant, or with the link of a bill.
create function app_pays() returns boolean language sql stable parallel safe
    as $$ select coalesce(app_role() in ('tenant', 'link'), false) $$;

-- Workers and imports take an owner's part by name, the sign-in doors that of a person; row policies hold for them as
-- for people.
create function app_begin_as(p_owner uuid, p_user uuid, p_role text) returns void language plpgsql as $$
begin
    perform set_config('app.user_id', coalesce(p_user::text, ''), true), set_config('app.owner_id', coalesce(p_owner::text, ''), true),
            set_config('app.role', p_role, true), set_config('app.scope', '', true);
end $$;

-- Puts an owner's table under row security: forced, one policy a command, always by owner_id, with the further
-- conditions given. Conditions name functions as (select f()), which Postgres then reads once a statement.
create procedure app_protect(p_table regclass, p_sees text, p_writes text, p_removes text default 'false')
language plpgsql as $$
declare
    mine constant text := 'owner_id = (select app_owner_id())';
    people constant text := 'spacehub_app, spacehub_worker';
begin
    execute format('alter table %s enable row level security', p_table);
    execute format('alter table %s force row level security', p_table);
    execute format('create policy reads on %s for select to %s using (%s and (%s))', p_table, people, mine, p_sees);
    execute format('create policy adds on %s for insert to %s with check (%s and (%s))', p_table, people, mine, p_writes);
    execute format('create policy changes on %s for update to %s using (%s and (%s)) with check (%s and (%s))',
                   p_table, people, mine, p_writes, mine, p_writes);
    execute format('grant select, insert, update on %s to %s', p_table, people);
    if p_removes <> 'false' then
        execute format('create policy removes on %s for delete to %s using (%s and (%s))', p_table, people, mine, p_removes);
        execute format('grant delete on %s to %s', p_table, people);
    end if;
end $$;
revoke all on procedure app_protect(regclass, text, text, text) from public;

-- Keeps updated_at true without anyone having to remember it.
create function app_touch() returns trigger language plpgsql as $$
begin
    new.updated_at := now();
    return new;
end $$;

revoke create on schema public from public;
grant usage on schema public to spacehub_app, spacehub_worker, spacehub_auth;
