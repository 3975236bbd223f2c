# Гэрээний нөхцөл: алхам алхмаар үүсгэх, нэмэгдэл, хөнгөлөлт, хуваарь, зөвшөөрөл, түүх.

## Зөрчил

# $lacks: юу дутуу: rooms, items эсвэл хоёулаа
conflict-contract-incomplete = { $lacks ->
    [rooms] Гэрээнд талбай сонгоогүй байна. Эхлээд талбайгаа сонгоно уу.
    [items] Гэрээнд төлбөр оруулаагүй байна. Эхлээд төлбөрөө оруулна уу.
   *[other] Гэрээнд талбай, төлбөр хоёул дутуу байна. Эхлээд нөхөж оруулна уу.
}
conflict-not-a-draft = Энэ алхмыг зөвхөн ноорог гэрээнд хийнэ.
conflict-increase-exists = Энэ төлбөрт нэмэгдлийн дүрэм аль хэдийн байна. Эхлээд түүнийг зогсооно уу.
# $month: сар
conflict-month-is-billed = { $month } сарын нэхэмжлэл гарсан тул тэр сарын хуваарийг өөрчлөх боломжгүй.
# $unit: тоот
conflict-room-is-charged = { $unit } тоотод төлбөр бодохоор заасан байна. Эхлээд тэр төлбөрийг хасна уу.

## Талбарын алдаа

field-one-of-two = Хувь, дүн хоёрын зөвхөн нэгийг оруулна уу.
field-shorten-only = Одоогийн дуусах өдрөөс өмнө байна.
field-no-rent = Түрээсийн төлбөр алга. Эхлээд түрээсийн мөр нэмнэ үү.
field-only-custom = Сар бүр ижил төлөх гэрээнд хуваарь байхгүй.
field-index-comes-later = Индексийн хувийг нь тодорхой болсон үед оруулна.
field-after-charge-begins = Төлбөр эхэлсэн өдрөөс хойш байна.
field-only-index = Зөвхөн индексийн нэмэгдэлд хувь оруулна.
field-before-due = Нэмэгдэх товлосон өдрөөс өмнө байж болохгүй.
field-has-rooms = Талбай сонгосон гэрээний барилгыг солихгүй. Эхлээд талбайгаа хасна уу.
field-after-increase = Төлбөр нэмэгдэх өдрөөс өмнө эхэлнэ. Нэмэгдлийг зогсоогоод дахин оролдоно уу.

## Бүртгэл

audit-thing-contract-discount = Гэрээний хөнгөлөлт
audit-thing-contract-increase = Төлбөрийн нэмэгдэл
audit-verb-approve = зөвшөөрсөн
audit-verb-withdraw-approval = зөвшөөрлийг нь буцаасан
audit-verb-set-schedule = төлбөрийн хуваарь тогтоосон
audit-verb-set-parties = талуудыг тогтоосон
audit-verb-set-rooms = талбайг тогтоосон
audit-verb-set-charges = төлбөрүүдийг тогтоосон
audit-verb-give = хувийг нь оруулсан
audit-verb-apply = мөрдөж эхэлсэн

## Зөвшөөрөл

contract-approve = Зөвшөөрөх
contract-approved-at = Зөвшөөрсөн
contract-unapproved = Зөвшөөрөл хүлээж буй
contract-unapproved-note = Захирал эсвэл нягтлан бодогч зөвшөөртөл энэ гэрээгээр нэхэмжлэл гарахгүй.
# $code: гэрээний дугаар
contract-approved-news = { $code } гэрээг зөвшөөрлөө. Дараагийн сарын тооцоонд орно.
contracts-any-approval = Зөвшөөрөл
contracts-unapproved = Зөвшөөрөл хүлээж буй
contracts-approved = Зөвшөөрсөн

## Нэмэгдэл

