-- One owner with {big} contracts of its own among all the others: what its people wait for when they look at a list.
insert into property_owners (id, name, register_no) values (bench_id(x'01800000'::int, 900000), 'Том эзэмшигч', '9999999');
insert into users (id, name, email) values (bench_id(x'01810000'::int, 900000), 'Нягтлан', 'big@bench.test');
insert into profiles (id, user_id, owner_id, full_name, role)
values (bench_id(x'01810000'::int, 900000), bench_id(x'01810000'::int, 900000), bench_id(x'01800000'::int, 900000), 'Нягтлан', 'owner_director');
insert into sessions (id, token_hash, user_id, expires_at)
values (bench_id(x'01840000'::int, 900000), sha256(convert_to('big', 'UTF8')), bench_id(x'01810000'::int, 900000), now() + interval '400 days');
insert into properties (id, owner_id, name)
select bench_id(x'01820000'::int, 900000 + n), bench_id(x'01800000'::int, 900000), 'Барилга ' || n from generate_series(0, 9) n;
insert into rooms (id, owner_id, property_id, unit_no, unit_key, kind, area_m2)
select bench_id(x'01b00000'::int, 900000 + n), bench_id(x'01800000'::int, 900000), bench_id(x'01820000'::int, 900000 + n % 10),
       'A-' || n, 'A-' || n, 'office', 20 + n % 80 from generate_series(0, {big} - 1) n;
insert into tenants (id, owner_id, kind, name, register_no, phone, search_key, sort_key)
select bench_id(x'01c00000'::int, 900000 + n), bench_id(x'01800000'::int, 900000), 'company', 'XXK ' || n, (3000000 + n)::text,
       (90000000 + n)::text, 'XXK ' || n || ' ' || (3000000 + n) || ' ' || (90000000 + n), 'ХХК ' || n from generate_series(0, {big} - 1) n;
insert into contracts (id, owner_id, code, property_id, tenant_id, tenant_name_snapshot, tenant_sort_key, units, kind, starts_on, ends_on,
                       status, deposit_amount, search_key, approved_at)
select bench_id(x'01900000'::int, 900000 + n), bench_id(x'01800000'::int, 900000), 'CT-2024-' || n, bench_id(x'01820000'::int, 900000 + n % 10),
       bench_id(x'01c00000'::int, 900000 + n), 'XXK ' || n, 'XXK ' || n, 'A-' || n, 'office', date '2024-01-01' + n::int % 365,
       date '2026-12-01' + n::int % 700, case when n % 20 = 0 then 'draft' else 'active' end, 300000000, 'CT-2024-' || n || ' XXK ' || n || ' A-' || n,
       case when n % 20 <> 0 then now() end
  from generate_series(0, {big} - 1) n;
insert into contract_rooms (id, owner_id, contract_id, room_id, during)
select bench_id(x'01d00000'::int, 900000 + n), owner_id, c.id, bench_id(x'01b00000'::int, 900000 + n), daterange(starts_on, ends_on, '[]')
  from generate_series(0, {big} - 1) n join contracts c on c.id = bench_id(x'01900000'::int, 900000 + n);
insert into contract_items (id, owner_id, contract_id, room_id, kind, name, basis, unit_price, valid_from)
select bench_id(x'03e00000'::int, n * 2 + k), owner_id, c.id, bench_id(x'01b00000'::int, 900000 + n), (array['rent', 'management'])[k + 1],
       'Талбайн түрээс', 'per_m2', 1500000 + k, starts_on
  from generate_series(0, {big} - 1) n join contracts c on c.id = bench_id(x'01900000'::int, 900000 + n), generate_series(0, 1) k;
insert into contract_increases (id, owner_id, contract_id, item_id, kind, percent_bp, first_on, every_months, next_on)
select bench_id(x'05100000'::int, n), owner_id, contract_id, id, 'percent', 500, date '2027-01-01' + n::int % 300, 12, date '2027-01-01' + n::int % 300
  from generate_series(0, {big} - 1) n join contract_items i on i.id = bench_id(x'03e00000'::int, n * 2);
insert into invoices (id, owner_id, code, kind, status, contract_id, tenant_id, property_id, customer_name, units, contract_code, period,
                      issued_on, due_on, subtotal, vat_amount, total, paid_amount)
select bench_id(x'03000000'::int, i), c.owner_id, 'INV-2024-' || i, 'rent', case when m < {months} - 2 then 'paid' else 'issued' end,
       c.id, c.tenant_id, c.property_id, c.tenant_name_snapshot, c.units, c.code, p, p, p + 14, 150000000, 15000000, 165000000,
       case when m < {months} - 2 then 165000000 else 0 end
  from (select n, m, n * {months} + m as i, (date '2024-01-01' + m * interval '1 month')::date as p
          from generate_series(0, {months} - 1) m, generate_series(0, {big} - 1) n) i
  join contracts c on c.id = bench_id(x'01900000'::int, 900000 + n);
vacuum (analyze);
checkpoint;
