// Lessons are taken from the first click to the last step, by pointer and by keys, with wrong answers on the way.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { Harbor, eventually, harborTest, plain } from "./harbor.mjs";
import { picture } from "./harness.mjs";
import { Reader } from "./reader.mjs";

async function theWrite(harbor, options) {
  const reader = new Reader(harbor, "The write, step by step", options);
  await reader.press(harbor.button("Start the first lesson"));
  await reader.lesson.waitFor();

  assert.match(await reader.answer("The customer's mind"), /^Not this time\. So it is: The leader's log: .* The cluster: md-db-4's last entry is 981244; md-db-4's deck plan goes up to 981243\./);
  assert.match(await reader.choice("The customer's mind").innerText(), /r1 has no answer yet/);
  assert.deepEqual(await harbor.column(981244), { "md-db-4": "C14 t27 appended only", "md-db-2": "", "sg-db-1": "" });
  await reader.next();
  assert.match(await reader.answer("It is on one disk and not decided; md-db-2 has it"), /^Right\./);
  await reader.next();
  assert.match(await reader.answer("Yes. The rule asks"), /^Not this time\./);
  assert.match(await reader.choice("Yes. The rule asks").innerText(), /981243/);
  await reader.next();
  assert.match(await reader.answer("Those of md-db-4 and md-db-2"), /^Right\./);
  await eventually(async () => assert.match(await harbor.promise(), / kept$/));
  await reader.next();

  // What the exercise does not allow is not done, and says so; going on without it is possible, and back again.
  const script = await harbor.script();
  await reader.does("promote md-db-2");
  await harbor.page.getByText("Here these may be used: reserve, crash, pause, cut; not promote.").waitFor();
  assert.equal(await harbor.script(), script);
  await reader.press(harbor.button("A hint", reader.lesson));
  await reader.lesson.getByText("Where on its way does the leader depend").waitFor();
  await reader.does("crash md-db-2", "reserve C16 for 7733", "run until r2 in-doubt");
  await reader.lesson.getByText("Done, with 2 commands").waitFor();
  await reader.next();
  assert.equal(await reader.step(), "In one sentence");
  return reader;
}

harborTest("the first lesson by pointer, wrong answers included", async ({ harbor, page }) => {
  const reader = await theWrite(harbor);
  await reader.press(harbor.button("All lessons", reader.lesson));
  await harbor.dialog.getByRole("button", { name: /The write, step by step.*finished/ }).waitFor();
  await picture(page, "lessons-map");
});

harborTest("the first lesson by keys alone", async ({ harbor }) => {
  await theWrite(harbor, { keys: true });
});

harborTest("the first lesson on a phone", { width: 390 }, async ({ harbor }) => {
  await theWrite(harbor);
});

async function readingYourWrites(harbor, options) {
  const reader = new Reader(harbor, "Reading your own writes", options);
  await reader.open(/^4 Reading your own writes/);
  assert.match(await reader.answer("Three times “taken”|Three times \"taken\""), /^Not this time\./);
  await reader.next();
  assert.match(await reader.answer("No: the read is stale"), /^Right\./);
  await reader.next();
  assert.match(await reader.answer("All three are \"taken\", while"), /^Right\./);
  await reader.next();
  assert.match(await reader.answer("Two are answered\\. Singapore has the question"), /^Right\./);
  await reader.next();
  assert.match(await reader.answer("A refusal"), /^Not this time\./);
  await reader.next();
  await reader.does("set reads=leader", "read C14 for 5521", "read C14 for 5521", "read C14 for 5521", "run until q3 taken");
  await reader.lesson.getByText("Done, with 4 commands").waitFor();
  await reader.next();
  assert.equal(await reader.step(), "In one sentence");
}

async function theWrongNode(harbor, options) {
  const reader = new Reader(harbor, "Promoting the wrong node", options);
  await reader.open(/^6 Promoting the wrong node/);
  assert.match(await reader.answer("Singapore leads: it is the only one"), /^Not this time\./);
  await reader.next();
  assert.match(await reader.answer("It is lost as soon as"), /^Right\./);
  await reader.next();
  assert.match(await reader.answer("The booking: two of three"), /^Not this time\./);
  await reader.next();
  assert.match(await reader.answer("201 Created, and the alarm"), /^Right\./);
  await reader.next();
  await reader.does("heal", "promote md-db-2", "run until leader md-db-2 within 2s");
  await reader.lesson.getByText("Done, with 2 commands").waitFor();
  await reader.next();
  assert.equal(await reader.step(), "In one sentence");
}

async function theBookingThatDisappeared(harbor, options) {
  const reader = new Reader(harbor, "Incident: the booking that disappeared", options);
  await reader.open(/^8 Incident: the booking that disappeared/);
  await eventually(async () => assert.match(await harbor.promise(), / lost$/));
  assert.match(await reader.answer("The disk of md-db-2 was too slow"), /^That is not it\./);
  assert.match(await reader.answer("201 was said when one disk"), /^Found\./);
  await reader.next();
  assert.match(await reader.answer("On the disks of both"), /^Not this time\./);
  await reader.next();
  assert.match(await reader.answer("Nobody leads"), /^Right\./);
  await reader.next();
  await reader.does("restart md-db-4", "promote md-db-4", "run until md-db-2 durable 981244 within 3s");
  await reader.lesson.getByText("Done, with 2 commands").waitFor();
  await reader.next();
  assert.match(await reader.answer("The first: an answer takes"), /^Right\./);
  await reader.next();
  assert.equal(await reader.step(), "In one sentence");
}

for (const [way, options] of [["by pointer", {}], ["by keys alone", { keys: true }]]) {
  harborTest(`reading your own writes, ${way}`, async ({ harbor }) => readingYourWrites(harbor, options));
  harborTest(`promoting the wrong node, ${way}`, async ({ harbor }) => theWrongNode(harbor, options));
  harborTest(`the booking that disappeared, ${way}`, async ({ harbor }) => theBookingThatDisappeared(harbor, options));
}

harborTest("an answer is told when the run that decides it has been seen", { reducedMotion: "no-preference" }, async ({ harbor }) => {
  const reader = new Reader(harbor, "The write, step by step");
  await reader.press(harbor.button("Start the first lesson"));
  await reader.lesson.getByRole("button", { name: /^The customer's mind/ }).click();
  await reader.lesson.getByText("The run decides it.").waitFor();
  assert.deepEqual(await reader.told(), [], "nothing is told before");
  assert.equal(await reader.lesson.getByRole("listitem").getByRole("button", { name: /^The leader's log/ }).count(), 0, "and nothing can be taken back");
  assert.equal(await reader.lesson.getByText("The leader looked whether").count(), 0);
  await reader.lesson.getByText("Not this time.").waitFor({ timeout: 30_000 });
  assert.match(await harbor.clock(), /^6\.000/, "it played to the moment that decides");
  await reader.lesson.getByText("The leader looked whether").waitFor();

  await reader.next();
  await reader.lesson.getByRole("button", { name: /^It is on two disks/ }).click();
  await reader.press(harbor.button("Skip to the end", reader.lesson));
  await eventually(async () => assert.match((await reader.told()).at(-1) ?? "", /^Not this time\./));
});

harborTest("why is answered beside the question, of the moment that decided it", async ({ harbor, page }) => {
  const reader = new Reader(harbor, "The write, step by step");
  await reader.press(harbor.button("Start the first lesson"));
  await reader.answer("The customer's mind");
  await reader.press(harbor.button("Back to before", reader.lesson));
  await eventually(async () => assert.match(await harbor.clock(), /^0\.000/));
  await reader.press(harbor.button("Why?", reader.lesson));
  const why = page.getByRole("region", { name: /^Why\?/ });
  await why.getByText("sync-quorum waits for").waitFor();
  assert.match(await harbor.clock(), /^6\.000/);
  const [answer, lesson] = [await why.boundingBox(), await reader.lesson.boundingBox()];
  assert.ok(Math.abs(answer.x - lesson.x) < 2 && answer.y >= lesson.y + lesson.height, "it stands below the lesson, in its column");
  assert.ok(answer.y + answer.height <= page.viewportSize().height, "and wholly in view");
});

harborTest("on a phone the answer to why comes into view, and so does the way back from a run of one's own", { width: 390 }, async ({ harbor, page }) => {
  const reader = new Reader(harbor, "The write, step by step");
  await reader.press(harbor.button("Start the first lesson"));
  await reader.answer("The customer's mind");
  await harbor.button("Why?", reader.lesson).click();
  const inView = async (what) => {
    const { y, height } = await what.boundingBox();
    const bar = await page.locator(".transport").boundingBox();
    assert.ok(y >= 0 && y + Math.min(height, 60) <= bar.y, `in view: ${y} of ${bar.y}`);
  };
  await eventually(() => inView(page.getByRole("region", { name: /^Why\?/ })));
  await harbor.button("Take over from here", reader.lesson).click();
  await eventually(() => inView(harbor.button("Back to the lesson", reader.lesson)));
});

harborTest("the address says which lesson, and at which step", async ({ harbor, page, visit }) => {
  const reader = new Reader(harbor, "The write, step by step");
  await reader.press(harbor.button("Start the first lesson"));
  await reader.next();
  await eventually(async () => assert.match(page.url(), /#lesson=01-the-write&step=2$/));
  const there = new Harbor(await visit({ hash: "#lesson=01-the-write&step=4" }));
  const other = new Reader(there, "The write, step by step");
  await other.lesson.waitFor();
  assert.equal(await other.step(), "201 Created");
  assert.match(await there.clock(), /^10\./, "with the run as that step finds it");
});

harborTest("when a lesson closes, focus goes to where one finds it again", async ({ harbor, page }) => {
  const reader = new Reader(harbor, "The write, step by step");
  await reader.press(harbor.button("Start the first lesson"));
  await harbor.button("Close the lesson").click();
  await reader.lesson.waitFor({ state: "detached" });
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("aria-label")), "Lessons");
});

harborTest("a run that a lesson made is not among the runs of the next visit", async ({ harbor, page }) => {
  await harbor.command("reserve C07 for 5521");
  const reader = new Reader(harbor, "Promoting the wrong node");
  await reader.open(/^6 Promoting the wrong node/);
  await page.reload();
  await reader.lesson.waitFor();
  await page.reload();
  await reader.lesson.waitFor();
  await harbor.button("Close the lesson").click();
  await eventually(async () => assert.deepEqual((await harbor.runs())[0], "1 reserve C07 for 5521 as r1"));
  assert.equal((await harbor.runs()).length, 2, "and the run before it is still there");
});

harborTest("the loop lights up as the run goes through it", async ({ harbor }) => {
  const reader = new Reader(harbor, "How far has each follower come?");
  await reader.open(/^3 How far/);
  await reader.next();
  const lit = async () => (await reader.lesson.locator("li[aria-current=step]").allInnerTexts()).map((text) => plain(text).slice(0, 9));
  assert.deepEqual(await lit(), ["Send each"]);
  await reader.answer("The second, the third and the fourth");
  assert.deepEqual(await lit(), ["When word", "Let the c", "Apply eve", "Tell the "]);
  await reader.press(harbor.button("Watch it happen", reader.lesson).last());
  await eventually(async () => assert.deepEqual(await lit(), ["When word"], "Singapore's word moves nothing else"));
});

const OWN = `# A lesson of one step

Something to read.

**After this you can** crash a leader.

**Takes** 5 minutes.

## Crash it

Look.

\`\`\`scenario
cluster seed=1
\`\`\`

\`\`\`predict
ask What happens when the leader crashes?
choice Nobody leads: no leader
choice It leads on: leader md-db-4
crash md-db-4
\`\`\`

## In one sentence

Nobody leads.

- **PostgreSQL** calls it a primary.
- **MongoDB** calls it a primary.
- **Read on** in [the Raft paper](https://raft.github.io/raft.pdf).
`;

/** Opens a text as a lesson of one's own. */
async function openOwn(harbor, text) {
  await harbor.button("Lessons").click();
  const chooser = harbor.page.waitForEvent("filechooser");
  await harbor.dialog.getByText("Open a lesson of your own").click();
  await (await chooser).setFiles({ name: "mine.md", mimeType: "text/markdown", buffer: Buffer.from(text) });
}

harborTest("a teacher's own lesson, from a file and by its link", async ({ harbor, page, visit }) => {
  await openOwn(harbor, OWN);
  const reader = new Reader(harbor, "A lesson of one step");
  assert.match(await reader.answer("Nobody leads"), /^Right\./);
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await harbor.button("Copy a link to this lesson").click();
  await page.getByText("link copied").waitFor();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const there = new Harbor(await visit({ hash: link.slice(link.indexOf("#")) }));
  assert.match(await new Reader(there, "A lesson of one step").answer("It leads on"), /^Not this time\./);
  const cut = new Harbor(await visit({ hash: link.slice(link.indexOf("#"), -3) }));
  await cut.dialog.getByText("This link to a lesson cannot be opened: it was cut off or changed on its way").waitFor();
});

harborTest("a lesson of one's own is there again after one went away from it", async ({ harbor, page }) => {
  await openOwn(harbor, OWN);
  const reader = new Reader(harbor, "A lesson of one step");
  await reader.answer("Nobody leads");
  await harbor.button("Take over from here").click();
  await page.reload();
  await reader.lesson.waitFor({ state: "detached" });
  await harbor.button("Lessons").click();
  await harbor.dialog.getByRole("button", { name: "Continue: A lesson of one step" }).click();
  assert.match((await reader.told()).at(-1), /^Right\./, "with what was answered");
});

harborTest("a mistaken lesson is refused with its places, and nothing in it is markup", async ({ harbor, page }) => {
  await openOwn(harbor, OWN.replace("crash md-db-4", "crush md-db-4").replace("Look.", "<img src=x onerror=alert(1)>"));
  await harbor.dialog.getByText(/^line 11, column 1: /).waitFor();
  await harbor.dialog.getByText(/^line 21, column 1: "crush" does not belong here/).waitFor();
  assert.equal(await page.locator("img").count(), 0);
});

harborTest("a lesson in which something does not come out is refused with its line", async ({ harbor }) => {
  await openOwn(harbor, OWN.replace("It leads on: leader md-db-4", "It is down: not leader md-db-4"));
  await harbor.dialog.getByText("line 17, column 1: more than one answer holds: 1 and 2").waitFor();
  await harbor.page.keyboard.press("Escape");
  await openOwn(harbor, OWN);
  await new Reader(harbor, "A lesson of one step").lesson.waitFor();
});

harborTest("what an exercise allows leads to where it is at hand, and the lesson stays in view", async ({ harbor, page }) => {
  const reader = new Reader(harbor, "Reading your own writes");
  await reader.open(/^4 Reading your own writes/);
  await reader.lesson.getByRole("button", { name: /^Step 6/ }).click();
  for (const panel of ["Book a cabin", "Reads", "Command"]) {
    await harbor.button(panel, reader.lesson).first().click();
    await eventually(async () => {
      const [box, height] = [await harbor.region(panel).boundingBox(), page.viewportSize().height];
      assert.ok(box.y >= 0 && box.y < height - 100, `${panel} is in view: ${box.y}`);
    });
    const { y, height } = await reader.lesson.boundingBox();
    assert.ok(y >= 0 && y + height <= page.viewportSize().height, `the lesson is in view: ${y}`);
  }
});

harborTest("an alarm of which a lesson speaks is beside the stage", async ({ harbor, page }) => {
  const reader = new Reader(harbor, "Promoting the wrong node");
  await reader.open(/^6 Promoting the wrong node/);
  await reader.next();
  await reader.answer("It is lost as soon as");
  const alarm = page.getByRole("alert").getByText(/must never happen/).first();
  await alarm.waitFor();
  const { y } = await alarm.boundingBox();
  assert.ok(y >= 0 && y < 300, `it is in view: ${y}`);
});

harborTest("what was done is kept over a reload, handed over, erased, and taken in again", async ({ harbor, page }) => {
  await openOwn(harbor, OWN);
  await new Reader(harbor, "A lesson of one step").answer("Nobody leads");
  await harbor.button("Close the lesson").click();
  await harbor.button("Lessons").click();
  await harbor.dialog.getByRole("button", { name: /^1 The write/ }).click();
  const first = new Reader(harbor, "The write, step by step");
  await first.answer("The leader's log");
  await first.next();
  await page.reload();
  await eventually(async () => assert.equal(await first.step(), "Written down is not decided"));
  await harbor.button("All lessons", first.lesson).click();
  await harbor.dialog.getByRole("button", { name: /^1 The write.*at step 2/ }).waitFor();
  const saved = async (name) => {
    const download = page.waitForEvent("download");
    await harbor.button(name, harbor.dialog).click();
    return readFile(await (await download).path(), "utf8");
  };
  assert.match(await saved("Save a report"), /The write, step by step: 1 of 5 done[^]*right at once; answered "The leader's log/);
  const progress = await saved("Save progress");
  await harbor.button("Erase …", harbor.dialog).click();
  await harbor.button("Yes, erase what I did", harbor.dialog).click();
  await harbor.dialog.getByRole("button", { name: /^1 The write.*8 minutes/ }).waitFor();
  const load = async (text) => {
    const chooser = page.waitForEvent("filechooser");
    await harbor.dialog.getByText("Load progress").click();
    await (await chooser).setFiles({ name: "progress.json", mimeType: "application/json", buffer: Buffer.from(text) });
  };
  await load(progress.slice(0, -20));
  await harbor.dialog.getByText(/^This file was not taken in; everything stays as it was: .* line \d+ column \d+/).waitFor();
  await load(progress);
  await harbor.dialog.getByRole("button", { name: /^1 The write.*at step 2/ }).waitFor();
});
