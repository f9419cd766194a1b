/* A slider beside each number that is typed. The number alone is sent; what is here has another way: typing it. */
"use strict";

(() => {
  const parts = (element) => {
    const place = element.closest("[data-number]");
    return place && { number: place.querySelector("input[type=number]"), slider: place.querySelector("[data-slider]"), place };
  };
  const isSet = ({ number, slider }) => slider.classList.toggle("unset", number.value === "");

  // a number and an abstention are two different answers: the later one is meant
  const unsay = (place) => {
    for (const list of place.querySelectorAll("select")) list.value = "";
    for (const radio of place.querySelectorAll("input[type=radio]")) radio.checked = false;
  };

  document.addEventListener("input", ({ target }) => {
    const found = parts(target);
    if (!found || ![found.number, found.slider].includes(target)) return;
    if (target === found.slider) found.number.value = target.value;
    if (target === found.number && target.value !== "") found.slider.value = target.value;
    if (target.value !== "") unsay(found.place);
    isSet(found);
  });

  document.addEventListener("change", ({ target }) => {
    const found = parts(target);
    if (!found || !target.matches("input[type=radio], select") || (target.matches("select") && !target.value)) return;
    found.number.value = "";
    isSet(found);
  }, true);

  const all = () => document.querySelectorAll("[data-number]").forEach((place) => isSet(parts(place.firstElementChild)));
  document.addEventListener("htmx:after:swap", all);
  all();
})();
