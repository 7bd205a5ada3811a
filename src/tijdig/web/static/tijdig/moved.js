// What moved in a file while its page is open is read anew, in its place: a payment, a break, what the other side wrote.
// The server sends the number of the tenancy (app.js hears it); 0 when anything may have moved. A form that is open or
// has something typed in it stays as it is: of the part around it only what is shown there (`data-part`) is read anew.
"use strict";

(() => {
  const body = document.body;
  const find = (query, within = document) => within.querySelector(query);
  const findAll = (query, within = document) => [...within.querySelectorAll(query)];
  const heard = new Set();
  let busy = false;

  // ── What somebody is at ───────────────────────────────────────────────────────────────────────────
  function touched(field) {
    if (field.matches("[type=checkbox], [type=radio]")) return field.checked !== field.defaultChecked;
    if (!field.matches("select")) return field.type !== "hidden" && "defaultValue" in field && field.value !== field.defaultValue;
    return field.selectedIndex !== Math.max([...field.options].findIndex((one) => one.defaultSelected), 0);
  }

  function inUse(form) {
    const held = form.contains(document.activeElement) && document.activeElement.matches("input, select, textarea");
    return held || Boolean(form.closest("details[open]")) || [...form.elements].some(touched);
  }

  const typed = () => findAll("main form").some((form) => [...form.elements].some(touched));

  // ── One part in the place of another ──────────────────────────────────────────────────────────────
  const words = (element) => element.textContent.replace(/\s+/g, " ").trim();
  const twin = (element, within) => findAll(element.tagName, within).find((one) => words(one) === words(element)
    && one.getAttribute("href") === element.getAttribute("href") && one.id === element.id);

  function put(place, fresh) {
    for (const one of findAll("details[open] > summary", place)) {
      const same = twin(one, fresh);
      if (same) same.parentElement.open = true;
    }
    const held = place.contains(document.activeElement) ? document.activeElement : null;
    const link = held && (twin(held, fresh) || (held.getAttribute("href") && find(`[href="${CSS.escape(held.getAttribute("href"))}"]`, fresh)));
    place.replaceWith(fresh);
    link?.focus({ preventScroll: true });
    fresh.classList.add("fresh");
  }

  // Says whether there was something else in it.
  function renew(place, fresh, tenancy) {
    if (words(place) === words(fresh)) return false;
    if (findAll("form", place).some(inUse)) {
      const parts = findAll("[data-part]", fresh).filter((one) => document.getElementById(one.id));
      for (const one of parts) if (words(document.getElementById(one.id)) !== words(one)) put(document.getElementById(one.id), one);
      return true;
    }
    put(place, fresh);
    const row = find(`[data-row="${tenancy}"]`, fresh);
    if (row) fresh.classList.remove("fresh");
    row?.classList.add("fresh");
    return true;
  }

  // ── What is asked ─────────────────────────────────────────────────────────────────────────────────
  async function bring(address) {
    const answer = await fetch(address, { headers: { "HX-Request": "true", "X-Tijdig-Renewed": "1" }, credentials: "same-origin" });
    // Signed out, or no longer theirs: the page itself says so, unless something typed would go with it.
    if (answer.redirected || answer.status === 404) {
      if (!typed()) return location.reload();
      throw new Error(body.dataset.sayAway);
    }
    const holder = document.createElement("template");
    if (answer.ok) holder.innerHTML = await answer.text();
    return holder.content;
  }

  const addressOf = (place) => place.dataset.refresh || location.pathname + location.search;

  async function renewAll() {
    busy = true;
    const moved = [...heard];
    heard.clear();
    const about = (place) => !place.dataset.moved || moved.includes(0) || moved.includes(Number(place.dataset.moved));
    const places = findAll("[data-moved]").filter(about);
    let told = "";
    try {
      const addresses = [...new Set(places.map(addressOf))];
      const parts = await Promise.all(addresses.map(bring));
      for (const place of places) {
        const fresh = find(`#${CSS.escape(place.id)}`, parts[addresses.indexOf(addressOf(place))] || document.createElement("p"));
        if (!fresh || !renew(place, fresh, moved.at(-1))) continue;
        told = "said" in fresh.dataset ? words(fresh) : told || body.dataset.sayMoved;
      }
    } catch (refused) {
      told = refused instanceof TypeError ? "" : refused.message; // without a line the bar says so already
    }
    const status = find("#connection");
    if (told && status) status.textContent = told;
    busy = false;
    if (heard.size) setTimeout(renewAll, 80);
  }

  document.addEventListener("tijdig:moved", (event) => {
    if (!heard.size && !busy) setTimeout(renewAll, 80);
    heard.add(event.detail);
  });
})();
