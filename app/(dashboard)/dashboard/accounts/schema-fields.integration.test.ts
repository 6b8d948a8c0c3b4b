import { describe, expect, it } from "vitest";
import { z } from "zod";
import { formValues, inputOf, schemaFields } from "#app/(dashboard)/dashboard/accounts/schema-fields.ts";
import { GATEWAYS } from "#lib/gateways/registry.ts";

const schema = z.object({
  merchantNo: z.string().trim().min(1),
  key: z.string().meta({ secret: true, multiline: true }),
  variant: z.enum(["a", "b"]).default("a"),
  url: z
    .httpUrl()
    .or(z.url({ protocol: /^http$/ }))
    .optional(),
  paths: z.record(z.string(), z.string()).default({}),
});

const form = (fields: Record<string, string>) => {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(`credentials.${name}`, value);
  return data;
};

describe("a form drawn from a gateway's schema", () => {
  it("has an input of the right kind for each field", () => {
    const kinds = schemaFields("credentials", schema, null).map(({ name, kind, optional, standard }) => [name, kind, optional, standard]);
    expect(kinds).toEqual([
      ["merchantNo", "text", false, ""],
      ["key", "multiline", false, ""],
      ["variant", "choice", true, "a"],
      ["url", "text", true, ""],
      ["paths", "json", true, ""],
    ]);
  });

  it("never holds a secret's value", () => {
    const fields = schemaFields("credentials", schema, { merchantNo: "M1", key: "VERY SECRET", paths: { query: "/q" } });
    expect(JSON.stringify(fields)).not.toContain("SECRET");
    expect(fields.map((field) => field.value)).toEqual(["M1", "", "", "", '{"query":"/q"}']);
  });

  it("keeps a stored secret when its input is empty, and replaces it when it is not", () => {
    const fields = schemaFields("credentials", schema, null);
    const stored = { merchantNo: "M1", key: "old" };
    expect(formValues(fields, form({ merchantNo: "M2", key: "" }), stored).values).toEqual({ merchantNo: "M2", key: "old" });
    expect(formValues(fields, form({ merchantNo: "M2", key: "new" }), stored).values).toEqual({ merchantNo: "M2", key: "new" });
  });

  it("forgets a field that is no secret when its input is empty", () => {
    const fields = schemaFields("credentials", schema, null);
    expect(formValues(fields, form({ merchantNo: "" }), { merchantNo: "M1" }).values).toEqual({});
  });

  it("names JSON it cannot read", () => {
    const fields = schemaFields("credentials", schema, null);
    for (const text of ["nonsense", "[1]", "7", "null"])
      expect(formValues(fields, form({ paths: text }), null).unreadable).toEqual(["paths"]);
    expect(formValues(fields, form({ paths: '{"query":"/q"}' }), null)).toEqual({ values: { paths: { query: "/q" } }, unreadable: [] });
  });

  const rich = z.object({
    insecureTransport: z.boolean().default(false),
    signed: z.boolean().default(true),
    must: z.boolean(),
    retries: z.number().int().default(3),
    products: z.partialRecord(z.enum(["native", "h5"]), z.string().regex(/^\d+$/)).default({}),
  });
  const filled = (fields: Record<string, string>) => formValues(schemaFields("credentials", rich, null), form(fields), null).values;

  it("draws truth values, numbers and records of known names as such", () => {
    const fields = schemaFields("credentials", rich, { products: { native: "8002" }, must: true });
    expect(fields.map(({ name, kind, value, rows, danger }) => [name, kind, value, rows, danger])).toEqual([
      ["insecureTransport", "flag", "", {}, true],
      ["signed", "flag", "on", {}, false],
      ["must", "flag", "on", {}, false],
      ["retries", "number", "", {}, false],
      ["products", "rows", "", { native: "8002" }, false],
    ]);
  });

  it("stores a truth value only where it is not the document's own, or must be said", () => {
    expect(filled({ signed: "on" })).toEqual({ must: false });
    expect(filled({ insecureTransport: "on", must: "on" })).toEqual({ insecureTransport: true, signed: false, must: true });
  });

  it("reads a number as one, and leaves what is none for the schema to refuse", () => {
    expect(filled({ signed: "on", retries: "5" })).toMatchObject({ retries: 5 });
    const values = filled({ signed: "on", retries: "five" });
    expect(values).toMatchObject({ retries: "five" });
    expect(rich.safeParse(values).success).toBe(false);
  });

  it("puts a record together from its inputs, and names the input that is wrong", () => {
    const values = filled({ signed: "on", must: "on", "products.native": "8002", "products.h5": "x" });
    expect(values).toEqual({ must: true, products: { native: "8002", h5: "x" } });
    const issue = rich.safeParse(values).error?.issues[0];
    const field = schemaFields("credentials", rich, null).find(({ name }) => name === "products");
    expect(inputOf(field, issue?.path ?? [])).toBe("products.h5");
  });

  for (const gateway of GATEWAYS) {
    it(`draws every field of ${gateway.id} as an input of its own, none as JSON`, () => {
      const fields = [...schemaFields("credentials", gateway.credentials, null), ...schemaFields("settings", gateway.settings, null)];
      expect(fields.filter(({ kind }) => kind === "json").map(({ name }) => name)).toEqual([]);
    });

    it(`can be drawn for ${gateway.id}, whose secrets stay hidden`, () => {
      const fields = schemaFields("credentials", gateway.credentials, null);
      expect(fields.length).toBeGreaterThan(0);
      expect(fields.some((field) => field.secret)).toBe(true);
      expect(schemaFields("settings", gateway.settings, null).every((field) => field.optional)).toBe(true);
    });
  }
});
