// The first story, as it is read from the page: cabin C14 becomes real step by step, and Singapore hears of it last.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { eventually, harborTest } from "./harbor.mjs";

const ENTRY = 981244;

/** What the story “write” says natively, sentence by sentence. */
const NARRATION = readFileSync("tests/golden/write.narration", "utf8").trim().split("\n");

/** The seven lines of the lesson, with their places; each must stand after the one before it. */
const FLOW = [
  "md-db-4 | request r1: reserve C14 for 5521",
  "md-db-4 | appended 27:981244 reserve C14 for 5521",
  "md-db-4 | sent to md-db-2: append 981244 after 27:981243, commit index 981243",
  "md-db-4 | sent to sg-db-1: append 981244 after 27:981243, commit index 981243",
  "md-db-2 | durable through 27:981244",
  "md-db-2 | sent to md-db-4: acknowledge: received 981244, durable 981244, applied 981243",
  "md-db-4 | commit index 981244 under sync-quorum",
  "md-db-4 | applied 981244",
  "md-db-4 | answered r1: 201 Created, token 27:981244",
  "customers | heard for r1: 201 Created, token 27:981244",
  "sg-db-1 | appended 27:981244 reserve C14 for 5521 from md-db-4",
  "sg-db-1 | applied 981244",
];

/** What stands on the page once the transcript has the line `until`. */
const MOMENTS = [
  {
    until: "appended 27:981244 reserve C14 for 5521",
    head: /committed up to 981243 not yet committed 981244/,
    log: ["C14 t27 appended only", "", ""],
    receipt: /^… r1 reserve C14 for 5521.*waiting$/,
  },
  {
    until: "md-db-2 | appended 27:981244",
    head: /committed up to 981243 not yet committed 981244/,
    log: ["C14 t27 appended only", "C14 t27 appended only", ""],
    receipt: /waiting$/,
  },
  {
    until: "md-db-4 | durable through 27:981244",
    head: /committed up to 981243 not yet committed 981244/,
    log: ["C14 t27 durable", "C14 t27 appended only", ""],
    receipt: /981244 is not committed: sync-quorum waits for word from md-db-2 that it is on disk\..*waiting$/,
  },
  {
    until: "md-db-2 | durable through 27:981244",
    head: /committed up to 981243 not yet committed 981244/,
    log: ["C14 t27 durable", "C14 t27 durable", ""],
    receipt: /waiting$/,
  },
  {
    until: "answered r1: 201 Created",
    head: /committed up to 981244 not yet committed nothing/,
    log: ["C14 t27 durable, committed, applied", "C14 t27 durable", ""],
    receipt: /^201 r1 .*27:981244.* kept$/,
    singapore: /^sg-db-1, async follower, term 27: appended 981243, .*C14 still free here/,
  },
  {
    until: "heard for r1: 201 Created",
    head: /leader md-db-4 term 27 committed up to 981244 not yet committed nothing/,
    log: ["C14 t27 durable, committed, applied", "C14 t27 durable, committed, applied", ""],
    receipt: /heard 16\.046 ms kept$/,
    singapore: /^sg-db-1, async follower, term 27: appended 981243, .*C14 still free here/,
  },
  {
    until: "sg-db-1 | durable through 27:981244",
    head: /committed up to 981244/,
    log: ["C14 t27 durable, committed, applied", "C14 t27 durable, committed, applied", "C14 t27 durable"],
    receipt: /kept$/,
    singapore: /appended 981244, durable 981244, committed 981243, applied 981243\. C14 still free here/,
  },
  {
    until: "sg-db-1 | applied 981244",
    head: /committed up to 981244/,
    log: Array(3).fill("C14 t27 durable, committed, applied"),
    receipt: /kept$/,
    singapore: /applied 981244\. cabins as read here/,
  },
];

const HANDS = {
  "the Step button": (harbor) => harbor.button("Step").click(),
  "the right arrow": (harbor) => harbor.page.keyboard.press("ArrowRight"),
};

