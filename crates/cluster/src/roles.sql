-- The roles of Spacehub. They belong to the whole server, so no migration can make them.
--   spacehub_owner   makes the tables; nobody signs in as it
--   spacehub_auth    what the functions run as that open a session before anyone is known; nobody signs in as it
--   spacehub_app     requests
--   spacehub_worker  jobs and imports
do $$
declare
    all_roles constant text[] := array['spacehub_owner', 'spacehub_auth', 'spacehub_app', 'spacehub_worker'];
    role text;
begin
    foreach role in array all_roles loop
        if not exists (select from pg_roles where rolname = role) then
            begin
                -- Two nodes may come here at once.
                execute format('create role %I nologin', role);
            exception when duplicate_object or unique_violation then null;
            end;
        end if;
    end loop;

    -- Row policies bind neither superusers nor those who may bypass them: the roles that work must be neither.
    foreach role in array all_roles loop
        if exists (select from pg_roles where rolname = role and (rolsuper or rolbypassrls)) then
            execute format('alter role %I nosuperuser nobypassrls', role);
        end if;
    end loop;

    -- A plan is kept for as long as its connection. One made while a table was empty would read it from end to end long
    -- after it has grown; who serves people goes by the indexes from the first row on.
    if not exists (select from pg_roles where rolname = 'spacehub_app' and 'enable_seqscan=off' = any(rolconfig)) then
        alter role spacehub_app login;
        alter role spacehub_app set statement_timeout = '5s';
        alter role spacehub_app set idle_in_transaction_session_timeout = '15s';
        alter role spacehub_app set enable_seqscan = off;
    end if;
    if not exists (select from pg_roles where rolname = 'spacehub_worker' and 'enable_seqscan=off' = any(rolconfig)) then
        alter role spacehub_worker login;
        alter role spacehub_worker set statement_timeout = '60s';
        alter role spacehub_worker set idle_in_transaction_session_timeout = '60s';
        alter role spacehub_worker set enable_seqscan = off;
    end if;

    -- A function is handed over by someone who could act as its new owner.
    if not pg_has_role('spacehub_owner', 'spacehub_auth', 'member') then
        grant spacehub_auth to spacehub_owner;
    end if;

    -- Whoever migrates or works for the others must be able to put their hats on.
    foreach role in array all_roles loop
        if current_user <> role and not pg_has_role(current_user, role, 'member') then
            execute format('grant %I to current_user', role);
        end if;
    end loop;
end
$$;
