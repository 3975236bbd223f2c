# Гэрээний амьдрал: гарын үсэг, сунгалт, шинэчлэл, цуцлалт, тооцоо нийлэлт, барьцаа.

## Зөрчил

# $code: гэрээний дугаар
conflict-contract-not-in-force = { $code } гэрээ хүчин төгөлдөр биш тул энэ үйлдлийг хийх боломжгүй.
conflict-contract-has-no-end = Энэ гэрээ хугацаагүй тул сунгах шаардлагагүй.
# $name: төлбөрийн нэр
conflict-charge-begins-later = «{ $name }» төлбөр шинэ үнэ эхлэх өдрөөс хойш эхэлж байна. Шинэ үнийн өдрийг хойшлуулна уу.
conflict-renewed-already = Энэ гэрээний үргэлжлэл гэрээ аль хэдийн үүссэн байна.
conflict-no-rooms-to-go-on = Гэрээ дуусах өдөр түрээсэлж буй талбай алга. Шинэ гэрээ үүсгэнэ үү.
conflict-nothing-to-restore = { $code } гэрээнд сэргээх цуцлалт алга.
# $month: цуцалсан сар
conflict-restoration-too-late = Цуцлалт { $month } сард бүртгэгдсэн тул сэргээх боломжгүй болсон. Шинэ гэрээ үүсгэнэ үү.
# $why: шалтгаан
conflict-charges-unclear = Гэрээний төлбөрийг бодох боломжгүй байна: { $why }
conflict-deposit-too-small = Барьцаанд үлдсэн дүнгээс их байна. Тухайн өдрийн үлдэгдлийг шалгана уу.
conflict-deposit-due-already = Төлөх барьцаа аль хэдийн ийм дүнтэй байна.
conflict-deposit-entry-is-a-payment = Энэ мөр барьцаанаас хийсэн төлөлт тул төлөлтийг нь буцаана уу.
conflict-deposit-entry-is-a-correction = Залруулгын мөрийг дахин залруулах боломжгүй.
conflict-deposit-entry-corrected = Энэ мөрийг аль хэдийн залруулсан байна.

## Талбарын алдаа

field-first-of-a-month = Ирээдүйн сарын 1-ний өдөр байна.
field-too-far-ahead = Өнөөдрөөс нэг жилийн дотор байна.
field-extend-in-grace = Хүлээлтийн хугацаанд байгаа гэрээг «Сунгах» үйлдлээр сунгана.

## Нэр томьёо

thing-deposit-entry = Барьцааны бичилт

deposit-kind-due = Төлөх барьцаа
deposit-kind-topped-up-due = Нэмж төлөх барьцаа
deposit-kind-received = Хүлээн авсан
deposit-kind-set-off = Төлбөрт суутгасан
deposit-kind-refunded = Буцаан олгосон
deposit-kind-corrected = Залруулга

settlement-step-stands = Хэвээр
settlement-step-bill = Нэхэмжилнэ
settlement-step-anew = Дахин гаргана
settlement-step-cancel = Хүчингүй болгоно
settlement-step-correct = Залруулна

## Нэхэмжлэлийн мөр

# $code: гэрээний дугаар
settlement-anew-reason = { $code } гэрээ цуцлагдсан тул ашигласан хоногоор дахин гаргав
settlement-set-off-note = { $code } гэрээний барьцаанаас суутгав
# $name: төлбөрийн нэр
line-correction = { $name }: ашиглаагүй хоногийн залруулга
line-correction-imported = Ашиглаагүй хоногийн залруулга
line-correction-undone = Буцаасан: { $name }
# $billed: нэхэмжилсэн, $used: ашигласан, $amount: зөрүү
made-unused = ашигласан { $used } ₮ − нэхэмжилсэн { $billed } ₮ = { $amount } ₮

## Хуудас: дараагийн алхам

steps = Дараагийн алхам
steps-draft = Ноорог гэрээ. Талбай энэ гэрээнд хадгалагдсан боловч төлбөр бодогдохгүй.
steps-pending = Гарын үсэг хүлээж байна. Түрээслэгч гэрээг харж байгаа, төлбөр бодогдохгүй.
steps-grace = Хугацаа нь дууссан, хүлээлтийн хугацаанд байна. Талбай энэ гэрээнд хэвээр боловч эдгээр хоногт түрээс бодогдохгүй. Сунгавал тасралтгүй үргэлжилнэ.
contract-goes-on-from = Өмнөх гэрээг нээх
signed-on = Гарын үсэг зурсан өдөр
signed-on-hint = Хоосон бол өнөөдөр
contract-sign-do = Гарын үсэг зурсан
contract-send = Гарын үсэгт илгээх
contract-activate = Гарын үсэггүйгээр хүчин төгөлдөр болгох
contract-drop = Нооргийг хаях
contract-drop-note = Талбай шууд сулрана. Ноорог дугаараа хадгалж үлдэнэ.
contract-drop-do = Нооргийг хаях
contract-return = Ноорог болгож буцаах
contract-return-note = Гэрээг дахин засах боломжтой болно. Түрээслэгч харахаа болино.
contract-return-do = Ноорог болгох
contract-restore = Цуцлалтыг сэргээх
contract-restore-note = Андуурч цуцалсан бол цуцалсан сардаа багтаан сэргээнэ. Тооцоо нийлсэн нэхэмжлэл, барьцааны суутгал буцаагдана.
contract-restore-do = Гэрээг сэргээх
# $code: гэрээний дугаар, $date: өдөр
contract-sent-news = { $code } гэрээг гарын үсэгт илгээлээ.
contract-returned-news = { $code } гэрээ дахин ноорог боллоо.
contract-restored-news = { $code } гэрээг сэргээлээ.
contract-extended-news = { $code } гэрээг сунгалаа. Дуусах: { $date }.
contract-renewed-news = { $code } гэрээний ноорог бэлэн боллоо, эхлэх өдөр { $date }. Шалгаад баталгаажуулна уу.

