/**
 * Copies citations. Of an article, or of an issue, as it stands on the page; of text that is selected, with the printed pages on
 * which that stands and the address of its place. What is read online is cited with its address and the day, by the reader's
 * clock. The pieces of a citation and how they go together: pages/citations.py.
 */
(() => {
  "use strict";

  /** What is cited, with the pieces of its citation. */
  const CITED = "[data-lead]";
  /** How long a selection must stay as it is, in milliseconds, to be one. */
  const WAIT = 150;

  /**
   * @typedef {object} Passage
   * @property {HTMLElement} cited
   * @property {Range} range What of its text is selected.
   */

  // What is said

  /** @param {number} number */
  function twoDigits(number) {
    return String(number).padStart(2, "0");
  }

  function today() {
    const now = new Date();
    return [String(now.getFullYear()), twoDigits(now.getMonth() + 1), twoDigits(now.getDate())].join("-");
  }

  /**
   * @param {HTMLElement} cited
   * @param {string} pages
   * @param {string} url Empty: it is cited as print.
   */
  function citation(cited, pages, url) {
    const { lead, rest } = cited.dataset;
    return url === "" ? `${lead}${rest}${pages}.` : `${lead}/OL${rest}${pages}[${today()}]. ${url}`;
  }

  /** The address of this page: the one it was published for, else the one it has on its server. A folder has none. */
  function addressOfPage() {
    const published = document.querySelector("link[rel=canonical]");
    if (published instanceof HTMLLinkElement) {
      return published.href;
    }
    return window.location.protocol.startsWith("http") ? window.location.href.split(/[?#]/)[0] : "";
  }

  /** @param {Passage} passage */
  function citationOf(passage) {
    const address = addressOfPage();
    const place = placeOf(passage);
    return citation(passage.cited, pagesOf(passage), address === "" || place === "" ? address : `${address}#${place}`);
  }

  // Where selected text stands

  /** @param {Range} range */
  function hasText(range) {
    return range.toString().trim() !== "";
  }

  /** What is selected of the first text of which something is. @returns {Passage | null} */
  function selectedPassage() {
    const selection = window.getSelection();
    if (selection === null || selection.isCollapsed || selection.rangeCount === 0) {
      return null;
    }
    const selected = selection.getRangeAt(0);
    for (const cited of document.querySelectorAll(CITED)) {
      const text = cited.querySelector(".prose");
      if (cited instanceof HTMLElement && text !== null && selected.intersectsNode(text)) {
        const range = shared(selected, text);
        if (hasText(range)) {
          return { cited, range };
        }
      }
    }
    return null;
  }

  /**
   * @param {Range} selected
   * @param {Element} text
   */
  function shared(selected, text) {
    const whole = document.createRange();
    whole.selectNodeContents(text);
    const range = selected.cloneRange();
    if (selected.compareBoundaryPoints(Range.START_TO_START, whole) < 0) {
      range.setStart(text, 0);
    }
    if (selected.compareBoundaryPoints(Range.END_TO_END, whole) > 0) {
      range.setEnd(text, text.childNodes.length);
    }
    return range;
  }

  /**
   * Does an element begin before a passage does? One that begins in it does too, if nothing of the text stands before that.
   * @param {Element} element
   * @param {Range} range
   */
  function isAtBeginning(element, range) {
    const before = range.cloneRange();
    // An end before the start takes the start with it: then nothing is between them.
    before.setEndBefore(element);
    return !hasText(before);
  }

  /**
   * Does an element stand in a passage or before it, with text of the passage after it?
   * @param {Element} element
   * @param {Range} range
   */
  function isBeforeEnd(element, range) {
    const after = range.cloneRange();
    after.setStartAfter(element);
    return hasText(after);
  }

  /** The printed pages of a passage: `5`, `5-6`. @param {Passage} passage */
  function pagesOf({ cited, range }) {
    let first = parseInt(cited.dataset.pages || "", 10);
    let last = first;
    for (const mark of cited.querySelectorAll("[role=doc-pagebreak]")) {
      const page = Number((mark.getAttribute("title") || "").replace(/\D/g, ""));
      first = isAtBeginning(mark, range) ? page : first;
      last = isBeforeEnd(mark, range) ? page : last;
    }
    return first === last ? String(first) : `${first}-${last}`;
  }

  /** The id of the nearest place that has an address: a paragraph, the beginning of a printed page. @param {Passage} passage */
  function placeOf({ cited, range }) {
    const places = Array.from(cited.querySelectorAll("[role=doc-pagebreak], .page[id], .prose [id]"));
    const nearest = places.filter((place) => isAtBeginning(place, range)).pop();
    return (nearest || cited).id;
  }

  // Copying

  /**
   * @param {string} text
   * @param {(isCopied: boolean) => void} done
   */
  function copy(text, done) {
    // There is none in pages that are files, in old browsers, and without https.
    if (navigator.clipboard === undefined || !window.isSecureContext) {
      done(copyByCommand(text));
      return;
    }
    navigator.clipboard.writeText(text).then(
      () => done(true),
      () => done(copyByCommand(text)),
    );
  }

  /** The older way, from a field. What was selected and where the keyboard was stay as they were. @param {string} text */
  function copyByCommand(text) {
    const selection = window.getSelection();
    const range = selection !== null && selection.rangeCount > 0 ? selection.getRangeAt(0).cloneRange() : null;
    const focused = document.activeElement;
    const field = document.createElement("textarea");
    field.className = "hidden";
    field.readOnly = true;
    field.value = text;
    document.body.append(field);
    field.focus({ preventScroll: true });
    field.select();
    let isCopied = false;
    try {
      isCopied = document.execCommand("copy");
    } catch {
      // Then the reader is told the text.
    }
    field.remove();
    if (focused instanceof HTMLElement) {
      focused.focus({ preventScroll: true });
    }
    if (selection !== null && range !== null) {
      selection.removeAllRanges();
      selection.addRange(range);
    }
    return isCopied;
  }

  /**
   * Copies the citation of what is selected, else of what the page is about, if it is that of one thing; and says so.
   * @param {Element} status
   * @param {Element | null} whole
   */
  function cite(status, whole) {
    const passage = selectedPassage();
    if (passage !== null) {
      report(status, citationOf(passage), `（第${pagesOf(passage)}页）`);
    } else if (whole instanceof HTMLElement) {
      report(status, citation(whole, whole.dataset.pages || "", addressOfPage()), "");
    }
  }

  /**
   * @param {Element} status
   * @param {string} text
   * @param {string} of What of the article it is.
   */
  function report(status, text, of) {
    copy(text, (isCopied) => {
      status.textContent = isCopied ? `已复制${of}` : `这里不能复制，请自己抄录：${text}`;
    });
  }

  // The button below the text, and the one that comes with a selection

  /** @param {HTMLButtonElement} button */
  function keepSelection(button) {
    button.addEventListener("mousedown", (event) => event.preventDefault());
  }

  const below = document.querySelector("button[data-cite]");
  const said = document.querySelector(".citation [role=status]");
  if (below instanceof HTMLButtonElement && said !== null) {
    below.hidden = false;
    keepSelection(below);
    below.addEventListener("click", () => cite(said, document.querySelector(CITED)));
  }

  const bar = document.createElement("div");
  bar.className = "cite-bar";
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", "引用选中的文字");
  const button = document.createElement("button");
  button.type = "button";
  const status = document.createElement("span");
  status.setAttribute("role", "status");
  bar.append(button, status);
  keepSelection(button);
  button.addEventListener("click", () => cite(status, null));
  /** What the bar is shown for: copying selects anew what was selected. */
  let shown = "";

  function showBar() {
    const passage = selectedPassage();
    bar.hidden = passage === null;
    const selected = passage === null ? "" : citationOf(passage) + passage.range.toString();
    if (passage !== null && selected !== shown) {
      button.textContent = `复制引文（第${pagesOf(passage)}页）`;
      status.textContent = "";
      // After the text: who selected by keyboard comes to it by going on.
      passage.cited.append(bar);
    }
    shown = selected;
  }

  let waiting = 0;
  document.addEventListener("selectionchange", () => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(showBar, WAIT);
  });
})();
