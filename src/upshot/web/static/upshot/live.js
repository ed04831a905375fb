// What a replaced part of a page would lose: the focus of the keyboard, what was folded open, and the
// ear of a screen reader.
"use strict";

(() => {
  const CONTROLS = "a[href], button:not([disabled]), select, input:not([type=hidden]), textarea, summary";

  // Where the focus is: its own id and those around it, and its form, as far as the part goes.
  function placeOf(here) {
    const ids = [];
    for (let at = here; at && at !== document.body; at = at.parentElement) { if (at.id) ids.push(at.id); }
    return { ids, form: here.form ? here.form.getAttribute("action") : "", kind: here.tagName.toLowerCase() };
  }

  function findAgain(place) {
    for (const id of place.ids) {
      const at = document.getElementById(id);
      if (!at) continue;
      if (at.matches(CONTROLS)) return at;
      const same = place.form ? at.querySelector(`form[action="${CSS.escape(place.form)}"] ${place.kind}:not([disabled])`) : null;
      const found = same || at.querySelector(CONTROLS);
      if (found) return found;
    }
    return null;
  }

  let place = null;
  let unfolded = [];
  document.addEventListener("htmx:beforeSwap", (event) => {
    unfolded = [...event.detail.target.querySelectorAll("details[id][open]")].map((details) => details.id);
    const here = document.activeElement;
    place = here && here !== document.body && event.detail.target.contains(here) ? placeOf(here) : null;
  });
  document.addEventListener("htmx:afterSwap", () => {
    for (const id of unfolded) {
      const details = document.getElementById(id);
      if (details) details.open = true;
    }
  });
  document.addEventListener("htmx:afterSettle", () => {
    if (place && (!document.activeElement || document.activeElement === document.body)) {
      const found = findAgain(place);
      if (found) found.focus({ preventScroll: true });
    }
    place = null;
  });

  // A status that is replaced is not read aloud; one that stays and changes its words is.
  const announcement = document.getElementById("announcement");
  document.addEventListener("htmx:afterSettle", () => {
    const status = document.querySelector("#live [role=status]");
    const words = status ? status.textContent.trim() : "";
    if (announcement && words && words !== announcement.textContent) announcement.textContent = words;
  });
})();
