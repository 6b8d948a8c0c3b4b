import { globSync, readFileSync } from "node:fs";
import { request } from "#app/request-testing.ts";

/** For tests that press the dashboard's forms in process, through the real handlers, over request-testing.ts. Never used by the product. */

export const ORIGIN = "http://localhost:3000";
export const SESSION_COOKIE = "next-auth.session-token";

// Server actions, and the route handlers that go through the same door.
const FILES = globSync("app/**/{actions,route}.ts").filter(
  (file) => file.endsWith("actions.ts") || readFileSync(file, "utf8").includes("openAction("),
);

/** Every handler of a form, by file and name. */
export const EXPORTS = FILES.sort().flatMap((file) =>
  [...readFileSync(file, "utf8").matchAll(/^export async function (\w+)\(([^)]*)\)/gm)].map(([, name, parameters]) => ({
    row: `${file}#${name}`,
    file,
    name: name ?? "",
    withState: (parameters ?? "").includes("_before"),
  })),
);

interface Sender {
  /** Nobody's when absent. */
  cookie?: string | undefined;
  /** Null: the browser does not say where from. */
  origin?: string | null;
  /** Of a route handler: what stands in its address. */
  params?: Readonly<Record<string, string>>;
}

/** Posts a form to a handler (`file#name`); what it answered or threw, as text. */
export async function sendForm(row: string, form: FormData, { cookie, origin = ORIGIN, params = {} }: Sender): Promise<string> {
  const found = EXPORTS.find((one) => one.row === row);
  if (!found) throw new Error(`no such action: ${row}`);
  request.headers = new Headers({ host: "localhost:3000", ...(origin && { origin }), referer: `${ORIGIN}/dashboard/links` });
  request.cookies = new Map(cookie ? [[SESSION_COOKIE, cookie]] : []);
  request.asked = [];
  const module = (await import(/* @vite-ignore */ `../${found.file}`)) as Record<string, (...given: unknown[]) => Promise<unknown>>;
  const action = module[found.name];
  if (!action) throw new Error(`${row} is not exported`);
  const posted = () => new Request(ORIGIN, { method: "POST", body: form, headers: request.headers });
  const given = found.file.endsWith("route.ts")
    ? [posted(), { params: Promise.resolve(params) }]
    : found.withState
      ? [STATE, form]
      : [form];
  return action(...given).then(
    async (answer) =>
      answer instanceof Response
        ? `${answer.status} ${answer.headers.get("location") ?? (await answer.text())}`
        : (JSON.stringify(answer) ?? ""),
    (error: Error) => error.message,
  );
}

const STATE = { values: {}, errors: {}, key: "k" };
