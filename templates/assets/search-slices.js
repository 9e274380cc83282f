/** The files of the search: which holds what, each loaded once. `bulletin.receive` is what these files call. */

/**
 * A key: by field (text, title and source) the documents that have it; the words that begin with it, and where they stand.
 * @typedef {{documents: number[][], words: string[], postings: (word: string) => Posting[] | undefined}} Entry
 */

/** Of a field: the documents that have a word, how often each does, and how long the field is in each, in words. */
/** @typedef {{documents: number[], times: number[], lengths: number[]}} Posting */

/** @typedef {{page: number, at: number, href: string}} PageStart where, in UTF-16 units, a printed page begins in a text */

/**
 * @typedef {object} Article
 * @property {string} title
 * @property {string} href
 * @property {string} source empty where none is printed
 * @property {string} issue
 * @property {string} issueHref
 * @property {string} date
 * @property {string} dateText
 * @property {string[]} topics
 * @property {string} text a paragraph a line
 * @property {PageStart[]} pages in printed order
 * @property {string} [variants] the traditional characters printed in it, each followed by its simplified one
 */

/**
 * The whole archive in a few numbers.
 * @typedef {object} Archive
 * @property {[string, string, string, string, string, number, number[]?][]} issues oldest first: id, name, date, date in words, address, how many articles, which numbers none of them has
 * @property {[string, number, number][]} fields text, title and source: lunr's name, its boost, its average length in words
 * @property {number[]} issueOf the position of each document's issue
 * @property {string[]} ids of the documents
 */

/** @typedef {{topics: string[], sources: string[], topicOf: number[][], sourceOf: number[]}} Facets */

/** A word, its pinyin, and how many documents have it. @typedef {[string, string, number]} Known */

var bulletin = bulletin || {};

bulletin.data = (() => {
  "use strict";

  const FIELDS = [0, 1, 2];

  /** The value of each digit, by its code. @type {number[]} */
  const VALUES = [];
  Array.from("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_").forEach((digit, value) => {
    VALUES[digit.charCodeAt(0)] = value;
  });

  let address = "";

  /** What has been handed over and not taken yet. @type {Map<string, unknown>} */
  const received = new Map();

  /** @type {Map<string, Promise<any>>} */
  const loading = new Map();

  /** @type {Archive | undefined} */
  let archive;

  /** @param {string} catalog where the first file is */
  function connect(catalog) {
    address = catalog;
  }

  /**
   * @param {string} name
   * @param {unknown} value
   */
  function receive(name, value) {
    received.set(name, value);
  }

  /**
   * Runs a data script, once; after a failure the next call tries again. No `fetch`: that does nothing on `file://`.
   * @param {string} name
   * @param {string} source
   * @returns {Promise<any>} what it handed over
   */
  function load(name, source) {
    let promise = loading.get(name);
    if (promise === undefined) {
      promise = new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = source;
        script.onload = script.onerror = () => {
          script.remove();
          if (received.has(name)) {
            resolve(received.get(name));
            received.delete(name);
          } else {
            loading.delete(name);
            reject(new Error("Not loaded: " + source));
          }
        };
        document.head.appendChild(script);
      });
      loading.set(name, promise);
    }
    return promise;
  }

  function catalog() {
    return load("catalog", address);
  }

  /** @returns {Promise<Archive>} */
  async function open() {
    const { issues, fields } = await catalog();
    if (archive === undefined) {
      /** @type {Archive} */
      const made = { issues: issues, fields: fields, issueOf: [], ids: [] };
      made.issues.forEach((issue, position) => {
        const withdrawn = issue[6] || [];
        for (let number = 1; number <= issue[5] + withdrawn.length; number += 1) {
          if (withdrawn.includes(number)) {
            continue;
          }
          made.issueOf.push(position);
          made.ids.push(issue[0] + "/" + String(number).padStart(2, "0"));
        }
      });
      archive = made;
    }
    return archive;
  }

  /**
   * CRC-32 of the UTF-16 units, the lower byte first.
   * @param {string} key
   */
  function hash(key) {
    let value = -1;
    for (let byte = 0; byte < 2 * key.length; byte += 1) {
      value ^= (key.charCodeAt(byte >> 1) >> (8 * (byte & 1))) & 255;
      for (let bit = 0; bit < 8; bit += 1) {
        value = (value >>> 1) ^ (value & 1 ? 0xedb88320 : 0);
      }
    }
    return ~value >>> 0;
  }

  /**
   * A list of numbers: five bits a digit, the highest first; all digits of a number but the last have the sixth bit set.
   * @param {string} list
   * @returns {number[]}
   */
  function numbers(list) {
    const found = [];
    let number = 0;
    for (let at = 0; at < list.length; at += 1) {
      const digit = VALUES[list.charCodeAt(at)];
      number = number * 32 + (digit & 31);
      if (digit < 32) {
        found.push(number);
        number = 0;
      }
    }
    return found;
  }

  /**
   * Documents, from the number of the first and then the differences.
   * @param {string} list
   */
  function documents(list) {
    const found = numbers(list);
    for (let at = 1; at < found.length; at += 1) {
      found[at] += found[at - 1];
    }
    return found;
  }

  /**
   * @param {string} list of documents
   * @param {string} counts of each document twice the length of the field, or one more and then how often the word stands in
   * it, where that is more than once
   * @returns {Posting}
   */
  function posting(list, counts) {
    const times = [];
    const lengths = [];
    const values = numbers(counts);
    for (let at = 0; at < values.length; at += 1) {
      lengths.push(values[at] >> 1);
      times.push(values[at] & 1 ? values[(at += 1)] : 1);
    }
    return { documents: documents(list), times: times, lengths: lengths };
  }

  /**
   * An entry as it lies in its file. Only the words that are asked for are read.
   * @param {[string, {[word: string]: string}?]} written
   * @returns {Entry}
   */
  function read(written) {
    const words = written[1] || {};
    /** @type {Map<string, Posting[]>} */
    const known = new Map();
    return {
      documents: FIELDS.map((field) => documents(written[0].split(",")[field] || "")),
      words: Object.keys(words),
      postings: (word) => {
        if (!known.has(word) && Object.prototype.hasOwnProperty.call(words, word)) {
          const lists = words[word].split(",");
          known.set(word, FIELDS.map((field) => posting(lists[2 * field] || "", lists[2 * field + 1] || "")));
        }
        return known.get(word);
      },
    };
  }

  /**
   * @param {string[]} keys
   * @returns {Promise<Map<string, Entry>>} without those that stand nowhere
   */
  async function entries(keys) {
    const { shards, terms } = await catalog();
    const found = new Map();
    await Promise.all(
      keys.map(async (key) => {
        const shard = (hash(key) & (shards - 1)).toString(16);
        const entries = await load("t:" + shard, terms + shard + ".js");
        if (Object.prototype.hasOwnProperty.call(entries, key)) {
          found.set(key, read(entries[key]));
        }
      })
    );
    return found;
  }

  /**
   * @param {number} document
   * @returns {Promise<Article>}
   */
  async function article(document) {
    const id = (await open()).ids[document];
    return load("a:" + id, (await catalog()).articles + id + ".js");
  }

  /**
   * @param {"facets" | "lexicon" | "variants"} name
   * @returns {Promise<any>}
   */
  async function extra(name) {
    return load(name, (await catalog())[name]);
  }

  return { article: article, connect: connect, entries: entries, extra: extra, open: open, receive: receive };
})();

bulletin.receive = bulletin.data.receive;
