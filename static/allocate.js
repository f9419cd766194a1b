/* Says while points are typed how many are given and how many are left; without it, the page says so once it is saved. */
"use strict";

for (const sheet of document.querySelectorAll("[data-allocating]")) {
  const fields = [...sheet.querySelectorAll("[data-points]")];
  const sum = document.getElementById("sum");
  const add = () => {
    const given = fields.reduce((total, { value }) => total + (Math.max(0, Math.trunc(Number(value))) || 0), 0);
    const all = Number(sheet.dataset.allocating);
    sum.querySelector("[data-given]").textContent = given;
    sum.querySelector("[data-left]").textContent = all - given;
    sum.classList.toggle("spent", given === all);
    sum.classList.toggle("over", given > all);
  };
  sheet.addEventListener("input", ({ target }) => { if (target.matches("[data-points]")) add(); });
}