increase-kind-percent = Хувиар
increase-kind-amount = Дүнгээр
increase-kind-index = Индексээр
contract-increases = Төлбөрийн нэмэгдэл
contract-no-increases = Нэмэгдлийн дүрэм алга.
increase-add = Нэмэгдэл нэмэх
increase-rule = Дүрэм
increase-next = Дараагийн өдөр
increase-first = Эхний нэмэгдэх өдөр
increase-every = Хэдэн сар тутам
increase-every-hint = Нэг л удаа бол хоосон орхино
increase-until = Хүртэл
increase-percent = Хувь
increase-amount = Нэмэх дүн
increase-amount-hint = 1 м² эсвэл нэг сарын үнэ дээр нэмэх дүн
# $step: хувь эсвэл дүн
increase-once = { $step }, нэг удаа
# $step: хувь эсвэл дүн, $months: сар
increase-each = { $step }, { $months } сар тутам
increase-index-step = индексийн хувиар
increase-over = дууссан
increase-waits = хувь нь хараахан тодорхойгүй
increase-end = Зогсоох
increase-figure = Индексийн хувь оруулах
increase-from = Мөрдөх өдөр
increase-added-news = Нэмэгдлийн дүрэм нэмлээ.
increase-ended-news = Нэмэгдлийг зогсоолоо. Үнэ одоогийн хэвээр үлдэнэ.
increase-given-news = Индексийн хувийг орууллаа.
months-increases = Энэ сард нэмэгдэх үнэ
months-increases-note = Доорх дүнд эдгээр нэмэгдэл тооцогдсон. Сарын тооцоог ажиллуулахад мөрдөгдөнө.
increase-price = Үнэ

## Хөнгөлөлт

contract-discounts = Хөнгөлөлт
contract-no-discounts = Хөнгөлөлт алга.
discount-add = Хөнгөлөлт үзүүлэх
discount-name = Нэхэмжлэлд бичигдэх нэр
discount-percent = Түрээсийн хувь
discount-amount = Эсвэл сард хасах дүн
discount-reason = Яагаад
# $percent: хувь
discount-of-rent = түрээсийн { $percent } %
# $amount: дүн
discount-a-month = сард { $amount } ₮
discount-end = Дуусгах
discount-added-news = Хөнгөлөлт үзүүллээ.
discount-ended-news = Хөнгөлөлтийг дуусгалаа.

## Хуваарь

schedule = Төлбөрийн хуваарь
schedule-kind-fixed = Сар бүр төлбөрийн мөрөөр
schedule-kind-custom = Өөрийн хуваариар
schedule-note = Түрээсийг сар бүр ижил бодохын оронд доорх мөр бүрийг тухайн сард нь яг ийм дүнгээр нэхэмжилнэ. Бусад төлбөр хэвээрээ бодогдоно.
schedule-edit = Хуваарь засах
schedule-name = Нэр
schedule-period = Сар
schedule-due = Төлөх өдөр
schedule-amount = Дүн
schedule-more = Мөр нэмэх
schedule-total = Хуваарийн нийт дүн
schedule-saved = Хуваарийг хадгаллаа.
schedule-no-entries = Хуваарьт мөр алга.
schedule-keep-fixed = Хуваарийг болиулж, сар бүр ижил бодох
schedule-row-hint = Хоосон мөр хадгалагдахгүй. Төлөх өдрийг хоосон орхивол гэрээний төлөх өдрөөр.

## Түүх

contract-history = Гэрээний түүх
contract-history-note = Хэн, хэзээ, юуг яагаад өөрчилсөн. Түүхийг хэн ч засаж, устгаж чадахгүй.
contract-history-first = Гэрээ анх ийм байсан.
contract-history-same = Гэрээний агуулга өөрчлөгдөөгүй.
contract-as-of = Тухайн өдрийн байдлаар
contract-as-of-show = Харах
# $date: өдөр
contract-as-of-title = { $date } өдрийн байдлаар
contract-as-of-note = Гэрээ тэр өдөр ийм байсан гэж бүртгэлд байв. Сүүлд хийсэн өөрчлөлт энд ороогүй.
contract-as-of-none = Тэр өдөр энэ гэрээ бүртгэлд байгаагүй.
contract-now = Одоогийн байдал
# $date: өдөр
contract-effective = { $date }-с мөрдөнө
contract-was-nothing = байхгүй
contract-is-gone = хассан
history-by-system = Систем

contract-what-drafted = Ноорог үүсгэсэн
contract-what-imported = Импортоор оруулсан
contract-what-edited = Нөхцөл зассан
contract-what-rooms-set = Талбай сонгосон
contract-what-charge-added = Төлбөр нэмсэн
contract-what-charge-ended = Төлбөр дуусгасан
contract-what-charges-set = Төлбөрүүдийг оруулсан
contract-what-schedule-set = Төлбөрийн хуваарь тогтоосон
contract-what-increase-added = Нэмэгдлийн дүрэм нэмсэн
contract-what-increase-ended = Нэмэгдлийг зогсоосон
contract-what-increased = Үнэ нэмэгдсэн
contract-what-index-given = Индексийн хувь оруулсан
contract-what-discount-added = Хөнгөлөлт үзүүлсэн
contract-what-discount-ended = Хөнгөлөлт дуусгасан
contract-what-approved = Зөвшөөрсөн
contract-what-approval-withdrawn = Зөвшөөрлийг буцаасан
contract-what-sent-to-sign = Гарын үсэг зуруулахаар илгээсэн
contract-what-signed = Гарын үсэг зурсан
contract-what-activated = Хүчин төгөлдөр болгосон
contract-what-extended = Хугацааг сунгасан
contract-what-renegotiated = Нөхцөлийг дахин тохирсон
contract-what-renewed = Шинэчилсэн
contract-what-grace-begun = Хүлээлтийн хугацаа эхэлсэн
contract-what-expired = Хугацаа дууссан
contract-what-terminated = Цуцалсан
contract-what-dropped = Ноорогийг хаясан
contract-what-restored = Сэргээсэн
contract-what-deposit-changed = Барьцаа өөрчлөгдсөн
contract-what-document-added = Баримт хавсаргасан

