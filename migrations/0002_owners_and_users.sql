-- Property owners, the people who sign in, and their sessions.

create table property_owners (
    id uuid primary key,
    name text not null constraint property_owners_name_length check (length(name) between 1 and 200),
    -- seven digits, as the state register gives them
    register_no text not null constraint property_owners_register_no_form check (register_no ~ '^[0-9]{7}$'),
    tin text constraint property_owners_tin_form check (tin ~ '^([0-9]{11}|[0-9]{12}|[0-9]{14})$'),
    vat_payer boolean not null default true,
    city_tax_payer boolean not null default false,
    phone text,
    email text,
    address text,
    billing_day int not null default 10 constraint property_owners_billing_day_in_month check (billing_day between 1 and 28),
    -- how far the run's total may move from last month's before it stops and asks, in basis points
    run_bound_bp int not null default 3000 constraint property_owners_run_bound_positive check (run_bound_bp > 0),
    receipt_moment text not null default 'on_payment'
        constraint property_owners_receipt_moment_known check (receipt_moment in ('on_payment', 'on_issue')),
    sms_alphabet text not null default 'cyrillic'
        constraint property_owners_sms_alphabet_known check (sms_alphabet in ('cyrillic', 'latin')),
    -- the till as the tax office knows it
    ebarimt_branch_no text not null default '001',
    ebarimt_pos_no text not null default '001',
    ebarimt_district_code text not null default '2501',
    demo boolean not null default false,
    version int not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint property_owners_register_no_once unique (register_no)
);

create table users (
    id uuid primary key,
    name text not null,
    email text not null constraint users_email_lower check (email = lower(email)),
    email_verified boolean not null default false,
    image text,
    phone_number text,
    phone_number_verified boolean,
    two_factor_enabled boolean not null default false,
    -- counted up whenever what proves who this is changes: nobody comes in on a proof that was looked at before
    credential_version int not null default 0,
    disabled_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint users_email_once unique (email),
    constraint users_phone_once unique (phone_number)
);

-- How a user proves to be who they say; the password only as an argon2id string.
create table accounts (
    id uuid primary key,
    user_id uuid not null references users,
    provider_id text not null constraint accounts_provider_known check (provider_id in ('credential', 'phone')),
    password_hash text,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint accounts_one_a_provider unique (user_id, provider_id)
);

-- The person's place: which owner they work for, and as what.
create table profiles (
    id uuid primary key,
    user_id uuid not null references users,
    owner_id uuid references property_owners,
    full_name text not null,
    role text not null constraint profiles_role_known
        check (role in ('admin', 'owner_director', 'owner_accountant', 'employee', 'tenant')),
    registration_no text,
    locale text not null default 'mn' constraint profiles_locale_known check (locale in ('mn', 'en')),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint profiles_one_a_user unique (user_id),
    constraint profiles_staff_have_an_owner check ((owner_id is null) = (role in ('admin', 'tenant')))
);
create index profiles_of_owner on profiles (owner_id);

create table sessions (
    id uuid primary key,
    -- SHA-256 of the token; the token itself is nowhere in the database
    token_hash bytea not null,
    user_id uuid not null references users,
    -- the owner an admin has chosen to look at, the place a tenant has
    active_owner_id uuid references property_owners,
    dont_remember boolean not null default false,
    ip_address text,
    user_agent text,
    expires_at timestamptz not null,
    renewed_at timestamptz not null default now(),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint sessions_token_once unique (token_hash)
);
create index sessions_of_user on sessions (user_id, created_at);

-- Telephones and browsers that take push messages.
create table devices (
    id uuid primary key,
    user_id uuid not null references users,
    fcm_token text not null,
    platform text not null constraint devices_platform_known check (platform in ('android', 'ios', 'web')),
    last_seen_at timestamptz not null default now(),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint devices_token_once unique (user_id, fcm_token)
);

-- What an owner signs in to a provider with; the secrets are sealed (AEAD) with the server's key.
create table provider_accounts (
    id uuid primary key,
    owner_id uuid not null default app_owner_id() references property_owners,
    provider text not null constraint provider_accounts_provider_known check (provider in ('qpay', 'socialpay', 'sms')),
    sealed bytea not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint provider_accounts_one_each unique (owner_id, provider)
);
call app_protect('provider_accounts', '(select app_keeps_books())', '(select app_directs())');

-- These are not an owner's tables, so their policies are written out. 'auth' is the role of the sign-in doors, which
-- must find a user before anyone is signed in.
alter table property_owners enable row level security;
alter table property_owners force row level security;
-- A payment callback comes with an owner and sees nothing of it.
create policy reads on property_owners for select to spacehub_app, spacehub_worker
    using ((id = (select app_owner_id()) and (select app_role()) <> 'callback') or (select app_role()) in ('admin', 'system'));
create policy adds on property_owners for insert to spacehub_app, spacehub_worker
    with check ((select app_role()) in ('admin', 'system'));
create policy changes on property_owners for update to spacehub_app, spacehub_worker
    using (id = (select app_owner_id()) and (select app_role()) in ('admin', 'owner_director', 'system'))
    with check (id = (select app_owner_id()) and (select app_role()) in ('admin', 'owner_director', 'system'));
grant select, insert, update on property_owners to spacehub_app, spacehub_worker;

alter table profiles enable row level security;
alter table profiles force row level security;
create policy reads on profiles for select to spacehub_app, spacehub_worker
    using (user_id = (select app_user_id()) or (select app_role()) in ('auth', 'admin')
           or (owner_id = (select app_owner_id()) and (select app_is_staff())));
