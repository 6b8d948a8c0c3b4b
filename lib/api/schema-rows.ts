/** One field of an object, as the documentation shows it. */
export interface FieldRow {
  /** Dotted for what stands inside another field; `[]` for what is in a list. */
  name: string;
  type: string;
  required: boolean;
  text: string;
  /** A component it is made of, to link to. */
  component: string | null;
}

type Json = Record<string, unknown>;
const DEPTH_MAX = 3;

/** The fields of a JSON Schema object, nested ones after their parent. */
export function fieldRows(schema: Json, prefix = "", depth = 0): FieldRow[] {
  const properties = (schema.properties ?? {}) as Record<string, Json>;
  const required = new Set((schema.required as string[] | undefined) ?? []);
  return Object.entries(properties).flatMap(([name, field]) => {
    const bare = withoutNull(field);
    const path = prefix + name;
    const own: FieldRow = {
      name: path,
      type: typeText(field),
      required: required.has(name),
      text: typeof field.description === "string" ? field.description : "",
      component: componentOf(bare) ?? componentOf((bare.items ?? {}) as Json),
    };
    if (depth >= DEPTH_MAX) return [own];
    const inner = bare.type === "array" ? withoutNull((bare.items ?? {}) as Json) : bare;
    return [own, ...fieldRows(inner, bare.type === "array" ? `${path}[].` : `${path}.`, depth + 1)];
  });
}

/** A field's type in a few words: "text, 1 to 64 characters", "list of text", "Order or null". */
export function typeText(schema: Json): string {
  const bare = withoutNull(schema);
  return `${plainType(bare)}${bare === schema && !nullable(schema) ? "" : " or null"}`;
}

function plainType(schema: Json): string {
  const component = componentOf(schema);
  if (component) return component;
  if (Array.isArray(schema.enum)) return schema.enum.length > 12 ? "text, one of a list" : schema.enum.map((one) => `"${one}"`).join(" · ");
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (Array.isArray(schema.oneOf)) return "one of several shapes, by `kind`";
  if (Array.isArray(schema.anyOf)) return [...new Set((schema.anyOf as Json[]).map(plainType))].join(" or ");
  const type = Array.isArray(schema.type) ? schema.type.find((one) => one !== "null") : schema.type;
  if (type === "array") return `list of ${plainType(withoutNull((schema.items ?? {}) as Json))}`;
  if (type === "object") return schema.properties ? "object" : "object of texts";
  if (type === "integer") return `whole number${range(schema.minimum, schema.maximum, "")}`;
  if (type === "boolean") return "true or false";
  if (schema.format === "date-time") return "time";
  const prefix = typeof schema.pattern === "string" ? /^\^([a-z]{3}_)/.exec(schema.pattern)?.[1] : undefined;
  if (prefix) return `id, ${prefix}…`;
  return `text${range(schema.minLength, schema.maxLength, " characters")}`;
}

function range(least: unknown, most: unknown, unit: string): string {
  const huge = typeof most === "number" && most >= Number.MAX_SAFE_INTEGER;
  if (typeof most !== "number" || huge) return "";
  return typeof least === "number" && least > 0 ? `, ${least} to ${most}${unit}` : `, at most ${most}${unit}`;
}

function nullable({ type }: Json): boolean {
  return Array.isArray(type) && type.includes("null");
}

function withoutNull(schema: Json): Json {
  if (!Array.isArray(schema.anyOf)) return schema;
  const others = (schema.anyOf as Json[]).filter(({ type }) => type !== "null");
  return others.length === 1 && others[0] && others.length < schema.anyOf.length ? others[0] : schema;
}

function componentOf({ $ref }: Json): string | null {
  return typeof $ref === "string" ? ($ref.split("/").at(-1) ?? null) : null;
}
