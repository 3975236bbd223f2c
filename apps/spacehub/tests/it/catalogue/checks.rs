//! The rules, each as the question "what breaks it?", and the few exceptions with their reasons.

/// A rule and the question that names whatever breaks it, one object a row.
#[derive(Debug)]
pub struct Check {
    pub name: &'static str,
    pub breaks: &'static str,
}

/// How many objects of each kind the walk passes, for the report.
pub const OBJECTS: &[(&str, &str)] = &[
    ("tables", "select count(*) from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')"),
    ("policies", "select count(*) from pg_policy"),
    (
        "functions",
        "select count(*) from pg_proc p where pronamespace = 'public'::regnamespace
         and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')",
    ),
    (
        "unique and exclusion indexes",
        "select count(*) from pg_index i join pg_class c on c.oid = i.indexrelid
         where c.relnamespace = 'public'::regnamespace and (indisunique or indisexclusion)",
    ),
    ("foreign keys", "select count(*) from pg_constraint where contype = 'f'"),
    ("columns", "select count(*) from information_schema.columns where table_schema = 'public'"),
    ("roles", "select count(*) from pg_roles where rolname like 'spacehub%'"),
];

/// What may break a rule, and why it may.
pub const EXCEPTIONS: &[(&str, &str, &str)] = &[
    ("row security forced", "schema_migrations", "names of migrations, nobody's rows; read at every start"),
    ("policy for each grant", "schema_migrations select spacehub_app", "names of migrations, nobody's rows"),
    ("policy for each grant", "schema_migrations select spacehub_worker", "names of migrations, nobody's rows"),
    ("policy by owner", "audit_log.adds", "an act of the platform itself has no owner, and nobody reads it as one"),
    ("policy by owner", "outbox.adds", "a letter about an account has no owner; nobody reads it as one"),
    ("policy by owner", "outbox.works", "a worker claims the due rows of every owner, then acts as each of them"),
    ("policy by owner", "idempotency_keys.retention", "old answers of every owner are swept"),
    ("policy by owner", "idempotency_keys.retention_reads", "old answers of every owner are swept"),
    (
        "policy by owner",
        "invitations.doors_read",
        "found by the link's hash or the invited address, before the owner is known",
    ),
    ("policy by owner", "invitations.doors_answer", "answered by who was invited, who has no owner yet"),
    ("policy by owner", "invitation_properties.doors_read", "read when the invitation is accepted, at the doors"),
    (
        "policy by owner",
        "property_assignments.doors_assign",
        "an accepted invitation assigns its properties, at the doors",
    ),
    ("policy by owner", "profiles.reads", "a person without an owner reads the own profile; staff reads the owner's"),
    ("policy by owner", "profiles.adds", "the sign-in doors add profiles, of people without an owner too"),
    ("policy by owner", "profiles.changes", "one's own profile, of the columns that are granted"),
    ("policy asks who", "cron_slots.works", "slots of the clock, nobody's rows; workers only"),
    ("policy asks who", "outbox.works", "a worker claims the due rows of every owner, then acts as each of them"),
    ("owner is never null", "audit_log", "an act of the platform itself has no owner"),
    ("owner is never null", "outbox", "a letter about an account is for a person, not for an owner"),
    ("owner is never null", "profiles", "platform staff and tenants have no owner"),
    ("nothing is immutable", "app_name_key", "spells a name that it is given; it reads no setting and no table"),
    (
        "nothing is deleted along",
        "contract_history.contract_history_owner_id_contract_id_fkey",
        "nobody may delete an entry; it goes with a contract that an undone import takes out",
    ),
    (
        "nothing is deleted along",
        "deposit_entries.deposit_entries_owner_id_contract_id_fkey",
        "nobody may delete an entry; it goes with a contract that an undone import takes out",
    ),
    ("tables have an owner", "accounts", "of a user, not of an owner"),
    ("tables have an owner", "backup_codes", "of a user, not of an owner"),
    ("tables have an owner", "cron_slots", "slots of the clock, nobody's rows"),
    ("tables have an owner", "devices", "of a user, not of an owner"),
    ("tables have an owner", "password_resets", "of a user, not of an owner"),
    ("tables have an owner", "property_owners", "the owners themselves; policies go by its id"),
    ("tables have an owner", "schema_migrations", "names of migrations, nobody's rows"),
    ("tables have an owner", "sessions", "of a user, not of an owner"),
    ("tables have an owner", "sign_ups", "of nobody yet: a user and an owner are made of it"),
    ("tables have an owner", "signing_keys", "the server's own"),
    ("tables have an owner", "trusted_devices", "of a user, not of an owner"),
    ("tables have an owner", "two_factors", "of a user, not of an owner"),
    ("tables have an owner", "users", "of a user, not of an owner"),
    ("tables have an owner", "waiting_sign_ins", "of a user, not of an owner"),
    ("unique within the owner", "accounts_one_a_provider", "a user's own; nothing an owner could guess at"),
    ("unique within the owner", "backup_codes_once", "a user's own; nothing an owner could guess at"),
    ("unique within the owner", "cron_slots_once", "slots of the clock, nobody's rows"),
    ("unique within the owner", "devices_token_once", "a user's own; nothing an owner could guess at"),
    (
        "unique within the owner",
        "invitations_token_once",
        "a hash of a random token: looked up before the owner is known",
    ),
    ("unique within the owner", "invoices_link_once", "a hash of 256 random bits: looked up before the owner is known"),
    ("unique within the owner", "password_resets_token_once", "a hash of 128 bits: looked up before anyone is known"),
    ("unique within the owner", "payment_intents_callback_once", "a hash of 256 random bits, likewise"),
    ("unique within the owner", "profiles_one_a_user", "one place a person; only the sign-in doors add any"),
    (
        "unique within the owner",
        "property_owners_register_no_once",
        "the state's number of an owner; platform staff only",
    ),
    ("unique within the owner", "schema_migrations_pkey", "names of migrations, nobody's rows"),
    ("unique within the owner", "sessions_token_once", "a hash of a random token: looked up before anyone is known"),
    ("unique within the owner", "trusted_devices_token_once", "a hash of a random token"),
    ("unique within the owner", "two_factors_once", "a user's own; nothing an owner could guess at"),
    ("unique within the owner", "users_email_once", "how a person signs in, before any owner is known"),
    ("unique within the owner", "users_phone_once", "how a person signs in, before any owner is known"),
    ("unique within the owner", "waiting_sign_ins_token_once", "a hash of a random token"),
    ("only quantities are numeric", "invoice_items.quantity", "days, square metres, units of a meter"),
    ("only quantities are numeric", "meters.initial", "what a counter shows"),
    ("only quantities are numeric", "meters.multiplier", "a ratio"),
    ("only quantities are numeric", "readings.previous", "what a counter shows"),
    ("only quantities are numeric", "readings.current", "what a counter shows"),
    ("only quantities are numeric", "readings.multiplier", "a ratio"),
    ("only quantities are numeric", "readings.difference", "units of a meter"),
    ("only quantities are numeric", "readings.consumption", "kWh, m³, Gcal"),
    ("only quantities are numeric", "properties.total_area_m2", "square metres"),
    ("only quantities are numeric", "rooms.area_m2", "square metres"),
];

