import type { StaffAction } from "#lib/domain/staff-actions.ts";
import type { Pressing } from "./access-presses.ts";
import type { AccessWorld, Who } from "./access-world.ts";

const DASH = "app/(dashboard)/dashboard";

/** Something somebody may do, done with an id that is not theirs to name: who, and what with. */
export interface Theft extends Pressing {
  who: Who;
}

/** What people try who may press the very button: fields that take the id of a second thing, other people's things, themselves. */
export function theftsIn({ own, foreign, people }: AccessWorld): Theft[] {
  const by = (who: Who) => (at: string, asks: StaffAction, fields: Record<string, string>) => ({
    ...{ who, row: `${DASH}/${at}`, press: { asks, fields } },
  });
  const [owner, admin] = [by("owner"), by("admin")];
  const link = { title: "T", pricing: "fixed", currency: "HKD", amount: "1.00", account: foreign.account };
  const refund = { order: own.order, attempt: foreign.attempt, amount: "1.00", reason: "x", key: "k" };
  return [
    owner("links/actions.ts#saveLink", "links.create", link),
    owner("links/actions.ts#saveLink", "links.edit", { ...link, link: own.link }),
    owner("notifications/[id]/actions.ts#match", "notifications.match", {
      notification: own.notification,
      choice: foreign.order,
      reason: "x",
    }),
    owner("orders/[id]/refund/actions.ts#refund", "refunds.request", { ...refund, intent: "check" }),
    owner("orders/[id]/refund/actions.ts#refund", "refunds.send", { ...refund, intent: "send", way: "refund" }),
    owner("orders/[id]/actions.ts#resend", "orders.resend", { order: own.order, delivery: foreign.delivery, tries: "0" }),
    owner("developers/compat/actions.ts#makeKey", "compat.make", { gateway: "hipopay-agent", mode: "test", account: foreign.account }),
    owner("developers/doctor/actions.ts#examineMessage", "doctor.examine", { text: "a=1&sign=2", holder: foreign.account }),
    // Their own merchant's, and somebody else's all the same.
    owner("orders/actions.ts#renameOrderView", "orders.edit_view", { id: own.view, name: "Mine now" }),
    owner("orders/actions.ts#chooseDefaultView", "orders.edit_view", { id: own.view, default: "yes" }),
    owner("orders/actions.ts#forgetView", "orders.delete_view", { id: own.view }),
    owner("security/actions.ts#endOwnSession", "safety.end_session", { session: own.session }),
    // Nobody raises themselves, or takes their better's place.
    admin("team/actions.ts#giveRole", "team.role", { member: people.admin, role: "owner" }),
    admin("team/actions.ts#giveRole", "team.role", { member: people.owner, role: "viewer" }),
    admin("team/actions.ts#takeOut", "team.remove", { member: people.owner }),
    admin("team/actions.ts#endSessions", "team.sign_out", { member: people.owner }),
    admin("team/actions.ts#inviteMember", "team.invite", { email: "crony@x.example", role: "owner" }),
    admin("orders/[id]/refund/actions.ts#refund", "refunds.send", { ...refund, intent: "send", way: "request" }),
  ];
}

/** Addresses of pages of one's own that take the id of something: with another merchant's, or another person's. */
export function addressesIn({ own, foreign, people }: AccessWorld): string[] {
  return [
    ...["orders", "refunds", "settings/preview", "team", "audit"].map((page) => `${page}?merchant=${foreign.merchant}`),
    ...[`orders?account=${foreign.account}`, `orders?number=${foreign.order}`, `orders?view=${foreign.view}`],
    ...[`deliveries?endpoint=${foreign.endpoint}`, `deliveries?order=${foreign.order}`],
    ...[`developers/requests?key=${foreign.key}`, `developers/requests?id=${foreign.call}`],
    ...[`developers/doctor?refused=${foreign.account}.0`, `developers/doctor?notification=${foreign.notification}`],
    ...[`audit?target=${foreign.order}`, `audit?actor=${people.stranger}`, `payouts/new?account=${foreign.account}&channel=none`],
    ...[`notifications/${own.notification}?find=${foreign.order}`, `orders/${own.order}/refund?attempt=${foreign.attempt}`],
    ...["alerts?of=installation", `alerts/channels/${foreign.channel}?of=installation`, `counter/${foreign.order}`],
  ].map((page) => `/dashboard/${page}`);
}
