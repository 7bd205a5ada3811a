// Writing the text of a letter: a field comes where one types, and a check leads to the part that it is about.
// The page works without this file: codes can be typed, and the buttons of the form send it.
"use strict";

(() => {
  const form = document.querySelector("form[data-texts]");
  if (!form) return;
  let last = null; // the field in which somebody typed last
  let typed = false; // and nothing of it was sent yet

  const chosen = () => form.elements.taal.value;
  const field = (id) => document.getElementById(id);

  function show(language) {
    const choice = field(`taal-${language}`);
    if (!choice || choice.checked) return;
    choice.checked = true;
    choice.dispatchEvent(new Event("change", { bubbles: true }));
  }

  // The old way keeps what the browser can undo; the other is for a browser that gave it up.
  function write(place, code) {
    place.focus();
    if (document.execCommand("insertText", false, code)) return;
    place.setRangeText(code, place.selectionStart, place.selectionEnd, "end");
    place.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function placeFor(button) {
    if (button.dataset.into) return field(`${chosen()}-${button.dataset.into}`);
    const seen = last?.isConnected && last.name.startsWith(`${chosen()}-`) ? last : null;
    return seen || field(`${chosen()}-question`);
  }

  form.addEventListener("focusin", (event) => {
    if (event.target.matches(".side textarea")) last = event.target;
  });
  form.addEventListener("input", (event) => { if (event.target.closest(".texts-form")) typed = true; });
  form.addEventListener("change", (event) => {
    if (event.target.name !== "taal") return;
    const address = new URL(location.href);
    address.searchParams.set("taal", chosen());
    history.replaceState(history.state, "", address);
  });
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-insert]");
    if (button) write(placeFor(button), button.dataset.insert);
    const link = event.target.closest("[data-side]");
    if (link) show(link.dataset.side);
  });
  // Enter after the reason saves; in a field of one line a new line would only be taken out again.
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    if (event.target.matches("textarea[rows='1'], [name='reden']")) event.preventDefault();
    if (event.target.name === "reden") form.requestSubmit(form.querySelector("[value='save']"));
  });
  form.addEventListener("submit", () => { typed = false; });
  addEventListener("beforeunload", (event) => { if (typed) event.preventDefault(); });
})();
