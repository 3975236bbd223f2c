-- Papers made of contracts as PDF: what was asked for, and where it lies in the store once it is made.

create table documents (
    id uuid primary key,
    owner_id uuid not null default app_owner_id() references property_owners,
    contract_id uuid not null,
    kind text not null constraint documents_kind_known check (kind in ('contract', 'hand_over', 'statement')),
    -- each making is a version of its own, counted from 1
    version int not null constraint documents_version_positive check (version > 0),
    -- as printed on it
    number text not null,
    dated_on date not null,
    -- the contract was not in force yet: never the tenant's to see
    draft boolean not null,
    -- a statement's period
    first_day date,
    last_day date,
    -- who takes the rooms of a hand-over act
    hand_over_to text constraint documents_hand_over_to_known check (hand_over_to in ('tenant', 'owner')),
    -- post and name of who signs for the owner
    signer text,
    status text not null default 'pending' constraint documents_status_known check (status in ('pending', 'ready', 'failed')),
    failure text,
    -- where it lies or is going to; given at once, so that a second try writes over the first
    key text not null,
    -- in bytes
    size bigint,
    pages int,
    made_by uuid default app_user_id() references users,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint documents_of_owner unique (owner_id, id),
    constraint documents_version_once unique (owner_id, contract_id, kind, version),
    constraint documents_ready_has_size check ((status = 'ready') = (size is not null and pages is not null)),
    constraint documents_failed_has_reason check ((status = 'failed') = (failure is not null)),
    constraint documents_statement_has_period check ((kind = 'statement') = (first_day is not null and last_day is not null)),
    constraint documents_act_has_taker check ((kind = 'hand_over') = (hand_over_to is not null)),
    foreign key (owner_id, contract_id) references contracts (owner_id, id)
);
create index documents_of_contract on documents (owner_id, contract_id, id);
-- Who sees the contract sees its documents: an employee all but what tells of money, the tenant what is finished.
call app_protect('documents',
    '(select app_sees_all_properties())
     or (case (select app_role()) when ''employee'' then kind <> ''statement''
                                  when ''tenant'' then status = ''ready'' and not draft
                                  else false end
         and app_reaches_contract(contract_id))',
    '(select app_keeps_books()) or ((select app_role()) = ''employee'' and kind <> ''statement'' and app_reaches_contract(contract_id))');

-- The same paper of many contracts, in one archive.
create table document_batches (
    id uuid primary key,
    owner_id uuid not null default app_owner_id() references property_owners,
    kind text not null constraint document_batches_kind_known check (kind in ('contract', 'statement')),
    dated_on date not null,
    first_day date,
    last_day date,
    property_id uuid,
    signer text,
    status text not null default 'pending'
        constraint document_batches_status_known check (status in ('pending', 'ready', 'failed')),
    failure text,
    total int not null,
    done int not null default 0,
    -- codes of contracts whose document could not be made
    left_out text[] not null default '{}',
    key text not null,
    -- in bytes
    size bigint,
    made_by uuid default app_user_id() references users,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint document_batches_of_owner unique (owner_id, id),
    constraint document_batches_ready_has_size check ((status = 'ready') = (size is not null)),
    constraint document_batches_failed_has_reason check ((status = 'failed') = (failure is not null)),
    constraint document_batches_statement_has_period
        check ((kind = 'statement') = (first_day is not null and last_day is not null)),
    foreign key (owner_id, property_id) references properties (owner_id, id)
);
create index document_batches_newest on document_batches (owner_id, id);
call app_protect('document_batches', '(select app_keeps_books())', '(select app_keeps_books())');

create trigger touch before update on documents for each row execute function app_touch();
create trigger touch before update on document_batches for each row execute function app_touch();
