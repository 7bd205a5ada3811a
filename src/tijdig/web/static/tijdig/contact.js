// Logging a contact: only what fits what was chosen is shown, and what goes without saying is chosen already.
// The form works whole without this file; the server refuses what does not fit.
"use strict";

(() => {
  const form = document.getElementById("contact-form");
  if (!form) return;
  const all = (name) => [...form.querySelectorAll(`[name="${name}"]`)];
  const chosen = (name) => all(name).find((one) => one.checked && !one.disabled);
  const value = (name) => chosen(name)?.value;
  const words = (input) => (input?.dataset.given || "").split(" ");
  const posted = "posted" in form.dataset;
  // What a person chose by hand is not chosen for him again.
  const own = { begon: posted, bereikt: posted, uitkomst: posted };
  let typed = posted;

  function offer(input, is) {
    input.closest(".check").hidden = !is;
    input.disabled = !is;
    if (!is) input.checked = false;
  }

  function choose(name, wish) {
    const one = all(name).find((input) => input.value === wish);
    if (one && !one.disabled) one.checked = true;
  }

  // A part that is not asked is not sent either; one with something wrong in it stays in sight.
  function part(name, is) {
    const place = form.querySelector(`[data-part="${name}"]`);
    const shown = is || Boolean(place.querySelector("[id$='-error']"));
    place.hidden = !shown;
    for (const one of place.querySelectorAll("input")) one.disabled = !shown;
  }

  function reach() {
    const spoken = words(chosen("hoe")).includes("spoken");
    const talked = all("bereikt").find((one) => one.value === "talked");
    const lost = talked.checked && !spoken;
    offer(talked, spoken);
    if (!own.begon) choose("begon", value("hoe") === "desk" ? "in" : "out");
    if (!own.bereikt) choose("bereikt", spoken ? "talked" : "message");
    else if (lost) choose("bereikt", "message");
  }

  function outcome() {
    const now = `${value("begon")}-${value("bereikt")}`;
    for (const one of all("uitkomst")) offer(one, words(one).includes(now));
    if (!chosen("uitkomst")) own.uitkomst = false;
    if (own.uitkomst) return;
    for (const one of all("uitkomst")) one.checked = false;
    if (now.startsWith("out-") && words(chosen("hoe")).includes("sought")) {
      if (value("bereikt") !== "talked") choose("uitkomst", "not_home");
    }
  }

  function update() {
    reach();
    outcome();
    part("oorzaak", value("bereikt") === "talked" || (value("begon") === "in" && value("bereikt") === "message"));
    part("toezegging", ["promise", "pays_now"].includes(value("uitkomst")));
    part("vervolg_op", Boolean(value("vervolg")) && value("vervolg") !== "none");
  }

  form.addEventListener("change", (event) => {
    if (event.target.name in own) own[event.target.name] = true;
    update();
  });
  form.addEventListener("input", () => { typed = true; });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || !event.target.matches("textarea")) return;
    if (event.ctrlKey || event.metaKey) form.requestSubmit();
  });
  form.addEventListener("submit", () => { typed = false; });
  addEventListener("beforeunload", (event) => { if (typed) event.preventDefault(); });
  addEventListener("pageshow", update);
  update();
})();
