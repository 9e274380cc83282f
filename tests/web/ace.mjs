// Runs Ace by DAISY over EPUBs and prints what it objects to, as JSON: by file a list of
// [document, rule, impact, what is said]. Chromium is named by PUPPETEER_EXECUTABLE_PATH.
//
//   node ace.mjs FILE...
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const ace = require("@daisy/ace-core");
const runner = require("@daisy/ace-axe-runner-puppeteer");

/** Ace prints its whole report where it is told no folder to write it into. */
async function quietly(work) {
  const write = process.stdout.write;
  process.stdout.write = () => true;
  try {
    return await work();
  } finally {
    process.stdout.write = write;
  }
}

const found = {};
for (const file of process.argv.slice(2)) {
  const options = { cwd: process.cwd(), lang: "en" };
  const [, report] = await quietly(() => ace(file, options, runner));
  found[file] = report.assertions.flatMap((document) =>
    document.assertions.map((one) => [
      document["earl:testSubject"].url,
      one["earl:test"]["dct:title"],
      one["earl:test"]["earl:impact"],
      one["earl:result"]["dct:description"],
    ]),
  );
}
console.log(JSON.stringify(found));
