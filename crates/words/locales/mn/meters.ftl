## Тоолуур, заалт, тариф

meter-kind-electricity = Цахилгаан
meter-kind-cold_water = Хүйтэн ус
meter-kind-hot_water = Халуун ус
meter-kind-heat = Дулаан
meter-kind-gas = Хий

# Нэхэмжлэхгүй үлдсэн шалтгаан. $kind: юуны тоолуур; $serial: тоолуурын дугаар; $unit: тоот
meter-parked-not-approved = Гэрээг нэхэмжлэхээр баталгаажуулаагүй байна.
meter-parked-not-read = { $unit } тоотын { $serial } тоолуурын ({ $kind }) энэ сарын заалт ороогүй байна.
meter-parked-no-tariff = { $kind }: энэ сард хүчинтэй тариф алга.
meter-parked-common-not-read = Нийтийн { $serial } тоолуурын ({ $kind }) заалт ороогүй тул хуваарилах боломжгүй.
# $count: заалтгүй тоолуурын тоо
meter-parked-rooms-not-read = { $kind }: өрөөний { $count } тоолуурын заалт ороогүй тул нийтийн зөрүүг хуваарилах боломжгүй.
meter-parked-below-rooms = { $kind }: өрөөний тоолууруудын нийлбэр нийтийн тоолуурынхаас их байна. Заалтаа шалгана уу.
meter-parked-too-large = Дүн хэт их тул бодох боломжгүй. Заалтаа шалгана уу.
