import { issueWords } from "#app/(dashboard)/dashboard/accounts/issue-words.ts";
import { formValues, type SchemaField, schemaFields } from "#app/(dashboard)/dashboard/accounts/schema-fields.ts";
import { env, sandboxOn } from "#lib/env.ts";
import type { Gateway } from "#lib/gateways/gateway.ts";
import type { Translator } from "#lib/i18n/translator.ts";
import { isPublicHost } from "#lib/webhooks/guard.ts";

/** An account read from its form: ready to be stored, or the problem of each field. `values` never holds a secret. */
export type Draft =
  | {
      ok: true;
      account: { title: string; baseUrl: string; position: number; live: boolean; active: boolean; settings: Record<string, unknown> };
      credentials: Record<string, unknown>;
    }
  | { ok: false; errors: Record<string, string>; values: Record<string, string> };

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** Reads an account's form against its gateway's schemas. `stored` are its present credentials, whose secrets an empty input keeps. */
export function draftOf(form: FormData, gateway: Gateway, stored: Record<string, unknown> | null, t: Translator<"dashboard">): Draft {
  const errors: Record<string, string> = {};
  const text = (name: string) => String(form.get(name) ?? "").trim();
  const title = text("title");
  if (title.length < 1 || title.length > 80) errors.title = t("accounts.bad_title");
  const baseUrl = baseUrlOf(text("baseUrl"));
  if (!baseUrl) errors.baseUrl = t("accounts.bad_base_url");
  if (!/^\d{1,3}$/.test(text("position"))) errors.position = t("accounts.bad_position");
  const credentials = parse("credentials", gateway, form, stored, errors, t);
  const settings = parse("settings", gateway, form, null, errors, t);
  if (!baseUrl || !credentials || !settings || Object.keys(errors).length > 0) return { ok: false, errors, values: shown(form, gateway) };
  const live = form.get("live") === "on";
  // What the sandbox is paid with is no money: a live order must never be settled by it.
  if (live && isOwnSandbox(new URL(baseUrl)))
    return { ok: false, errors: { baseUrl: t("accounts.bad_live_sandbox") }, values: shown(form, gateway) };
  const active = form.get("active") === "on";
  return { ok: true, account: { title, baseUrl, position: Number(text("position")), live, active, settings }, credentials };
}

/**
 * A gateway's address without a trailing slash; null unless https and public, or our own sandbox, with nothing but a path.
 * This server calls it and shows what came back: a merchant's admin must not reach what stands beside it (metadata,
 * databases). ALLOW_PRIVATE_WEBHOOKS=1 also allows private https hosts and http on this machine: a LAN, a fake gateway.
 */
export function baseUrlOf(text: string): string | null {
  if (text.length > 300 || !URL.canParse(text)) return null;
  const url = new URL(text);
  if (url.username || url.password || url.search || url.hash) return null;
  return isReachable(url) ? url.href.replace(/\/+$/, "") : null;
}

function isReachable(url: URL): boolean {
  if (isOwnSandbox(url)) return true;
  const open = env().ALLOW_PRIVATE_WEBHOOKS === "1";
  if (url.protocol === "https:") return open || isPublicHost(url.hostname);
  return url.protocol === "http:" && open && LOOPBACK.has(url.hostname);
}

function isOwnSandbox(url: URL): boolean {
  return sandboxOn() && url.origin === env().PUBLIC_URL && url.pathname.startsWith("/sandbox/gateway/");
}

function parse(
  group: SchemaField["group"],
  gateway: Gateway,
  form: FormData,
  stored: Record<string, unknown> | null,
  errors: Record<string, string>,
  t: Translator<"dashboard">,
): Record<string, unknown> | null {
  const fields = schemaFields(group, gateway[group], null);
  const { values, unreadable } = formValues(fields, form, stored);
  for (const name of unreadable) errors[`${group}.${name}`] = t("accounts.bad_json", { field: name, example: '{"query": "/order/query"}' });
  const parsed = gateway[group].safeParse(values);
  for (const issue of parsed.error?.issues ?? []) {
    const name = String(issue.path[0] ?? "");
    const missing = values[name] === undefined;
    errors[`${group}.${name}`] ??= missing ? t("accounts.bad_empty", { field: name }) : issueWords(issue, t);
  }
  // What is stored is what was entered: defaults stay the document's, also when the document is read anew one day.
  return parsed.success ? values : null;
}

function shown(form: FormData, gateway: Gateway): Record<string, string> {
  const secret = new Set(
    schemaFields("credentials", gateway.credentials, null)
      .filter((field) => field.secret)
      .map((field) => `credentials.${field.name}`),
  );
  const entries = [...form.entries()].filter((entry): entry is [string, string] => typeof entry[1] === "string" && !secret.has(entry[0]));
  return Object.fromEntries(entries);
}
