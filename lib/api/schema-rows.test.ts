import { describe, expect, it } from "vitest";
import { fieldRows, typeText } from "#lib/api/schema-rows.ts";

describe("a schema's field in words", () => {
  it.each([
    [{ type: "string" }, "text"],
    [{ type: "string", minLength: 1, maxLength: 64 }, "text, 1 to 64 characters"],
    [{ type: "string", pattern: "^ord_[0-9a-z]{26}$" }, "id, ord_…"],
    [{ type: "string", format: "date-time" }, "time"],
    [{ anyOf: [{ type: "string", format: "date-time" }, { type: "null" }] }, "time or null"],
    [{ type: ["string", "null"] }, "text or null"],
    [{ type: "integer", minimum: 0, maximum: 9_007_199_254_740_991 }, "whole number"],
    [{ type: "integer", minimum: 1, maximum: 100 }, "whole number, 1 to 100"],
    [{ type: "string", enum: ["none", "part"] }, '"none" · "part"'],
    [{ const: "order" }, '"order"'],
    [{ type: "array", items: { $ref: "#/components/schemas/Order" } }, "list of Order"],
    [{ anyOf: [{ $ref: "#/components/schemas/Attempt" }, { type: "null" }] }, "Attempt or null"],
    [{ type: "object", additionalProperties: { type: "string" } }, "object of texts"],
    [{ type: "boolean" }, "true or false"],
  ])("%j is %s", (schema, words) => expect(typeText(schema)).toBe(words));

  it("nested fields stand after their parent, dotted, and say which are needed", () => {
    const schema = {
      type: "object",
      required: ["payer"],
      properties: {
        payer: { type: "object", required: ["name"], properties: { name: { type: "string", description: "Whose." } } },
        choices: { anyOf: [{ type: "array", items: { type: "object", properties: { label: { type: "string" } } } }, { type: "null" }] },
      },
    };
    expect(fieldRows(schema).map(({ name, required, text }) => [name, required, text])).toEqual([
      ["payer", true, ""],
      ["payer.name", true, "Whose."],
      ["choices", false, ""],
      ["choices[].label", false, ""],
    ]);
  });
});
