import { type Press, ROWS } from "#app/action-rows-testing.ts";
import { PAGES } from "#app/page-rows-testing.ts";
import { filledIn, type Scene } from "#app/scene-testing.ts";
import { type Needs, STAFF_ACTIONS } from "#lib/domain/staff-actions.ts";
import { translator } from "#lib/i18n/translator.ts";
import type { AccessWorld, Answer, Who } from "./access-world.ts";
import { callBody, serverActions } from "./server-actions.ts";

/** A row's press as a page's script sends it, or of a route as a form does. */
export interface Pressing {
  row: string;
  press: Press;
}

export const PRESSINGS: readonly Pressing[] = Object.entries(ROWS).flatMap(([row, presses]) => presses.map((press) => ({ row, press })));
export const needsOf = ({ press }: Pressing): Needs => STAFF_ACTIONS[press.asks].permission;
export const nameOf = ({ row, press }: Pressing) => `${row} ${press.asks}`;

/** Where a page is: its file's path without groups, the parts in brackets filled in. */
export function addressOf(file: string, params: Record<string, string>, search: Record<string, string> = {}): string {
  const parts = file
    .split("/")
    .slice(1, -1)
    .map((part) => (part.startsWith("[") ? encodeURIComponent(params[part.replace(/[[\].]/g, "")] ?? "nothing") : part));
  const query = new URLSearchParams(search).toString();
  return `/${parts.filter((part) => !part.startsWith("(")).join("/")}${query && `?${query}`}`;
}

/** Presses as somebody, with the ids of `things` and the merchant that it says. */
export function pressBy(world: AccessWorld, who: Who, { row, press }: Pressing, things: Scene): Promise<Answer> {
  const fields = Object.entries({ merchant: things.merchant, ...filledIn(press.fields ?? {}, things) });
  const [file = ""] = row.split("#");
  if (file.endsWith("route.ts")) {
    const body = new FormData();
    for (const [name, value] of fields) body.append(name, value);
    return world.ask(who, addressOf(file, filledIn(press.params ?? {}, things)), { method: "POST", body });
  }
  const action = serverActions().find((one) => one.row === row);
  const page = action?.pages[0];
  if (!action || !page) throw new Error(`the build has no ${row}`);
  const at = addressOf(page, filledIn(PAGES[page]?.params ?? {}, world.own), filledIn(PAGES[page]?.search ?? {}, world.own));
  const headers = { "next-action": action.id, accept: "text/x-component" };
  return world.ask(who, at, { method: "POST", headers, body: callBody(action, fields) });
}

const WORDS = [
  ...[translator("en", "problem")("forbidden"), translator("en", "settings")("problem.forbidden")],
  ...[translator("en", "team")("problem.forbidden"), translator("en", "inbox")("problem.forbidden")],
  ...[translator("en", "alerts")("problems.forbidden"), translator("en", "safety")("problem.forbidden")],
  // What was to be a refund is, for who may only ask for one, a request that they have not confirmed.
  translator("en", "refunds")("changed_way"),
];
/** The screens that are drawn in place of what somebody may not see: for a role, and for who belongs to no merchant. They answer 200. */
const SCREENS = [translator("en", "dashboard")("forbidden.title"), translator("en", "dashboard")("frame.noMerchant.title")];

/** Whether a page, as document or as data, is the one for what somebody may not see. */
export function isRefusal(text: string): boolean {
  return SCREENS.some((title) => text.includes(`>${title}</h1>`) || text.includes(`"children":"${title}"`));
}

/** Whether an action's answer is a refusal: to sign in, sent away saying so, a thing that nobody has, or a sentence for it. */
export function refuses({ status, to, text }: Answer): boolean {
  if (status === 404 || to.startsWith("/sign-in")) return true;
  if (to !== "") return /[?&](?:said|problem)=(?:refused|forbidden)\b/.test(to) || /^\/dashboard\/(?:orders|payouts)$/.test(to);
  return isRefusal(text) || WORDS.some((sentence) => outcomeIn(text).includes(sentence));
}

/** What an action answered its page's script; or what a document shows, without the words that its script has at hand. */
export function outcomeIn(text: string): string {
  if (text.includes("<html")) return text.replace(/<script\b[\s\S]*?<\/script>/g, "");
  return /^1:(.*)$/m.exec(text)?.[1] ?? "";
}

/** An answer in a line, for a test that failed. */
export const briefly = ({ status, to, text }: Answer) => `${status} ${to} ${outcomeIn(text).slice(0, 200)}`;
