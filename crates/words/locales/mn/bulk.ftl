### Нэхэмжлэлийн залруулга, олон нэхэмжлэл дээр нэг дор хийх ажил.

## Залруулгын мөр, яаж бодсон бэ

line-corrected = Залруулга: { $name }
made-corrected = { $code } нэхэмжлэлийн мөрөөс: үлдсэн { $held } ₮, залруулга { $amount } ₮

## Зөрчлийн шалтгаан

conflict-correction-nothing-left = Энэ нэхэмжлэлээс залруулж хасах дүн үлдээгүй байна.
conflict-correction-too-large = Залруулга { $left } ₮-өөс их байж болохгүй: нэхэмжлэлд үүнээс илүү үлдээгүй.
conflict-correction-of-correction = { $code } нь өөрөө залруулга тул дахин залруулахгүй. Анхны нэхэмжлэлийг залруулна уу.
conflict-correction-of-draft = Ноорог нэхэмжлэлийг залруулахгүй. Хэрэггүй бол цуцлаад шинээр үүсгэнэ үү.
conflict-correction-of-void = { $code } хүчингүй болсон тул залруулахгүй.
conflict-correction-undone-unpaid = Энэ нэхэмжлэлийн өмнөх залруулгыг буцаасан { $left } ₮ төлөгдөөгүй байна. Эхлээд түүнийг шийдвэрлэнэ үү.
conflict-invoice-has-corrections = { $code } нэхэмжлэлд залруулга хийсэн тул хүчингүй болгох боломжгүй.
conflict-discount-above-open = Хөнгөлөлт гэрээний төлөгдөөгүй үлдэгдлээс их байна: үлдэгдэл { $open } ₮.
conflict-bulk-nothing-to-do = Сонгосон нэхэмжлэлийн аль нь ч энэ үйлдэлд тохирохгүй байна.
conflict-bulk-changed = Сонголт өөрчлөгджээ: { $expected } нэхэмжлэл байсан, одоо { $now } болсон. Дахин шалгана уу.
conflict-bulk-too-many = Нэг удаад { $most }-аас олон нэхэмжлэл сонгохгүй. Шүүлтээ нарийсгана уу.
conflict-bulk-nothing-failed = Амжилтгүй болсон нэхэмжлэл алга.

## Яагаад орхисон, яагаад амжилтгүй болсон

bulk-why-not-draft = Ноорог биш
bulk-why-not-issued = Илгээгээгүй эсвэл хүчингүй болсон
bulk-why-not-open = Төлөх үлдэгдэлгүй
bulk-why-not-overdue = Хугацаа нь хэтрээгүй
bulk-why-no-phone = Түрээслэгчийн утасны дугаар алга
bulk-why-nothing-to-correct = Залруулах дүнгүй
bulk-why-sms-refused = Оператор мессежийг хүлээж аваагүй
bulk-why-sms-unknown = Мессеж хүрсэн эсэх нь тодорхойгүй тул дахин илгээгээгүй
bulk-why-sms-not-sent = Мессежийг илгээж чадсангүй

## Мессеж

sms-bulk-overdue = { $owner }: { $space }, { $month }-р сарын төлбөр { $amount } ₮-ийн хугацаа { $days } хоног хэтэрлээ. { $link }
sms-latin-bulk-overdue = { $owner }: { $space }, { $month }-r sariin tulbur { $amount } tug-iin hugatsaa { $days } honog hetersen. { $link }
