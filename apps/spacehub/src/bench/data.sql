-- Owners with contracts (one room, two lines each) and invoices; ids can be worked out from a number, so that load
-- needs no look-up: contract n belongs to owner n % owners, session s ("s<number>") to user s % users.
set synchronous_commit = off;
create function bench_id(series bigint, n bigint) returns uuid language sql immutable
    as $$ select (lpad(to_hex(series + n), 8, '0') || '-0000-7000-8000-000000000000')::uuid $$;

insert into property_owners (id, name, register_no)
select bench_id(x'01800000'::int, n), 'Эзэмшигч ' || n, lpad((1000000 + n)::text, 7, '0') from generate_series(0, {owners} - 1) n;
insert into users (id, name, email)
select bench_id(x'01810000'::int, n), 'Хэрэглэгч ' || n, 'u' || n || '@bench.test' from generate_series(0, {owners} * 5 - 1) n;
insert into profiles (id, user_id, owner_id, full_name, role)
select bench_id(x'01810000'::int, n), bench_id(x'01810000'::int, n), bench_id(x'01800000'::int, n % {owners}), 'Хэрэглэгч ' || n,
       'owner_accountant' from generate_series(0, {owners} * 5 - 1) n;
insert into sessions (id, token_hash, user_id, expires_at)
select bench_id(x'01840000'::int, n), sha256(convert_to('s' || n, 'UTF8')), bench_id(x'01810000'::int, n % ({owners} * 5)),
       now() + interval '400 days' from generate_series(0, {sessions} - 1) n;
insert into properties (id, owner_id, name)
select bench_id(x'01820000'::int, n), bench_id(x'01800000'::int, n), 'Барилга' from generate_series(0, {owners} - 1) n;
insert into rooms (id, owner_id, property_id, unit_no, unit_key, kind, area_m2)
select bench_id(x'01b00000'::int, n), bench_id(x'01800000'::int, n % {owners}), bench_id(x'01820000'::int, n % {owners}),
       'A-' || n / {owners}, 'A-' || n / {owners}, 'office', 20 + n % 80 from generate_series(0, {contracts} - 1) n;
insert into tenants (id, owner_id, kind, name, register_no, phone)
select bench_id(x'01c00000'::int, n), bench_id(x'01800000'::int, n % {owners}), 'company', 'Түрээслэгч ХХК ' || n,
       (2000000 + n)::text, '99112233' from generate_series(0, {contracts} - 1) n;
insert into contracts (id, owner_id, code, property_id, tenant_id, tenant_name_snapshot, units, kind, starts_on, ends_on, status, deposit_amount)
select bench_id(x'01900000'::int, n), bench_id(x'01800000'::int, n % {owners}), 'CT-2024-' || n / {owners},
       bench_id(x'01820000'::int, n % {owners}), bench_id(x'01c00000'::int, n), 'Түрээслэгч ХХК ' || n, 'A-' || n / {owners}, 'office',
       date '2024-01-01' + n::int % 365, date '2028-01-01' + n::int % 365, 'active', 300000000 from generate_series(0, {contracts} - 1) n;
insert into contract_rooms (id, owner_id, contract_id, room_id, during)
select bench_id(x'01d00000'::int, n), owner_id, c.id, bench_id(x'01b00000'::int, n), daterange(starts_on, ends_on, '[]')
  from generate_series(0, {contracts} - 1) n join contracts c on c.id = bench_id(x'01900000'::int, n);
insert into contract_items (id, owner_id, contract_id, room_id, kind, name, basis, unit_price, valid_from)
select bench_id(x'01e00000'::int, n * 2 + k), owner_id, c.id, bench_id(x'01b00000'::int, n), (array['rent', 'management'])[k + 1],
       'Талбайн түрээс', 'per_m2', 1500000 + k, starts_on
  from generate_series(0, {contracts} - 1) n join contracts c on c.id = bench_id(x'01900000'::int, n), generate_series(0, 1) k;
insert into contract_increases (id, owner_id, contract_id, item_id, kind, percent_bp, first_on, every_months, next_on)
select bench_id(x'05000000'::int, n), owner_id, contract_id, id, 'percent', 500, date '2029-01-01', 12, date '2029-01-01'
  from generate_series(0, {contracts} - 1) n join contract_items i on i.id = bench_id(x'01e00000'::int, n * 2);
insert into invoices (id, owner_id, code, kind, status, contract_id, tenant_id, property_id, customer_name, units, contract_code, period,
                      issued_on, due_on, subtotal, vat_amount, total, paid_amount)
select bench_id(x'02000000'::int, i), c.owner_id, 'INV-2024-' || i, 'rent', case when m < {months} - 2 then 'paid' else 'issued' end,
       c.id, c.tenant_id, c.property_id, c.tenant_name_snapshot, c.units, c.code, p, p, p + 14, 150000000, 15000000, 165000000,
       case when m < {months} - 2 then 165000000 else 0 end
  from (select n, m, n * {months} + m as i, (date '2024-01-01' + m * interval '1 month')::date as p
          from generate_series(0, {months} - 1) m, generate_series(0, {contracts} - 1) n) i
  join contracts c on c.id = bench_id(x'01900000'::int, n);
vacuum (analyze);
checkpoint;
