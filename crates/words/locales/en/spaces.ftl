# Buildings, floors, spaces: occupancy, vacancies, prices, merging and splitting.

spaces-rooms = List
spaces-buildings = Buildings
spaces-vacancies = Vacant spaces
spaces-prices = Change prices
as-of = As of
months-unit = months

## How a space stands on a day: occupancy-<word>

occupancy-let = Let
occupancy-notice = Notice given
occupancy-listed = Vacant, listed
occupancy-vacant = Vacant
# $days: as the owner has set it
occupancy-notice-means = “Notice given”: its end was announced or comes within { $days } days, and nobody takes it the day after.
room-not-there = Closed
let-share = Let, by area
settings-notice-days = Look ahead to vacancies
settings-notice-days-hint = How many days before its end a let space counts as “Notice given”.

## Buildings

buildings-none = No buildings yet
buildings-none-note = Enter a building first, then its spaces.
building-edit = Edit the building
building-facts = About the building
building-city = City
building-area = Total area
building-closed-on = Decommissioned on
building-status-hint = A building with a space that is let can't be decommissioned.
building-floors-title = Floors
floor-label = Name
floor-none = On no floor
floor-add = Add a floor
floor-remove = Remove the floor
# $number: negative below the ground
floor-of = Floor { $number }
# $occupied, $count: spaces let and all; $letArea, $area: m²
floor-sums = { $occupied } / { $count } · { $letArea } / { $area } m²
grid-none = No spaces in this building
grid-none-note = Add floors and spaces to see them here.

## A space

room-open = The space's page
room-view = View
# $view: of what
room-view-of = view: { $view }
room-balcony = Balcony
room-furnished = Furnished
room-is-listed = Listed
room-features = Features
room-deposit-months = Deposit, months of rent
room-valid-from = First day
room-valid-from-hint = Leave it empty for a space that always was.
asked-a-month = Asked a month
room-tenancies = Contracts
room-never-let = Nobody has rented this space yet.
room-when = When
room-past = Past
room-now = Now
room-coming = To come
room-made-of = Made of
room-became = Became
remaking-merge = Merged
remaking-split = Split
room-close = Close the space
room-close-note = After its last day it is in no list and no figure any more. What was before stays as it was.
room-close-do = Close
room-reopen = Open again
room-reopen-note = If it was closed by mistake, it can be opened again.
room-remove = Remove the space
room-remove-note = A space that no contract ever named is removed for good.
# $unit: the number
room-closed-news = { $unit } was closed.
room-opened-news = { $unit } was opened again.
room-removed-news = The space was removed.

## Merging and splitting

room-remaking = Merge or split
room-remaking-note = The old spaces end the day before, the new ones begin that day. History stays as it was.
room-merge = Merge
room-merge-do = Merge
# $unit: the number
room-merge-note = Makes one space of { $unit } and others.
merge-with = Merge with which?
merge-choose = Choose at least one space.
merge-unit = New unit number
merge-area-hint = Leave it empty for the sum of the merged spaces.
room-merged-news = Merged into { $unit }.
room-split = Split
room-split-do = Split
# $unit: the number, $area: m²
room-split-note = { $unit }, { $area } m². The parts add up to this.
# $number: of the part
split-part = Part { $number }
# $unit: the number, $count: of parts
room-split-news = { $unit } was split into { $count }.
remake-from = From which day
remake-from-hint = The first day of what is new. No contract may hold the old spaces then or later.
remake-accept = The difference in area is right, and the reason is written down

## Vacancies

vacancies-note = Spaces without a tenant, for how many days, and the rent that is lost a month.
vacancies-none = Nothing is vacant
vacancies-none-note = Every space that fits the filter is let.
vacancies-any-days = However long
# $days: days
vacancies-longer = { $days } days or more
# $count: number
vacancies-count = { $count } vacant
vacancies-unpriced = { $count } without a price
listed = Listing
listed-any = Listed or not
listed-yes = Listed
listed-no = Not listed
days-vacant = Days vacant
vacant-since = Vacant since
vacant-after = Last tenant
vacant-until = Next
lost-a-month = Lost a month

## Changing many prices

prices-title = Change asking prices
prices-note = Choose by filter or by ticks, look at old and new prices, then save.
prices-any-mode = Any price
# $count: number
prices-all = All { $count } that fit the filter
prices-ticked = Only those ticked
prices-which = Which spaces
prices-tick-some = Tick at least one space.
prices-how = How
price-rule-set = Set a new price
price-rule-add = Add or take off an amount
price-rule-percent = Change by a percentage
# $amount: amount
price-rule-said-set = New price: { $amount } ₮
price-rule-said-add = Amount added: { $amount } ₮
# $percent: percentage, $rounding: unit
price-rule-said-percent = Changed by { $percent }%, rounded to { $rounding }
prices-amount = Amount
prices-amount-hint = The price to set, or what to add; with − to take off.
prices-percent = Per cent
prices-percent-hint = For example 5 or −2.5
prices-rounding = Round to
prices-rounding-hint = For percentages: half and more goes up.
rounding-1 = 1 ₮
rounding-10 = 10 ₮
rounding-100 = 100 ₮
prices-preview = See the new prices
# $changed: become others, $count: all
prices-changed = { $changed } of { $count } prices change.
prices-apply = Save the prices
prices-again = Choose again
price-before = Old price
price-after = New price
month-before = A month, old
month-after = A month, new
# $count: number, $before, $after: sums a month
prices-changed-news = { $count } prices were changed: { $before } ₮ a month became { $after } ₮.
prices-more = { $count } more are not shown here. Narrow the filter, or choose all.

## Why it was refused

# $unit: the number, $code: the contract
conflict-property-let = { $unit } is held by contract { $code }, so the building can't be decommissioned. End the contract first.
conflict-room-let = { $unit } is held by contract { $code } after that day. End the contract first, or choose a later day.
# $unit: the number
conflict-room-closed = { $unit } was closed already.
# $into: the new number
conflict-room-remade = { $unit } has become { $into }, so it can't be opened again.
conflict-room-has-history = A contract names this space, or it was merged or split, so it can't be removed. Close it instead.
conflict-floor-not-empty = There are spaces on this floor, so it can't be removed. Move them to another floor first.
# $before, $after, $difference: m²
conflict-area-differs = The areas do not add up: { $before } m² before, { $after } m² now, a difference of { $difference } m². If that is right, say why and confirm.
# $units: numbers
conflict-rooms-changed = { $units } changed meanwhile, so no price was changed. Look again and save.
# $unit: the number; $from, $to: first and last day, may be empty
conflict-room-not-there = { $unit } is not there for all of the contract's days ({ $from } – { $to }). Change the days or choose another space.
# $unit: the number
field-price-below-zero = The price of { $unit } would be below zero.
field-price-too-large = The price of { $unit } would be too large.
field-one-building = Only spaces of one building can be merged.
field-before-the-room = Later than the space's first day, please.

## In the history

audit-verb-close = closed
audit-verb-reopen = opened again
audit-verb-reprice = repriced
audit-verb-merge = merged
audit-verb-split = split
