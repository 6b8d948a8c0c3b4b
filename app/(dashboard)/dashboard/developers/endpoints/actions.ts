"use server";
import { redirect } from "next/navigation";
import { refusalText } from "#app/(dashboard)/refusal.ts";
import type { EndpointFormState, EndpointFormValues } from "#components/dashboard/endpoint-form.tsx";
import type { RollState } from "#components/dashboard/endpoint-secret.tsx";
import type { Outcome } from "#components/ui/outcome-form.tsx";
import { db } from "#db/client.ts";
import { type Also, auditing } from "#db/queries/audit.ts";
import { currentLocale } from "#lib/action.ts";
import type { AuditDetail } from "#lib/domain/audit.ts";
import { fail, type Problem } from "#lib/domain/errors.ts";
import type { MerchantAction } from "#lib/domain/staff-actions.ts";
import { translator } from "#lib/i18n/translator.ts";
import { openAction, type StaffProblem } from "#lib/staff.ts";
import {
  createEndpoint,
  deleteEndpoint,
  disableEndpoint,
  editEndpoint,
  enableEndpoint,
  rollEndpointSecret,
  type WhichEndpoint,
} from "#lib/webhooks/endpoints.ts";
import { isNoticeFormat } from "#lib/webhooks/format.ts";
import { sendTestEvent } from "#lib/webhooks/resend.ts";

const HERE = "/dashboard/developers/endpoints";

/** An endpoint a form names, when its sender may do this to it; what is done is written to the audit along with it. */
async function which(
  action: EndpointAction,
  form: FormData,
  detail: AuditDetail = {},
): Promise<{ endpoint: WhichEndpoint; also: Also } | { refused: StaffProblem }> {
  const opened = await openAction(action, form);
  if (!opened.ok) return { refused: opened.problem };
  const { merchant, actor } = opened;
  const also = auditing({ actor, merchantId: merchant.id, action, detail }, "endpoint");
  return { endpoint: { merchantId: merchant.id, endpointId: String(form.get("endpoint") ?? "") }, also };
}

type EndpointAction = Extract<MerchantAction, `endpoints.${string}`>;

async function sentence({ code, values }: Problem): Promise<string> {
  // Each sentence names the values it needs; the problem was made with exactly these.
  return translator(await currentLocale(), "problem")(code as "endpoint_limit", (values ?? {}) as { max: string });
}

function valuesOf(form: FormData): EndpointFormValues {
  const text = (name: string) => String(form.get(name) ?? "").slice(0, 2000);
  const eventTypes = form.get("which") === "some" ? form.getAll("type").map(String) : null;
  return { url: text("url"), description: text("description"), live: form.get("live") === "on", format: text("format"), eventTypes };
}

/** Makes an endpoint, whose secret is in the answer, or changes one. What was typed survives a problem. */
export async function saveEndpoint(_before: EndpointFormState, form: FormData): Promise<EndpointFormState> {
  const values = valuesOf(form);
  const { url, description, live, eventTypes, format } = values;
  const endpointId = String(form.get("endpoint") ?? "");
  const found = await which(endpointId ? "endpoints.edit" : "endpoints.create", form, { url, live, format });
  const blank = { problem: null, field: null, confirm: null, made: null, values };
  if ("refused" in found) return { ...blank, problem: await refusalText(found.refused), confirm: found.refused };
  const refused = async (problem: Problem) => ({ ...blank, problem: await sentence(problem), field: problem.field });
  if (!isNoticeFormat(format)) return refused(fail("format_unavailable", "format").problem);
  const said = { url, description, eventTypes, format };
  if (endpointId) {
    const edited = await editEndpoint({ ...found.endpoint, ...said }, db(), found.also);
    if (!edited.ok) return refused(edited.problem);
    redirect(`${HERE}/${endpointId}?said=saved`);
  }
  const made = await createEndpoint({ merchantId: found.endpoint.merchantId, live, ...said }, db(), found.also);
  if (!made.ok) return refused(made.problem);
  return { ...blank, made: { secret: made.value.secret, href: `${HERE}/${made.value.endpoint.id}` }, values: null };
}

/** Gives an endpoint a new secret and shows it once. */
export async function rollSecret(_before: RollState, form: FormData): Promise<RollState> {
  const overlapSeconds = Number(form.get("overlap") ?? Number.NaN);
  const found = await which("endpoints.roll", form, { overlap: String(form.get("overlap") ?? "") });
  if ("refused" in found) return { problem: await refusalText(found.refused), confirm: found.refused, secret: null };
  const rolled = await rollEndpointSecret({ ...found.endpoint, overlapSeconds }, db(), found.also);
  if (!rolled.ok) return { problem: await sentence(rolled.problem), confirm: null, secret: null };
  return { problem: null, confirm: null, secret: rolled.value.secret };
}

/** Sends a test event and says in words what came back. */
export async function testEndpoint(_before: Outcome | null, form: FormData): Promise<Outcome> {
  const found = await which("endpoints.test", form);
  if ("refused" in found) return { kind: "problem", text: (await refusalText(found.refused)) ?? "" };
  const result = await sendTestEvent(found.endpoint, db(), found.also);
  if (!result.ok) return { kind: "problem", text: await sentence(result.problem) };
  const t = translator(await currentLocale(), "webhooks");
  const { acknowledged, status, error, body, durationMs: ms } = result.value;
  if (status === null) return { kind: "problem", text: t("endpoints.testNone", { ms, error: error ?? "" }) };
  const answer = body.trim() ? ` ${t("endpoints.answerWas", { body: body.trim().slice(0, 200) })}` : "";
  const values = { status: String(status), ms };
  return acknowledged
    ? { kind: "done", text: t("endpoints.testOk", values) + answer }
    : { kind: "problem", text: t("endpoints.testBad", values) + answer };
}

const SWITCHES = { enable: enableEndpoint, disable: disableEndpoint, delete: deleteEndpoint } as const;

/** Enables, disables or deletes an endpoint, as the pressed button says. */
export async function switchEndpoint(form: FormData): Promise<void> {
  const verb = (Object.keys(SWITCHES) as (keyof typeof SWITCHES)[]).find((one) => one === form.get("verb")) ?? "enable";
  const at = `${HERE}/${encodeURIComponent(String(form.get("endpoint") ?? ""))}`;
  const found = await which(`endpoints.${verb}`, form);
  if ("refused" in found) redirect(`${at}?problem=${found.refused === "origin" ? "origin_mismatch" : "forbidden"}`);
  const result = form.get("verb") === verb ? await SWITCHES[verb](found.endpoint, db(), found.also) : fail("form_changed");
  if (!result.ok) redirect(`${at}?problem=${result.problem.code}`);
  redirect(verb === "delete" ? `${HERE}?said=deleted` : `${at}?said=${verb}`);
}
