/** A JSON Schema as the OpenAPI document has it: only what its generator writes. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  items?: Schema;
  description?: string;
}

const PLAIN: Readonly<Record<string, string>> = { string: "string", integer: "number", number: "number", boolean: "boolean", null: "null" };

/** A schema as a TypeScript type; names of components it uses are added to `used`. Throws on what it does not know. */
export function typeOf(schema: Schema, used: Set<string>): string {
  if (schema.$ref) {
    const name = nameOf(schema.$ref);
    used.add(name);
    return name;
  }
  if ("const" in schema) return JSON.stringify(schema.const);
  if (schema.enum) return union(schema.enum.map((one) => JSON.stringify(one)));
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return union(choices.map((one) => typeOf(one, used)));
  if (schema.allOf) return schema.allOf.map((one) => typeOf(one, used)).join(" & ");
  if (Array.isArray(schema.type)) return union(schema.type.map((type) => typeOf({ ...schema, type }, used)));
  if (schema.type === "array") return `(${typeOf(schema.items ?? {}, used)})[]`;
  if (schema.type === "object") return objectOf(schema, used);
  if (schema.type === undefined) return "unknown";
  const plain = PLAIN[schema.type];
  if (!plain) throw new Error(`sdk: a schema of type ${schema.type}`);
  return plain;
}

/** A schema's name in `#/components/schemas/`. */
export function nameOf(reference: string): string {
  return reference.replace("#/components/schemas/", "");
}

/** A documentation comment; nothing for no text. */
export function comment(text: string | undefined): string {
  return text ? `/** ${text.replaceAll("*/", "* /").replaceAll("\n", " ")} */\n` : "";
}

function objectOf({ properties, required = [], additionalProperties }: Schema, used: Set<string>): string {
  if (!properties) {
    const values = typeof additionalProperties === "object" ? typeOf(additionalProperties, used) : "unknown";
    return `{ [name: string]: ${values} }`;
  }
  const lines = Object.entries(properties).map(
    ([name, schema]) => `${comment(schema.description)}${name}${required.includes(name) ? "" : "?"}: ${typeOf(schema, used)};`,
  );
  return `{\n${lines.join("\n")}\n}`;
}

function union(parts: readonly string[]): string {
  return [...new Set(parts)].join(" | ");
}
