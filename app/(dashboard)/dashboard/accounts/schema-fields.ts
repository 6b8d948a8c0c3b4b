import type { z } from "zod";

/** One input of the form that is drawn from a gateway's zod schema. */
export interface SchemaField {
  group: "credentials" | "settings";
  name: string;
  kind: "text" | "multiline" | "choice" | "json";
  secret: boolean;
  /** The gateway's document has a value of its own, or does without. */
  optional: boolean;
  options: string[];
  /** The value that an empty input stands for. */
  standard: string;
  /** What is stored, for people to see; always empty for a secret. */
  value: string;
}

type Shape = Record<string, z.ZodType>;

/** The inputs of one schema, in its order, filled with what is stored. A secret's value never leaves the server. */
export function schemaFields(group: SchemaField["group"], schema: z.ZodObject, stored: Record<string, unknown> | null): SchemaField[] {
  return Object.entries(schema.shape as Shape).map(([name, field]) => {
    const inner = unwrap(field);
    const meta = (field.meta() ?? inner.meta() ?? {}) as { secret?: boolean; multiline?: boolean };
    const kind = inner.def.type === "enum" ? "choice" : isText(inner) ? (meta.multiline ? "multiline" : "text") : "json";
    const value = stored?.[name];
    const standard = field.safeParse(undefined);
    return {
      group,
      name,
      kind,
      secret: meta.secret === true,
      optional: standard.success,
      standard: standard.success && typeof standard.data === "string" ? standard.data : "",
      options: kind === "choice" ? optionsOf(inner) : [],
      value: meta.secret || value === undefined ? "" : typeof value === "string" ? value : JSON.stringify(value),
    };
  });
}

/**
 * What a form says about one schema, ready to be parsed by it. Empty means: keep a stored secret, else leave it out. A field
 * whose JSON cannot be read is named in `unreadable`.
 */
export function formValues(fields: readonly SchemaField[], form: FormData, stored: Record<string, unknown> | null) {
  const values: Record<string, unknown> = {};
  const unreadable: string[] = [];
  for (const field of fields) {
    const text = String(form.get(`${field.group}.${field.name}`) ?? "")
      .replaceAll("\r\n", "\n")
      .trim();
    if (text === "") {
      if (field.secret && stored?.[field.name] !== undefined) values[field.name] = stored[field.name];
    } else if (field.kind === "json") {
      const read = readObject(text);
      if (read) values[field.name] = read;
      else unreadable.push(field.name);
    } else values[field.name] = text;
  }
  return { values, unreadable };
}

function readObject(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

// `.default()`, `.optional()` and their kin hold the field they wrap; five deep is more than any schema here.
function unwrap(field: z.ZodType): z.ZodType {
  let inner = field;
  for (let depth = 0; depth < 5; depth += 1) {
    const wrapped = (inner.def as { innerType?: z.ZodType }).innerType;
    if (!wrapped) return inner;
    inner = wrapped;
  }
  return inner;
}

// Text, or a choice between texts such as two kinds of URL.
function isText(field: z.ZodType): boolean {
  const options = (field.def as { options?: z.ZodType[] }).options;
  return field.def.type === "string" || (field.def.type === "union" && options !== undefined && options.every(isText));
}

function optionsOf(field: z.ZodType): string[] {
  return Object.values((field.def as unknown as { entries: Record<string, string> }).entries);
}
