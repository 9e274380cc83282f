/**
 * In every page that `bulletin serve` shows: waits for news of the page, loads it anew when it has changed, and says
 * above it what is wrong with the archive. All in a shadow tree, so that the page's own styles and this do not meet.
 */
(() => {
  "use strict";

  /** @typedef {{place: string, page: string | null, warning: boolean, message: string, hint: string,
   *   excerpt: [string, string, string] | null}} Problem */
  /** @typedef {{version: string | null, beside: string | null, headline: string, grave: boolean, problems: Problem[]}} News */

  const EVENTS = "/.preview/events";
  const STYLE = "/.preview/preview.css";
  /** The list of problems that was put away; and "open" where a list of warnings was opened. Both last as long as the tab. */
  const CLOSED = "bulletin.preview.closed";
  const WARNINGS = "bulletin.preview.warnings";
  /** Milliseconds after which a preview that does not answer is said to be gone, and is asked again. */
  const PATIENCE = 2000;

  const own = document.currentScript;
  const shown = own instanceof HTMLScriptElement ? own.dataset.version : undefined;

  /** @param {string} key */
  function recall(key) {
    try {
      return window.sessionStorage.getItem(key);
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
      window.sessionStorage.setItem(key, value);
    } catch {
      // Nothing can be kept here; all else works.
    }
  }

  /**
   * @template {keyof HTMLElementTagNameMap} Name
   * @param {Name} name
   * @param {Record<string, string>} attributes
   * @param {(Node | string)[]} children
   * @returns {HTMLElementTagNameMap[Name]}
   */
  function make(name, attributes, ...children) {
    const element = document.createElement(name);
    for (const attribute of Object.keys(attributes)) {
      element.setAttribute(attribute, attributes[attribute]);
    }
    element.append(...children);
    return element;
  }

  // The bar

  /** Where there is no page yet, the list takes its place. */
  const waiting = document.getElementById("bulletin-waiting");
  const host = document.createElement("bulletin-preview");
  const alarm = make("p", { class: "headline", role: "alert" });
  const notice = make("p", { class: "headline", role: "status" });
  const beside = make("a", { class: "beside" }, "对照原件");
  const toggle = make("button", { type: "button", "aria-controls": "list" });
  const list = make("div", { id: "list", class: "list", role: "group", tabindex: "0", "aria-label": "问题" });
  const bar = make("section", { "aria-label": "预览", hidden: "" }, make("div", { class: "row" }, alarm, notice, beside, toggle), list);
  const style = make("link", { rel: "stylesheet", href: STYLE });
  host.attachShadow({ mode: "open" }).append(style, bar);

  /** @type {News} */
  let news = { version: null, beside: null, headline: "", grave: false, problems: [] };
  /** What the list was made from. */
  let listed = "[]";
  let styled = false;

  function isOpen() {
    if (waiting !== null) {
      return true;
    }
    return news.grave ? recall(CLOSED) !== listed : recall(WARNINGS) === "open";
  }

  /**
   * The line as it stands in the file: what is before the place, the place, what is after it.
   * @param {[string, string, string]} parts
   */
  function excerpt([before, marked, after]) {
    return make("p", { class: "excerpt" }, before, ...(marked === "" ? [] : [make("mark", {}, marked)]), after);
  }

  /** @param {Problem} problem */
  function entry(problem) {
    const place = problem.page === null ? make("span", {}, problem.place) : make("a", { href: problem.page }, problem.place);
    place.className = "place";
    return make(
      "li",
      {},
      make("p", {}, place, "：", make("span", { class: "message" }, problem.message)),
      make("p", { class: "hint" }, "提示：" + problem.hint),
      ...(problem.excerpt === null ? [] : [excerpt(problem.excerpt)]),
    );
  }

  /** Beside errors, warnings are folded up. */
  function entries() {
    const errors = news.problems.filter((problem) => !problem.warning).map(entry);
    const warnings = make("ul", { class: "warnings" }, ...news.problems.filter((problem) => problem.warning).map(entry));
    if (errors.length === 0 || warnings.childElementCount === 0) {
      return errors.length === 0 ? [warnings] : [make("ul", {}, ...errors)];
    }
    const summary = make("summary", {}, "提醒（" + warnings.childElementCount + "）");
    return [make("ul", {}, ...errors), make("details", {}, summary, warnings)];
  }

  function show() {
    const problems = JSON.stringify(news.problems);
    if (problems !== listed) {
      listed = problems;
      list.textContent = "";
      list.append(...entries());
      list.scrollTop = 0;
    }
    // A live region is read out when its text changes, so that the same is not said again.
    const [speaking, silent] = news.grave ? [alarm, notice] : [notice, alarm];
    silent.textContent = "";
    if (speaking.textContent !== news.headline) {
      speaking.textContent = news.headline;
    }
    bar.className = news.grave ? "grave" : "minor";
    bar.hidden = (news.headline === "" && news.beside === null) || !styled;
    beside.hidden = news.beside === null;
    if (news.beside !== null) {
      beside.href = news.beside;
    }
    toggle.hidden = news.problems.length === 0 || waiting !== null;
    list.hidden = news.problems.length === 0 || !isOpen();
    toggle.textContent = list.hidden ? "展开" : "收起";
    toggle.setAttribute("aria-expanded", String(!list.hidden));
    // What a link or the keyboard leads to is not below the bar.
    document.documentElement.style.scrollPaddingTop = bar.hidden ? "" : bar.offsetHeight + 16 + "px";
  }

  /** @param {boolean} open */
  function set(open) {
    if (news.grave) {
      remember(CLOSED, open ? "" : listed);
    } else {
      remember(WARNINGS, open ? "open" : "");
    }
    show();
  }

  toggle.addEventListener("click", () => set(list.hidden));
  document.addEventListener("keydown", (event) => {
    const target = event.composedPath()[0];
    const typing = target instanceof Element && target.closest("input, textarea, select") !== null;
    if (event.key === "Escape" && !event.defaultPrevented && !event.isComposing && !typing && !toggle.hidden && !list.hidden) {
      const inside = host.shadowRoot !== null && host.shadowRoot.activeElement !== null;
      set(false);
      if (inside) {
        toggle.focus();
      }
    }
  });
  style.addEventListener("load", () => {
    styled = true;
    show();
  });
  const first = document.body.firstElementChild;
  if (waiting !== null) {
    host.className = "whole";
    waiting.append(host);
  } else if (first instanceof HTMLAnchorElement && first.hash !== "") {
    // A link past the masthead stays the first thing that the keyboard comes to, and is not covered.
    first.after(host);
    first.style.zIndex = "3";
  } else {
    document.body.prepend(host);
  }

  // News

  /** @type {EventSource | null} */
  let source = null;
  let timer = 0;

  function lost() {
    timer = 0;
    news = { ...news, grave: false, headline: "预览程序没有应答，网页不再更新。请看一看命令窗口；预览重新运行后，这里会自己恢复。" };
    show();
    connect();
  }

  function stopWaiting() {
    window.clearTimeout(timer);
    timer = 0;
  }

  function disconnect() {
    stopWaiting();
    if (source !== null) {
      source.close();
      source = null;
    }
  }

  function connect() {
    disconnect();
    source = new EventSource(EVENTS + "?path=" + encodeURIComponent(window.location.pathname));
    source.addEventListener("message", (event) => {
      stopWaiting();
      /** @type {News} */
      const told = JSON.parse(event.data);
      if (told.version !== null && told.version !== shown) {
        disconnect();
        window.location.reload();
      } else {
        news = told;
        show();
      }
    });
    source.addEventListener("error", () => {
      // The browser goes on asking, and says so each time.
      if (timer === 0) {
        timer = window.setTimeout(lost, PATIENCE);
      }
    });
  }

  // A browser keeps only six connections to a server, so that pages that nobody sees let go of theirs.
  function attend() {
    if (document.visibilityState === "hidden") {
      disconnect();
    } else if (source === null) {
      connect();
    }
  }

  document.addEventListener("visibilitychange", attend);
  window.addEventListener("pagehide", disconnect);
  window.addEventListener("pageshow", attend);
  attend();
})();
