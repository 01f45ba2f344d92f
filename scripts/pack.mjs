// Runs after each build of the page: makes the program and its loader small on the wire.
//   1. wasm-split-cli takes from the linker's output what is fetched later (src/ui/later.rs), as a module of its own;
//      wasm-bindgen makes the loader of the rest anew.
//   2. wasm-opt shrinks both modules, and gives one letter or two to what the first and its loader call each other.
//   3. Their functions are put into the order in which they compress best (order.mjs).
//   4. They are compressed with LZMA, a fifth better than the gzip of their host would.
//   5. The styles of what is fetched later become one file.
//   6. The loader, what unpacks the modules and what joins the second become one file, which terser shrinks.
// With QUICK set, 2 and 3 are left out, and functions keep their names, which a profiler then tells: the page is large,
// and built in seconds.
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { build } from "esbuild";
import { compress } from "lzma1";
import { minify } from "terser";
import { order } from "./order.mjs";

// As the binary format numbers its sections, and what can be imported.
const [IMPORTS, CODE] = [2, 10];
const [FUNCTION, TABLE, MEMORY, GLOBAL] = [0, 1, 2, 3];
const LINKED = `${process.env.CARGO_TARGET_DIR}/wasm32-unknown-unknown/page/harbor-point.wasm`;
// What the modules call what they share, and where the first asks for the second.
const [SHARED, LATER] = ["__wasm_split", "./__wasm_split.js"];

const folder = process.env.TRUNK_STAGING_DIR;
const [loader, module] = [".js", ".wasm"].map((kind) => readdirSync(folder).find((name) => name.endsWith(kind)))
  .map((name) => `${folder}/${name}`);
const work = mkdtempSync(join(tmpdir(), "harbor-point-"));
// What a tool warns of is told if it fails.
const run = (tool, ...args) => execFileSync(tool, args, { encoding: "utf8", stdio: "pipe" });

run("wasm-split-cli", LINKED, work, "--out-name", "page");
run("wasm-bindgen", `${work}/page.wasm`, "--out-dir", work, "--out-name", "first", "--target", "web", "--no-typescript", "--keep-lld-exports");
const names = JSON.parse(shrink("first_bg.wasm", module, "--minify-imports-and-exports-and-modules"));
const parts = made();
const pieces = [...new Set(Object.values(parts).flat())];
for (const piece of pieces) shrink(`${piece}.wasm`, module.replace("_bg.wasm", `_${piece}.wasm`));
await build({ entryPoints: ["static/later.css"], bundle: true, minify: true, outfile: module.replace("_bg.wasm", "_later.css") });
const document = `${folder}/index.html`;
writeFileSync(document, readFileSync(document, "utf8").replace(basename(module), `${basename(module)}.lzma`));
rmSync(module);

const page = renamed(readFileSync(`${work}/first.js`, "utf8"), names) + sharing(names) + `export const parts = ${JSON.stringify(parts)};\n`;
const { outputFiles } = await build({
  stdin: { contents: `export { default } from "page"; export { unpack } from "./static/unpack.js"`, resolveDir: "." },
  bundle: true, format: "esm", target: "es2022", write: false,
  plugins: [{
    name: "page",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^page$/ }, () => ({ path: "page", namespace: "page" }));
      onResolve({ filter: /__wasm_split\.js$/ }, () => ({ path: join(process.cwd(), "static/later.js") }));
      onLoad({ filter: /^page$/, namespace: "page" }, () => ({ contents: page, resolveDir: "." }));
    },
  }],
});
const { code } = await minify(outputFiles[0].text, { module: true, ecma: 2022, compress: { passes: 3 } });
writeFileSync(loader, code);
rmSync(work, { recursive: true });

// Shrinks a module, orders its functions and compresses it; says what `passes` print.
function shrink(name, to, ...passes) {
  const [from, draft] = [`${work}/${name}`, `${work}/${name}.draft`];
  // The stack lies lowest in memory and grows down, so nothing comes near its first kilobyte but a stack that overflows.
  if (process.env.QUICK) copyFileSync(from, draft);
  else {
    run("wasm-opt", from, "-o", draft, "-Oz", "--converge", "--low-memory-unused");
    writeFileSync(draft, withPlaces(readFileSync(draft)));
  }
  const printed = run("wasm-opt", draft, "-o", from, ...(process.env.QUICK ? [] : ["--reorder-functions-by-name"]), ...passes,
    ...(process.env.QUICK ? ["-g"] : ["--strip-debug"]), "--strip-producers", "--strip-target-features");
  writeFileSync(`${to}.lzma`, compress(readFileSync(from), process.env.QUICK ? 1 : 9));
  return printed;
}

