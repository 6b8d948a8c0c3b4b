import { expect } from "../fixtures.ts";
import { expectView } from "../support/checkout.ts";
import { BLOCKED_SCRIPT } from "../support/watch.ts";
import { refusals, USABLE } from "./elsewhere.ts";
import { test } from "./fixtures.ts";
import { openMatrixOrder } from "./stage.ts";
import { COLUMNS, CONTEXTS } from "./tables.ts";

for (const context of COLUMNS.context) {
  test.describe(() => {
    test.use({ ...CONTEXTS[context].device, javaScriptEnabled: false });

    test(`${context}: what cannot be used here is shown, cannot be pressed, and says why in each language`, async ({
      page,
      database,
      server,
      shop,
      watch,
      ledger,
    }) => {
      watch.allow(BLOCKED_SCRIPT);
      const token = await openMatrixOrder(database, shop, server.publicUrl, "en");
      for (const language of COLUMNS.language) {
        await page.context().addCookies([{ name: "lang", value: language, url: server.publicUrl }]);
        await page.goto(`/pay/${token}?choose=1`);
        await expectView(page, "choose");
        const rows = await page.locator("button[name=method], a.method").evaluateAll((all) =>
          all.map((row) => ({
            method: row instanceof HTMLButtonElement ? row.value : new URL((row as HTMLAnchorElement).href).searchParams.get("ask"),
            usable: !(row instanceof HTMLButtonElement && row.disabled),
            words: row.querySelector(".method-reason")?.textContent ?? "",
          })),
        );
        const usable = rows.filter((row) => row.usable).map((row) => String(row.method));
        expect([language, usable.toSorted()]).toEqual([language, USABLE[context].toSorted()]);
        for (const [method, words] of Object.entries(refusals(context, language)))
          expect([method, rows.find((row) => row.method === method)?.words]).toEqual([method, expect.stringContaining(words)]);
      }
      expect(await ledger.attempts(token)).toEqual([]);
    });
  });
}
