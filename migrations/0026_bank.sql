-- Bank accounts that are read: their statements and every line of them, and what their bank is signed in to with.

alter table bank_accounts
    add column currency text not null default 'MNT' constraint bank_accounts_currency_form check (currency ~ '^[A-Z]{3}$'),
    add column version int not null default 1;

-- How an account is read at its bank: read-only by design, no key that moves money is ever held. A row of its own, for
-- those who pay see the account.
create table bank_connections (
    id uuid primary key,
    owner_id uuid not null default app_owner_id() references property_owners,
    account_id uuid not null,
    -- what the bank gave to sign in with, sealed for this account
    sealed bytea not null,
    -- untested: nobody asked the bank yet; failing: it could not be asked; refused: the bank says no, and is not asked again
    status text not null default 'untested' constraint bank_connections_status_known
        check (status in ('untested', 'working', 'failing', 'refused')),
    -- what the bank said, in its own words, without any account or key
    said text not null default '' constraint bank_connections_said_length check (length(said) <= 300),
    -- when the bank last answered, whatever it said
    asked_at timestamptz,
    -- the last day that was read whole
    read_through date,
    -- the highest record that was stored, where the bank counts them
    cursor bigint constraint bank_connections_cursor_not_negative check (cursor >= 0),
    version int not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint bank_connections_of_owner unique (owner_id, id),
    constraint bank_connections_one_each unique (owner_id, account_id),
    foreign key (owner_id, account_id) references bank_accounts (owner_id, id)
);
call app_protect('bank_connections', '(select app_keeps_books())', '(select app_directs())', '(select app_directs())');
create trigger touch before update on bank_connections for each row execute function app_touch();

-- A statement that was taken in: a file, or what a bank answered for some days.
create table bank_statements (
    id uuid primary key,
    owner_id uuid not null default app_owner_id() references property_owners,
    account_id uuid not null,
    source text not null constraint bank_statements_source_known check (source in ('file', 'bank')),
    -- how the file was called; '' when the bank was asked
    file_name text not null default '' constraint bank_statements_file_name_length check (length(file_name) <= 200),
    -- SHA-256 of the file's bytes
    digest bytea,
    -- which of the known layouts it had
    layout text not null default '',
    period_from date,
    period_to date,
    -- all in mungo, as the statement says; null where it doesn't
    opening bigint,
    closing bigint,
    -- sums of the lines: in not below, out not above nought
    total_in bigint not null constraint bank_statements_in_not_negative check (total_in >= 0),
    total_out bigint not null constraint bank_statements_out_not_positive check (total_out <= 0),
    lines int not null constraint bank_statements_lines_not_negative check (lines >= 0),
    -- how many of them nobody had brought before
    new_lines int not null constraint bank_statements_new_lines_within check (new_lines between 0 and lines),
    taken_by uuid default app_user_id() references users,
    created_at timestamptz not null default now(),
    constraint bank_statements_of_owner unique (owner_id, id),
    constraint bank_statements_file_has_digest check ((source = 'file') = (digest is not null)),
    foreign key (owner_id, account_id) references bank_accounts (owner_id, id)
);
create index bank_statements_of_account on bank_statements (owner_id, account_id, id);
call app_protect('bank_statements', '(select app_keeps_books())', '(select app_keeps_books())');
revoke update on bank_statements from spacehub_app, spacehub_worker;
drop policy changes on bank_statements;

-- A movement on an account, once, however many files and answers held it.
create table bank_transactions (
    id uuid primary key,
    owner_id uuid not null default app_owner_id() references property_owners,
    account_id uuid not null,
    -- the statement that brought it first, and its row or place there
    statement_id uuid not null,
    row_no int not null constraint bank_transactions_row_no_positive check (row_no > 0),
    -- SHA-256 over what the line says, and the how-many-eth of its equals it is: twins of one second are two movements
    fingerprint bytea not null constraint bank_transactions_fingerprint_length check (length(fingerprint) = 32),
    occurrence int not null default 1 constraint bank_transactions_occurrence_positive check (occurrence > 0),
    -- the bank's own name for it, where it was read from the bank
    bank_ref text,
    posted_at timestamptz not null,
    -- minute: the file tells no seconds; day: not even a time
    precision text not null default 'second' constraint bank_transactions_precision_known
        check (precision in ('second', 'minute', 'day')),
    -- in mungo: in above, out below nought
    amount bigint not null constraint bank_transactions_amount_not_zero check (amount <> 0),
    balance_after bigint,
    -- as it came, in one line
    description text not null default '',
    counter_account text,
    counter_name text,
    -- the bank marks it as taken back or put right
    corrected boolean not null default false,
    -- the bank says something else of it now than it did: nothing changes by itself, a person looks
    changed_at timestamptz,
    -- what matching says of it; new ones wait to be judged
    state text not null default 'unknown' constraint bank_transactions_state_known
        check (state in ('unknown', 'probable', 'linked', 'ignored')),
    -- by what it was judged: number, sender, amount
    basis text not null default '',
    -- the sentences' data, for the words to make sentences of
    reasons jsonb not null default '[]',
    judged_at timestamptz,
    version int not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint bank_transactions_of_owner unique (owner_id, id),
    constraint bank_transactions_once unique (owner_id, account_id, fingerprint, occurrence),
    foreign key (owner_id, account_id) references bank_accounts (owner_id, id),
    foreign key (owner_id, statement_id) references bank_statements (owner_id, id)
) with (fillfactor = 85);
create unique index bank_transactions_ref_once on bank_transactions (owner_id, account_id, bank_ref) where bank_ref is not null;
create index bank_transactions_by_time on bank_transactions (owner_id, account_id, posted_at, id);
create index bank_transactions_by_state on bank_transactions (owner_id, state, posted_at, id);
create index bank_transactions_of_statement on bank_transactions (owner_id, statement_id, row_no);
create index bank_transactions_unjudged on bank_transactions (owner_id, posted_at, id) where judged_at is null;
call app_protect('bank_transactions', '(select app_keeps_books())', '(select app_keeps_books())');
create trigger touch before update on bank_transactions for each row execute function app_touch();
