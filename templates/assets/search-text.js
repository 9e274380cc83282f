/**
 * What counts as the same text, and how a query is read. Pure functions of strings. `fold` and `literal` are one side of a
 * contract with `bulletin_site.search.segment`; both give the answers of `tests/search/cases.json`.
 */

/**
 * One thing that was asked for.
 * @typedef {object} Phrase
 * @property {string} text as `literal` gives it; never empty
 * @property {boolean} exact whether it was quoted: nothing less than the whole phrase will do
 * @property {string} shown as it was typed
 */

/** Anything that knows which words there are. @typedef {{has: (word: string) => boolean}} Vocabulary */

/**
 * A word in a phrase. `covered`: a longer one that stands there covers it.
 * @typedef {{word: string, start: number, end: number, single: boolean, covered: boolean}} Standing
 */

var bulletin = bulletin || {};

bulletin.text = (() => {
  "use strict";

  /** A query beyond this is a slip of the clipboard. */
  const LONGEST_QUERY = 1000;
  const MOST_PHRASES = 40;

  /** In UTF-16 units. The index has longer words (addresses, say): those are found by looking at the text. */
  const LONGEST_WORD = 24;

  /** Characters of no width, which copying from Word and from web pages leaves behind. */
  const INVISIBLE = /[\u200B-\u200D\uFEFF]/g;

  /** The four control characters besides are what Python counts as white space, too. */
  const WHITE_SPACE = /[\p{White_Space}\x1C-\x1F]+/gu;

  /**
   * Characters beside which a space is a matter of layout: “85 页” is “85页”. Ranges and not `\p{Script=Han}`, so that old
   * browsers, new ones and Python cannot differ.
   */
  const WIDE =
    "[\\u2E80-\\u2FDF\\u3000-\\u312F\\u31C0-\\u31FF\\u3400-\\u4DBF\\u4E00-\\u9FFF" +
    "\\uF900-\\uFAFF\\uFF00-\\uFFEF\\u{20000}-\\u{3FFFF}“”‘’…—]";
  const SPACED_WIDE = new RegExp(" ?(" + WIDE + ") ?", "gu");
  const STARTS_WIDE = new RegExp("^" + WIDE, "u");
  const LETTER_OR_DIGIT = /^[\p{L}\p{M}\p{N}]/u;

  /** Not `\p{Cn}`: to an old browser the newest Han characters are unassigned. */
  const MARKS_ONLY = /^[\p{P}\p{Sk}\p{Sm}\p{M}\p{Z}\p{Cc}\p{Cf}\p{Cs}]*$/u;

  /** @type {{[opening: string]: string}} */
  const CLOSING = { "“": "”", "「": "」", "『": "』", '"': '"', "＂": "＂" };
  const QUOTATION_MARK = /[“”「」『』"＂]/;
  const QUOTATION_MARKS = new RegExp(QUOTATION_MARK, "g");

  /**
   * The text without what a reader does not distinguish: width, case, and the spaces that only layout asks for.
   * @param {string} text
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
   * The folded text without any white space: what is compared.
   * @param {string} text
   */
  function literal(text) {
    // Without spaces the rules about some of them are idle, and whole articles go through here.
    return text.normalize("NFKC").toLowerCase().replace(INVISIBLE, "").replace(WHITE_SPACE, "");
  }

  /**
   * What a query asks for: phrases separated by white space, or quoted. Any string is a query.
   * @param {string} query
   * @param {boolean} [printed] whether only a quotation that stands alone is one of the reader's: a mark without its
   *   partner, or one that touches other characters, is then a character as it was printed
   * @returns {Phrase[]}
   */
  function phrases(query, printed) {
    const asked = cut(query, LONGEST_QUERY);
    /** @type {Phrase[]} */
    const found = [];
    let plainFrom = 0;
    let position = 0;
    while (position < asked.length) {
      const closing = CLOSING[asked.charAt(position)];
      const end = closing === undefined ? -1 : asked.indexOf(closing, position + 1);
      if (end === -1 || (printed && (asked.charAt(position - 1) + asked.charAt(end + 1)).trim() !== "")) {
        position += 1;
      } else {
        addPlain(found, asked.slice(plainFrom, position), printed);
        add(found, asked.slice(position + 1, end), true, false);
        position = end + 1;
        plainFrom = position;
      }
    }
    addPlain(found, asked.slice(plainFrom), printed);
    if (found.length === 0) {
      // Nothing but marks: then it is the marks that are asked for.
      add(found, asked, true, true);
    }
    return found.slice(0, MOST_PHRASES);
  }

  /**
   * @param {Phrase[]} found
   * @param {string} passage outside quotations
   * @param {boolean} [printed]
   */
  function addPlain(found, passage, printed) {
    // A mark without its partner is one the reader has not finished typing, or slipped on: it separates, no more.
    for (const piece of (printed ? passage : passage.replace(QUOTATION_MARKS, " ")).split(WHITE_SPACE)) {
      add(found, piece, false, false);
    }
  }

  /**
   * Whether a query may be a piece of print with quotation marks in it, and not one with quotations of the reader's.
   * @param {string} query
   */
  function mayBePrinted(query) {
    return phrases(query, true).some((phrase) => !phrase.exact && QUOTATION_MARK.test(phrase.text));
  }

  /**
   * @param {Phrase[]} found
   * @param {string} shown
   * @param {boolean} exact
   * @param {boolean} marks whether marks alone are a phrase
   */
  function add(found, shown, exact, marks) {
    const text = literal(shown);
    if (text === "" || (!exact && !marks && MARKS_ONLY.test(text))) {
      return;
    }
    const same = found.find((phrase) => phrase.text === text);
    if (same === undefined) {
      found.push({ text: text, exact: exact, shown: shown.trim() });
    } else {
      same.exact = same.exact || exact;
    }
  }

  /**
   * Where the words of a vocabulary stand in a phrase. None is torn out of a run of letters or digits (“art” in “gartner”).
   * @param {string} phrase as typed: its spaces say where Latin words end
   * @param {Vocabulary} vocabulary
   * @returns {Standing[]}
   */
  function standing(phrase, vocabulary) {
    const folded = fold(cut(phrase, LONGEST_QUERY));
    const joined = joints(folded);
    /** @type {Standing[]} */
    const found = [];
    let coveredTo = 0;
    for (let start = 0; start < folded.length; start += 1) {
      // The longest first: what begins here or earlier and reaches further has been seen when a word's turn comes.
      for (let end = Math.min(folded.length, start + LONGEST_WORD); end > start && !joined[start]; end -= 1) {
        const word = folded.slice(start, end);
        if (!joined[end] && vocabulary.has(word)) {
          const single = end - start === width(folded, start);
          found.push({ word: word, start: start, end: end, single: single, covered: end <= coveredTo });
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
    for (const character of text) {
      const runs = LETTER_OR_DIGIT.test(character) && !STARTS_WIDE.test(character);
      joined[position] = runs && inRun;
      if (character.length === 2) {
        joined[position + 1] = true;
      }
      inRun = runs;
      position += character.length;
    }
    joined[position] = false;
    return joined;
  }

  /**
   * How many UTF-16 units the character at a position takes.
   * @param {string} text
   * @param {number} position
   */
  function width(text, position) {
    const point = text.codePointAt(position);
    return point !== undefined && point > 0xffff ? 2 : 1;
  }

  /**
   * The beginning of a text, without half a character at its end.
   * @param {string} text
   * @param {number} length in UTF-16 units
   */
  function cut(text, length) {
    if (text.length <= length) {
      return text;
    }
    return text.slice(0, width(text, length - 1) === 2 ? length - 1 : length);
  }

  /**
   * The key under which a word is kept: its first two characters, or the only one.
   * @param {string} word
   */
  function key(word) {
    const first = width(word, 0);
    return word.length === first ? word : word.slice(0, first + width(word, first));
  }

  /**
   * What the index is asked about a literal: its pairs of characters; of many, as many as allowed, evenly spread.
   * @param {string} text
   * @param {number} most
   * @returns {string[]}
   */
  function keys(text, most) {
    const characters = Array.from(text);
    const pairs = Math.max(1, characters.length - 1);
    const count = Math.min(pairs, most);
    const found = new Set();
    for (let number = 0; number < count; number += 1) {
      const at = Math.floor((number * pairs) / count);
      found.add(characters.slice(at, at + 2).join(""));
    }
    return Array.from(found);
  }

  /**
   * A text with characters exchanged, such as traditional ones for simplified ones.
   * @param {string} text
   * @param {string} pairs a character and what takes its place, in turn
   */
  function exchange(text, pairs) {
    const characters = Array.from(pairs);
    const table = new Map();
    for (let at = 0; at < characters.length; at += 2) {
      table.set(characters[at], characters[at + 1]);
    }
    return Array.from(text, (character) => table.get(character) || character).join("");
  }

  return {
    LONGEST_QUERY: LONGEST_QUERY,
    cut: cut,
    exchange: exchange,
    fold: fold,
    key: key,
    keys: keys,
    literal: literal,
    mayBePrinted: mayBePrinted,
    phrases: phrases,
    standing: standing,
  };
})();
