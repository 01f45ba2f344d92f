// Reads from the console: whom one asks and how decides what the answer is worth, and the page says what it was worth.
import assert from "node:assert/strict";
import { eventually, harborTest, plain } from "./harbor.mjs";

/** The rows of the answers, the latest first, each as its cells. */
async function answers(harbor) {
  const rows = harbor.region("Reads").getByRole("row");
  const cells = await rows.evaluateAll((all) => all.slice(1).map((row) => [...row.cells].map((cell) => cell.textContent)));
  return cells.map((row) => row.map(plain).slice(0, -1));
}

const lastLine = async (harbor) => (await harbor.script()).split("\n").at(-1);

const choice = (panel, name) => panel.getByRole("combobox", { name, exact: true });

/** Fills in the form and reads. */
async function read(harbor, { at, how, bound, token, customer } = {}) {
  const panel = await harbor.unfold("Reads");
  if (customer !== undefined) await panel.getByLabel("for customer").fill(customer);
  if (at !== undefined) await choice(panel, "at").selectOption(at);
  if (how !== undefined) await choice(panel, "how sure").selectOption(how);
  if (token !== undefined) await choice(panel, "of").selectOption(token);
  if (bound !== undefined) await panel.getByLabel("at most this old").fill(bound);
  await harbor.button("Read", panel).click();
}

harborTest("the cabin that looks free in Singapore, and how not to be told so", async ({ harbor }) => {
  await harbor.commands("link md-db-4 sg-db-1 latency=300ms", "reserve C14 for 5521", "run until r1 201");
  await read(harbor, { at: "sg-db-1" });
  await eventually(async () => assert.equal(await lastLine(harbor), "read C14 for 5521 at sg-db-1 local as q1"));
  assert.deepEqual((await answers(harbor))[0].slice(0, 3), ["q1", "C14 local for 5521", "waiting"]);
  await read(harbor, { how: "token", token: "r1" });
  await read(harbor, { how: "bounded", bound: "100ms" });
  await read(harbor, { at: "md-db-4", how: "linearizable" });
  await read(harbor, { at: "md-db-2", how: "leader" });
  assert.equal(await lastLine(harbor), "read C14 for 5521 at md-db-2 leader as q5");
  await harbor.command("run 1s");
  await eventually(async () => assert.deepEqual(await answers(harbor), [
    ["q5", "C14 leader for 5521", "refused", "md-db-2: not the leader."],
    ["q4", "C14 linearizable for 5521", "taken", "md-db-4", "27:981244 of 27:981244", "fresh", "held", "held"],
    ["q3", "C14 bounded 100ms for 5521", "refused", (await answers(harbor))[2][3]],
    ["q2", "C14 token 27:981244 for 5521", "taken", "sg-db-1", "27:981244 of 27:981244", "fresh", "held", "held"],
    ["q1", "C14 local for 5521", "free", "sg-db-1", "27:981243 of 27:981244", "stale", "lacks r1", "held"],
  ]));
  assert.match((await answers(harbor))[2][3], /old/);
  await harbor.button("Why? q1").click();
  await harbor.region(/^Why\?/).getByText("27:981243").first().waitFor();
});

harborTest("the routing decides where a read goes that names no node", async ({ harbor, page }) => {
  const panel = await harbor.unfold("Reads");
  await panel.getByRole("radio", { name: /^leader/ }).check();
  await eventually(async () => assert.equal(await lastLine(harbor), "set reads=leader"));
  await read(harbor, { customer: "" });
  await eventually(async () => assert.equal(await lastLine(harbor), "read C14 as q1"));
  await harbor.command("run 1s");
  await eventually(async () => assert.deepEqual((await answers(harbor))[0].slice(2), [
    "free", "md-db-4", "27:981243 of 27:981243", "fresh", "–no customer was named", "–no customer was named",
  ]));
  // The form says what is wrong with it, and nothing is lost.
  await read(harbor, { customer: "nobody" });
  await eventually(async () => assert.match((await harbor.alerts())[0], /read C14 for nobody line 1, column 14: "nobody" is no/));
  assert.equal(await lastLine(harbor), "read C14 as q1");
  await page.getByRole("button", { name: "Go on" }).click();
});

harborTest("what a way to read is worth is told before one reads", async ({ harbor }) => {
  const panel = await harbor.unfold("Reads");
  const worth = async () => plain(await panel.getByText("What the answer is worth:").locator("..").innerText());
  assert.match(await worth(), /routing below/);
  assert.equal(await choice(panel, "how sure").isVisible(), false);
  await choice(panel, "at").selectOption("sg-db-1");
  assert.match(await worth(), /be it old\.$/);
  await choice(panel, "how sure").selectOption("linearizable");
  assert.match(await worth(), /when the read began/);
  assert.equal(await panel.getByLabel("at most this old").isVisible(), false);
  await choice(panel, "how sure").selectOption("bounded");
  assert.equal(await panel.getByLabel("at most this old").isVisible(), true);
  await assert.rejects(choice(panel, "how sure").selectOption("token", { timeout: 300 }), /disabled|not enabled/);
});
