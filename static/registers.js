/* A long list of choices gets a field in which to search it; what is chosen stays in sight. */
"use strict";

(() => {
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  const searchable = (list) => {
    if (list.dataset.searchable) return;
    list.dataset.searchable = "yes";
    const field = document.createElement("input");
    field.type = "search";
    field.className = "choices-filter";
    field.placeholder = list.dataset.filter;
    field.setAttribute("aria-label", list.dataset.filter);
    field.addEventListener("input", () => {
      const words = plain(field.value).split(/\s+/u);
      for (const entry of list.querySelectorAll("li")) {
        const text = plain(entry.textContent);
        entry.hidden = !entry.querySelector("input").checked && !words.every((word) => text.includes(word));
      }
      for (const group of list.querySelectorAll("ul")) {
        const empty = !group.querySelector("li:not([hidden])");
        group.hidden = empty;
        if (group.previousElementSibling?.matches(".choices-head")) group.previousElementSibling.hidden = empty;
      }
    });
    // Enter would send the whole form
    field.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
    list.before(field);
  };

  document.querySelectorAll("[data-filter]").forEach(searchable);
})();
