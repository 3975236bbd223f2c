## Тоолуур, заалт, тариф

meter-kind-electricity = Цахилгаан
meter-kind-cold-water = Хүйтэн ус
meter-kind-hot-water = Халуун ус
meter-kind-heat = Дулаан
meter-kind-gas = Хий

# Нэхэмжлэхгүй үлдсэн шалтгаан. $kind: юуны тоолуур; $serial: тоолуурын дугаар; $unit: тоот
meter-parked-not-approved = Гэрээг нэхэмжлэхээр баталгаажуулаагүй байна.
meter-parked-not-read = { $unit } тоотын { $serial } тоолуурын ({ $kind }) энэ сарын заалт ороогүй байна.
meter-parked-no-tariff = { $kind }: энэ сард хүчинтэй тариф алга.
# $name: гэрээний мөрийн нэр
meter-parked-not-said = Гэрээний «{ $name }» мөрийг аль тоолуураар тооцохыг заагаагүй байна.
meter-parked-no-meter = Гэрээний «{ $name }» мөрийг тооцох тоолуур ({ $kind }) түрээсийн талбайд нь бүртгэлгүй байна.
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

## Хуудас: хэрэглээ

menu-meters = Хэрэглээ
meters-readings = Заалт
meters-tariffs = Тариф
meters-import = Заалтын файл оруулах
# $month: сар; $read: заалт орсон, $meters: нийт тоолуур
meters-so-far = { $month }: { $meters } тоолуураас { $read } нь уншигдсан.
# $count: ердийн бус заалтын тоо
meters-unusual-count = Ердийн бус { $count }
meters-kind = Төрөл
meters-any-kind = Бүх төрөл
meters-which = Аль тоолуур
meters-all = Бүх тоолуур
meters-only-missing = Зөвхөн уншаагүй
meters-common = Нийтийн
meters-serial = Тоолуурын №
meters-multiplier = Үржүүлэгч
meters-digits = Орон
meters-installed = Тавьсан
meters-removed = Буулгасан
meters-previous = Өмнөх заалт
meters-current = Одоогийн заалт
meters-used = Хэрэглээ
meters-before = Сүүлийн 6 сар
meters-read-on = Уншсан
meters-save = Заалтыг хадгалах
meters-save-first = Дараагийн хуудас руу орохын өмнө хадгална уу.
# $count: хадгалсан заалтын тоо
meters-saved = { $count } заалт хадгаллаа.
meters-saved-in-part = { $count } заалт хадгаллаа. Үлдсэнийг нь доор засна уу.
meters-some-refused = Зарим заалтыг хадгалсангүй. Шалтгаан нь мөр бүрд бичигдсэн.
meters-why = Яагаад
meters-why-none = Учир нь…
meters-word = Тайлбар
meters-none = Тоолуур алга
meters-none-note = Тоолуурын заалтын Excel файлаа оруулбал тоолуурууд заалттайгаа хамт бүртгэгдэнэ.
meters-none-missing = Бүх тоолуур уншигдсан
meters-none-missing-note = Энэ сард уншаагүй тоолуур үлдээгүй.

meter-status-ok = Хэвийн
meter-status-replaced-old = Солигдсон, эцсийн
meter-status-replaced-new = Шинэ тоолуур
meter-status-rolled-over = Тоолуур эргэсэн
meter-status-mistake = Өмнөх заалт алдаатай байсан
meter-status-handover = Хүлээлгэн өгөх үеийн

