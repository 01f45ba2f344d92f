// The leader dies right after its 201. Who may follow it, why, and what becomes of the promise.
import assert from "node:assert/strict";
import { eventually, harborTest, plain } from "./harbor.mjs";

const ENTRY = 981244;
const NODES = ["md-db-4", "md-db-2", "sg-db-1"];
const SINGAPORE_REFUSED =
  "md-db-4 may have committed entries after 27:981243 under sync-quorum in term 27; their copies would be on md-db-4's " +
  "disk and on md-db-2's disk, and none can be seen";

/** By pointer: Singapore is cut off, C14 is promised, and md-db-4 stops. */
async function promiseAndCrash(harbor) {
  await harbor.cut(["md-db-4", "sg-db-1"], ["md-db-2", "sg-db-1"]);
  await harbor.reserve.click();
  await harbor.stepUntil("heard for r1: 201 Created");
  await harbor.choose("md-db-4", /^Crash md-db-4/);
  await eventually(async () => {
    assert.match(await harbor.head(), /leader nobody term 27 (Promote md-db-2: safe|Nobody is provably safe) committed up to 981244/);
    assert.match(await harbor.promise(), /^201 r1 .* a copy of 27:981244 is on md-db-4 and md-db-2\..* in doubt$/);
    assert.match(await harbor.nodeSays("md-db-4"), /^md-db-4, down/);
  });
}

/** Opens the promotion dialog of a node from the stage; resolves to what it says. */
async function considerPromoting(harbor, node) {
  await harbor.choose(node, /^Promote /);
  await harbor.dialog.getByRole("heading", { name: `Promote ${node}` }).waitFor();
  return plain(await harbor.dialog.innerText());
}

harborTest("md-db-2 is provably safe, and keeps the promise", async ({ harbor }) => {
  await promiseAndCrash(harbor);
  const says = await considerPromoting(harbor, "md-db-2");
  assert.match(says, /Provably safe: its log ends with 27:981244, and md-db-2 can tell that nothing beyond it was committed\./);
  assert.match(says, /last durable position 27:981244 match index 981244 known commit 981244 term 27 lag 0 entries/);
  assert.match(says, /this would be discarded Nothing/);
  assert.equal(await harbor.dialog.getByRole("button", { name: /force/i }).count(), 0, "there is nothing to force");
  await harbor.button("Promote md-db-2", harbor.dialog).click();

  await harbor.stepUntil("md-db-2 | leads");
  assert.match(await harbor.head(), /leader md-db-2 term 28 committed up to 981244 not yet committed 981245/);
  assert.match(await harbor.promise(), /md-db-2, the leader of term 28, holds 27:981244\..* kept$/);
  assert.equal((await harbor.column(ENTRY))["md-db-2"], "C14 t27 durable, committed, applied");
  assert.deepEqual(await harbor.alerts(), []);

  // Its first entry waits for md-db-4, which is still in the synchronous set.
  await harbor.command("run 200ms");
  await harbor.region("Follower progress")
    .getByText("981245 is not committed: sync-quorum waits for word from md-db-4 that it is on disk.").waitFor();
  await harbor.choose("md-db-4", /^Restart md-db-4/);
  await harbor.stepUntil("commit index 981245 under sync-quorum");
  assert.match(await harbor.promise(), / kept$/);
  assert.match(await harbor.nodeSays("md-db-4"), /^md-db-4, sync follower, term 28: .*durable 981245/);
});

