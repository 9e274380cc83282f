/**
 * What in style sheets and scripts is newer than the browsers of many government desktops.
 *
 *     node floor.mjs FILE…
 *
 * The oldest browser and what it may lack are in floor.json; what each browser knows is MDN's data
 * (@mdn/browser-compat-data), whose names are used throughout: `css.selectors.has`. A declaration is
 * let pass if the same rule has another one of that property that the browser does know, or its
 * prefixed form; so is what stands under @supports. Of minified scripts only the syntax is looked at.
 * Printed as JSON: what was found, as {file, line, feature, since}, and which names of the list of
 * floor.json were used.
 */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { extname } from "node:path";

const require = createRequire(import.meta.url);
const acorn = require("acorn");
const bcd = require("@mdn/browser-compat-data");
const csstree = require("css-tree");
const ts = require("typescript");

const floor = JSON.parse(readFileSync(new URL("floor.json", import.meta.url), "utf8"));
const found = [];
const used = new Set();

const hasOwn = (object, name) => Object.prototype.hasOwnProperty.call(object, name);

function report(file, line, feature, version) {
  const since = version === Infinity ? "never" : version;
  if (hasOwn(floor.progressive, feature)) {
    used.add(feature);
  } else {
    found.push({ file, line, feature, since });
  }
}

// What the oldest browser knows

/** The entry of a feature, e.g. css.selectors.has, if there is one. */
function entry(...path) {
  let node = bcd;
  for (const part of path) {
    if (node === undefined || !hasOwn(node, part)) {
      return undefined;
    }
    node = node[part];
  }
  return node;
}

/** From which version on Chrome has it, under this very name or behind `prefix`; Infinity: never. */
function since(node, prefix) {
  const support = [].concat(node.__compat?.support?.chrome ?? []);
  const versions = support
    .filter((each) => !each.flags && !each.alternative_name && (each.prefix ?? "") === prefix)
    .filter((each) => !each.version_removed || parseInt(each.version_removed, 10) > floor.chrome)
    .map((each) => (each.version_added === true ? 0 : parseInt(each.version_added, 10)))
    .filter((version) => !Number.isNaN(version));
  return Math.min(Infinity, ...versions);
}

/** Whether a feature is known, and its name and version if it is too new. */
function judge(path, prefix = "") {
  const node = entry(...path);
  if (node === undefined || path.length === 0) {
    return { known: false };
  }
  const version = node.__compat ? since(node, prefix) : 0;
  return { known: true, feature: path.join("."), version, old: version <= floor.chrome };
}

// Style sheets

/** Other names of properties, e.g. grid-gap: where they are in the data. */
const renamed = new Map();
for (const [name, node] of Object.entries(bcd.css.properties)) {
  for (const part of [node, ...Object.values(node)]) {
    for (const each of [].concat(part.__compat?.support?.chrome ?? [])) {
      if (each.alternative_name) {
        renamed.set(each.alternative_name, [name, parseInt(each.version_added, 10)]);
      }
    }
  }
}

/** Functions by name, wherever among the types the data has them; the one least deep counts. */
const functions = new Map();
for (let level = [["css", "types"]]; level.length > 0; ) {
  level = level.flatMap((path) =>
    Object.keys(entry(...path))
      .filter((name) => name !== "__compat")
      .map((name) => [...path, name])
  );
  for (const path of level) {
    const name = path[path.length - 1];
    functions.set(name, functions.get(name) ?? path);
  }
}
functions.set("rgba", functions.get("rgb"));
functions.set("hsla", functions.get("hsl"));
functions.set("var", ["css", "properties", "custom-property"]);

/** Units that every browser with custom properties has. */
const UNITS = new Set(
  "em rem ex ch px pt pc mm cm in q vw vh vmin vmax deg rad grad turn s ms hz khz dpi dpcm dppx x fr".split(" ")
);

/** Gaps are older in grids and columns than in flexible boxes: the rule itself must say which it is. */
const isOlderLayout = (declared) =>
  /grid/.test(declared.get("display") ?? "") || declared.has("columns") || declared.has("column-count");

const PREFIX = /^-(?:webkit|moz|ms|o)-/;

