/* What long lists of names do beyond plain forms: find one by typing, and put the one that one is at on the plot
   by a click. Both have another way: the list itself, and the two numbers beside each name. */
"use strict";

(() => {
  const CELL = 100; // app/ballots/papers/plot.py draws cells of this size

  // ---- finding ----

  const words = (element) => (element.querySelector("p")?.textContent ?? "").toLocaleLowerCase();

  document.addEventListener("input", ({ target }) => {
    if (!target.matches?.("[data-finds]")) return;
    const wanted = target.value.trim().toLocaleLowerCase();
    for (const one of document.querySelectorAll(target.dataset.finds)) one.hidden = !words(one).includes(wanted);
    for (const group of document.querySelectorAll(".place-group")) {
      group.hidden = !group.querySelector(".place:not([hidden])");
    }
  });

  // ---- the name that one is at ----

  let current = null;

  const goTo = (place) => {
    if (!place || place === current) return;
    current?.classList.remove("current");
    current = place;
    current.classList.add("current");
    document.getElementById("plot")?.classList.toggle("placeable", place.matches("[data-autosave]"));
  };
  document.addEventListener("focusin", ({ target }) => goTo(target.closest(".place")));
  document.addEventListener("click", ({ target }) => goTo(target.closest(".place")));

  // ---- placing it ----

  document.addEventListener("click", (event) => {
    const svg = event.target.closest("#plot svg");
    if (!svg || !current?.matches("[data-autosave]")) return;
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    const { columns, rows } = svg.dataset;
    const column = Math.floor(at.x / CELL);
    const row = Math.floor(at.y / CELL);
    if (column < 0 || row < 0 || column >= columns || row >= rows) return;
    const [across, upwards] = current.querySelectorAll("select");
    across.selectedIndex = column + 1; // before the points stands the blank
    upwards.selectedIndex = rows - row;
    upwards.dispatchEvent(new CustomEvent("change", { bubbles: true, detail: { edited: true } }));
  });
})();
