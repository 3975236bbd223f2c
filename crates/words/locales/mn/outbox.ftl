# Гацсан ажил

outbox-title = Гацсан ажил
outbox-all = Бүгд
outbox-pending = Хүлээгдэж буй
outbox-dead = Гацсан
outbox-done = Дууссан
outbox-kind = Ажил
outbox-attempts = Оролдсон
outbox-run-at = Дараагийн оролдлого
outbox-error = Сүүлийн алдаа
outbox-made = Үүссэн
outbox-empty = Ийм ажил алга
outbox-empty-note = Мессеж, баримт, QPay-ийн хүсэлт бүгд хугацаандаа явж байна.
