import { GATEWAYS } from "#lib/gateways/registry.ts";
import { test } from "../fixtures.ts";
import {
  countShifts,
  dress,
  expectAccessible,
  expectFits,
  expectStill,
  expectTouchable,
  LOCALES,
  NARROW,
  THEMES,
} from "../support/looks.ts";
import { STATES } from "../support/states.ts";
import { expectOnly } from "../support/words.ts";

/** A test shop's goods, and the parameter an entry address lacks. */
const KNOWN = /茶 Tea|\bsign\b/g;
/** In English a bank's own name stands beside the translated one. */
const BANKS = GATEWAYS.flatMap((gateway) => Object.values(gateway.banks).flatMap((banks) => banks.map((bank) => bank.name)));
const KNOWN_IN_ENGLISH = new RegExp([...BANKS.sort((a, b) => b.length - a.length), KNOWN.source].join("|"), "g");

for (const [name, reach] of Object.entries(STATES)) {
  test(`${name}: accessible in both themes, one language at a time, fits small phones, never jumps`, async ({
    page,
    control,
    ledger,
    database,
    server,
    watch,
  }) => {
    test.slow();
    if (name === "nothing here") watch.allow(/^404 GET /);
    await countShifts(page);
    await reach({ page, control, ledger, database, origin: server.publicUrl });
    for (const theme of THEMES)
      for (const locale of LOCALES) {
        await dress(page, { theme, locale }, server.publicUrl);
        await expectStill(page, `${name} ${theme} ${locale}`);
        await expectAccessible(page, `${name} ${theme} ${locale}`);
        await expectOnly(page, locale, locale === "en" ? KNOWN_IN_ENGLISH : KNOWN);
      }
    for (const locale of LOCALES) {
      await page.setViewportSize({ width: NARROW[0], height: 780 });
      await dress(page, { theme: "light", locale }, server.publicUrl);
      await expectStill(page, `${name} on a phone ${locale}`);
      for (const width of NARROW) {
        await page.setViewportSize({ width, height: 780 });
        await expectFits(page, `${name} ${width} ${locale}`);
      }
    }
    await expectTouchable(page, name);
  });
}
