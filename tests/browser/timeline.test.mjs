// The run over time: it is a scrubber, it names what someone points at, it can be kept as a drawing.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { eventually, harborTest, plain } from "./harbor.mjs";

/** The timeline in a person's hands. */
class Timeline {
  constructor(harbor) {
    this.harbor = harbor;
    this.page = harbor.page;
    this.region = harbor.region("Timeline");
    this.slider = this.page.getByRole("slider", { name: "Point in time" });
    this.readout = this.region.getByRole("paragraph");
  }

  /** A point of the drawing: shares of its width and height. */
  async at(x, y = 0.5) {
    await this.slider.evaluate((slider) => slider.scrollIntoView({ block: "center" }));
    const box = await this.slider.boundingBox();
    return [box.x + box.width * x, box.y + box.height * y];
  }

  says() {
    return this.slider.getAttribute("aria-valuetext");
  }

  async zoom(name) {
    await this.harbor.button(name, this.region).click();
  }

  /** The names that stand in the drawing, beside messages and in cells. */
  async texts() {
    return this.region.locator(".voyage-says, .cell text").allTextContents();
  }

  /** Where the fog begins that covers what nobody has seen, as a share of the drawing. */
  async fog() {
    const [fog, box] = await Promise.all([this.region.locator(".fog-unknown").boundingBox(), this.slider.boundingBox()]);
    return (fog.x - box.x) / box.width;
  }
}

const withTimeline = (name, body) => harborTest(name, (given) => body({ ...given, timeline: new Timeline(given.harbor) }));

const millis = async (harbor) => Number((await harbor.clock()).split(" ms")[0].replaceAll(" ", ""));

withTimeline("what happens is drawn, and what has not happened yet lies in fog", async ({ harbor, timeline }) => {
  await harbor.reserve.click();
  await harbor.stepUntil("md-db-2 | durable through 27:981244");
  await eventually(async () => {
    assert.deepEqual(await timeline.texts(), ["C14", "C14", "C14", "C14", "r1 C14", "r1 C14", "append 981244", "durable 981244"]);
    assert.ok(Math.abs(await timeline.fog() - 9.041 / 25) < 0.01, "the fog begins at the present");
  });
  assert.equal(await timeline.says(), "9.041 ms, C14 on md-db-2's disk");
  await harbor.stepUntil("commit index 981244 under sync-quorum");
  await eventually(async () => assert.equal(await timeline.says(), "10.046 ms, 201 Created for r1"));
});

withTimeline("it leads to any moment, by pointer and by key", async ({ harbor, page, timeline }) => {
  await harbor.commands("reserve C14 for 5521 as r1", "run 24ms");
  await page.mouse.move(...await timeline.at(0.9, 0.95));
  await page.mouse.down();
  for (const share of [0.7, 0.5, 0.4]) await page.mouse.move(...await timeline.at(share, 0.95));
  await eventually(async () => assert.ok(Math.abs(await millis(harbor) - 10) < 0.2, await harbor.clock()));
  assert.match(await harbor.head(), /not yet committed 981244/);
  await page.mouse.up();
  assert.ok(Math.abs(await millis(harbor) - 10) < 0.2, "letting go moves nothing");

  await page.mouse.click(...await timeline.at(0.8, 0.95));
  await eventually(async () => assert.ok(Math.abs(await millis(harbor) - 20) < 0.2));
  assert.match(await harbor.head(), /not yet committed nothing/);

  await timeline.slider.focus();
  await page.keyboard.press("Home");
  await eventually(async () => assert.match(await harbor.clock(), /^0\.000 ms/));
  for (const step of ["5.000 ms", "6.000 ms"]) {
    await page.keyboard.press("ArrowRight");
    await eventually(async () => assert.ok((await harbor.clock()).startsWith(step), step));
  }
  await page.keyboard.press("ArrowLeft");
  await eventually(async () => assert.ok((await harbor.clock()).startsWith("5.000 ms")));
  await page.keyboard.press("End");
  await eventually(async () => assert.ok((await harbor.clock()).startsWith("24.000 ms"), "no farther than the run has come"));
});

withTimeline("who points at a message is told its name, and sees it leave with a click", async ({ harbor, page, timeline }) => {
  await harbor.commands("reserve C14 for 5521 as r1", "run 24ms");
  // Half way between 6.000 and 7.041 ms, between the third line and the fourth.
  const [x] = await timeline.at(6.52 / 25);
  const { y, height } = await timeline.region.locator(".lane-name").nth(2).boundingBox();
  const next = await timeline.region.locator(".lane-name").nth(3).boundingBox();
  await page.mouse.move(x, (y + next.y + height) / 2);
  const told = "append 981244, md-db-4 to md-db-2: sent 6.000 ms, arrived 7.041 ms";
  await eventually(async () => assert.equal(plain(await timeline.readout.innerText()), told));
  assert.equal(await timeline.region.locator(".is-pointed").count(), 1);
  await page.mouse.down();
  await page.mouse.up();
  await eventually(async () => assert.match(await harbor.clock(), /^6\.000 ms/));
  assert.equal((await harbor.transcript()).at(-1), "md-db-4 | sent to sg-db-1: append 981244 after 27:981243, commit index 981243");
  await page.mouse.move(5, 5);
  await eventually(async () => assert.match(await timeline.readout.innerText(), /^drag/));
});

