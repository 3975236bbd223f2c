# Авлага: насжилт, алданги, төлөх амлалт, сануулга.

## Яаж бодсон бэ? $base: үлдэгдэл, $days: хоног, $rate: хувь, $invoice: нэхэмжлэлийн дугаар, $ceiling: дээд хязгаар

arrears-made-stretch = { $base } ₮ × { $days } хоног × { $rate } %
arrears-made = { $invoice }: { $stretches } = { $computed } ₮
arrears-made-capped = ; хуулийн дээд хязгаар (үндсэн дүнгийн 50 %) { $ceiling } ₮
arrears-made-before = ; өмнө шийдсэн { $before } ₮-ийг хасаад { $amount } ₮
# $invoice: нэхэмжлэлийн дугаар, $day: өдөр
arrears-line = { $invoice } нэхэмжлэлийн алданги, { $day }-ны байдлаар

## Мессеж: {"{"}owner{"}"} мэтийг илгээхдээ орлуулна

sms-reminder-first = { $owner }: { $space } талбайн { $amount } ₮ төлбөрийн хугацаа { $days } хоног хэтэрсэн байна. { $link }
sms-reminder-second = { $owner }: Дахин сануулъя. { $space } талбайн { $amount } ₮ төлбөр { $days } хоног хэтэрлээ. { $link }
sms-reminder-last = { $owner }: Сүүлчийн сануулга! { $space }, { $amount } ₮, { $days } хоног хэтэрсэн. Яаралтай төлнө үү. { $link }
sms-latin-reminder-first = { $owner }: { $space } talbain { $amount } tug tulburiin hugatsaa { $days } honog hetersen baina. { $link }
sms-latin-reminder-second = { $owner }: Dahin sanuulya. { $space } talbain { $amount } tug tulbur { $days } honog heterlee. { $link }
sms-latin-reminder-last = { $owner }: Suulchiin sanuulga! { $space }, { $amount } tug, { $days } honog hetersen. Yaaraltai tulnu uu. { $link }

## Үгс

arrears-bucket-not-due = Хугацаа болоогүй
arrears-bucket-to-30 = 1–30 хоног
arrears-bucket-to-60 = 31–60 хоног
arrears-bucket-to-90 = 61–90 хоног
arrears-bucket-to-180 = 91–180 хоног
arrears-bucket-over-180 = 180-аас дээш
promise-to-pay-open = Хүлээгдэж буй
promise-to-pay-kept = Биелсэн
promise-to-pay-broken = Биелээгүй
promise-to-pay-cancelled = Цуцалсан
penalty-from-due = Төлөх өдрийн маргаашаас
penalty-from-grace = Хүлээх хоног дууссаны маргаашаас
reminder-state-waiting = Илгээж байна
reminder-state-sent = Илгээсэн
reminder-state-failed = Амжилтгүй
reminder-state-unknown = Тодорхойгүй
reminder-state-skipped = Илгээгээгүй
reminder-because-not-overdue = Хугацаа хэтэрсэн төлбөр алга
reminder-because-promised = Төлөх амлалт өгсөн
reminder-because-reminded = Энэ шатны сануулга илгээсэн
reminder-because-no-phone = Утасны дугаар алга
reminder-because-paid = Төлсөн
reminder-because-bad-text = Мессежийн загвар буруу

## Жагсаалт

