# The list of spaces, one space.

rooms-search = Unit
rooms-any-kind = Any use
rooms-occupancy = Occupancy
rooms-all = All spaces
rooms-let = Let
rooms-vacant = Vacant
rooms-count = { $occupied } of { $count } let
rooms-area-let = Let:
rooms-none = No such space
rooms-none-note = Change the filter, or import your spaces from Excel.
floor = Floor
asking-price = Asking price
room-listed = Show in listings
