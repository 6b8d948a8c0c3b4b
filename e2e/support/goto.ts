import type { BrowserContext, Page } from "@playwright/test";

/** In all, and the pause before each further one: a page that loads itself anew is there by then, also on a busy machine. */
const TRIES = 6;
const PAUSE_MS = 250;
/** Where the sandbox's gateways show pages of their own. */
const CASHIER = "/sandbox/cashier/";

/**
 * A live page follows its order and loads itself anew at any moment; an address typed at that same moment wins in a person's
 * browser. Playwright reports it as an interrupted navigation instead: here it goes there again, a few times at most.
 */
export function letAddressesWin(context: BrowserContext): void {
  for (const page of context.pages()) insist(page);
  context.on("page", insist);
}

/**
 * A gateway's page that looks every three seconds whether it is paid can ask for itself again in the very moment in which the typed
 * address arrives, and be granted it.
 */
function stopReloading(): void {
  // A test's own clock counts its timers from far up.
  const last = Number(setTimeout(() => {}, 0));
  for (let timer = Math.max(0, last - 1000); timer <= last; timer += 1) clearInterval(timer);
  window.stop();
}

function insist(page: Page): void {
  const goto = page.goto.bind(page);
  page.goto = async (address, options) => {
    if (page.url().includes(CASHIER)) await page.evaluate(stopReloading).catch(() => {});
    for (let tries = 1; ; tries += 1) {
      try {
        return await goto(address, options);
      } catch (error) {
        if (tries === TRIES || !(error instanceof Error && /is interrupted by another navigation/.test(error.message))) throw error;
        await page.waitForTimeout(PAUSE_MS);
      }
    }
  };
}
