-- What bank lines pay: what matching offers, what was linked and by which payments, and the senders it remembers.

alter table bank_transactions
    -- bills that it may be for, best first: [{"invoice", "reasons"}]
    add column candidates jsonb not null default '[]',
    -- the line that it takes back
    add column reverses_id uuid,
    -- why a person ignores it or undid it
    add column note text not null default '' constraint bank_transactions_note_length check (length(note) <= 500),
    -- how often it was linked: part of its payments' reference, so that it can be linked again once it was undone
    add column times_linked int not null default 0 constraint bank_transactions_times_linked_not_negative check (times_linked >= 0),
    -- a person has undone it: nothing links it by itself any more
    add column held boolean not null default false,
    add constraint bank_transactions_owner_id_reverses_id_fkey foreign key (owner_id, reverses_id) references bank_transactions (owner_id, id);
-- What a run looks at: all that is neither linked nor ignored, and not a person's.
create index bank_transactions_waiting on bank_transactions (owner_id, posted_at, id)
    where state in ('unknown', 'probable') and not held;
-- The lines of a sum on an account, to find what another one takes back.
create index bank_transactions_by_amount on bank_transactions (owner_id, account_id, amount) where state = 'linked';
create index bank_transactions_taking_back on bank_transactions (owner_id, reverses_id) where reverses_id is not null;

-- The payments that a line was recorded as: one for each tenant whose bills it pays.
create table bank_links (
    id uuid primary key,
    owner_id uuid not null default app_owner_id() references property_owners,
    transaction_id uuid not null,
    payment_id uuid not null,
    -- null when matching did it by itself
    linked_by uuid references users,
    undone_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint bank_links_of_owner unique (owner_id, id),
    constraint bank_links_payment_once unique (owner_id, payment_id),
    foreign key (owner_id, transaction_id) references bank_transactions (owner_id, id),
    foreign key (owner_id, payment_id) references payments (owner_id, id)
);
create index bank_links_of_transaction on bank_links (owner_id, transaction_id);
call app_protect('bank_links', '(select app_keeps_books())', '(select app_keeps_books())');
create trigger touch before update on bank_links for each row execute function app_touch();

-- That an account has paid for a contract before.
create table bank_senders (
    id uuid primary key,
    owner_id uuid not null default app_owner_id() references property_owners,
    -- the sender's account; as the lines themselves, nowhere else
    account text not null constraint bank_senders_account_length check (length(account) between 1 and 34),
    contract_id uuid not null,
    -- the line that it was learnt from
    transaction_id uuid not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint bank_senders_of_owner unique (owner_id, id),
    constraint bank_senders_once unique (owner_id, account, contract_id),
    foreign key (owner_id, contract_id) references contracts (owner_id, id),
    foreign key (owner_id, transaction_id) references bank_transactions (owner_id, id)
);
create index bank_senders_of_contract on bank_senders (owner_id, contract_id);
create index bank_senders_of_transaction on bank_senders (owner_id, transaction_id);
call app_protect('bank_senders', '(select app_keeps_books())', '(select app_keeps_books())', '(select app_keeps_books())');
create trigger touch before update on bank_senders for each row execute function app_touch();

-- What may be missing of a bill for the rest of it to be written off when a person links a line, in mungo.
alter table property_owners
    add column bank_difference_limit bigint not null default 0
        constraint property_owners_bank_difference_limit_sensible check (bank_difference_limit between 0 and 1000000);
