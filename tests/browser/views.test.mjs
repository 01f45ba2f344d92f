// What can be seen, in every width and both colour schemes: nothing runs out of the page, and the rules for
// accessibility (WCAG 2.2, levels A and AA) find nothing. The pictures are kept for whoever wants to look.
import assert from "node:assert/strict";
import axe from "axe-core";
import { picture, THEMES, WIDTHS } from "./harness.mjs";
import { eventually, harborTest } from "./harbor.mjs";

const RULES = { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], resultTypes: ["violations"] };
/** A drawing that is a button has a name that says it in spoken order, not the drawing's words one after another. */
const ACCEPTED = { rule: "label-content-name-mismatch", on: /^<g [^>]*role="button"/ };

/** The state before something is looked at, from the one before it. */
const SCENES = [
  ["start", async () => {}],
  ["mid-write", async (harbor) => {
    await harbor.reserve.click();
    await harbor.stepUntil("md-db-4 | durable through 27:981244");
  }],
  ["node menu", async (harbor) => {
    await harbor.node("md-db-4").click();
    await harbor.dialog.waitFor();
  }],
  ["messages", async (harbor) => {
    await harbor.page.keyboard.press("Escape");
    await harbor.page.getByRole("button", { name: /^Messages/ }).click();
    await harbor.dialog.getByRole("button", { name: /^append/ }).first().waitFor();
  }],
  ["message", async (harbor) => {
    await harbor.dialog.getByRole("button", { name: /^append/ }).first().click();
    await harbor.dialog.getByRole("button", { name: /^Drop it/ }).waitFor();
  }],
  ["legend", async (harbor) => {
    await harbor.page.keyboard.press("Escape");
    await harbor.button("Legend").click();
    await harbor.dialog.waitFor();
  }],
  ["legend pinned, and runs", async (harbor) => {
    await harbor.button("Pin it below the stage").click();
    await harbor.region("Legend").waitFor();
    await harbor.commands("run 20ms", "pause sg-db-1", "resume sg-db-1");
    await harbor.slider.press("Home");
    await harbor.commands("reserve C16 for 5522 as r2", "run 4ms");
    await harbor.button("Forget the others …").waitFor();
  }],
  ["the first run again", async (harbor) => {
    await harbor.region("Runs").getByRole("button", { name: /^1 / }).click();
    await harbor.button("Unpin").click();
  }],
  ["promotion", async (harbor) => {
    await harbor.page.keyboard.press("Escape");
    await harbor.dialog.waitFor({ state: "detached" });
    await harbor.commands("cut md-db-4 sg-db-1", "cut md-db-2 sg-db-1", "run until r1 201", "crash md-db-4");
    await harbor.choose("sg-db-1", /^Promote/);
    await harbor.button("Force …", harbor.dialog).click();
  }],
  ["lost promise", async (harbor) => {
    await harbor.button("Yes, promote sg-db-1 by force", harbor.dialog).click();
    await harbor.commands("heal", "restart md-db-4", "run until rolled-back 2", "run 20ms");
    await eventually(async () => assert.match(await harbor.promise(), / lost$/));
  }],
  ["why", async (harbor) => {
    await harbor.button("Why? r1").click();
    await harbor.region(/^Why\?/).waitFor();
  }],
  ["reads", async (harbor) => {
    await harbor.commands("objective md-db-2 lag=50ms", "read C14 for 5521 at md-db-2 local", "read C14 at md-db-4 leader", "run 200ms");
    await harbor.region("Reads").getByRole("row").nth(2).waitFor();
    await harbor.region("Reads").getByRole("combobox", { name: "at", exact: true }).selectOption("md-db-2");
  }],
  ["load", async (harbor) => {
    await harbor.commands("burst 400/s for 1s", "run 700ms");
    await harbor.region("Load").getByRole("figure").first().waitFor();
  }],
  ["what could come next", async (harbor) => {
    await harbor.commandBox.fill("set ");
    await harbor.commandBox.press("ArrowDown");
    await harbor.page.getByRole("listbox", { name: "What could come next" }).getByRole("option", { selected: true }).waitFor();
  }],
  ["link quality", async (harbor) => {
    await harbor.button("Quality … of the link md-db-4 to sg-db-1").click();
    await harbor.dialog.getByLabel("bandwidth").waitFor();
  }],
  ["wrong line", async (harbor) => {
    await harbor.page.keyboard.press("Escape");
    await harbor.dialog.waitFor({ state: "detached" });
    await harbor.command("crush md-db-4");
    await eventually(async () => assert.match((await harbor.alerts()).at(-1), /did you mean crash/));
    const notice = await harbor.page.getByText("did you mean crash").boundingBox();
    const bar = await harbor.region("Time").boundingBox();
    assert.ok(notice.y > 0 && notice.y + notice.height <= bar.y, "what is wrong can be read at once");
  }],
  ["other words", async (harbor) => {
    await harbor.button("Words: Raft, PostgreSQL or MongoDB").click();
    await harbor.dialog.getByRole("radio", { name: "PostgreSQL" }).check();
  }],
  ["story for a class", async (harbor) => {
    await harbor.dialog.getByRole("radio", { name: "Raft" }).check();
    await harbor.page.keyboard.press("Escape");
    await harbor.button("The leader crashes, nothing is lost").click();
    await harbor.page.keyboard.press("c");
    await harbor.region("Transcript").waitFor({ state: "hidden" });
    await harbor.page.evaluate(() => scrollTo(0, 0));
  }],
];

