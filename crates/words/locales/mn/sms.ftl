# Мессежийн үг. Латин үсэгтэй хувилбар нь sms-latin-… түлхүүртэй.

# $owner: байгууллагын нэр, $space: талбайн дугаар, $month: сарын тоо, $amount ба $previous: төгрөг, $link: хуудасны хаяг
sms-invoice = { $owner }: { $space }, { $month }-р сарын төлбөр { $amount } ₮. { $link }
sms-invoice-owing = { $owner }: { $space }, { $month }-р сарын төлбөр { $amount } ₮, өмнөх үлдэгдэл { $previous } ₮. { $link }
sms-thanks = { $owner }: { $amount } ₮ төлбөр хүлээн авлаа. Баярлалаа! Баримт: { $link }
sms-thanks-credit = { $owner }: { $amount } ₮ төлбөр хүлээн авлаа. Баярлалаа!

sms-latin-invoice = { $owner }: { $space }, { $month }-r sariin tulbur { $amount } tug. { $link }
sms-latin-invoice-owing = { $owner }: { $space }, { $month }-r sariin tulbur { $amount } tug, umnuh uldegdel { $previous } tug. { $link }
sms-latin-thanks = { $owner }: { $amount } tug tulbur huleen avlaa. Bayarlalaa! Barimt: { $link }
sms-latin-thanks-credit = { $owner }: { $amount } tug tulbur huleen avlaa. Bayarlalaa!

# $space: талбай, $days: үлдсэн хоног, $date: сүүлийн өдөр
sms-ending = { $owner }: { $space } талбайн гэрээ { $days } хоногийн дараа ({ $date }) дуусна. Сунгах бол бидэнтэй холбогдоорой.
sms-latin-ending = { $owner }: { $space } talbain geree { $days } honogiin daraa ({ $date }) duusna. Sungah bol bidentei holbogdooroi.
