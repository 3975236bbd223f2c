-- Runs of a month: who ordered one, how far it is, whom it left out and why.

create table month_runs (
    id uuid primary key,
    owner_id uuid not null default app_owner_id() references property_owners,
    -- the first day of the month that is billed
    month date not null constraint month_runs_month_is_a_month check (extract(day from month) = 1),
    issue_on date not null,
    status text not null constraint month_runs_status_known check (status in ('ordered', 'running', 'done', 'stopped')),
    -- the clock when nobody
    ordered_by uuid default app_user_id() references users,
    -- whether tenants are told
    send boolean not null,
    -- {"mn": …, "en": …}
    stopped_because jsonb,
    -- how many contracts the planning looked at, how many of them lacked their bill, how many had it before
    contracts int not null default 0,
    to_bill int not null default 0,
    existing int not null default 0,
    parked int not null default 0,
    -- how far it is: contracts gone through, bills made and what they come to in mungo
    gone_through int not null default 0,
    billed int not null default 0,
    total bigint not null default 0,
    -- the code of the last contract gone through; the next batch begins behind it
    reached text,
    first_code text,
    last_code text,
    started_at timestamptz,
    finished_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint month_runs_of_owner unique (owner_id, id),
    constraint month_runs_stopped_says_why check ((status = 'stopped') = (stopped_because is not null)),
    constraint month_runs_over_has_its_end check ((status in ('done', 'stopped')) = (finished_at is not null)),
    constraint month_runs_within_the_plan check (gone_through <= contracts and billed <= gone_through)
) with (fillfactor = 50);
create index month_runs_of_month on month_runs (owner_id, month, id);
-- A month has one run under way, however many press the button.
create unique index month_runs_one_under_way on month_runs (owner_id, month) where status in ('ordered', 'running');
call app_protect('month_runs', '(select app_keeps_books())', '(select app_keeps_books())');
create trigger touch before update on month_runs for each row execute function app_touch();

-- Contracts that a run left out, each with the reason in words.
create table month_run_parked (
    id uuid primary key,
    owner_id uuid not null default app_owner_id() references property_owners,
    run_id uuid not null,
    contract_id uuid not null,
    kind text not null constraint month_run_parked_kind_known check (kind in ('rent', 'utility')),
    -- what it was billed the month before, in mungo
    previous bigint not null,
    -- {"mn": …, "en": …}
    because jsonb not null,
    created_at timestamptz not null default now(),
    constraint month_run_parked_once unique (owner_id, run_id, contract_id, kind),
    foreign key (owner_id, run_id) references month_runs (owner_id, id),
    foreign key (owner_id, contract_id) references contracts (owner_id, id)
);
call app_protect('month_run_parked', '(select app_keeps_books())', '(select app_keeps_books())');
drop policy changes on month_run_parked;
revoke update on month_run_parked from spacehub_app, spacehub_worker;

-- Each batch that a run has made, as it was committed: added to, never changed.
create table month_run_batches (
    id uuid primary key,
    owner_id uuid not null default app_owner_id() references property_owners,
    run_id uuid not null,
    gone_through int not null,
    billed int not null,
    -- in mungo
    total bigint not null,
    reached text,
    created_at timestamptz not null default now(),
    foreign key (owner_id, run_id) references month_runs (owner_id, id)
);
create index month_run_batches_of_run on month_run_batches (owner_id, run_id, id);
call app_protect('month_run_batches', '(select app_keeps_books())', '(select app_keeps_books())');
drop policy changes on month_run_batches;
revoke update on month_run_batches from spacehub_app, spacehub_worker;
