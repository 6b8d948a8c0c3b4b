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
        await expectOnly(page, locale);
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
