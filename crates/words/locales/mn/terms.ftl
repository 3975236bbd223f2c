# Түрээсийн үг хэллэг: зүйлсийн нэр, төлөв, төрөл. Түлхүүр нь домэйны үгтэй нэг: invoice-status-partially-paid.

## Зүйлс: «… олдсонгүй» гэх мэт өгүүлбэрт ордог

thing-owner = Байгууллага
thing-user = Хэрэглэгч
thing-session = Нэвтрэлт
thing-device = Төхөөрөмж
thing-property = Барилга
thing-floor = Давхар
thing-room = Талбай
thing-tenant = Түрээслэгч
thing-contract = Гэрээ
thing-contract-item = Гэрээний төлбөр
thing-invoice = Нэхэмжлэл
thing-payment = Төлөлт
thing-intent = Төлбөрийн хүсэлт
thing-receipt = Баримт
thing-import = Импорт
thing-page = Хуудас
thing-record = Бичлэг

## Гэрээ

contract-status-draft = Ноорог
contract-status-pending-signature = Гарын үсэг хүлээж буй
contract-status-active = Идэвхтэй
contract-status-grace-period = Хүлээлтийн хугацаанд
contract-status-terminated = Цуцалсан
contract-status-expired = Дууссан
contract-status-renewed = Шинэчилсэн

charge-kind-rent = Түрээс
charge-kind-management = Менежментийн төлбөр
charge-kind-parking = Зогсоол
charge-kind-service = Үйлчилгээ
charge-kind-discount = Хөнгөлөлт

charge-basis-flat = Сард
charge-basis-per-m2 = м² тутамд
charge-basis-meter = Заалтаар

tax-kind-vat-able = НӨАТ-тай
tax-kind-vat-free = НӨАТ-аас чөлөөлөгдсөн
tax-kind-vat-zero = НӨАТ 0 хувь
tax-kind-not-vat = НӨАТ ногдохгүй

vat-mode-included = НӨАТ багтсан
vat-mode-added = НӨАТ нэмэгдэнэ
vat-mode-exempt = НӨАТ-гүй

## Нэхэмжлэл

invoice-kind-rent = Түрээс
invoice-kind-utility = Ашиглалтын зардал
invoice-kind-sale = Борлуулалт
invoice-kind-discount = Хөнгөлөлт
invoice-kind-fee = Алданги, хураамж
invoice-kind-correction = Залруулга

invoice-status-draft = Ноорог
invoice-status-issued = Илгээсэн
invoice-status-partially-paid = Хэсэгчлэн төлсөн
invoice-status-paid = Төлсөн
invoice-status-overdue = Хугацаа хэтэрсэн
invoice-status-void = Хүчингүй
invoice-status-refunded = Буцаасан

## Төлөлт

payment-method-bank = Банкны шилжүүлэг
payment-method-qpay = QPay
payment-method-socialpay = SocialPay
payment-method-cash = Бэлэн мөнгө
payment-method-deposit = Барьцаа

payment-status-recorded = Бүртгэсэн
payment-status-reversed = Буцаасан

intent-status-requested = Бэлтгэж байна
intent-status-open = Төлөхийг хүлээж байна
intent-status-paid = Төлсөн
intent-status-cancelled = Цуцалсан
intent-status-expired = Хугацаа дууссан
intent-status-failed = Амжилтгүй

## Баримт

receipt-status-pending = Илгээгдээгүй
receipt-status-sent = Илгээсэн
receipt-status-returned = Буцаасан
receipt-status-parked = Шалгаж байна
receipt-status-failed = Амжилтгүй

receipt-type-b2c-receipt = Иргэний баримт
receipt-type-b2b-receipt = Байгууллагын баримт
receipt-type-b2c-invoice = Иргэний нэхэмжлэх
receipt-type-b2b-invoice = Байгууллагын нэхэмжлэх

## Барилга, талбай

property-status-active = Ашиглалтад байгаа
property-status-under-construction = Баригдаж буй
property-status-decommissioned = Ашиглалтаас гарсан

room-kind-studio = Студи
room-kind-apartment = Орон сууц
room-kind-office = Оффис
room-kind-shop = Дэлгүүр
room-kind-storage = Агуулах
room-kind-parking = Зогсоол
room-kind-other = Бусад

price-mode-per-m2 = м² тутамд
price-mode-flat = Бүхэлд нь

tenant-kind-person = Иргэн
tenant-kind-company = Байгууллага

## Эрх

role-admin = Платформын админ
role-owner-director = Захирал
role-owner-accountant = Нягтлан бодогч
role-employee = Ажилтан
role-tenant = Түрээслэгч
role-system = Систем
role-link = Холбоосоор орсон
