// A walk without a network: what is typed is kept on the telephone first and sent when it can be, each reading once.
// The page is whole without this; here one meter follows the other without asking anybody.

(() => {
  "use strict";

  const walk = document.querySelector("[data-walk]");
  if (!walk || !window.indexedDB) return;
  const { walk: person, month } = walk.dataset;

  // --- One meter at a time.

  const meters = [...walk.querySelectorAll("[data-meter]")];
  const meterOf = (id) => meters.find((meter) => meter.dataset.meter === id);

  function show(id) {
    const meter = meterOf(id);
    if (!meter) return;
    for (const other of meters) other.hidden = other !== meter;
    for (const place of walk.querySelectorAll(".walk-place")) {
      if (place.dataset.to !== id) {
        place.removeAttribute("aria-current");
        continue;
      }
      place.setAttribute("aria-current", "true");
      place.scrollIntoView({ block: "nearest", inline: "center" });
    }
    history.replaceState(null, "", `#m-${id}`);
    const field = meter.querySelector("[name=current]");
    field.focus();
    field.select();
  }

  // The next meter that nobody has read, going on from this one and round.
  function goOn(meter) {
    const at = meters.indexOf(meter);
    const round = [...meters.slice(at + 1), ...meters.slice(0, at)];
    const next = round.find((other) => !other.dataset.state) ?? round[0];
    if (next) show(next.dataset.meter);
  }

  walk.addEventListener("click", (event) => {
    const link = event.target.closest("[data-to]");
    if (!link || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    show(link.dataset.to);
  });

  // --- What is kept: one entry for a person, a month and a meter; a later one takes its place.

  const opened = new Promise((done, failed) => {
    const request = indexedDB.open("walk", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("readings", { keyPath: "id" });
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });

  async function ask(mode, question) {
    const transaction = (await opened).transaction("readings", mode);
    const request = question(transaction.objectStore("readings"));
    return new Promise((done, failed) => {
      transaction.oncomplete = () => done(request.result);
      transaction.onabort = () => failed(transaction.error);
    });
  }

  const put = (entry) => ask("readwrite", (readings) => readings.put(entry));
  const drop = (entry) => ask("readwrite", (readings) => readings.delete(entry.id));
  const get = (id) => ask("readonly", (readings) => readings.get(id));
  const mine = async () => (await ask("readonly", (readings) => readings.getAll())).filter((entry) => entry.person === person);

  // --- What is shown of it.

  function mark(meter, state) {
    if (!meter) return;
    meter.dataset.state = state;
    const place = walk.querySelector(`.walk-place[data-to="${meter.dataset.meter}"]`);
    if (place) place.dataset.state = state;
  }

  function remark(meter, said) {
    const place = meter?.querySelector("[data-remark]");
    if (!place) return;
    place.textContent = said;
    place.hidden = said === "";
    meter.querySelector("[name=current]").toggleAttribute("aria-invalid", said !== "");
    if (said) meter.querySelector("[data-word]").open = true;
  }

  async function count() {
    const waiting = (await mine()).filter((entry) => entry.state === "waiting");
    const news = walk.querySelector("[data-offline]");
    news.hidden = waiting.length === 0;
    news.querySelector("[data-count]").textContent = String(waiting.length);
    return waiting;
  }

  // --- Typing.

  const number = (text) => Number(text.replace(/\s/g, "").replace(",", "."));

  // What is below the reading before, or out of the usual, asks for a word once; the office has the last say.
  function asksForWord(form) {
    const { previous, least, most, below, odd, warned } = form.dataset;
    const { current, why, note } = form.elements;
    const typed = number(current.value);
    if (warned === current.value || Number.isNaN(typed)) return "";
    form.dataset.warned = current.value;
    if (previous && typed < Number(previous) && !why.value) return below;
    if (most && !why.value && !note.value.trim() && (typed < Number(least) || typed > Number(most))) return odd;
    return "";
  }

  const today = () => new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Ulaanbaatar" }).format(new Date());
  const freshKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

  // A photo as large as a counter needs to be read, since the way to the office may be narrow.
  async function small(file) {
    if (!file || file.size === 0) return null;
    try {
      const picture = await createImageBitmap(file);
      const scale = Math.min(1, 1600 / Math.max(picture.width, picture.height));
      if (scale === 1 && file.size < 500_000) return file;
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(picture.width * scale);
      canvas.height = Math.round(picture.height * scale);
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      return (await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.8))) ?? file;
    } catch {
      return file;
    }
  }

  walk.addEventListener("submit", async (event) => {
    const form = event.target.closest("[data-reading]");
    if (!form) return;
    event.preventDefault();
    const meter = form.closest("[data-meter]");
    if (!form.elements.current.value.trim()) return form.elements.current.focus();
    const said = asksForWord(form);
    remark(meter, said);
    if (said) return;
    const fields = [...new FormData(form)].filter(([name, value]) => typeof value === "string" && name !== "key");
    fields.push(["readOn", today()]);
    const entry = {
      id: `${person} ${month} ${meter.dataset.meter}`,
      person, fields,
      meter: meter.dataset.meter,
      url: form.getAttribute("action"),
      key: freshKey(),
      photo: await small(form.elements.photo.files[0]),
      state: "waiting",
      said: "",
    };
    try {
      await put(entry);
    } catch {
      form.submit(); // nothing can be kept here: sent as a page would
      return;
    }
    mark(meter, "waiting");
    await count();
    await send(entry);
    if (meter.dataset.state !== "refused" && !meter.hidden) goOn(meter);
  });

  // --- Sending. An entry goes once it was answered for: written down, or refused with the reason.

  async function send(entry) {
    const body = new FormData();
    for (const [name, value] of entry.fields) body.append(name, value);
    body.append("key", entry.key);
    if (entry.photo) body.append("photo", entry.photo, entry.photo.name ?? "photo.jpg");
    let told = null;
    try {
      const answer = await fetch(entry.url, { method: "POST", body, headers: { accept: "application/json" }, signal: AbortSignal.timeout(20_000) });
      const isAnswer = answer.headers.get("content-type")?.startsWith("application/json") && answer.status < 500;
      walk.querySelector("[data-signed-out]").hidden = isAnswer || answer.status >= 500;
      if (isAnswer) told = await answer.json();
    } catch {
      return false; // no network: it stays
    }
    if (!told?.state) return false;
    const meter = meterOf(entry.meter);
    const stands = await get(entry.id);
    const isLatest = stands?.key === entry.key;
    if (told.state === "saved") {
      if (isLatest) await drop(entry);
    } else if (isLatest) {
      await put({ ...entry, state: "refused", said: told.said, version: told.version });
    }
    if (meter && isLatest) {
      if (told.version !== undefined) meter.querySelector("[name=version]").value = told.version;
      mark(meter, told.state === "saved" ? "read" : "refused");
      remark(meter, told.state === "saved" ? (told.photo ?? "") : told.said);
    }
    await count();
    return true;
  }

  let isSending = false;
  async function sendAll() {
    if (isSending) return;
    isSending = true;
    try {
      for (const entry of await count()) if (!(await send(entry))) break;
    } finally {
      isSending = false;
    }
  }

  addEventListener("online", sendAll);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && sendAll());
  setInterval(sendAll, 10_000);

  // --- After a reload: what is kept stands in the fields again.

  async function restore() {
    for (const entry of await mine()) {
      const meter = meterOf(entry.meter);
      if (!meter || !entry.id.includes(` ${month} `)) continue;
      const { elements } = meter.querySelector("[data-reading]");
      for (const [name, value] of entry.fields) {
        if (elements[name] && !["version", "month"].includes(name)) elements[name].value = value;
      }
      mark(meter, entry.state);
      remark(meter, entry.said);
    }
    await sendAll();
  }
  restore();
  if (location.hash.startsWith("#m-")) show(location.hash.slice(3));

  // --- The page itself, for when there is no network.

  async function keepPage() {
    if (!navigator.serviceWorker || !window.caches) return;
    await navigator.serviceWorker.register(walk.dataset.worker, { scope: walk.dataset.scope });
    const kept = await caches.open("walk");
    const files = [...document.querySelectorAll("link[href], script[src]")].map((part) => part.href ?? part.src);
    await kept.addAll([location.pathname + location.search, ...files]);
    walk.dataset.kept = "";
  }
  keepPage().catch(() => {});
})();