/** @returns what is wrong with a declaration, as [feature, since] */
function declarationFaults(node, declared) {
  const faults = [];
  const property = node.property.toLowerCase();
  if (property.startsWith("--")) {
    return valueFaults(node.value, undefined);
  }
  const prefix = PREFIX.exec(property)?.[0] ?? "";
  const bare = property.slice(prefix.length);
  let judged = judge(["css", "properties", bare], prefix);
  if (!judged.known && renamed.has(property)) {
    const [name, version] = renamed.get(property);
    judged = { known: true, feature: `css.properties.${name}`, version, old: version <= floor.chrome };
  } else if (!judged.known && judge(["css", "properties", property]).known) {
    judged = judge(["css", "properties", property]);
  }
  if (!judged.known) {
    // A prefix that Chrome never had is for other browsers, and unknown to it without harm.
    return prefix && prefix !== "-webkit-" ? [] : [[`css.properties.${property}`, "unknown"]];
  }
  if (!judged.old) {
    return [[judged.feature, judged.version]];
  }
  const flex = entry("css", "properties", bare, "flex_context");
  if (flex && since(flex, prefix) > floor.chrome && !isOlderLayout(declared)) {
    faults.push([`css.properties.${bare}.flex_context`, since(flex, prefix)]);
  }
  return faults.concat(valueFaults(node.value, prefix ? undefined : bare));
}

/** @param property without its prefix; undefined where values are not those of one property */
function valueFaults(value, property) {
  const faults = [];
  const say = (judged, name) => {
    if (!judged.known) {
      faults.push([name, "unknown"]);
    } else if (!judged.old) {
      faults.push([judged.feature, judged.version]);
    }
  };
  csstree.walk(value, (node) => {
    if (node.type === "Identifier") {
      const name = node.name.toLowerCase();
      const of = [["css", "types", "global_keywords", name]];
      if (property) {
        of.push(["css", "properties", property, name]);
      }
      of.filter((path) => entry(...path)).forEach((path) => say(judge(path), ""));
    } else if (node.type === "Function") {
      const name = node.name.toLowerCase();
      const bare = name.replace(PREFIX, "");
      if (property && entry("css", "properties", property, bare)) {
        say(judge(["css", "properties", property, bare]), "");
      } else if (!(property === "clip" && name === "rect")) {
        say(judge(functions.get(bare) ?? [], PREFIX.exec(name)?.[0]), `css.types.${name}`);
      }
    } else if (node.type === "Dimension" && !UNITS.has(node.unit.toLowerCase())) {
      faults.push([`css.types.length.${node.unit.toLowerCase()}`, "unknown"]);
    }
  });
  return faults;
}

function selectorFaults(node) {
  if (node.type === "NestingSelector") {
    return [["css.selectors.nesting", since(bcd.css.selectors.nesting, "")]];
  }
  if (node.type !== "PseudoClassSelector" && node.type !== "PseudoElementSelector") {
    return [];
  }
  const name = node.name.toLowerCase();
  const prefix = PREFIX.exec(name)?.[0] ?? "";
  let judged = judge(["css", "selectors", name.slice(prefix.length)], prefix);
  if (!judged.known) {
    judged = judge(["css", "selectors", name]);
  }
  if (!judged.known || !judged.old) {
    return [[judged.feature ?? `css.selectors.${name}`, judged.version ?? "unknown"]];
  }
  const list = name === "not" && node.children?.first;
  if (list && list.type === "SelectorList" && (list.children.size > 1 || list.children.first.children.size > 1)) {
    return [["css.selectors.not.selector_list", since(bcd.css.selectors.not.selector_list, "")]];
  }
  return [];
}

function atRuleFaults(node) {
  const name = node.name.toLowerCase();
  const inPage = hasOwn(bcd.css["at-rules"].page, `at_${name}`);
  const judged = judge(inPage ? ["css", "at-rules", "page", `at_${name}`] : ["css", "at-rules", name]);
  return judged.known && judged.old
    ? []
    : [[judged.feature ?? `css.at-rules.${name}`, judged.version ?? "unknown"]];
}

function mediaFaults(node) {
  if (node.type === "FeatureRange") {
    const version = since(bcd.css["at-rules"].media.range_syntax, "");
    return version > floor.chrome ? [["css.at-rules.media.range_syntax", version]] : [];
  }
  const judged = judge(["css", "at-rules", "media", node.name.toLowerCase().replace(/^(?:min|max)-/, "")]);
  return judged.known && judged.old
    ? []
    : [[judged.feature ?? `css.at-rules.media.${node.name}`, judged.version ?? "unknown"]];
}

function checkStyles(file, text) {
  const say = (node, faults) => {
    for (const [feature, version] of faults) {
      report(file, node.loc.start.line, feature, version);
    }
  };
  const tree = csstree.parse(text, {
    positions: true,
    parseCustomProperty: true,
    onParseError: (error) => report(file, error.line, `css: ${error.message}`, "unknown"),
  });
  let guarded = 0;
  csstree.walk(tree, {
    enter(node) {
      if (node.type === "Atrule") {
        say(node, atRuleFaults(node));
        guarded += Number(node.name === "supports");
      }
      if (guarded > 0) {
        return;
      }
      if (node.type === "Rule" && this.rule && this.rule !== node && !this.atrule?.name.includes("keyframes")) {
        say(node, [["css.selectors.nesting", since(bcd.css.selectors.nesting, "")]]);
      } else if (node.type === "Block" && this.rule) {
        checkBlock(node, say);
      } else if (node.type === "Feature" || node.type === "FeatureRange") {
        say(node, mediaFaults(node));
      } else if (node.type === "Raw" && (this.rule || this.atrule) && !this.declaration) {
        report(file, node.loc.start.line, `css: ${node.value}`, "unknown");
      } else {
        say(node, selectorFaults(node));
      }
    },
    leave(node) {
      guarded -= Number(node.type === "Atrule" && node.name === "supports");
    },
  });
}

