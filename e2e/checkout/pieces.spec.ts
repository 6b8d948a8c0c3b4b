import { expect, test } from "../fixtures.ts";
import { expectView, openOrder, openQr, PHONE } from "../support/checkout.ts";
import { countShifts, expectStill } from "../support/looks.ts";
import { inPieces } from "../support/pieces.ts";

/** Where a network may part a document: behind a text that every checkout has, so many characters in. */
const CUTS: Readonly<Record<string, (html: string) => number>> = {
  "behind the order's side": (html) => html.indexOf("</section>") + "</section>".length,
  "within the order's side": (html) => html.indexOf('class="what-for"'),
  "within the heading": (html) => html.indexOf('id="state"') + 40,
  "before the foot": (html) => html.indexOf("<footer"),
};

const SCREENS = { desktop: {}, phone: PHONE } as const;

for (const [screen, options] of Object.entries(SCREENS))
  test.describe(screen, () => {
    test.use(options);

    for (const [where, cut] of Object.entries(CUTS))
      test(`nothing jumps when the document comes in two pieces, parted ${where}`, async ({ page, server, browser, watch }) => {
        test.slow();
        // Shoppers' addresses are read by the server from what a proxy of ours says; this one says nothing.
        const token = screen === "phone" ? await openOrder(page) : await openQr(page);
        const context = await browser.newContext({ ...options, locale: "zh-CN" });
        watch.follow(context);
        const slow = await context.newPage();
        await countShifts(slow);
        const pieces = await inPieces(server.publicUrl, cut);
        try {
          for (const query of ["", "?choose=1"]) {
            const loading = slow.goto(`${pieces.origin}/pay/${token}${query}`, { waitUntil: "commit" });
            await loading;
            // The first piece has been painted before the second one leaves.
            await slow.waitForFunction(() => performance.getEntriesByType("paint").length > 0 && document.querySelector("main") !== null);
            expect(await slow.evaluate(() => document.querySelector("footer"))).toBeNull();
            await slow.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
            pieces.release();
            await slow.locator("footer").waitFor();
            await expectStill(slow, `${screen} ${where} ${query}`);
          }
          await expectView(slow, "choose");
        } finally {
          await context.close();
          await pieces.close();
        }
      });
  });
