# Түрээслэгч утсаараа нэвтрээд гэрээгээ олох: байгууллага баталгаажуулна.

thing-place = Түрээсийн газар
thing-tenant-link = Холболтын хүсэлт

tenant-link-status-waiting = Хүлээгдэж буй
tenant-link-status-linked = Баталгаажсан
tenant-link-status-refused = Татгалзсан
tenant-link-status-ended = Дууссан

conflict-tenant-has-another-phone = Түрээслэгчийн бүртгэлд энэ дугаар одоо алга тул баталгаажуулах боломжгүй. Эхлээд түрээслэгчийн утасны дугаарыг шалгана уу.
conflict-tenant-has-a-person = Энэ түрээслэгчид өөр хүн холбогдсон байна. Эхлээд тэр холболтыг дуусгана уу.

## Мессеж. $owner: байгууллагын нэр, $link: хуудасны хаяг

sms-link-confirmed = { $owner }: Таны дугаарыг баталгаажууллаа. Гэрээ, нэхэмжлэхээ эндээс харна уу: { $link }
sms-link-refused = { $owner }: Таныг түрээслэгчээр баталгаажуулсангүй. Асуух зүйл байвал бидэнтэй холбогдоно уу.
sms-link-ended = { $owner }: Таны дугаараар гэрээ, нэхэмжлэх үзэх эрхийг хаалаа. Асуух зүйл байвал бидэнтэй холбогдоно уу.

sms-latin-link-confirmed = { $owner }: Tanii dugaariig batalgaajuullaa. Geree, nehemjlehee endees harna uu: { $link }
sms-latin-link-refused = { $owner }: Taniig tureeslegcheer batalgaajuulsangui. Asuuh zuil baival bidentei holbogdono uu.
sms-latin-link-ended = { $owner }: Tanii dugaaraar geree, nehemjleh uzeh erhiig haalaa. Asuuh zuil baival bidentei holbogdono uu.
