import { describe, expect, it } from "vitest";
import { formValues } from "#app/(dashboard)/dashboard/links/form-values.ts";
import { inputOf, readLinkForm } from "#app/(dashboard)/dashboard/links/read-form.ts";
import { linkTerms } from "#lib/domain/link-terms.ts";
import type { LinkWire } from "#lib/payments/link-input.ts";

const ZONE = "Asia/Hong_Kong";
const formOf = (values: Record<string, string>) => {
  const form = new FormData();
  for (const [name, value] of Object.entries(values)) if (value !== "") form.set(name, value);
  return form;
};
const LINK: LinkWire = {
  ...{ id: "lnk_1", slug: "menu", live: true, active: true, created_at: "2026-11-20T00:00:00.000Z", title: "Menu", currency: "HKD" },
  ...{ description: "Two\nlines", amount: null, min_amount: null, max_amount: null, suggested_amount: null, quantity_max: 4 },
  choices: [
    { label: "S", amount: "38.00" },
    { label: "L", amount: "48.50" },
  ],
  ...{ reusable: false, stock: 10, opens_at: "2026-12-01T02:00:00.000Z", expires_at: "2030-01-01T10:30:00.000Z" },
  fields: [
    { key: "milk", label: "Milk", kind: "choice", required: true, max_length: 200, options: ["Oat", "Soy"] },
    { key: "note", label: "Note", kind: "text", required: false, max_length: 20, options: [] },
  ],
  ...{ notify_url: "https://shop.example/hook", return_url: null, success_message: "Bye", account: "acc_1", locale: "en" },
};

describe("a link's form", () => {
  it.each<[string, Partial<LinkWire>]>([
    ["a list", {}],
    ["a fixed price", { choices: null, amount: "88.00" }],
    ["limits", { choices: null, min_amount: "1.00", max_amount: "9.00", suggested_amount: "5.00", quantity_max: null }],
  ])("a link with %s, drawn and sent back untouched, is the same link", (_what, more) => {
    const { id: _i, slug: _s, live: _l, active: _a, created_at: _c, ...terms } = { ...LINK, ...more };
    const { link } = readLinkForm(formOf(formValues({ ...LINK, ...more }, ZONE)), ZONE);
    // A choice's answers are as long as they are: its length is not asked.
    const fields = terms.fields.map(({ max_length, ...one }) => (one.kind === "choice" ? one : { ...one, max_length }));
    expect(link).toEqual({ ...terms, fields });
  });

  it("only the pricing that is ticked counts, and rows left empty are left out", () => {
    const { link, rows } = readLinkForm(
      formOf({
        pricing: "list",
        amount: "5",
        min_amount: "1",
        "choices.1.label": "a",
        "choices.1.amount": "1",
        "choices.4.amount": "2",
        "fields.2.label": "q",
      }),
      ZONE,
    );
    expect(link).toMatchObject({
      amount: null,
      min_amount: null,
      choices: [
        { label: "a", amount: "1" },
        { label: "", amount: "2" },
      ],
    });
    expect(rows).toEqual({ choices: [1, 4], fields: [2] });
  });

  it("a problem stands at the row it came from", () => {
    const rows = { choices: [1, 4], fields: [2] };
    const at = (field: string) => inputOf({ code: "amount_zero", field }, rows);
    expect(["choices.1.amount", "fields.0.options", "choices", "reusable", "stock"].map(at)).toEqual([
      ...["choices.4.amount", "fields.2.options", "choices.0.label", "once", "stock"],
    ]);
  });

  it.each([
    [{ stock: "many" }, "stock"],
    [{ stock: "1.5" }, "stock"],
    [{ quantity_max: "-3" }, "quantity_max"],
    [{ opens_at: "2026-02-30T10:00" }, "opens_at"],
    [{ "fields.0.label": "q", "fields.0.kind": "text", "fields.0.max_length": "x" }, "fields.0.max_length"],
  ])("%j is refused there, not passed over", (values, field) => {
    const { link } = readLinkForm(formOf({ title: "t", currency: "HKD", pricing: "fixed", amount: "5", ...values }), ZONE);
    expect(linkTerms(link)).toMatchObject({ ok: false, problem: { field } });
  });
});