history-field-code = Гэрээний дугаар
history-field-status = Төлөв
history-field-kind = Зориулалт
history-field-property-id = Барилга
history-field-tenant-name = Түрээслэгч
history-field-units = Талбай
history-field-starts-on = Эхлэх өдөр
history-field-ends-on = Дуусах өдөр
history-field-signed-at = Гарын үсэг зурсан
history-field-terminated-on = Цуцалсан өдөр
history-field-termination-reason = Цуцалсан шалтгаан
history-field-deposit-amount = Барьцаа
history-field-deposit-received = Авсан барьцаа
history-field-payment-day = Төлөх өдөр
history-field-grace-days = Хүлээх хоног
history-field-penalty-bp = Алданги
history-field-notes = Тэмдэглэл
history-field-approved-at = Зөвшөөрсөн
history-field-approved-by = Зөвшөөрсөн хүн
history-field-schedule-kind = Түрээс нэхэмжлэх
history-field-rooms = Талбай
history-field-items = Төлбөр
history-field-increases = Нэмэгдэл
history-field-discounts = Хөнгөлөлт
history-field-schedule = Хуваарийн мөр
history-field-from = эхлэх
history-field-to = дуусах
history-field-area-m2 = хэмжээ
history-field-unit-price = үнэ
history-field-valid-from = эхлэх
history-field-valid-to = дуусах
history-field-percent-bp = хувь
history-field-amount = дүн
history-field-applied = нэмэгдсэн удаа
history-field-next-on = дараагийн өдөр
history-field-name = нэр

## Шинэ гэрээ, алхмаар

wizard-parties = Талууд
wizard-term = Хугацаа
wizard-rooms = Талбай
wizard-charges = Төлбөр
wizard-clauses = Барьцаа, алданги
wizard-overview = Хянах
wizard-next = Хадгалаад цааш
wizard-back = Буцах
wizard-note = Алхам бүр хадгалагдана. Орхиод дараа нь, өөр төхөөрөмжөөс ч үргэлжлүүлж болно.
wizard-continue = Ноорогийг үргэлжлүүлэх
wizard-tenant = Түрээслэгч
wizard-tenant-hint = Нэр, регистр эсвэл утсаар хайна
wizard-new-tenant = Шинэ түрээслэгч бүртгэх
wizard-alike = Ийм түрээслэгч бүртгэлтэй байна. Энэ мөн үү?
wizard-take-this = Энэ түрээслэгчийг сонгох
wizard-from = Эхлэх
wizard-to = Дуусах
wizard-rooms-note = Хэд хэдэн талбай сонгож болно. Өөр хугацаатай бол өдрийг нь бичнэ; хоосон бол гэрээний хугацаагаар.
wizard-rooms-find = Тоотоор хайх
wizard-room-vacant = сул
# $tenant: түрээслэгч, $code: гэрээ
wizard-room-let = { $tenant }, { $code }
# $date: өдөр
wizard-room-until = { $date } хүртэл
wizard-no-rooms = Энэ барилгад ийм талбай алга.
wizard-charges-note = Сонгосон талбайн үнээс урьдчилан бөглөв. Хоосон мөр хадгалагдахгүй.
wizard-line-name = Төлбөрийн нэр
wizard-line-room = Аль талбайд
wizard-more-lines = Мөр нэмэх
wizard-lacks-rooms = Талбай сонгоогүй байна.
wizard-lacks-charges = Төлбөр оруулаагүй байна.
wizard-ready = Бүх зүйл бүрдсэн. Ноорогийг хянаж, баталгаажуулна уу.
wizard-done = Дуусгах
wizard-deposit-hint = Жишээ нь нэг сарын түрээс
wizard-draft-lacks = Дутуу ноорог
