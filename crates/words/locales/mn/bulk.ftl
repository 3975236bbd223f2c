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
bulk-why-print-failed = PDF гаргаж чадсангүй: нэхэмжлэх, лого хоёроо шалгаад дахин оролдоно уу
bulk-why-print-not-kept = PDF-ийг хадгалж чадсангүй
bulk-why-reminded = Өмнө нь сануулсан
bulk-why-promised = Төлөхөө амласан
bulk-why-sms-refused = Оператор мессежийг хүлээж аваагүй
bulk-why-sms-unknown = Мессеж хүрсэн эсэх нь тодорхойгүй тул дахин илгээгээгүй
bulk-why-sms-not-sent = Мессежийг илгээж чадсангүй

## Хуудас

bulk-verb-issue = Илгээх (дугаарлах)
bulk-verb-send = Дахин илгээх
bulk-verb-remind = Сануулах
bulk-verb-print = Нэг PDF болгох
bulk-verb-correct = Залруулж хасах
bulk-item-status-waiting = Хүлээгдэж буй
bulk-item-status-done = Болсон
bulk-item-status-failed = Амжилтгүй
bulk-bar = Сонгосон нэхэмжлэлүүд дээр
bulk-whole = Шүүлтэд таарсан бүх { $count } нэхэмжлэлийг сонгох ({ $total } ₮)
bulk-pick = Сонгох
bulk-pick-one = { $code } нэхэмжлэлийг сонгох
bulk-export = Excel-ээр авах
bulk-choose-first = Эхлээд нэхэмжлэлээ сонгоно уу.
bulk-confirm-title = { $verb }: шалгаад баталгаажуулна уу
bulk-confirm-note = Хэнд, юу хийгдэхийг шалгаад доорх товчийг дарна уу. Дартал юу ч өөрчлөгдөхгүй.
bulk-chosen = Сонгосон
bulk-will-do = Хийгдэх
bulk-left-out = Орхих
bulk-total = Нийт дүн
bulk-count = { $count } нэхэмжлэл
bulk-phones = Хүлээн авах утас
bulk-cost = Мессежийн зардал
bulk-texts = { $parts } хэсэг × { $price } ₮ = { $cost } ₮
bulk-parts = Мессежийн хэсэг
bulk-recipients = Хүлээн авагчид
bulk-and-more = мөн өөр { $count }
bulk-do-it = { $count } нэхэмжлэл дээр гүйцэтгэх
bulk-correct = Залруулга хийх
bulk-correct-note = Нэхэмжлэл өөрөө өөрчлөгдөхгүй: хасах дүнтэй залруулгын нэхэмжлэл үүснэ. Төлөөгүй хэсэг нь хасагдаж, төлсөн хэсэг нь түрээслэгчийн илүү төлөлт болно.
bulk-correct-line = Хасах дүн. Мөрийн дүн { $amount } ₮. Бүх мөрийг хоосон орхивол нэхэмжлэлийн үлдсэн дүнг бүхэлд нь хасна.
bulk-corrected = { $code } залруулгын нэхэмжлэл үүслээ.
bulk-corrections = Залруулга
bulk-bill-corrected = Залруулга ({ $codes })
bulk-previous-balance = Гэрээний өмнөх үлдэгдэл
bulk-credit = Илүү төлөлт
bulk-paper-open = PDF
bulk-paper-soon = PDF-ийг бэлдэж байна. Хэдхэн секундын дараа дахин дарна уу.
bulk-paper-failed = PDF-ийг бэлдэж чадсангүй.
bulk-orders = Бөөнөөр хийсэн ажлууд
bulk-orders-note = Олон нэхэмжлэл дээр нэг дор хийсэн ажил, түүний явц
bulk-none = Бөөнөөр хийсэн ажил алга
bulk-none-note = Нэхэмжлэлийн жагсаалтаас сонгоод эхлүүлнэ.
bulk-what = Юу
bulk-at = Хэзээ
bulk-by = Хэн
bulk-all = Бүгд
bulk-result = Үр дүн
bulk-retry = Амжилтгүй { $count }-г дахин оролдох
bulk-all-done = Бүгд болсон
bulk-some-failed = Зарим нь амжилтгүй боллоо
bulk-under-way = Хийгдэж байна
bulk-late = Хэтэрсэн хоног
bulk-late-any = Хэтэрсэн хоног: бүгд
bulk-late-days = { $days } хоног хэтэрсэн
bulk-sent = Мессеж
bulk-sent-any = Мессеж: бүгд
bulk-sent-yes = Мессеж илгээсэн
bulk-sent-no = Мессеж илгээгээгүй
bulk-min = Дүн, ₮-өөс
bulk-max = Дүн, ₮ хүртэл
thing-bulk-order = Бөөнөөр хийсэн ажил

## Түүх

audit-thing-bulk-order = Бөөнөөр хийсэн ажил
audit-verb-print = хэвлэсэн
audit-verb-retry = дахин оролдсон
audit-verb-correct = залруулсан
