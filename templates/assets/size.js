/**
 * Runs before the page is painted: sets the type size (字体) that the reader chose, so that nothing moves afterwards. That
 * `data-size` is there at all tells the style sheet that scripts run.
 */
(() => {
  "use strict";

  let size = null;
  try {
    size = window.localStorage.getItem("bulletin.size");
  } catch {
    // Some browsers keep nothing for pages that are files, or when the reader forbids it.
  }
  document.documentElement.dataset.size = size === "small" || size === "large" ? size : "medium";
})();
