/* Beside what is designed stands the very page that an expert will see, where there is room for it. */
"use strict";

(() => {
  const WIDE = window.matchMedia("(min-width: 64rem)");

  const show = (place) => {
    if (place.firstChild || !WIDE.matches) return;
    const frame = document.createElement("iframe");
    frame.src = place.dataset.frame;
    frame.title = place.dataset.title;
    // within the preview one can go from question to question; what leads elsewhere opens as a page of its own
    frame.addEventListener("load", () => {
      const inner = frame.contentDocument;
      inner?.addEventListener("click", (event) => {
        const link = event.target.closest?.("a[href]");
        if (!link || link.getAttribute("href").startsWith("#")) return;
        if (!new URL(link.href).pathname.includes("/preview")) link.target = "_top";
      });
    });
    place.append(frame);
  };

  const all = () => document.querySelectorAll("[data-frame]").forEach(show);
  WIDE.addEventListener("change", all);
  all();
})();
