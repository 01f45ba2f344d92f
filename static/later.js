// Fetches the part of the program that the page does not begin with, and joins it to what runs. scripts/pack.mjs bundles
// this with the loader: `page` is the loader itself, `shared` what both parts have in common.
import { shared } from "page";
import { unpack } from "./unpack.js";

let coming;

async function join() {
  const address = document.querySelector("link[rel=preload]").href.replace(/_bg\.wasm\.lzma$/, "_later.wasm.lzma");
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  await WebAssembly.instantiate(unpack(new Uint8Array(await answer.arrayBuffer())), { __wasm_split: shared() });
}

// What did not come is asked for anew the next time.
export async function __wasm_split_load_later(callback, data) {
  coming ??= join();
  const came = await coming.then(() => true, () => false);
  if (!came) coming = undefined;
  shared().__indirect_function_table.get(callback)(data, Number(came));
}
