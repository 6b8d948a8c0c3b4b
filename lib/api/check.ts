import type { z } from "zod";
import type { ApiProblem } from "#lib/api/result.ts";

type Checked<T> = { ok: true; value: T } | { ok: false; problem: ApiProblem };

/** Checks a body; the problem names the first field that is unknown, missing or wrong, as `payer.name`. */
export function checkBody(schema: z.ZodType, body: unknown): Checked<unknown> {
  const parsed = schema.safeParse(body);
  return parsed.success ? { ok: true, value: parsed.data } : { ok: false, problem: fieldProblem(parsed.error.issues[0], body) };
}

/** Checks a query; a parameter that stands twice is refused. */
export function checkQuery(schema: z.ZodType | null, search: URLSearchParams): Checked<unknown> {
  const names = [...search.keys()];
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) return wrong("parameter_invalid", twice, `The parameter \`${twice}\` stands twice.`);
  if (!schema) return names[0] === undefined ? { ok: true, value: {} } : wrong("parameter_unknown", names[0]);
  const parsed = schema.safeParse(Object.fromEntries(search));
  if (parsed.success) return { ok: true, value: parsed.data };
  const [issue] = parsed.error.issues;
  if (issue?.code === "unrecognized_keys") return wrong("parameter_unknown", issue.keys[0] ?? "");
  return wrong("parameter_invalid", pathOf(issue), issue?.message);
}

function wrong(code: ApiProblem["code"], param: string, detail?: string): { ok: false; problem: ApiProblem } {
  return { ok: false, problem: { code, param, values: { param }, ...(detail && { detail: sentence(param, detail) }) } };
}

function fieldProblem(issue: z.core.$ZodIssue | undefined, body: unknown): ApiProblem {
  const place = pathOf(issue);
  if (issue?.code === "unrecognized_keys") {
    const param = [place, issue.keys[0]].filter(Boolean).join(".");
    return { code: "field_unknown", param, values: { param } };
  }
  const missing = issue?.code === "invalid_type" && valueAt(body, issue.path) === undefined;
  const param = place || null;
  if (missing && param) return { code: "field_missing", param, values: { param } };
  return { code: "field_invalid", param, values: { param: place || "body" }, detail: sentence(place || "body", issue?.message ?? "") };
}

/** The schema's own words, e.g. "`title`: Too big: expected string to have <=128 characters." */
function sentence(param: string, message: string): string {
  if (message.includes("`")) return message;
  return `\`${param}\`: ${message}${/[.!?]$/.test(message) ? "" : "."}`;
}

function pathOf(issue: z.core.$ZodIssue | undefined): string {
  return issue?.path.map(String).join(".") ?? "";
}

function valueAt(body: unknown, path: readonly PropertyKey[]): unknown {
  let value = body;
  for (const key of path) value = (value as Record<PropertyKey, unknown> | null | undefined)?.[key];
  return value;
}
