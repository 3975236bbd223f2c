# Барилга, давхар, талбай: эзэлхүүн, сул талбай, үнэ, нэгтгэх ба хуваах.

spaces-rooms = Жагсаалт
spaces-buildings = Барилга
spaces-vacancies = Сул талбай
spaces-prices = Үнэ өөрчлөх
as-of = Тухайн өдрөөр
months-unit = сар

## Талбай өдөр бүрд ямар байна: occupancy-<үг>

occupancy-let = Түрээсэлсэн
occupancy-notice = Удахгүй сулрах
occupancy-listed = Сул, зартай
occupancy-vacant = Сул
# $days: эзэмшигчийн тохируулсан хоног
occupancy-notice-means = «Удахгүй сулрах»: дуусах нь мэдэгдсэн, эсвэл { $days } хоногийн дотор дуусах бөгөөд дараагийн түрээслэгчгүй талбай.
room-not-there = Хаагдсан
let-share = Түрээсэлсэн хувь
settings-notice-days = Сулрах тухай урьдчилан харуулах
settings-notice-days-hint = Дуусахаас хэдэн хоногийн өмнөөс «Удахгүй сулрах» гэж тооцох вэ.

## Барилга

buildings-none = Барилга алга
buildings-none-note = Эхлээд барилгаа бүртгээд, дараа нь талбайг нь нэмнэ.
building-edit = Барилга засах
building-facts = Барилгын мэдээлэл
building-city = Хот
building-area = Нийт талбай
building-closed-on = Ашиглалтаас гарсан өдөр
building-status-hint = Талбай нь түрээсэлсэн бол ашиглалтаас гаргах боломжгүй.
building-floors-title = Давхрууд
floor-label = Нэр
floor-none = Давхаргүй
floor-add = Давхар нэмэх
floor-remove = Давхрыг устгах
# $number: давхрын дугаар, зоорийнх хасах тэмдэгтэй
floor-of = { $number }-р давхар
# $occupied, $count: түрээсэлсэн ба нийт талбайн тоо; $letArea, $area: м²
floor-sums = { $occupied } / { $count } · { $letArea } / { $area } м²
grid-none = Энэ барилгад талбай алга
grid-none-note = Давхар, талбайг нэмэхэд энд зураглалаар харагдана.

## Талбай

room-open = Талбайн хуудас
room-view = Харагдах байдал
# $view: юу харагддаг
room-view-of = цонхоор: { $view }
room-balcony = Тагттай
room-furnished = Тавилгатай
room-is-listed = Зар тавьсан
room-features = Онцлог
room-deposit-months = Барьцаа, сараар
room-valid-from = Анхны өдөр
room-valid-from-hint = Хоосон бол урьдаас байсан гэж тооцно.
asked-a-month = Сарын үнэ
room-tenancies = Гэрээнүүд
room-never-let = Энэ талбайг одоогоор хэн ч түрээсэлж байгаагүй.
room-when = Хэзээ
room-past = Өмнөх
room-now = Одоогийн
room-coming = Ирэх
room-made-of = Юунаас үүссэн
room-became = Юу болсон
remaking-merge = Нэгтгэсэн
remaking-split = Хуваасан
room-close = Талбайг хаах
room-close-note = Сүүлийн өдрөөс хойш жагсаалт, тооцоонд орохгүй. Өмнөх түүх нь хэвээр үлдэнэ.
room-close-do = Хаах
room-reopen = Дахин нээх
room-reopen-note = Андуурч хаасан бол дахин нээж болно.
room-remove = Талбайг устгах
room-remove-note = Нэг ч гэрээнд бичигдээгүй талбайг бүрмөсөн устгана.
# $unit: тоот
room-closed-news = { $unit } талбайг хаалаа.
room-opened-news = { $unit } талбайг дахин нээлээ.
room-removed-news = Талбайг устгалаа.

## Нэгтгэх, хуваах

room-remaking = Нэгтгэх, хуваах
room-remaking-note = Хуучин талбай өмнөх өдрөөр хаагдаж, шинэ нь тэр өдрөөс эхэлнэ. Түүх нь өөрчлөгдөхгүй.
room-merge = Нэгтгэх
room-merge-do = Нэгтгэх
# $unit: тоот
room-merge-note = { $unit } талбайг бусадтай нэг болгоно.
merge-with = Аль талбайтай нэгтгэх вэ?
merge-choose = Дор хаяж нэг талбай сонгоно уу.
merge-unit = Шинэ тоот
merge-area-hint = Хоосон бол нэгтгэх талбайнуудын нийлбэр болно.
room-merged-news = Нэгтгэж, { $unit } талбайг үүсгэлээ.
room-split = Хуваах
room-split-do = Хуваах
# $unit: тоот, $area: м²
room-split-note = { $unit }, { $area } м². Хэсгүүдийн нийлбэр үүнтэй тэнцэнэ.
# $number: хэсгийн дугаар
split-part = { $number }-р хэсэг
# $unit: тоот, $count: хэсгийн тоо
room-split-news = { $unit } талбайг { $count } хуваалаа.
remake-from = Хэдний өдрөөс
remake-from-hint = Шинэ талбайн эхний өдөр. Тэр өдөр ба түүнээс хойш гэрээгүй байх ёстой.
remake-accept = Талбайн хэмжээ зөрж байгаа нь зөв, шалтгааныг бичсэн

## Сул талбай

