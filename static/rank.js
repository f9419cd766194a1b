/* Putting subjects in an order by dragging or by buttons. What counts are the number fields beside them, which work
   without this script: here they are only filled in, from the order in which the rows stand. */
"use strict";

for (const sheet of document.querySelectorAll("[data-ranking]")) {
  const EDGE = 80; // so near to the upper or lower edge of the window, dragging scrolls
  const [ranked, rest] = sheet.querySelectorAll("[data-rows]");
  const says = sheet.querySelector("[data-says]");
  const field = (row) => row.querySelector("[data-place]");
  const isTied = (row) => row?.querySelector("[data-tie]")?.checked ?? false;
  const tie = (row, on) => { const box = row?.querySelector("[data-tie]"); if (box) box.checked = on; };

  // ---- from the order of the rows to their numbers ----

  const number = () => {
    let place = 0;
    [...ranked.children].forEach((row, at) => {
      if (!at) tie(row, false);
      field(row).value = place = isTied(row) ? place : at + 1;
    });
    for (const row of rest.children) { tie(row, false); field(row).value = ""; }
  };

  // a row put among level ones joins them, and those that were level with one that leaves go on without it
  const put = (row, list, before) => {
    if (before !== row && (list !== row.parentElement || before !== row.nextElementSibling)) {
      if (!isTied(row)) tie(row.nextElementSibling, false);
      list.insertBefore(row, before);
      tie(row, list === ranked && isTied(before));
    }
    number();
    const words = list === ranked ? says.dataset.placed : says.dataset.out;
    const told = { name: row.id, place: field(row).value, count: ranked.children.length };
    says.textContent = words.replace(/\{(\w+)\}/g, (_, name) => told[name]);
    field(row).dispatchEvent(new CustomEvent("change", { bubbles: true, detail: { edited: true } }));
  };

  // ---- buttons ----

  const moves = {
    in: (row) => put(row, ranked, null),
    up: (row) => put(row, ranked, row.previousElementSibling ?? row),
    down: (row) => put(row, ranked, row.nextElementSibling?.nextElementSibling ?? null),
    out: (row) => put(row, rest, rest.firstElementChild),
  };
  sheet.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-move]");
    if (!button) return;
    const row = button.closest("[data-row]");
    moves[button.dataset.move](row);
    // the button itself, or what stands in its place in the other list
    [button, ...row.querySelectorAll("[data-move]")].find((one) => one.offsetParent).focus();
  });

  // ---- numbers and ties by hand: the rows follow, once the focus is where it goes ----

  const follow = (row) => {
    const at = document.activeElement;
    const every = [...ranked.children, ...rest.children].map((one) => ({ one, place: Number(field(one).value) }));
    const placed = every.filter(({ place }) => place > 0);
    placed.sort((a, b) => a.place - b.place || (b.one === row) - (a.one === row));
    placed.forEach(({ one, place }, index) => { ranked.append(one); tie(one, index > 0 && placed[index - 1].place === place); });
    for (const { one, place } of every) if (!(place > 0)) rest.append(one);
    number();
    if (at && at !== document.activeElement) at.focus({ preventScroll: true });
  };
  sheet.addEventListener("change", ({ target, isTrusted }) => {
    if (isTrusted && target.matches("[data-place]")) setTimeout(follow, 0, target.closest("[data-row]"));
    if (isTrusted && target.matches("[data-tie]")) number();
  }, true);

  // ---- dragging by the grip: the row stays until it is dropped, a line shows where ----

  sheet.addEventListener("pointerdown", (event) => {
    const grip = event.target.closest("[data-grip]");
    if (!grip || event.button) return;
    event.preventDefault();
    grip.setPointerCapture(event.pointerId);
    const row = grip.closest("[data-row]");
    let [list, before] = [row.parentElement, row];
    const show = (on) => { row.classList.toggle("dragged", on); (before ?? list).classList.toggle("drop", on); };
    const drag = ({ clientY: y }) => {
      show(false);
      if (y < EDGE || y > innerHeight - EDGE) scrollBy(0, y < EDGE ? -16 : 16);
      list = y < sheet.querySelector("[data-rest]").getBoundingClientRect().top ? ranked : rest;
      const isBelow = (one) => { const { top, height } = one.getBoundingClientRect(); return y < top + height / 2; };
      before = [...list.children].find(isBelow) ?? null;
      show(true);
    };
    const drop = ({ type }) => {
      show(false);
      grip.removeEventListener("pointermove", drag);
      if (type === "pointerup") put(row, list, before);
    };
    show(true);
    grip.addEventListener("pointermove", drag);
    for (const end of ["pointerup", "pointercancel"]) grip.addEventListener(end, drop, { once: true });
  });
}
