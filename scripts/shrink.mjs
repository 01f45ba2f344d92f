// Runs after each build of the page: the module and its script call each other by short names instead of long ones with
// hashes, and the script loses its indentation. Nearly 5 kB less on the wire.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";

const folder = process.env.TRUNK_STAGING_DIR;
const [wasm, js] = [/\.wasm$/, /\.js$/].map((kind) => `${folder}/${readdirSync(folder).find((file) => kind.test(file))}`);

// Renames them in the module, and tells how.
const renamed = execFileSync("wasm-opt", ["--minify-imports-and-exports-and-modules", wasm, "-o", wasm]);
const { imports, exports } = JSON.parse(renamed);
const from = new Map(imports.map(([, long, short]) => [long, short]));
const to = new Map(exports);

const rename = (names, name) => names.get(name) ?? fail(`${name} is unknown to the module`);
const [module] = new Set(imports.map(([module]) => module));
const script = readFileSync(js, "utf8")
  .replace(/^ +(__wb\w+)(?=: function)/gm, (_, name) => rename(from, name))
  .replace(/\bwasm\.(\w+)/g, (_, name) => `wasm.${rename(to, name)}`)
  .replace(`"${module}": import0`, "a: import0")
  .replace(/^ +|\n(?=\n)/gm, "");
if (!script.includes("a: import0")) fail("the script's imports were not found");
writeFileSync(js, script);

function fail(problem) {
  throw new Error(`shrink: ${problem}`);
}
