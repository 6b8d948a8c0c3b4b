import type { Database } from "#db/client.ts";
import { homeFigures } from "#db/schema/home-figures.ts";
import { expect, test } from "../fixtures.ts";
import { expectView, openQr } from "../support/checkout.ts";
import { hire, signIn } from "../support/person.ts";
import { openShop } from "../support/shop.ts";

const DAYS = { yesterday: 1, "a week ago": 7 };

/** What workers had added up an hour before this time on those days, as they write it down. */
async function paidBefore(database: Database, merchantId: string, amounts: Record<keyof typeof DAYS, bigint>): Promise<void> {
  const slot = (days: number) => new Date(Math.floor((Date.now() - days * 86_400_000 - 3_600_000) / 300_000) * 300_000);
  const rows = (["yesterday", "a week ago"] as const).map((day) => ({ slot: slot(DAYS[day]), amount: amounts[day] }));
  await database
    .insert(homeFigures)
    .values(rows.map((row) => ({ ...row, merchantId, kind: "taken" as const, live: false, currency: "HKD", paid: 1 })));
}

test("home says what was paid, against yesterday and last week, how far each order came, and leads to the day's orders", async ({
  page,
  control,
  ledger,
  database,
  server,
}) => {
  // A shop where it is past noon whenever this runs: an hour earlier is the same day.
  const ahead = 12 - new Date().getUTCHours();
  const timeZone = `Etc/GMT${ahead < 0 ? "+" : "-"}${Math.abs(ahead)}`;
  const shop = await openShop(database, server.publicUrl, { merchant: { timeZone } });
  await paidBefore(database, shop.id, { yesterday: 4_400n, "a week ago": 17_600n });
  const token = await openQr(page, shop.slug);
  await control.pay((await ledger.attempts(token))[0]?.gatewayOrderNo ?? "");
  await expectView(page, "paid");
  await openQr(page, shop.slug); // shown, and never paid
  await page.context().addCookies([{ name: "lang", value: "en", url: server.publicUrl }]);
  await signIn(page, await hire(database, { merchantId: shop.id, role: "viewer" }), "/dashboard?days=7");
  const takings = page.getByRole("region", { name: "Taken today" });
  await expect(takings.getByText("1 paid order")).toBeVisible();
  await expect(takings).toContainText("88.00");
  await expect(takings.getByText(/^\+100% on yesterday by \d\d:\d\d \(HK\$44\.00\)$/)).toBeVisible();
  await expect(takings.getByText(/^-50% on last \w+day by \d\d:\d\d \(HK\$176\.00\)$/)).toBeVisible();
  const steps = page.getByRole("region", { name: "From order to money" }).getByRole("listitem");
  await expect(steps).toHaveText([/^Opened\s*2/, /^Method chosen\s*2\s*100%/, /^Shown\s*2\s*100%/, /^Paid\s*1\s*50%/]);
  await expect(
    page
      .getByRole("row", { name: /^WeChat Pay/ })
      .getByRole("cell")
      .nth(1),
  ).toHaveText("1 / 1");
  await page
    .getByRole("link", { name: /HK\$88\.00, 1 order$/ })
    .locator("rect")
    .first()
    .click();
  await expect(page.getByRole("link", { name: "Orders" }).first()).toHaveAttribute("aria-current", "page");
});
