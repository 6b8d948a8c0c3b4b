import type { Document } from "./generate.ts";
import type { Schema } from "./types-of.ts";

/** A list of words shorter than this is as easily read where it stands. */
const LONG = 10;

/**
 * The document with each long list of words that stands in several places (the currencies, the types of events) made a component
 * of its own, named after the first field that has it. It is copied; the given one stays as it is.
 */
export function nameLists(given: Document): Document {
  const document = structuredClone(given);
  const seen = new Map<string, { name: string; places: Schema[] }>();
  walk(document as unknown as Schema, "", (schema, name) => {
    if (!schema.enum || schema.enum.length < LONG) return;
    const words = JSON.stringify(schema.enum);
    const found = seen.get(words) ?? { name: nameFor(name), places: [] };
    found.places.push(schema);
    seen.set(words, found);
  });
  for (const [words, { name, places }] of seen) {
    if (places.length < 2) continue;
    if (document.components.schemas[name]) throw new Error(`sdk: two things would be called ${name}`);
    document.components.schemas[name] = { type: "string", enum: JSON.parse(words) as string[] };
    for (const place of places) {
      delete place.enum;
      delete place.type;
      place.$ref = `#/components/schemas/${name}`;
    }
  }
  return document;
}

/** `event_types` → `EventType`. */
function nameFor(field: string): string {
  const words = field.replace(/s$/, "").split("_");
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
}

/** Every object of the document, with the nearest name that is a field's. */
function walk(value: unknown, name: string, visit: (schema: Schema, name: string) => void): void {
  if (Array.isArray(value)) {
    for (const one of value) walk(one, name, visit);
    return;
  }
  if (typeof value !== "object" || value === null) return;
  const named = "name" in value && typeof value.name === "string" ? value.name : name;
  visit(value as Schema, named);
  for (const [key, inner] of Object.entries(value)) {
    if (key === "example" || key === "examples") continue;
    const isField = name === "\0properties";
    walk(inner, key === "properties" ? "\0properties" : isField ? key : named, visit);
  }
}
