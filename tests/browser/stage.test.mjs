// The stage as a drawing: names of messages stand clear of what is there, no link passes behind a card, every token is on
// its way, and a class can read it from afar.
import assert from "node:assert/strict";
import { ready } from "./harness.mjs";
import { eventually, harborTest } from "./harbor.mjs";
import { link } from "./links.mjs";

/** Four bookings within a millisecond, seen when the log is on its way everywhere, acknowledged, and half over the ocean. */
const BOOKINGS = [14, 16, 19, 22].map((cabin, place) => `reserve C${cabin} for ${5521 + place} as r${place + 1}\nrun 0.2ms`).join("\n");
const MOMENTS = ["2500us", "6650us", "9600us", "61000us"];
const CLUSTERS = ["", "cluster replicas=5\n"];

async function open(page, server, cluster, at) {
  await page.goto(`${server.address}?#${link({ script: `${cluster}${BOOKINGS}\nrun 130ms`, at, step: "0" })}`);
  await ready(page);
  await page.locator(".token").first().waitFor({ state: "attached" });
}

/** The boxes, in the window's pixels, of all elements of the stage that a selector finds and that can be seen. */
const boxes = (page, selector) => page.locator(`.stage ${selector}`).evaluateAll((all) => all
  .filter((one) => one.checkVisibility({ visibilityProperty: true }))
  .map((one) => ({ says: one.textContent, ...one.getBoundingClientRect().toJSON() })));

/** How much two boxes share, in square pixels, but for a margin that letters leave empty. */
const shared = (a, b, margin = 2) => Math.max(0, Math.min(a.right, b.right) - Math.max(a.left, b.left) - margin)
  * Math.max(0, Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) - margin);

for (const width of [1440, 1024, 390]) {
  harborTest(`names stand clear of tags, of one another and of the edge, ${width} pixels wide`, { width }, async ({ page, server }) => {
    for (const cluster of CLUSTERS) {
      for (const at of MOMENTS) {
        await open(page, server, cluster, at);
        const [names, tags, [stage]] = await Promise.all([boxes(page, ".token-name"), boxes(page, ".link-tag rect"), boxes(page, ".stage-drawing")]);
        const where = `${cluster}${at}`;
        assert.ok(names.length > 0, where);
        for (const [place, name] of names.entries()) {
          assert.ok(name.left >= stage.left && name.right <= stage.right && name.top >= stage.top, `${name.says} is cut, ${where}`);
          const hit = [...tags, ...names.slice(place + 1)].find((other) => shared(name, other) > 0.15 * name.width * name.height);
          assert.equal(hit?.says, undefined, `${name.says} at ${where}`);
        }
      }
    }
  });

  harborTest(`no link passes behind a card, ${width} pixels wide`, { width }, async ({ page, server }) => {
    for (const cluster of CLUSTERS) {
      await open(page, server, cluster, "6650us");
      const hidden = await page.locator(".stage").evaluate((stage) => {
        const cards = [...stage.querySelectorAll(".node-card, .office rect")].map((card) => card.getBoundingClientRect());
        const unit = stage.querySelector(".stage-drawing").getScreenCTM().a;
        return [...stage.querySelectorAll(".lane, .wire-line")].flatMap((path) => {
          const [length, found] = [path.getTotalLength(), []];
          // A lane ends beneath the cards that it connects.
          for (let along = 40; along < length - 40; along += 4) {
            const { x, y } = path.getPointAtLength(along).matrixTransform(path.getScreenCTM());
            const inside = ({ left, right, top, bottom }) => x > left + unit && x < right - unit && y > top + unit && y < bottom - unit;
            if (cards.some(inside)) found.push(`${path.getAttribute("d")} at ${Math.round(along)}`);
          }
          return found.slice(0, 1);
        });
      });
      assert.deepEqual(hidden, [], cluster);
    }
  });
}

harborTest("a tag is hidden by no card and by no other tag", async ({ page, server }) => {
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 });
    await open(page, server, CLUSTERS[1], "6650us");
    const [tags, cards, [stage]] = await Promise.all([boxes(page, ".link-tag rect"), boxes(page, ".node-card"), boxes(page, ".stage-drawing")]);
    assert.equal(tags.length, 10);
    for (const [place, tag] of tags.entries()) {
      assert.ok(tag.left >= stage.left && tag.right <= stage.right, `tag ${place} at ${width}`);
      assert.ok([...cards, ...tags.slice(place + 1)].every((other) => shared(tag, other) < 30), `tag ${place} at ${width}`);
    }
  }
});

