// Fetches a part of the program that the page does not begin with, with its styles, and joins it to what runs.
// scripts/pack.mjs bundles this with the loader. `page` is the loader itself: `shared` is what all parts have in common,
// `parts` says which modules make up each part.
import { parts, shared } from "page";
import { unpack } from "./unpack.js";

const coming = new Map(); // By the address of what comes.

// What did not come is asked for anew the next time.
function once(address, come) {
  if (!coming.has(address)) {
    coming.set(address, come(address).catch((error) => {
      coming.delete(address);
      throw error;
    }));
  }
  return coming.get(address);
}

const beside = (ending) => document.querySelector("link[rel=preload]").href.replace(/_bg\.wasm\.lzma$/, ending);

async function dress(address) {
  const styles = document.createElement("link");
  styles.rel = "stylesheet";
  styles.href = address;
  const styled = new Promise((done, failed) => {
    styles.onload = done;
    styles.onerror = failed;
  });
  document.head.append(styles);
  await styled.catch((error) => {
    styles.remove();
    throw error;
  });
}

async function get(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return unpack(new Uint8Array(await answer.arrayBuffer()));
}

async function join(part) {
  const modules = parts[part].map((name) => beside(`_${name}.wasm.lzma`));
  const [, ...texts] = await Promise.all([once(beside("_later.css"), dress), ...modules.map((address) => once(address, get))]);
  // One after the other: what several parts have in common stands first.
  for (const [place, text] of texts.entries()) {
    await once(`${modules[place]} joined`, () => WebAssembly.instantiate(text, { __wasm_split: shared() }));
  }
}

async function load(part, callback, data) {
  const came = await join(part).then(() => true, () => false);
  shared().__indirect_function_table.get(callback)(data, Number(came));
}

export const __wasm_split_load_later = (callback, data) => load("later", callback, data);
export const __wasm_split_load_lessons = (callback, data) => load("lessons", callback, data);
