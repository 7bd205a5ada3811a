// A talk by keyboard: one key for whether anybody was reached and for what came of it; the slider and its number.
// The form works whole without this file; the server refuses what does not fit.
"use strict";

(() => {
  const form = document.getElementById("talk-form");
  if (!form) return;
  const field = (id) => document.getElementById(id);
  let typed = "posted" in form.dataset;
  let ownDay = typed;

  const writing = (target) => target.matches("input:not([type=checkbox], [type=radio]), select, textarea");
  const asked = (outcome) => field({ promise: "bedrag", pays_now: "bedrag", arrangement_wanted: "per_keer" }[outcome]);

  // Where the outcome asks for something, that is where one goes on.
  function choose(radio) {
    radio.click();
    const next = asked(radio.value);
    (next?.checkVisibility() ? next : radio).focus();
    if (!next || next !== document.activeElement) return;
    next.select();
    next.closest(".of-promise, .of-plan").scrollIntoView({ block: "nearest" });
  }

  // What is half written is not thrown away by a key that was meant for something else: then the button only gets the focus.
  function attempt(button) {
    if (typed) button.focus();
    else button.click();
  }

  function reached() {
    (form.querySelector('[name="uitkomst"]:checked') || form.querySelector('[name="uitkomst"]')).focus();
  }

  function press(target) {
    if (target.matches("[type=radio]")) choose(target);
    else if (target.matches("[name=poging]")) attempt(target);
    else reached();
  }

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || document.querySelector("dialog[open]")) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit(field("keep"));
      return;
    }
    if (event.ctrlKey || event.altKey || event.metaKey || document.body.dataset.keys !== "on") return;
    if (writing(event.target)) return;
    const target = form.querySelector(`[data-talk-key="${CSS.escape(event.key)}"]`);
    if (!target?.checkVisibility()) return;
    event.preventDefault();
    press(target);
  }, true);

  form.querySelector('[data-talk-key="1"]')?.addEventListener("click", (event) => {
    event.preventDefault();
    reached();
  });

  // Who pays now pays today, until a person says otherwise.
  function payDay(outcome) {
    const day = field("toegezegd_op");
    if (ownDay || !["promise", "pays_now"].includes(outcome)) return;
    day.value = outcome === "pays_now" ? form.dataset.today : day.defaultValue;
  }

  function slide(slider) {
    field(slider.dataset.slides).value = `${slider.value},00`;
  }

  function follow(number) {
    const euros = Number.parseFloat(number.value.replaceAll(".", "").replace(",", "."));
    if (euros) field("schuif").value = euros;
  }

  form.addEventListener("input", (event) => {
    typed = true;
    if (event.target.id === "toegezegd_op") ownDay = true;
    if (event.target.id === "schuif") slide(event.target);
    if (event.target.id === "per_keer") follow(event.target);
  });
  form.addEventListener("change", (event) => { if (event.target.name === "uitkomst") payDay(event.target.value); });
  form.addEventListener("submit", () => { typed = false; });
  addEventListener("beforeunload", (event) => { if (typed) event.preventDefault(); });
})();
