// In which order the functions of a module compress best. To repeat something costs less the nearer it is, and what the
// compiler puts side by side seldom looks alike; so each function follows those that have most of it already.
const WINDOW_BYTES = 8_000; // How far back is near. Measured: half and double cost up to a kilobyte more.
const SHINGLE_BYTES = 6; // Shorter repetitions are everywhere, and save next to nothing.

// The numbers of `bodies` (buffers), best order first. The same bodies always get the same order.
export function order(bodies) {
  const holders = new Map(); // By shingle: who has it.
  for (const [number, body] of bodies.entries()) {
    for (const shingle of shingles(body)) holders.set(shingle, [...(holders.get(shingle) ?? []), number]);
  }
  const held = bodies.map((body) =>
    [...shingles(body)].map((shingle) => holders.get(shingle)).filter((all) => all.length > 1));

  const known = new Array(bodies.length).fill(0); // How many shingles of each function are within the window.
  const seen = new Map(); // By shingle: how often it is within the window.
  const count = (number, change) => {
    for (const all of held[number]) {
      const before = seen.get(all) ?? 0;
      seen.set(all, before + change);
      if (before === 0 || before + change === 0) for (const other of all) known[other] += change;
    }
  };

  const left = new Set(bodies.keys());
  const placed = [];
  let oldest = 0;
  let bytes = 0;
  for (let next = 0; next !== undefined; next = best(left, known, bodies)) {
    placed.push(next);
    left.delete(next);
    count(next, 1);
    bytes += bodies[next].length;
    while (bytes > WINDOW_BYTES && oldest < placed.length - 1) {
      bytes -= bodies[placed[oldest]].length;
      count(placed[oldest++], -1);
    }
  }
  return placed;
}

// Between the most bytes known and the largest share known: the root of the length weighs the two.
function best(left, known, bodies) {
  let found;
  let highest = -1;
  for (const number of left) {
    const score = known[number] / Math.sqrt(bodies[number].length);
    if (score > highest) [found, highest] = [number, score];
  }
  return found;
}

function shingles(body) {
  const found = new Set();
  for (let at = 0; at + SHINGLE_BYTES <= body.length; at += 1) found.add(body.readUIntBE(at, SHINGLE_BYTES));
  return found;
}
