// Several people in one list: who is busy with which row, and undo for a minute.
// Every page works without this file: a list that is read anew says the same, and the server keeps the minute.
"use strict";

(() => {
  // That place alone is written anew: the row, its order and the focus stay.
  const again = (place) => window.htmx?.ajax("GET", place.dataset.refresh, { target: place, swap: "outerHTML" });

  document.addEventListener("tijdig:pickup", (event) => {
    const place = document.getElementById(`pickup-${event.detail}`);
    if (place) again(place);
  });

  // What is over by itself is told by nobody.
  setInterval(() => {
    for (const place of document.querySelectorAll("[data-until]")) {
      if (Date.parse(place.dataset.until) <= Date.now()) again(place);
    }
  }, 30000);

  // After its minute the sentence of what was written down stays, and the button goes.
  for (const form of document.querySelectorAll("[data-undo-seconds]")) {
    setTimeout(() => {
      const held = form.contains(document.activeElement);
      const said = form.parentElement.querySelector("[data-undo-said]");
      form.remove();
      if (held) said.focus();
    }, Number(form.dataset.undoSeconds) * 1000);
  }
})();