for (const [name, step] of Object.entries(HANDS)) {
  harborTest(`the write of C14, step by step with ${name}`, async ({ harbor }) => {
    const told = [await harbor.justHappened()];
    await harbor.reserve.click();
    await eventually(async () => assert.notEqual(await harbor.justHappened(), told[0]));
    told.push(await harbor.justHappened());
    const stepAndListen = async () => {
      await step(harbor);
      const sentence = await harbor.justHappened();
      if (sentence !== told.at(-1)) told.push(sentence);
    };
    for (const { until, head, log, receipt, singapore = /^sg-db-1, async follower.* cabins as read here/ } of MOMENTS) {
      await harbor.stepUntil(until, { step: stepAndListen });
      await eventually(async () => {
        assert.match(await harbor.head(), head);
        assert.deepEqual(Object.values(await harbor.column(ENTRY)), log, until);
        assert.match(await harbor.promise(), receipt);
        assert.match(await harbor.nodeSays("sg-db-1"), singapore);
      });
    }
    assertInOrder(await harbor.transcript(), FLOW);
    assert.deepEqual(told, NARRATION, "told as it is natively");
    assert.deepEqual(await harbor.alerts(), []);
  });
}

harborTest("milestones lead through the same flow in fewer steps", async ({ harbor }) => {
  await harbor.reserve.click();
  let presses = 0;
  const step = async () => {
    presses += 1;
    await harbor.page.keyboard.press("Shift+ArrowRight");
  };
  await harbor.stepUntil("sg-db-1 | applied 981244", { step });
  assertInOrder(await harbor.transcript(), FLOW);
  assert.ok(presses <= FLOW.length, `${presses} presses`);
});

harborTest("with motion, a step is seen under way and ends the same", { reducedMotion: "no-preference" }, async ({ harbor }) => {
  await harbor.reserve.click();
  for (const { until, log } of MOMENTS) {
    const step = async (hands) => {
      const before = await hands.clock();
      await hands.page.keyboard.press("Shift+ArrowRight");
      await eventually(async () => assert.notEqual(await hands.clock(), before));
      await hands.settled();
    };
    await harbor.stepUntil(until, { step });
    await eventually(async () => assert.deepEqual(Object.values(await harbor.column(ENTRY)), log, until));
  }
});

harborTest("any cabin can be asked for, and a taken one is refused", async ({ harbor, page }) => {
  await page.getByText("another cabin").click();
  await harbor.button("C07, free").click();
  await page.getByRole("textbox", { name: "for customer" }).fill("77");
  await harbor.button("Reserve C07").click();
  await harbor.stepUntil("heard for r1: 201 Created");
  await harbor.button("C07, taken").waitFor();
  await page.getByRole("textbox", { name: "for customer" }).fill("78");
  await harbor.button("Reserve C07").click();
  await harbor.stepUntil("heard for r2");
  const [refused, kept] = await harbor.promises();
  assert.match(kept, /^201 r1 reserve C07 for 77.*kept$/);
  assert.match(refused, /^409 r2 reserve C07 for 78 C07 is held by 77; nothing was appended\..*refused$/);
});

harborTest("a customer who has no number books nothing", async ({ harbor, page }) => {
  const customer = page.getByRole("textbox", { name: "for customer" });
  for (const typed of ["0", "", "4294967296", "-5", "1e3", "cat"]) {
    await customer.fill(typed);
    await harbor.reserve.click();
    await eventually(async () => assert.deepEqual(await harbor.alerts(), ["A number from 1 to 4294967295 is expected."]));
    assert.equal(await customer.getAttribute("aria-invalid"), "true");
    assert.equal(await customer.inputValue(), typed);
    assert.deepEqual([await harbor.script(), await harbor.promises()], ["", []], typed);
  }
  await customer.fill("4294967295");
  await customer.press("Enter");
  await eventually(async () => assert.equal(await harbor.script(), "reserve C14 for 4294967295 as r1"));
  assert.deepEqual(await harbor.alerts(), []);
});

/** Each of `expected` is among `lines`, in that order. */
function assertInOrder(lines, expected) {
  const places = expected.map((line) => lines.indexOf(line));
  assert.deepEqual(expected.filter((_, at) => places[at] < 0), [], `missing among:\n${lines.join("\n")}`);
  assert.deepEqual(places, places.toSorted((a, b) => a - b), "in the lesson's order");
}
