// What can be measured of a page from outside: how busy its main thread is, what it shows, how soon it answers,
// what it keeps.

const MEGABYTE = 1e6;
/** How long frames are counted. */
const FRAMES_S = 3;

export const seconds = (count) => new Promise((resolve) => setTimeout(resolve, count * 1000));

async function metrics(cdp) {
  const { metrics: all } = await cdp.send("Performance.getMetrics");
  return Object.fromEntries(all.map(({ name, value }) => [name, value]));
}

/**
 * The shares of wall time that the main thread takes while `during` lasts: all its tasks, and the main parts of them. On
 * a machine that does other work too a task takes longer than the processor works on it, which `processor` tells.
 */
export async function gauge(cdp, during) {
  const before = await metrics(cdp);
  await during();
  const after = await metrics(cdp);
  const wall = after.Timestamp - before.Timestamp;
  const share = (name) => (after[name] - before[name]) / wall;
  return {
    task: share("TaskDuration"), processor: share("ThreadTime"), script: share("ScriptDuration"),
    style: share("RecalcStyleDuration"), layout: share("LayoutDuration"),
  };
}

/**
 * Frames a second, as two see them: the page, which is asked for an animation frame each time, and the compositor, which
 * moves what moves by itself whether or not the page has time. `longest` is the longest wait for a frame of the page.
 */
export async function frames(page, cdp) {
  const drawn = await traced(cdp, () => seconds(FRAMES_S));
  const { count, longest } = await page.evaluate((millis) => new Promise((resolve) => {
    const began = performance.now();
    let [last, count, longest] = [began, 0, 0];
    requestAnimationFrame(function frame(now) {
      [longest, last, count] = [Math.max(longest, now - last), now, count + 1];
      if (now - began < millis) requestAnimationFrame(frame);
      else resolve({ count: count / (now - began) * 1000, longest });
    });
  }), FRAMES_S * 1000);
  const says = `${count.toFixed(1)} frames a second of the page, the longest ${longest.toFixed(0)} ms; `
    + `${(drawn / FRAMES_S).toFixed(1)} of the compositor`;
  return { count, longest, drawn, says };
}

/** How many frames the compositor draws while `during` lasts. */
async function traced(cdp, during) {
  let drawn = 0;
  const collect = ({ value }) => { drawn += value.filter(({ name }) => name === "DrawFrame").length; };
  cdp.on("Tracing.dataCollected", collect);
  await cdp.send("Tracing.start", { transferMode: "ReportEvents", traceConfig: { includedCategories: ["disabled-by-default-devtools.timeline.frame", "devtools.timeline.frame"] } });
  await during();
  const complete = new Promise((resolve) => cdp.once("Tracing.tracingComplete", resolve));
  await cdp.send("Tracing.end");
  await complete;
  cdp.off("Tracing.dataCollected", collect);
  return drawn;
}

/**
 * Moves a slider to so many places, all over it. Of each jump, milliseconds: what passes from the input to the end of the
 * frame that shows the moment, and how long the processor works on it in the main thread meanwhile.
 */
export async function jumps(page, cdp, slider, count) {
  const all = [];
  for (let jump = 0; jump < count; jump += 1) {
    const before = await metrics(cdp);
    // By the golden ratio: everywhere, near and far in turn.
    const took = await page.evaluate(jumpTo, { slider, place: (jump * 0.618_033_988_75 + 0.3) % 1 });
    const { ThreadTime } = await metrics(cdp);
    all.push({ took, processor: (ThreadTime - before.ThreadTime) * 1000 });
    // What follows when the hand rests is no part of the next jump.
    await seconds(0.4);
  }
  return all;
}

/** Runs in the page. */
function jumpTo({ slider, place }) {
  return new Promise((resolve) => requestAnimationFrame(() => {
    const [input, clock] = [slider, ".clock b"].map((selector) => document.querySelector(selector));
    const [began, shown] = [performance.now(), clock.textContent];
    input.value = Math.round(Number(input.max) * place);
    input.dispatchEvent(new Event("input", { bubbles: true }));
    const { port1, port2 } = new MessageChannel();
    // Sent within a frame, it arrives behind it; a frame that does not show the moment yet is not the one.
    port1.onmessage = () => {
      if (clock.textContent !== shown) resolve(performance.now() - began);
      else requestAnimationFrame(() => port2.postMessage(null));
    };
    port2.postMessage(null);
  }));
}

/** Opens the page anew, so that what its module keeps can be told. */
export async function watchMemory(page) {
  await page.addInitScript(() => {
    window.memories = new Set();
    for (const make of ["instantiate", "instantiateStreaming"]) {
      const original = WebAssembly[make];
      WebAssembly[make] = async (...given) => {
        const made = await original.apply(WebAssembly, given);
        for (const what of Object.values((made.instance ?? made).exports)) {
          if (what instanceof WebAssembly.Memory) window.memories.add(what);
        }
        return made;
      };
    }
  });
  await page.reload();
}

/** What is kept once the waste is collected: megabytes of script and of the module's memory, and nodes of documents. */
export async function kept(page, cdp) {
  await cdp.send("HeapProfiler.enable");
  await cdp.send("HeapProfiler.collectGarbage");
  const { JSHeapUsedSize, Nodes } = await metrics(cdp);
  const module = await page.evaluate(() => [...window.memories].reduce((sum, memory) => sum + memory.buffer.byteLength, 0));
  return { script: JSHeapUsedSize / MEGABYTE, module: module / MEGABYTE, nodes: Nodes };
}
