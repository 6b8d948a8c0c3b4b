import { describe, expect, it } from "vitest";
import type { MerchantRole } from "#lib/domain/permission.ts";
import {
  changeProblem,
  invitationStanding,
  isEmail,
  maySignOut,
  ROLES_DOWN,
  removeProblem,
  rolesGivenBy,
  type TeamActor,
} from "#lib/domain/team.ts";

type Who = MerchantRole | "platform";
const WHO: readonly Who[] = ["platform", ...ROLES_DOWN];
const actor = (who: Who): TeamActor => ({ id: "me", role: who === "platform" ? null : who, platformAdmin: who === "platform" });
const other = (role: MerchantRole) => ({ id: "other", role });
const me = (role: MerchantRole) => ({ id: "me", role });

// Written out by hand, so that a changed table is a changed test: what each may do to somebody of each role.
const OVER: Record<Who, readonly MerchantRole[]> = {
  platform: ["owner", "admin", "operator", "viewer"],
  owner: ["owner", "admin", "operator", "viewer"],
  admin: ["operator", "viewer"],
  operator: [],
  viewer: [],
};

describe("whom one may invite", () => {
  it.each(WHO)("%s", (who) => expect(rolesGivenBy(actor(who))).toEqual(OVER[who]));
  it("a person without a role invites nobody", () => expect(rolesGivenBy({ id: "me", role: null, platformAdmin: false })).toEqual([]));
});

describe("what one may make of another member, of two owners' merchant", () => {
  for (const who of WHO)
    for (const role of ROLES_DOWN)
      for (const next of ROLES_DOWN)
        it(`${who}: ${role} → ${next}`, () => {
          const may = OVER[who].includes(role) && OVER[who].includes(next);
          expect(changeProblem(actor(who), other(role), next, 2)).toBe(may ? null : "forbidden");
        });
});

describe("what one may make of oneself", () => {
  for (const role of ["owner", "admin"] as const)
    for (const next of ROLES_DOWN)
      it(`${role} → ${next}`, () => {
        const raise = ROLES_DOWN.indexOf(next) < ROLES_DOWN.indexOf(role);
        expect(changeProblem(actor(role), me(role), next, 2)).toBe(raise ? "own_raise" : null);
      });
  it.each(["operator", "viewer"] as const)("%s: nothing", (role) => {
    for (const next of ROLES_DOWN) expect(changeProblem(actor(role), me(role), next, 2)).toBe("forbidden");
    expect(removeProblem(actor(role), me(role), 2)).toBe("forbidden");
  });
  it("a platform admin who is a member does not raise themselves either", () => {
    expect(changeProblem({ id: "me", role: "viewer", platformAdmin: true }, me("viewer"), "admin", 2)).toBe("own_raise");
  });
});

describe("the last owner", () => {
  it.each(["platform", "owner"] as const)("%s can neither lower nor remove them", (who) => {
    for (const member of who === "owner" ? [me("owner")] : [other("owner"), me("owner")]) {
      for (const next of ["admin", "operator", "viewer"] as const) expect(changeProblem(actor(who), member, next, 1)).toBe("last_owner");
      expect(changeProblem(actor(who), member, "owner", 1)).toBeNull();
      expect(removeProblem(actor(who), member, 1)).toBe("last_owner");
    }
  });
});

describe("whom one may remove or sign out", () => {
  for (const who of WHO)
    for (const role of ROLES_DOWN)
      it(`${who}: ${role}`, () => {
        expect(removeProblem(actor(who), other(role), 2)).toBe(OVER[who].includes(role) ? null : "forbidden");
        expect(maySignOut(actor(who), other(role))).toBe(OVER[who].includes(role));
      });
  it("an admin may leave, and sign themselves out", () => {
    expect(removeProblem(actor("admin"), me("admin"), 1)).toBeNull();
    expect(maySignOut(actor("admin"), me("admin"))).toBe(true);
    expect(maySignOut(actor("operator"), me("operator"))).toBe(false);
  });
});

describe("an invitation's standing", () => {
  const now = new Date("2026-11-20T10:00:00Z");
  const later = new Date("2026-11-20T10:00:01Z");
  const inviter = { ...actor("admin"), disabled: false };
  const row = { role: "operator" as const, acceptedAt: null, withdrawnAt: null, expiresAt: later, inviter };
  it.each([
    ["open", row],
    ["expired", { ...row, expiresAt: now }],
    ["used", { ...row, acceptedAt: now, expiresAt: now, inviter: { ...inviter, role: null } }],
    ["withdrawn", { ...row, withdrawnAt: now }],
  ] as const)("%s", (standing, given) => expect(invitationStanding(given, now)).toBe(standing));

  it.each([
    ["left", { ...inviter, role: null }],
    ["was lowered", { ...inviter, role: "operator" as const }],
    ["was disabled", { ...inviter, disabled: true }],
  ])("is withdrawn once who vouched for it %s", (_why, by) => {
    expect(invitationStanding({ ...row, inviter: by }, now)).toBe("withdrawn");
  });
  it("is withdrawn when it gives more than who vouches for it may give", () => {
    expect(invitationStanding({ ...row, role: "admin" }, now)).toBe("withdrawn");
    expect(invitationStanding({ ...row, role: "admin", inviter: { ...actor("platform"), disabled: false } }, now)).toBe("open");
  });
});

describe("an e-mail address", () => {
  it.each(["a@b.co", "mei.wah+till@shop.example.hk", "店員@例子.公司"])("%s may be one", (text) => expect(isEmail(text)).toBe(true));
  it.each(["", "a", "a@b", "a b@c.de", "a@b..c", "a@@b.co", "a@b.co\r\nBcc: x@y.zz", "<a@b.co>", `${"a".repeat(65)}@b.co`])(
    "%j is none",
    (text) => expect(isEmail(text)).toBe(false),
  );
});
