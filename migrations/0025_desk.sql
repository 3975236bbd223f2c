-- The desk: reports that were kept of a month, views of lists, bills written off, receipts returned, one memory of reminding.

-- Reports of a month that somebody took along, whole and once the month was over. Added to, never changed.
create table month_reports (
    id uuid primary key,
    owner_id uuid not null default app_owner_id() references property_owners,
    -- its first day
    month date not null constraint month_reports_month_is_a_month check (extract(day from month) = 1),
    report text not null constraint month_reports_report_known
        check (report in ('charges', 'collections', 'receivables', 'penalties')),
    row_count int not null constraint month_reports_rows_not_negative check (row_count >= 0),
    saved_by uuid default app_user_id() references users,
    saved_at timestamptz not null,
    created_at timestamptz not null default now(),
    constraint month_reports_of_owner unique (owner_id, id)
);
create index month_reports_of_month on month_reports (owner_id, month, report, saved_at);
call app_protect('month_reports', '(select app_keeps_books())', '(select app_keeps_books())');
revoke update on month_reports from spacehub_app, spacehub_worker;
drop policy changes on month_reports;

-- One memory of reminding: what is reminded of by a bulk order is a reminder like any other, which its items point at.
alter table bulk_orders add column stage smallint constraint bulk_orders_stage_known check (stage between 1 and 3);
alter table bulk_orders add constraint bulk_orders_stage_of_reminders check (stage is null or verb = 'remind');
alter table bulk_order_items add column reminder_id uuid;
alter table bulk_order_items add constraint bulk_order_items_owner_id_reminder_id_fkey
    foreign key (owner_id, reminder_id) references reminders (owner_id, id);
create index bulk_order_items_of_reminder on bulk_order_items (owner_id, reminder_id) where reminder_id is not null;

-- Views of a list: somebody's filter and columns under a name, for oneself or for all who work for the owner.
create table list_views (
    id uuid primary key,
    owner_id uuid not null default app_owner_id() references property_owners,
    user_id uuid not null default app_user_id() references users,
    list text not null constraint list_views_list_known check (list in ('invoices')),
    name text not null constraint list_views_name_length check (length(name) between 1 and 60),
    -- as the API takes it
    filter jsonb not null,
    columns text[] not null,
    shared boolean not null default false,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint list_views_of_owner unique (owner_id, id),
    constraint list_views_name_once unique (owner_id, user_id, list, name)
);
create index list_views_shared on list_views (owner_id, list) where shared;
call app_protect('list_views',
    '(select app_is_staff()) and (shared or user_id = (select app_user_id()))',
    '(select app_is_staff()) and user_id = (select app_user_id())',
    '(select app_is_staff()) and user_id = (select app_user_id())');
create trigger touch before update on list_views for each row execute function app_touch();
