// The switches of the console write the lines that do the same, and the cluster obeys.
import assert from "node:assert/strict";
import { eventually, harborTest } from "./harbor.mjs";

harborTest("every switch, and a lease that keeps an old leader from answering", async ({ harbor, page }) => {
  const panel = harbor.region("Old leaders and new ones");
  for (const [name, line] of [
    [/^Lease/, "set lease=on"], [/^Gateway token/, "set gateway-token=on"], [/^Automatic failover/, "set failover=auto"],
    [/^Terms/, "set terms=off"], [/^Terms/, "set terms=on"], [/^Automatic failover/, "set failover=manual"],
  ]) {
    const toggle = panel.getByRole("switch", { name });
    const before = await toggle.isChecked();
    await toggle.press("Space");
    await eventually(async () => assert.equal(await toggle.isChecked(), !before));
    await eventually(async () => assert.equal((await page.locator("pre").innerText()).trim().split("\n").at(-1), line));
  }
  await harbor.commands("partition md-db-4", "run 1s", "reserve C14 for 5521", "run 100ms");
  await harbor.button("Why? r1").click();
  await harbor.region(/^Why\?/).getByText("md-db-4 has no lease").waitFor();
});
