import { headers } from "next/headers";
import { db } from "#db/client.ts";
import { type MerchantRow, readMerchants } from "#db/queries/dashboard-merchants.ts";
import { storableText } from "#db/storable.ts";
import { currentShopper, originIsOurs } from "#lib/action.ts";
import { can, requireUser, type User } from "#lib/auth.ts";
import type { AuditActor } from "#lib/domain/audit.ts";
import type { Confirmation } from "#lib/domain/proof.ts";
import { type MerchantAction, type Needs, STAFF_ACTIONS, type StaffAction } from "#lib/domain/staff-actions.ts";
import { dashboardPath } from "#lib/own-path.ts";
import { confirmed } from "#lib/reauth.ts";

/** Why an action may not be done. `confirm_…`: the person must prove themselves, at the form's own fields (ConfirmPerson). */
export type StaffProblem = "origin" | "forbidden" | Exclude<Confirmation, "ok">;

/** An action that may go on. `actor` is for `appendAudit`; `merchant` is null for what is not about one. */
export type Opened<M> = { ok: true; user: User; merchant: M; actor: AuditActor } | { ok: false; problem: StaffProblem };

/**
 * The only way a dashboard's form reaches a use case (reliability.md 10): signed in (others are sent to sign in and come back to
 * the page they were on), from a page of ours, allowed by STAFF_ACTIONS in the merchant it is about, and, where the table says
 * so, by a person who proved themselves lately. The merchant is the form's `merchant` field, or `merchantId`: that of the object
 * the form names, read under the person's scope. A merchant that is not theirs, is unknown or missing is `forbidden` alike.
 */
export async function openAction<A extends StaffAction>(
  name: A,
  form: FormData,
  merchantId: string = String(form.get("merchant") ?? ""),
): Promise<Opened<A extends MerchantAction ? MerchantRow : null>> {
  const head = await headers();
  const { permission, recent, enrolling } = { enrolling: false, ...STAFF_ACTIONS[name] };
  const user = await requireUser(pageOf(head.get("referer")), { enrolling });
  if (!originIsOurs(head.get("origin"), head.get("host"))) return { ok: false, problem: "origin" };
  const found = await permitted(user, permission, merchantId);
  if (!found.ok) return { ok: false, problem: "forbidden" };
  const proof = recent ? await confirmed(user, form) : "ok";
  if (proof !== "ok") return { ok: false, problem: proof };
  const { ip, userAgent } = await currentShopper();
  const actor: AuditActor = { kind: "user", id: user.id, name: user.name, ip, userAgent };
  return { ok: true, user, merchant: found.merchant as A extends MerchantAction ? MerchantRow : null, actor };
}

async function permitted(
  user: User,
  needs: Needs,
  merchantId: string,
): Promise<{ ok: true; merchant: MerchantRow | null } | { ok: false }> {
  if (needs === "self") return { ok: true, merchant: null };
  if (needs === "platform") return user.platformAdmin ? { ok: true, merchant: null } : { ok: false };
  if (!can(user, merchantId, needs)) return { ok: false };
  const [merchant] = await readMerchants(db(), [storableText(merchantId)]);
  return merchant ? { ok: true, merchant } : { ok: false };
}

/** The dashboard page a form was on. */
function pageOf(referer: string | null): string {
  if (!referer || !URL.canParse(referer)) return dashboardPath("");
  const { pathname, search } = new URL(referer);
  return dashboardPath(pathname + search);
}
