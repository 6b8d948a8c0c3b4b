import { describe, expect, it } from "vitest";
import { answersOf, type LinkField, type LinkLimits, linkStanding, priceOf } from "#lib/domain/link.ts";
import { linkTerms } from "#lib/domain/link-terms.ts";

const HKD = { title: "Tea", currency: "HKD" };
const FIXED = { ...HKD, amount: "88" };
const problem = (input: Parameters<typeof linkTerms>[0]) => {
  const terms = linkTerms(input);
  return terms.ok ? null : `${terms.problem.code} ${terms.problem.field}`;
};

describe("a link's terms", () => {
  it.each([
    ["a title of blanks", { ...FIXED, title: "  " }, "title_missing title"],
    ["a long title", { ...FIXED, title: "x".repeat(101) }, "title_too_long title"],
    ["a currency nobody takes", { ...FIXED, currency: "XXX" }, "currency_unsupported currency"],
    ["no price", HKD, "pricing_invalid amount"],
    ["two prices", { ...FIXED, choices: [{ label: "a", amount: "1" }] }, "pricing_invalid amount"],
    ["a price and a limit", { ...FIXED, max_amount: "5" }, "pricing_invalid amount"],
    ["nothing for money", { ...FIXED, amount: "0.00" }, "amount_zero amount"],
    ["a thousandth", { ...FIXED, amount: "1.005" }, "amount_places amount"],
    ["half a yen", { title: "Tea", currency: "JPY", amount: "1.5" }, "amount_places amount"],
    ["no choices", { ...HKD, choices: [] }, "choices_invalid choices"],
    [
      "too many choices",
      { ...HKD, choices: Array.from({ length: 21 }, (_, n) => ({ label: `c${n}`, amount: "1" })) },
      "choices_invalid choices",
    ],
    [
      "a choice twice",
      {
        ...HKD,
        choices: [
          { label: "a", amount: "1" },
          { label: " a ", amount: "2" },
        ],
      },
      "choice_label_invalid choices.1.label",
    ],
    ["a choice without a price", { ...HKD, choices: [{ label: "a", amount: "" }] }, "amount_missing choices.0.amount"],
    ["only one limit", { ...HKD, min_amount: "1" }, "amount_missing max_amount"],
    ["limits the wrong way round", { ...HKD, min_amount: "2", max_amount: "1" }, "limits_invalid max_amount"],
    ["a suggestion outside", { ...HKD, min_amount: "1", max_amount: "2", suggested_amount: "3" }, "suggested_outside suggested_amount"],
    ["one piece at most", { ...FIXED, quantity_max: 1 }, "quantity_range quantity_max"],
    ["half a piece", { ...FIXED, quantity_max: 2.5 }, "quantity_range quantity_max"],
    ["more in all than can be charged", { ...FIXED, amount: "99999999999", quantity_max: 2 }, "quantity_range quantity_max"],
    ["pieces of an open amount", { ...HKD, min_amount: "1", max_amount: "2", quantity_max: 3 }, "quantity_not_here quantity_max"],
    ["none there", { ...FIXED, stock: 0 }, "stock_range stock"],
    ["no instant", { ...FIXED, expires_at: "tomorrow" }, "time_invalid expires_at"],
    ["a time without a zone", { ...FIXED, opens_at: "2026-11-20T10:00" }, "time_invalid opens_at"],
    ["the 40th of a month", { ...FIXED, opens_at: "2026-11-40T10:00:00Z" }, "time_invalid opens_at"],
    [
      "an end before the start",
      { ...FIXED, opens_at: "2026-11-20T10:00:00Z", expires_at: "2026-11-20T10:00:00Z" },
      "times_invalid expires_at",
    ],
    ["a long description", { ...FIXED, description: "x".repeat(501) }, "text_too_long description"],
    ["a long message", { ...FIXED, success_message: "x".repeat(501) }, "text_too_long success_message"],
    ["four questions", { ...FIXED, fields: [1, 2, 3, 4].map((n) => ({ label: `q${n}`, kind: "text" })) }, "fields_too_many fields"],
    ["a question without words", { ...FIXED, fields: [{ label: " ", kind: "text" }] }, "field_label_invalid fields.0.label"],
    ["a kind there is not", { ...FIXED, fields: [{ label: "q", kind: "date" }] }, "field_kind_invalid fields.0.kind"],
    ["a name of ours", { ...FIXED, fields: [{ label: "q", kind: "text", key: "quantity" }] }, "field_key_invalid fields.0.key"],
    [
      "a name twice",
      {
        ...FIXED,
        fields: [
          { label: "a", kind: "text", key: "x" },
          { label: "b", kind: "text", key: "x" },
        ],
      },
      "field_key_invalid fields.1.key",
    ],
    [
      "an endless answer",
      { ...FIXED, fields: [{ label: "q", kind: "text", max_length: 201 }] },
      "field_length_invalid fields.0.max_length",
    ],
    [
      "one answer to choose from",
      { ...FIXED, fields: [{ label: "q", kind: "choice", options: ["a"] }] },
      "field_options_invalid fields.0.options",
    ],
    [
      "an answer twice",
      { ...FIXED, fields: [{ label: "q", kind: "choice", options: ["a", "a"] }] },
      "field_options_invalid fields.0.options",
    ],
    [
      "answers of a text",
      { ...FIXED, fields: [{ label: "q", kind: "text", options: ["a", "b"] }] },
      "field_options_invalid fields.0.options",
    ],
  ])("%s is refused by name of the field", (_what, input, expected) => {
    expect(problem(input)).toBe(expected);
  });

  it("what is given becomes what is kept", () => {
    const terms = linkTerms({
      ...HKD,
      choices: [{ label: " Large ", amount: "19.9" }],
      quantity_max: 4,
      expires_at: "2030-01-01T00:00:00+08:00",
      fields: [
        { label: "Table", kind: "number", required: true },
        { label: "Milk", kind: "choice", options: ["Oat", "Soy"] },
      ],
    });
    expect(terms.ok && terms.value).toMatchObject({
      amount: null,
      choices: [{ label: "Large", amount: "1990" }],
      minAmount: null,
      quantityMax: 4,
      reusable: true,
      stock: null,
      expiresAt: new Date("2029-12-31T16:00:00Z"),
      fields: [
        { key: "field_1", kind: "number", required: true, maxLength: 20, options: [] },
        { key: "field_2", kind: "choice", required: false, options: ["Oat", "Soy"] },
      ],
    });
  });
});