harborTest("sg-db-1 is refused; forced, it breaks the promise, and what diverged is rolled back", async ({ harbor, page }) => {
  await promiseAndCrash(harbor);
  const says = await considerPromoting(harbor, "sg-db-1");
  assert.ok(says.includes("Not provably safe: a booking that was answered 201 could be lost."), says);
  assert.ok(says.includes(SINGAPORE_REFUSED), says);
  assert.match(says, /last durable position 27:981243 match index 981243 known commit 981243 term 27 lag 1 entry/);

  // Asked for all the same, the control plane says no, and nothing has changed.
  await harbor.button("Ask all the same", harbor.dialog).click();
  await eventually(async () => assert.equal((await harbor.transcript()).at(-1),
    `control plane | refuses to promote sg-db-1: ${SINGAPORE_REFUSED}`));
  assert.match(await harbor.head(), /leader nobody term 27/);
  assert.match(await harbor.promise(), / in doubt$/);

  // Force takes a second step, with what it would discard in view.
  const discards = /this would be discarded 27:981244 reserve C14 for 5521 breaks the promise r1/;
  assert.match(await considerPromoting(harbor, "sg-db-1"), discards);
  assert.equal(await harbor.dialog.getByRole("button", { name: /by force/ }).count(), 0, "one press does not force");
  await harbor.button("Force …", harbor.dialog).click();
  assert.match(plain(await harbor.dialog.innerText()), discards);
  await harbor.button("Yes, promote sg-db-1 by force", harbor.dialog).click();
  await harbor.stepUntil("is lost: sg-db-1 does not hold it");
  assert.match(await harbor.head(), /leader sg-db-1 term 28 committed up to 981243 not yet committed 981244/);
  assert.match(await harbor.promise(),
    /^201 r1 .*md-db-4 promised 27:981244, but sg-db-1, the leader of term 28, does not hold it\..* lost$/);
  const [alert] = await harbor.alerts();
  assert.match(alert, /leader completeness: sg-db-1 leads without the committed entry 27:981244/);
  assert.match(alert, /promises kept: r1 \(reserve C14 for 5521\) was answered 201 by md-db-4/);

  // A violation leads to its moment.
  await page.getByRole("alert").getByRole("button", { name: /^promises kept/ }).click();
  await eventually(async () => assert.match(await harbor.clock(), /^348\.079 ms/));

  // What it led to comes after what it came from.
  assert.ok(alert.indexOf("leader completeness") < alert.indexOf("promises kept"));

  // Everything returns, and the history of two nodes gives way.
  await harbor.button("Restart md-db-4").click();
  await harbor.button("Heal every cut").click();
  for (const node of ["md-db-4", "md-db-2"]) {
    await harbor.stepUntil(`${node} | rolled back 27:981244 reserve C14 for 5521`);
  }
  assert.deepEqual(await harbor.column(ENTRY), {
    "md-db-4": "no-op t28 appended only C14 t27 rolled back",
    "md-db-2": "no-op t28 appended only C14 t27 rolled back",
    "sg-db-1": "no-op t28 durable",
  });
  await harbor.command("run 500ms");
  await eventually(async () => {
    const log = await harbor.column(ENTRY);
    assert.equal(log["md-db-4"], "no-op t28 durable, committed, applied C14 t27 rolled back");
    assert.equal(log["md-db-2"], "no-op t28 durable, committed, applied C14 t27 rolled back");
    assert.match(await harbor.promise(), / lost$/);
  });
});