menu-receivables = Авлага
arrears-note = { $day }-ны байдлаар. Энэ өдрөөс хойшхи төлөлт, нэхэмжлэл ороогүй.
arrears-as-of = Өдрийн байдлаар
arrears-tab-aging = Насжилт
arrears-tab-penalties = Алданги
arrears-tab-promises = Төлөх амлалт
arrears-tab-settings = Сануулгын тохиргоо
arrears-search = Түрээслэгч, регистр, гэрээ, талбай
arrears-age = Хэтэрсэн хугацаа
arrears-any-age = Бүх хугацаа
arrears-by = Мөр
arrears-by-contract = Гэрээгээр
arrears-by-tenant = Түрээслэгчээр
arrears-any-stage = Бүх шат
arrears-stage = Сануулга
arrears-stage-no = { $stage }-р шат
arrears-stage-none = Сануулаагүй
arrears-total = Нийт авлага
arrears-penalty-part = Үүнээс алданги
arrears-credit = Илүү төлөлт
arrears-deposit = Барьцаа
arrears-deposit-note = Барьцаа зөвхөн мэдээлэл, авлагаас хасаагүй.
arrears-last-paid-on = Сүүлийн төлөлт
arrears-last-paid = Сүүлд төлсөн дүн
arrears-promise = Амлалт
arrears-promise-on = Амласан өдөр
arrears-empty = Авлага алга
arrears-empty-note = Шүүлтүүрт тохирох төлөгдөөгүй нэхэмжлэл байхгүй байна.
arrears-lines = Нээлттэй нэхэмжлэлүүд
arrears-lines-note = Дүн бүрийн ард байгаа нэхэмжлэлүүд, хамгийн удсан нь эхэнд.
arrears-choose = Сонгох
arrears-choose-row = { $contract }-г сонгох
arrears-chosen-remind = Сонгосонд сануулах
arrears-nobody-chosen = Эхлээд жагсаалтаас сонгоно уу.

## Алданги

arrears-principal = Үндсэн дүн
arrears-days = Бодогдох хоног
arrears-grace = Хүлээх хоног
arrears-rate = Өдөрт, %
arrears-ceiling = Дээд хязгаар
arrears-computed = Бодсон
arrears-charged = Нэхэмжилсэн
arrears-waived = Чөлөөлсөн
arrears-left = Шийдээгүй
arrears-how = Яаж бодсон бэ?
arrears-with-settled = Хожимдож төлсөн нэхэмжлэлийг оруулсан
arrears-only-open = Зөвхөн төлөгдөөгүй
arrears-penalties-note = Гэрээнд заасан алданги. Өдөрт 0.5 %, нийт дүн үндсэн дүнгийн 50 %-иас хэтрэхгүй (Иргэний хууль 232).
arrears-penalties-empty = Алданги бодогдох нэхэмжлэл алга
arrears-penalties-empty-note = Гэрээндээ алдангийн заалттай, хугацаа нь хэтэрсэн нэхэмжлэл энд гарна.
arrears-charge = Сонгосныг нэхэмжлэх
arrears-waive = Сонгосныг чөлөөлөх
arrears-waive-reason = Чөлөөлөх шалтгаан
# $amount: дүн, $count: тоо
arrears-charged-told = { $count } нэхэмжлэлд нийт { $amount } ₮ алданги нэхэмжиллээ.
arrears-waived-told = { $count } нэхэмжлэлийн { $amount } ₮ алдангийг чөлөөллөө.
conflict-no-penalty-left = Нэхэмжлэх эсвэл чөлөөлөх алданги үлдээгүй байна.
conflict-penalty-ceiling = Алданги үндсэн дүнгийн 50 %-иас хэтрэхгүй.

## Амлалт

arrears-promise-new = Төлөх амлалт бүртгэх
arrears-promise-amount = Амласан дүн
arrears-promise-day = Төлөх өдөр
arrears-promise-made = Амлалтыг бүртгэлээ. Тэр өдөр хүртэл сануулга илгээхгүй.
arrears-promise-cancel = Цуцлах
arrears-promise-cancelled = Амлалтыг цуцаллаа.
arrears-promise-paid = Түүнээс хойш төлсөн
arrears-promises-empty = Амлалт алга
arrears-promises-empty-note = Насжилтын жагсаалтаас гэрээгээ нээж амлалт бүртгэнэ.
thing-promise-to-pay = Төлөх амлалт
conflict-promise-open = Энэ гэрээнд хүлээгдэж буй амлалт байна. Эхлээд түүнийг цуцлана уу.
field-arrears-in-the-past = Өнөөдөр эсвэл түүнээс хойших өдөр байна.
field-arrears-too-far = Хамгийн ихдээ 180 хоногийн дараа байна.

## Сануулга