for (const theme of THEMES) {
  for (const width of WIDTHS) {
    everyScene(`${width} pixels wide, ${theme}`, `${width}-${theme}`, { theme, width });
  }
}
everyScene("1440 pixels wide at 200 %", "zoomed", { viewport: { width: 720, height: 450 }, deviceScaleFactor: 2 });

function everyScene(how, name, options) {
  harborTest(`every scene, ${how}`, options, async ({ harbor, page }) => {
    await page.evaluate(axe.source);
    for (const [scene, act] of SCENES) {
      await act(harbor);
      await picture(page, `${scene.replaceAll(" ", "-")}-${name}`);
      await assertSound(page, scene);
    }
  });
}

/** Nothing can be scrolled sideways, nothing stands outside the window, and no rule of accessibility is broken. */
async function assertSound(page, scene) {
  const found = await page.evaluate(async (rules) => {
    const root = document.documentElement;
    const { violations } = await globalThis.axe.run(rules);
    const { left = 0, top = 0, right = 0, bottom = 0 } = document.querySelector("dialog")?.getBoundingClientRect() ?? {};
    return {
      beyond: root.scrollWidth - root.clientWidth,
      outside: left < 0 || top < 0 || right > innerWidth || bottom > innerHeight,
      broken: violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => ({ id, html, failureSummary }))),
    };
  }, RULES);
  const accepted = ({ id, html }) => id === ACCEPTED.rule && ACCEPTED.on.test(html);
  const broken = found.broken.filter((one) => !accepted(one));
  assert.deepEqual({ ...found, broken }, { beyond: 0, outside: false, broken: [] }, scene);
}

harborTest("what must be read within ten seconds is above the fold", async ({ harbor, page }) => {
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: width > 1100 ? 900 : 800 });
    const seen = [page.getByRole("banner").locator("dl"), harbor.button("Step"), harbor.play];
    if (width > 500) seen.push(...["md-db-4", "md-db-2", "sg-db-1"].map((name) => harbor.node(name)), harbor.reserve);
    for (const part of seen) {
      const box = await part.boundingBox();
      assert.ok(box.y >= 0 && box.y + box.height <= 900, `${await part.textContent()} at ${width}`);
    }
  }
});

harborTest("at 200 % time takes no more than a sixth of the window", { viewport: { width: 720, height: 450 } }, async ({ harbor }) => {
  const bar = await harbor.region("Time").boundingBox();
  assert.ok(bar.height <= 75 && bar.width === 720, `${bar.height} high`);
  for (const part of [harbor.play, harbor.slider, harbor.page.getByLabel("Speed")]) {
    const box = await part.boundingBox();
    assert.ok(box.x >= 0 && box.x + box.width <= 720 && box.y >= bar.y, await part.innerHTML());
  }
});

harborTest("colours can be switched, and stay as they were chosen", async ({ harbor, page }) => {
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await paper();
  await harbor.button("Light or dark").click();
  await eventually(async () => assert.notEqual(await paper(), light));
  const dark = await paper();
  await page.reload();
  await harbor.reserve.waitFor();
  assert.equal(await paper(), dark);
});
