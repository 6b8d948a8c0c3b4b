import type { MerchantRole } from "#lib/domain/permission.ts";

/** The roles of a merchant, the highest first. */
export const ROLES_DOWN = ["owner", "admin", "operator", "viewer"] as const satisfies readonly MerchantRole[];

/** Days an invitation's link works. */
export const INVITATION_DAYS = 7;
/** Open invitations one merchant may have at once. */
export const INVITATIONS_MAX = 50;

/** Who does something to a team. `role`: theirs in this merchant, null for a platform admin who is no member of it. */
export interface TeamActor {
  id: string;
  role: MerchantRole | null;
  platformAdmin: boolean;
}

/** A member to whom it is done. */
export interface TeamMember {
  id: string;
  role: MerchantRole;
}

/** Why not. `own_raise`: nobody raises themselves. `last_owner`: a merchant always has an owner. */
export type TeamProblem = "forbidden" | "last_owner" | "own_raise";

/** Over whom each role stands: whom it may invite, change and remove, and what it may make of them. */
const OVER = {
  owner: ["owner", "admin", "operator", "viewer"],
  admin: ["operator", "viewer"],
  operator: [],
  viewer: [],
} as const satisfies Record<MerchantRole, readonly MerchantRole[]>;

/** The roles this person may invite somebody as, or give to somebody they stand over. A platform admin stands over all. */
export function rolesGivenBy(actor: TeamActor): readonly MerchantRole[] {
  if (actor.platformAdmin) return ROLES_DOWN;
  return actor.role ? OVER[actor.role] : [];
}

/** Whether one may make a member something else. Everybody who may edit the team may step down; `owners` counts all of them. */
export function changeProblem(actor: TeamActor, member: TeamMember, next: MerchantRole, owners: number): TeamProblem | null {
  const given = rolesGivenBy(actor);
  if (given.length === 0) return "forbidden";
  const own = actor.id === member.id;
  if (own && rank(next) < rank(member.role)) return "own_raise";
  if (!own && !given.includes(member.role)) return "forbidden";
  if (!own && !given.includes(next)) return "forbidden";
  return member.role === "owner" && next !== "owner" && owners <= 1 ? "last_owner" : null;
}

/** Whether one may take a member out of the team. Leaving it oneself is allowed to all who may edit it. */
export function removeProblem(actor: TeamActor, member: TeamMember, owners: number): TeamProblem | null {
  const given = rolesGivenBy(actor);
  if (given.length === 0) return "forbidden";
  if (actor.id !== member.id && !given.includes(member.role)) return "forbidden";
  return member.role === "owner" && owners <= 1 ? "last_owner" : null;
}

/** Whether one may end all of a member's sessions. */
export function maySignOut(actor: TeamActor, member: TeamMember): boolean {
  return rolesGivenBy(actor).includes(member.role) || (actor.id === member.id && rolesGivenBy(actor).length > 0);
}

/** How an invitation stands. Its end is final: a used or withdrawn one never works again. */
export type InvitationStanding = "open" | "expired" | "used" | "withdrawn";

/** What an invitation is judged by; `inviter` as they stand now. */
export interface InvitationFacts {
  role: MerchantRole;
  acceptedAt: Date | null;
  withdrawnAt: Date | null;
  expiresAt: Date;
  inviter: TeamActor & { disabled: boolean };
}

/**
 * The standing of an invitation at `now`, the database's clock. It is worth no more than who vouches for it: it counts as withdrawn
 * once they left, were disabled, or may no longer give that role.
 */
export function invitationStanding({ role, inviter, ...row }: InvitationFacts, now: Date): InvitationStanding {
  if (row.acceptedAt) return "used";
  if (row.withdrawnAt || inviter.disabled || !rolesGivenBy(inviter).includes(role)) return "withdrawn";
  return row.expiresAt.getTime() <= now.getTime() ? "expired" : "open";
}

/** Whether a text can be an e-mail address at all; whether somebody reads it, only a letter tells. */
export function isEmail(text: string): boolean {
  return text.length <= 254 && /^[^\s@<>()",;:\\\p{Cc}]{1,64}@[^\s@.<>()",;:\\\p{Cc}]+(\.[^\s@.<>()",;:\\\p{Cc}]+)+$/u.test(text);
}

// The highest is 0.
function rank(role: MerchantRole): number {
  return ROLES_DOWN.indexOf(role);
}
