/**
 * Finding articles. `bulletin.matching` decides from values alone what is found and in which order; `bulletin.answer`,
 * `bulletin.settle` and `bulletin.search` fetch what that needs.
 */

/** @typedef {{article: string, score: number, partial: boolean}} Match `score` is lunr's; 0: it knows none of the words */

/** What is looked for; `sure`: its keys tell all. @typedef {{text: string, keys: string[], sure: boolean}} Sought */

/**
 * A query, read. Its phrases are sought first; `typed` is which of all is the whole query as typed, -1: none.
 * @typedef {{phrases: Phrase[], sought: Sought[], typed: number}} Question
 */

/**
 * A document that has what was asked for, or some of it.
 * @typedef {object} Item
 * @property {number} document
 * @property {number[]} fields in which fields each thing sought stands, or may stand
 * @property {number[]} sure in which of them it does for certain
 * @property {{[word: string]: unknown}} words those of the query that it has
 * @property {number} score
 * @property {boolean} settled whether its text has been looked at
 * @property {boolean} certain whether looking at its text could change nothing
 * @property {boolean} partial
 * @property {number} tier
 * @property {number} weight
 */

/**
 * @typedef {object} Answer
 * @property {string} asked the query that is answered: not always what was typed
 * @property {"" | "simplified" | "guess"} changed why not
 * @property {string[]} guesses what else may have been meant
 * @property {Question} question
 * @property {string[]} words what a partial match may have instead of a phrase
 * @property {string[]} clauses the words that lunr was asked for
 * @property {(key: string) => boolean} stands whether a key stands anywhere
 * @property {Item[]} items best first
 * @property {(item: Item) => boolean} rate
 * @property {(a: Item, b: Item) => number} compare
 */

var bulletin = bulletin || {};

