// What changes in the document, and in which parts of the page.

/** The changes while `during` lasts: how many there are in each part, by the part's class. */
export async function changes(page, during) {
  await page.evaluate(() => {
    const counts = {};
    const part = (node) => {
      const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
      const named = element?.closest("section, header, [role=dialog], main");
      return [...named?.classList ?? []].find((name) => name !== "panel") ?? named?.localName ?? "elsewhere";
    };
    const observer = new MutationObserver((records) => {
      for (const { target } of records) counts[part(target)] = (counts[part(target)] ?? 0) + 1;
    });
    observer.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
    window.observed = { counts, observer };
  });
  await during();
  return page.evaluate(() => new Promise((resolve) => {
    // The page draws before the next frame; what it did is told before the one after it.
    requestAnimationFrame(() => requestAnimationFrame(() => {
      window.observed.observer.disconnect();
      resolve(window.observed.counts);
    }));
  }));
}

/** All of them together. */
export const sum = (counts) => Object.values(counts).reduce((total, count) => total + count, 0);
