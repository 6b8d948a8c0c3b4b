import { STAFF_ACTIONS, type StaffAction } from "#lib/domain/staff-actions.ts";

/** Who may stand behind an audit row: a person, an API or compatibility key, a policy of the merchant, ourselves, a command typed on the server. */
export type AuditActorKind = "user" | "key" | "policy" | "system" | "script";

/** Who did it and from where. `openAction` gives a person's; `SYSTEM` is ours. */
export interface AuditActor {
  kind: AuditActorKind;
  /** A user's or a key's id; null for what has none. */
  id: string | null;
  /** As people know them now: it is kept, whatever they are called later. */
  name: string;
  /** Empty where there is no caller. */
  ip: string;
  userAgent: string;
}

/** What is audited that no dashboard action does. */
export type OtherAction = (typeof OTHER_ACTIONS)[number];
export const OTHER_ACTIONS = [
  "session.sign_in",
  "session.sign_out",
  "session.password",
  "session.reset_password",
  "refunds.create",
  // By the API alone: on the dashboard an order is closed.
  "orders.expire",
  // What changes something at a gateway and nothing here, typed on the server.
  "gateway.call",
  "audit.accept",
] as const;
export type AuditAction = StaffAction | OtherAction;

/** The actions that no row is written of, each with the reason. */
export const UNWRITTEN: Readonly<Partial<Record<AuditAction, string>>> = {
  "audit.check": "reads the audit; that it was checked stands in its own last check",
  "doctor.examine": "computes over what was pasted, changes nothing and shows no secret",
  "orders.delete_view": "a person's own bookmark: no right, no money and nobody else is touched",
  "orders.edit_view": "a person's own bookmark",
  "orders.save_view": "a person's own bookmark",
  "payouts.balance": "reads a balance",
  "payouts.check": "the payout form's steps before the last",
  "safety.begin": "a person proves themselves; `safety.enrol` is what switches two-step sign-in on",
};

/** Every action a row may tell of, by name. */
export const AUDIT_ACTIONS: readonly AuditAction[] = ([...Object.keys(STAFF_ACTIONS), ...OTHER_ACTIONS] as AuditAction[])
  .filter((action) => !(action in UNWRITTEN))
  .sort();

/** Facts about an action: no secrets, no personal data; amounts as decimal text ("12.50 CNY"). */
export type AuditDetail = Readonly<Record<string, string | number | boolean | null>>;

/** One privileged action, to be appended in the transaction of the change it tells of. */
export interface AuditEntry {
  actor: AuditActor;
  /** Null: of the installation, or of a person alone (their password). */
  merchantId: string | null;
  action: AuditAction;
  target: { kind: string; id: string } | null;
  detail: AuditDetail;
}

/** An actor that is this software itself: a policy, a job, a command on the server. */
export function ownActor(kind: "policy" | "system" | "script", name: string): AuditActor {
  return { kind, id: null, name, ip: "", userAgent: "" };
}

/** Longest texts that are kept; longer ones are cut, so that nobody fills the disk through a header. */
const TEXT_MAX = 300;
const DETAIL_MAX = 40;

/** The detail as it is stored and hashed: JSON of at most 40 facts, keys in order, texts cut at 300 characters. */
export function detailText(detail: AuditDetail): string {
  const facts = Object.entries(detail).sort(([a], [b]) => (a < b ? -1 : 1));
  const kept = facts.slice(0, DETAIL_MAX).map(([name, value]) => [name, typeof value === "string" ? clip(value) : value]);
  return JSON.stringify(Object.fromEntries(kept));
}

/** A text as an audit row holds it: at most 300 characters, none cut in two. */
export function clip(text: string): string {
  return text.length <= TEXT_MAX ? text : [...text.slice(0, TEXT_MAX + 1)].slice(0, -1).join("");
}
