/** A decimal that leaves as a JSON number, digit for digit: the document's `float` and `int` are numbers, and no float may come between. */
export class WireNumber {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export type Json = string | number | boolean | null | WireNumber | readonly Json[] | { readonly [name: string]: Json };
/** The business fields of a reply. */
export type Shape = { readonly [name: string]: Json };

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;

/** JSON text. A WireNumber whose text is no JSON number is a mistake of ours and throws. */
export function toJson(value: Json): string {
  if (value instanceof WireNumber) return numberText(value.text);
  if (isList(value)) return `[${value.map(toJson).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    return `{${Object.entries(value)
      .map(([name, item]) => `${JSON.stringify(name)}:${toJson(item)}`)
      .join(",")}}`;
  }
  return JSON.stringify(value);
}

function numberText(text: string): string {
  if (!NUMBER.test(text)) throw new Error("a decimal of the reply is no number");
  return text;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
