import { expect, type Page } from "@playwright/test";

/** Reads on the audit screen, as whoever is signed in, that somebody did this, in words; the row's details say each of the facts. */
export async function readAudit(
  page: Page,
  { who, did, facts = [] }: { who: string; did: string; facts?: readonly string[] },
): Promise<void> {
  if (new URL(page.url()).pathname !== "/dashboard/audit") await page.goto("/dashboard/audit");
  const row = page.locator("tbody tr", { hasText: did });
  await expect(row, did).toHaveCount(1);
  await expect(row).toContainText(who);
  if (facts.length > 0) await row.locator("summary").click();
  for (const fact of facts) await expect(row.locator("dl"), did).toContainText(fact);
}
