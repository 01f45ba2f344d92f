// How much the built page asks of the browser: `make bench`, or `node benches/page.mjs [busy] [crowd] [renders] [scrub]
// [heap]` for some of it. Compare figures of one run with each other.
//
//   busy     the share of wall time in which the main thread works while one write is on its way, and where it goes
//   crowd    the same with some 300 messages on their way, and how many frames a second are shown
//   renders  how many changes of the document an event makes, and in which parts of the page
//   scrub    from the input on the scrubber to the end of the frame that shows the moment, over ten minutes
//   heap     what is kept before and after a minute, collected
import { changes, sum } from "../tests/browser/changes.mjs";
import { Harbor, plain } from "../tests/browser/harbor.mjs";
import { ready, start } from "../tests/browser/harness.mjs";
import { frames, gauge, jumps, kept, seconds, watchMemory } from "./gauge.mjs";

const SPEEDS = ["1/100", "1/10", "1×", "10×"];
const FRAME_MS = 1000 / 60;
/** A long line, so that so many are on their way although no more is done than one machine can show. */
const CROWD = ["link md-db-4 sg-db-1 latency=1s", "burst 75/s for 600s", "run 4s"];

const parts = {
  async busy(visit) {
    for (const speed of SPEEDS) {
      const { harbor, cdp } = await visit();
      // At the speed that the page begins with, one booking is on its way all the time; faster, the next ones follow.
      if (speed === SPEEDS[0]) await harbor.reserve.click();
      else await harbor.command("burst 8/s for 600s");
      await harbor.page.getByLabel("Speed").selectOption(speed);
      await harbor.play.click();
      await harbor.region("Timeline").locator(".sheet").waitFor();
      tell(`busy, one write on its way at ${speed}`, shares(await gauge(cdp, () => seconds(6))));
      tell("", `${(await frames(harbor.page, cdp)).says}`);
    }
  },

  async crowd(visit) {
    for (const speed of SPEEDS) {
      const { harbor, cdp } = await visit();
      for (const line of CROWD) await harbor.command(line);
      await harbor.page.getByLabel("Speed").selectOption(speed);
      await harbor.play.click();
      await seconds(1);
      const busy = await gauge(cdp, () => seconds(4));
      const shown = await frames(harbor.page, cdp);
      const count = plain(await harbor.page.locator(".stage-tools .count").innerText());
      const drawn = await harbor.page.locator(".token").count();
      tell(`crowd at ${speed}: ${count} messages on their way, ${drawn} tokens`, `${shares(busy)}; ${shown.says}`);
    }
  },

  async renders(visit) {
    const { harbor } = await visit({ reducedMotion: "reduce" });
    await harbor.reserve.click();
    await harbor.button("Step").click();
    await harbor.region("Timeline").locator(".sheet").waitFor();
    for (let step = 0; step < 12; step += 1) {
      const counts = await changes(harbor.page, () => harbor.button("Step").click());
      tell(`renders, ${(await harbor.transcript()).at(-1)}`, told(counts));
    }
    await harbor.page.getByLabel("Speed").selectOption("1/1000");
    await harbor.play.click();
    await seconds(1);
    tell("renders, a second of which a millisecond is shown", told(await changes(harbor.page, () => seconds(1))));
  },

  async scrub(visit) {
    for (const [name, line] of [["at rest", "burst 1/s for 600s"], ["200 bookings a second", "burst 200/s for 600s"]]) {
      const { harbor, page, cdp } = await visit();
      await harbor.command(line);
      for (let minute = 0; minute < 10; minute += 1) await harbor.command("run 60s");
      await page.waitForFunction(() => document.querySelector(".clock b").textContent.startsWith("10 min"), null, { timeout: 120_000 });
      await harbor.region("Timeline").locator(".sheet").waitFor();
      for (const slider of [".scrubber input", ".sheet-slider"]) {
        const all = await jumps(page, cdp, slider, 40);
        const [took, processor] = ["took", "processor"].map((name) => all.map((jump) => jump[name]).sort((one, other) => one - other));
        const within = took.filter((millis) => millis <= FRAME_MS).length;
        const say = (sorted) => `median ${sorted[sorted.length >> 1].toFixed(1)} ms, worst ${sorted.at(-1).toFixed(1)} ms`;
        tell(`scrub, ${name}, ${slider}`, `${say(took)}, ${within} of ${took.length} within a frame (processor ${say(processor)})`);
      }
    }
  },

  async heap(visit) {
    const { harbor, page, cdp } = await visit();
    await watchMemory(page);
    await ready(page);
    await harbor.command("burst 8/s for 600s");
    await harbor.page.getByLabel("Speed").selectOption("1×");
    await harbor.play.click();
    await seconds(5);
    const before = await kept(page, cdp);
    await seconds(60);
    const after = await kept(page, cdp);
    const say = ({ script, module, nodes }) => `${script.toFixed(2)} MB of script, ${module.toFixed(2)} MB of module, ${nodes} nodes`;
    tell("heap, after 5 s at 1×", say(before));
    tell("heap, a minute later", say(after));
  },
};

/** Counts of changes, the most first. */
function told(counts) {
  const sorted = Object.entries(counts).sort(([, one], [, other]) => other - one);
  return `${sum(counts)} changes: ${sorted.map(([part, count]) => `${part} ${count}`).join(", ")}`;
}

/** The shares of a second, in per cent. */
function shares({ task, processor, script, style, layout }) {
  const cent = (share) => `${(share * 100).toFixed(1)} %`;
  return `${cent(task)} busy (processor ${cent(processor)}; script ${cent(script)}, style ${cent(style)}, layout ${cent(layout)})`;
}

function tell(what, figure) {
  console.log(`${what.padEnd(60)} ${figure}`);
}

const wanted = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(parts);
const unknown = wanted.filter((name) => !(name in parts));
if (unknown.length > 0) {
  console.error(`${unknown.join(", ")}: unknown; there is ${Object.keys(parts).join(", ")}`);
  process.exit(2);
}
const { visit, stop } = await start();
try {
  for (const name of wanted) {
    const pages = [];
    await parts[name](async (options) => {
      // One page at a time: another one's clock would work beside it.
      await pages.pop()?.context().close();
      const { page } = await visit(options);
      pages.push(page);
      const cdp = await page.context().newCDPSession(page);
      await cdp.send("Performance.enable");
      return { page, harbor: new Harbor(page), cdp };
    });
    await pages.pop()?.context().close();
  }
} finally {
  await stop();
}
