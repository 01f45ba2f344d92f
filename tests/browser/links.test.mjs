// Every story can be opened from a file and by link, and whoever opens the link sees the same moment.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { eventually, Harbor, harborTest, plain } from "./harbor.mjs";

const STORIES = "src/teaching/stories";

const stories = readdirSync(STORIES).filter((file) => file.endsWith(".script")).map((file) => file.replace(".script", ""));
const script = (story) => readFileSync(`${STORIES}/${story}.script`, "utf8");

/** The transcript that the story has natively, as the page writes it. */
function golden(story) {
  const text = readFileSync(`tests/golden/${story}.transcript`, "utf8");
  return text.trimEnd().split("\n").map((line) => {
    const [, at, place, what] = line.match(/^ *([\d ]*\.\d{3} ms) {2}(.{13}).{6}(.*)$/) ?? assert.fail(line);
    return [at, place.trim() || "world", what].join(" | ");
  });
}

/** Opens a link as somebody else; resolves to what they see. */
async function seenBySomebodyElse(visit, link) {
  const other = new Harbor(await visit({ hash: new URL(link).hash }));
  return other.moment();
}

for (const story of stories) {
  harborTest(`the story “${story}”: from a file, by link, and half-way through by link`, async ({ harbor, page, visit }) => {
    await harbor.open(script(story), `${story}.txt`);
    await eventually(async () => assert.notEqual(await harbor.clock(), "0.000 ms step 0 of 0"));
    const end = await harbor.moment();
    assert.deepEqual(end.transcript.map(ungrouped), golden(story).map(ungrouped), "as it runs natively");
    assert.equal(await harbor.script(), script(story).trim(), "with its comments");
    const link = await harbor.copyLink();
    assert.equal(page.url(), link, "the address is the link");
    assert.deepEqual(await seenBySomebodyElse(visit, link), end);

    // Half-way.
    await harbor.goTo(end.transcript.find((line) => line.includes("| md-db-4 | appended 27:981244")));
    await eventually(async () => assert.match(await harbor.head(), /not yet committed 981244/));
    const middle = await harbor.moment();
    assert.notDeepEqual(middle, end);
    const there = await harbor.copyLink();
    assert.notEqual(there, link);
    assert.deepEqual(await seenBySomebodyElse(visit, there), middle);
  });
}

harborTest("every story can be chosen on the page, and starts at its beginning", async ({ harbor, page }) => {
  const titles = await page.getByRole("group", { name: "or watch a story" }).getByRole("listitem").allInnerTexts();
  assert.equal(titles.length, stories.length);
  const ends = [];
  const telling = async () => plain(await harbor.region("What just happened").getByRole("status").first().innerText());
  for (const title of titles) {
    await harbor.button(title.trim()).click();
    await eventually(async () => assert.match(await harbor.clock(), /^0\.000 ms step 0 of [1-9]/));
    assert.deepEqual(await harbor.transcript(), []);
    assert.ok((await telling()).startsWith(title.trim()), "its title is shown, and what it says first");
    assert.ok(await harbor.button("Step").evaluate((step) => step === document.activeElement), "what comes next is at hand");
    await harbor.slider.press("End");
    await eventually(async () => assert.notEqual((await harbor.moments()).length, 0));
    ends.push((await harbor.moments()).map(ungrouped).join("\n"));
  }
  assert.deepEqual(ends.toSorted(), stories.map((story) => golden(story).map(ungrouped).join("\n")).toSorted());
});

harborTest("the address follows what is clicked, and a reload comes back to it", async ({ harbor, page, visit }) => {
  await harbor.reserve.click();
  await harbor.cut(["md-db-4", "md-db-2"]);
  await harbor.stepUntil("durable through 27:981244");
  await harbor.choose("md-db-4", /^Crash/);
  const before = await harbor.moment();
  await eventually(async () => assert.match(page.url(), /script=.*crash\+md-db-4.*&step=/));
  await page.reload();
  await eventually(async () => assert.deepEqual(await harbor.moment(), before));
  assert.deepEqual(await seenBySomebodyElse(visit, page.url()), before);
});

harborTest("a link that is followed in an open page replaces the run", async ({ harbor, page, visit }) => {
  await harbor.open(script("failover"));
  const link = await harbor.copyLink();
  const expected = await harbor.moment();
  const other = new Harbor(await visit());
  await other.reserve.click();
  await other.stepUntil("appended 27:981244");
  await other.page.goto(link);
  await eventually(async () => assert.deepEqual(await other.moment(), expected));
  assert.equal(page.url(), link);
});

harborTest("a saved script opens as the same run", async ({ harbor, page, visit }) => {
  await harbor.reserve.click();
  await harbor.stepUntil("heard for r1");
  await harbor.command("crash md-db-4");
  await harbor.stepUntil("crash md-db-4");
  const [download] = await Promise.all([page.waitForEvent("download"), harbor.button("Save").click()]);
  const other = new Harbor(await visit());
  await other.open(readFileSync(await download.path(), "utf8"));
  await eventually(async () => assert.deepEqual(await other.moments(), await harbor.moments()));
});

/** A line whose moment is written without grouping or padding. */
function ungrouped(line) {
  const [at, ...rest] = line.split(" | ");
  return [at.replace(/ (?=\d)/g, ""), ...rest].join(" | ");
}
