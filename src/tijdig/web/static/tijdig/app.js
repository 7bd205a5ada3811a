// What a page of tijdig can do beyond what the server sent: keys, live news, dropped files.
// Every page works without this file. It writes no style and evaluates no text; what it says comes from
// data attributes of <body>, so that the server chooses the language.
"use strict";

(() => {
  const body = document.body;
  const find = (query, within = document) => within.querySelector(query);
  const findAll = (query, within = document) => [...within.querySelectorAll(query)];
  const say = (text) => { find("#said").textContent = text; };
  const memory = {
    get: (name) => { try { return sessionStorage.getItem(`tijdig.${name}`); } catch { return null; } },
    set: (name, value) => { try { sessionStorage.setItem(`tijdig.${name}`, value); } catch { /* private mode */ } },
  };

  // ── Keys ──────────────────────────────────────────────────────────────────────────────────────────
  const rowOf = (element) => element?.closest?.("[data-row]");
  const opener = (row) => find("[data-open]", row);
  const keysOn = () => body.dataset.keys === "on";
  const typing = (target) => target.matches("input:not([type=checkbox], [type=radio]), select, textarea, [contenteditable]");

  function move(by) {
    const rows = findAll("[data-row]").filter((row) => opener(row)?.getClientRects().length);
    if (!rows.length) return;
    const at = rows.indexOf(rowOf(document.activeElement));
    const next = rows[at < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(Math.max(at + by, 0), rows.length - 1)];
    opener(next)?.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  }

  // A list is where one comes back to from what it opens; a page that one only passes on the way says that it is none.
  const here = () => location.pathname + location.search;
  const isList = () => !("noList" in body.dataset) && find("[data-row] [data-open]");

  function remember() {
    if (!isList()) return;
    const row = rowOf(document.activeElement);
    if (row) memory.set("row", row.id);
    memory.set("list", here());
  }

  // Back to the list as it was left, where this page belongs to it or was opened from it; else one step up.
  function placeBack() {
    const list = memory.get("list");
    if (!list) return body.dataset.back;
    const path = (address) => new URL(address, location.href).pathname;
    const cameFrom = document.referrer && new URL(document.referrer);
    const fromList = cameFrom && cameFrom.origin === location.origin && cameFrom.pathname + cameFrom.search === list;
    const below = "backList" in body.dataset || path(body.dataset.back) === path(list);
    return fromList || below ? list : body.dataset.back;
  }

  function back(target) {
    if (typing(target)) {
      target.blur();
      document.getElementById(memory.get("row"))?.querySelector("[data-open]")?.focus();
      return;
    }
    const menu = find("details[data-menu][open]");
    if (menu) {
      menu.open = false;
      find("summary", menu).focus();
    } else if (body.dataset.back) {
      location.assign(placeBack());
    }
  }

  function openDialog(id) {
    const dialog = document.getElementById(id);
    if (dialog && !dialog.open) dialog.showModal();
  }

  function search() {
    const field = find("main [data-search]") || find("[data-search]");
    field?.focus();
    field?.select();
  }

  function choose(digit) {
    const button = find(`[data-choice="${digit}"]`, rowOf(document.activeElement) || document.createElement("p"));
    button?.click();
    if (button?.type === "radio") button.focus();
  }

  const KEYS = {
    j: () => move(1), ArrowDown: () => move(1), k: () => move(-1), ArrowUp: () => move(-1),
    "/": search, "?": () => openDialog("keys"),
  };

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || find("dialog[open]")) return;
    if (event.key === "Escape") return back(event.target);
    if (!keysOn() || typing(event.target)) return;
    // Arrows scroll a page until a row has the focus: only then do they move along the rows.
    if (event.key.startsWith("Arrow") && !rowOf(event.target)) return;
    const own = find(`[data-key="${CSS.escape(event.key)}"]`, rowOf(document.activeElement) || document.createElement("p"))
      || find(`[data-page-key="${CSS.escape(event.key)}"]`);
    if (own) return own.click();
    if (/^[1-9]$/.test(event.key)) return choose(event.key);
    if (!Object.hasOwn(KEYS, event.key)) return;
    event.preventDefault();
    KEYS[event.key]();
  });

  document.addEventListener("click", (event) => {
    const dialog = event.target.closest("[data-open-dialog]");
    if (dialog) openDialog(dialog.dataset.openDialog);
    findAll("details[data-menu][open]").forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
  });
  document.addEventListener("focusin", remember);

  function startKeys() {
    const chosen = (() => { try { return localStorage.getItem("tijdig.keys"); } catch { return null; } })();
    if (chosen) body.dataset.keys = chosen;
    findAll("[data-open-dialog][hidden]").forEach((button) => { button.hidden = false; });
    const box = find("[data-keys-switch]");
    if (box) {
      box.checked = keysOn();
      box.addEventListener("change", () => {
        body.dataset.keys = box.checked ? "on" : "off";
        try { localStorage.setItem("tijdig.keys", body.dataset.keys); } catch { /* holds for this page only */ }
      });
    }
    if (isList() && memory.get("list") === here() && !location.hash && document.activeElement === body) {
      document.getElementById(memory.get("row"))?.querySelector("[data-open]")?.focus();
    }
  }

  // ── Fragments ─────────────────────────────────────────────────────────────────────────────────────
  // A fragment that turns out to be the sign-in page means the session is over: show that page whole.
  const signedOut = (address) => new URL(address, location.href).pathname === body.dataset.signIn;

  async function fetchPart(url) {
    const answer = await fetch(url, { headers: { "HX-Request": "true" }, credentials: "same-origin" });
    if (answer.redirected && signedOut(answer.url)) location.reload();
    const text = answer.ok && answer.status !== 204 ? await answer.text() : "";
    const holder = document.createElement("template");
    holder.innerHTML = text.trim();
    return holder.content;
  }

  async function refresh(element) {
    const fresh = (await fetchPart(element.dataset.refresh)).firstElementChild;
    if (!fresh) return leave(element);
    const focused = element.contains(document.activeElement) ? document.activeElement.id : "";
    element.replaceWith(fresh);
    window.htmx?.process(fresh);
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  }

  // A row that left the list stays where it is, and says so, until the reader asks for the list again.
  function leave(row) {
    if (row.classList.contains("gone")) return;
    row.classList.add("gone");
    find(".under", row)?.append(` · ${body.dataset.sayGone}`);
  }

  document.addEventListener("htmx:beforeSwap", (event) => {
    if (!signedOut(event.detail.xhr.responseURL)) return;
    event.detail.shouldSwap = false;
    location.reload();
  });
  document.addEventListener("htmx:responseError", () => say(body.dataset.sayFailed));
  document.addEventListener("htmx:sendError", () => say(body.dataset.sayFailed));
  document.addEventListener("htmx:afterSettle", (event) => {
    // When what had the focus is gone, the focus goes to what came instead, not to the top of the page.
    if (document.activeElement !== body) return;
    const came = document.getElementById(event.detail.target?.id) || event.detail.elt;
    const place = came?.querySelector?.("[data-after]") || (came?.matches?.("[tabindex]") ? came : null);
    place?.focus({ preventScroll: true });
  });

  // ── Live news ─────────────────────────────────────────────────────────────────────────────────────
  let stream = null;
  let lastId = body.dataset.seen || "";
  let unseen = 0;
  let lost = false;

  function connection(isLost) {
    const place = find("#connection");
    place.dataset.state = isLost ? "lost" : "open";
    if (isLost === lost) return;
    lost = isLost;
    place.textContent = lost ? body.dataset.sayLost : "";
    if (!lost) say(body.dataset.sayBack);
  }

  // New alerts are put on top, known ones are rewritten in their place: nobody's reading jumps.
  async function bringAlerts() {
    const list = find("#alerts [data-alert-items]");
    if (!list || !body.dataset.alerts) return;
    const part = await fetchPart(body.dataset.alerts);
    const came = find("[data-alert-items]", part);
    if (!came) return;
    for (const item of [...came.children].reverse()) {
      const known = document.getElementById(item.id);
      if (!known || known.className.includes("cured") !== item.className.includes("cured")) item.classList.add("fresh");
      if (!known) list.prepend(item);
      else if (known.textContent !== item.textContent) known.replaceWith(item);
    }
    const sum = find(".came", part);
    if (sum) find("#alerts .came").replaceWith(sum);
  }

  // One bank file can raise hundreds of alerts in a second: the first is fetched at once, the rest together.
  let bringing = 0;
  let again = false;

  function bringSoon() {
    if (bringing) { again = true; return; }
    bringAlerts();
    bringing = setTimeout(() => {
      bringing = 0;
      if (again) { again = false; bringSoon(); }
    }, 400);
  }

  function countNews() {
    const news = find("[data-news]");
    if (!news) return;
    unseen += 1;
    news.hidden = false;
    find("[data-news-count]", news).textContent = `${unseen} ${body.dataset.sayNew}`;
  }

  function onAlert(event) {
    const { id } = heard(event);
    const row = find(`[data-row="${Number(id)}"]`);
    bringSoon();
    countNews();
    if (row?.dataset.refresh) refresh(row);
  }

  function onChange(event) {
    const row = find(`[data-row="${Number(heard(event).id)}"]`);
    if (row?.dataset.refresh) refresh(row);
  }

  // To the other scripts: who is busy with a row (together.js), what moved in a file at a bailiff's (moved.js; 0 is any).
  const tell = (name, id) => document.dispatchEvent(new CustomEvent(`tijdig:${name}`, { detail: id }));

  function onFile(event) {
    const { id } = heard(event);
    findAll(`[data-file="${Number(id)}"][data-refresh]`).forEach(refresh);
  }

  function heard(event) {
    connection(false);
    if (event.lastEventId) lastId = event.lastEventId;
    return JSON.parse(event.data);
  }

  function listen() {
    if (stream || document.hidden || !body.dataset.stream) return;
    const url = new URL(body.dataset.stream, location.href);
    if (lastId) url.searchParams.set("last_event_id", lastId);
    stream = new EventSource(url);
    stream.addEventListener("open", () => connection(false));
    stream.addEventListener("error", () => {
      connection(true);
      // The browser tries again by itself unless the server refused; then we do, more slowly.
      if (stream?.readyState === EventSource.CLOSED) {
        hush();
        setTimeout(listen, 5000);
      }
    });
    stream.addEventListener("alert", onAlert);
    stream.addEventListener("cure", onAlert);
    stream.addEventListener("change", onChange);
    stream.addEventListener("pickup", (event) => tell("pickup", Number(heard(event).id)));
    stream.addEventListener("file", onFile);
    for (const kind of ["moved", "in_file"]) stream.addEventListener(kind, (event) => tell("moved", Number(heard(event).id)));
  }

  function hush() {
    stream?.close();
    stream = null;
  }

  function comeBack() {
    listen();
    bringSoon();
    tell("moved", 0);
  }

  // A browser opens few connections to one host: a page that nobody sees gives its own back.
  function startNews() {
    if (!body.dataset.stream) return;
    listen();
    document.addEventListener("visibilitychange", () => (document.hidden ? hush() : comeBack()));
    addEventListener("pagehide", hush);
    addEventListener("pageshow", (event) => { if (event.persisted) comeBack(); });
    document.addEventListener("htmx:afterSwap", (event) => { if (event.detail.target.id === "rows") unseen = 0; });
  }

  // ── Dropped files ─────────────────────────────────────────────────────────────────────────────────
  function send(form, files) {
    if (!files.length) return;
    const data = new FormData(form);
    const field = find("input[type=file]", form);
    data.delete(field.name);
    for (const file of files) data.append(field.name, file);
    const bar = find("progress", form);
    const words = find("[data-send-words]", form);
    const request = new XMLHttpRequest();
    const tell = (text) => { words.textContent = text; };
    bar.hidden = false;
    tell(body.dataset.saySending);
    request.upload.addEventListener("progress", (event) => {
      if (!event.lengthComputable) return;
      bar.max = event.total;
      bar.value = event.loaded;
      if (event.loaded === event.total) tell(body.dataset.saySent);
    });
    request.addEventListener("loadend", () => {
      bar.hidden = true;
      if (request.status === 0 || request.status >= 400) return tell(body.dataset.sayFailed);
      if (signedOut(request.responseURL)) return location.reload();
      arrived(request.responseText);
      form.reset();
      tell(body.dataset.saySent);
    });
    request.open("POST", form.action);
    request.send(data);
  }

  function arrived(text) {
    const page = new DOMParser().parseFromString(text, "text/html");
    const fresh = page.getElementById("files");
    const old = document.getElementById("files");
    if (!fresh || !old) return location.reload();
    old.replaceWith(fresh);
    window.htmx?.process(fresh);
    find("main > .notes")?.remove();
    const notes = find("main > .notes", page);
    if (notes) find("#main").prepend(notes);
  }

  function startDrop(form) {
    const field = find("input[type=file]", form);
    const over = (is) => form.classList.toggle("over", is);
    for (const name of ["dragenter", "dragover"]) {
      form.addEventListener(name, (event) => { event.preventDefault(); over(true); });
    }
    form.addEventListener("dragleave", (event) => { if (!form.contains(event.relatedTarget)) over(false); });
    form.addEventListener("drop", (event) => { event.preventDefault(); over(false); send(form, event.dataTransfer.files); });
    field.addEventListener("change", () => send(form, [...field.files]));
    form.addEventListener("submit", (event) => { event.preventDefault(); send(form, [...field.files]); });
  }

  // ── Copying and printing ──────────────────────────────────────────────────────────────────────────
  // A browser gives the clipboard to safe addresses only; elsewhere the text is selected and copied the old way.
  async function copy(button) {
    const field = document.getElementById(button.dataset.copy);
    const told = find("[data-copied]");
    told.textContent = "";
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      field.closest("details").open = true;
      field.select();
      if (!document.execCommand("copy")) return;
    }
    told.textContent = told.dataset.copied;
  }

  function startCopy() {
    findAll("[data-copy], [data-print]").forEach((button) => {
      button.hidden = false;
      button.addEventListener("click", () => { if (button.dataset.copy) copy(button); else print(); });
    });
  }

  // On a phone the menu is wider than the screen: the item of this page is brought into sight.
  function showCurrent() {
    const menu = find(".bar-nav");
    const item = menu && find("[aria-current]", menu);
    if (item) menu.scrollLeft = item.offsetLeft - menu.offsetLeft - (menu.clientWidth - item.clientWidth) / 2;
  }

  // A slider says its number while it moves.
  function showNumbers() {
    document.addEventListener("input", (event) => {
      if (event.target.type !== "range") return;
      const told = event.target.parentElement.querySelector("output");
      const value = Number(event.target.value);
      const money = "cents" in event.target.dataset;
      if (told) told.textContent = money ? (value / 100).toLocaleString("nl-NL", { style: "currency", currency: "EUR" }) : value;
    });
  }

  showCurrent();
  showNumbers();
  startKeys();
  startNews();
  startCopy();
  findAll("form[data-drop]").forEach(startDrop);
})();
