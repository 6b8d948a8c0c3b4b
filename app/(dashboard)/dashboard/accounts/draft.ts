import { issueWords } from "#app/(dashboard)/dashboard/accounts/issue-words.ts";
import { formValues, inputOf, type SchemaField, schemaFields } from "#app/(dashboard)/dashboard/accounts/schema-fields.ts";
import { readWindows, type WindowProblem } from "#app/(dashboard)/dashboard/accounts/windows.ts";
import type { StoredWindow } from "#lib/domain/routing.ts";
import { env, sandboxOn } from "#lib/env.ts";
import type { Gateway } from "#lib/gateways/gateway.ts";
import type { Translator } from "#lib/i18n/translator.ts";
import { isPublicHost } from "#lib/webhooks/guard.ts";

/** An account's row as a form says it, without its credentials. */
export interface DraftAccount {
  title: string;
  baseUrl: string;
  position: number;
  weight: number;
  amountWindows: StoredWindow[];
  live: boolean;
  active: boolean;
  settings: Record<string, unknown>;
}

/** An account read from its form: ready to be stored, or the problem of each field. `values` never holds a secret. */
export type Draft =
  | { ok: true; account: DraftAccount; credentials: Record<string, unknown> }
  | { ok: false; errors: Record<string, string>; values: Record<string, string> };

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);
const WEIGHT_MAX = 1000;

/** The account as it is stored; its credentials in clear, null where they cannot be opened any more. */
export interface StoredAccount {
  baseUrl: string;
  settings: unknown;
  credentials: Record<string, unknown> | null;
}

/**
 * Reads an account's form against its gateway's schemas. An empty input keeps a secret of the `stored` account; not one that is
 * itself sent to somebody and would go to another address than it was entered for (`Gateway.secretAddresses`): that is to be
 * entered again, so that who may edit an account cannot have a stored secret sent to a server of their own.
 */
export function draftOf(form: FormData, gateway: Gateway, stored: StoredAccount | null, t: Translator<"dashboard">): Draft {
  const errors: Record<string, string> = {};
  const text = (name: string) => String(form.get(name) ?? "").trim();
  const title = text("title");
  if (title.length < 1 || title.length > 80) errors.title = t("accounts.bad_title");
  if (!/^\d{1,3}$/.test(text("position"))) errors.position = t("accounts.bad_position");
  // A form without the field (a script's) leaves the weight as a new account has it.
  const weight = text("weight") || "1";
  if (!/^\d{1,4}$/.test(weight) || Number(weight) > WEIGHT_MAX) errors.weight = t("accounts.bad_weight");
  const { windows, problems } = readWindows(form, gateway.currencies);
  for (const [name, why] of Object.entries(problems)) errors[name] = t(`accounts.window_${why satisfies WindowProblem}`);
  const settings = parse("settings", gateway, form, null, errors, t);
  const insecure = settings?.insecureTransport === true;
  const baseUrl = baseUrlOf(text("baseUrl"), insecure);
  const moved = baseUrl && settings ? movedSecrets(gateway, stored, { baseUrl, settings }) : [];
  const kept = Object.entries(stored?.credentials ?? {}).filter(([name]) => !moved.includes(name));
  const credentials = parse("credentials", gateway, form, Object.fromEntries(kept), errors, t);
  for (const name of moved)
    if (text(`credentials.${name}`) === "") errors[`credentials.${name}`] = t("accounts.bad_moved", { field: name });
  if (!baseUrl)
    errors.baseUrl = t(wantsPlainHttp(text("baseUrl"), gateway, insecure) ? "accounts.bad_plain_http" : "accounts.bad_base_url");
  if (!baseUrl || !credentials || !settings || Object.keys(errors).length > 0) return { ok: false, errors, values: shown(form, gateway) };
  const live = form.get("live") === "on";
  // What the sandbox is paid with is no money: a live order must never be settled by it.
  if (live && isOwnSandbox(new URL(baseUrl)))
    return { ok: false, errors: { baseUrl: t("accounts.bad_live_sandbox") }, values: shown(form, gateway) };
  const active = form.get("active") === "on";
  const account = {
    title,
    baseUrl,
    position: Number(text("position")),
    weight: Number(weight),
    amountWindows: windows,
    live,
    active,
    settings,
  };
  return { ok: true, account, credentials };
}