vacancies-note = Түрээслэгчгүй талбай, хэдэн хоног сул байгаа, сард алдаж буй түрээс.
vacancies-none = Сул талбай алга
vacancies-none-note = Шүүлтүүрт тохирох бүх талбай түрээслэгдсэн байна.
vacancies-any-days = Бүх хугацаа
# $days: хоног
vacancies-longer = { $days } хоногоос дээш
# $count: тоо
vacancies-count = { $count } сул талбай
vacancies-unpriced = { $count } талбай үнэгүй
listed = Зар
listed-any = Зартай, заргүй
listed-yes = Зартай
listed-no = Заргүй
days-vacant = Сул хоног
vacant-since = Сул болсон
vacant-after = Өмнөх түрээслэгч
vacant-until = Дараагийнх
lost-a-month = Алдаж буй, сард

## Үнийг олноор өөрчлөх

prices-title = Санал болгох үнийг өөрчлөх
prices-note = Эхлээд шүүж эсвэл тэмдэглэж сонгоно. Хуучин, шинэ үнийг харсны дараа хадгална.
prices-any-mode = Аль ч үнэ
# $count: тоо
prices-all = Шүүлтэд тохирсон бүх { $count } талбай
prices-ticked = Зөвхөн тэмдэглэсэн талбай
prices-which = Аль талбай
prices-tick-some = Дор хаяж нэг талбайг тэмдэглэнэ үү.
prices-how = Яаж
price-rule-set = Шинэ үнэ тогтоох
price-rule-add = Дүнгээр нэмэх, хасах
price-rule-percent = Хувиар өөрчлөх
# $amount: дүн
price-rule-said-set = Шинэ үнэ: { $amount } ₮
price-rule-said-add = Нэмэх дүн: { $amount } ₮
# $percent: хувь, $rounding: бүхэлчлэх нэгж
price-rule-said-percent = Өөрчлөх хувь: { $percent }%, { $rounding } хүртэл бүхэлчилнэ
prices-amount = Дүн
prices-amount-hint = Тогтоох эсвэл нэмэх дүн. Хасах бол −.
prices-percent = Хувь
prices-percent-hint = Жишээ нь: 5 эсвэл −2.5
prices-rounding = Бүхэлчлэх
prices-rounding-hint = Хувиар өөрчлөхөд: тал ба түүнээс дээшийг дээш нь бүхэлчилнэ.
rounding-1 = 1 ₮
rounding-10 = 10 ₮
rounding-100 = 100 ₮
prices-preview = Шинэ үнийг харах
# $changed: өөрчлөгдөх, $count: нийт
prices-changed = { $count } талбайгаас { $changed } талбайн үнэ өөрчлөгдөнө.
prices-apply = Үнийг хадгалах
prices-again = Дахин сонгох
price-before = Хуучин үнэ
price-after = Шинэ үнэ
month-before = Сард, хуучин
month-after = Сард, шинэ
# $count: тоо, $before, $after: сарын нийт дүн
prices-changed-news = { $count } талбайн үнийг өөрчиллөө. Сарын нийт дүн { $before } ₮ байсан нь { $after } ₮ боллоо.
prices-more = Өөр { $count } талбай энд харагдахгүй байна. Шүүлтүүрээр нарийсгаж эсвэл бүгдийг нь сонгоно уу.

## Татгалзсан шалтгаан

# $unit: тоот, $code: гэрээний дугаар
conflict-property-let = { $unit } талбай { $code } гэрээнд байгаа тул барилгыг ашиглалтаас гаргах боломжгүй. Эхлээд гэрээг дуусгана уу.
conflict-room-let = { $unit } талбай тухайн өдрөөс хойш { $code } гэрээнд байна. Эхлээд гэрээг дуусгах эсвэл өдрөө хойшлуулна уу.
# $unit: тоот
conflict-room-closed = { $unit } талбайг аль хэдийн хаасан байна.
# $into: шинэ тоот
conflict-room-remade = { $unit } талбай { $into } болж өөрчлөгдсөн тул дахин нээх боломжгүй.
conflict-room-has-history = Энэ талбай гэрээнд бичигдсэн эсвэл нэгтгэх, хуваах түүхтэй тул устгах боломжгүй. Оронд нь хаана уу.
conflict-floor-not-empty = Энэ давхарт талбай бүртгэлтэй тул устгах боломжгүй. Эхлээд талбайг өөр давхарт шилжүүлнэ үү.
# $before, $after, $difference: м²
conflict-area-differs = Талбайн хэмжээ тэнцэхгүй байна: өмнө нь { $before } м², одоо { $after } м², зөрүү { $difference } м². Зөв бол шалтгааныг бичээд баталгаажуулна уу.
# $units: тоотууд
conflict-rooms-changed = { $units } талбайг энэ хооронд өөр хүн өөрчилсөн тул нэг ч үнэ өөрчлөгдсөнгүй. Дахин хараад хадгална уу.
# $unit: тоот; $from, $to: эхний ба сүүлийн өдөр, хоосон байж болно
conflict-room-not-there = { $unit } талбай гэрээний бүх хугацаанд байхгүй ({ $from } – { $to }). Гэрээний өдрийг тааруулах эсвэл өөр талбай сонгоно уу.
# $unit: тоот
field-price-below-zero = { $unit } талбайн үнэ тэгээс бага болно.
field-price-too-large = { $unit } талбайн үнэ хэт их болно.
field-one-building = Зөвхөн нэг барилгын талбайг нэгтгэнэ.
field-before-the-room = Талбайн эхний өдрөөс хойш байна.

## Түүхэнд

audit-verb-close = хаасан
audit-verb-reopen = дахин нээсэн
audit-verb-reprice = үнийг өөрчилсөн
audit-verb-merge = нэгтгэсэн
audit-verb-split = хуваасан
