/**
 * Finding articles. `bulletin.matching` decides what is found and in which order, from values alone; `bulletin.data`
 * fetches what that needs; `bulletin.search`, `bulletin.answer` and `bulletin.articles` are what a page uses of both.
 */

/**
 * Where a printed page begins in the text of an article.
 * @typedef {object} PageStart
 * @property {number} page
 * @property {number} at UTF-16 offset into the text
 * @property {string} href the exact place in the article
 */

/**
 * @typedef {object} Article
 * @property {string} id such as "2014-05-1/06"
 * @property {string} title
 * @property {string} href
 * @property {string} source empty where none is printed
 * @property {string} issue the label of its issue
 * @property {string} issueHref
 * @property {string} date such as "2014-05-09"
 * @property {string} dateText
 * @property {string[]} topics
 * @property {string} text the printed body, a paragraph a line
 * @property {PageStart[]} pages in printed order
 */

/**
 * @typedef {object} Match
 * @property {string} article the id of an article
 * @property {number} score lunr's; 0 where lunr knows none of the words
 * @property {boolean} partial whether the article lacks a part of what was asked for
 */

/**
 * @typedef {object} Answer
 * @property {Match[]} matches all of them, best first
 * @property {string[]} phrases the literals that every full match has
 * @property {string[]} words what a partial match may have instead
 */

/**
 * The part of a lunr index that is used here.
 * @typedef {object} LunrIndex
 * @property {{[term: string]: unknown}} invertedIndex
 * @property {(build: (query: LunrQuery) => void) => {ref: string, score: number, matchData: {metadata: object}}[]} query
 */

/** @typedef {{clause: (clause: {term: string, usePipeline: boolean}) => void}} LunrQuery */

/**
 * An article made ready for comparing.
 * @typedef {object} Prepared
 * @property {string} id
 * @property {string} title literal, like the next two
 * @property {string} text
 * @property {string} source
 * @property {number} issue counts up from the oldest issue
 * @property {number} place counts up through the whole archive
 */

var bulletin = bulletin || {};

bulletin.matching = (function () {
  "use strict";

  /**
   * @param {Article[]} articles the oldest issue first, each issue in printed order
   * @returns {Prepared[]}
   */
  function prepare(articles) {
    let issue = 0;
    return articles.map(function (article, place) {
      if (place > 0 && articles[place - 1].issueHref !== article.issueHref) {
        issue += 1;
      }
      return {
        id: article.id,
        title: bulletin.text.literal(article.title),
        text: bulletin.text.literal(article.text),
        source: bulletin.text.literal(article.source),
        issue: issue,
        place: place,
      };
    });
  }

  /**
   * The terms of an index as a vocabulary. A term with an asterisk would be a wildcard to lunr, whatever it is told.
   * @param {LunrIndex} index
   * @returns {Vocabulary}
   */
  function vocabulary(index) {
    return {
      has: function (word) {
        return index.invertedIndex[word] !== undefined && word.indexOf("*") === -1;
      },
    };
  }

  /**
   * lunr's score of every article that has one of the words, and which words it has.
   * @param {LunrIndex} index
   * @param {string[]} words
   * @returns {Map<string, {score: number, words: Set<string>}>} by the id of the article
   */
  function scores(index, words) {
    const found = new Map();
    if (words.length === 0) {
      return found;
    }
    // Clause by clause, and never from a string: what readers type would be read as an expression of lunr's language.
    const results = index.query(function (query) {
      for (const word of words) {
        query.clause({ term: word, usePipeline: false });
      }
    });
    for (const result of results) {
      found.set(result.ref, { score: result.score, words: new Set(Object.keys(result.matchData.metadata)) });
    }
    return found;
  }

  /**
   * All articles that have what was asked for, or some of it.
   *
   * Full matches come first. Among them those that have the query as it was typed come before those that have its phrases
   * here and there; then those with every phrase in the title; then lunr's score decides, then the newer issue.
   * @param {string} query
   * @param {Prepared[]} prepared
   * @param {LunrIndex} index
   * @returns {Answer}
   */
  function answer(query, prepared, index) {
    const phrases = bulletin.text.phrases(query);
    if (phrases.length === 0) {
      return { matches: [], phrases: [], words: [] };
    }
    const known = vocabulary(index);
    const words = union(phrases, function (phrase) {
      return bulletin.text.words(phrase.shown, known);
    });
    const telling = union(phrases, function (phrase) {
      return phrase.exact ? [] : bulletin.text.telling(phrase.shown, known);
    });
    const scored = scores(index, words);
    const typed = bulletin.text.literal(bulletin.text.cut(query, bulletin.text.LONGEST_QUERY));

    const ranked = [];
    for (const article of prepared) {
      const standing = phrases.filter(function (phrase) {
        return standsIn(article, phrase.text);
      });
      const full = standing.length === phrases.length;
      const result = scored.get(article.id);
      if (full || (mayBePartial(phrases, standing) && (standing.length > 0 || hasOneOf(result, telling)))) {
        ranked.push({
          match: { article: article.id, score: result === undefined ? 0 : result.score, partial: !full },
          tier: full ? tier(article, phrases, typed) : 0,
          article: article,
        });
      }
    }
    ranked.sort(function (a, b) {
      return (
        b.tier - a.tier ||
        b.match.score - a.match.score ||
        b.article.issue - a.article.issue ||
        a.article.place - b.article.place
      );
    });
    return {
      matches: ranked.map(function (each) {
        return each.match;
      }),
      phrases: phrases.map(function (phrase) {
        return phrase.text;
      }),
      words: telling,
    };
  }

  /**
   * @param {Phrase[]} phrases
   * @param {(phrase: Phrase) => string[]} wordsOf
   * @returns {string[]} each word once: lunr would count a repeated one twice
   */
  function union(phrases, wordsOf) {
    /** @type {Set<string>} */
    const all = new Set();
    for (const phrase of phrases) {
      for (const word of wordsOf(phrase)) {
        all.add(word);
      }
    }
    return Array.from(all);
  }

  /**
   * @param {Prepared} article
   * @param {string} literal
   * @returns {boolean}
   */
  function standsIn(article, literal) {
    return article.text.includes(literal) || article.title.includes(literal) || article.source.includes(literal);
  }

  /**
   * An exact phrase that is missing rules an article out altogether.
   * @param {Phrase[]} phrases
   * @param {Phrase[]} standing those that the article has
   * @returns {boolean}
   */
  function mayBePartial(phrases, standing) {
    return phrases.every(function (phrase) {
      return !phrase.exact || standing.includes(phrase);
    });
  }

  /**
   * @param {{words: Set<string>} | undefined} result
   * @param {string[]} words
   * @returns {boolean}
   */
  function hasOneOf(result, words) {
    return (
      result !== undefined &&
      words.some(function (word) {
        return result.words.has(word);
      })
    );
  }

  /**
   * How well a full match matches, before any score: from 1 up.
   * @param {Prepared} article
   * @param {Phrase[]} phrases
   * @param {string} typed the literal of the whole query
   * @returns {number}
   */
  function tier(article, phrases, typed) {
    const asTyped = phrases.length === 1 || standsIn(article, typed);
    const inTitle = phrases.every(function (phrase) {
      return article.title.includes(phrase.text);
    });
    return 1 + (asTyped ? 2 : 0) + (inTitle ? 1 : 0);
  }

  return { prepare: prepare, answer: answer };
})();

