import type { BrowserContext, Page } from "@playwright/test";

/** In all, and the pause before each further one: a page that loads itself anew is there by then, also on a busy machine. */
const TRIES = 6;
const PAUSE_MS = 250;

/**
 * A live page follows its order and loads itself anew at any moment; an address typed at that same moment wins in a person's
 * browser. Playwright reports it as an interrupted navigation instead: here it goes there again, a few times at most.
 */
export function letAddressesWin(context: BrowserContext): void {
  for (const page of context.pages()) insist(page);
  context.on("page", insist);
}

function insist(page: Page): void {
  const goto = page.goto.bind(page);
  page.goto = async (address, options) => {
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
