# Lists taken along as Excel files: title, head and foot of the file.

export-excel = Download Excel
export-contracts = Contracts
export-tenants = Tenants
export-rooms = Spaces
export-properties = Buildings
export-invoices = Invoices
export-payments = Payments
export-staff = Staff
export-audit = History
export-tenant-links = Tenants' links
export-statement = Statement of account
export-occupancy = Occupancy of buildings
export-units = Spaces in all
export-let-area = Let, m²
export-notice-area = Notice given, m²
export-listed-area = Vacant, listed, m²
export-vacant-area = Vacant, m²
export-increases = Rises to come
export-increase-percent = Per cent
export-price-before = Price now
export-price-after = New price
export-from = From
export-until = Until
export-deposits = Deposit register
export-vacancies = Vacant spaces
export-deposit-last = Last entry
export-next-from = Next from

export-everything = No filter: everything
# $at: date and time, $who: the person's name
export-printed = Printed: { $at }, { $who }
# $rows: how many rows
export-total = Total: { $rows }
export-prepared = Prepared by: ______________________ /                                        /
export-checked = Checked by the accountant: ______________________ /                                        /
# $rows: the most rows
conflict-export-too-long = The list is longer than { $rows } rows. Narrow the filter and take it in parts.

export-kind = Kind
export-property-name = Building's name
export-address = Address
export-district = District
export-total-area = Total area, m²
export-floor-count = Floors
export-built-year = Built
export-area = Area, m²
export-price-mode = Price per
export-base-rent = Asking price
export-listed = Advertised
export-yes = Yes
export-no = No
export-two-factor = Two factors
export-created-at = Registered
export-decided-at = Decided
export-thing = Of what
export-id = ID
export-ip = IP address
export-sort = Order
export-sort-code = by contract number
export-sort-tenant = by tenant
export-sort-starts-on = by start
export-sort-ends-on = by end
export-sort-down = from the end
# $days: days
export-ending-within = Ending within { $days } days
export-only-open = With a balance only
export-only-closed = Without a balance only
export-search = Search
audit-before = Before
audit-after = After
audit-thing-audit = History
audit-verb-export = taken as Excel
audit-thing-vacancy = Vacant spaces
audit-thing-occupancy = Occupancy