meters-history = Заалтын түүх
meters-no-history = Энэ тоолуурыг уншиж байгаагүй.
meters-successor = Оронд нь тавьсан тоолуур
meters-replace = Тоолуур солих
meters-replace-note = Хуучин тоолуурын эцсийн заалт, шинэ тоолуурын эхний заалтыг бичнэ. Хоёулангийнх нь хэрэглээ энэ сарын нэхэмжлэлд орно.
meters-replace-on = Сольсон өдөр
meters-final = Хуучин тоолуурын эцсийн заалт
meters-new-serial = Шинэ тоолуурын №
meters-new-initial = Шинэ тоолуурын эхний заалт
# $serial: шинэ тоолуурын дугаар
meters-replaced = Тоолуурыг { $serial } дугаартайгаар солилоо.
meters-hand-over = Хүлээлгэн өгөх заалт
meters-hand-over-note = Гэрээ сарын дундуур эхлэхэд тэр өдрийн заалтыг бичвэл өмнөх хэрэглээ шинэ түрээслэгчид ногдохгүй.
meters-hand-over-on = Гэрээ эхэлсэн өдөр
meters-handed-over = Хүлээлгэн өгөх заалтыг хадгаллаа.

meters-tariffs-note = Шинэ тариф мөрдөгдөх өдрөөсөө эхлэн үйлчилнэ. Өмнө нь гарсан нэхэмжлэл хэвээр үлдэнэ.
meters-valid-from = Эхлэх өдөр
meters-valid-to = Дуусах өдөр
meters-open = хугацаагүй
meters-unit-price = Нэгжийн үнэ
meters-base-fee = Суурь хураамж
meters-capacity-rate = Чадлын төлбөр
meters-capacity-hint = кВт.ц ÷ хоног ÷ 12 × энэ дүн
meters-support-fee = Дэмжих тариф
meters-tariff-new = Шинэ тариф
meters-tariff-new-note = Тухайн төрлийн хугацаагүй тариф шинэ тариф эхлэхийн өмнөх өдөр дуусна.
meters-tariff-add = Тариф нэмэх
meters-tariff-added = Тарифыг бүртгэлээ.
meters-common-rules = Нийтийн тоолуурын зөрүү
meters-common-rules-note = Нийтийн тоолуур ба өрөөний тоолууруудын зөрүүг түрээслэгчдэд хэрхэн хуваарилахыг барилга, төрлөөр нь заана. Заагаагүй бол эзэмшигч хариуцна.
meters-share-by = Хуваарилах арга
meters-share-none = Хуваарилахгүй
meter-share-area = Талбайгаар
meter-share-reading = Заалтаар
meters-rule-save = Хадгалах
meters-rule-set = Нийтийн тоолуурын дүрмийг хадгаллаа.

import-readings = Тоолуурын заалт
import-readings-note = Тоолуурын дугаар, тоот, өмнөх ба одоогийн заалттай Excel файл. Бүртгэлгүй тоолуур шинээр бүртгэгдэнэ.
import-meters = Шинэ тоолуур
import-readings-added = Заалт
import-readings-month = Аль сарын заалт
import-see-meters = Заалтыг харах
readings-field-serial = Тоолуурын №
readings-field-kind = Төрөл
readings-field-building = Барилга
readings-field-room = Тоот
readings-field-multiplier = Үржүүлэгч
readings-field-digits = Орон
readings-field-previous = Өмнөх заалт
readings-field-current = Одоогийн заалт
readings-field-read-on = Уншсан огноо
readings-field-reader = Уншсан
readings-field-note = Тэмдэглэл

## Түүх

thing-meter = Тоолуур
thing-reading = Заалт
thing-tariff = Тариф
audit-thing-meter = Тоолуур
audit-thing-reading = Тоолуурын заалт
audit-thing-tariff = Тариф
audit-action-meter-replace = Тоолуур: сольсон
audit-action-common-rule-set = Нийтийн тоолуурын дүрэм: тогтоосон
audit-action-import-readings = Импорт: тоолуурын заалт оруулсан
audit-field-meter-id = Тоолуур
audit-field-serial = Тоолуурын №
audit-field-multiplier = Үржүүлэгч
audit-field-digits = Орон
audit-field-current = Одоогийн заалт
audit-field-previous = Өмнөх заалт
audit-field-difference = Зөрүү
audit-field-consumption = Хэрэглээ
audit-field-read-on = Уншсан өдөр
audit-field-base-fee = Суурь хураамж
audit-field-capacity-rate = Чадлын төлбөр
audit-field-support-fee = Дэмжих тариф
audit-field-share-by = Хуваарилах арга
