// What cannot be understood is answered precisely, and the run on the page stays as it was.
import assert from "node:assert/strict";
import { eventually, Harbor, harborTest } from "./harbor.mjs";
import { link, seal } from "./links.mjs";

const NOT_UNDERSTOOD = "This line was not understood; nothing ran.";
const NO_SCRIPT = "This script was not understood; the run stays as it was.";
const NO_LINK = "This link cannot be opened; the run stays as it was.";
const COMMANDS =
  "reserve, release, read, retry, crash, restart, lose-disk, pause, resume, promote, demote, partition, cut, heal, drop, delay, duplicate, link, disk, cpu, objective, set, burst, run, step or expect";
const CUT_OFF = "this link was cut off or changed on its way; copy the whole of it again";

/** Some of the first story, so that there is something to lose. */
async function someRun(harbor) {
  await harbor.reserve.click();
  await harbor.stepUntil("heard for r1: 201 Created");
  return harbor.moment();
}

/** Nothing but what the page tells is different from `before`. */
async function assertStays(harbor, before, expected) {
  await eventually(async () => {
    const { alerts, ...now } = await harbor.moment();
    assert.deepEqual(alerts, [expected]);
    const { alerts: none, ...then } = before;
    assert.deepEqual(now, then, "the run stays");
  });
}

const LINES = [
  ["crush md-db-4", `line 1, column 1: "crush" is no command; expected ${COMMANDS} (did you mean crash?)`],
  ["crash md-db-5", `line 1, column 7: "md-db-5" is no node; expected md-db-4, md-db-2 or sg-db-1`],
  ["reserve C99 for 5521", `line 1, column 9: "C99" is no cabin; expected a cabin C01 to C24, or W1 and up`],
  ["reserve C14 for", "line 1, column 16: the line ends here; expected the number of a customer from 1 to 4294967295"],
  ["retry r7", `line 1, column 7: "r7" has not been made at this point; expected a request made before (r1)`],
  ["<img src=x onerror=alert(1)>", `line 1, column 1: "<img" is no command; expected ${COMMANDS}`],
];

harborTest("a wrong line in the command box", async ({ harbor }) => {
  const before = await someRun(harbor);
  for (const [line, error] of LINES) {
    await harbor.command(line);
    await assertStays(harbor, before, `${NOT_UNDERSTOOD} ${error}`);
    assert.equal(await harbor.commandBox.inputValue(), line, "what was typed is there for mending");
    assert.equal(await harbor.commandBox.getAttribute("aria-invalid"), "true");
  }
  // Mended, it runs, and the notice is gone.
  await harbor.command("crash md-db-4");
  await eventually(async () => assert.match(await harbor.nodeSays("md-db-4"), /^md-db-4, down/));
  assert.deepEqual(await harbor.alerts(), []);
  assert.equal(await harbor.commandBox.inputValue(), "");
});

harborTest("a condition that does not hold", async ({ harbor }) => {
  const before = await someRun(harbor);
  await harbor.command("expect leader sg-db-1");
  await eventually(async () => assert.match((await harbor.alerts())[0], /^The condition does not hold\. line 1/));
  assert.deepEqual(await harbor.promises(), before.promises);
});

const SCRIPTS = [
  ["reserve C14 for 5521\n  crush md-db-4\n",
    `line 2, column 3: "crush" is no command; expected ${COMMANDS} (did you mean crash?)`],
  ["# é\nrun 5ms\ncrash md-db-5", `line 3, column 7: "md-db-5" is no node; expected md-db-4, md-db-2 or sg-db-1`],
  ["# Three lines, and a cabin that no ferry has.\ncluster seed=3\nreserve C99 for 5521\n",
    `line 3, column 9: "C99" is no cabin; expected a cabin C01 to C24, or W1 and up`],
  ["heal\nrun 5\nstep zero",
    `line 2, column 5: "5" has no unit of time; expected "until" or a duration up to 60min, such as 50ms ` +
    `(units: us, ms, s, min) ` +
    `line 3, column 6: "zero" is no whole number; expected a number of events from 1 to 1000000`],
  ["# fine\n".repeat(3000), "line 2001, column 1: the text goes on; expected at most 2000 lines"],
  [`# ${"a".repeat(70_000)}`, "line 1, column 65537: the text has 70002 bytes; expected at most 65536"],
];

