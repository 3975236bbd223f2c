-- One owner whose month is run: {contracts} contracts of one room and two lines each, billed the month before.
set synchronous_commit = off;
create function bench_id(series bigint, n bigint) returns uuid language sql immutable
    as $$ select (lpad(to_hex(series + n), 8, '0') || '-0000-7000-8000-000000000000')::uuid $$;

insert into property_owners (id, name, register_no) values (bench_id(x'01800000'::int, 0), 'Том эзэмшигч', '9999999');
insert into users (id, name, email) values (bench_id(x'01810000'::int, 0), 'Нягтлан', 'month@bench.test');
insert into profiles (id, user_id, owner_id, full_name, role)
values (bench_id(x'01810000'::int, 0), bench_id(x'01810000'::int, 0), bench_id(x'01800000'::int, 0), 'Нягтлан', 'owner_accountant');
insert into sessions (id, token_hash, user_id, expires_at)
values (bench_id(x'01840000'::int, 0), sha256(convert_to('month', 'UTF8')), bench_id(x'01810000'::int, 0), now() + interval '400 days');
insert into properties (id, owner_id, name)
select bench_id(x'01820000'::int, n), bench_id(x'01800000'::int, 0), 'Барилга ' || n from generate_series(0, 19) n;
insert into rooms (id, owner_id, property_id, unit_no, unit_key, kind, area_m2)
select bench_id(x'0a400000'::int, n), bench_id(x'01800000'::int, 0), bench_id(x'01820000'::int, n % 20), 'A-' || n, 'A-' || n, 'office',
       20 + n % 80 from generate_series(0, {contracts} - 1) n;
insert into tenants (id, owner_id, kind, name, register_no, phone, search_key, sort_key)
select bench_id(x'0a200000'::int, n), bench_id(x'01800000'::int, 0), 'company', 'Түрээслэгч ХХК ' || n, (2000000 + n)::text,
       (90000000 + n)::text, 'ТҮРЭЭСЛЭГЧ ' || n, 'ХХК ' || n from generate_series(0, {contracts} - 1) n;
insert into contracts (id, owner_id, code, property_id, tenant_id, tenant_name_snapshot, tenant_sort_key, units, kind, starts_on, ends_on,
                       status, deposit_amount, search_key, approved_at)
select bench_id(x'0a000000'::int, n), bench_id(x'01800000'::int, 0), 'CT-2024-' || lpad(n::text, 6, '0'), bench_id(x'01820000'::int, n % 20),
       bench_id(x'0a200000'::int, n), 'Түрээслэгч ХХК ' || n, 'ХХК ' || n, 'A-' || n, 'office', date '2024-01-01' + n::int % 365,
       date '2028-12-01' + n::int % 700, 'active', 300000000, 'CT-2024-' || n, now()
  from generate_series(0, {contracts} - 1) n;
insert into contract_rooms (id, owner_id, contract_id, room_id, during)
select bench_id(x'0a600000'::int, n), owner_id, c.id, bench_id(x'0a400000'::int, n), daterange(starts_on, ends_on, '[]')
  from generate_series(0, {contracts} - 1) n join contracts c on c.id = bench_id(x'0a000000'::int, n);
insert into contract_items (id, owner_id, contract_id, room_id, kind, name, basis, unit_price, valid_from)
select bench_id(x'0a800000'::int, n * 2 + k), owner_id, c.id, bench_id(x'0a400000'::int, n), (array['rent', 'management'])[k + 1],
       (array['Талбайн түрээс', 'Менежмент'])[k + 1], 'per_m2', 1500000 - k * 1400000, starts_on
  from generate_series(0, {contracts} - 1) n join contracts c on c.id = bench_id(x'0a000000'::int, n), generate_series(0, 1) k;
insert into contract_increases (id, owner_id, contract_id, item_id, kind, percent_bp, first_on, every_months, next_on)
select bench_id(x'0ac00000'::int, n), owner_id, contract_id, id, 'percent', 500, date '2027-01-01' + n::int % 300, 12, date '2027-01-01' + n::int % 300
  from generate_series(0, {contracts} - 1) n join contract_items i on i.id = bench_id(x'0a800000'::int, n * 2);
