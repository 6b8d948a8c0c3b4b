"use server";
import { readAddress } from "#app/(dashboard)/dashboard/deliveries/filter.ts";
import type { Outcome } from "#components/ui/outcome-form.tsx";
import { db } from "#db/client.ts";
import { daySpan } from "#db/queries/dashboard-endpoints.ts";
import { currentLocale } from "#lib/action.ts";
import { can, fromOwnPage, merchantsOf, requireUser } from "#lib/auth.ts";
import { fail, type Problem } from "#lib/domain/errors.ts";
import { translator } from "#lib/i18n/translator.ts";
import { replayDeliveries } from "#lib/webhooks/replay.ts";
import { resendDelivery } from "#lib/webhooks/resend.ts";

const DAYS = 7;

/** The merchant a form is about and who sends it, when they may have that merchant's webhooks sent again. */
async function editable(form: FormData) {
  const user = await requireUser("/dashboard/deliveries");
  if (!(await fromOwnPage())) return fail("origin_mismatch");
  const merchant = (await merchantsOf(user)).find((one) => one.id === form.get("merchant"));
  return merchant && can(user, merchant.id, "edit_developers") ? { ok: true as const, merchant, actor: user.id } : fail("forbidden");
}

async function refusal({ code, values }: Problem): Promise<Outcome> {
  const text = translator(await currentLocale(), "problem")(code as "replay_range", (values ?? {}) as { max: string });
  return { kind: "problem", text };
}

/** Sends one delivery again. */
export async function resend(_before: Outcome | null, form: FormData): Promise<Outcome> {
  const allowed = await editable(form);
  if (!allowed.ok) return refusal(allowed.problem);
  const sent = await resendDelivery({ merchantId: allowed.merchant.id, deliveryId: String(form.get("delivery") ?? "") });
  return sent.ok ? { kind: "done", text: translator(await currentLocale(), "webhooks")("deliveries.resent") } : refusal(sent.problem);
}

/** Sends again all that a filter shows; without days, of the last seven. */
export async function replay(_before: Outcome | null, form: FormData): Promise<Outcome> {
  const allowed = await editable(form);
  if (!allowed.ok) return refusal(allowed.problem);
  const { address, bad } = readAddress(Object.fromEntries([...form].map(([name, value]) => [name, String(value)])));
  if (bad.length > 0) return refusal(fail("form_changed").problem);
  const { merchant, actor } = allowed;
  const days = await daySpan(db(), address, merchant.timeZone);
  const to = days.to ?? new Date();
  const from = days.from ?? new Date(to.getTime() - DAYS * 86_400_000);
  const { endpoint: endpointId, type, state } = address;
  const asked = await replayDeliveries({
    ...{ merchantId: merchant.id, actor, endpointId, from, to },
    types: type ? [type] : null,
    states: state ? [state] : null,
  });
  if (!asked.ok) return refusal(asked.problem);
  return { kind: "done", text: translator(await currentLocale(), "webhooks")("deliveries.replaying", { count: asked.value.count }) };
}
