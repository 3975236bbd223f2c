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
