// Links as the page makes them, for tests that need wrong ones: fields with a checksum before them.

/** The checksum of Ethernet (ISO-HDLC). */
function crc32(bytes) {
  const step = (sum) => (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  return ~bytes.reduce((sum, byte) => Array(8).fill().reduce(step, sum ^ byte), -1) >>> 0;
}

const encode = (text) => encodeURIComponent(text).replace(/[!'()*_~]/g, (sign) =>
  `%${sign.charCodeAt(0).toString(16).toUpperCase()}`).replaceAll("%20", "+").replaceAll("%0A", ";");

/** Fields `[name, value]` as a fragment with a right checksum. */
export function seal(fields) {
  const bytes = fields.flatMap(([name, value]) => [...Buffer.from(name), 0xfe, ...Buffer.from(value), 0xff]);
  const sum = crc32(bytes).toString(16).padStart(8, "0");
  return [sum, ...fields.map(([name, value]) => `${encode(name)}=${encode(value)}`)].join("&");
}

/** The fragment for a moment of a script. */
export const link = ({ script, at, step }) => seal([["v", "1"], ["script", script], ["at", at], ["step", step]]);