describe("the price of what a shopper chose", () => {
  const list = { currency: "HKD", amount: null, minAmount: null, maxAmount: null, quantityMax: 3 };
  const choices = [
    { label: "S", amount: "1000" },
    { label: "L", amount: "1550" },
  ];
  const sent = { amount: null, choice: null, quantity: null };

  it("is the link's own: the browser says which and how many", () => {
    const price = priceOf({ ...list, choices }, { amount: "0.01", choice: "1", quantity: "3" });
    expect(price).toEqual({ ok: true, value: { amount: { minor: 4650n, currency: "HKD" }, quantity: 3, choice: "L" } });
  });

  it.each([[null], [""], ["2"], ["-1"], ["1.0"], ["0x1"], ["constructor"]])("the choice %j is none", (choice) => {
    expect(priceOf({ ...list, choices }, { ...sent, choice })).toMatchObject({ problem: { code: "choice_missing", field: "choice" } });
  });

  it.each([["0"], ["4"], ["-1"], ["1.5"], ["1e1"], [""], ["９"]])("%j pieces are refused", (quantity) => {
    expect(priceOf({ ...list, choices: null, amount: 100n }, { ...sent, quantity })).toMatchObject({
      problem: { code: "quantity_invalid", field: "quantity", values: { max: "3" } },
    });
  });

  it("pieces sent to a link that counts none are one", () => {
    const price = priceOf({ ...list, choices: null, amount: 100n, quantityMax: null }, { ...sent, quantity: "50" });
    expect(price).toMatchObject({ value: { amount: { minor: 100n }, quantity: 1 } });
  });
});

describe("answers to a merchant's questions", () => {
  const question = (more: Partial<LinkField>): LinkField => ({
    ...{ key: "q", label: "Table", kind: "text", required: false, maxLength: 5, options: [] },
    ...more,
  });

  it.each([
    [question({ required: true }), null, "answer_missing"],
    [question({ required: true }), " 　 ", "answer_missing"],
    [question({}), "123456", "answer_too_long"],
    [question({ kind: "choice", options: ["a", "b"] }), "c", "answer_choice"],
    [question({ kind: "number" }), "1.5", "answer_number"],
  ])("what does not answer %j is refused at its input: %j", (field, answer, code) => {
    expect(answersOf([question({ key: "first" }), field], ["x", answer])).toMatchObject({
      problem: { code, field: "field_b", values: { label: "Table" } },
    });
  });

  it("are kept by the question's key, trimmed, without the empty ones; characters are counted, not bytes", () => {
    const fields = [question({ key: "a" }), question({ key: "b" }), question({ key: "c", kind: "number" })];
    expect(answersOf(fields, [" 😀😀😀😀😀 ", "", "12"])).toEqual({ ok: true, value: { a: "😀😀😀😀😀", c: "12" } });
  });

  it("what was not asked is not kept", () => {
    expect(answersOf([], ["x", "y", "z"])).toEqual({ ok: true, value: {} });
  });
});

describe("what a link is", () => {
  const now = new Date("2026-11-20T12:00:00Z");
  const link: LinkLimits = { active: true, reusable: true, stock: null, takenOrders: 0, takenPieces: 0, opensAt: null, expiresAt: null };
  const [before, after] = [new Date(now.getTime() - 1), new Date(now.getTime() + 1)];
  it.each<[Partial<LinkLimits>, number, string]>([
    [{}, 5, "open"],
    [{ active: false, expiresAt: before }, 0, "retired"],
    [{ expiresAt: now }, 0, "expired"],
    [{ expiresAt: after, opensAt: now }, 0, "open"],
    [{ opensAt: after }, 0, "not_yet"],
    [{ reusable: false, takenOrders: 1 }, 1, "held"],
    [{ reusable: false, takenOrders: 1 }, 0, "paid"],
    [{ stock: 3, takenPieces: 2 }, 2, "open"],
    [{ stock: 3, takenPieces: 3 }, 1, "held"],
    [{ stock: 3, takenPieces: 3 }, 0, "sold_out"],
    [{ reusable: false, takenOrders: 1, expiresAt: before }, 1, "expired"],
  ])("%j with %d open orders is %s", (more, openOrders, standing) => {
    expect(linkStanding({ ...link, ...more }, now, openOrders)).toBe(standing);
  });
});
