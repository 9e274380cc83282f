/**
 * What counts as the same text, and how a query is read. Pure functions of strings.
 *
 * `fold` and `literal` are the browser's side of a contract with the Python module `bulletin_site.search.segment`, which
 * folds the articles before they are cut into words: both give the same answers to `tests/search/cases.json`.
 */

/**
 * One thing that was asked for.
 * @typedef {object} Phrase
 * @property {string} text the phrase as `literal` gives it; never empty
 * @property {boolean} exact whether it stood in quotation marks: nothing less than the whole phrase will do
 * @property {string} shown the phrase as it was typed
 */

/**
 * Anything that knows which words there are: a Set, or an index.
 * @typedef {{has: (word: string) => boolean}} Vocabulary
 */

var bulletin = bulletin || {};

bulletin.text = (function () {
  "use strict";

  /** A query beyond this is a slip of the clipboard; what is kept of it is still more than enough to find a text by. */
  const LONGEST_QUERY = 1000;
  const MOST_PHRASES = 40;

  /** In UTF-16 units. The index has longer words (addresses, say), but they are found by looking at the text. */
  const LONGEST_WORD = 24;

  /** Characters of no width, which copying from Word and from web pages leaves behind. */
  const INVISIBLE = /[\u200B-\u200D\uFEFF]/g;

  /** The four control characters besides are what Python counts as white space, too. */
  const WHITE_SPACE = /[\p{White_Space}\x1C-\x1F]+/gu;

  /**
   * Characters of Chinese (or Japanese) setting. A space beside one is a matter of layout and not of words: “85 页” is
   * “85页”. Given as ranges and not as `\p{Script=Han}`, so that an old browser, a new one and Python cannot differ about a
   * character that Unicode took in later.
   */
  const WIDE =
    "[\\u2E80-\\u2FDF\\u3000-\\u312F\\u31C0-\\u31FF\\u3400-\\u4DBF\\u4E00-\\u9FFF" +
    "\\uF900-\\uFAFF\\uFF00-\\uFFEF\\u{20000}-\\u{3FFFF}“”‘’…—]";
  const SPACED_WIDE = new RegExp(" ?(" + WIDE + ") ?", "gu");
  const STARTS_WIDE = new RegExp("^" + WIDE, "u");

  const LETTER_OR_DIGIT = /^[\p{L}\p{M}\p{N}]/u;

  /**
   * Nothing in it to look for. Pictures and currency signs are, marks and mathematical signs such as `~` and `<` are not.
   * Unassigned characters are not named here: to an old browser the newest Han characters are unassigned.
   */
  const MARKS_ONLY = /^[\p{P}\p{Sk}\p{Sm}\p{M}\p{Z}\p{Cc}\p{Cf}\p{Cs}]*$/u;

  /** Which mark closes a quotation, by the one that opens it. @type {{[opening: string]: string}} */
  const CLOSING = { "“": "”", "「": "」", "『": "』", '"': '"', "＂": "＂" };
  const QUOTATION_MARK = /[“”「」『』"＂]/g;

  /**
   * The text without what a reader does not distinguish: width, case, and the spaces that only layout asks for.
   * @param {string} text
   * @returns {string}
   */
  function fold(text) {
    return text
      .normalize("NFKC")
      .toLowerCase()
      .replace(INVISIBLE, "")
      .replace(WHITE_SPACE, " ")
      .replace(SPACED_WIDE, "$1")
      .trim();
  }

  /**
   * The folded text without any white space: what is compared when a phrase must stand in an article.
   * @param {string} text
   * @returns {string}
   */
  function literal(text) {
    // Removing all spaces makes the rules about some of them idle, and whole articles go through here.
    return text.normalize("NFKC").toLowerCase().replace(INVISIBLE, "").replace(WHITE_SPACE, "");
  }

  /**
   * What a query asks for: phrases separated by white space, or enclosed in quotation marks. Any string is a query.
   * @param {string} query
   * @returns {Phrase[]}
   */
  function phrases(query) {
    const asked = cut(query, LONGEST_QUERY);
    /** @type {Phrase[]} */
    const found = [];
    let plainFrom = 0;
    let position = 0;
    while (position < asked.length) {
      const closing = CLOSING[asked.charAt(position)];
      const end = closing === undefined ? -1 : asked.indexOf(closing, position + 1);
      if (end === -1) {
        position += 1;
      } else {
        addPlain(found, asked.slice(plainFrom, position));
        add(found, asked.slice(position + 1, end), true);
        position = end + 1;
        plainFrom = position;
      }
    }
    addPlain(found, asked.slice(plainFrom));
    return found.slice(0, MOST_PHRASES);
  }

  /**
   * @param {Phrase[]} found
   * @param {string} passage a part of the query outside quotations
   */
  function addPlain(found, passage) {
    // A mark without its partner is one the reader has not finished typing, or slipped on: it separates, no more.
    for (const piece of passage.replace(QUOTATION_MARK, " ").split(WHITE_SPACE)) {
      add(found, piece, false);
    }
  }

  /**
   * @param {Phrase[]} found
   * @param {string} shown
   * @param {boolean} exact
   */
  function add(found, shown, exact) {
    const text = literal(shown);
    if (text === "" || (!exact && MARKS_ONLY.test(text))) {
      return;
    }
    const same = found.find(function (phrase) {
      return phrase.text === text;
    });
    if (same === undefined) {
      found.push({ text: text, exact: exact, shown: shown.trim() });
    } else {
      same.exact = same.exact || exact;
    }
  }

  /**
   * The words of the vocabulary that stand inside a phrase, in the order in which they begin. A single character is left
   * out where a longer word covers it, and no word is torn out of a run of letters or digits (“art” in “gartner”).
   * @param {string} phrase as typed: its spaces say where Latin words end
   * @param {Vocabulary} vocabulary
   * @returns {string[]}
   */
  function words(phrase, vocabulary) {
    const kept = standing(phrase, vocabulary).filter(function (found) {
      return !(found.single && found.covered);
    });
    return distinct(kept);
  }

  /**
   * Of the `words`, those that an article may be found by although it lacks the rest of the phrase: neither single
   * characters, which stand nearly everywhere, nor parts of a longer word (“数据” where “大数据” is asked for).
   * @param {string} phrase as typed
   * @param {Vocabulary} vocabulary
   * @returns {string[]}
   */
  function telling(phrase, vocabulary) {
    const kept = standing(phrase, vocabulary).filter(function (found) {
      return !found.single && !found.covered;
    });
    return distinct(kept);
  }

  /**
   * @param {{word: string}[]} found
   * @returns {string[]}
   */
  function distinct(found) {
    return Array.from(
      new Set(
        found.map(function (each) {
          return each.word;
        })
      )
    );
  }

  /**
   * Each place in a phrase where a word of the vocabulary stands, and whether a longer one that stands there covers it.
   * @param {string} phrase
   * @param {Vocabulary} vocabulary
   * @returns {{word: string, single: boolean, covered: boolean}[]}
   */
  function standing(phrase, vocabulary) {
    const folded = fold(cut(phrase, LONGEST_QUERY));
    const joined = joints(folded);
    /** @type {{word: string, single: boolean, covered: boolean}[]} */
    const found = [];
    let coveredTo = 0;
    for (let start = 0; start < folded.length; start += 1) {
      // The longest first: what begins here or earlier and reaches further has been seen when a word's turn comes.
      for (let end = Math.min(folded.length, start + LONGEST_WORD); end > start && !joined[start]; end -= 1) {
        const word = folded.slice(start, end);
        if (!joined[end] && vocabulary.has(word)) {
          found.push({ word: word, single: end - start === codePointLength(folded, start), covered: end <= coveredTo });
          coveredTo = Math.max(coveredTo, end);
        }
      }
    }
    return found;
  }

  /**
   * Whether the place before each UTF-16 unit is inside a run of letters and digits, or inside a character.
   * @param {string} text
   * @returns {boolean[]} one longer than the text
   */
  function joints(text) {
    const joined = [false];
    let inRun = false;
    let position = 0;
    while (position < text.length) {
      const length = codePointLength(text, position);
      const character = text.slice(position, position + length);
      const runs = LETTER_OR_DIGIT.test(character) && !STARTS_WIDE.test(character);
      joined[position] = runs && inRun;
      for (let inside = 1; inside < length; inside += 1) {
        joined[position + inside] = true;
      }
      inRun = runs;
      position += length;
    }
    joined[position] = false;
    return joined;
  }

  /**
   * How many UTF-16 units the character at a position takes.
   * @param {string} text
   * @param {number} position
   * @returns {number}
   */
  function codePointLength(text, position) {
    const point = text.codePointAt(position);
    return point !== undefined && point > 0xffff ? 2 : 1;
  }

  /**
   * The beginning of a text, without half a character at its end.
   * @param {string} text
   * @param {number} length in UTF-16 units
   * @returns {string}
   */
  function cut(text, length) {
    if (text.length <= length) {
      return text;
    }
    return text.slice(0, codePointLength(text, length - 1) === 2 ? length - 1 : length);
  }

  return {
    LONGEST_QUERY: LONGEST_QUERY,
    cut: cut,
    fold: fold,
    literal: literal,
    phrases: phrases,
    words: words,
    telling: telling,
  };
})();
