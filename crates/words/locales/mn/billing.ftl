# Нэхэмжлэлийн мөр, «Яаж бодсон бэ?» тайлбар.

## Яаж бодсон бэ? $quantity: тоо хэмжээ, $price: нэгж үнэ, $share: НӨАТ нэмэхийн өмнөх дүн, $amount: эцсийн дүн

made-one-off-vat-included = { $quantity } × { $price } ₮ = { $amount } ₮, НӨАТ багтсан
made-one-off-vat-added = { $quantity } × { $price } ₮ = { $share } ₮; + НӨАТ 10 % = { $amount } ₮
made-one-off-no-vat = { $quantity } × { $price } ₮ = { $amount } ₮, НӨАТ-гүй
made-imported = Өмнөх системээс шилжүүлсэн үлдэгдэл: { $amount } ₮
line-imported = { $month } сарын төлбөр

## Шилжүүлэх хуудасны мөр. $row: мөрийн дугаар, $code: нэхэмжлэхийн дугаар, $contract: гэрээний дугаар, $month: сар

import-contract-unknown = { $row }-р мөр: { $contract } дугаартай, хүчин төгөлдөр гэрээ алга ({ $code }, { $month }).
import-code-taken = { $row }-р мөр: { $code } дугаартай нэхэмжлэл өөр гэрээ, сар эсвэл дүнгээр бүртгэлтэй байна ({ $contract }, { $month }).
import-month-billed = { $row }-р мөр: { $contract } гэрээний { $month } сарын нэхэмжлэл аль хэдийн байна ({ $code }).
