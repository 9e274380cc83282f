/** What a reader may have meant: words written in pinyin, and words with one wrong character. Pure functions of values. */

var bulletin = bulletin || {};

bulletin.hints = (() => {
  "use strict";

  const MOST = 3;
  const SHORT = 6;
  const LETTERS = /^[a-z']{2,60}$/;
  const HAN = /^[\u3400-\u9FFF\u{20000}-\u{3FFFF}]{3,40}$/u;

  /**
   * The words that letters spell: in full, by initials, or so far.
   * @param {string} typed literal
   * @param {Known[]} lexicon those in most documents first
   * @returns {string[]}
   */
  function spelt(typed, lexicon) {
    const letters = typed.replace(/'/g, "");
    /** @type {string[][]} */
    const ranks = [[], [], [], []];
    /** @type {Map<string, string>} */
    const byPinyin = new Map();
    for (const [word, pinyin] of lexicon) {
      const full = pinyin.replace(/ /g, "");
      const initials = pinyin.replace(/(\S)\S* ?/g, "$1");
      if (!byPinyin.has(full)) {
        byPinyin.set(full, word);
      }
      if (full === letters) {
        ranks[0].push(word);
      } else if (initials === letters && letters.length > 1) {
        ranks[2].push(word);
      } else if (letters.length > 3 && full.startsWith(letters)) {
        ranks[3].push(word);
      }
    }
    const several = joined(letters, byPinyin);
    if (several !== "") {
      ranks[1].push(several);
    }
    return distinct(ranks[0].concat(ranks[1], ranks[2], ranks[3]));
  }

  /**
   * Letters as words one after the other, with spaces between.
   * @param {string} letters
   * @param {Map<string, string>} byPinyin
   * @returns {string} empty: they cannot be read so
   */
  function joined(letters, byPinyin) {
    /** The reading of what stands before each position, made of as few words as may be. @type {string[][]} */
    const upTo = [[]];
    for (let end = 2; end <= letters.length; end += 1) {
      for (let start = 0; start < end - 1; start += 1) {
        const word = upTo[start] && byPinyin.get(letters.slice(start, end));
        if (word && (!upTo[end] || upTo[end].length > upTo[start].length + 1)) {
          upTo[end] = upTo[start].concat(word);
        }
      }
    }
    return (upTo[letters.length] || []).join(" ");
  }

  /**
   * A phrase with one character mended, by the words that it nearly has. A mistake shows in pairs of characters that stand
   * nowhere; only in a short phrase, which has few other readings, are all characters doubted.
   * @param {string} phrase literal
   * @param {Known[]} lexicon
   * @param {(key: string) => boolean} stands whether a pair of characters stands anywhere
   * @returns {string[]}
   */
  function mended(phrase, lexicon, stands) {
    const written = Array.from(phrase);
    const sounds = new Map();
    /** @type {{text: string, worth: number}[]} */
    const found = [];
    for (const [word, pinyin] of lexicon) {
      const characters = Array.from(word);
      const syllables = pinyin.split(" ");
      if (syllables.length === characters.length) {
        characters.forEach((character, at) => {
          sounds.set(character, syllables[at]);
        });
      }
    }
    for (const [word, , documents] of lexicon) {
      const characters = Array.from(word);
      for (let start = 0; characters.length > 2 && start + characters.length <= written.length; start += 1) {
        const wrong = characters.findIndex(differs);
        if (wrong !== -1 && !characters.slice(wrong + 1).some(differsAfter) && doubtful(start + wrong)) {
          const text = written.slice(0, start).concat(characters, written.slice(start + characters.length)).join("");
          const sound = sounds.get(written[start + wrong]);
          const alike = sound !== undefined && sound === sounds.get(characters[wrong]) ? 1e9 : 0;
          found.push({ text: text, worth: alike + characters.length * 1e7 + documents });
        }

        /** @param {string} character @param {number} at */
        function differs(character, at) {
          return character !== written[start + at];
        }

        /** @param {string} character @param {number} at */
        function differsAfter(character, at) {
          return differs(character, wrong + 1 + at);
        }
      }
    }
    found.sort((a, b) => b.worth - a.worth);
    return distinct(found.map((each) => each.text));

    /** @param {number} at */
    function doubtful(at) {
      return written.length <= SHORT || lost(written, at, stands);
    }
  }

  /**
   * Whether a character fits neither the one before nor the one after.
   * @param {string[]} written
   * @param {number} at
   * @param {(key: string) => boolean} stands
   */
  function lost(written, at, stands) {
    return (
      (at === 0 || !stands(written[at - 1] + written[at])) &&
      (at === written.length - 1 || !stands(written[at] + written[at + 1]))
    );
  }

  /**
   * Whether it is worth looking for another reading; the lexicon is not a small file.
   * @param {string} phrase literal
   * @param {(key: string) => boolean} stands
   */
  function doubted(phrase, stands) {
    const written = Array.from(phrase);
    return (
      LETTERS.test(phrase) ||
      (HAN.test(phrase) &&
        (written.length <= SHORT ||
          written.some((_, at) => lost(written, at, stands))))
    );
  }

  /**
   * What may have been meant by a query that nothing answers in full, best first.
   * @param {string[]} phrases literals
   * @param {string[]} missing those of them that stand nowhere: the others are right as they are
   * @param {Known[]} lexicon
   * @param {(key: string) => boolean} stands
   * @returns {string[]} queries
   */
  function guesses(phrases, missing, lexicon, stands) {
    const all = phrases.join("");
    const whole = LETTERS.test(all) ? spelt(all, lexicon) : [];
    if (whole.length > 0) {
      return whole.slice(0, MOST);
    }
    /** Each phrase by itself, the others as they are. @type {string[][]} */
    const readings = phrases.map((phrase) => {
      if (!missing.includes(phrase)) {
        return [];
      }
      return LETTERS.test(phrase) ? spelt(phrase, lexicon) : HAN.test(phrase) ? mended(phrase, lexicon, stands) : [];
    });
    /** @type {string[]} */
    const made = [];
    for (let number = 0; number < MOST; number += 1) {
      made.push(phrases.map((phrase, at) => readings[at][number] || readings[at][0] || phrase).join(" "));
    }
    return distinct(made).filter((query) => query !== phrases.join(" "));
  }

  /** @param {string[]} texts */
  function distinct(texts) {
    return Array.from(new Set(texts));
  }

  return { doubted: doubted, guesses: guesses };
})();
