import { ROWS } from "#app/action-rows-testing.ts";
import { PAGES } from "#app/page-rows-testing.ts";
import { filledIn } from "#app/scene-testing.ts";
import { addView } from "#db/queries/order-views.ts";
import { addressOf } from "./access-presses.ts";
import type { AccessWorld, Answer, Who } from "./access-world.ts";
import { formsIn, type PlainForm, serverActions } from "./server-actions.ts";

/** A form that a page has for somebody, and where. */
export interface FoundForm extends PlainForm {
  row: string;
  at: string;
}

/** The forms that work without script on the pages at these addresses, as somebody sees them; one of each action. */
async function formsOn(world: AccessWorld, who: Who, addresses: readonly string[]): Promise<FoundForm[]> {
  const rows = new Map(serverActions().map(({ id, row }) => [id, row]));
  const found = new Map<string, FoundForm>();
  for (const at of addresses)
    for (const form of formsIn((await world.ask(who, at)).text)) {
      const row = form.actionId && rows.get(form.actionId);
      if (row && row in ROWS && !found.has(row)) found.set(row, { ...form, row, at });
    }
  return [...found.values()];
}

let found: FoundForm[] | null = null;

/** All that the owner's pages have, the platform admin's of what only they have, and what asks for a proof; asked for once. */
export async function findForms(world: AccessWorld): Promise<readonly FoundForm[]> {
  found ??= await lookForForms(world);
  return found;
}

async function lookForForms(world: AccessWorld): Promise<FoundForm[]> {
  const { own, people, database } = world;
  const pages = Object.entries(PAGES).map(([file, row]) =>
    addressOf(file, filledIn(row.params ?? {}, own), filledIn(row.search ?? {}, own)),
  );
  await addView(database, { userId: people.owner, merchantId: own.merchant }, { name: "Mine", filter: {}, isDefault: false });
  const more = [`/dashboard/orders/${own.unpaid}`, `/dashboard/notifications/${own.notification}?find=${own.order}`];
  const all = await Promise.all([
    formsOn(world, "owner", [...pages, ...more]),
    formsOn(world, "platform", [...pages.filter((one) => one.includes("/merchants")), "/dashboard/alerts?of=installation"]),
    formsOn(world, "stale", ["/dashboard/security", "/dashboard/security/two-step"]),
  ]);
  // What looking wrote (the view; an app's key on the page of two-step sign-in) is no press of a form.
  await world.writes.take();
  return all.flat().filter((form, place, every) => every.findIndex(({ row }) => row === form.row) === place);
}

/** Posts a form as a browser without script does: every field as drawn or as `typed`, and the first button. */
export function postForm(world: AccessWorld, who: Who, form: FoundForm, typed: Readonly<Record<string, string>> = {}): Promise<Answer> {
  const { at, fields, buttons } = form;
  const body = new FormData();
  for (const [name, value] of [...fields, ...buttons.slice(0, 1)]) body.append(name, typed[name] ?? value);
  for (const [name, value] of Object.entries(typed)) if (!body.has(name)) body.append(name, value);
  return world.ask(who, at, { method: "POST", body });
}

const DASH = "app/(dashboard)/dashboard";

/** Actions whose forms are on no page of the installation, and where they would be. Their rows are pressed as a script does. */
export const FORMLESS: Readonly<Record<string, string>> = {
  [`${DASH}/alerts/mail/actions.ts#removeMailServer`]: "where a mail server was saved",
  [`${DASH}/counter/actions.ts#chargeAgain`]: "after a scanned code was refused",
  [`${DASH}/merchants/actions.ts#reopenMerchant`]: "of a closed merchant",
  [`${DASH}/orders/[id]/actions.ts#resend`]: "of an order that owed somebody a delivery",
  [`${DASH}/payouts/actions.ts#showBalance`]: "of an account whose gateway tells balances",
  [`${DASH}/payouts/new/actions.ts#pay`]: "of an account whose gateway pays out",
  [`${DASH}/refunds/actions.ts#withdraw`]: "for whoever made the request",
  [`${DASH}/security/actions.ts#renewCodes`]: "with two-step sign-in on",
  [`${DASH}/security/actions.ts#switchOff`]: "with two-step sign-in on",
  [`${DASH}/system/actions.ts#retryJob`]: "of a job that the queue gave up",
  [`${DASH}/system/actions.ts#discardJob`]: "of a job that the queue gave up",
  "app/(auth)/invite/[token]/actions.ts#joinByInvitation": "on an invitation's own address (team.spec.ts)",
};

/** Forms that write nothing even for whoever may, as they are filled in here. */
export const SILENT: Readonly<Record<string, string>> = {
  [`${DASH}/accounts/[id]/actions.ts#move`]: "there is one account, and no other place for it",
  [`${DASH}/alerts/mail/actions.ts#saveMailServer`]: "kept only when a server took a mail",
  [`${DASH}/counter/actions.ts#charge`]: "without a scanned code it only checks",
  [`${DASH}/deliveries/actions.ts#replay`]: "there is nothing to send again",
  [`${DASH}/developers/doctor/actions.ts#examineMessage`]: "stores nothing",
  [`${DASH}/notifications/[id]/actions.ts#match`]: "the kept message is nobody's",
  [`${DASH}/notifications/[id]/actions.ts#replay`]: "the kept message is nobody's",
  [`${DASH}/orders/[id]/refund/actions.ts#refund`]: "the first press only shows what will happen",
  [`${DASH}/security/actions.ts#enrol`]: "there is no app to give a code",
  [`${DASH}/security/actions.ts#proveFirst`]: "the session is proven",
};

const ANYWHERE: Readonly<Record<string, string>> = {
  ...{ reason: "x", decision: "x", name: "New", title: "New", amount: "1.00", email: "new@x.example", owner: "new@x.example" },
  ...{ url: "https://shop.example/new", origins: "https://shop.example", "target.to": "new@x.example", text: "a=1" },
};
const IN: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  [`${DASH}/settings/actions.ts#saveBrand`]: { name: "Other" },
  [`${DASH}/settings/actions.ts#savePlace`]: { timeZone: "Asia/Tokyo" },
  [`${DASH}/settings/actions.ts#savePolicies`]: { late: "refund" },
  [`${DASH}/settings/actions.ts#saveRefundLimits`]: { "approval.HKD": "5.00" },
  [`${DASH}/settings/actions.ts#saveDesk`]: { unsigned: "test" },
  [`${DASH}/settings/actions.ts#saveTwoStep`]: { required: "on" },
  [`${DASH}/team/actions.ts#giveRole`]: { role: "operator" },
  [`${DASH}/team/actions.ts#inviteMember`]: { role: "viewer" },
  [`${DASH}/merchants/actions.ts#editMerchant`]: { name: "Another" },
};

/** What a person types into a form so that it does something. */
export function typedInto({ row, fields }: FoundForm): Record<string, string> {
  const empty = fields.filter(([name, value]) => value === "" && name in ANYWHERE);
  return { ...Object.fromEntries(empty.map(([name]) => [name, ANYWHERE[name] ?? ""])), ...IN[row] };
}

/** What another press would end comes first, and last what asks everybody for two-step sign-in; the rest as on the pages. */
export function inOrder(forms: readonly FoundForm[]): FoundForm[] {
  const place = ({ row }: FoundForm) => (/#closeOpenAlert$/.test(row) ? 0 : /#saveTwoStep$/.test(row) ? 2 : 1);
  return [...forms].sort((a, b) => place(a) - place(b));
}
