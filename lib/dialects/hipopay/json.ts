/** A decimal that leaves as a JSON number, by its text: Version 2.0 replies carry numbers (seeds/000 §4.9), and no float may come between. */
export class WireNumber {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export type Json = string | number | boolean | null | WireNumber | readonly Json[] | { readonly [name: string]: Json };

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;

/** JSON text. A WireNumber stands there digit for digit; one whose text is no JSON number leaves as a string. */
export function toJson(value: Json): string {
  if (value instanceof WireNumber) return NUMBER.test(value.text) ? value.text : JSON.stringify(value.text);
  if (isList(value)) return `[${value.map(toJson).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    return `{${Object.entries(value)
      .map(([name, item]) => `${JSON.stringify(name)}:${toJson(item)}`)
      .join(",")}}`;
  }
  return JSON.stringify(value);
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