pub const CHECKS: &[Check] = &[
    Check {
        name: "one schema",
        breaks: "select nspname::text from pg_namespace
                  where nspname not in ('public', 'information_schema') and nspname !~ '^pg_'",
    },
    Check {
        name: "row security forced",
        breaks: "select relname::text from pg_class where relnamespace = 'public'::regnamespace
                    and relkind in ('r', 'p') and not (relrowsecurity and relforcerowsecurity)",
    },
    Check {
        name: "policy for each grant",
        breaks: "select concat_ws(' ', c.relname, g.command, r.rolname)
                   from pg_class c, pg_roles r,
                        (values ('select', 'r'), ('insert', 'a'), ('update', 'w'), ('delete', 'd')) g (command, code)
                  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
                    and r.rolname in ('spacehub_app', 'spacehub_worker', 'spacehub_auth')
                    and (has_table_privilege(r.oid, c.oid, g.command)
                         or g.command <> 'delete' and has_any_column_privilege(r.oid, c.oid, g.command))
                    and not exists (select from pg_policy p where p.polrelid = c.oid and r.oid = any(p.polroles)
                                       and p.polcmd in (g.code, '*'))",
    },
    Check {
        name: "policy with check",
        breaks: "select concat(polrelid::regclass, '.', polname) from pg_policy
                  where polcmd in ('a', 'w', '*') and polwithcheck is null",
    },
    Check {
        name: "policy for known roles",
        breaks: "select concat(polrelid::regclass, '.', polname) from pg_policy p, unnest(p.polroles) to_role
                  where to_role not in (select oid from pg_roles
                         where rolname in ('spacehub_app', 'spacehub_worker', 'spacehub_auth'))",
    },
    Check {
        // What the opening functions run as only looks up who asks; everyone else is narrowed to the owner.
        name: "policy by owner",
        breaks: "select concat(p.polrelid::regclass, '.', p.polname) from pg_policy p
                  where p.polrelid in (select attrelid from pg_attribute where attname = 'owner_id' and not attisdropped)
                    and p.polroles <> array[(select oid from pg_roles where rolname = 'spacehub_auth')]
                    and exists (select from (values (pg_get_expr(polqual, polrelid)), (pg_get_expr(polwithcheck, polrelid))) e (said)
                                 where said !~ '^\\(owner_id = \\( SELECT app_owner_id\\(\\) AS app_owner_id\\)\\)$'
                                   and said !~ '^\\(\\(owner_id = \\( SELECT app_owner_id\\(\\) AS app_owner_id\\)\\) AND ')",
    },
    Check {
        name: "policy asks who",
        breaks: "select concat(p.polrelid::regclass, '.', p.polname) from pg_policy p
                  where p.polroles <> array[(select oid from pg_roles where rolname = 'spacehub_auth')]
                    and (pg_get_expr(polqual, polrelid) !~ 'app_[a-z_]+\\(\\)'
                         or pg_get_expr(polwithcheck, polrelid) !~ 'app_[a-z_]+\\(\\)')",
    },
    Check {
        // Bare, a function without arguments is asked once a row instead of once a statement; a setting read bare fails
        // on ''. What is asked about a row (`app_reaches_contract(contract_id)`) has to be asked row by row.
        name: "policy reads settings once",
        breaks: "select concat(polrelid::regclass, '.', polname) from pg_policy p,
                        regexp_replace(concat(pg_get_expr(polqual, polrelid), ' ', pg_get_expr(polwithcheck, polrelid)),
                                       '\\( SELECT app_[a-z_]+\\(\\)', '', 'g') rest
                  where rest ~ 'app_[a-z_]+\\(\\)' or rest ~ 'current_setting'",
    },
    Check {
        name: "policy functions are stable",
        breaks: "select distinct f.proname::text from pg_depend d join pg_proc f on f.oid = d.refobjid
                  where d.classid = 'pg_policy'::regclass and d.refclassid = 'pg_proc'::regclass
                    and f.pronamespace = 'public'::regnamespace and (f.provolatile <> 's' or f.prosecdef)",
    },
    Check {
        // Whatever reads a setting, through however many steps, changes from request to request.
        name: "nothing is immutable",
        breaks: "select p.proname::text from pg_proc p where pronamespace = 'public'::regnamespace and provolatile = 'i'
                    and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')",
    },
    Check {
        name: "settings read with nullif",
        breaks: "select proname::text from pg_proc where pronamespace = 'public'::regnamespace
                    and (length(replace(prosrc, 'current_setting(', '')) <> length(prosrc) -
                         length('current_setting(') * (select count(*) from regexp_matches(prosrc,
                                'nullif\\(current_setting\\(''app\\.[a-z_]+'', true\\), ''''\\)', 'g')))",
    },
    Check {
        name: "settings live for a transaction",
        breaks: "select proname::text from pg_proc where pronamespace = 'public'::regnamespace
                    and (prosrc ~* '\\mset\\s+(session\\s+)?app\\.' or prosrc ~ 'set_config\\([^;]*, false\\)')",
    },
    Check {
        name: "roles without power",
        breaks: "select rolname::text from pg_roles
                  where rolname in ('spacehub_app', 'spacehub_worker', 'spacehub_auth', 'spacehub_owner')
                    and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication
                         or (rolcanlogin and rolname in ('spacehub_auth', 'spacehub_owner')))",
    },
    Check {
        name: "runtime roles belong nowhere",
        breaks: "select concat(m.rolname, ' in ', r.rolname) from pg_auth_members a
                   join pg_roles m on m.oid = a.member join pg_roles r on r.oid = a.roleid
                  where m.rolname in ('spacehub_app', 'spacehub_worker', 'spacehub_auth')",
    },
    Check {
        name: "runtime roles own nothing",
        breaks: "select relname::text from pg_class where relowner in
                        (select oid from pg_roles where rolname in ('spacehub_app', 'spacehub_worker', 'spacehub_auth'))
                  union all
                 select proname::text from pg_proc where proowner in
                        (select oid from pg_roles where rolname in ('spacehub_app', 'spacehub_worker'))",
    },
    Check {
        name: "runtime roles make nothing",
        breaks: "select r.rolname::text from pg_roles r
                  where r.rolname in ('spacehub_app', 'spacehub_worker')
                    and (has_schema_privilege(r.oid, 'public', 'create')
                         or has_database_privilege(r.oid, current_database(), 'create')
                         or has_database_privilege(r.oid, current_database(), 'temp'))",
    },
    Check {
        name: "no truncate, references, trigger",
        breaks: "select concat_ws(' ', c.relname, r.rolname, g.privilege) from pg_class c, pg_roles r,
                        (values ('truncate'), ('references'), ('trigger')) g (privilege)
                  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v')
                    and r.rolname in ('spacehub_app', 'spacehub_worker', 'spacehub_auth')
                    and has_table_privilege(r.oid, c.oid, g.privilege)",
    },
    Check {
        name: "nothing granted to everyone",
        breaks: "select c.relname::text from pg_class c, aclexplode(c.relacl) a
                  where c.relnamespace = 'public'::regnamespace and a.grantee = 0
                  union all
                 select a.attrelid::regclass || '.' || a.attname from pg_attribute a, aclexplode(a.attacl) g
                  where g.grantee = 0 and a.attrelid in
                        (select oid from pg_class where relnamespace = 'public'::regnamespace)",
    },
    Check {
        name: "views ask as the reader",
        breaks: "select relname::text from pg_class where relnamespace = 'public'::regnamespace and relkind = 'v'
                    and not coalesce(reloptions::text[] && array['security_invoker=true', 'security_invoker=on', 'security_invoker=1'], false)",
    },
    Check {
        name: "no copies beside row security",
        breaks: "select relname::text from pg_class where relnamespace = 'public'::regnamespace and relkind in ('m', 'f')",
    },
    Check {
        name: "definers are known",
        breaks: "select proname::text from pg_proc where pronamespace = 'public'::regnamespace and prosecdef
                    and proname not in ('app_begin', 'app_begin_link', 'app_begin_callback', 'app_is_new_tenant',
                                    'app_unasked_tenants', 'app_places', 'app_let_go', 'profiles_end_sessions',
                                    'app_linked_account')",
    },
    Check {
        name: "definers fix their search path",
        breaks: "select proname::text from pg_proc where pronamespace = 'public'::regnamespace and prosecdef
                    and not coalesce(proconfig @> array['search_path=pg_catalog, public, pg_temp'], false)",
    },
    Check {
        name: "definers are not for everyone",
        breaks: "select p.proname::text from pg_proc p,
                        aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
                  where p.pronamespace = 'public'::regnamespace and p.prosecdef and a.grantee = 0",
    },
    Check {
        name: "definers run as a humble role",
        breaks: "select p.proname::text from pg_proc p join pg_roles r on r.oid = p.proowner
                  where p.pronamespace = 'public'::regnamespace and p.prosecdef and r.rolname <> 'spacehub_auth'",
    },
    Check {
        // A primary key of one UUID v7 made by the server tells nobody anything.
        name: "unique within the owner",
        breaks: "select i.indexrelid::regclass::text from pg_index i
                   join pg_class c on c.oid = i.indrelid
                   left join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
                  where c.relnamespace = 'public'::regnamespace and (i.indisunique or i.indisexclusion)
                    and a.attname is distinct from 'owner_id'
                    and not (i.indisprimary and i.indnkeyatts = 1 and a.attname = 'id' and a.atttypid = 'uuid'::regtype)",
    },
    Check {
        name: "references within the owner",
        breaks: "select concat(k.conrelid::regclass, '.', k.conname) from pg_constraint k
                   join pg_attribute a on a.attrelid = k.conrelid and a.attname = 'owner_id'
                   join pg_attribute b on b.attrelid = k.confrelid and b.attname = 'owner_id'
                  where k.contype = 'f'
                    and not exists (select from generate_subscripts(k.conkey, 1) n
                                     where k.conkey[n] = a.attnum and k.confkey[n] = b.attnum)",
    },
    Check {
        name: "nothing is deleted along",
        breaks: "select concat(conrelid::regclass, '.', conname) from pg_constraint
                  where contype = 'f' and (confdeltype <> 'a' or confupdtype <> 'a')",
    },
    Check {
        name: "no sequences",
        breaks: "select relname::text from pg_class where relnamespace = 'public'::regnamespace and relkind = 'S'",
    },
    Check {
        name: "no enum types",
        breaks: "select typname::text from pg_type where typnamespace = 'public'::regnamespace and typtype = 'e'",
    },
    Check {
        name: "only quantities are numeric",
        breaks: "select attrelid::regclass || '.' || attname from pg_attribute a join pg_class c on c.oid = a.attrelid
                  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and attnum > 0 and not attisdropped
                    and atttypid in ('numeric'::regtype, 'real'::regtype, 'double precision'::regtype, 'money'::regtype)",
    },
    Check {
        name: "money is bigint",
        breaks: "select attrelid::regclass || '.' || attname from pg_attribute a join pg_class c on c.oid = a.attrelid
                  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and attnum > 0 and not attisdropped
                    and attname ~ '(^|_)(amount|price|rent|total|subtotal|tax|allocated|received|balance|mungo)$'
                    and atttypid <> 'bigint'::regtype",
    },
    Check {
        name: "owner is never null",
        breaks: "select attrelid::regclass::text from pg_attribute a join pg_class c on c.oid = a.attrelid
                  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
                    and attname = 'owner_id' and not attisdropped and not attnotnull",
    },
    Check {
        name: "tables have an owner",
        breaks: "select relname::text from pg_class c where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
                    and not exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'owner_id')",
    },
];
