/** The piece of an article that shows why it was found, with the matches marked. Pure functions of strings. */

/** @typedef {{text: string, match: boolean}} Part */

/**
 * @typedef {object} Excerpt
 * @property {Part[]} parts in order, with ellipses
 * @property {number} at where the text has the first match, in UTF-16 units; -1: nowhere
 * @property {number} shownAt where it has the first match that the excerpt shows; -1: it shows none
 */

/** Where a text has one of the literals wanted, and which. @typedef {{start: number, end: number, wanted: number}} Span */

var bulletin = bulletin || {};

bulletin.excerpts = (() => {
  "use strict";

  /** In UTF-16 units: about three lines of a phone and one and a half of a desktop. */
  const LENGTH = 110;
  const SHORTEST = 60;

  /** How far before the first match an excerpt may begin, so that the match is seen at once. */
  const LEAD = 45;

  /** Bounds the work on a text that consists of nothing but matches. */
  const MOST_SPANS = 2000;

  const SENTENCE_END = /[。！？；!?;\n]/;
  const CLAUSE_END = /[，：、]/;
  const CLOSING_MARK = /[”’」』）》)\]]/;
  const WHITE_SPACE = /\s/;
  const ELLIPSIS = { text: "…", match: false };

  /**
   * A character and all that may melt into it under NFKC: accents, voicing marks, vowels of Hangul; and characters of no
   * width. Piece by piece such a text gives the same literal as in one.
   */
  const CLUSTER = /[^](?:[\p{M}\u1160-\u11FF\uFF9E-\uFFDC\u200B-\u200D\uFEFF])*/gu;

  /**
   * Every place where one of the wanted literals stands, first ones first.
   * @param {string} text
   * @param {string[]} wanted
   */
  function spans(text, wanted) {
    // For each unit of the literal text, where its character begins and ends in the original.
    /** @type {number[]} */
    const starts = [];
    /** @type {number[]} */
    const ends = [];
    let whole = "";
    let position = 0;
    for (const cluster of text.match(CLUSTER) || []) {
      const piece = bulletin.text.literal(cluster);
      for (let unit = 0; unit < piece.length; unit += 1) {
        starts.push(position);
        ends.push(position + cluster.length);
      }
      whole += piece;
      position += cluster.length;
    }
    /** @type {Span[]} */
    const found = [];
    wanted.forEach((literal, number) => {
      let at = literal === "" ? -1 : whole.indexOf(literal);
      for (let count = 0; at !== -1 && count < MOST_SPANS; count += 1) {
        const end = at + literal.length;
        found.push({ start: starts[at], end: ends[end - 1], wanted: number });
        at = whole.indexOf(literal, end);
      }
    });
    return found.sort((a, b) => a.start - b.start || b.end - a.end);
  }

  /**
   * The spans of the best place: the one that shows most different things together, and of such places the first.
   * @param {Span[]} found in order of their start, at least one
   */
  function closest(found) {
    /** @type {Map<number, number>} */
    const inside = new Map();
    let best = { first: 0, last: 0, different: 0 };
    let last = -1;
    for (let first = 0; first < found.length; first += 1) {
      while (last + 1 < found.length && (last < first || found[last + 1].end - found[first].start <= LENGTH - LEAD)) {
        last += 1;
        inside.set(found[last].wanted, (inside.get(found[last].wanted) || 0) + 1);
      }
      if (inside.size > best.different) {
        best = { first: first, last: last, different: inside.size };
      }
      const left = (inside.get(found[first].wanted) || 0) - 1;
      if (left === 0) {
        inside.delete(found[first].wanted);
      } else {
        inside.set(found[first].wanted, left);
      }
    }
    return found.slice(best.first, best.last + 1);
  }

  /**
   * Where an excerpt begins: at the start of a sentence if one is near, else of a clause, else a little before the match.
   * @param {string} text
   * @param {number} match
   * @param {number} lead how far before the match it may begin
   */
  function beginning(text, match, lead) {
    const earliest = Math.max(0, match - lead);
    for (let position = earliest; position <= match; position += 1) {
      if (position === 0 || endsSentence(text, position)) {
        return position;
      }
    }
    for (let position = earliest; position <= match; position += 1) {
      if (CLAUSE_END.test(text.charAt(position - 1))) {
        return position;
      }
    }
    return whole(text, Math.max(earliest, match - Math.floor(lead / 2)));
  }

  /**
   * Where an excerpt ends: after the last sentence that fits, if that leaves enough; else after the one that ends soon; else
   * after the last clause that fits; else where its length is used up.
   * @param {string} text
   * @param {number} start
   * @param {number} needed the end of the last match that it must show
   */
  function ending(text, start, needed) {
    const latest = Math.max(start + LENGTH, Math.min(needed, start + LENGTH + LEAD));
    if (latest >= text.length) {
      return text.length;
    }
    const earliest = Math.max(needed, start + SHORTEST);
    for (let position = latest; position >= earliest; position -= 1) {
      if (endsSentence(text, position)) {
        return position;
      }
    }
    for (let position = latest + 1; position <= start + LENGTH + LEAD; position += 1) {
      if (position >= text.length || endsSentence(text, position)) {
        return position;
      }
    }
    for (let position = latest; position >= earliest; position -= 1) {
      // The mark would stand before an ellipsis.
      if (CLAUSE_END.test(text.charAt(position))) {
        return position;
      }
    }
    return whole(text, latest);
  }

  /**
   * Where the matches begin and end that a cut would go through. Long ones, such as a pasted sentence, may be cut.
   * @param {Span[]} found
   * @param {number} position of the cut
   */
  function spared(found, position) {
    let start = position;
    let end = position;
    for (const span of found) {
      if (span.start < position && position < span.end && span.end - span.start <= LEAD) {
        start = Math.min(start, span.start);
        end = Math.max(end, span.end);
      }
    }
    return { start: start, end: end };
  }

  /**
   * Whether a sentence, with the marks that close it, ends right before a position.
   * @param {string} text
   * @param {number} position
   */
  function endsSentence(text, position) {
    let before = position - 1;
    if (CLOSING_MARK.test(text.charAt(position))) {
      return false;
    }
    while (before > 0 && CLOSING_MARK.test(text.charAt(before))) {
      before -= 1;
    }
    return before >= 0 && SENTENCE_END.test(text.charAt(before));
  }

  /**
   * The position, or the one before it where it would fall inside a character.
   * @param {string} text
   * @param {number} position
   */
  function whole(text, position) {
    const point = position > 0 ? text.codePointAt(position - 1) : 0;
    return point !== undefined && point > 0xffff ? position - 1 : position;
  }

  /**
   * A stretch of the text in parts, matches apart from what is between them. Spans that touch or overlap become one.
   * @param {string} text
   * @param {Span[]} found in order of their start
   * @param {number} start
   * @param {number} end
   */
  function mark(text, found, start, end) {
    /** @type {Part[]} */
    const parts = [];
    let done = start;
    let from = start;
    let to = start;
    /** @param {number} end @param {boolean} match */
    const push = (end, match) => {
      if (end > done) {
        parts.push({ text: text.slice(done, end), match: match });
        done = end;
      }
    };
    for (const span of found) {
      const begins = Math.max(span.start, start);
      if (begins < Math.min(span.end, end)) {
        if (begins > to) {
          push(from, false);
          push(to, true);
          from = begins;
        } else if (from === to) {
          from = begins;
        }
        to = Math.max(to, Math.min(span.end, end));
      }
    }
    push(from, false);
    push(to, true);
    push(end, false);
    return parts;
  }

  /**
   * The piece of a text that best shows what was asked for; where there is none of it, how the text begins, or ends.
   * @param {string} text
   * @param {string[]} wanted literals
   * @param {string} [compared] the text in simplified characters, where it is printed in traditional ones
   * @param {boolean} [atEnd] whether without a match the end is to be shown
   * @returns {Excerpt}
   */
  function excerpt(text, wanted, compared, atEnd) {
    const found = spans(compared || text, wanted);
    const shown = found.length === 0 ? [] : closest(found);
    const last = atEnd ? Math.max(0, text.length - SHORTEST / 2) : 0;
    const match = shown.length === 0 ? last : shown[0].start;
    const needed = shown.reduce((end, span) => Math.max(end, span.end), match);
    // What the match itself takes up cannot go to what stands before it; what the text ends too soon to fill can.
    const lead = Math.max(0, Math.min(LEAD, LENGTH - (needed - match)), LENGTH - (text.length - match));
    const cutAt = beginning(text, match, lead);
    let start = spared(found, cutAt).start;
    let end = spared(found, ending(text, cutAt, needed)).end;
    const cutBefore = start > 0 && !endsSentence(text, start);
    const cutAfter = end < text.length && !endsSentence(text, end) && text.charAt(end) !== "\n";
    while (start < end && WHITE_SPACE.test(text.charAt(start))) {
      start += 1;
    }
    while (start < end && WHITE_SPACE.test(text.charAt(end - 1))) {
      end -= 1;
    }
    const firstShown = found.find((span) => span.start >= start);
    return {
      parts: (cutBefore ? [ELLIPSIS] : []).concat(mark(text, found, start, end), cutAfter ? ELLIPSIS : []),
      at: found.length === 0 ? -1 : found[0].start,
      shownAt: firstShown === undefined ? -1 : firstShown.start,
    };
  }

  /**
   * A whole text, such as a title, with every match marked.
   * @param {string} text
   * @param {string[]} wanted literals
   * @param {string} [compared]
   */
  function highlight(text, wanted, compared) {
    return mark(text, spans(compared || text, wanted), 0, text.length);
  }

  /**
   * The literals as a text of traditional characters has them.
   * @param {string} text
   * @param {string[]} wanted literals
   * @param {string} compared the text in simplified characters
   */
  function printed(text, wanted, compared) {
    return spans(compared, wanted).map((span) => bulletin.text.literal(text.slice(span.start, span.end)));
  }

  return { excerpt: excerpt, highlight: highlight, printed: printed };
})();

bulletin.excerpt = bulletin.excerpts.excerpt;
bulletin.highlight = bulletin.excerpts.highlight;