bulletin.matching = (() => {
  "use strict";

  /** Bounds what a long query loads; what the keys leave open, the text settles. */
  const MOST_KEYS = 64;
  const MOST_WORDS = 8;

  /** Of more words the rarest are asked for. */
  const MOST_CLAUSES = 32;

  /** They make a question of a query, and say nothing of what it is about. */
  const ASKING = (
    "如何 怎样 怎么样 怎么 是什么 为什么 什么 有哪些 哪些 哪个 哪里 为何 多少 是否 能否 可否 关于 有关"
  ).split(" ");
  const ASKING_WORDS = new RegExp(ASKING.join("|"), "g");
  const BODY = 1;
  const TITLE = 2;
  const SOURCE = 4;

  /** @type {[string, number][]} lunr's fields, and where an entry has them */
  const FIELDS = [["title", 1], ["body", 0], ["source", 2]];

  /** lunr's own: how much a word's repetition and a field's length count. */
  const K1 = 1.2;
  const B = 0.75;

  /**
   * @param {string} query
   * @param {boolean} [printed] see `bulletin.text.phrases`
   * @returns {Question}
   */
  function read(query, printed) {
    const text = bulletin.text;
    const phrases = text.phrases(query, printed);
    const literals = phrases.map((phrase) => phrase.text);
    const typed = text.literal(text.cut(query, text.LONGEST_QUERY));
    const most = Math.max(4, Math.floor(MOST_KEYS / (phrases.length || 1)));
    if (literals.length > 0 && !literals.includes(typed) && typed.length <= MOST_KEYS) {
      literals.push(typed);
    }
    return {
      phrases: phrases,
      typed: literals.indexOf(typed),
      sought: literals.map((literal) => {
        const short = Array.from(literal).length < 3;
        return { text: literal, keys: text.keys(literal, most), sure: short };
      }),
    };
  }

  /**
   * The keys of the single characters of phrases in which there is no longer word to rank by.
   * @param {Question} question
   * @param {Map<string, Entry>} entries
   * @returns {string[]}
   */
  function singles(question, entries) {
    /** @type {string[]} */
    const keys = [];
    for (const phrase of question.phrases) {
      if (phrase.text.length <= MOST_WORDS && clauses(phrase, entries, []).length === 0) {
        keys.push.apply(keys, Array.from(phrase.text));
      }
    }
    return keys;
  }

  /**
   * @param {string} word
   * @param {Map<string, Entry>} entries
   * @returns {Posting[] | undefined}
   */
  function postings(word, entries) {
    const entry = entries.get(bulletin.text.key(word));
    // An asterisk would be a wildcard to lunr, whatever it is told.
    return entry && word.indexOf("*") === -1 ? entry.postings(word) : undefined;
  }

  /**
   * The words that a phrase is ranked by: single characters only where nothing longer covers them; and for the beginning
   * of a Latin word, the words that begin so.
   * @param {Phrase} phrase
   * @param {Map<string, Entry>} entries
   * @param {string[]} single keys of single characters that may be used
   * @returns {Standing[]}
   */
  function clauses(phrase, entries, single) {
    const found = bulletin.text
      .standing(phrase.shown, {
        has: (word) => postings(word, entries) !== undefined,
      })
      .filter((each) => !each.single || (!each.covered && (phrase.text === each.word || single.includes(each.word))));
    const entry = found.length === 0 && /^[a-z0-9]{2,}$/.test(phrase.text) && entries.get(bulletin.text.key(phrase.text));
    if (entry) {
      for (const word of entry.words) {
        if (word.startsWith(phrase.text) && found.length < MOST_WORDS && postings(word, entries) !== undefined) {
          found.push({ word: word, start: 0, end: phrase.text.length, single: false, covered: false });
        }
      }
    }
    const telling = found.filter((each) => !ASKING.includes(each.word));
    return telling.length > 0 ? telling : found;
  }

  /**
   * In how many documents, about, a word stands.
   * @param {Posting[]} found
   */
  const spread = (found) => Math.max.apply(Math, found.map((posting) => posting.documents.length));

  /**
   * The documents that may have a literal, and in which fields.
   * @param {Sought} sought
   * @param {Map<string, Entry>} entries
   * @returns {Map<number, number>}
   */
  function places(sought, entries) {
    const found = new Map();
    for (let field = 0; field < 3; field += 1) {
      const lists = sought.keys.map((key) => {
        const entry = entries.get(key);
        return entry === undefined ? [] : entry.documents[field];
      });
      lists.sort((a, b) => a.length - b.length);
      let kept = lists[0];
      for (let next = 1; next < lists.length && kept.length > 0; next += 1) {
        const list = lists[next];
        let at = 0;
        kept = kept.filter((document) => {
          while (at < list.length && list[at] < document) {
            at += 1;
          }
          return list[at] === document;
        });
      }
      for (const document of kept) {
        found.set(document, (found.get(document) || 0) | (1 << field));
      }
    }
    return found;
  }

  /**
   * What lunr's builder puts into its vectors for a word in a field: BM25 as `bulletin_site.search.lunr_index` has it, the
   * operations in the same order, for another order rounds differently.
   * @param {Posting[]} found
   * @param {number} position of the field
   * @param {Archive} archive
   */
  function weights(found, position, archive) {
    const [, boost, average] = archive.fields[position];
    const fields = found.reduce((sum, posting) => sum + posting.documents.length, 0);
    const idf = Math.log(1 + Math.abs((archive.ids.length - fields + 0.5) / (fields + 0.5)));
    const { times, lengths } = found[position];
    return times.map((count, at) => {
      const norm = K1 * (1 - B + B * (lengths[at] / average));
      return Math.round(((idf * ((K1 + 1) * count)) / (norm + count)) * boost * 1000) / 1000;
    });
  }

  /**
   * The documents that have a literal for certain, and in which fields: a word of the index stands where the index says so.
   * @param {Sought} sought
   * @param {Map<string, Entry>} entries
   * @returns {Map<number, number>}
   */
  function certainties(sought, entries) {
    const found = new Map();
    (postings(sought.text, entries) || []).forEach((posting, field) => {
      for (const document of posting.documents) {
        found.set(document, (found.get(document) || 0) | (1 << field));
      }
    });
    return found;
  }

  /**
   * The scores of stock lunr, from an index of nothing but these words: the same as from the whole one, because a score
   * depends on the vectors' entries of the words asked for and on nothing else.
   * @param {string[]} words in order of their UTF-16 units, as lunr demands
   * @param {Map<string, Entry>} entries
   * @param {Archive} archive
   * @returns {{ref: string, score: number, matchData: {metadata: {[word: string]: unknown}}}[]}
   */
  function scores(words, entries, archive) {
    /** @type {any} */
    const lunr = /** @type {any} */ (window).lunr;
    /** @type {Map<string, number[]>} */
    const vectors = new Map();
    const nothing = {};
    const inverted = words.map((word, number) => {
      const found = /** @type {Posting[]} */ (postings(word, entries));
      /** @type {{[field: string]: unknown}} */
      const posting = { _index: number };
      for (const [field, position] of FIELDS) {
        /** @type {{[ref: string]: {}}} */
        const refs = {};
        const values = weights(found, position, archive);
        found[position].documents.forEach((document, at) => {
          const name = field + "/" + document;
          const vector = vectors.get(name);
          refs[document] = nothing;
          if (vector === undefined) {
            vectors.set(name, [number, values[at]]);
          } else {
            vector.push(number, values[at]);
          }
        });
        posting[field] = refs;
      }
      return [word, posting];
    });
    const index = lunr.Index.load({
      version: lunr.version,
      fields: FIELDS.map((field) => field[0]),
      fieldVectors: Array.from(vectors),
      invertedIndex: inverted,
      pipeline: [],
    });
    // Clause by clause, and never from a string: what readers type would be read as an expression of lunr's language.
    return index.query(
      /** @param {{clause: (clause: {term: string, usePipeline: boolean}) => void}} query */
      (query) => {
        for (const word of words) {
          query.clause({ term: word, usePipeline: false });
        }
      }
    );
  }

  /**
   * All documents that have what was asked for, or some of it.
   *
   * Full matches come first. Among them those that have the query as typed come before those that have its phrases here
   * and there; then a match in the title comes before one elsewhere; then lunr's score decides, then the newer issue.
   *
   * Partial matches are ordered by lunr's score times the share of the query that a document covers: once in words, once in
   * pairs of characters. lunr's sum alone lets one word that is often repeated, or a long word counted once more for each
   * word inside of it, outweigh all others; and words alone do not tell those that stand together as in the query from those
   * that do not, nor do they know what the dictionary cuts otherwise in the query than in the text.
   * @param {string} query
   * @param {Question} question
   * @param {Map<string, Entry>} entries
   * @param {string[]} single see `singles`
   * @param {Archive} archive
   * @returns {Answer}
   */
  function match(query, question, entries, single, archive) {
    const phrases = question.phrases;
    const found = question.sought.map((sought) => places(sought, entries));
    const certain = question.sought.map((sought) => certainties(sought, entries));
    const standing = phrases.map((phrase) => clauses(phrase, entries, single));
    const words = new Set();
    const telling = new Set();
    standing.forEach((list, number) => {
      for (const each of list) {
        words.add(each.word);
        if (!phrases[number].exact && !each.single && !each.covered) {
          telling.add(each.word);
        }
      }
    });
    const common = (/** @type {string} */ word) => spread(/** @type {Posting[]} */ (postings(word, entries)));
    const asked = Array.from(words)
      .sort((a, b) => common(a) - common(b))
      .slice(0, MOST_CLAUSES)
      .sort();
    const covers = coverage(standing, entries, archive.ids.length);
    const pairs = pairing(question, entries, archive.ids.length);

    /** @type {Map<number, Item>} */
    const items = new Map();
    /** @param {number} document @returns {Item} */
    const item = (document) => {
      let made = items.get(document);
      if (made === undefined) {
        made = {
          document: document,
          fields: found.map((places) => places.get(document) || 0),
          sure: certain.map((places) => places.get(document) || 0),
          words: {},
          score: 0,
          settled: false,
          certain: false,
          partial: false,
          tier: 0,
          weight: 0,
        };
        items.set(document, made);
      }
      return made;
    };
    found.slice(0, phrases.length).forEach((places) => {
      places.forEach((_, document) => {
        item(document);
      });
    });
    for (const result of asked.length === 0 ? [] : scores(asked, entries, archive)) {
      const made = item(Number(result.ref));
      made.score = result.score;
      made.words = result.matchData.metadata;
    }

    /**
     * Works out what an item is worth by what is known of it; false: nothing.
     * @param {Item} item
     */
    function rate(item) {
      const stands = phrases.map((_, number) => item.fields[number] !== 0);
      const full = !stands.includes(false);
      const doubt = question.sought.some((sought, number) => {
        const exact = number < phrases.length && phrases[number].exact;
        return !sought.sure && (item.fields[number] & ~item.sure[number]) !== 0 && (full || exact);
      });
      item.partial = !full;
      item.certain = item.settled || !doubt;
      item.weight = item.score;
      item.tier = 0;
      if (full) {
        const typed = question.typed === -1 ? 0 : item.fields[question.typed];
        const title = typed !== 0 ? typed : Math.min.apply(null, item.fields.slice(0, phrases.length).map(inTitle));
        item.tier = 1 + (typed !== 0 ? 2 : 0) + inTitle(title) / TITLE;
        return true;
      }
      item.weight *= covers(item) * pairs(item);
      return (
        !phrases.some((phrase, number) => phrase.exact && !stands[number]) &&
        (stands.includes(true) ||
          Object.keys(item.words).some((word) => telling.has(word)))
      );
    }

    /** @type {Answer} */
    const answer = {
      asked: query,
      changed: "",
      guesses: [],
      question: question,
      words: Array.from(telling),
      clauses: asked,
      stands: (key) => entries.has(key),
      items: Array.from(items.values()),
      rate: rate,
      compare: (a, b) =>
        b.tier - a.tier ||
        b.weight - a.weight ||
        archive.issueOf[b.document] - archive.issueOf[a.document] ||
        a.document - b.document,
    };
    arrange(answer);
    return answer;
  }

  /** @param {number} fields */
  function inTitle(fields) {
    return fields & TITLE;
  }

  /** @param {Answer} answer */
  function arrange(answer) {
    answer.items = answer.items.filter(answer.rate).sort(answer.compare);
  }

  /**
   * How much of a query a document covers, from 0 to 1. Each character counts as much as the rarest word over it, shared
   * among the characters of that word: so words inside of a longer one add nothing to it.
   * @param {Standing[][]} standing
   * @param {Map<string, Entry>} entries
   * @param {number} documents in all
   * @returns {(item: Item) => number}
   */
  function coverage(standing, entries, documents) {
    const worth = standing.map((list) => {
      return list.map((each) => {
        const found = /** @type {Posting[]} */ (postings(each.word, entries));
        return Math.log(1 + documents / spread(found)) / (each.end - each.start);
      });
    });
    /** @param {(word: string, number: number) => boolean} has */
    const sum = (has) => {
      let all = 0;
      standing.forEach((list, number) => {
        /** @type {number[]} */
        const best = [];
        list.forEach((each, position) => {
          for (let at = each.start; at < each.end && has(each.word, number); at += 1) {
            best[at] = Math.max(best[at] || 0, worth[number][position]);
          }
        });
        for (const value of best) {
          all += value || 0;
        }
      });
      return all;
    };
    const whole = sum(() => true);
    return (item) => {
      const own = sum((word, number) => item.fields[number] !== 0 || item.words[word] !== undefined);
      return whole === 0 ? 1 : own / whole;
    };
  }

  /**
   * How many of a query's pairs of characters a document has, from 0 to 1; those that stand in few documents count most.
   * The keys of the query have them already: nothing more is loaded for this.
   * @param {Question} question
   * @param {Map<string, Entry>} entries
   * @param {number} documents in all
   * @returns {(item: Item) => number}
   */
  function pairing(question, entries, documents) {
    const pairs = new Set();
    for (const phrase of question.phrases) {
      for (const part of phrase.text.split(ASKING_WORDS)) {
        bulletin.text.keys(part, Infinity).forEach((pair) => pairs.add(pair));
      }
    }
    /** @type {Map<number, number>} */
    const own = new Map();
    let whole = 0;
    pairs.forEach((pair) => {
      const found = entries.has(pair) ? Array.from(places({ text: pair, keys: [pair], sure: true }, entries).keys()) : [];
      // Squared: “建设” stands in every other article, and says as much less about one.
      const worth = found.length === 0 ? 0 : Math.pow(Math.log(1 + documents / found.length), 2);
      whole += worth;
      found.forEach((document) => own.set(document, (own.get(document) || 0) + worth));
    });
    return (item) => (whole === 0 ? 1 : (own.get(item.document) || 0) / whole);
  }

  /**
   * Looks at the text of an item.
   * @param {Answer} answer
   * @param {Item} item
   * @param {Article} article
   */
  function settle(answer, item, article) {
    const [text, title, source] = [article.text, article.title, article.source].map((field) =>
      bulletin.text.exchange(bulletin.text.literal(field), article.variants || "")
    );
    item.settled = true;
    item.fields = answer.question.sought.map(
      (sought) =>
        (text.includes(sought.text) ? BODY : 0) |
        (title.includes(sought.text) ? TITLE : 0) |
        (source.includes(sought.text) ? SOURCE : 0)
    );
  }

  return { arrange: arrange, match: match, read: read, scores: scores, settle: settle, singles: singles };
})();

