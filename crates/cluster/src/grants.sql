-- What the roles may do in this database, before any table exists; run in the database itself.
do $$
begin
    execute format('revoke all on database %I from public', current_database());
    execute format('grant connect, create on database %I to spacehub_owner', current_database());
    execute format('grant connect on database %I to spacehub_app, spacehub_worker', current_database());
    revoke all on schema public from public;
    grant usage, create on schema public to spacehub_owner, spacehub_auth;
    grant usage on schema public to spacehub_app, spacehub_worker;
end
$$;
