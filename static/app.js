/* What pages do beyond plain forms: a card that saves itself says when it is not saved, tries again, and
   asks before it is left unsaved. Without this script everything still works by its buttons. */
"use strict";

(() => {
  const FIRST_WAIT = 2000;
  const LONGEST_WAIT = 30000;
  const root = document.documentElement;
  const cards = () => document.querySelectorAll("[data-autosave]");
  const card = (event) => event.target.closest?.("[data-autosave]");

  // Of each card: how many edits it has seen, how many of them the server has acknowledged, and its next try.
  const known = new WeakMap();
  const state = (element) => {
    if (!known.has(element)) known.set(element, { edits: 0, saved: 0, tries: 0, timer: 0 });
    return known.get(element);
  };
  const isUnsaved = (element) => state(element).edits > state(element).saved;

  // ---- saying how it stands ----

  const say = (element, what) => {
    element.querySelector(".trouble")?.remove();
    const words = what && document.getElementById(`say-${what}`);
    if (words) (element.querySelector("footer") ?? element).append(words.content.cloneNode(true));
    element.classList.toggle("troubled", Boolean(words));
  };

  // ---- trying again ----

  const save = (element) => {
    clearTimeout(state(element).timer);
    state(element).timer = 0;
    if (element.isConnected && isUnsaved(element)) element.dispatchEvent(new Event("change", { bubbles: true }));
  };

  const tryLater = (element, what) => {
    const mine = state(element);
    const wait = Math.min(FIRST_WAIT * 2 ** mine.tries, LONGEST_WAIT);
    mine.tries += 1;
    clearTimeout(mine.timer);
    mine.timer = setTimeout(() => save(element), wait * (0.75 + Math.random() / 2));
    say(element, what);
  };

  const tryNow = () => {
    if (document.visibilityState === "visible") cards().forEach((element) => state(element).timer && save(element));
  };
  window.addEventListener("online", tryNow);
  window.addEventListener("focus", tryNow);
  document.addEventListener("visibilitychange", tryNow);

  // ---- following what is edited and what is acknowledged ----

  for (const kind of ["input", "change"]) {
    document.addEventListener(kind, (event) => {
      const element = card(event);
      if (element && (event.isTrusted || event.detail?.edited)) state(element).edits += 1;
    }, true);
  }

  document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
    const element = ctx.sourceElement.closest("[data-autosave]");
    if (element) ctx.edits = state(element).edits;
  });

  document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
    // while the request was waiting for the one before it, that one may have told which revisions are shown now
    const body = ctx.request.body;
    if (!ctx.sourceElement.matches("[data-autosave]") || !(body instanceof URLSearchParams)) return;
    for (const seen of ctx.sourceElement.querySelectorAll('input[name$=".seen"]')) body.set(seen.name, seen.value);
  });

  document.addEventListener("htmx:after:request", ({ detail: { ctx } }) => {
    const element = ctx.sourceElement.closest("[data-autosave]");
    if (!element) return;
    const mine = state(element);
    const status = ctx.response.status;
    if (status < 300) {
      mine.saved = Math.max(mine.saved, ctx.edits);
      mine.tries = 0;
      say(element, null);
    } else if (status === 401) {
      tryLater(element, "sign-in");
    } else if (status === 429 || status >= 500) {
      tryLater(element, "retrying");
    } else {
      say(element, null); // refused for a reason that the answer itself tells; trying again would not help
    }
  });

  document.addEventListener("htmx:before:swap", (event) => {
    const { ctx } = event.detail;
    if (ctx.response?.status === 401 && ctx.sourceElement.closest("[data-autosave]")) event.preventDefault();
  });

  document.addEventListener("htmx:error", ({ detail: { ctx } }) => {
    const element = ctx?.sourceElement?.closest("[data-autosave]");
    if (element && !ctx.response) tryLater(element, "retrying");
  });

  // ---- leaving ----

  let leaving = false; // by a form that takes everything along, or a link that says what it gives up
  document.addEventListener("submit", (event) => {
    // Enter in a field of a ballot: it saves itself already
    if (event.submitter?.hidden && cards().length) {
      event.preventDefault();
      cards().forEach(save);
      return;
    }
    leaving = true;
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-discard]")) leaving = true;
  });
  window.addEventListener("pageshow", () => { leaving = false; });
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && [...cards()].some(isUnsaved)) event.preventDefault();
  });

  // ---- once at the start ----

  const start = () => {
    if (window.htmx) root.classList.add("saves-itself");
    document.querySelector(".summary[tabindex]")?.focus();
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