bulletin.data = (function () {
  "use strict";

  /** @typedef {{index: string, articles: string}} Addresses */

  /** @type {Addresses | undefined} */
  let addresses;

  /** What the data scripts have handed over and nobody has taken yet. @type {Map<string, unknown>} */
  const received = new Map();

  /** @type {Promise<Opened> | undefined} */
  let opening;

  /** @typedef {{byId: Map<string, Article>, prepared: Prepared[], index: LunrIndex}} Opened */

  /**
   * Says where the data is.
   * @param {Addresses} given
   */
  function connect(given) {
    addresses = given;
  }

  /**
   * What the data scripts call.
   * @param {string} name
   * @param {unknown} value
   */
  function receive(name, value) {
    received.set(name, value);
  }

  /**
   * Runs a data script. A script and not `fetch`, because the site is read from folders too, and a browser fetches nothing
   * from `file://`.
   * @param {string} name
   * @param {string} address
   * @returns {Promise<any>} what it handed over
   */
  function load(name, address) {
    return new Promise(function (resolve, reject) {
      const script = document.createElement("script");
      script.src = address;
      script.addEventListener("load", function () {
        script.remove();
        if (received.has(name)) {
          resolve(received.get(name));
          received.delete(name);
        } else {
          reject(new Error("The script handed nothing over: " + address));
        }
      });
      script.addEventListener("error", function () {
        script.remove();
        reject(new Error("The script could not be loaded: " + address));
      });
      document.head.appendChild(script);
    });
  }

  /**
   * The data, loaded once. After a failure the next call tries again.
   * @returns {Promise<Opened>}
   */
  function open() {
    if (opening === undefined) {
      opening = read();
      opening.catch(function () {
        opening = undefined;
      });
    }
    return opening;
  }

  /** @returns {Promise<Opened>} */
  async function read() {
    if (addresses === undefined) {
      throw new Error("bulletin.data.connect has not been called");
    }
    const [serialized, articles] = await Promise.all([
      load("index", addresses.index),
      /** @type {Promise<Article[]>} */ (load("articles", addresses.articles)),
    ]);
    const byId = new Map();
    for (const article of articles) {
      byId.set(article.id, article);
    }
    /** @type {{Index: {load: (serialized: unknown) => LunrIndex}}} */
    const lunr = /** @type {any} */ (window).lunr;
    return { byId: byId, prepared: bulletin.matching.prepare(articles), index: lunr.Index.load(serialized) };
  }

  return { connect: connect, receive: receive, open: open };
})();

bulletin.receive = bulletin.data.receive;

/**
 * Answers a query. Rejects when the data cannot be loaded, never because of the query.
 * @param {string} query
 * @returns {Promise<Answer>}
 */
bulletin.answer = async function (query) {
  const data = await bulletin.data.open();
  return bulletin.matching.answer(query, data.prepared, data.index);
};

/**
 * All articles that match, best first.
 * @param {string} query
 * @returns {Promise<Match[]>}
 */
bulletin.search = async function (query) {
  return (await bulletin.answer(query)).matches;
};

/**
 * The articles with these ids, in this order.
 * @param {string[]} ids
 * @returns {Promise<Article[]>}
 */
bulletin.articles = async function (ids) {
  const data = await bulletin.data.open();
  return ids.map(function (id) {
    const article = data.byId.get(id);
    if (article === undefined) {
      throw new Error("No such article: " + id);
    }
    return article;
  });
};
