import { nameLists } from "./name-lists.ts";
import { comment, type Schema, typeOf } from "./types-of.ts";

/** What of the OpenAPI document the SDK is made from. */
export interface Document {
  info: { version: string };
  paths: Record<string, Record<string, OperationPart>>;
  components: { schemas: Record<string, Schema> };
}
interface OperationPart {
  operationId: string;
  tags: string[];
  summary: string;
  parameters: { name?: string; in?: string; required?: boolean; description?: string; schema?: Schema }[];
  requestBody?: { content: { "application/json": { schema: Schema } } };
  responses: Record<string, { content?: { "application/json"?: { schema: Schema } } }>;
}
interface Operation extends OperationPart {
  method: string;
  path: string;
  /** `webhookEndpoints`, `rollSecret`. */
  resource: string;
  verb: string;
}

const HEAD = "// Written by scripts/sdk-types.ts from the API's own schemas: `npm run sdk:types`. Do not edit.\n";

/** The SDK's generated files by name: one of types a tag of the document, and the table of operations. */
export function generate(given: Document): Record<string, string> {
  const document = nameLists(given);
  const operations = operationsOf(document);
  const homes = homesOf(document, operations);
  const files: Record<string, string> = { "operations.ts": tableFile(document, operations) };
  for (const tag of new Set(operations.map((one) => one.tags[0] ?? ""))) {
    files[`${tag}.ts`] = tagFile(document, operations, homes, tag);
  }
  return files;
}

function operationsOf(document: Document): Operation[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, part]) => {
      const [resource = "", verb = ""] = part.operationId.split(".").map(camel);
      return { ...part, method: method.toUpperCase(), path, resource, verb };
    }),
  );
}

function camel(text: string): string {
  return text.replaceAll(/[_-](\w)/g, (_, letter: string) => letter.toUpperCase());
}

function pascal(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The tag whose file has a component: the first whose operations need it. */
function homesOf(document: Document, operations: readonly Operation[]): Map<string, string> {
  const homes = new Map<string, string>();
  for (const operation of operations) {
    const used = new Set<string>();
    for (const schema of [...schemasOf(operation)]) typeOf(schema, used);
    for (const name of used) {
      if (!homes.has(name)) homes.set(name, operation.tags[0] ?? "");
      typeOf(document.components.schemas[name] ?? {}, used); // a set that grows is walked to its end
    }
  }
  return homes;
}

function schemasOf(operation: Operation): Schema[] {
  const body = operation.requestBody?.content["application/json"].schema;
  return [replyOf(operation), ...(body ? [body] : []), ...operation.parameters.flatMap(({ schema }) => (schema ? [schema] : []))];
}

function replyOf({ responses, operationId }: Operation): Schema {
  const reply = (responses["201"] ?? responses["200"])?.content?.["application/json"]?.schema;
  if (!reply) throw new Error(`sdk: ${operationId} has no reply`);
  return reply;
}

/** The item of a list's reply; null when it is no list. */
function itemOf(reply: Schema): Schema | null {
  const { object, data } = reply.properties ?? {};
  return object?.const === "list" && data?.items ? data.items : null;
}

function tagFile(document: Document, operations: readonly Operation[], homes: Map<string, string>, tag: string): string {
  const used = new Set<string>();
  const own = operations.filter((one) => one.tags[0] === tag);
  const resources = [...new Set(own.map((one) => one.resource))].map((resource) => {
    const methods = own.filter((one) => one.resource === resource).map((one) => methodOf(one, used));
    return `export interface ${pascal(resource)} {\n${methods.map((one) => one.signature).join("\n")}\n}\n\n${methods.map((one) => one.inputs).join("")}`;
  });
  const components = [...homes].filter(([, home]) => home === tag).map(([name]) => component(document, name, used));
  const foreign = [...used].filter((name) => homes.get(name) !== tag).sort();
  const imports = [...new Set(foreign.map((name) => homes.get(name) ?? ""))]
    .sort()
    .map((home) => `import type { ${foreign.filter((name) => homes.get(name) === home).join(", ")} } from "./${home}.ts";\n`);
  const listing = own.some((one) => itemOf(replyOf(one))) ? 'import type { Listing } from "../listing.ts";\n' : "";
  const body = [...resources, ...components].join("\n");
  return `${HEAD}${listing}import type { CallOptions } from "../send.ts";\n${imports.join("")}\n${body}`;
}

function component(document: Document, name: string, used: Set<string>): string {
  const schema = document.components.schemas[name];
  if (!schema || schema.$ref === `#/components/schemas/${name}`) throw new Error(`sdk: the document does not say what ${name} is`);
  const type = typeOf(schema, used);
  const isObject = schema.type === "object" && schema.properties !== undefined;
  return `${comment(schema.description)}export ${isObject ? `interface ${name} ${type}` : `type ${name} = ${type};`}\n`;
}

function methodOf(operation: Operation, used: Set<string>): { signature: string; inputs: string } {
  const reply = replyOf(operation);
  const item = itemOf(reply);
  const places = operation.parameters.filter((one) => one.in === "path").map(({ name }) => `${name}: string`);
  const input = inputOf(operation);
  let inputs = "";
  if (input) {
    const name = `${pascal(operation.resource)}${pascal(operation.verb)}${input.kind}`;
    inputs = `export interface ${name} ${typeOf(input.schema, used)}\n\n`;
    places.push(`${input.kind.toLowerCase()}${input.schema.required?.length ? "" : "?"}: ${name}`);
  }
  const answer = item ? `Listing<${typeOf(item, used)}>` : `Promise<${typeOf(reply, used)}>`;
  return {
    signature: `${comment(operation.summary)}${operation.verb}(${[...places, "options?: CallOptions"].join(", ")}): ${answer};`,
    inputs,
  };
}

/** What a method takes besides the parts of its path. */
function inputOf(operation: Operation): { kind: "Body" | "Query"; schema: Schema } | null {
  const body = operation.requestBody?.content["application/json"].schema;
  if (body) return { kind: "Body", schema: body };
  const query = operation.parameters.filter((one) => one.in === "query");
  if (query.length === 0) return null;
  const properties = Object.fromEntries(
    query.map(({ name = "", schema = {}, description }) => [name, { ...schema, ...(description && { description }) }]),
  );
  return {
    kind: "Query",
    schema: { type: "object", properties, required: query.filter((one) => one.required).map(({ name = "" }) => name) },
  };
}

function tableFile(document: Document, operations: readonly Operation[]): string {
  const rows = operations.map((one) => {
    const takes = inputOf(one)?.kind.toLowerCase() ?? null;
    const facts = { method: one.method, path: one.path, takes, list: itemOf(replyOf(one)) !== null };
    return `${JSON.stringify(`${one.resource}.${one.verb}`)}: ${JSON.stringify(facts)},`;
  });
  return `${HEAD}
/** The version of the API that these types are of. */
export const API_VERSION = ${JSON.stringify(document.info.version)};

/** Every operation of the API: how it is called. */
export const OPERATIONS = {\n${rows.join("\n")}\n} as const satisfies Record<
  string,
  { method: "GET" | "POST" | "PATCH" | "DELETE"; path: string; takes: "body" | "query" | null; list: boolean }
>;
`;
}
