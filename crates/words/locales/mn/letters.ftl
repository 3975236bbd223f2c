# Бүртгэлтэй холбоотой захидал. Нэг захидалд: -subject гарчиг, -body гол үг, -button үйлдэл, -unless "та биш бол".
# -short нь мессежээр явах богино хувилбар.

letter-signed = Spacehub

letter-confirm-subject = И-мэйл хаягаа баталгаажуулна уу
letter-confirm-body = Энэ хаягаар Spacehub-д бүртгүүлэх хүсэлт ирлээ. Доорх холбоосоор орж хаягаа баталгаажуулаад нэвтэрнэ үү. Холбоос 1 цаг хүчинтэй.
letter-confirm-button = Хаягаа баталгаажуулах
letter-confirm-unless = Хэрэв та бүртгүүлээгүй бол энэ захидлыг тоохгүй өнгөрүүлж болно. Баталгаажуулаагүй бүртгэл үүсэхгүй.

letter-already-here-subject = Та бүртгэлтэй байна
letter-already-here-body = Энэ хаягаар Spacehub-д дахин бүртгүүлэх оролдлого гарлаа. Танд бүртгэл бий тул шууд нэвтэрнэ үү. Нууц үгээ мартсан бол энд шинээр тохируулна: { $forgotten }
letter-already-here-button = Нэвтрэх
letter-already-here-unless = Хэрэв энэ та биш бол юу ч хийх шаардлагагүй: таны бүртгэл өөрчлөгдөөгүй.

letter-company-is-here-subject = Танай байгууллага бүртгэлтэй байна
letter-company-is-here-body = Таны бичсэн регистрийн дугаартай байгууллага Spacehub-д бүртгэлтэй байна. Байгууллагынхаа захиралд хандаж урилга аваарай. Урилгаа авсан бол нэвтэрнэ үү.
letter-company-is-here-button = Нэвтрэх
letter-company-is-here-unless = Хэрэв та бүртгүүлээгүй бол энэ захидлыг тоохгүй өнгөрүүлж болно.

letter-reset-subject = Нууц үгээ шинэчлэх
letter-reset-body = Таны бүртгэлийн нууц үгийг шинэчлэх хүсэлт ирлээ. Доорх холбоосоор орж шинэ нууц үгээ тохируулна уу. Холбоос 1 цаг хүчинтэй бөгөөд нэг л удаа ажиллана.
letter-reset-button = Шинэ нууц үг тохируулах
letter-reset-unless = Хэрэв та хүсээгүй бол энэ захидлыг тоохгүй өнгөрүүлж болно: нууц үг тань хэвээр байна.

letter-new-address-subject = Шинэ и-мэйл хаягаа баталгаажуулна уу
letter-new-address-body = Та Spacehub-ийн бүртгэлийнхээ и-мэйлийг энэ хаягаар солихыг хүслээ. Доорх холбоосоор орж баталгаажуулна уу. Холбоос 1 цаг хүчинтэй.
letter-new-address-button = Шинэ хаягаа баталгаажуулах
letter-new-address-unless = Хэрэв та хүсээгүй бол энэ захидлыг тоохгүй өнгөрүүлж болно.

letter-address-changed-subject = И-мэйл хаяг тань солигдлоо
letter-address-changed-body = Таны Spacehub-ийн бүртгэлийн и-мэйл хаяг { $to } болж солигдлоо. Цаашид шинэ хаягаараа нэвтэрнэ үү.
letter-address-changed-unless = Хэрэв та солиогүй бол байгууллагынхаа захирал эсвэл бидэнд яаралтай мэдэгдээрэй.

letter-password-changed-subject = Нууц үг тань солигдлоо
letter-password-changed-body = Таны Spacehub-ийн бүртгэлийн нууц үг солигдож, бусад төхөөрөмж дээрх нэвтрэлт дууслаа.
letter-password-changed-button = Би солиогүй, нууц үгээ шинэчлэх
letter-password-changed-unless = Хэрэв та өөрөө сольсон бол юу ч хийх шаардлагагүй.
letter-password-changed-short = Spacehub: нууц үг тань солигдлоо. Та биш бол:

letter-displaced-subject = Хамгийн хуучин нэвтрэлт тань дууслаа
letter-displaced-body = Та шинэ төхөөрөмжөөс нэвтэрлээ. Нэг бүртгэлээр 5 төхөөрөмжөөс зэрэг нэвтэрч болох тул хамгийн хуучин нэвтрэлтийг дуусгалаа.
letter-displaced-button = Нэвтэрсэн төхөөрөмжүүдээ харах
letter-displaced-unless = Хэрэв шинэ төхөөрөмж таных биш бол тэр нэвтрэлтийг дуусгаж, нууц үгээ солиорой.
letter-displaced-short = Spacehub: шинэ төхөөрөмж нэвтэрсэн тул хамгийн хуучин нь гарлаа. Та биш бол:

letter-stolen-subject = Таны нэвтрэлтийг хамгаалж дуусгалаа
letter-stolen-body = Таны нэг төхөөрөмжийн нэвтрэлтийн түлхүүр хоёр газраас ашиглагдсан тул бид тэр нэвтрэлтийг дуусгалаа. Дахин нэвтэрнэ үү. Сэжигтэй санагдвал нууц үгээ солиорой.
letter-stolen-button = Нууц үгээ шинэчлэх
letter-stolen-unless = Утсаа нөөцөөс сэргээсэн үед ч ийм зүйл тохиолдож болно.
letter-stolen-short = Spacehub: таны нэвтрэлтийг хамгаалж дуусгалаа. Дахин нэвтэрнэ үү. Сэжигтэй бол нууц үгээ солино уу:

letter-code-subject = Нэвтрэх код: { $code }
letter-code-body = Таны нэвтрэх код: { $code }. Код 3 минут хүчинтэй.
letter-code-unless = Кодоо хэнд ч бүү хэлээрэй. Хэрэв та нэвтрээгүй бол нууц үгээ даруй солино уу.
letter-code-short = Spacehub: нэвтрэх код { $code }. Хэнд ч бүү хэлээрэй.

# $owner: байгууллагын нэр, $role: албан тушаал
letter-invitation-subject = { $owner } таныг Spacehub-д урьж байна
letter-invitation-body = { $owner } таныг Spacehub-д хамтран ажиллахаар урилаа. Эрх: { $role }. Доорх холбоосоор орж урилгаа хүлээн авна уу. Урилга 48 цаг хүчинтэй.
letter-invitation-button = Урилгаа хүлээн авах
letter-invitation-unless = Хэрэв энэ байгууллагыг мэдэхгүй бол захидлыг тоохгүй өнгөрүүлж болно.
letter-invitation-short = { $owner } таныг Spacehub-д урьж байна:
