# Нэхэмжлэлийн мөр, «Яаж бодсон бэ?» тайлбар.

## Яаж бодсон бэ? $quantity: тоо хэмжээ, $price: нэгж үнэ, $share: НӨАТ нэмэхийн өмнөх дүн, $amount: эцсийн дүн

made-one-off-vat-included = { $quantity } × { $price } ₮ = { $amount } ₮, НӨАТ багтсан
made-one-off-vat-added = { $quantity } × { $price } ₮ = { $share } ₮; + НӨАТ 10 % = { $amount } ₮
made-one-off-no-vat = { $quantity } × { $price } ₮ = { $amount } ₮, НӨАТ-гүй
made-imported = Өмнөх системээс шилжүүлсэн үлдэгдэл: { $amount } ₮
line-imported = { $month } сарын төлбөр
