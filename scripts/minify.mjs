// Runs after each build of the page: minifies the module's loader, which trunk's own minifier does not understand.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { minify } from "terser";

const folder = process.env.TRUNK_STAGING_DIR;
for (const name of readdirSync(folder).filter((name) => name.endsWith(".js"))) {
  const { code } = await minify(readFileSync(`${folder}/${name}`, "utf8"), { module: true });
  writeFileSync(`${folder}/${name}`, code);
}
