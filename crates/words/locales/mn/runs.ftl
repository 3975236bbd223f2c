# Сарын бодолтын явц, үр дүн.

# $month: сарын нэр
run-preview-title = { $month }: бодолтын өмнөх харагдац
run-title = { $month }: сарын бодолт
run-preview = Өмнөх харагдац
run-differing = Зөрүүтэй бүгд
# $count: тоо
run-ordered = { $count } нэхэмжлэл бодож эхэллээ. Энэ хуудсыг хааж болно, бодолт үргэлжилнэ.
# $who: хэн
run-ordered-by = Бодуулсан: { $who }
run-by-the-clock = товлосон цагаар өөрөө
run-going = Гэрээ бодож байна
run-going-note = Энэ хуудсыг хааж болно: сервер тасарсан ч бодолт зогссон газраасаа үргэлжилнэ.
run-made = Бодсон нэхэмжлэл
run-numbers = Дугаар
run-existing = Өмнө нь бодсон
run-parked = Түр үлдээсэн гэрээ
run-finished = Дууссан
run-stopped = Бодолт зогссон
run-stopped-note = Шалтгааныг засаад сараа дахин бодно уу: бодогдсон нэхэмжлэл давхардахгүй, зөвхөн дутуу нь бодогдоно.
run-gave-up = Олон удаа оролдоод бодож чадсангүй. Дахин бодуулна уу; давтагдвал туслалцаа аваарай.
run-left-out = Түр үлдээсэн гэрээ
run-left-out-note = Эдгээр гэрээний тооцоо нийлэхгүй байна. Засаад сараа дахин бодоход зөвхөн эдгээр нь нэмж бодогдоно.
run-mend = Засах

run-status-ordered = Дараалалд
run-status-running = Бодож байна
run-status-done = Дууссан
run-status-stopped = Зогссон
export-month-preview = Сарын бодолтын өмнөх харагдац

run-work-note = Сарын ажлыг дарааллаар нь хийж дуусгаад сараа хаана.
run-work-step = Алхам
run-work-done = Хийсэн
run-work-open = Үлдсэн
run-work-parts = Тайлбар
run-work-who = Хэн, хэзээ

run-step-readings = Тоолуурын заалт оруулах
run-step-unusual-readings = Сэжигтэй заалтыг шалгах
run-step-charges = Төлбөрийг хянаж бодох
run-step-drafts = Ноорог нэхэмжлэхийг батлах
run-step-sending = Нэхэмжлэх илгээх
run-step-payments = Төлөлтийг тулгах
run-step-penalties = Алдангийг хянах
run-step-reminders = Сануулга илгээх
run-step-receipts = эБаримтыг тулгах
run-step-bank = Банкны үлдэгдлийг тулгах
run-step-reports = Тайлангаа хадгалах
run-step-lock = Сарыг хаах

run-state-nothing = Хийх зүйлгүй
run-state-open = Үлдсэн
run-state-done = Дууссан

run-part-delivered = Хүргэсэн
run-part-accepted = Илгээсэн
run-part-waiting = Хүлээгдэж байгаа
run-part-failed = Амжилтгүй
run-part-untold = Мэдэгдээгүй
run-part-sent = Илгээсэн
run-part-pending = Хүлээгдэж байгаа
run-part-parked = Шалгах шаардлагатай
run-part-due = Сануулах ёстой
run-part-linked = Тулгасан
run-part-ignored = Хамааралгүй
run-part-probable = Магадлалтай
run-part-unknown = Танигдаагүй

run-utilities = Ашиглалтын төлбөр
# $count: тоо
run-utilities-parked = { $count } гэрээнийх түр үлдэнэ
