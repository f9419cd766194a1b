/* A place is put where the caret stands, and nobody leaves with words that are not saved. */
"use strict";

(() => {
  const text = document.getElementById("f-body");
  if (!text) return;

  for (const code of document.querySelectorAll("[data-place]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "link-button";
    button.append(code.cloneNode(true));
    button.addEventListener("click", () => {
      text.setRangeText(code.dataset.place, text.selectionStart, text.selectionEnd, "end");
      text.focus();
      text.dispatchEvent(new Event("input", { bubbles: true }));
    });
    code.replaceWith(button);
  }

  let unsaved = false;
  text.form.addEventListener("input", () => { unsaved = true; });
  text.form.addEventListener("submit", () => { unsaved = false; });
  window.addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });
})();
