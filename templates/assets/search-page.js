/** The search page. Knows the search by `bulletin.answer` and `bulletin.settle`, and the archive by `bulletin.data`. */

var bulletin = bulletin || {};

(() => {
  "use strict";

  const AT_A_TIME = 10;

  /** So many open candidates are all looked at, to say how many articles match; of more, “about” is said. */
  const FEW = 20;

  /** Long enough to skip the letters of one word, short enough to feel immediate. */
  const TYPING_PAUSE_MS = 150;

  /** Most searches are done before; then nobody has to read, or hear, that they go on. */
  const SLOW_MS = 400;

  /** What `keydown` says while an input method handles the key, where `isComposing` is already, or still, false. */
  const KEY_CODE_OF_INPUT_METHOD = 229;

  const LONGEST_QUOTED = 30;
  const LONGEST_MARKS = 200;
  const LOADING = "正在检索……";
  const NOTHING_ASKED = "请先输入检索词。";
  const FAILED = "检索数据没有读到，可能是网络中断或文件不全。请再按一次“检索”或刷新页面，也可以从";
  const MORE_FAILED = "后面的文章没有读到，可能是网络中断或文件不全。请再按一次“显示更多”。";
  const PARTIAL_NOTE = "以下文章只含部分检索词";
  const FILTERS = ["topic", "year", "source"];

  /** @param {string} id @returns {any} an element that the template promises */
  const by = (id) => document.getElementById(id);

  /** @type {HTMLFormElement} */
  const form = by("search-form");
  if (form === null || form.dataset.catalog === undefined) {
    return;
  }
  /** @type {HTMLInputElement} */
  const field = by("q");
  /** @type {HTMLElement} */
  const results = by("results");
  /** @type {HTMLElement} */
  const more = by("more");
  /** @type {HTMLDetailsElement} */
  const filters = by("filters");
  /** @type {{[name: string]: HTMLSelectElement}} */
  const selects = { topic: by("topic"), year: by("year"), source: by("source"), sort: by("sort") };
  const pageTitle = document.title;

  /** Counts the questions: an answer that comes after the next one is not shown. */
  let asked = 0;
  /** The address that the list answers. */
  let shownAddress = "";
  /** Shows the next results. @type {() => Promise<void>} */
  let showNext = async () => {};
  let typingTimer = 0;
  let slowTimer = 0;
  let composing = false;
  /** Whether the entry of the history shows a query that is still being typed, and may be written over. */
  let drafting = false;

  /**
   * @param {string} name
   * @param {string} className
   * @param {Part[]} parts
   */
  function element(name, className, parts) {
    const made = document.createElement(name);
    made.className = className;
    for (const part of parts) {
      const target = part.match ? made.appendChild(document.createElement("mark")) : made;
      target.appendChild(document.createTextNode(part.text));
    }
    return made;
  }

  /**
   * @param {string} href
   * @param {string} className
   * @param {Part[]} parts
   */
  function link(href, className, parts) {
    const made = element("a", className, parts);
    made.setAttribute("href", href);
    return made;
  }

  /** @param {string} text @returns {Part[]} */
  const plain = (text) => [{ text: text, match: false }];

  /**
   * Says something in the status line. What is said again is not said anew: screen readers would read it out once more.
   * @param {string} text
   * @param {boolean} [leads] whether it ends with the indexes, where readers may look instead
   */
  function say(text, leads) {
    const said = document.createDocumentFragment();
    said.append(text);
    if (leads) {
      said.append(by("indexes").content.cloneNode(true), "查找。");
    }
    window.clearTimeout(slowTimer);
    if (by("status").textContent !== said.textContent) {
      by("status").textContent = "";
      by("status").append(said);
    }
  }

  /**
   * The printed page that a match in the text stands on.
   * @param {Article} article
   * @param {number} at
   */
  const pageAt = (article, at) => article.pages.filter((page, number) => number === 0 || page.at <= at).pop();

  /**
   * @param {Article} article
   * @param {string[]} wanted literals to mark
   * @param {boolean} partial
   */
  function hit(article, wanted, partial) {
    /** @param {string} text */
    const compared = (text) => bulletin.text.exchange(text, article.variants || "");
    const title = bulletin.highlight(article.title, wanted, compared(article.title));
    const source = bulletin.highlight(article.source, wanted, compared(article.source));
    /** @param {Part} part */
    const matches = (part) => part.match;
    // In print the source closes an article, as the title opens it: excerpt and page both show the place of the match.
    const closes = source.some(matches) && !title.some(matches);
    const excerpt = bulletin.excerpt(article.text, wanted, compared(article.text), closes);

    /** @type {PageStart | undefined} */
    let page;
    if (excerpt.shownAt !== -1) {
      page = pageAt(article, excerpt.shownAt);
    } else if (closes) {
      page = pageAt(article, Infinity);
    } else if (title.some(matches)) {
      page = article.pages[0];
    }

    const facts = element("p", "hit-facts", []);
    const date = element("time", "", plain(article.dateText));
    date.setAttribute("datetime", article.date);
    facts.append(link(article.issueHref, "issue", plain(article.issue)), " ", date);
    if (source.length > 0) {
      facts.append(" ", element("span", "source", source));
    }
    if (page !== undefined) {
      facts.append(" ", link(page.href, "page", plain("第" + page.page + "页")));
    }
    const heading = element("h2", "hit-title", []);
    heading.append(link(article.href, "", title));
    const item = element("li", partial ? "hit partial" : "hit", []);
    item.append(heading, facts, element("p", "excerpt", excerpt.parts));
    item.dataset.marks = bulletin.text.cut(marksIn(article, wanted, compared).join(" "), LONGEST_MARKS);
    return item;
  }

  /**
   * What is to be marked in an article: its page knows nothing of traditional and simplified characters.
   * @param {Article} article
   * @param {string[]} wanted
   * @param {(text: string) => string} compared
   */
  function marksIn(article, wanted, compared) {
    /** @param {string} text */
    const printed = (text) => bulletin.excerpts.printed(text, wanted, compared(text));
    const all = article.variants ? [article.title, article.text, article.source].map(printed) : [];
    return Array.from(new Set(wanted.concat.apply(wanted, all)));
  }

  /** @param {string} query */
  function quoted(query) {
    const trimmed = query.trim();
    return "“" + (trimmed.length > LONGEST_QUOTED ? bulletin.text.cut(trimmed, LONGEST_QUOTED) + "……" : trimmed) + "”";
  }

  /**
   * What the status line says about an answer.
   * @param {string} query
   * @param {Answer} answer
   * @param {Item[]} list what the filters leave of it
   */
  function summary(query, answer, list) {
    const all = answer.items.length;
    const partial = list.filter((item) => item.partial).length;
    const about = list.some((item) => !item.certain) ? "约 " : " ";
    const instead = {
      "": "",
      simplified: "已按简体" + quoted(answer.asked) + "检索。",
      guess: "没有找到" + quoted(query) + "，改为检索" + quoted(answer.asked) + "。",
    }[answer.changed];
    if (all === 0) {
      return instead + "没有找到含" + quoted(query) + "的文章。可以减少或改换检索词，也可以从";
    }
    const found = list.length === all ? "共找到" : "共找到 " + all + " 篇，筛选出";
    const part = partial === list.length ? "都" : "其中 " + partial + " 篇";
    const lacking = partial === 0 ? "" : "，" + part + "只含部分检索词";
    const advice = list.length === 0 ? "。可以改选别的筛选条件，或取消筛选。" : "";
    return instead + found + about + list.length + " 篇文章" + lacking + advice;
  }

  /** What the controls ask for, as an address. */
  function addressAsked() {
    const asking = new URLSearchParams();
    if (field.value.trim() !== "") {
      asking.set("q", field.value);
    }
    for (const name of Object.keys(selects)) {
      if (selects[name].value !== "") {
        asking.set(name, selects[name].value);
      }
    }
    return asking.toString();
  }

  /** Sets the controls to what the address says, and answers it. */
  function askWhatTheAddressSays() {
    const asking = new URLSearchParams(window.location.search);
    drafting = false;
    field.value = asking.get("q") || "";
    for (const name of Object.keys(selects)) {
      const value = asking.get(name) || "";
      selects[name].value = value;
      if (name === "sort") {
        selects.sort.selectedIndex = Math.max(0, selects.sort.selectedIndex);
      } else if (selects[name].value !== value) {
        selects[name].add(new Option(value, value));
        selects[name].value = value;
      }
    }
    filters.open = filters.open || isFiltered();
    // Who comes back from an article finds the list as long as it was.
    run((window.history.state || {}).shown);
  }

  const isFiltered = () => FILTERS.some((name) => selects[name].value !== "");

  /**
   * The names by which a document can be filtered.
   * @param {Archive} archive
   * @param {Facets} facets
   * @returns {{[filter: string]: (document: number) => string[]}}
   */
  const namesOf = (archive, facets) => ({
    topic: (document) => facets.topicOf[document].map((topic) => facets.topics[topic]),
    source: (document) => facets.sources.slice(facets.sourceOf[document]).slice(0, facets.sourceOf[document] < 0 ? 0 : 1),
    year: (document) => {
      const issue = archive.issues[archive.issueOf[document]];
      return [issue[2].slice(0, 4), issue[0]];
    },
  });

  /**
   * Offers what can be filtered by, with the number of articles that it would leave.
   * @param {Item[]} items
   * @param {Archive} archive
   * @param {{[filter: string]: (document: number) => string[]}} names
   * @param {(item: Item, except: string) => boolean} passes
   */
  function offer(items, archive, names, passes) {
    const issues = new Map(archive.issues.map((issue) => [issue[0], issue[1]]));
    for (const filter of FILTERS) {
      const select = selects[filter];
      const chosen = select.value;
      /** @type {Map<string, number>} */
      const counts = new Map(chosen === "" ? [] : [[chosen, 0]]);
      for (const item of items) {
        if (passes(item, filter)) {
          for (const name of names[filter](item.document)) {
            counts.set(name, (counts.get(name) || 0) + 1);
          }
        }
      }
      const options = Array.from(counts);
      if (filter === "year") {
        // The newest first, and before its issues the year itself. Issues are known oldest first.
        const order = Array.from(issues.keys());
        options.sort((a, b) => {
          const later = Number(b[0].slice(0, 4)) - Number(a[0].slice(0, 4));
          return later || (a[0].length === 4 ? -1 : b[0].length === 4 ? 1 : order.indexOf(b[0]) - order.indexOf(a[0]));
        });
      } else {
        options.sort((a, b) => b[1] - a[1]);
      }
      select.length = 1;
      for (const [name, count] of options) {
        const issue = issues.get(name);
        const label = filter !== "year" ? name : issue === undefined ? name + "年" : "　" + issue;
        select.add(new Option(label + "（" + count + "）", name));
      }
      select.value = chosen;
    }
  }

  /** @param {boolean} busy */
  const setBusy = (busy) => results.setAttribute("aria-busy", String(busy));

  /** Empties the list. */
  function clear() {
    results.textContent = "";
    more.hidden = true;
    by("hint").hidden = by("tools").hidden = true;
    by("search-help").hidden = false;
  }

  /**
   * Answers what the controls ask for, in the page.
   * @param {number} [count] how many results are to be shown at once
   */
  async function run(count) {
    window.clearTimeout(typingTimer);
    window.clearTimeout(slowTimer);
    asked += 1;
    const question = asked;
    const query = field.value;
    shownAddress = addressAsked();
    document.title = query.trim() === "" ? pageTitle : quoted(query).slice(1, -1) + " - " + pageTitle;
    if (query.trim() === "") {
      clear();
      say("");
      setBusy(false);
      return;
    }
    setBusy(true);
    // Results that are being replaced stay in sight meanwhile.
    slowTimer = window.setTimeout(say, SLOW_MS, LOADING);
    try {
      await show(query, question, count || AT_A_TIME);
    } catch (error) {
      if (question === asked) {
        clear();
        say(FAILED, true);
        console.error(error);
      }
    } finally {
      if (question === asked) {
        setBusy(false);
      }
    }
  }

  /**
   * @param {string} query
   * @param {number} question
   * @param {number} count
   */
  async function show(query, question, count) {
    const answer = await bulletin.answer(query);
    const archive = await bulletin.data.open();
    // Not a small file, and most searches go without it.
    const facets = filters.open || isFiltered() ? await bulletin.data.extra("facets") : undefined;
    const chosen = FILTERS.map((name) => selects[name].value);
    const byDate = selects.sort.value === "date";
    const names = namesOf(archive, facets);

    /** @param {Item} item @param {string} except */
    const passes = (item, except) =>
      FILTERS.every(
        (name, number) => name === except || chosen[number] === "" || names[name](item.document).includes(chosen[number])
      );
    /** @param {Item[]} items */
    const shown = (items) => {
      const list = facets === undefined ? items : items.filter((item) => passes(item, ""));
      return byDate
        ? list.slice().sort(
            (a, b) =>
              Number(a.partial) - Number(b.partial) ||
              archive.issueOf[b.document] - archive.issueOf[a.document] ||
              a.document - b.document
          )
        : list;
    };
    const phrases = answer.question.phrases.map((phrase) => phrase.text);

    /** @param {number} from @param {number} to */
    const articles = async (from, to) => {
      await bulletin.settle(answer, to, shown);
      const items = shown(answer.items).slice(from, to);
      return Promise.all(
        items.map(async (item) => {
          const wanted = item.partial ? phrases.concat(answer.words) : phrases;
          return hit(await bulletin.data.article(item.document), wanted, item.partial);
        })
      );
    };
    /** @param {HTMLElement[]} hits */
    const append = (hits) => {
      const list = shown(answer.items);
      for (const item of hits) {
        if (item.className !== "hit" && results.querySelector(".partial") === null) {
          item.prepend(element("p", "partial-note", plain(PARTIAL_NOTE)));
        }
        results.append(item);
      }
      more.hidden = results.childElementCount >= list.length;
      say(summary(query, answer, list), answer.items.length === 0);
    };

    if (answer.items.filter((item) => !item.certain).length <= FEW) {
      await bulletin.settle(answer, Infinity);
    }
    const first = await articles(0, count);
    if (question !== asked) {
      return;
    }
    clear();
    append(first);
    by("search-help").hidden = answer.items.length > 0;
    by("tools").hidden = answer.items.length < 2 && !isFiltered();
    if (facets !== undefined) {
      offer(answer.items, archive, names, passes);
    }
    by("clear").hidden = !isFiltered();
    if (answer.guesses.length > 0) {
      by("hint").hidden = false;
      by("hint").textContent = "您是不是要找：";
      for (const guess of answer.guesses) {
        by("hint").append(link("?" + new URLSearchParams([["q", guess]]), "", plain(guess)), " ");
      }
    }
    showNext = async () => {
      const from = results.childElementCount;
      const hits = await articles(from, from + AT_A_TIME);
      // Another query may have come between, or a second press on the button.
      if (question === asked && from === results.childElementCount) {
        append(hits);
        remember({ shown: results.childElementCount });
        const next = results.children[from] && results.children[from].querySelector("a");
        if (next) {
          next.focus();
        }
      }
    };
  }

  /** @param {object} state what the entry of the history is to keep */
  function remember(state) {
    try {
      window.history.replaceState(state, "");
    } catch {
      // As below.
    }
  }

  /**
   * Puts what is asked for into the address, so that it can be shared and gone back to.
   * @param {boolean} draft whether it is still being typed
   */
  function record(draft) {
    const address = addressAsked();
    if (address === new URLSearchParams(window.location.search).toString()) {
      drafting = drafting && draft;
      return;
    }
    try {
      const entry = address === "" ? window.location.pathname : "?" + address;
      if (drafting) {
        window.history.replaceState(null, "", entry);
      } else {
        window.history.pushState(null, "", entry);
      }
      drafting = draft;
    } catch {
      // Some origins, and browsers that are asked too often, refuse this. The search works without.
    }
  }

  function askWhatIsChosen() {
    record(false);
    run();
  }

  function askWhatIsTyped() {
    window.clearTimeout(typingTimer);
    // From now on, and not from the end of the pause: until then the results are not those of the field.
    setBusy(true);
    typingTimer = window.setTimeout(() => {
      // The end of a composition asks again.
      if (!composing) {
        record(true);
        run();
      }
    }, TYPING_PAUSE_MS);
  }

  /**
   * Where an arrow key leads from the element that has the focus.
   * @param {number} step
   * @param {any} target
   * @returns {HTMLElement | null | undefined}
   */
  function arrowLeadsTo(step, target) {
    const items = Array.from(results.children);
    const item = target === field ? -1 : target === more ? items.length : items.indexOf(target.closest("#results > li"));
    if (item === -1 && (target !== field || step < 0)) {
      return null;
    }
    const next = item + step;
    return next < 0 ? field : next < items.length ? items[next].querySelector("a") : more;
  }

  /**
   * Lets a link to an article carry what is to be marked there. Only on its use: the address in the list stays clean.
   * @param {Event} event
   */
  function carryMarks(event) {
    /** @type {any} */
    const target = event.target;
    const link = target.closest("a:not(.issue)");
    const item = link && link.closest("#results > li");
    if (item && !link.search) {
      link.search = "?" + new URLSearchParams([["q", item.dataset.marks]]);
    }
  }

  field.addEventListener("compositionstart", () => {
    composing = true;
  });
  field.addEventListener("compositionend", () => {
    composing = false;
    askWhatIsTyped();
  });
  field.addEventListener("input", (event) => {
    if (!composing && !(event instanceof InputEvent && event.isComposing)) {
      askWhatIsTyped();
    }
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (composing) {
      return;
    }
    askWhatIsChosen();
    if (field.value.trim() === "") {
      say(NOTHING_ASKED);
      field.focus();
    }
  });
  for (const name of Object.keys(selects)) {
    selects[name].addEventListener("change", askWhatIsChosen);
  }
  by("clear").addEventListener("click", () => {
    for (const name of FILTERS) {
      selects[name].value = "";
    }
    askWhatIsChosen();
    // The button goes, and must not take the focus with it.
    by("topic").focus();
  });
  filters.addEventListener("toggle", () => {
    // The options, with their numbers, are not there before somebody wants them.
    if (filters.open && selects.year.length === 1) {
      run(results.childElementCount);
    }
  });
  more.addEventListener("click", () => {
    showNext().catch((error) => {
      say(MORE_FAILED);
      console.error(error);
    });
  });
  results.addEventListener("mousedown", carryMarks);
  results.addEventListener("click", carryMarks);

  document.addEventListener("keydown", (event) => {
    if (composing || event.isComposing || event.keyCode === KEY_CODE_OF_INPUT_METHOD) {
      // This Enter ends a composition; some browsers would send the form off with it.
      if (event.key === "Enter" && event.target === field) {
        event.preventDefault();
      }
      return;
    }
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step === 0 || event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) {
      return;
    }
    const goal = event.target instanceof Element && arrowLeadsTo(step, event.target);
    if (goal && !goal.hidden) {
      event.preventDefault();
      goal.focus();
    }
  });

  window.addEventListener("popstate", () => {
    // A step to another place in this page brings the same query, and must not shorten the list.
    if (new URLSearchParams(window.location.search).toString() !== shownAddress) {
      askWhatTheAddressSays();
    }
  });

  bulletin.data.connect(form.dataset.catalog);
  // What takes longest can be on its way while the reader is still thinking.
  field.addEventListener("focus", () => {
    bulletin.data.open().catch(() => {
      // The search that needs it says so.
    });
  });

  if (!window.location.search && field.value !== "") {
    // Typed while the page was still loading.
    askWhatIsTyped();
  } else {
    askWhatTheAddressSays();
  }
  // On a touch screen the keyboard would cover what the page has to say.
  if (
    field.value === "" && window.location.hash === "" && document.activeElement === document.body &&
    window.matchMedia("(hover: hover) and (pointer: fine)").matches
  ) {
    field.focus();
  }
})();
