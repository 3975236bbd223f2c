-- Which migrations this database has seen.
set local role spacehub_owner;
create table if not exists schema_migrations (
    number int primary key constraint schema_migrations_counts_from_one check (number > 0),
    name text not null,
    -- of the file's bytes
    sha256 bytea not null,
    applied_at timestamptz not null default now()
);
grant select on schema_migrations to spacehub_app, spacehub_worker;
