// Comforts on top of pages that work without it: theme switch, search key, keyboard in lists, copy, closing.

(() => {
  "use strict";

  const typing = (element) => element.closest("input, textarea, select, [contenteditable]") !== null;

  // "/" and Ctrl-K go to the search of the top bar.
  const search = () => document.querySelector("[data-search]");

  // ↑ and ↓ move between the rows of a list; Enter follows the link that has the focus, as it always does.
  const rowLinks = () => [...document.querySelectorAll("[data-rows] .row-link, [data-rows] [data-step]")].filter((link) => link.offsetParent);

  function step(by) {
    const links = rowLinks();
    if (links.length === 0) return false;
    const row = document.activeElement.closest("[data-rows] tr");
    const at = links.findIndex((link) => row?.contains(link));
    const next = at < 0 ? (by > 0 ? 0 : links.length - 1) : Math.min(Math.max(at + by, 0), links.length - 1);
    links[next].focus();
    links[next].scrollIntoView({ block: "nearest" });
    return true;
  }

  // Ctrl-D in a column that can be filled takes what stands above, as in a spreadsheet.
  document.addEventListener("keydown", (event) => {
    const cell = event.target.closest?.("[data-fill]");
    if (!cell || event.key.toLowerCase() !== "d" || !(event.ctrlKey || event.metaKey)) return;
    const column = [...document.querySelectorAll("[data-fill]")];
    const above = column[column.indexOf(cell) - 1];
    event.preventDefault();
    if (above) cell.value = above.value;
    column[column.indexOf(cell) + 1]?.focus();
  });

  // Esc closes what is open, the innermost first.
  function close() {
    const open = document.querySelector(".account[open], .bottom-more[open]");
    if (open) {
      open.open = false;
      open.querySelector("summary").focus();
      return true;
    }
    const panel = document.querySelector("[data-close='panel']");
    if (panel) {
      panel.click();
      return true;
    }
    return false;
  }

  document.addEventListener("keydown", (event) => {
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    const inText = typing(event.target);
    let handled = false;
    if ((event.key === "/" && plain && !inText) || (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey))) {
      search()?.focus();
      search()?.select();
      handled = search() !== null;
    } else if (event.key === "ArrowDown" && plain && (!inText || event.target.matches("[data-list-search]"))) {
      handled = step(1);
    } else if (event.key === "ArrowUp" && plain && !inText) {
      handled = step(-1);
    } else if (event.key === "Escape" && plain) {
      if (inText) event.target.blur();
      handled = close();
    }
    if (handled) event.preventDefault();
  });

  // In a column that is filled in, Enter goes down, as on paper; in its last cell it sends.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches("[data-down] [data-cell]")) return;
    const cells = [...event.target.closest("[data-down]").querySelectorAll("[data-cell]")];
    const next = cells[cells.indexOf(event.target) + (event.shiftKey ? -1 : 1)];
    if (!next) return;
    event.preventDefault();
    next.focus();
    next.select();
  });

  // The panel is closed without a new page: it goes, the row loses its mark, the address follows.
  document.addEventListener("click", (event) => {
    const closer = event.target.closest("[data-close='panel']");
    if (!closer || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const panel = closer.closest(".panel");
    const gone = document.createElement("aside");
    gone.id = panel.id;
    gone.hidden = true;
    panel.replaceWith(gone);
    const tile = document.querySelector("[data-tiles] a[aria-current]");
    tile?.removeAttribute("aria-current");
    tile?.focus();
    const row = document.querySelector("[data-rows] tr[data-state='selected']");
    row?.removeAttribute("data-state");
    const link = row?.querySelector(".row-link");
    link?.removeAttribute("aria-current");
    link?.focus();
    history.replaceState(null, "", closer.href);
  });

  // A row opens wherever it is pressed, unless something is being marked.
  document.addEventListener("click", (event) => {
    const row = event.target.closest("[data-rows] tbody tr");
    if (!row || event.target.closest("a, button, input, label, summary") || !getSelection().isCollapsed) return;
    row.querySelector(".row-link")?.click();
  });

  // The row whose panel opens is marked at once.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-rows] .row-link[hx-target='#panel']");
    if (!link || event.ctrlKey || event.metaKey) return;
    for (const row of document.querySelectorAll("[data-rows] tr[data-state]")) row.removeAttribute("data-state");
    link.closest("tr").dataset.state = "selected";
  });

  // And so is the tile.
  document.addEventListener("click", (event) => {
    const tile = event.target.closest("[data-tiles] a[hx-target='#panel']");
    if (!tile || event.ctrlKey || event.metaKey) return;
    for (const other of document.querySelectorAll("[data-tiles] a[aria-current]")) other.removeAttribute("aria-current");
    tile.setAttribute("aria-current", "true");
  });

  // A menu closes when something else is pressed.
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll(".account[open], .bottom-more[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });

  // Copy buttons. The clipboard is only there over https or on localhost; elsewhere the text is marked instead.
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      const title = button.title;
      button.classList.add("is-copied");
      button.title = button.dataset.copied;
      say(button.dataset.copied);
      setTimeout(() => {
        button.classList.remove("is-copied");
        button.title = title;
      }, 1500);
    } catch {
      const text = button.parentElement.querySelector(".copyable-text");
      if (text) getSelection().selectAllChildren(text);
    }
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) print();
  });

  // Whoever signs out leaves no page behind that opens without a network.
  document.addEventListener("submit", (event) => {
    if (event.target.matches("form[action='/sign-out']")) window.caches?.delete("walk");
  });

  // For screen readers: a word in the live region, gone again before it piles up.
  function say(word) {
    const place = document.getElementById("notices");
    const slip = document.createElement("p");
    slip.className = "sr-only";
    slip.textContent = word;
    place?.append(slip);
    setTimeout(() => slip.remove(), 2000);
  }

  // On a phone the tab one is at may lie beyond the edge.
  for (const tab of document.querySelectorAll(".view[aria-current]")) {
    const { parentElement: tabs } = tab;
    tabs.scrollLeft = tab.offsetLeft - tabs.offsetLeft - (tabs.clientWidth - tab.clientWidth) / 2;
  }

  // What is ticked is counted and added up; all that match count as the server counted them.
  const grouped = (mungo) => {
    const tugrug = String(mungo / 100n).replace(/\B(?=(\d{3})+$)/g, "\u00a0");
    const rest = mungo % 100n;
    return rest === 0n ? tugrug : `${tugrug}.${String(rest < 0n ? -rest : rest).padStart(2, "0")}`;
  };

  function count() {
    for (const bar of document.querySelectorAll("[data-picking]")) {
      const picks = [...bar.closest("form").querySelectorAll("[data-pick]")];
      const ticked = picks.filter((pick) => pick.checked);
      const whole = bar.querySelector("[data-pick-whole]");
      const sum = whole.checked ? BigInt(whole.dataset.sum) : ticked.reduce((all, pick) => all + BigInt(pick.dataset.pick), 0n);
      bar.querySelector("[data-picked]").hidden = false;
      bar.querySelector("[data-picked-count]").textContent = whole.checked ? whole.dataset.pickWhole : ticked.length;
      bar.querySelector("[data-picked-sum]").textContent = grouped(sum);
      const page = bar.querySelector("[data-pick-page]");
      page.checked = picks.length > 0 && ticked.length === picks.length;
      page.indeterminate = ticked.length > 0 && ticked.length < picks.length;
    }
  }

  document.addEventListener("change", (event) => {
    const page = event.target.closest("[data-pick-page]");
    if (page) for (const pick of page.closest("form").querySelectorAll("[data-pick]")) pick.checked = page.checked;
    if (page || event.target.closest("[data-pick], [data-pick-whole]")) count();
  });
  document.addEventListener("htmx:after:swap", count);
  // Back from the confirmation the browser has kept the ticks.
  addEventListener("pageshow", count);

  // "x" ticks the row one is at.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "x" || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const pick = event.target.closest("[data-rows] tr")?.querySelector("[data-pick]");
    if (!pick) return;
    pick.checked = !pick.checked;
    count();
  });

  // A code goes on its way once it is whole, also out of the message it was pasted in.
  document.addEventListener("input", (event) => {
    const field = event.target.closest("[data-code]");
    if (!field) return;
    const close = field.value.replace(/(\d)[ -](?=\d)/g, "$1");
    const code = close.split(/\D+/).find((digits) => digits.length === Number(field.dataset.code));
    if (!code) return;
    field.value = code;
    field.form.requestSubmit();
  });

  // What can be asked for again after a while counts down until then.
  for (const button of document.querySelectorAll("[data-countdown]")) {
    const ready = Date.now() + 1000 * button.dataset.countdown;
    const tick = () => {
      const left = Math.ceil((ready - Date.now()) / 1000);
      button.disabled = left > 0;
      button.querySelector("[data-left]").textContent = left > 0 ? ` ${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}` : "";
      if (left > 0) setTimeout(tick, 250);
    };
    tick();
  }

  // A filter that is set shows it, also while one types.
  document.addEventListener("input", (event) => {
    if (event.target.closest(".filter")) event.target.toggleAttribute("data-set", event.target.value !== "");
  });

  // An address names only the filters that are set.
  document.addEventListener("htmx:config:request", (event) => {
    const { sourceElement, request } = event.detail.ctx;
    if (!sourceElement.matches(".filter")) return;
    for (const [name, value] of [...request.body]) if (value === "") request.body.delete(name, value);
  });

  // What takes long is answered step by step: each line is the region `#report` as it is then. Without the last step
  // the way was lost, and the page says what that means.
  document.addEventListener("submit", async (event) => {
    const form = event.target.closest("[data-steps]");
    if (!form || event.submitter?.value !== form.dataset.steps) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const body = new FormData(form, event.submitter);
    for (const button of form.querySelectorAll("button")) button.disabled = true;
    form.classList.add("htmx-request");
    const report = () => document.getElementById("report");
    const lost = () => report().replaceChildren(document.getElementById("steps-lost").content.cloneNode(true));
    try {
      const answer = await fetch(form.action, { method: "POST", body, headers: { accept: "application/x-ndjson" } });
      if (!answer.headers.get("content-type")?.includes("x-ndjson")) {
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        document.querySelector("main").replaceWith(page.querySelector("main"));
        return;
      }
      const lines = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      for (let begun = ""; ; ) {
        const { value, done } = await lines.read();
        if (done) break;
        const whole = (begun + value).split("\n");
        begun = whole.pop();
        for (const line of whole) report().replaceWith(document.createRange().createContextualFragment(JSON.parse(line)));
      }
      if (document.querySelector("#report progress")) lost();
    } catch {
      lost();
    } finally {
      form.classList.remove("htmx-request");
    }
  }, true);

  // No answer at all: the page stays and says so.
  document.addEventListener("htmx:error", (event) => {
    if (event.detail.ctx?.response) return;
    document.getElementById("notices").replaceChildren(document.getElementById("lost").content.cloneNode(true));
  });

  // The theme changes in place; the server is told for the next page.
  document.addEventListener("submit", (event) => {
    const form = event.target.closest("[data-theme-switch]");
    if (!form || !event.submitter) return;
    event.preventDefault();
    const { value } = event.submitter;
    const root = document.documentElement;
    root.classList.remove("light", "dark");
    if (value !== "system") root.classList.add(value);
    form.querySelector(`[data-now="${value}"]`).focus();
    const body = new URLSearchParams(new FormData(form, event.submitter));
    fetch(form.action, { method: "POST", body, redirect: "manual", keepalive: true });
  });
})();