/** The stored secrets that would go somewhere else than they went. */
function movedSecrets(gateway: Gateway, stored: StoredAccount | null, next: { baseUrl: string; settings: unknown }): string[] {
  const held = Object.entries(stored?.credentials ?? {}).flatMap(([name, value]) => (value === "" ? [] : [name]));
  if (!stored || held.length === 0) return [];
  const before = addressesOf(gateway, stored);
  return Object.entries(addressesOf(gateway, next) ?? {}).flatMap(([name, to]) =>
    held.includes(name) && to.some((url) => !before?.[name]?.includes(url)) ? [name] : [],
  );
}

/** Null when the settings do not fit their schema any more: nobody knows where anything went. */
function addressesOf(gateway: Gateway, account: { baseUrl: string; settings: unknown }): ReturnType<Gateway["secretAddresses"]> | null {
  try {
    return gateway.secretAddresses(account);
  } catch {
    return null;
  }
}

/** Where each stored secret goes that is itself sent to somebody, for its input to say. */
export function shownAddresses(gateway: Gateway, stored: StoredAccount): Record<string, string> {
  const entries = Object.entries(addressesOf(gateway, stored) ?? {});
  return Object.fromEntries(entries.filter(([name]) => stored.credentials?.[name]).map(([name, to]) => [name, to.join(" ")]));
}

/**
 * A gateway's address without a trailing slash; null unless https and public, or our own sandbox, with nothing but a path.
 * This server calls it and shows what came back: a merchant's admin must not reach what stands beside it (metadata,
 * databases). ALLOW_PRIVATE_WEBHOOKS=1 also allows private https hosts and http on this machine: a LAN, a fake gateway.
 * `insecure`: the account says that it speaks plain http (lib/payments/transport.ts); the host must be public all the same.
 */
export function baseUrlOf(text: string, insecure = false): string | null {
  if (text.length > 300 || !URL.canParse(text)) return null;
  const url = new URL(text);
  if (url.username || url.password || url.search || url.hash) return null;
  return isReachable(url, insecure) ? url.href.replace(/\/+$/, "") : null;
}

function isReachable(url: URL, insecure: boolean): boolean {
  if (isOwnSandbox(url)) return true;
  const open = env().ALLOW_PRIVATE_WEBHOOKS === "1";
  if (url.protocol === "https:") return open || isPublicHost(url.hostname);
  if (url.protocol !== "http:") return false;
  return (open && LOOPBACK.has(url.hostname)) || (insecure && isPublicHost(url.hostname));
}

/** Whether only the missing consent to plain http is wrong with this address. */
function wantsPlainHttp(text: string, gateway: Gateway, insecure: boolean): boolean {
  return !insecure && "insecureTransport" in gateway.settings.shape && baseUrlOf(text, true) !== null;
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
    const input = inputOf(
      fields.find((field) => field.name === name),
      issue.path,
    );
    errors[`${group}.${input}`] ??= missing ? t("accounts.bad_empty", { field: name }) : issueWords(issue, t);
  }
  // What is stored is what was entered: defaults stay the document's, also when the document is read anew one day.
  return parsed.success ? values : null;
}

/** What was typed, but for secrets: what a form comes back with. */
export function shown(form: FormData, gateway: Gateway): Record<string, string> {
  const secret = new Set(
    schemaFields("credentials", gateway.credentials, null)
      .filter((field) => field.secret)
      .map((field) => `credentials.${field.name}`),
  );
  const entries = [...form.entries()].filter((entry): entry is [string, string] => typeof entry[1] === "string" && !secret.has(entry[0]));
  return Object.fromEntries(entries);
}