// Which modules make up each part that is fetched later: wasm-split-cli writes it down as code.
function made() {
  const text = readFileSync(`${work}/__wasm_split.js`, "utf8");
  const chunks = new Map([...text.matchAll(/const (__chunk_\d+) = makeLoad\(.*?"\.\/(\w+)\.wasm"/gs)].map(([, name, file]) => [name, file]));
  const loads = text.matchAll(/export const __wasm_split_load_(\w+) = wrapAsyncCb\(makeLoad\(.*?"\.\/(\w+)\.wasm".*?, \[(.*?)\]\)\);/gs);
  return Object.fromEntries([...loads].map(([, part, file, needs]) =>
    [part, [...needs.split(", ").filter(Boolean).map((name) => chunks.get(name)), file]]));
}

// What the loader hands to whatever joins the other modules: what all of them share with the first.
function sharing({ exports }) {
  const after = new Map(exports);
  const imports = pieces.flatMap((piece) => WebAssembly.Module.imports(new WebAssembly.Module(readFileSync(`${work}/${piece}.wasm`))));
  const properties = new Set(imports.map(({ module, name }) => {
    if (module !== SHARED || !after.has(name)) throw new Error(`the first module shares no ${module}.${name}`);
    return `${name}: wasm.${after.get(name)}`;
  }));
  return `\nexport const shared = () => ({ ${[...properties].join(", ")} });\n`;
}

// An import is a method of the loader's table, an export a property of `wasm`; all imports come from one table now.
function renamed(text, { imports, exports }) {
  const swap = (before, after) => {
    if (!text.includes(before)) throw new Error(`the loader has no ${before}`);
    text = text.replaceAll(before, after);
  };
  for (const [from, before, after] of imports) {
    if (from !== LATER) swap(`${before}: function`, `${after}: function`);
  }
  for (const [before, after] of exports) {
    text = text.replace(new RegExp(`\\bwasm\\.${before}\\b`, "g"), () => `wasm.${after}`);
  }
  const loads = imports.filter(([from]) => from === LATER).map(([, before, after]) => `${after}: import1.${before}`);
  swap(`"${LATER}": import1,`, `a: { ...import0, ${loads.join(", ")} },`);
  swap(`"./first_bg.js": import0,`, "");
  // The page is started in one way only.
  swap("export { initSync, ", "export { ");
  return text;
}

// The module, with a name section that calls each function by its place in the best order.
function withPlaces(bytes) {
  const { bodies, imported } = functions(bytes);
  const place = new Map(order(bodies).map((number, place) => [number, place]));
  const called = bodies.map((_, number) => [...leb(imported + number), ...text(String(place.get(number)).padStart(5, "0"))]);
  const inner = [...leb(called.length), ...called.flat()];
  const section = [...text("name"), 1, ...leb(inner.length), ...inner];
  return Buffer.concat([bytes, Buffer.from([0, ...leb(section.length), ...section])]);
}

// The bodies of a module's own functions, and how many functions it imports.
function functions(bytes) {
  let at = 8;
  const number = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  };
  const skip = () => {
    const length = number();
    at += length;
  };
  let imported = 0;
  while (at < bytes.length) {
    const [kind, length] = [bytes[at++], number()];
    const end = at + length;
    if (kind === IMPORTS) {
      for (let left = number(); left > 0; left -= 1) {
        skip();
        skip();
        const what = bytes[at++];
        if (what === FUNCTION) {
          imported += 1;
          number();
        } else if (what === GLOBAL) {
          at += 2;
        } else if (what === TABLE || what === MEMORY) {
          if (what === TABLE) at += 1;
          const bounded = number() & 1;
          for (let bounds = 0; bounds <= bounded; bounds += 1) number();
        } else {
          throw new Error(`the module imports what is no function, table, memory or global: ${what}`);
        }
      }
    } else if (kind === CODE) {
      const bodies = Array.from({ length: number() }, () => {
        const start = at;
        skip();
        return bytes.subarray(start, at);
      });
      return { bodies, imported };
    }
    at = end;
  }
  throw new Error("the module has no code");
}

function leb(number) {
  return number < 128 ? [number] : [(number % 128) | 128, ...leb(Math.floor(number / 128))];
}

function text(string) {
  return [...leb(string.length), ...Buffer.from(string, "latin1")];
}