harborTest("under leader-fsync, with md-db-2 cut off, nobody is provably safe", async ({ harbor, page }) => {
  await page.getByRole("radio", { name: /^leader-fsync/ }).check();
  await harbor.cut(["md-db-4", "md-db-2"]);
  await harbor.reserve.click();
  await harbor.stepUntil("heard for r1: 201 Created");
  assert.match(await harbor.head(), /201 Created means leader-fsync On the leader's disk, and perhaps nowhere else\./);
  assert.equal((await harbor.column(ENTRY))["md-db-2"], "");
  await harbor.choose("md-db-4", /^Crash md-db-4/);
  for (const node of NODES) {
    assert.match(await considerPromoting(harbor, node), /Not provably safe: a booking|md-db-4 is down, or the control plane cannot reach it/);
    await page.keyboard.press("Escape");
    await harbor.dialog.waitFor({ state: "detached" });
    await harbor.button(`Promote ${node}: not safe now`).waitFor();
  }
  await considerPromoting(harbor, "md-db-2");
  await harbor.button("Ask all the same", harbor.dialog).click();
  const refused =
    /^control plane \| refuses to promote md-db-2: md-db-4 may .* under leader-fsync .* on md-db-4's disk, and none can be seen$/;
  await eventually(async () => assert.match((await harbor.transcript()).at(-1), refused));

  // Only the return of md-db-4 settles it.
  await harbor.choose("md-db-4", /^Restart md-db-4/);
  assert.match(await considerPromoting(harbor, "md-db-4"), /Provably safe: its log ends with 27:981244/);
  await harbor.button("Promote md-db-4", harbor.dialog).click();
  await harbor.stepUntil("md-db-4 | leads");
  assert.match(await harbor.promise(), / kept$/);
  assert.deepEqual(await harbor.alerts(), []);
});

harborTest("while nobody leads, the head of the page leads to who may", async ({ harbor, page }) => {
  await promiseAndCrash(harbor);
  await harbor.button("Promote md-db-2: safe").click();
  await harbor.dialog.getByText(/^Provably safe/).waitFor();
  await page.keyboard.press("Escape");
  await harbor.dialog.waitFor({ state: "detached" });
  await harbor.choose("md-db-2", /^Crash/);
  await harbor.button("Nobody is provably safe").click();
  await harbor.dialog.getByText(/^Not provably safe/).waitFor();
});

harborTest("while the leader is there, it is asked to hand over, and nothing is lost", async ({ harbor }) => {
  await harbor.commands("reserve C14 for 5521", "run 12ms");
  await harbor.button("Promote sg-db-1: the leader hands over").waitFor();
  const says = await considerPromoting(harbor, "sg-db-1");
  assert.match(says, /md-db-4 hands over: it takes no more requests, ships 981244 to sg-db-1, and only then does sg-db-1 lead\. Nothing is lost\./);
  assert.match(says, /By force it would lead at once Not provably safe: .* this would be discarded .* breaks the promise r1/);
  await harbor.button("Have md-db-4 hand over to sg-db-1", harbor.dialog).click();
  await harbor.command("run until leader sg-db-1 within 1s");
  await eventually(async () => assert.match(await harbor.promise(), / kept$/));
  assert.deepEqual(await harbor.alerts(), []);
});

harborTest("a node that nobody can reach is not offered to force", async ({ harbor }) => {
  await harbor.commands("cut control md-db-2", "crash md-db-4");
  const says = await considerPromoting(harbor, "md-db-2");
  assert.match(says, /Force cannot do it either: it is down or out of reach\./);
  assert.equal(await harbor.button("Force …", harbor.dialog).isDisabled(), true);
});

harborTest("a node that is down cannot be promoted, nor one that leads", async ({ harbor }) => {
  const faults = harbor.region("Break things");
  assert.equal(await faults.getByRole("button", { name: /^Promote md-db-4/ }).count(), 0, "the leader can be demoted");
  await harbor.button("Demote md-db-4: it stops leading", faults).waitFor();
  await promiseAndCrash(harbor);
  const says = await considerPromoting(harbor, "md-db-4");
  assert.match(says, /md-db-4 is down/);
  assert.doesNotMatch(says, /lost/);
  assert.equal(await harbor.dialog.getByRole("button", { name: /force/i }).count(), 0);
  await harbor.button("Restart md-db-4", harbor.dialog).click();
  await eventually(async () => assert.match(await harbor.nodeSays("md-db-4"), /^md-db-4, sync follower/));
});

harborTest("while nobody leads, md-db-2 is called what it is", async ({ harbor }) => {
  await promiseAndCrash(harbor);
  assert.match(await harbor.nodeSays("md-db-2"), /^md-db-2, sync follower/);
  const progress = await harbor.region("Follower progress").innerText();
  assert.match(progress, /Nobody commits anything until a node leads\./, "rather than that nothing waits");
});

harborTest("a refusal is told", async ({ harbor }) => {
  await promiseAndCrash(harbor);
  await harbor.command("promote sg-db-1");
  await eventually(async () => assert.ok((await harbor.justHappened()).includes(SINGAPORE_REFUSED)));
});