create policy adds on profiles for insert to spacehub_app, spacehub_worker
    with check ((select app_role()) = 'auth'
                or (owner_id = (select app_owner_id()) and (select app_role()) in ('admin', 'owner_director', 'system')));
create policy changes on profiles for update to spacehub_app, spacehub_worker
    using (user_id = (select app_user_id())) with check (user_id = (select app_user_id()));
grant select, insert on profiles to spacehub_app, spacehub_worker;
grant update (full_name, locale) on profiles to spacehub_app, spacehub_worker;

alter table users enable row level security;
alter table users force row level security;
create policy reads on users for select to spacehub_app, spacehub_worker
    using (id = (select app_user_id()) or (select app_role()) = 'auth'
           or exists (select from profiles p where p.user_id = users.id));
create policy adds on users for insert to spacehub_app, spacehub_worker with check ((select app_role()) = 'auth');
create policy changes on users for update to spacehub_app, spacehub_worker
    using (id = (select app_user_id()) or (select app_role()) = 'auth')
    with check (id = (select app_user_id()) or (select app_role()) = 'auth');
grant select, insert, update on users to spacehub_app, spacehub_worker;

alter table accounts enable row level security;
alter table accounts force row level security;
create policy auth on accounts for all to spacehub_app, spacehub_worker
    using ((select app_role()) = 'auth') with check ((select app_role()) = 'auth');
grant select, insert, update on accounts to spacehub_app, spacehub_worker;

alter table sessions enable row level security;
alter table sessions force row level security;
create policy auth on sessions for all to spacehub_app, spacehub_worker
    using ((select app_role()) = 'auth' or user_id = (select app_user_id()))
    with check ((select app_role()) = 'auth' or user_id = (select app_user_id()));
grant select, insert, update, delete on sessions to spacehub_app, spacehub_worker;

alter table devices enable row level security;
alter table devices force row level security;
create policy mine on devices for all to spacehub_app, spacehub_worker
    using (user_id = (select app_user_id())) with check (user_id = (select app_user_id()));
grant select, insert, update, delete on devices to spacehub_app, spacehub_worker;

-- Which employee works in which property; read while a session opens, so before anyone's settings are there.
create table property_assignments (
    id uuid primary key,
    owner_id uuid not null default app_owner_id() references property_owners,
    property_id uuid not null,
    user_id uuid not null references users,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint property_assignments_once unique (owner_id, user_id, property_id)
);
call app_protect('property_assignments', '(select app_keeps_books()) or user_id = (select app_user_id())',
                 '(select app_directs())', '(select app_directs())');

create trigger touch before update on property_owners for each row execute function app_touch();
create trigger touch before update on users for each row execute function app_touch();
create trigger touch before update on profiles for each row execute function app_touch();
create trigger touch before update on sessions for each row execute function app_touch();
create trigger touch before update on devices for each row execute function app_touch();

-- Opens a request: finds the session by the hash of its token, takes over the user's settings for this transaction
-- and says who it is. No row back means no session: the settings are cleared and the policies show nothing.
-- plpgsql, because a SQL function with a fixed search_path is planned anew at every call.
create function app_begin(p_token_hash bytea, p_now timestamptz)
returns table (session_id uuid, user_id uuid, owner_id uuid, role text, locale text)
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    scope text := '';
begin
    select s.id, s.user_id, coalesce(p.owner_id, s.active_owner_id), p.role, p.locale
      into session_id, user_id, owner_id, role, locale
      from public.sessions s
      join public.users u on u.id = s.user_id and u.disabled_at is null
      join public.profiles p on p.user_id = s.user_id and p.disabled_at is null
     where s.token_hash = p_token_hash and s.expires_at > p_now
       and (s.token_expires_at is null or s.token_expires_at > p_now);
    if role = 'employee' then
        select coalesce(string_agg(a.property_id::text, ','), '') into scope
          from public.property_assignments a where a.user_id = app_begin.user_id and a.owner_id = app_begin.owner_id;
    elsif role = 'tenant' then
        -- The place chosen, while its owner still says that the tenant is this person; else the first one.
        select t.owner_id, string_agg(t.id::text, ',') into owner_id, scope
          from public.tenants t where t.user_id = app_begin.user_id
         group by t.owner_id
         order by t.owner_id is not distinct from app_begin.owner_id desc, min(t.id::text) limit 1;
    end if;
    perform set_config('app.user_id', coalesce(user_id::text, ''), true),
            set_config('app.owner_id', coalesce(owner_id::text, ''), true),
            set_config('app.role', coalesce(role, ''), true),
            set_config('app.scope', coalesce(scope, ''), true);
    if user_id is not null then
        return next;
    end if;
end $$;
-- Granted before it is handed over: afterwards it is no longer ours to grant, and Postgres only warns.
revoke all on function app_begin(bytea, timestamptz) from public;
grant execute on function app_begin(bytea, timestamptz) to spacehub_app, spacehub_worker;
alter function app_begin(bytea, timestamptz) owner to spacehub_auth;

create policy opens on sessions for select to spacehub_auth using (true);
create policy opens on users for select to spacehub_auth using (true);
create policy opens on profiles for select to spacehub_auth using (true);
create policy opens on property_assignments for select to spacehub_auth using (true);
grant select on sessions, users, profiles, property_assignments to spacehub_auth;
