"use server";
import { redirect } from "next/navigation";
import type { ChannelFormState, ChannelFormValues } from "#components/dashboard/alert-channel-form.tsx";
import type { Outcome } from "#components/ui/outcome-form.tsx";
import { db } from "#db/client.ts";
import { readMerchants } from "#db/queries/dashboard-merchants.ts";
import { currentLocale } from "#lib/action.ts";
import { isAlertService, targetFields } from "#lib/alerts/channel-fields.ts";
import { CHANNEL_VERBS, type ChannelOwner, saveChannel, switchChannel, testChannel } from "#lib/alerts/channels.ts";
import { closeAlertByHand } from "#lib/alerts/close-alert.ts";
import { translator } from "#lib/i18n/translator.ts";
import { openAction, type StaffProblem } from "#lib/staff.ts";

const HERE = "/dashboard/alerts";
type Verb = "save" | "switch" | "test" | "close";
type Allowed = { ok: true; owner: ChannelOwner; timeZone: string; query: string } | { ok: false; problem: StaffProblem };

/** Whose alerts a form is about: the installation's, where it says so, or a merchant's. Each has an action of its own in the table. */
async function allowed(verb: Verb, form: FormData): Promise<Allowed> {
  if (form.get("of") === "installation") {
    const opened = await openAction(`alerts.platform_${verb}`, form);
    if (!opened.ok) return opened;
    const [first] = await readMerchants(db(), "all");
    return { ok: true, owner: { merchantId: null, actor: opened.actor }, timeZone: first?.timeZone ?? "UTC", query: "&of=installation" };
  }
  const opened = await openAction(`alerts.${verb}`, form);
  if (!opened.ok) return opened;
  const { id, timeZone } = opened.merchant;
  return { ok: true, owner: { merchantId: id, actor: opened.actor }, timeZone, query: "" };
}

const text = (form: FormData, name: string) => String(form.get(name) ?? "").slice(0, 2000);

function valuesOf(form: FormData): ChannelFormValues {
  const service = text(form, "service");
  const names = isAlertService(service) ? targetFields(service).map(({ name }) => name) : [];
  return {
    service,
    name: text(form, "name"),
    target: Object.fromEntries(names.map((name) => [name, text(form, `target.${name}`)])),
    kinds: form.get("which") === "some" ? form.getAll("kind").map(String) : null,
    everyMerchant: form.get("everyMerchant") === "on",
    liveOnly: form.get("liveOnly") === "on",
    locale: text(form, "locale"),
    quietFrom: text(form, "quietFrom"),
    quietTo: text(form, "quietTo"),
    quietUrgent: form.get("quietUrgent") === "on",
    remindHours: text(form, "remindHours"),
    allClear: form.get("allClear") === "on",
  };
}

/** Adds a channel or changes one. What was typed survives a problem, but for secrets. */
export async function saveAlertChannel(_before: ChannelFormState, form: FormData): Promise<ChannelFormState> {
  const values = valuesOf(form);
  const t = translator(await currentLocale(), "alerts");
  const open = await allowed("save", form);
  const kept = { ...values, target: withoutSecrets(values) };
  const refused = (problem: string | null, field: string | null = null): ChannelFormState => ({
    problem,
    field,
    values: kept,
    confirm: null,
  });
  if (!open.ok && open.problem.startsWith("confirm_")) return { ...refused(null), confirm: open.problem };
  if (!open.ok) return refused(t(`problems.${open.problem}`));
  const id = text(form, "channel") || null;
  const saved = await saveChannel(open.owner, { ...values, id, timeZone: open.timeZone });
  if (saved.ok) redirect(`${HERE}/channels/${saved.id}?said=${id ? "saved" : "made"}${open.query}`);
  if ("problem" in saved) return refused(t(`problems.${saved.problem}`));
  return refused(t(`problems.${saved.wrong.problem}`), saved.wrong.field);
}

function withoutSecrets({ service, target }: ChannelFormValues): ChannelFormValues["target"] {
  const open = isAlertService(service) ? targetFields(service).filter(({ secret }) => !secret) : [];
  return Object.fromEntries(open.map(({ name }) => [name, target[name] ?? ""]));
}

/** Pauses, resumes or deletes a channel, as the pressed button says. */
export async function switchAlertChannel(form: FormData): Promise<void> {
  const open = await allowed("switch", form);
  const id = text(form, "channel");
  const verb = CHANNEL_VERBS.find((one) => one === form.get("verb"));
  const here = (query: string) => `${HERE}/channels/${encodeURIComponent(id)}?${query}`;
  if (!open.ok || !verb) redirect(here(`problem=${open.ok ? "gone" : open.problem}`));
  const done = await switchChannel(open.owner, id, verb);
  if (!done || verb === "delete") redirect(`${HERE}?said=${done ? "deleted" : "gone"}${open.query}`);
  redirect(here(`said=${verb}${open.query}`));
}

/** Sends a test message and says in words what the service answered. */
export async function testAlertChannel(_before: Outcome | null, form: FormData): Promise<Outcome> {
  const open = await allowed("test", form);
  const t = translator(await currentLocale(), "alerts");
  if (!open.ok) return { kind: "problem", text: t(`problems.${open.problem}`) };
  const sent = await testChannel(open.owner, text(form, "channel"));
  if (!sent) return { kind: "problem", text: t("problems.gone") };
  const said = t("channels.testSaid", { words: t(`answers.${sent.answer}`), ms: sent.durationMs });
  const detail = sent.detail ? ` ${t("channels.testAnswer", { detail: sent.detail })}` : "";
  return { kind: sent.answer === "sent" ? "done" : "problem", text: said + detail };
}

/** Closes an alert that needs nobody any more. */
export async function closeOpenAlert(form: FormData): Promise<void> {
  const open = await allowed("close", form);
  if (!open.ok) redirect(`${HERE}?problem=${open.problem}`);
  const done = await closeAlertByHand(open.owner, text(form, "alert"));
  redirect(`${HERE}?said=${done ? "closed" : "over"}${open.query}`);
}
