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

# Ердийн бус хэрэглээ. $usual: ердийн хэрэглээ
meter-unusual-high = Ердийнхөөс (сард { $usual }) хоёр дахинаас илүү байна.
meter-unusual-low = Ердийнхөөс (сард { $usual }) хоёр дахинаас бага байна.
meter-unusual-sudden = Өмнөх саруудад хэрэглээгүй байсан.

field-meter-below-previous = Өмнөх заалтаас ({ $said }) бага байна. Тоолуур солигдсон уу, эргэсэн үү, өмнөх заалт алдаатай байсан уу?
field-meter-needs-word = { $said } Учрыг нь бичнэ үү.
field-meter-say-why = Юу алдаатай байсныг бичнэ үү.
field-meter-not-on-dial = Тоолуурын оронд багтахгүй эсвэл 3-аас олон орны бутархайтай байна.
field-meter-no-beginning = Энэ тоолуурын өмнөх заалт мэдэгдэхгүй байна. Өмнөх заалтыг бичнэ үү.
field-meter-not-in-month = Тухайн сарын өдөр байна (сар дууссанаас хойш 10 хүртэл хоногт).
# $serial: тоолуурын дугаар
conflict-meter-removed = { $serial } тоолуурыг буулгасан байна.
conflict-meter-serial-taken = { $serial } дугаартай тоолуур бүртгэлтэй байна.
# $month: сар
conflict-reading-followed = { $month } сарын заалт орсон тул түүнээс өмнөхийг өөрчлөх боломжгүй.
# $code: нэхэмжлэхийн дугаар
conflict-reading-billed = Энэ сарын ашиглалтын нэхэмжлэх ({ $code }) гарсан тул заалтыг өөрчлөх боломжгүй.
conflict-tariff-overlap = Энэ хугацаанд өөр тариф хүчинтэй байна. Эхлээд түүний дуусах өдрийг тавина уу.
