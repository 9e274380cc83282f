/**
 * What Citation.js reads in files of references.
 *
 *     node references.mjs < FILES.json
 *
 * Given is a list of pairs: as what a file is to be read (@bibtex/text, @biblatex/text, @ris/file), and its text; printed is a list
 * of what each holds, in the words of CSL-JSON. Nothing is fetched.
 */

import { readFileSync } from "node:fs";
import { plugins } from "@citation-js/core";
import "@citation-js/plugin-bibtex";
import "@citation-js/plugin-ris";

const files = JSON.parse(readFileSync(0, "utf8"));
const read = files.map(([forceType, text]) => plugins.input.chain(text, { generateGraph: false, forceType }));
process.stdout.write(JSON.stringify(read));
