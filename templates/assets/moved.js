/**
 * At an old address, before the page itself leads on: goes there with the place that the link names, `#p6`, which the page would
 * lose.
 */
(() => {
  "use strict";

  const script = document.currentScript;
  const to = script instanceof HTMLScriptElement ? script.dataset.to : undefined;
  if (to !== undefined && window.location.hash !== "") {
    // What is not read to its end does not lead on by itself.
    window.stop();
    window.location.replace(to + window.location.hash);
  }
})();
