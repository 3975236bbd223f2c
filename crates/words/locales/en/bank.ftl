## Bank accounts and statements

thing-bank-account = Bank account
audit-thing-bank-account = Bank account
audit-thing-bank-statement = Statement
audit-verb-take = taken in
audit-action-bank-statement-take = Statement: taken in
audit-action-bank-account-create = Bank account: registered
audit-action-bank-account-edit = Bank account: changed
audit-field-shown = Shown to tenants
audit-field-holder = Holder
audit-field-source = From where
audit-field-layout = Layout
audit-field-lines = Lines
audit-field-new-lines = New lines

field-bank-account-number = An account number has 5 to 34 digits, or is an IBAN.
field-bank-iban = The check digits of this IBAN are not right. Look again.
# $told: the end of the number in the file; $chosen: that of the account chosen; $bank: the file's bank
field-bank-wrong-account = This statement is another account's ({ $told }). You chose { $chosen }.
field-bank-wrong-currency = The statement is in { $told }, the account in { $chosen }.
# $number: the account's number
conflict-bank-account-there = The account { $number } is registered already.


line-state-linked = Linked
line-state-probable = Probable
line-state-unknown = Unknown
line-state-ignored = Ignored

connection-status-untested = Not tested
connection-status-working = Working
connection-status-failing = The bank does not answer
connection-status-refused = The bank refuses

settings-banks = Bank accounts
banks-title = Bank accounts
banks-note = The accounts whose statements come in. One that is shown to tenants stands on their bills.
banks-none = No account is registered.
banks-bank = Bank
banks-number = Account number
banks-number-hint = The number, or the IBAN.
banks-holder = Holder
banks-holder-hint = Your company's name when left empty.
banks-shown = Shown to tenants
banks-hidden = Internal only
banks-currency = Currency
banks-new = Register an account
banks-add = Register
banks-added = The account is registered.
banks-connection = Straight from the bank
banks-by-file = By file
banks-statements = Statements taken in
banks-statements-none = No statement was taken in.
banks-file = File
banks-from-bank = From the bank
banks-period = Days
banks-lines = Lines
banks-new-lines = New
banks-in = In
banks-out = Out
banks-taken-at = Taken in

import-statement = Bank statement
import-statement-note = An Excel statement of Khan, Golomt or TDB, or any table with date, text and amount. Lines that are there already are not taken twice.
statement-account = Whose statement
statement-no-account = Register your bank account first.
statement-file = The statement's file
statement-file-hint = Excel (.xlsx, .xls) or CSV, up to 20 MB.
statement-look = Look
statement-write = Take in
# $new: new lines; $known: lines there already
statement-looked = { $new } new lines, { $known } are there already. Nothing is written yet.
statement-written = { $new } new lines were taken in; { $known } were there already.
statement-problems = Rows that could not be read
statement-outside = Rows outside the statement's days
statement-table-note = The layout of this statement is not known; its columns were found by their words. Look at the lines below with care.
statement-when = When
statement-amount = Amount
statement-text = Text
statement-sender = Other side
statement-state = State
statement-row = Row
statement-known = There already
statement-for = Which invoice
bank-statement-opening = Opening balance
bank-statement-closing = Closing balance
# $lines: lines that are not shown
statement-more = { $lines } more lines.
statement-see-lines = Match the lines
statement-pick-again = To take it in, choose the file again.

audit-action-bank-account-connect = Bank account: connected to its bank
audit-action-bank-account-disconnect = Bank account: disconnected
audit-action-bank-account-test = Bank account: connection tested
field-bank-session-key = The session key has 16, 24 or 32 letters.
field-bank-iv-key = The IV key has 16 letters.
field-bank-not-asked = Statements of this bank come in by file only.
banks-connect = Straight from the bank
banks-connect-note = The keys that the bank gave you for reading. A key or password that moves money is never needed. New movements are fetched every hour.
banks-key-khan = Consumer key
banks-key-golomt = Login name
banks-key-tdb = Client ID
banks-secret-khan = Secret
banks-secret-golomt = Password
banks-secret-tdb = Client secret
banks-session-key = Session key
banks-iv-key = IV key
banks-register-no = Register number of the company
banks-client-id = Client ID (if you were given one)
banks-secret-hint = Not shown again once it is kept.
banks-connected = Kept. The bank is being asked.
banks-test = Test the connection
banks-tested = The bank is being asked. Reload the page in a moment.
banks-disconnect = Disconnect
banks-disconnected = Disconnected. What was read stays.
banks-asked-at = Last asked
banks-read-through = Read through
banks-said = The bank's answer
