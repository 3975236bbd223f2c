-- Sign-ups whose address is not confirmed yet, and the links by which a forgotten password is made anew. They belong to
-- nobody who is signed in: only the sign-in doors see them.

-- Nothing is taken before the address is confirmed: neither the address nor the company's register number.
create table sign_ups (
    -- becomes the user's
    id uuid primary key,
    email text not null constraint sign_ups_email_lower check (email = lower(email)),
    name text not null,
    image text,
    password_hash text not null,
    locale text not null constraint sign_ups_locale_known check (locale in ('mn', 'en')),
    -- the company that becomes an owner; none: a person by themselves
    company_name text,
    register_no text constraint sign_ups_register_no_form check (register_no ~ '^[0-9]{7}$'),
    callback_url text,
    -- how often its letter was written
    letters int not null default 0,
    created_at timestamptz not null,
    updated_at timestamptz not null default now(),
    constraint sign_ups_company_whole check ((company_name is null) = (register_no is null))
);
create index sign_ups_of_email on sign_ups (email, created_at);
create index sign_ups_by_age on sign_ups (created_at);
alter table sign_ups enable row level security;
alter table sign_ups force row level security;
create policy auth on sign_ups for all to spacehub_app, spacehub_worker
    using ((select app_role()) = 'auth') with check ((select app_role()) = 'auth');
grant select, insert, update, delete on sign_ups to spacehub_app, spacehub_worker;
create trigger touch before update on sign_ups for each row execute function app_touch();

create table password_resets (
    -- the promise that wrote the letter: a second try of it makes no second link
    id uuid primary key,
    user_id uuid not null references users,
    -- SHA-256 of the token in the link
    token_hash bytea not null constraint password_resets_token_once unique,
    expires_at timestamptz not null,
    created_at timestamptz not null,
    updated_at timestamptz not null default now()
);
create index password_resets_of_user on password_resets (user_id, created_at);
alter table password_resets enable row level security;
alter table password_resets force row level security;
create policy auth on password_resets for all to spacehub_app, spacehub_worker
    using ((select app_role()) = 'auth') with check ((select app_role()) = 'auth');
grant select, insert, delete on password_resets to spacehub_app, spacehub_worker;

-- A company that signed up becomes an owner the moment its director's address is confirmed, by their hand alone.
create policy signs_up on property_owners for insert to spacehub_app
    with check ((select app_role()) = 'auth' and id = (select app_owner_id()));

-- Whoever deletes themselves takes their ways in along; the row stays for what they did.
grant delete on accounts to spacehub_app;
