// Runs after each build of the page: makes the module and its loader small on the wire.
//   1. wasm-opt shrinks the module, and gives one letter or two to what it and its loader call each other.
//   2. Its functions are put into the order in which they compress best (order.mjs).
//   3. It is compressed with LZMA, a fifth better than the gzip of its host would.
//   4. The loader and what unpacks the module become one file, which terser shrinks.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { build } from "esbuild";
import { compress } from "lzma1";
import { minify } from "terser";
import { order } from "./order.mjs";

// As the binary format numbers its sections, and what can be imported.
const [IMPORTS, CODE, FUNCTION] = [2, 10, 0];

const folder = process.env.TRUNK_STAGING_DIR;
const [loader, module] = [".js", ".wasm"].map((kind) => readdirSync(folder).find((name) => name.endsWith(kind)))
  .map((name) => `${folder}/${name}`);
const draft = `${module}.draft`;
const optimize = (from, to, ...passes) => execFileSync("wasm-opt", [from, "-o", to, ...passes], { encoding: "utf8" });

// The stack lies lowest in memory and grows down, so nothing comes near its first kilobyte but a stack that overflows.
optimize(module, draft, "-Oz", "--converge", "--low-memory-unused");
writeFileSync(draft, withPlaces(readFileSync(draft)));
const names = optimize(draft, module, "--reorder-functions-by-name", "--minify-imports-and-exports-and-modules",
  "--strip-producers", "--strip-target-features");
rmSync(draft);

const packed = `${module}.lzma`;
writeFileSync(packed, compress(readFileSync(module), 9));
rmSync(module);
const document = `${folder}/index.html`;
writeFileSync(document, readFileSync(document, "utf8").replace(basename(module), basename(packed)));

writeFileSync(loader, renamed(readFileSync(loader, "utf8"), JSON.parse(names)));
const { outputFiles } = await build({
  stdin: { contents: `export { default } from "${loader}"; export { unpack } from "./static/unpack.js"`, resolveDir: "." },
  bundle: true, format: "esm", target: "es2022", write: false,
});
const { code } = await minify(outputFiles[0].text, { module: true, ecma: 2022, compress: { passes: 3 } });
writeFileSync(loader, code);

// An import is a method of the loader's table, an export a property of `wasm`; the table itself bears a file's name.
function renamed(text, { imports, exports }) {
  const swap = (before, after) => {
    if (!text.includes(before)) throw new Error(`the loader has no ${before}`);
    text = text.replaceAll(before, after);
  };
  for (const [, before, after] of imports) swap(`${before}: function`, `${after}: function`);
  for (const [before, after] of exports) {
    text = text.replace(new RegExp(`\\bwasm\\.${before}\\b`, "g"), () => `wasm.${after}`);
  }
  swap(`${JSON.stringify(imports[0][0])}: import`, "a: import");
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
      for (let left = number(); left > 0; left -= 1, imported += 1) {
        skip();
        skip();
        if (bytes[at++] !== FUNCTION) throw new Error("the module imports more than functions");
        number();
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
