# Банкны гүйлгээг нэхэмжлэлтэй тулгах: шалтгаан, зөрчил, хуудас.

thing-bank-line = Банкны гүйлгээ

## Зөрчил

conflict-line-linked = Энэ гүйлгээг аль хэдийн нэхэмжлэлтэй холбосон байна.
conflict-line-not-linked = Энэ гүйлгээ нэхэмжлэлтэй холбогдоогүй байна.
conflict-line-ignored = Энэ гүйлгээг аль хэдийн үл тооцсон байна.
conflict-line-not-ignored = Энэ гүйлгээг үл тооцоогүй байна.
conflict-line-outgoing = Энэ бол зарлагын гүйлгээ: нэхэмжлэлтэй холбох боломжгүй.
conflict-line-takes-back = Буцаалтын гүйлгээний холбоосыг болиулах боломжгүй.
# $open: дутсан дүн; $limit: эзэмшигчийн зөвшөөрсөн дээд хэмжээ
conflict-difference-too-large = Дутсан { $open } ₮ нь хасаж болох дээд хэмжээнээс ({ $limit } ₮) их байна.

## Шалтгаан. $word: нэхэмжлэл, гэрээ, тоотын дугаар

matching-clue-invoice-named = Нэхэмжлэлийн дугаар { $word } утганд байна
matching-clue-contract-named = Гэрээний дугаар { $word } утганд байна
matching-clue-unit-named = Тоот { $word } утганд байна
matching-clue-name-told = Түрээслэгчийн нэр утганд байна
matching-clue-phone-told = Түрээслэгчийн утас утганд байна
matching-clue-register-told = Түрээслэгчийн регистр утганд байна
matching-clue-sender-named = Дансны эзэн түрээслэгчтэй ижил нэртэй
matching-clue-sender-known = Энэ данснаас өмнө нь энэ гэрээнд төлсөн
matching-clue-month-told = Сар нь таарч байна
matching-clue-amount-fits = Дүн тэнцүү
matching-clue-amount-of-all = Гэрээний нийт үлдэгдэлтэй тэнцүү
matching-clue-amount-of-several = Дурдсан нэхэмжлэлүүдийн нийлбэртэй тэнцүү
matching-clue-amount-less = Дүн үлдэгдлээс бага
matching-clue-amount-more = Дүн үлдэгдлээс их
matching-clue-several-fit = Хэд хэдэн нэхэмжлэлд таарч байна
matching-clue-clues-disagree = Дугаар нь нэг түрээслэгчийг, нэр нь өөр түрээслэгчийг заажээ
matching-clue-nothing-owed = Дурдсан гэрээнд төлөх үлдэгдэл алга
matching-clue-takes-back = Өмнөх орлогыг буцаасан
matching-clue-paid-before = Өмнө нь үүнтэй холбосныг болиулсан
matching-clue-by-hand = Хүн шийдсэн
matching-clue-settlement = Картын эсвэл QPay-ийн нэгтгэсэн орлого
matching-clue-interest = Банкны хүү
matching-clue-outgoing = Зарлага
matching-clue-nothing-known = Юу ч таарсангүй

## Төлөв

matching-tab-unknown = Тодорхойгүй
matching-tab-probable = Магадлалтай
matching-tab-linked = Холбогдсон
matching-tab-ignored = Үл тооцсон

## Хуудас

menu-matching = Банкны тулгалт
matching-empty = Энд гүйлгээ алга
matching-empty-note = Хуулга оруулмагц гүйлгээнүүд нэхэмжлэлтэй тулгагдана.
matching-run = Дахин тулгах
# $lines: гүйлгээний тоо; $linked: холбогдсон; $probable: магадлалтай
matching-ran = { $lines } гүйлгээг шалгав: { $linked } холбогдсон, { $probable } магадлалтай.
matching-line = Гүйлгээ
matching-best = Хамгийн таарах нэхэмжлэл
matching-reason = Шалтгаан
matching-accept = Зөвшөөрөх
matching-accepted = Гүйлгээг холбов.
matching-others = Бусад санал
matching-grid = Хүснэгтээр
matching-one-by-one = Нэг нэгээр
matching-fill-down = Доош хуулах
matching-grid-note = Сонгосон нэхэмжлэл бүрийг нэг дор холбоно. Ctrl-D: дээд мөрийн сонголтыг доош хуулна.
matching-grid-link = Сонгосныг холбох
# $count: холбосон гүйлгээний тоо
matching-grid-linked = { $count } гүйлгээг холбов.
# $count: холбогдоогүй үлдсэн
matching-grid-left = { $count } гүйлгээ холбогдсонгүй.
matching-no-candidate = Санал алга
matching-choose = Нэхэмжлэл сонгох
matching-invoice-code = Нэхэмжлэлийн дугаар
matching-invoice-unknown = Ийм дугаартай төлөгдөөгүй нэхэмжлэл алга
matching-link-by-hand = Гараар холбох
matching-parts-note = Мөр бүрт нэхэмжлэлийн дугаар, хүсвэл дүнг бичнэ: INV-2026-000012 500000
matching-parts-bad = { $line }-р мөр ойлгогдсонгүй
matching-write-off = Дутсан бага зөрүүг хасах
matching-ignore = Үл тооцох
matching-ignored = Гүйлгээг үл тооцов.
matching-regard = Эргүүлж авах
matching-regarded = Гүйлгээг эргүүлж авлаа.
matching-why = Шалтгаан бичих
matching-undo = Холбоосыг болиулах
matching-undone = Холбоосыг болиулав.
matching-undo-asks = Үүнийг болиулбал дараах зүйлс хамт буцна:
# $code: нэхэмжлэл; $amount: дүн
matching-undo-bill = { $code } нэхэмжлэл { $amount } ₮-өөр дахин төлөгдөөгүй болно
# $count: баримтын тоо
matching-undo-receipts = Эдгээр төлөлтийн { $count } эБаримт гарсан байна
# $count: дансны тоо
matching-undo-senders = Сурсан { $count } илгээгчийн дансыг мартана
# $month: түгжигдсэн сар
matching-undo-locked = { $month } сар түгжигдсэн тул болиулах боломжгүй
matching-keys = Enter: зөвшөөрөх · ↑ ↓: мөр солих
# $open: үлдэгдэл; $due: хугацаа
matching-candidate-note = { $open } ₮ · { $due }
matching-payer = Илгээгч
matching-credit = Түрээслэгчийн урьдчилгаа

## Түүх

audit-thing-bank-line = Банкны гүйлгээ
audit-thing-matching = Банкны тулгалт
audit-action-bank-line-match = Банкны гүйлгээ: тулгасан
audit-action-bank-line-link = Банкны гүйлгээ: холбосон
audit-action-bank-line-ignore = Банкны гүйлгээ: үл тооцсон
audit-action-bank-line-regard = Банкны гүйлгээ: эргүүлж авсан
audit-action-bank-line-undo = Банкны гүйлгээ: холбоосыг болиулсан
audit-action-bank-line-take-back = Банкны гүйлгээ: буцаалтыг холбосон
audit-action-matching-rules = Банкны тулгалт: дүрэм
