// Starts the page. Both file names carry a hash of their content, so they are read from the preload links in the head.
const address = (kind) => document.querySelector(`link[rel=${kind}]`).href;
try {
  const page = await import(address("modulepreload"));
  await page.default({ module_or_path: address("preload") });
} catch (error) {
  const status = document.getElementById("start");
  if (status) status.textContent = `The page could not start (${error.message}). It needs a browser of 2023 or later; reload to try again.`;
  throw error;
}
