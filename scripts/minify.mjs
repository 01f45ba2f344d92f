// Runs after each build of the page: minifies the module's loader, which trunk's own minifier does not understand, and
// what the two call each other. Those names end in hashes, which no compression shortens; numbers as long do as well.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { minify } from "terser";

const folder = process.env.TRUNK_STAGING_DIR;
const [loader, module] = [".js", ".wasm"].map((kind) => readdirSync(folder).find((name) => name.endsWith(kind)))
  .map((name) => `${folder}/${name}`);
const { code } = await minify(readFileSync(loader, "utf8"), { module: true });
const hashes = [...new Set(code.match(/(?<=__wb\w+_)[0-9a-f]{16}\b/g))];
const shorter = (text) => hashes.reduce((text, hash, place) =>
  text.replaceAll(hash, String(place).padStart(hash.length, "0")), text);
writeFileSync(loader, shorter(code));
writeFileSync(module, shorter(readFileSync(module, "latin1")), "latin1");
