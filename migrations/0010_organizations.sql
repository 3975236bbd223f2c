-- Signing keys, refresh tokens, second factors, and the invitations that bring staff to an owner.

-- A telephone keeps its session alive with a refresh token. One session is one family of such tokens, so that ending
-- the session, by whoever and for whatever reason, ends them all.
alter table sessions
    -- till when the session's token is good; null: as long as the session
    add column token_expires_at timestamptz,
    -- SHA-256 of the refresh token that is to come next, and of the one that it took the place of
    add column refresh_hash bytea,
    add column refresh_parent_hash bytea,
    -- random: what the next token was made of, together with its parent and the server's key
    add column refresh_salt bytea,
    add column refreshed_at timestamptz,
    add constraint sessions_refresh_whole check ((refresh_hash is null) = (token_expires_at is null));

-- What JWTs are signed with (Ed25519); the private part is sealed with the server's key.
create table signing_keys (
    id uuid primary key,
    public_key bytea not null constraint signing_keys_public_key_length check (length(public_key) = 32),
    sealed bytea not null,
    -- signs until then, and stays listed a while longer
    signs_until timestamptz not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
alter table signing_keys enable row level security;
alter table signing_keys force row level security;
create policy doors on signing_keys for all to spacehub_app, spacehub_worker
    using ((select app_role()) = 'auth') with check ((select app_role()) = 'auth');
grant select, insert on signing_keys to spacehub_app, spacehub_worker;
grant delete on signing_keys to spacehub_worker;

-- A user's second factor: the TOTP secret, sealed, and how its codes were tried. It counts from the moment that
-- users.two_factor_enabled says so.
create table two_factors (
    id uuid primary key,
    user_id uuid not null references users,
    sealed bytea not null,
    -- the name that authenticator apps show
    issuer text not null,
    -- the last step of 30 s whose code was taken: no code works twice
    last_step bigint not null default 0,
    -- wrong codes of any kind since the last right one, and until when no more are taken
    failures int not null default 0,
    locked_until timestamptz,
    -- random: what the code that was sent last is made of, together with the server's key
    code_salt text,
    code_expires_at timestamptz,
    code_tries int not null default 0,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint two_factors_once unique (user_id)
);
create trigger touch before update on two_factors for each row execute function app_touch();

-- The codes for the day the telephone is lost, hashed with the server's key; a used one is removed.
create table backup_codes (
    id uuid primary key,
    user_id uuid not null references users,
    code_hash bytea not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint backup_codes_once unique (user_id, code_hash)
);

-- A sign-in whose first factor was right and whose second is awaited.
create table waiting_sign_ins (
    id uuid primary key,
    token_hash bytea not null,
    user_id uuid not null references users,
    -- of the user when the first factor was looked at: a password changed meanwhile makes it worthless
    credential_version int not null,
    dont_remember boolean not null default false,
    expires_at timestamptz not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint waiting_sign_ins_token_once unique (token_hash)
);
create index waiting_sign_ins_by_end on waiting_sign_ins (expires_at);

-- Browsers that may skip the second factor for a while.
create table trusted_devices (
    id uuid primary key,
    token_hash bytea not null,
    user_id uuid not null references users,
    expires_at timestamptz not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint trusted_devices_token_once unique (token_hash)
);
create index trusted_devices_of_user on trusted_devices (user_id);
create trigger touch before update on trusted_devices for each row execute function app_touch();

do $$
declare
    name text;
begin
    foreach name in array array['two_factors', 'backup_codes', 'waiting_sign_ins', 'trusted_devices'] loop
        execute format('alter table %I enable row level security', name);
        execute format('alter table %I force row level security', name);
        execute format('create policy doors on %I for all to spacehub_app, spacehub_worker
                        using ((select app_role()) = ''auth'') with check ((select app_role()) = ''auth'')', name);
        execute format('grant select, insert, update, delete on %I to spacehub_app, spacehub_worker', name);
    end loop;
end $$;

-- A member of staff can be stopped without being forgotten.
alter table profiles
    add column disabled_at timestamptz,
    add column version int not null default 1;

-- A director changes the places of the own staff.
drop policy changes on profiles;
create policy changes on profiles for update to spacehub_app, spacehub_worker
    using (user_id = (select app_user_id()) or (select app_role()) = 'auth'
           or (owner_id = (select app_owner_id()) and (select app_role()) in ('admin', 'owner_director', 'system')))
    with check (user_id = (select app_user_id()) or (select app_role()) = 'auth'
           or (owner_id = (select app_owner_id()) and (select app_role()) in ('admin', 'owner_director', 'system')));
grant update (role, owner_id, disabled_at, version) on profiles to spacehub_app, spacehub_worker;

-- The policy lets everyone change the own profile; this keeps them from giving themselves a place, and a director from
-- going with the own one to another owner or to the platform.
create function profiles_hold_their_place() returns trigger language plpgsql as $$
begin
    if current_user in ('spacehub_app', 'spacehub_worker')
       and (coalesce(app_role(), '') not in ('auth', 'admin', 'owner_director', 'system')
            or (app_role() = 'owner_director'
                and (new.owner_id is distinct from app_owner_id() or new.role in ('admin', 'tenant')))) then
        raise exception using errcode = '42501', message = 'nobody gives themselves a place';
    end if;
    return new;
end $$;
create trigger holds_place before update of role, owner_id, disabled_at, user_id on profiles
    for each row execute function profiles_hold_their_place();

-- Ends a person's work for the owner at hand: by the director, or by themselves. What is left is a person without a
-- place, whom the owner no longer sees; so it takes more than a policy of the owner's.
create function app_let_go(p_profile uuid) returns boolean
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    person uuid;
begin
    update public.profiles p set owner_id = null, role = 'tenant', disabled_at = null, version = version + 1
     where p.id = p_profile and p.owner_id = public.app_owner_id()
       and (p.user_id = public.app_user_id() or public.app_role() in ('admin', 'owner_director', 'system'))
    returning p.user_id into person;
    delete from public.property_assignments a where a.user_id = person and a.owner_id = public.app_owner_id();
    return person is not null;
end $$;
revoke all on function app_let_go(uuid) from public;
grant execute on function app_let_go(uuid) to spacehub_app, spacehub_worker;
alter function app_let_go(uuid) owner to spacehub_auth;
create policy lets_go on profiles for update to spacehub_auth using (true) with check (owner_id is null);
grant update (owner_id, role, disabled_at, version, updated_at) on profiles to spacehub_auth;
create policy lets_go on property_assignments for delete to spacehub_auth using (true);
grant delete on property_assignments to spacehub_auth;

-- Whoever changes, stops or takes away a person's place ends that person's sessions with it, at once and on every node.
-- Only who leaves by themselves stays signed in: what the session may do is read anew at each request.
create function profiles_end_sessions() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    if not (new.owner_id is null and new.user_id is not distinct from public.app_user_id()) then
        delete from public.sessions where user_id = new.user_id;
    end if;
    return null;
end $$;
revoke all on function profiles_end_sessions() from public;
create trigger ends_sessions after update of role, owner_id, disabled_at on profiles for each row
    when (old.owner_id is not null
          and (old.role <> new.role or old.owner_id is distinct from new.owner_id
               or (old.disabled_at is null and new.disabled_at is not null)))
    execute function profiles_end_sessions();
alter function profiles_end_sessions() owner to spacehub_auth;
create policy ends on sessions for delete to spacehub_auth using (true);
grant delete on sessions to spacehub_auth;

-- Who is asked to work for an owner, at which address, as what.
create table invitations (
    id uuid primary key,
    owner_id uuid not null default app_owner_id() references property_owners,
    email text constraint invitations_email_lower check (email = lower(email)),
    phone_number text constraint invitations_phone_form check (phone_number ~ '^\+976[0-9]{8}$'),
    role text not null constraint invitations_role_known
        check (role in ('owner_director', 'owner_accountant', 'employee')),
    status text not null default 'pending' constraint invitations_status_known
        check (status in ('pending', 'accepted', 'rejected', 'canceled')),
    -- SHA-256 of the link's token, which the server's key can make again and nobody else
    token_hash bytea not null,
    inviter_id uuid not null default app_user_id() references users,
    expires_at timestamptz not null,
    accepted_by uuid references users,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint invitations_of_owner unique (owner_id, id),
    constraint invitations_token_once unique (token_hash),
    constraint invitations_one_address check ((email is null) <> (phone_number is null))
);
create unique index invitations_email_once on invitations (owner_id, email) where status = 'pending';
create unique index invitations_phone_once on invitations (owner_id, phone_number) where status = 'pending';
create index invitations_to_email on invitations (email) where status = 'pending';
call app_protect('invitations', '(select app_role()) in (''admin'', ''owner_director'', ''system'')',
                 '(select app_role()) in (''admin'', ''owner_director'', ''system'')');
create trigger touch before update on invitations for each row execute function app_touch();

-- Where an invited employee is to work.
create table invitation_properties (
    id uuid primary key,
    owner_id uuid not null default app_owner_id() references property_owners,
    invitation_id uuid not null,
    property_id uuid not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint invitation_properties_once unique (owner_id, invitation_id, property_id),
    foreign key (owner_id, invitation_id) references invitations (owner_id, id),
    foreign key (owner_id, property_id) references properties (owner_id, id)
);
call app_protect('invitation_properties', '(select app_role()) in (''admin'', ''owner_director'', ''system'')',
                 '(select app_role()) in (''admin'', ''owner_director'', ''system'')');

-- Who is invited holds a link or a session of no owner: the sign-in doors find the invitation for them.
create policy doors_read on invitations for select to spacehub_app, spacehub_worker
    using ((select app_role()) = 'auth');
create policy doors_answer on invitations for update to spacehub_app, spacehub_worker
    using ((select app_role()) = 'auth') with check ((select app_role()) = 'auth');
create policy doors_read on invitation_properties for select to spacehub_app, spacehub_worker
    using ((select app_role()) = 'auth');
create policy doors_name on property_owners for select to spacehub_app, spacehub_worker
    using ((select app_role()) = 'auth');
create policy doors_assign on property_assignments for insert to spacehub_app, spacehub_worker
    with check ((select app_role()) = 'auth');
