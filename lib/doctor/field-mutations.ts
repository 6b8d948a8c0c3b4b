import type { CauseId } from "#lib/doctor/causes.ts";
import { type Mutation, onPairs } from "#lib/doctor/mutation.ts";
import type { Pair, PairSource } from "#lib/doctor/recipe.ts";

/** What else a scheme says of its fields, for the search: names that are often lost when empty, headers that were signed. */
export interface FieldHints {
  optional: readonly string[];
  headers: readonly Pair[];
}

/** So many fields are left out one by one. */
const FIELDS_MAX = 60;

/** Mutations of which fields are signed, and under which names. */
export function fieldMutations(source: PairSource, hints: FieldHints): Mutation[] {
  const names = [...new Set(source.pairs.map(({ name }) => name))];
  const found: Mutation[] = [];
  const change = (id: CauseId, axis: string, about: { field?: string; form?: string }, to: (source: PairSource) => PairSource) =>
    found.push({ cause: { id, ...about }, axis, apply: (recipe) => onPairs(recipe, to) });
  for (const name of source.leaveOut) {
    const id: CauseId = /^sign(?:ature)?$/i.test(name) ? "sign_included" : "excluded_field_signed";
    const without = (one: PairSource) => one.leaveOut.filter((other) => other !== name);
    if (names.includes(name)) change(id, `field ${name}`, { field: name, form: "as given" }, (one) => ({ ...one, leaveOut: without(one) }));
    const blank = { name, value: "", raw: "" };
    change(id, `field ${name}`, { field: name, form: "empty" }, (one) => ({
      ...one,
      forced: [name],
      leaveOut: without(one),
      pairs: [...one.pairs.filter((pair) => pair.name !== name), blank],
    }));
  }
  for (const field of names.slice(0, FIELDS_MAX))
    if (!source.leaveOut.includes(field))
      change("field_not_signed", `field ${field}`, { field }, (one) => ({ ...one, leaveOut: [...one.leaveOut, field] }));
  if (source.empty === "keep")
    for (const field of hints.optional.filter((name) => !names.includes(name)))
      change("empty_lost", `field ${field}`, { field }, (one) => ({ ...one, pairs: [...one.pairs, { name: field, value: "", raw: "" }] }));
  for (const pair of hints.headers)
    change("headers_signed", "headers", { field: pair.name }, (one) => ({ ...one, pairs: [...one.pairs, pair] }));
  if (hints.headers.length > 1)
    change("headers_signed", "headers", { field: hints.headers.map(({ name }) => name).join(", ") }, (one) => ({
      ...one,
      pairs: [...one.pairs, ...hints.headers],
    }));
  for (const [form, rename] of Object.entries(NAMES))
    change("field_name_case", "names", { form }, (one) => ({
      ...one,
      pairs: one.pairs.map((pair) => ({ ...pair, name: rename(pair.name) })),
    }));
  return [...found, ...duplicates(source)];
}

const NAMES: Readonly<Record<string, (name: string) => string>> = {
  "lower case": (name) => name.toLowerCase(),
  "upper case": (name) => name.toUpperCase(),
  "first letter upper": (name) => name.slice(0, 1).toUpperCase() + name.slice(1),
  "camel → snake": (name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
  "snake → camel": (name) => name.replace(/_([a-z])/g, (_all, letter: string) => letter.toUpperCase()),
};

// A name that stands twice: runtimes keep the first, the last, or both joined.
function duplicates({ pairs }: PairSource): Mutation[] {
  const twice = [...new Set(pairs.map(({ name }) => name).filter((name, index, all) => all.indexOf(name) < index))];
  const keep = (form: string, choose: (same: Pair[]) => Pair[]): Mutation => ({
    cause: { id: "duplicate_field", field: twice.join(", "), form },
    axis: "duplicates",
    apply: (recipe) =>
      onPairs(recipe, (source) => ({
        ...source,
        pairs: source.pairs.flatMap((pair, index, all) => {
          const same = all.filter(({ name }) => name === pair.name);
          return all.findIndex(({ name }) => name === pair.name) === index ? choose(same) : [];
        }),
      })),
  });
  if (twice.length === 0) return [];
  return [
    keep("first", (same) => same.slice(0, 1)),
    keep("last", (same) => same.slice(-1)),
    keep("none", (same) => (same.length > 1 ? [] : same)),
    keep("joined by ,", (same) => same.slice(0, 1).map((pair) => ({ ...pair, value: same.map(({ value }) => value).join(",") }))),
  ];
}
