/**
 * The search of a built site, without a page: reads one JSON list of queries a line, answers one list of what was found.
 *
 *     node queries.mjs SITE ASSETS
 */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { createContext, runInContext } from "node:vm";

const [site, assets] = process.argv.slice(2);
const SCRIPTS = ["lunr-2.3.9.min.js", "search-text.js", "search-excerpt.js", "search-slices.js", "search-hints.js", "search-engine.js"];

/** Of a document, what the search asks of it: a script that is appended runs. */
const document = {
  createElement: () => ({ remove() {} }),
  head: {
    appendChild(script) {
      try {
        run(join(site, script.src));
      } catch {
        script.onerror();
        return;
      }
      script.onload();
    },
  },
};
const context = createContext({ document, console });
context.window = context;

function run(file) {
  runInContext(readFileSync(file, "utf8"), context, { filename: file });
}

for (const name of SCRIPTS) {
  run(join(assets, name));
}
const bulletin = runInContext("bulletin", context);
bulletin.data.connect("search/catalog.js");

async function asked(query) {
  const began = performance.now();
  try {
    const answer = await bulletin.answer(query);
    await bulletin.settle(answer, Infinity);
    const found = await bulletin.search(query);
    const first = answer.items[0];
    if (first !== undefined) {
      const id = (await bulletin.data.open()).ids[first.document];
      const article = await bulletin.data.article(first.document);
      bulletin.excerpt(article.text, answer.question.phrases.map((phrase) => phrase.text));
      if (found.length > 0 && found[0].article !== id) {
        throw new Error("two answers to one query");
      }
    }
    return {
      asked: answer.asked,
      changed: answer.changed,
      phrases: answer.question.phrases.map(({ text, exact }) => [text, exact]),
      found: found.map(({ article, partial }) => [article, partial]),
      milliseconds: performance.now() - began,
    };
  } catch (reason) {
    return { error: String(reason && reason.stack) };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const answers = [];
  for (const query of JSON.parse(line)) {
    answers.push(await asked(query));
  }
  process.stdout.write(JSON.stringify(answers) + "\n");
}