/** The declarations of a rule: one is let pass where another one of its property is understood. */
function checkBlock(block, say) {
  const declarations = block.children.toArray().filter((each) => each.type === "Declaration");
  const declared = new Map(
    declarations.map((each) => [each.property.toLowerCase(), csstree.generate(each.value)])
  );
  const faults = declarations.map((each) => declarationFaults(each, declared));
  const bare = (each) => each.property.toLowerCase().replace(PREFIX, "");
  const understood = new Set(declarations.filter((_, at) => faults[at].length === 0).map(bare));
  declarations.forEach((each, at) => {
    if (!understood.has(bare(each))) {
      say(each, faults[at]);
    }
  });
}

// Scripts: their syntax by a parser for the language of the oldest browser, their names by the types
// of TypeScript, which tell a String from an Array

/** Interfaces of TypeScript that stand for several of the platform's. */
const MIXINS = {
  ParentNode: ["Element", "Document"],
  ChildNode: ["Element", "CharacterData"],
  NonDocumentTypeChildNode: ["Element"],
  Slottable: ["Element"],
  ElementCSSInlineStyle: ["HTMLElement"],
  HTMLOrSVGElement: ["HTMLElement"],
  GlobalEventHandlers: ["Element", "HTMLElement", "Document", "Window"],
  WindowOrWorkerGlobalScope: ["Window"],
  NonElementParentNode: ["Document"],
  InnerHTML: ["Element"],
  Body: ["Response", "Request"],
  CSSStyleProperties: ["CSSStyleDeclaration"],
  ReadonlyArray: ["Array"],
  PromiseLike: ["Promise"],
  IteratorObject: ["Iterator"],
  ArrayIterator: ["Iterator"],
};

/** Methods of the language that no type had in the oldest browser, for what has no type. */
const tooNew = new Map();
const oldNames = new Set();
for (const node of Object.values(bcd.javascript.builtins)) {
  for (const [name, member] of Object.entries(node)) {
    if (member.__compat && since(member, "") <= floor.chrome) {
      oldNames.add(name);
    } else if (member.__compat) {
      tooNew.set(name, member);
    }
  }
}
for (const node of Object.values(bcd.api)) {
  Object.keys(node).forEach((name) => oldNames.add(name));
}

/** The data's entry of a member that TypeScript declares in one of these interfaces. */
function memberEntry(interfaces, name) {
  const names = interfaces.flatMap((each) => {
    const plain = each.replace(/Constructor$/, "");
    return [plain, ...((hasOwn(MIXINS, plain) && MIXINS[plain]) || [])];
  });
  for (const each of names) {
    const places = [
      ["javascript", "builtins", each, name],
      ["javascript", "builtins", "Intl", each, name],
      ["api", each, name],
      ["api", each, `${name}_static`],
    ];
    for (const path of places) {
      const node = entry(...path);
      if (node?.__compat) {
        return [path.join("."), node];
      }
    }
    if (/^(?:CSSStyle|CSS2)/.test(each)) {
      const property = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
      const node = entry("css", "properties", property);
      return node && [`css.properties.${property}`, node];
    }
  }
  return undefined;
}

function globalEntry(name) {
  const places = [
    ["javascript", "builtins", name],
    ["api", name],
    ["api", "Window", name],
  ];
  for (const path of places) {
    const node = entry(...path);
    if (node?.__compat) {
      return [path.join("."), node];
    }
  }
  return undefined;
}

/** Members of an options object that a method of the platform is given. */
function optionEntry(callee, name) {
  let result;
  (function search([path, node]) {
    for (const [key, child] of Object.entries(node ?? {})) {
      if (key !== "__compat" && child?.__compat) {
        if (new RegExp(`(?:^|_)${name}(?:_parameter|_option)?$`).test(key)) {
          result = result ?? [`${path}.${key}`, child];
        }
        search([`${path}.${key}`, child]);
      }
    }
  })(callee);
  return result;
}

const isLibrary = (declaration) => /[\\/]typescript[\\/]lib[\\/]lib\./.test(declaration.getSourceFile().fileName);

