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
  recolour,
  THEMES,
} from "../support/looks.ts";
import { STATES } from "../support/states.ts";
import { TROUBLES } from "../support/troubles.ts";
import { expectLight, lastDocument, weigh } from "../support/weight.ts";
import { expectOnly } from "../support/words.ts";

const DESKTOP = { width: 1280, height: 720 };
/** A test shop's goods, and the parameter an entry address lacks. */
const KNOWN = /茶 Tea|\bsign\b/g;
/** In English a bank's own name stands beside the translated one. */
const BANKS = GATEWAYS.flatMap((gateway) => Object.values(gateway.banks).flatMap((banks) => banks.map((bank) => bank.name)));
const KNOWN_IN_ENGLISH = new RegExp([...BANKS.sort((a, b) => b.length - a.length), KNOWN.source].join("|"), "g");

for (const [name, reach] of Object.entries({ ...STATES, ...TROUBLES })) {
  test(`${name}: light, accessible in both themes, one language at a time, fits small phones, never jumps`, async ({
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
    const last = lastDocument(page);
    await reach({ page, control, ledger, database, origin: server.publicUrl });
    const address = last();
    expectLight(await weigh(page, address), server.publicUrl);
    // The server draws each language in both themes, one of them on a phone; a look at the other is a look at its colours.
    for (const [index, locale] of LOCALES.entries()) {
      const [first, second] = index % 2 === 0 ? THEMES : ([THEMES[1], THEMES[0]] as const);
      await page.setViewportSize(DESKTOP);
      await dress(page, { theme: first, locale }, server.publicUrl, address);
      await expectStill(page, `${name} ${first} ${locale}`);
      await expectAccessible(page, `${name} ${first} ${locale}`);
      await expectOnly(page, locale, locale === "en" ? KNOWN_IN_ENGLISH : KNOWN);
      await recolour(page, second);
      await expectAccessible(page, `${name} ${second} ${locale}`, "colours");
      await page.setViewportSize({ width: NARROW[0], height: 780 });
      await dress(page, { theme: second, locale }, server.publicUrl, address);
      await expectStill(page, `${name} on a phone ${locale}`);
      for (const width of NARROW) {
        await page.setViewportSize({ width, height: 780 });
        await expectFits(page, `${name} ${width} ${locale}`);
      }
    }
    await expectTouchable(page, name);
  });
}
