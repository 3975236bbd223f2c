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
