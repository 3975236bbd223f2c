# The words of rented space: things, statuses, kinds. A key is the domain's own word: invoice-status-partially-paid.

## Things, as they stand in “… not found”

thing-owner = Organisation
thing-user = User
thing-session = Session
thing-device = Device
thing-property = Building
thing-floor = Floor
thing-room = Space
thing-tenant = Tenant
thing-contract = Contract
thing-contract-item = Charge line
thing-invoice = Invoice
thing-payment = Payment
thing-intent = Payment request
thing-receipt = Receipt
thing-import = Import
thing-page = Page
thing-record = Record

## Contracts

contract-status-draft = Draft
contract-status-pending-signature = Awaiting signature
contract-status-active = Active
contract-status-grace-period = In grace period
contract-status-terminated = Terminated
contract-status-expired = Expired
contract-status-renewed = Renewed

charge-kind-rent = Rent
charge-kind-management = Management fee
charge-kind-parking = Parking
charge-kind-service = Service
charge-kind-discount = Discount

charge-basis-flat = A month
charge-basis-per-m2 = Per m²
charge-basis-meter = By meter

tax-kind-vat-able = With VAT
tax-kind-vat-free = Exempt from VAT
tax-kind-vat-zero = VAT 0 %
tax-kind-not-vat = Outside VAT

vat-mode-included = VAT included
vat-mode-added = VAT added on top
vat-mode-exempt = No VAT

## Invoices

invoice-kind-rent = Rent
invoice-kind-utility = Utilities
invoice-kind-sale = Sale
invoice-kind-discount = Discount
invoice-kind-fee = Penalty or fee
invoice-kind-correction = Correction

invoice-status-draft = Draft
invoice-status-issued = Issued
invoice-status-partially-paid = Partly paid
invoice-status-paid = Paid
invoice-status-overdue = Overdue
invoice-status-void = Void
invoice-status-refunded = Refunded

## Payments

payment-method-bank = Bank transfer
payment-method-qpay = QPay
payment-method-socialpay = SocialPay
payment-method-cash = Cash
payment-method-deposit = Deposit

payment-status-recorded = Recorded
payment-status-reversed = Reversed

intent-status-requested = Being prepared
intent-status-open = Waiting for payment
intent-status-paid = Paid
intent-status-cancelled = Cancelled
intent-status-expired = Expired
intent-status-failed = Failed

## Receipts

receipt-status-pending = Not sent yet
receipt-status-sent = Sent
receipt-status-returned = Returned
receipt-status-parked = Being checked
receipt-status-failed = Failed

receipt-type-b2c-receipt = Consumer receipt
receipt-type-b2b-receipt = Company receipt
receipt-type-b2c-invoice = Consumer invoice
receipt-type-b2b-invoice = Company invoice

## Buildings and spaces

property-status-active = In use
property-status-under-construction = Under construction
property-status-decommissioned = Out of use

room-kind-studio = Studio
room-kind-apartment = Apartment
room-kind-office = Office
room-kind-shop = Shop
room-kind-storage = Storage
room-kind-parking = Parking
room-kind-other = Other

price-mode-per-m2 = Per m²
price-mode-flat = For the whole space

tenant-kind-person = Person
tenant-kind-company = Company

## Rights

role-admin = Platform staff
role-owner-director = Director
role-owner-accountant = Accountant
role-employee = Employee
role-tenant = Tenant
role-system = System
role-link = By link
