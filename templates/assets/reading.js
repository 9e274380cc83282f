/**
 * On pages of running text: ← and → lead to the neighbours, the type size can be set, the page printed, and a reader who
 * comes back is offered the place where he stopped. What is remembered stays in this browser.
 */
(() => {
  "use strict";

  const SIZE = "bulletin.size";
  const PLACES = "bulletin.places";
  /** How many pages' places are remembered, the latest first. */
  const MOST = 50;

  /** @param {string} key */
  function recall(key) {
    try {
      return window.localStorage.getItem(key);
    } catch {
      return null;
    }
  }

  /**
   * @param {string} key
   * @param {string} value
   */
  function remember(key, value) {
    try {
      window.localStorage.setItem(key, value);
    } catch {
      // Nothing can be kept here; all else works.
    }
  }

  // ← and →

  /** Are the arrows needed here for something else: a field, selected text, a page that is wider than the screen? */
  function isTaken(/** @type {EventTarget | null} */ target) {
    const selection = window.getSelection();
    return (
      (target instanceof Element && target.closest("input, textarea, select, [contenteditable]") !== null) ||
      (selection !== null && !selection.isCollapsed) ||
      document.documentElement.scrollWidth > window.innerWidth ||
      (window.visualViewport ? window.visualViewport.scale > 1 : false)
    );
  }

  document.addEventListener("keydown", (event) => {
    const modified = event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.isComposing;
    const side = event.key === "ArrowLeft" ? "previous" : event.key === "ArrowRight" ? "next" : "";
    if (side === "" || modified || event.defaultPrevented || isTaken(event.target)) {
      return;
    }
    const link = document.querySelector(".neighbours ." + side);
    if (link instanceof HTMLAnchorElement) {
      event.preventDefault();
      link.click();
    }
  });

  // The type size, and printing

  /** @type {NodeListOf<HTMLButtonElement>} */
  const sizes = document.querySelectorAll("button[data-size]");

  function showSize() {
    for (const button of sizes) {
      button.setAttribute("aria-pressed", String(button.dataset.size === document.documentElement.dataset.size));
    }
  }

  for (const button of sizes) {
    button.addEventListener("click", () => {
      document.documentElement.dataset.size = button.dataset.size;
      remember(SIZE, String(button.dataset.size));
      showSize();
    });
  }
  showSize();

  for (const button of document.querySelectorAll("button[data-print]")) {
    button.addEventListener("click", () => window.print());
  }

  // The place where a reader stopped

  /** @type {HTMLAnchorElement[]} */
  const places = Array.from(document.querySelectorAll(".body .place"));
  const first = places[0];
  const last = places[places.length - 1];

  /** Is there so much text that one can lose one's place: more than two screens? */
  function isLong() {
    return last !== undefined && distance(last) - distance(first) > 2 * window.innerHeight;
  }

  /** How far below the top of the screen a paragraph begins. */
  function distance(/** @type {Element} */ place) {
    return (place.parentElement || place).getBoundingClientRect().top;
  }

  /** Pages and the paragraphs where one stopped, as far as they can be read. @returns {[string, string][]} */
  function kept() {
    try {
      const value = JSON.parse(recall(PLACES) || "[]");
      // All pages that are files share what is remembered: it may be of anybody's making.
      return value.filter(
        (/** @type {unknown} */ entry) =>
          Array.isArray(entry) && entry.length === 2 && entry.every((part) => typeof part === "string")
      );
    } catch {
      return [];
    }
  }

  /** @param {string} place The id of a paragraph; empty: none is to be kept. */
  function keep(place) {
    const page = window.location.pathname;
    const others = kept().filter((entry) => entry[0] !== page);
    /** @type {[string, string][]} */
    const entry = place === "" ? [] : [[page, place]];
    remember(PLACES, JSON.stringify(entry.concat(others).slice(0, MOST)));
  }

  /** Who is still at the beginning has not got on: what was kept before stays. Who is at the end has done. */
  function keepPlace() {
    if (!isLong() || window.pageYOffset < window.innerHeight / 2) {
      return;
    }
    const end = (last.parentElement || last).getBoundingClientRect().bottom;
    // The paragraph at the top of the screen: the last that begins above its first quarter.
    const read = places.filter((place) => distance(place) < window.innerHeight / 4).pop();
    keep(end <= window.innerHeight || read === undefined ? "" : read.hash.slice(1));
  }

  window.addEventListener("pagehide", keepPlace);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") {
      keepPlace();
    }
  });

  /** @param {HTMLAnchorElement} place */
  function offer(place) {
    const bar = document.createElement("div");
    bar.className = "place-bar";
    bar.setAttribute("role", "group");
    bar.setAttribute("aria-label", "上次读到的地方");
    const status = document.createElement("span");
    status.setAttribute("role", "status");
    const link = document.createElement("a");
    link.href = place.hash;
    link.textContent = "继续阅读";
    const close = document.createElement("button");
    close.type = "button";
    close.textContent = "不用";

    /** Reading on, here or elsewhere, is an answer too. */
    function readsOn() {
      if (window.pageYOffset > window.innerHeight) {
        remove();
      }
    }

    function remove() {
      bar.remove();
      window.removeEventListener("scroll", readsOn);
    }

    link.addEventListener("click", () => {
      // Not before the link has been followed.
      window.setTimeout(remove);
    });
    close.addEventListener("click", () => {
      keep("");
      remove();
    });
    window.addEventListener("scroll", readsOn, { passive: true });
    bar.append(status, link, close);
    // Before the text, as the bar of what was searched for: who goes by keyboard meets it first.
    (document.querySelector("main") || document.body).prepend(bar);
    // A screen reader says what changes in a status, not what it is made with.
    window.setTimeout(() => {
      status.textContent = "上次读到" + place.getAttribute("aria-label");
    });
  }

  window.addEventListener("load", () => {
    const entry = kept().find((one) => one[0] === window.location.pathname);
    const place = entry && places.find((one) => one.hash === "#" + entry[1]);
    // Who reloads or goes back is brought to the place by the browser; who follows a link to a place wants that one.
    const navigation = window.performance.getEntriesByType("navigation")[0];
    const isNew = !(navigation instanceof PerformanceNavigationTiming) || navigation.type === "navigate";
    if (place && isNew && window.location.hash === "" && isLong() && !document.querySelector(".marks-bar")) {
      offer(place);
    }
  });
})();