harborTest("a wrong script in a file", async ({ harbor }) => {
  const before = await someRun(harbor);
  for (const [script, error] of SCRIPTS) {
    await harbor.open(script);
    await assertStays(harbor, before, `${NO_SCRIPT} ${error} Go on`);
    await harbor.button("Go on").click();
    await eventually(async () => assert.deepEqual(await harbor.moment(), before));
  }
});

harborTest("a script whose expectation fails stops there, and says where", async ({ harbor }) => {
  await harbor.open("reserve C14 for 5521\n\nexpect r1 201\ncrash md-db-4");
  await eventually(async () => assert.match((await harbor.alerts())[0], /^The script stopped\. line 3/));
  assert.match(await harbor.nodeSays("md-db-4"), /^md-db-4, leader/);
});

const good = link({ script: "reserve C14 for 5521 as r1\nrun until r1 201", at: "16046us", step: "9" });
const LINKS = [
  ["cut off", good.slice(0, -3), CUT_OFF],
  ["without its beginning", good.slice(12), CUT_OFF],
  ["altered", good.replace("C14", "C15"), CUT_OFF],
  ["garbage", "%00%ff<svg/onload=alert(1)>", CUT_OFF],
  ["another anchor", "promises", CUT_OFF],
  ["of a newer page", seal([["v", "2"], ["scene", "x"]]),
    "this link was made by a newer page, in version 2 of links; this page opens links up to version 1"],
  ["with a moment that is none", link({ script: "heal", at: "5ms", step: "0" }),
    `"at" in this link is wrong; expected a time in whole microseconds, such as 50000us`],
  ["with a wrong script", link({ script: "heal\ncrash <img src=x onerror=alert(1)>\nnow", at: "0us", step: "0" }),
    `the script in this link cannot run: line 2, column 7: "<img" is no node; expected md-db-4, md-db-2 or sg-db-1 ` +
    `(and 1 more)`],
];

harborTest("a link that cannot be opened, followed from a running page", async ({ harbor, page, server }) => {
  const before = await someRun(harbor);
  for (const [, fragment, error] of LINKS) {
    await page.goto(`${server.address}#${fragment}`);
    await assertStays(harbor, before, `${NO_LINK} ${error} Go on`);
  }
});

harborTest("a link that cannot be opened, as the first that is seen of the page", async ({ visit }) => {
  for (const [name, fragment, error] of [LINKS[0], LINKS.at(-1)]) {
    const harbor = new Harbor(await visit({ hash: `#${fragment}` }));
    assert.deepEqual(await harbor.alerts(), [`${NO_LINK} ${error} Go on`], name);
    assert.match(await harbor.head(), /leader md-db-4 term 27/);
    assert.deepEqual(await harbor.transcript(), []);
  }
});

harborTest("a link that is too long", async ({ harbor, page, server }) => {
  const before = await someRun(harbor);
  await page.goto(`${server.address}#${"a".repeat(200_000)}`);
  await assertStays(harbor, before, `${NO_LINK} this link has 200000 bytes; expected at most 197632 Go on`);
});

harborTest("a link to a moment too far ahead", async ({ harbor, page, server }) => {
  const before = await someRun(harbor);
  await page.goto(`${server.address}#${link({ script: "heal", at: "999999999999us", step: "0" })}`);
  const error = "its moment, 999999999.999 ms, lies too far behind the end of its script, 0.000 ms";
  await assertStays(harbor, before, `${NO_LINK} ${error} Go on`);
});

harborTest("markup in a whole link is text, wherever it is shown", async ({ harbor, page, visit }) => {
  const markup = `<img src=x onerror="document.title='owned'"><script>document.title='owned'</script>`;
  const script = `# ${markup}\nreserve C14 for 5521 # ${markup}\nrun 20ms`;
  const other = await visit({ hash: `#${link({ script, at: "20000us", step: "12" })}` });
  const there = new Harbor(other);
  assert.equal(await there.script(), script);
  assert.deepEqual(await there.alerts(), []);
  assert.equal(await other.locator("main img, main script").count(), 0);
  assert.doesNotMatch(await other.title(), /owned/);
  await harbor.open(script);
  await eventually(async () => assert.equal(await harbor.script(), script));
  assert.doesNotMatch(await page.title(), /owned/);
});
