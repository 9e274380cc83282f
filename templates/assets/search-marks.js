/**
 * On the page of an article that was opened from the results: marks what was searched for and leads from mark to mark.
 * The address brings it as `?q=`, literals with spaces between; the history keeps it, so that the address can be clean.
 */
(() => {
  "use strict";

  /** So much the results bring; a link of somebody else's could bring enough to keep the browser busy for minutes. */
  const LONGEST = 200;
  const brought = new URLSearchParams(window.location.search).get("q") || (window.history.state || {}).marks || "";
  const query = brought.slice(0, LONGEST);
  const body = document.querySelector(".body");
  const title = document.querySelector("h1");
  const source = document.querySelector(".signature");
  /** @type {string[]} */
  const wanted = query.split(" ").filter(Boolean);
  if (wanted.length === 0 || body === null || title === null) {
    return;
  }
  try {
    window.history.replaceState({ marks: query }, "", window.location.pathname + window.location.hash);
  } catch {
    // Some origins refuse this; then the address stays as it is.
  }

  /** The marks of each match: more than one where it runs across an element. @type {HTMLElement[][]} */
  const matches = [];

  /** @param {Element} root */
  function markIn(root) {
    // The literal of all the text, and for each of its units the node and the place in it that it comes from.
    /** @type {{node: Text, start: number, end: number}[]} */
    const units = [];
    let whole = "";
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = /** @type {Text} */ (walker.currentNode);
      let start = 0;
      for (const character of node.data) {
        const literal = character.normalize("NFKC").toLowerCase().replace(/[\s\u200B-\u200D\uFEFF]/g, "");
        for (let unit = 0; unit < literal.length; unit += 1) {
          units.push({ node: node, start: start, end: start + character.length });
        }
        whole += literal;
        start += character.length;
      }
    }
    /** Which match each unit belongs to; where several begin, the longest. @type {number[]} */
    const owners = [];
    let count = 0;
    for (let at = 0; at < whole.length; at += 1) {
      const length = wanted.reduce((most, one) => (whole.startsWith(one, at) ? Math.max(most, one.length) : most), 0);
      if (length > 0) {
        count += 1;
        for (let unit = at; unit < at + length; unit += 1) {
          owners[unit] = count;
        }
        at += length - 1;
      }
    }
    const first = matches.length - 1;
    // From the end on: what is cut off a node stands behind all that is still to do.
    for (let to = whole.length - 1; to >= 0; to -= 1) {
      const owner = owners[to];
      if (owner !== undefined) {
        let from = to;
        while (from > 0 && owners[from - 1] === owner && units[from - 1].node === units[to].node) {
          from -= 1;
        }
        const range = document.createRange();
        range.setStart(units[to].node, units[from].start);
        range.setEnd(units[to].node, units[to].end);
        const mark = document.createElement("mark");
        range.surroundContents(mark);
        matches[first + owner] = [mark].concat(matches[first + owner] || []);
        to = from;
      }
    }
  }

  markIn(title);
  markIn(body);
  if (source !== null) {
    markIn(source);
  }
  if (matches.length === 0) {
    return;
  }

  /** Which match is shown; the first to come is the one at the place that the address names. */
  const place = document.getElementById(window.location.hash.slice(1));
  let current =
    (place === null ? 0 : Math.max(0, matches.findIndex((marks) => place.compareDocumentPosition(marks[0]) & 4))) - 1;

  const bar = document.createElement("div");
  bar.className = "marks-bar";
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", "检索到的文字");
  const status = document.createElement("span");
  status.setAttribute("role", "status");
  status.textContent = "检索词 " + matches.length + " 处";

  /**
   * @param {string} label
   * @param {number} step
   */
  function button(label, step) {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = label;
    made.addEventListener("click", () => {
      for (const mark of matches[current] || []) {
        mark.classList.remove("current");
      }
      current = (Math.max(current, step < 0 ? 0 : -1) + step + matches.length) % matches.length;
      for (const mark of matches[current]) {
        mark.classList.add("current");
      }
      matches[current][0].scrollIntoView({ block: "center" });
      status.textContent = "第 " + (current + 1) + " 处，共 " + matches.length + " 处";
    });
    return made;
  }

  bar.append(button("上一处", -1), status, button("下一处", 1));
  // Before the article: who goes by keyboard has not to pass all its links first.
  (document.querySelector("main") || document.body).prepend(bar);
  document.body.classList.add("has-marks");
})();
