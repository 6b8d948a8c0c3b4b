import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { LinkPage, type LinkPageProps } from "#components/checkout/link-page.tsx";
import { LINK_STANDINGS } from "#lib/domain/link.ts";
import { LOCALES } from "#lib/i18n/locale.ts";
import type { LinkView } from "#lib/payments/checkout-link.ts";

const money = (minor: bigint) => ({ minor, currency: "HKD" as const });
const LINK: LinkView = {
  ...{ id: "lnk_1", slug: "menu", title: "Coffee", description: "", currency: "HKD", amount: null, minAmount: null, maxAmount: null },
  choices: [
    { label: "Small", amount: money(3800n) },
    { label: "Large", amount: money(4850n) },
  ],
  ...{ suggestedAmount: null, quantityMax: 5, live: true, standing: "open", opensAt: new Date("2026-12-01T02:00:00Z") },
  fields: [
    { key: "table", label: "Table <b>", kind: "number", required: true, maxLength: 3, options: [] },
    { key: "milk", label: "Milk", kind: "choice", required: false, maxLength: 200, options: ["Oat", "Soy"] },
  ],
  ...{ expiresAt: new Date("2030-01-01T00:00:00Z"), nextFreeAt: new Date("2026-11-20T11:00:00Z"), revision: 7, locale: null },
  ...{ timeZone: "Asia/Hong_Kong", merchant: { name: "Morning", brand: { supportContact: "shop@example.com" } } },
};
const draw = (link: Partial<LinkView>, more: Partial<LinkPageProps> = {}) =>
  renderToStaticMarkup(
    <LinkPage link={{ ...LINK, ...link }} locale="en" formKey="key-of-the-form" typed={{}} problem={null} action="/x" {...more} />,
  );
const namesOf = (html: string) => [...html.matchAll(/ name="(\w+)"/g)].map((match) => match[1]);

describe("a link's page", () => {
  it("sends which, how many and the answers: a price only where the link leaves it open", () => {
    const menu = namesOf(draw({}));
    expect(menu).toEqual(["slug", "key", "revision", "choice", "choice", "quantity", "field_a", "field_b"]);
    const open = { choices: null, minAmount: money(100n), maxAmount: money(900n), quantityMax: 1, fields: [] };
    expect(namesOf(draw(open))).toEqual(["slug", "key", "revision", "amount"]);
    expect(namesOf(draw({ choices: null, amount: money(100n), quantityMax: 1, fields: [] }))).toEqual(["slug", "key", "revision"]);
  });

  it("the button says the price where it is sure, and goes on where it is not", () => {
    const fixed = { choices: null, amount: money(8800n), fields: [] };
    expect(draw({ ...fixed, quantityMax: 1 })).toMatch(/<button[^>]*>Pay HK\$88\.00</);
    expect(draw({ ...fixed, quantityMax: 3 })).toMatch(/<button[^>]*>Continue</);
  });

  it("a problem names the question, is tied to its input, and keeps what was typed", () => {
    const html = draw({}, { typed: { field_a: "12a", choice: "1" }, problem: { code: "answer_too_long", field: "field_a" } });
    expect(html).toContain("“Table &lt;b&gt;” takes at most 3 characters.");
    expect(html).toMatch(/<input[^>]*id="field_a"[^>]*aria-invalid="true"[^>]*aria-describedby="problem"[^>]*value="12a"/);
    expect(html).toMatch(/<input[^>]*name="choice"[^>]*checked=""[^>]*value="1"/);
  });

  it("any problem an address may name can be said, whatever the link is", () => {
    for (const code of ["stock_below_taken", "quantity_invalid", "amount_below", "choices_invalid"] as const)
      for (const field of [null, "quantity", "field_c", "nowhere"])
        expect(draw({}, { problem: { code, field } })).toContain('id="problem"');
  });

  it.each(LOCALES)("in %s each reason to take nothing has a title, words and a next step of its own, and no form", (locale) => {
    const closed = LINK_STANDINGS.filter((one) => one !== "open");
    const pages = closed.map((standing) => draw({ standing }, { locale }));
    for (const html of pages) {
      expect(html).toContain('data-view="link_closed"');
      expect(html).not.toContain("<form");
      expect(html).toMatch(/href="\?"|shop@example\.com/);
    }
    const titles = pages.map((html) => /<h1[^>]*>([^<]+)</.exec(html)?.[1]);
    expect(new Set(titles).size).toBe(closed.length);
  });

  it("who holds the last place finds the way to their own order", () => {
    expect(draw({ standing: "held" }, { resume: "/pay/abc" })).toMatch(/<a class="primary" href="\/pay\/abc">/);
    expect(draw({ standing: "held" })).not.toContain("/pay/");
  });
});