function checkSyntax(file, text) {
  try {
    acorn.parse(text, { ecmaVersion: floor.ecmascript, sourceType: "script" });
    return true;
  } catch (error) {
    report(file, error.loc.line, `javascript: ${error.message}`, "unknown");
    return false;
  }
}

function checkNames(files) {
  const program = ts.createProgram(files, {
    allowJs: true,
    checkJs: true,
    noEmit: true,
    strict: true,
    target: ts.ScriptTarget.ESNext,
    lib: ["lib.esnext.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts", "lib.dom.asynciterable.d.ts"],
    types: [],
  });
  const checker = program.getTypeChecker();

  for (const file of files) {
    const source = program.getSourceFile(file);
    const say = (node, [feature, data]) => {
      const version = since(data, "");
      if (version > floor.chrome) {
        const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
        report(file, line, feature, data.__compat ? version : "unknown");
      }
    };
    const member = (node, name, type) => {
      const symbol = checker.getSymbolAtLocation(node) ?? type.getProperty(name);
      const declarations = (symbol?.declarations ?? []).filter(isLibrary);
      if (symbol === undefined || declarations.length === 0) {
        const unknown = type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown);
        if (unknown && tooNew.has(name) && !oldNames.has(name)) {
          say(node, [`javascript.builtins.*.${name}`, tooNew.get(name)]);
        } else if (symbol === undefined && !unknown) {
          say(node, [`javascript: ${name}`, {}]);
        }
        return undefined;
      }
      const owners = declarations.map((each) => each.parent.name?.text).filter(Boolean);
      const data = memberEntry([...owners, ...inherited(type), node.parent.expression?.text ?? ""], name);
      if (data) {
        say(node, data);
      }
      return data;
    };
    /** The names of a type and of all that it inherits from. */
    const inherited = (type) => {
      const bases = type.isClassOrInterface() ? checker.getBaseTypes(type) : [];
      const parts = type.isUnionOrIntersection() ? type.types : bases;
      return [type.symbol?.name, ...parts.flatMap(inherited)].filter(Boolean);
    };
    const events = (call, owner) => {
      const [type] = call.arguments ?? [];
      if (type && ts.isStringLiteral(type)) {
        const event = memberEntry(inherited(checker.getTypeAtLocation(owner)), `${type.text}_event`);
        if (event) {
          say(type, event);
        }
      }
    };
    const options = (call, data) => {
      for (const argument of call.arguments ?? []) {
        for (const property of ts.isObjectLiteralExpression(argument) ? argument.properties : []) {
          const option = property.name && optionEntry(data, property.name.getText(source));
          if (option) {
            say(property, option);
          }
        }
      }
    };
    (function visit(node) {
      let data;
      if (ts.isPropertyAccessExpression(node)) {
        data = member(node.name, node.name.text, checker.getTypeAtLocation(node.expression));
      } else if (ts.isBindingElement(node) && ts.isObjectBindingPattern(node.parent)) {
        const name = node.propertyName ?? node.name;
        member(name, name.getText(source), checker.getTypeAtLocation(node.parent));
      } else if (ts.isIdentifier(node) && !(ts.isPropertyAccessExpression(node.parent) && node.parent.name === node)) {
        const symbol = checker.getSymbolAtLocation(node);
        const named = ts.isPropertyAssignment(node.parent) && node.parent.name === node;
        if (!named && symbol?.declarations?.some((each) => isLibrary(each) && !ts.isPropertySignature(each))) {
          data = globalEntry(node.text);
          if (data) {
            say(node, data);
          }
        } else if (symbol === undefined && globalEntry(node.text)) {
          say(node, globalEntry(node.text));
        }
      }
      const called = node.parent && (ts.isCallExpression(node.parent) || ts.isNewExpression(node.parent));
      if (data && called && node.parent.expression === node) {
        options(node.parent, data);
        if (data[0] === "api.EventTarget.addEventListener") {
          events(node.parent, node.expression);
        }
      }
      ts.forEachChild(node, visit);
    })(source);
  }
}

const files = process.argv.slice(2);
for (const file of files.filter((each) => extname(each) === ".css")) {
  checkStyles(file, readFileSync(file, "utf8"));
}
const scripts = files.filter((each) => extname(each) === ".js");
const parsed = scripts.filter((file) => checkSyntax(file, readFileSync(file, "utf8")));
const typed = parsed.filter((file) => !file.endsWith(".min.js"));
if (typed.length > 0) {
  checkNames(typed);
}
const key = (each) => `${each.file}:${String(each.line).padStart(6, "0")}:${each.feature}`;
found.sort((a, b) => (key(a) < key(b) ? -1 : 1));
console.log(JSON.stringify({ found, used: [...used].sort() }, null, 1));