arrears-remind = Сануулга илгээх
arrears-remind-note = Илгээхээс өмнө хүлээн авагч, мессеж, зардлыг шалгана уу.
arrears-remind-stage = Сануулгын шат
arrears-remind-stage-own = Тус бүрийн хүрсэн шат
arrears-remind-show = Харах
# $count: хүний тоо, $parts: мессежийн тоо, $cost: зардал
arrears-remind-cost = { $count } хүлээн авагч, { $parts } мессеж, { $cost } ₮
arrears-remind-send = Илгээх
arrears-remind-back = Буцах
arrears-remind-nobody = Илгээх хүн алга
arrears-remind-passed = Илгээхгүй
arrears-remind-because = Шалтгаан
arrears-remind-text = Мессеж
arrears-remind-parts = Хэсэг
arrears-order = Илгээсэн сануулга
# $sent, $waiting, $failed, $skipped: тоо
arrears-order-progress = Илгээсэн { $sent } · хүлээгдэж буй { $waiting } · амжилтгүй { $failed } · илгээгээгүй { $skipped }
arrears-order-cost = { $parts } мессеж, { $cost } ₮
arrears-order-retry = Амжилтгүйг дахин илгээх
arrears-order-again = Шинэчлэх
arrears-order-made = Сануулгыг илгээж эхэллээ.
arrears-order-retried = Дахин илгээж эхэллээ.
arrears-order-by-clock = Өглөөний автомат сануулга
arrears-phone = Утас
arrears-state = Төлөв
thing-reminder-order = Сануулга
conflict-nobody-to-remind = Сануулга илгээх хүн алга: төлсөн, амласан эсвэл энэ шатанд сануулсан байна.
conflict-reminder-being-sent = Эдгээр нэхэмжлэлд яг одоо өөр сануулга илгээж байна. Хуудсаа шинэчилнэ үү.
conflict-nothing-to-retry = Дахин илгээх амжилтгүй мессеж алга.
conflict-reminder-text = Сануулгын загварт алдаа байна. Тохиргоогоо шалгана уу.

## Тохиргоо

arrears-settings-note = Хугацаа хэтэрснээс хойш хэд дэх өдөр, ямар үгээр сануулахыг эндээс тохируулна.
arrears-automatic = Өглөө бүр 10 цагт автоматаар сануулах
arrears-days-after = Төлөх өдрөөс хойш, хоног
arrears-text = Мессеж (кирилл)
arrears-latin-text = Мессеж (латин)
arrears-placeholders = Орлуулга: { $owner } байгууллага, { $space } талбай, { $amount } дүн, { $days } хоног, { $link } холбоос. Хоосон бол бидний үгийг хэрэглэнэ.
arrears-part-price = Нэг мессежийн үнэ { $price } ₮
arrears-settings-saved = Сануулгын тохиргоог хадгаллаа.
field-arrears-three-stages = Гурван шат байна.
field-arrears-stages-in-order = Өмнөх шатнаас хойш байна.
field-arrears-bad-placeholder = Ийм орлуулга байхгүй. Хаалтаа шалгана уу.
field-arrears-text-too-long = Хэт урт: дөрвөөс олон мессеж болж байна.

## Экспорт

export-penalties = Алдангийн тайлан
export-receivables = Авлагын насжилт

## Үйлдлийн түүх

audit-thing-penalty = Алданги
audit-thing-promise-to-pay = Төлөх амлалт
audit-thing-reminder = Сануулга
audit-thing-receivable = Авлага
audit-action-penalty-charge = Алданги: нэхэмжилсэн
audit-action-penalty-waive = Алданги: чөлөөлсөн
audit-action-promise-to-pay-make = Төлөх амлалт: бүртгэсэн
audit-action-promise-to-pay-cancel = Төлөх амлалт: цуцалсан
audit-action-promise-to-pay-judge = Төлөх амлалт: биелсэн эсэхийг тогтоосон
audit-action-reminder-order = Сануулга: илгээсэн
audit-action-reminder-retry = Сануулга: дахин илгээсэн
audit-action-owner-reminders = Байгууллага: сануулгын тохиргоо
audit-action-contract-penalty = Гэрээ: алдангийн заалт
audit-field-as-of = Өдрийн байдлаар
audit-field-waived = Чөлөөлсөн
audit-field-computed = Бодсон
audit-field-invoice = Нэхэмжлэл
audit-field-of = Үүнд
audit-field-by-hand = Гараар
audit-field-days = Хоног
audit-field-automatic = Автоматаар
audit-field-penalty-grace-days = Алдангийг хүлээх хоног
audit-field-penalty-from = Алданги эхлэх
audit-field-contract-id = Гэрээ
audit-field-paid = Төлсөн