## Хуудас: сунгах, шинэчлэх

contract-extend = Сунгах
contract-extend-do = Гэрээг сунгах
contract-renew = Шинэчлэх
contract-renew-do = Шинэ гэрээний ноорог үүсгэх
contract-renew-note = Талбай, төлбөр нь хэвээр шинэ гэрээний ноорог үүснэ. Шинэ гэрээ хүчин төгөлдөр болоход энэ гэрээ «Шинэчилсэн» төлөвт шилжинэ.
look-first = Тооцоолж үзэх
what-changes = Юу өөрчлөгдөх вэ
new-end = Шинэ дуусах өдөр
new-contract-ends = Шинэ гэрээ дуусах өдөр
price-increase = Үнийн өөрчлөлт
price-increase-hint = Жишээ нь 7.5. Бууруулах бол −5. Хэвээр бол хоосон орхино
prices-from = Шинэ үнэ эхлэх өдөр
prices-from-hint = Хоосон бол сунгасан хугацааны эхний өдөр
renegotiated-from = Хугацаанаас өмнө шинэчлэх бол эхлэх өдөр
renegotiated-from-hint = Ирээдүйн сарын 1. Хоосон бол дууссаны маргаашаас
term-now-ends = Одоо дуусах
term-goes-on-from = Үргэлжлэх
term-new-end = Шинэ дуусах
whole-month-before = Бүтэн сарын төлбөр одоо
whole-month-after = Бүтэн сарын төлбөр дараа
difference = Зөрүү
price-now = Одоогийн үнэ
price-then = Шинэ үнэ

## Хуудас: цуцлах, тооцоо нийлэх

settlement = Тооцоо нийлэлт
set-off-deposit = Барьцаанаас суутгах
# $held: байгаа барьцаа
set-off-deposit-hint = Байгаа барьцаа: { $held } ₮
settlement-no-months = Нэхэмжлэх, залруулах сар алга.
settled-billed = Нэхэмжилсэн
settled-used = Ашигласан хоногоор
settled-step = Юу хийх
settled-how = яаж бодсон
settled-open-before = Өмнөх үлдэгдэл
settled-added = Шинээр нэхэмжлэх
settled-taken-back = Хүчингүй болгох, залруулах
settled-credit-used = Илүү төлөлтөөс
settled-set-off = Барьцаанаас
settled-to-pay = Түрээслэгчийн төлөх
settled-deposit-left = Буцаан олгох барьцаа
settled-credit-left = Илүү төлөлтийн үлдэгдэл

## Хуудас: барьцаа

deposit-register = Барьцааны бүртгэл
deposit-due = Төлөх барьцаа
deposit-held = Байгаа барьцаа
deposit-missing = Дутуу
deposit-set-off = Суутгасан
deposit-refunded = Буцаан олгосон
deposit-corrected = Залруулга
deposit-entries = Бичилтүүд
deposit-entry = Бичилт
deposit-no-entries = Барьцаа бүртгээгүй байна.
deposit-entered = Барьцааны бичилтийг хадгаллаа.
deposit-do-received = Барьцаа хүлээн авах
deposit-do-refunded = Барьцаа буцаан олгох
deposit-do-due = Төлөх барьцааг тогтоох
deposit-do-corrected = Буруу бичилтийг залруулах
deposit-months = Хэдэн сарын түрээс
# $rent: нэг сарын түрээс
deposit-months-hint = Нэг сарын түрээс одоо { $rent } ₮
deposit-or-amount = Эсвэл нийт дүн
deposit-or-amount-hint = Өмнө тогтоосон барьцаа энэ дүнд тооцогдоно
deposit-wrong-entry = Буруу бичилт
deposit-any-standing = Бүх барьцаа
deposit-standing-held = Барьцаа байгаа
deposit-standing-missing = Дутуу барьцаа
deposits-none = Ийм барьцаа алга
deposits-none-note = Шүүлтүүрээ өөрчилнө үү. Барьцааг гэрээний хуудаснаас бүртгэнэ.
day = Өдөр

## Үйлдлийн түүх

audit-action-contract-send = Гэрээ: гарын үсэгт илгээсэн
audit-action-contract-take-back = Гэрээ: ноорог болгож буцаасан
audit-action-contract-activate = Гэрээ: хүчин төгөлдөр болгосон
audit-action-contract-extend = Гэрээ: сунгасан
audit-action-contract-renegotiate = Гэрээ: хугацаанаас өмнө шинэчлэхээр тохирсон
audit-action-contract-renew = Гэрээ: үргэлжлэх гэрээний ноорог үүсгэсэн
audit-action-contract-renewed = Гэрээ: шинэчлэгдсэн
audit-action-contract-restore = Гэрээ: цуцлалтыг сэргээсэн
audit-action-contract-grace = Гэрээ: хүлээлтийн хугацаа эхэлсэн
audit-action-contract-expire = Гэрээ: хугацаа дууссан
audit-action-contract-tell-of-end = Гэрээ: дуусахыг мэдэгдсэн
audit-action-deposit-enter = Барьцаа: бичилт хийсэн
audit-action-settlement-make = Тооцоо нийлэлт: хийсэн
audit-thing-deposit = Барьцаа
audit-thing-settlement = Тооцоо нийлэлт
contract-what-sent-back = Ноорог болгож буцаасан