withTimeline("keys lead from message to message, and what is lost is told with its reason", async ({ harbor, page, timeline }) => {
  await harbor.commands("cut md-db-4 sg-db-1", "reserve C14 for 5521 as r1", "run 24ms");
  await timeline.slider.focus();
  await page.keyboard.press("Home");
  const told = async (key, expected) => {
    await page.keyboard.press(key);
    await eventually(async () => assert.match(await timeline.readout.innerText(), expected));
    assert.match(await timeline.says(), expected.source.startsWith("^") ? new RegExp(expected.source.slice(1)) : expected);
  };
  await told("ArrowDown", /^r1 C14, customers to gateway: sent 0\.000 ms, arrived 5\.000 ms$/);
  await told("ArrowDown", /^r1 C14, gateway to md-db-4: /);
  await told("ArrowDown", /^append 981244, md-db-4 to md-db-2: /);
  await told("ArrowDown", /^append 981244, md-db-4 to sg-db-1: sent 6\.000 ms, lost 6\.000 ms: the link is cut$/);
  await told("ArrowUp", /^append 981244, md-db-4 to md-db-2: /);
  await page.keyboard.press("Enter");
  await eventually(async () => assert.match(await harbor.clock(), /^6\.000 ms/));
  assert.equal(await timeline.region.locator(".voyage.is-lost .cross").count(), 2, "the append, and the news of the commit");
});

withTimeline("it shows as much as is wanted, and turns over with the present", async ({ harbor, timeline }) => {
  const moments = async () => timeline.region.locator(".tick-says").allTextContents();
  await harbor.commands("reserve C14 for 5521 as r1", "run until sg-db-1 applied 981244");
  await eventually(async () => assert.equal((await moments())[0], "110 ms"));
  await timeline.zoom("all");
  await eventually(async () => assert.equal((await moments()).at(-1), "200 ms"));
  assert.ok((await timeline.texts()).includes("append 981244"));
  await timeline.zoom("10 ms");
  await eventually(async () => assert.equal((await moments())[0], "115 ms"));
  assert.deepEqual(await timeline.region.getByRole("button", { pressed: true }).allInnerTexts(), ["10 ms"]);
  await harbor.button("To the start").click();
  await eventually(async () => assert.equal((await moments())[0], "0 ms"));
});

withTimeline("while time runs it goes along, and can be folded away", async ({ harbor, page, timeline }) => {
  await page.emulateMedia({ reducedMotion: "no-preference" });
  await harbor.reserve.click();
  // So long that the page does not turn over, however slow the machine is.
  await timeline.zoom("150 ms");
  await harbor.play.click();
  await eventually(async () => assert.ok((await timeline.texts()).includes("append 981244")));
  const before = await timeline.fog();
  await eventually(async () => assert.ok(await timeline.fog() > before));
  await harbor.play.click();
  await eventually(async () => assert.ok(Math.abs(await timeline.fog() - await millis(harbor) / 150) < 0.005));
  const fold = harbor.button("Timeline");
  await fold.click();
  await timeline.slider.waitFor({ state: "detached" });
  assert.equal(await fold.getAttribute("aria-expanded"), "false");
  await harbor.button("Step").click();
  await fold.press("Enter");
  await timeline.slider.waitFor();
  assert.ok((await timeline.texts()).includes("append 981244"));
});

withTimeline("the past dims what was to come, and another future takes its place", async ({ harbor, timeline }) => {
  await harbor.commands("reserve C14 for 5521 as r1", "run 24ms");
  await harbor.slider.press("Home");
  await eventually(async () => assert.equal(await timeline.says(), "0.000 ms"));
  assert.ok((await timeline.texts()).includes("201 Created"), "it is dimmed, and can be gone to");
  await harbor.button("Crash md-db-4").click();
  await harbor.command("run 24ms");
  await eventually(async () => assert.ok((await timeline.region.locator(".point text").allTextContents()).includes("crash")));
  assert.ok(!(await timeline.texts()).includes("201 Created"));
});

withTimeline("it is kept as a drawing that stands alone", async ({ harbor, page, timeline }) => {
  await harbor.commands("cut md-db-4 sg-db-1", "reserve C14 for 5521 as r1", "run 24ms");
  const download = page.waitForEvent("download");
  await harbor.button("Save as SVG", timeline.region).click();
  const file = await download;
  assert.equal(file.suggestedFilename(), "harbor-point.svg");
  const text = await readFile(await file.path(), "utf8");
  assert.equal(await timeline.region.locator(".sheet .voyage").count(), 10, "as many as on the page");
  // An empty page reads it: ours lets no style in.
  await page.goto("about:blank");
  const found = await page.evaluate((source) => {
    const drawing = new DOMParser().parseFromString(source, "application/xml");
    const all = (selector) => [...drawing.querySelectorAll(selector)];
    const inside = "svg > svg > svg ";
    return {
      wrong: all("parsererror").map((error) => error.textContent), root: drawing.documentElement.namespaceURI,
      title: drawing.querySelector("title").textContent, says: all(".file-says")[0].textContent,
      voyages: all(`${inside}.voyage`).length, lost: all(`${inside}.voyage.is-lost`).length,
      lanes: all(".lane-name").map((lane) => lane.textContent), legend: all("svg > .file-says").length - 1,
      linked: all("[href], [src], image, use, script, link").length,
    };
  }, text);
  assert.deepEqual(found, {
    wrong: [], root: "http://www.w3.org/2000/svg", title: "Harbor Point at 24.000 ms", says: found.says,
    voyages: 10, lost: 2, lanes: ["customers", "gateway", "md-db-4", "md-db-2", "sg-db-1"], legend: 8, linked: 0,
  });
  assert.match(found.says, /^10 messages, sent or under way from 0\.000 ms to 24\.000 ms\./);
});
