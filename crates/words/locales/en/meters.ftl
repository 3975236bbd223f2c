## Meters, readings, tariffs

meter-kind-electricity = Electricity
meter-kind-cold_water = Cold water
meter-kind-hot_water = Hot water
meter-kind-heat = Heat
meter-kind-gas = Gas

# Why there is no bill. $kind: what the meter counts; $serial: the meter's number; $unit: the room
meter-parked-not-approved = The contract is not approved for billing.
meter-parked-not-read = Meter { $serial } of room { $unit } ({ $kind }) was not read this month.
meter-parked-no-tariff = { $kind }: no tariff is in force this month.
meter-parked-common-not-read = The common meter { $serial } ({ $kind }) was not read, so it can't be shared out.
# $count: meters without a reading
meter-parked-rooms-not-read = { $kind }: { $count } of the rooms' meters were not read, so the common difference can't be shared out.
meter-parked-below-rooms = { $kind }: the rooms' meters count more than the common one. Check the readings.
meter-parked-too-large = The amount is too large. Check the readings.
