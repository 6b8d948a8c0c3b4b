"use server";
import { redirect } from "next/navigation";
import type { EndpointFormState, EndpointFormValues } from "#components/dashboard/endpoint-form.tsx";
import type { RollState } from "#components/dashboard/endpoint-secret.tsx";
import type { Outcome } from "#components/ui/outcome-form.tsx";
import { currentLocale } from "#lib/action.ts";
import { can, fromOwnPage, merchantsOf, requireUser } from "#lib/auth.ts";
import { fail, type Problem } from "#lib/domain/errors.ts";
import { translator } from "#lib/i18n/translator.ts";
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

/** The merchant a form is about, when its sender may edit that merchant's endpoints and the form is from a page of ours. */
async function editable(form: FormData): Promise<{ merchantId: string } | { problem: Problem }> {
  const user = await requireUser(HERE);
  if (!(await fromOwnPage())) return fail("origin_mismatch");
  const merchant = (await merchantsOf(user)).find((one) => one.id === form.get("merchant"));
  return merchant && can(user, merchant.id, "edit_developers") ? { merchantId: merchant.id } : fail("forbidden");
}

async function which(form: FormData): Promise<WhichEndpoint | { problem: Problem }> {
  const allowed = await editable(form);
  return "problem" in allowed ? allowed : { ...allowed, endpointId: String(form.get("endpoint") ?? "") };
}

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
  const refused = async (problem: Problem) => ({ problem: await sentence(problem), field: problem.field, made: null, values });
  const allowed = await editable(form);
  if ("problem" in allowed) return refused(allowed.problem);
  const { url, description, live, eventTypes, format } = values;
  if (!isNoticeFormat(format)) return refused(fail("format_unavailable", "format").problem);
  const said = { ...allowed, url, description, eventTypes, format };
  const endpointId = String(form.get("endpoint") ?? "");
  if (endpointId) {
    const edited = await editEndpoint({ ...said, endpointId });
    if (!edited.ok) return refused(edited.problem);
    redirect(`${HERE}/${endpointId}?said=saved`);
  }
  const made = await createEndpoint({ ...said, live });
  if (!made.ok) return refused(made.problem);
  return { problem: null, field: null, made: { secret: made.value.secret, href: `${HERE}/${made.value.endpoint.id}` }, values: null };
}

/** Gives an endpoint a new secret and shows it once. */
export async function rollSecret(_before: RollState, form: FormData): Promise<RollState> {
  const endpoint = await which(form);
  if ("problem" in endpoint) return { problem: await sentence(endpoint.problem), secret: null };
  const rolled = await rollEndpointSecret({ ...endpoint, overlapSeconds: Number(form.get("overlap") ?? Number.NaN) });
  return rolled.ok ? { problem: null, secret: rolled.value.secret } : { problem: await sentence(rolled.problem), secret: null };
}

/** Sends a test event and says in words what came back. */
export async function testEndpoint(_before: Outcome | null, form: FormData): Promise<Outcome> {
  const endpoint = await which(form);
  if ("problem" in endpoint) return { kind: "problem", text: await sentence(endpoint.problem) };
  const result = await sendTestEvent(endpoint);
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
  const verb = (Object.keys(SWITCHES) as (keyof typeof SWITCHES)[]).find((one) => one === form.get("verb"));
  const endpoint = await which(form);
  const result = "problem" in endpoint ? endpoint : verb ? await SWITCHES[verb](endpoint) : fail("form_changed");
  if ("problem" in result) redirect(`${HERE}/${encodeURIComponent(String(form.get("endpoint") ?? ""))}?problem=${result.problem.code}`);
  redirect(verb === "delete" ? `${HERE}?said=deleted` : `${HERE}/${String(form.get("endpoint"))}?said=${verb}`);
}
