// Unpacks the page's module, which travels as LZMA: a fifth smaller than as gzip, and unpacked in some 50 ms.
// scripts/pack.mjs bundles this with the loader.
import { Decoder } from "../node_modules/lzma1/lib/decoder.js";
import { InputBuffer, OutputBuffer } from "../node_modules/lzma1/lib/streams.js";

// Larger than the module; it grows when it has to.
const ROOM_BYTES = 1 << 20;

export function unpack(packed) {
  const module = new OutputBuffer(ROOM_BYTES);
  new Decoder().decompress(new InputBuffer(packed), module);
  return module.toArray();
}
