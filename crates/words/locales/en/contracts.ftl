# The list of contracts, a contract, a new one.

contract-new = New contract
contract-edit = Edit the contract
contract-list-search = Contract number, tenant, unit
contracts-any-status = Any status
contracts-any-end = Ends at any time
contracts-ending = Ending within { $days } days
contracts-count =
    { $count ->
        [one] { $count } contract
       *[other] { $count } contracts
    }
contract-list-none = No such contract
contract-list-none-note = Change the filter, or draft a new contract.
contract-list-all = All contracts

contract-terms = Terms
contract-rooms = Space let
contract-charges = Charges
contract-no-charges = Nothing is charged yet.
contract-bills = Invoices
contract-no-bills = No invoice was made for this contract yet.
contract-all-bills = All invoices
contract-signed-at = Signed
contract-sign = Sign the contract
contract-signed-news = Contract { $code } is in force.
contract-terminate = End the contract before its time
contract-terminate-note = After the last day nothing more is billed and the space is vacant. A mistake can be undone until the end of this month.
contract-terminate-do = End the contract
contract-terminated-news = Contract { $code } was ended. Last day: { $date }.
contract-drafted-news = Contract { $code } is drafted. Look it over, then sign it.
contract-code = Contract number
contract-code-hint = Left empty it takes the next number

draft-note = Once saved it is a draft, and the space is held for it.
draft-do = Save the draft
draft-which-building = In which building?
draft-no-building = There is no building yet. An import from Excel enters buildings and spaces in one go.
draft-other-building = Choose another building
draft-tenant = Name or register number
draft-tenant-hint = Start typing and choose from the list
draft-tenant-needed = Choose a tenant, or enter a new one below.
draft-no-such-tenant = There is no such tenant. Enter them as a new one below.
draft-which-tenant = Several tenants match; which one: { $names }
draft-rooms-hint = Several with commas: 301, 302
draft-no-such-room = This building has no unit { $unit }.
rent-price = Rent
management-price = Management fee per m²
may-be-empty = Leave empty if there is none

any-building = All buildings
room-kind = Used as
unit-no = Unit
area = Area
starts-on = Starts on
until = Until
no-end = Open
no-end-hint = Empty means no end
last-day = Last day
terminated-on = Ended on
deposit = Deposit
deposit-received = Deposit received
payment-day = Payment day
payment-day-unit = of the month
payment-day-of-month = By day { $day } of the month
grace-days = Days of grace
days-unit = days
days-count =
    { $days ->
        [one] { $days } day
       *[other] { $days } days
    }
penalty = Penalty a day
penalty-a-day = { $percent }% a day
penalty-hint = At most 0.5% a day. Leave empty without a written clause
notes = Notes
charge = Charge
charge-basis = Charged
all-rooms = All rooms
draft = Draft
vacant = vacant
edit = Edit
save = Save
leave = Cancel
name = Name
phone-hint = 8 digits
register-hint = 7 digits of a company, УБ91010112 of a citizen

stale = Somebody else changed this while you were editing
stale-note = What you typed is still here below. Open the new state and enter your changes again.
stale-reload = Open the new state
