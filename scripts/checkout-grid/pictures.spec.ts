import { test } from "../../e2e/fixtures.ts";
import { dress } from "../../e2e/support/looks.ts";
import { STATES } from "../../e2e/support/states.ts";
import { TROUBLES } from "../../e2e/support/troubles.ts";
import { lastDocument } from "../../e2e/support/weight.ts";
import { DRESSES, pictureOf, SIZES } from "./looks.ts";

for (const [state, reach] of Object.entries({ ...STATES, ...TROUBLES })) {
  test(state, async ({ page, control, ledger, database, server, watch }) => {
    watch.allow(/./);
    const last = lastDocument(page);
    await reach({ page, control, ledger, database, origin: server.publicUrl });
    const address = last();
    for (const look of DRESSES) {
      await dress(page, look, server.publicUrl, address);
      for (const size of SIZES) {
        await page.setViewportSize(size);
        await page.screenshot({ path: pictureOf(state, size.width, look), type: "jpeg", quality: 70, fullPage: true });
      }
    }
  });
}