/** So many candidates at most are all settled; of more, as many as the list needs. */
bulletin.FEW = 50;

/**
 * Makes the first items of a list certain.
 * @param {Answer} answer
 * @param {number} count
 * @param {(items: Item[]) => Item[]} [shown] the list, if it is not that of the answer
 */
bulletin.settle = async (answer, count, shown) => {
  // Where candidates keep failing more and more are looked at together; but a query cannot ask for the whole archive.
  for (let looked = 0; looked < 500; ) {
    const list = shown === undefined ? answer.items : shown(answer.items);
    const isOpen = (/** @type {Item} */ item) => !item.certain;
    const needed = list.slice(0, count).filter(isOpen).length;
    if (needed === 0) {
      return;
    }
    const open = list.filter(isOpen).slice(0, Math.max(needed, looked));
    looked += open.length;
    const articles = await Promise.all(
      open.map((item) => bulletin.data.article(item.document))
    );
    open.forEach((item, at) => {
      bulletin.matching.settle(answer, item, articles[at]);
    });
    bulletin.matching.arrange(answer);
  }
};

/**
 * What is found for a query as it is; the first ten items are certain.
 * @param {string} query
 * @param {boolean} [printed] see `bulletin.text.phrases`
 * @returns {Promise<Answer>}
 */
