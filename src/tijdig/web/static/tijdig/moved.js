// What moved in a file while its page is open is read anew, in its place: a payment, an arrangement that broke.
// The server sends the number of the tenancy (app.js hears it); 0 when anything may have moved.
"use strict";

(() => {
  const body = document.body;
  const waiting = new Set();

  async function renew(id, tenancy) {
    waiting.delete(id);
    const place = document.getElementById(id);
    if (!place) return;
    const answer = await fetch(place.dataset.refresh, { headers: { "HX-Request": "true", "X-Tijdig-Renewed": "1" }, credentials: "same-origin" });
    // Signed out, or no longer theirs: the page itself says so.
    if (answer.redirected || answer.status === 404) return location.reload();
    if (!answer.ok) return;
    const holder = document.createElement("template");
    holder.innerHTML = (await answer.text()).trim();
    const fresh = holder.content.firstElementChild;
    if (!fresh) return;
    const focused = place.contains(document.activeElement) ? document.activeElement.getAttribute("href") : "";
    const open = [...place.querySelectorAll("details")].map((one) => one.open);
    [...fresh.querySelectorAll("details")].forEach((one, at) => { one.open = Boolean(open[at]); });
    place.replaceWith(fresh);
    if (focused) fresh.querySelector(`[href="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
    (fresh.querySelector(`[data-row="${tenancy}"]`) || fresh).classList.add("fresh");
    const status = document.querySelector("#connection");
    if (status) status.textContent = body.dataset.sayMoved;
  }

  document.addEventListener("tijdig:moved", (event) => {
    const tenancy = event.detail;
    for (const one of document.querySelectorAll("[data-moved]")) {
      const other = tenancy && one.dataset.moved && one.dataset.moved !== String(tenancy);
      if (other || waiting.has(one.id)) continue;
      waiting.add(one.id);
      setTimeout(renew, 80, one.id, tenancy);
    }
  });
})();
