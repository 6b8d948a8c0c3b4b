import type { Page } from "@playwright/test";
import type { Database } from "#db/client.ts";
import type { Control } from "./control.ts";
import type { Ledger } from "./ledger.ts";

/** What a page is brought into a state with. */
export interface Stage {
  page: Page;
  control: Control;
  ledger: Ledger;
  database: Database;
  origin: string;
}

/** From here on the page's browser gives itself this name; a header alone does not pass over the context's own. */
export async function nameBrowser(page: Page, userAgent: string): Promise<void> {
  await (await page.context().newCDPSession(page)).send("Emulation.setUserAgentOverride", { userAgent });
}