bulletin.ask = async (query, printed) => {
  const matching = bulletin.matching;
  const question = matching.read(query, printed);
  const archive = await bulletin.data.open();
  const keys = new Set();
  for (const sought of question.sought) {
    sought.keys.forEach((key) => keys.add(key));
  }
  const entries = await bulletin.data.entries(Array.from(keys));
  const single = matching.singles(question, entries);
  (await bulletin.data.entries(single)).forEach((entry, key) => entries.set(key, entry));
  const answer = matching.match(query, question, entries, single, archive);
  await bulletin.settle(answer, 10);
  return answer;
};

/**
 * Answers a query. Rejects when data cannot be loaded, never because of the query. Where nothing has all that was asked
 * for, says what may have been meant, and searches for it if there is nothing at all.
 * @param {string} query
 * @returns {Promise<Answer>}
 */
bulletin.answer = async (query) => {
  /** @param {Answer} answer */
  const isFull = (answer) => answer.items.length > 0 && !answer.items[0].partial;
  /** @param {Answer} other @param {string[]} guesses */
  const instead = (other, guesses) => Object.assign(other, { changed: "guess", guesses: guesses });

  // Who copies 龙头”企业 from an article means that; who is still typing “企业 means the word, unless it stands so.
  let answer = await bulletin.ask(query, bulletin.text.mayBePrinted(query));
  if (!isFull(answer) && bulletin.text.mayBePrinted(query)) {
    answer = await bulletin.ask(query);
  }
  if (isFull(answer)) {
    return answer;
  }

  // The index has no traditional character: where all keys of the phrases stand somewhere there is none to exchange.
  const sought = answer.question.sought.slice(0, answer.question.phrases.length);
  if (sought.some((each) => /[^\0-\xff]/.test(each.text) && !each.keys.every(answer.stands))) {
    const variants = await bulletin.data.extra("variants");
    const simplified = bulletin.text.exchange(query, variants.characters);
    if (simplified !== query) {
      answer = Object.assign(await bulletin.ask(simplified), { changed: "simplified" });
    }
    /** What is called otherwise elsewhere; the longest first: 资讯安全 is one thing. @type {[string, string][]} */
    const words = variants.words.slice();
    words.sort((a, b) => b[0].length - a[0].length);
    const renamed = words.reduce((text, [theirs, ours]) => text.split(theirs).join(ours), simplified);
    if (renamed !== simplified && !isFull(answer)) {
      const other = await bulletin.ask(renamed);
      if (isFull(other)) {
        return instead(other, []);
      }
    }
  }

  const literals = answer.question.phrases.map((phrase) => phrase.text);
  // What stands somewhere is not misspelt, if no article has it together with the rest.
  const missing = literals.filter((_, number) => !answer.items.some((item) => item.fields[number] !== 0));
  if (!isFull(answer) && missing.some((literal) => bulletin.hints.doubted(literal, answer.stands))) {
    const guesses = bulletin.hints.guesses(literals, missing, await bulletin.data.extra("lexicon"), answer.stands);
    answer.guesses = guesses;
    // Who quotes means what is written.
    if (answer.items.length === 0 && guesses.length > 0 && !answer.question.phrases.some((phrase) => phrase.exact)) {
      const other = await bulletin.ask(guesses[0]);
      if (other.items.length > 0) {
        return instead(other, guesses.slice(1));
      }
    }
  }
  return answer;
};

/**
 * All articles that match, best first.
 * @param {string} query
 * @returns {Promise<Match[]>}
 */
bulletin.search = async (query) => {
  const answer = await bulletin.answer(query);
  const open = answer.items.filter((item) => !item.certain);
  if (open.length <= bulletin.FEW) {
    await bulletin.settle(answer, Infinity);
  }
  const ids = (await bulletin.data.open()).ids;
  return answer.items.map((item) => ({ article: ids[item.document], score: item.score, partial: item.partial }));
};
