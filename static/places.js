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

  // a point of a short scale is chosen, before which stands the blank; of a long one the number is typed
  const put = (axis, place, share) => {
    if (axis.matches("select")) {
      axis.selectedIndex = place + 1;
    } else {
      axis.value = Math.round(Number(axis.min) + share * (axis.max - axis.min));
      axis.dispatchEvent(new CustomEvent("input", { bubbles: true, detail: { edited: true } }));
    }
  };

  document.addEventListener("click", (event) => {
    const svg = event.target.closest("#plot svg");
    if (!svg || !current?.matches("[data-autosave]")) return;
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    const { columns, rows } = svg.dataset;
    const column = Math.floor(at.x / CELL);
    const row = Math.floor(at.y / CELL);
    if (column < 0 || row < 0 || column >= columns || row >= rows) return;
    const [across, upwards] = current.querySelectorAll("[data-axis]");
    put(across, column, at.x / (CELL * columns));
    put(upwards, rows - row - 1, 1 - at.y / (CELL * rows));
    upwards.dispatchEvent(new CustomEvent("change", { bubbles: true, detail: { edited: true } }));
  });
})();
