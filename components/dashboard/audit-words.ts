import type { AuditProblem } from "#lib/audit/verify.ts";
import type { Translator } from "#lib/i18n/translator.ts";

/** What was done, in words; the action's own name where a row is older than this program's words. */
export function actionText(t: Translator<"audit">, action: string): string {
  const key = `did.${action}` as "did.accounts.save";
  return t.has(key) ? t(key) : action;
}

/** What is wrong with the chain, in the reader's language. */
export function standingText(t: Translator<"audit">, problem: AuditProblem): string {
  const { kind, sequence } = problem;
  const until = "until" in problem ? problem.until : sequence;
  const columns = kind === "changed" ? problem.columns.join(", ") : "";
  return t(`problem.${kind}`, { sequence, until, columns });
}

const PAGES: Readonly<Record<string, string>> = {
  account: "/dashboard/accounts/",
  alert_channel: "/dashboard/alerts/channels/",
  delivery: "/dashboard/deliveries/",
  endpoint: "/dashboard/developers/endpoints/",
  invitation: "/dashboard/team/invite/",
  key: "/dashboard/developers/keys/",
  link: "/dashboard/links/",
  notification: "/dashboard/notifications/",
  order: "/dashboard/orders/",
  payout: "/dashboard/payouts/",
  refund_request: "/dashboard/refunds/",
};

/** The page of what a row is about; null where it has none. */
export function targetHref(kind: string | null, id: string | null): string | null {
  const page = kind === null ? undefined : PAGES[kind];
  return page && id ? page + encodeURIComponent(id) : null;
}

/** A row's facts by name; empty when its text is none (a tampered row must not break the page). */
export function factsOf(detail: string): readonly (readonly [string, string])[] {
  try {
    const facts: unknown = JSON.parse(detail);
    if (typeof facts !== "object" || facts === null) return [];
    return Object.entries(facts).map(([name, value]) => [name, String(value ?? "–")] as const);
  } catch {
    return [["detail", detail]];
  }
}
