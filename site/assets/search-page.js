/**
 * The search page: reads the query from the field and the address, and writes what was found into the page. Knows the
 * search by `bulletin.answer` and `bulletin.articles` alone.
 */

var bulletin = bulletin || {};

(function () {
  "use strict";

  const AT_A_TIME = 10;

  /** Long enough to skip the letters of one word, short enough to feel immediate. */
  const TYPING_PAUSE_MS = 150;

  /** What `keydown` says while an input method handles the key, where `isComposing` is already, or still, false. */
  const KEY_CODE_OF_INPUT_METHOD = 229;

  const LONGEST_QUOTED = 30;

  const LOADING = "正在检索……";
  const FAILED = "检索数据没有读到，可能是网络中断或文件不全。请再按一次“检索”或刷新页面，也可以按主题、来源浏览。";
  const NOTHING_ASKED = "请输入要检索的字词：标点符号不能单独检索。";
  const PARTIAL_NOTE = "以下文章只含部分检索词";

  /**
   * @typedef {object} View
   * @property {HTMLFormElement} form
   * @property {HTMLInputElement} field
   * @property {HTMLElement} status
   * @property {HTMLElement} results
   * @property {HTMLElement} more
   * @property {HTMLElement | null} help
   */

  /** @returns {View | undefined} undefined: this is not the search page */
  function findView() {
    const form = document.getElementById("search-form");
    const field = document.getElementById("q");
    const status = document.getElementById("status");
    const results = document.getElementById("results");
    const more = document.getElementById("more");
    if (
      !(form instanceof HTMLFormElement) ||
      !(field instanceof HTMLInputElement) ||
      status === null ||
      results === null ||
      more === null
    ) {
      return undefined;
    }
    const help = document.getElementById("search-help");
    return { form: form, field: field, status: status, results: results, more: more, help: help };
  }

  /**
   * @param {string} name
   * @param {string} className
   * @param {string} text
   * @returns {HTMLElement}
   */
  function element(name, className, text) {
    const made = document.createElement(name);
    if (className !== "") {
      made.className = className;
    }
    made.textContent = text;
    return made;
  }

  /**
   * @param {string} href
   * @param {string} className
   * @param {string} text
   * @returns {HTMLAnchorElement}
   */
  function link(href, className, text) {
    const made = document.createElement("a");
    if (className !== "") {
      made.className = className;
    }
    made.href = href;
    made.textContent = text;
    return made;
  }

  /**
   * @param {HTMLElement} parent
   * @param {Part[]} parts
   */
  function appendParts(parent, parts) {
    for (const part of parts) {
      parent.appendChild(part.match ? element("mark", "", part.text) : document.createTextNode(part.text));
    }
  }

  /**
   * The printed page that a match in the text stands on.
   * @param {Article} article
   * @param {number} at where in the text it is
   * @returns {PageStart | undefined}
   */
  function pageAt(article, at) {
    let page = article.pages[0];
    for (const start of article.pages) {
      if (start.at <= at) {
        page = start;
      }
    }
    return page;
  }

  /**
   * @param {Article} article
   * @param {string[]} wanted literals to mark
   * @returns {HTMLLIElement}
   */
  function hit(article, wanted) {
    const item = document.createElement("li");
    const title = bulletin.highlight(article.title, wanted);
    const source = bulletin.highlight(article.source, wanted);
    const shown = bulletin.excerpt(article.text, wanted);

    /** @type {PageStart | undefined} */
    let page;
    if (shown.shownAt !== -1) {
      page = pageAt(article, shown.shownAt);
    } else if (title.some(matches)) {
      page = article.pages[0];
    } else if (source.some(matches)) {
      // In print the source closes an article, as the title opens it.
      page = article.pages[article.pages.length - 1];
    }

    const heading = element("p", "hit-title", "");
    const titleLink = link(article.href, "", "");
    appendParts(titleLink, title);
    heading.appendChild(titleLink);
    item.appendChild(heading);
    item.appendChild(facts(article, source, page));
    const excerpt = element("p", "excerpt", "");
    appendParts(excerpt, shown.parts);
    item.appendChild(excerpt);
    return item;
  }

  /**
   * @param {Part} part
   * @returns {boolean}
   */
  function matches(part) {
    return part.match;
  }

  /**
   * The line that says where an article was printed.
   * @param {Article} article
   * @param {Part[]} source
   * @param {PageStart | undefined} page
   * @returns {HTMLElement}
   */
  function facts(article, source, page) {
    const line = element("p", "hit-facts", "");
    line.appendChild(link(article.issueHref, "issue", article.issue));
    line.appendChild(document.createTextNode(" "));
    const date = document.createElement("time");
    date.dateTime = article.date;
    date.textContent = article.dateText;
    line.appendChild(date);
    if (source.length > 0) {
      line.appendChild(document.createTextNode(" "));
      const printed = element("span", "source", "");
      appendParts(printed, source);
      line.appendChild(printed);
    }
    if (page !== undefined) {
      line.appendChild(document.createTextNode(" "));
      line.appendChild(link(page.href, "page", "第" + page.page + "页"));
    }
    return line;
  }

  /**
   * What the status line says about an answer.
   * @param {string} query
   * @param {Answer} answer
   * @returns {string}
   */
  function summary(query, answer) {
    if (answer.phrases.length === 0) {
      return NOTHING_ASKED;
    }
    const all = answer.matches.length;
    const partial = answer.matches.filter(function (match) {
      return match.partial;
    }).length;
    if (all === 0) {
      return "没有找到含“" + shortened(query) + "”的文章。可以减少或改换检索词，或按主题、来源浏览。";
    }
    if (partial === all) {
      return "共找到 " + all + " 篇文章，都只含部分检索词";
    }
    return "共找到 " + all + " 篇文章" + (partial > 0 ? "，其中 " + partial + " 篇只含部分检索词" : "");
  }

  /**
   * @param {string} query
   * @returns {string}
   */
  function shortened(query) {
    const trimmed = query.trim();
    return trimmed.length > LONGEST_QUOTED ? bulletin.text.cut(trimmed, LONGEST_QUOTED) + "……" : trimmed;
  }

  /** @returns {string} the query that the address carries */
  function queryOfAddress() {
    return new URLSearchParams(window.location.search).get("q") || "";
  }

  /**
   * @param {View} view
   * @param {{index: string, articles: string}} data
   */
  function start(view, data) {
    const pageTitle = document.title;

    /** Counts the queries: an answer that comes after the next question is not shown. */
    let asked = 0;

    /** The query that the list answers, or is about to. */
    let answered = "";

    /** @type {Answer} */
    let current = { matches: [], phrases: [], words: [] };
    let typingTimer = 0;
    let composing = false;

    /** Whether the entry of the history shows a query that is still being typed, and may be written over. */
    let drafting = false;

    bulletin.data.connect(data);

    /** @param {boolean} busy */
    function setBusy(busy) {
      view.results.setAttribute("aria-busy", String(busy));
    }

    function clear() {
      current = { matches: [], phrases: [], words: [] };
      view.results.textContent = "";
      view.more.hidden = true;
    }

    /** @param {boolean} shown */
    function showHelp(shown) {
      if (view.help !== null) {
        view.help.hidden = !shown;
      }
    }

    /**
     * The articles of the matches that come next in the list.
     * @param {Answer} answer
     * @param {number} from
     * @returns {Promise<Article[]>}
     */
    function articlesFrom(answer, from) {
      return bulletin.articles(
        answer.matches.slice(from, from + AT_A_TIME).map(function (match) {
          return match.article;
        })
      );
    }

    /**
     * Adds the articles of the next matches to the list.
     * @param {Article[]} articles
     */
    function append(articles) {
      const from = view.results.childElementCount;
      const firstPartial = current.matches.findIndex(function (match) {
        return match.partial;
      });
      articles.forEach(function (article, number) {
        const partial = current.matches[from + number].partial;
        const item = hit(article, partial ? current.phrases.concat(current.words) : current.phrases);
        item.className = partial ? "hit partial" : "hit";
        if (from + number === firstPartial) {
          item.insertBefore(element("p", "partial-note", PARTIAL_NOTE), item.firstChild);
        }
        view.results.appendChild(item);
      });
      view.more.hidden = view.results.childElementCount >= current.matches.length;
    }

    async function showMore() {
      const question = asked;
      const from = view.results.childElementCount;
      const articles = await articlesFrom(current, from);
      // Another query may have come between, or a second press on the button.
      if (question === asked && from === view.results.childElementCount) {
        append(articles);
        const first = view.results.children[from].querySelector("a");
        if (first !== null) {
          first.focus();
        }
      }
    }

    /** @param {unknown} error */
    function showFailure(error) {
      clear();
      view.status.textContent = FAILED;
      showHelp(true);
      console.error(error);
    }

    /**
     * Answers a query in the page.
     * @param {string} query
     */
    async function run(query) {
      window.clearTimeout(typingTimer);
      asked += 1;
      const question = asked;
      answered = query;
      document.title = query.trim() === "" ? pageTitle : shortened(query) + " - " + pageTitle;
      if (query.trim() === "") {
        clear();
        view.status.textContent = "";
        showHelp(true);
        setBusy(false);
        return;
      }
      setBusy(true);
      // Results that are being replaced stay in sight, and what they say with them.
      if (current.matches.length === 0) {
        view.status.textContent = LOADING;
      }
      try {
        const answer = await bulletin.answer(query);
        const articles = await articlesFrom(answer, 0);
        if (question === asked) {
          clear();
          current = answer;
          append(articles);
          view.status.textContent = summary(query, answer);
          showHelp(answer.matches.length === 0);
        }
      } catch (error) {
        if (question === asked) {
          showFailure(error);
        }
      } finally {
        if (question === asked) {
          setBusy(false);
        }
      }
    }

    /**
     * Puts the query into the address, so that it can be shared and gone back to.
     * @param {string} typed
     * @param {boolean} draft whether it is still being typed
     */
    function record(typed, draft) {
      const query = typed.trim() === "" ? "" : typed;
      if (query !== queryOfAddress()) {
        const address = query === "" ? window.location.pathname : "?" + new URLSearchParams([["q", query]]).toString();
        try {
          if (drafting) {
            window.history.replaceState(null, "", address);
          } else {
            window.history.pushState(null, "", address);
          }
        } catch {
          // Some origins, and browsers that are asked too often, refuse this. The search works without.
          return;
        }
        drafting = draft;
      } else if (!draft) {
        drafting = false;
      }
    }

    function askWhatIsTyped() {
      window.clearTimeout(typingTimer);
      // From now on, and not from the end of the pause: until then the results are not those of the field.
      setBusy(true);
      typingTimer = window.setTimeout(function () {
        // The end of a composition asks again.
        if (!composing) {
          record(view.field.value, true);
          run(view.field.value);
        }
      }, TYPING_PAUSE_MS);
    }

    function askWhatTheAddressSays() {
      const query = queryOfAddress();
      drafting = false;
      view.field.value = query;
      run(query);
    }

    /** @returns {HTMLElement[]} the links to the articles found, in order */
    function hitLinks() {
      return Array.from(view.results.children, function (item) {
        return item.querySelector("a");
      }).filter(
        /** @returns {found is HTMLAnchorElement} */
        function (found) {
          return found !== null;
        }
      );
    }

    /**
     * Where an arrow key leads from the element that has the focus.
     * @param {string} key
     * @param {EventTarget | null} target
     * @returns {HTMLElement | undefined}
     */
    function arrowLeadsTo(key, target) {
      const links = hitLinks();
      if (target === view.field) {
        return key === "ArrowDown" ? links[0] : undefined;
      }
      if (target === view.more) {
        return key === "ArrowUp" ? links[links.length - 1] : undefined;
      }
      const item = target instanceof Element && view.results.contains(target) ? target.closest("li") : null;
      if (item === null) {
        return undefined;
      }
      const next = Array.from(view.results.children).indexOf(item) + (key === "ArrowDown" ? 1 : -1);
      if (next < 0) {
        return view.field;
      }
      return next === links.length && !view.more.hidden ? view.more : links[next];
    }

    /**
     * Whether a key belongs to whatever the reader is writing in.
     * @param {EventTarget | null} target
     * @returns {boolean}
     */
    function isWriting(target) {
      return (
        target instanceof HTMLElement &&
        (target.isContentEditable || target.matches("input, textarea, select, [contenteditable]"))
      );
    }

    view.field.addEventListener("compositionstart", function () {
      composing = true;
    });

    view.field.addEventListener("compositionend", function () {
      composing = false;
      askWhatIsTyped();
    });

    view.field.addEventListener("input", function (event) {
      if (!composing && !(event instanceof InputEvent && event.isComposing)) {
        askWhatIsTyped();
      }
    });

    view.form.addEventListener("submit", function (event) {
      event.preventDefault();
      if (!composing) {
        record(view.field.value, false);
        run(view.field.value);
      }
    });

    view.more.addEventListener("click", function () {
      showMore().catch(showFailure);
    });

    document.addEventListener("keydown", function (event) {
      if (composing || event.isComposing || event.keyCode === KEY_CODE_OF_INPUT_METHOD) {
        // This Enter ends a composition; some browsers would send the form off with it.
        if (event.key === "Enter" && event.target === view.field) {
          event.preventDefault();
        }
        return;
      }
      if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) {
        return;
      }
      if (event.key === "/" && !isWriting(event.target)) {
        event.preventDefault();
        view.field.focus();
        view.field.select();
      } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !event.shiftKey) {
        const goal = arrowLeadsTo(event.key, event.target);
        if (goal !== undefined) {
          event.preventDefault();
          goal.focus();
        }
      }
    });

    window.addEventListener("popstate", function () {
      // A step to another place in this page brings the same query, and must not shorten the list.
      if (queryOfAddress() !== answered) {
        askWhatTheAddressSays();
      }
    });

    // The data takes longest: it can be on its way while the reader is still thinking.
    view.field.addEventListener("focus", function () {
      bulletin.data.open().catch(function () {
        // The search that needs it says so.
      });
    });

    if (queryOfAddress() === "" && view.field.value !== "") {
      // Typed while the page was still loading.
      askWhatIsTyped();
    } else {
      askWhatTheAddressSays();
    }
  }

  const view = findView();
  if (view !== undefined) {
    const data = { index: view.form.dataset.index, articles: view.form.dataset.articles };
    if (data.index !== undefined && data.articles !== undefined) {
      start(view, { index: data.index, articles: data.articles });
    }
  }
})();
