import type { z } from "zod";

/** One input, or one group of inputs, of the form that is drawn from a gateway's zod schema. */
export interface SchemaField {
  group: "credentials" | "settings";
  name: string;
  /** `rows`: a record whose names the schema knows, an input each; `json`: an object of whatever names. */
  kind: "text" | "multiline" | "number" | "choice" | "flag" | "rows" | "json";
  secret: boolean;
  /** The gateway's document has a value of its own, or does without. */
  optional: boolean;
  /** Of a choice: its values; of rows: their names. */
  options: string[];
  /** The value that an empty input stands for. */
  standard: string;
  /** What is stored, for people to see; always empty for a secret. A flag's is `on` or nothing. */
  value: string;
  /** Of rows: what is stored by name. */
  rows: Record<string, string>;
  /** Told in red: what it switches off protects money. */
  danger: boolean;
}

type Shape = Record<string, z.ZodType>;

/** The setting by which plain http is allowed, whichever gateway has it (lib/payments/transport.ts). */
const DANGEROUS: ReadonlySet<string> = new Set(["insecureTransport"]);

/** The inputs of one schema, in its order, filled with what is stored. A secret's value never leaves the server. */
export function schemaFields(group: SchemaField["group"], schema: z.ZodObject, stored: Record<string, unknown> | null): SchemaField[] {
  return Object.entries(schema.shape as Shape).map(([name, field]) => {
    const inner = unwrap(field);
    const meta = (field.meta() ?? inner.meta() ?? {}) as { secret?: boolean; multiline?: boolean };
    const kind = kindOf(inner, meta.multiline === true);
    const secret = meta.secret === true;
    const value = secret ? undefined : stored?.[name];
    const standard = field.safeParse(undefined);
    const unset = standard.success ? standard.data : undefined;
    return {
      group,
      name,
      kind,
      secret,
      optional: standard.success,
      standard: textOf(unset),
      options: kind === "choice" ? optionsOf(inner) : kind === "rows" ? rowNamesOf(inner) : [],
      value: kind === "flag" ? ((value ?? unset) === true ? "on" : "") : kind === "rows" ? "" : shown(value),
      rows: kind === "rows" && typeof value === "object" && value !== null ? rowsOf(value) : {},
      danger: DANGEROUS.has(name),
    };
  });
}

/**
 * What a form says about one schema, ready to be parsed by it. Empty means: keep a stored secret, else leave it out; so does a
 * flag that is as the document has it. A field whose JSON cannot be read is named in `unreadable`.
 */
export function formValues(fields: readonly SchemaField[], form: FormData, stored: Record<string, unknown> | null) {
  const values: Record<string, unknown> = {};
  const unreadable: string[] = [];
  const text = (name: string) =>
    String(form.get(name) ?? "")
      .replaceAll("\r\n", "\n")
      .trim();
  for (const field of fields) {
    const name = `${field.group}.${field.name}`;
    const entered = text(name);
    if (field.kind === "flag") {
      const ticked = entered === "on";
      if (!field.optional || ticked !== (field.standard === "true")) values[field.name] = ticked;
    } else if (field.kind === "rows") {
      const rows = field.options.map((option) => [option, text(`${name}.${option}`)] as const).filter(([, value]) => value !== "");
      if (rows.length > 0) values[field.name] = Object.fromEntries(rows);
    } else if (entered === "") {
      if (field.secret && stored?.[field.name] !== undefined) values[field.name] = stored[field.name];
    } else if (field.kind === "json") {
      const read = readObject(entered);
      if (read) values[field.name] = read;
      else unreadable.push(field.name);
      // What is no number stays text: the schema says so at the field.
    } else if (field.kind === "number") values[field.name] = /^-?\d{1,15}(\.\d{1,9})?$/.test(entered) ? Number(entered) : entered;
    else values[field.name] = entered;
  }
  return { values, unreadable };
}

/** The input an issue of the schema belongs to: a row's own where it names one. */
export function inputOf(field: SchemaField | undefined, path: readonly PropertyKey[]): string {
  const [name = "", row] = path.map(String);
  return field?.kind === "rows" && row !== undefined && field.options.includes(row) ? `${name}.${row}` : name;
}

function kindOf(inner: z.ZodType, multiline: boolean): SchemaField["kind"] {
  const { type } = inner.def;
  if (type === "enum") return "choice";
  if (type === "boolean") return "flag";
  if (type === "number" || type === "int") return "number";
  if (type === "record" && rowNamesOf(inner).length > 0) return "rows";
  if (isText(inner)) return multiline ? "multiline" : "text";
  return "json";
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

function rowNamesOf(field: z.ZodType): string[] {
  const key = (field.def as { keyType?: z.ZodType }).keyType;
  return key?.def.type === "enum" ? optionsOf(key) : [];
}

function rowsOf(value: object): Record<string, string> {
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, shown(one)]));
}

function shown(value: unknown): string {
  return value === undefined ? "" : typeof value === "string" ? value : JSON.stringify(value);
}

function textOf(value: unknown): string {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}