harborTest("every token is on its way from the frame on in which it is drawn", { reducedMotion: "no-preference" }, async ({ harbor, page }) => {
  await page.evaluate(() => {
    window.astray = [];
    const look = () => {
      const stage = document.querySelector(".stage-drawing").getBoundingClientRect();
      for (const token of document.querySelectorAll(".token svg")) {
        if (getComputedStyle(token).visibility === "hidden") continue;
        window.seen = true;
        const { left, top, width } = token.getBoundingClientRect();
        const [x, y] = [left + width / 2 - stage.left, top + width / 2 - stage.top];
        if (Math.hypot(x, y) < 30 || x < 0 || y < 0 || x > stage.width || y > stage.height) window.astray.push([token.textContent, x, y]);
      }
      requestAnimationFrame(look);
    };
    look();
  });
  await harbor.commands("reserve C14 for 5521 as r1", "burst 200/s for 60ms", "run 1ms");
  for (const speed of ["1/100", "1/10", "1×"]) {
    await page.getByLabel("Speed").selectOption(speed);
    await harbor.play.click();
    await page.waitForTimeout(600);
    await harbor.play.click();
    await page.keyboard.press("ArrowRight");
    await harbor.button("Step back").click();
    await harbor.slider.press("Home");
    await harbor.button("Next milestone").click();
    await harbor.settled();
  }
  await page.setViewportSize({ width: 390, height: 844 });
  await harbor.play.click();
  await page.waitForTimeout(300);
  assert.deepEqual(await page.evaluate(() => [window.seen, window.astray]), [true, []]);
});

harborTest("a class reads names, positions, tokens and cells at 16 pixels and more", async ({ harbor, page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await harbor.commands("reserve C14 for 5521 as r1", "run 6.5ms");
  await harbor.button("Large, for a class").click();
  await page.evaluate(() => scrollTo(0, 0));
  const small = async () => page.evaluate(() => [".node-name", ".measure-index", ".token-name", ".node-term-number", ".entry-what", ".entry-term", ".lane-name", ".grid-index"]
    .map((selector) => {
      const element = document.querySelector(`.page ${selector}`);
      const scale = element.getScreenCTM?.().a ?? 1;
      return [selector, parseFloat(getComputedStyle(element).fontSize) * scale];
    }).filter(([, size]) => size < 16));
  await eventually(async () => assert.deepEqual(await small(), []));
  const bar = await harbor.region("Time").boundingBox();
  const last = await page.locator(".lane-row").last().boundingBox();
  assert.ok(last.y + last.height <= bar.y, "every lane of the log is in view");
});

harborTest("a node that lost its disk says so, and what it may not do until it is caught up", async ({ harbor }) => {
  const card = () => harbor.node("md-db-2").textContent();
  await harbor.commands("reserve C14 for 5521 as r1", "run until r1 201", "crash md-db-2");
  await eventually(async () => assert.match(await card(), /disk kept$/));
  await harbor.command("lose-disk md-db-2");
  await eventually(async () => assert.match(await card(), /disk lost$/));
  assert.match(await harbor.nodeSays("md-db-2"), /disk lost/);
  await harbor.command("restart md-db-2");
  await eventually(async () => assert.match(await card(), /disk lost: no vote, not counted/));
  assert.match(await harbor.nodeSays("md-db-2"), /until a leader has caught it up/);
  // Everything is on its disk again, but the leader has not confirmed yet that it still leads.
  await harbor.command("run until md-db-2 durable 981244");
  assert.match(await card(), /not counted/);
  await harbor.command("run 400ms");
  await eventually(async () => assert.match(await card(), /disk idle$/));
});

harborTest("in the log a node's name stays on one line on a phone", { width: 390 }, async ({ harbor, page }) => {
  await harbor.reserve.waitFor();
  const lines = await page.locator(".lane-name").evaluateAll((all) => all.map((name) => {
    const range = document.createRange();
    range.selectNodeContents(name.lastChild);
    return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size;
  }));
  assert.deepEqual(lines, [1, 1, 1]);
});

harborTest("on a phone, whoever books sees the stage", { width: 390 }, async ({ harbor, page }) => {
  await harbor.reserve.click();
  await eventually(async () => {
    const { y } = await page.locator(".page-stage").boundingBox();
    assert.ok(y >= 0 && y < 60, `it begins at the top: ${y}`);
  });
});
