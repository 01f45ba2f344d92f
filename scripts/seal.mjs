// Runs after each build of the page: names the inlined styles and script in its Content-Security-Policy by their
// SHA-256, so that the policy needs no 'unsafe-inline'.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";

const file = `${process.env.TRUNK_STAGING_DIR}/index.html`;
// One block of styles needs one hash, and hashes do not compress.
let html = readFileSync(file, "utf8").replace(/<\/style>\s*<style>/g, "");
for (const tag of ["style", "script"]) {
  const inlined = [...html.matchAll(new RegExp(`<${tag}(?: [^>]*)?>(.+?)</${tag}>`, "gs"))];
  const hashes = inlined.map(([, text]) => ` 'sha256-${createHash("sha256").update(text).digest("base64")}'`);
  const directive = `${tag}-src 'self'`;
  if (!html.includes(directive)) throw new Error(`index.html has no policy with ${directive}`);
  html = html.replace(directive, directive + hashes.join(""));
}
writeFileSync(file, html);
