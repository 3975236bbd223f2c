# The list of spaces, one space.

rooms-search = Unit
rooms-any-kind = Any use
rooms-occupancy = Occupancy
rooms-let = Let
rooms-vacant = Vacant
rooms-all = All spaces
rooms-count = { $occupied } of { $count } let
rooms-area-let = Let:
rooms-none = No such space
rooms-none-note = Change the filter, or import your spaces from Excel.
floor = Floor
asking-price = Asking price
room-listed = Show in listings
room-new = Add a space
room-add = Add, and on to the next
# $unit: the number
room-added = { $unit } was added.
rooms-see = See the list
floor-unit = floor
building-new = Add a building
# $name: the building
building-added = “{ $name }” was added. Now enter its spaces.
building-district = District
building-floors = Floors
building-floors-unit = floors
building-year = Built
building-year-unit = year
