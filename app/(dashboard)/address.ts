import { isDay } from "#app/(dashboard)/dashboard/orders/filter.ts";

/** A page's query as Next gives it. */
export type Search = Record<string, string | string[] | undefined>;

/** Reads a list's address field by field. What cannot be used is named in `bad` and left out; an empty field is no filter. */
export function addressReader<Field extends string>(search: Search) {
  const bad: (Field | "from" | "to")[] = [];
  function read<T>(field: Field | "from" | "to", fits: (text: string) => T | null): T | null {
    const text = [search[field]].flat()[0]?.trim() ?? "";
    if (text === "") return null;
    const value = fits(text);
    if (value === null) bad.push(field);
    return value;
  }
  /** The days of `from` and `to`, both included; a last day before the first is the last one's mistake. */
  function days(): { from: string | null; to: string | null } {
    const day = (text: string) => (isDay(text) ? text : null);
    const [from, to] = [read("from", day), read("to", day)];
    if (from === null || to === null || from <= to) return { from, to };
    bad.push("to");
    return { from, to: null };
  }
  return { bad, read, days };
}

/** An address with the fields that say something. */
export function addressOf(path: string, fields: Readonly<Record<string, string | null | undefined>>): string {
  const set = Object.entries(fields).filter((pair): pair is [string, string] => Boolean(pair[1]));
  return set.length === 0 ? path : `${path}?${new URLSearchParams(set)}`;
}
