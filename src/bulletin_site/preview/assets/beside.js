/**
 * On the page of an import: N and P, or the buttons, lead from one doubt to the next.
 */
(() => {
  "use strict";

  /** Pixels below the top of the window within which a doubt is taken to be the one that is read. */
  const NEAR = 8;

  /** @returns {HTMLElement[]} */
  function doubts() {
    return Array.from(document.querySelectorAll(".beside-doubts li"));
  }

  /** @param {HTMLElement} doubt */
  function below(doubt) {
    const padding = parseFloat(window.getComputedStyle(document.documentElement).scrollPaddingTop) || 0;
    return doubt.getBoundingClientRect().top - padding;
  }

  /** @param {number} step */
  function go(step) {
    const all = doubts();
    const active = document.activeElement;
    const here = active instanceof HTMLElement ? all.indexOf(active) : -1;
    let next = here + step;
    if (here < 0) {
      const after = all.findIndex((doubt) => below(doubt) > NEAR);
      next = (after < 0 ? all.length : after) + (step < 0 ? -1 : 0);
    }
    const doubt = all[Math.max(0, Math.min(next, all.length - 1))];
    if (doubt) {
      doubt.focus({ preventScroll: true });
      doubt.scrollIntoView({ block: "start" });
    }
  }

  document.addEventListener("keydown", (event) => {
    const target = event.composedPath()[0];
    const typing = target instanceof Element && target.closest("input, textarea, select") !== null;
    if (event.defaultPrevented || event.isComposing || typing || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const key = event.key.toLowerCase();
    if (key === "n" || key === "p") {
      go(key === "n" ? 1 : -1);
      event.preventDefault();
    }
  });
  document.querySelectorAll("button[data-step]").forEach((button) => {
    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", () => go(Number(button.getAttribute("data-step"))));
  });
})();
