import type { GoodPress, Stage } from "#app/good-press-testing.ts";
import { inTransaction } from "#db/client.ts";
import { makeUser } from "#db/queries/dashboard-testing.ts";
import { signedIn } from "#lib/auth-testing.ts";
import { STEP_SECONDS, totpCode } from "#lib/crypto/totp.ts";
import { newId } from "#lib/domain/ids.ts";
import type { StaffAction } from "#lib/domain/staff-actions.ts";
import { boss, sendJob } from "#lib/jobs/queues.ts";
import { writeInvitation } from "#lib/team/invitations.ts";
import { beginEnrolment, confirmEnrolment } from "#lib/two-step.ts";

const DASH = "app/(dashboard)/dashboard";
// One pixel.
const PNG = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");

async function failedJob({ world }: Stage) {
  await sendJob(world.database, "recheck", { attemptId: newId("attempt") });
  const [job] = await boss().fetch("recheck");
  const id = job?.id ?? "";
  await world.database.$client.query("update pgboss.job set state = 'failed', completed_on = now() where id = $1", [id]);
  return { queue: "recheck", job: id };
}

/** Somebody else in the team, with a session. */
async function member({ world, things }: Stage) {
  const email = `${newId("user")}@x.example`;
  return { member: await makeUser(world.database, { email, password: "x", roles: { [things.merchant]: "operator" } }) };
}

async function invited({ world, things, people }: Stage, email: string) {
  const asked = { merchantId: things.merchant, email, role: "viewer", by: { id: people.owner.id } } as const;
  const made = await inTransaction(world.database, (tx) => writeInvitation(tx, asked));
  if (!made) throw new Error("not invited");
  return { invitation: made.id, token: made.token };
}

async function enrolment({ world, people: { newcomer } }: Stage) {
  await world.database.$client.query("delete from user_totp where user_id = $1", [newcomer.id]);
  const begun = await beginEnrolment(world.database, { id: newcomer.id, email: newcomer.email, sessionId: newcomer.session.sessionId });
  if (!begun) throw new Error("it is on already");
  return { code: totpCode(begun.secret, Math.floor(Date.now() / 1000 / STEP_SECONDS)) };
}

async function enrolled(stage: Stage) {
  const { code } = await enrolment(stage);
  const { id: userId, session } = stage.people.newcomer;
  await inTransaction(stage.world.database, (tx) => confirmEnrolment(tx, { userId, sessionId: session.sessionId, code }));
  return {};
}

/** The good presses of what is about merchants, people and the installation. */
export const HOUSE_PRESSES = {
  "merchants.create": {
    row: `${DASH}/merchants/actions.ts#makeMerchant`,
    fields: { name: "New", locale: "en", timeZone: "Asia/Hong_Kong", owner: "new-owner@x.example" },
    by: "platform",
    target: ["merchant", "made"],
    of: "made",
    also: ["team.invite"],
  },
  "merchants.edit": {
    row: `${DASH}/merchants/actions.ts#editMerchant`,
    fields: { name: "Other name", locale: "en", timeZone: "Asia/Hong_Kong" },
    by: "platform",
    target: ["merchant", "@merchant"],
    of: "merchant",
  },
  "merchants.close": {
    row: `${DASH}/merchants/actions.ts#closeMerchant`,
    by: "platform",
    target: ["merchant", "@merchant"],
    of: "merchant",
  },
  "merchants.reopen": {
    row: `${DASH}/merchants/actions.ts#reopenMerchant`,
    by: "platform",
    ready: async ({ world, things }) => {
      await world.database.$client.query("update merchants set active = false where id = $1", [things.merchant]);
      return {};
    },
    target: ["merchant", "@merchant"],
    of: "merchant",
  },
  "settings.brand": {
    row: `${DASH}/settings/actions.ts#saveBrand`,
    fields: { name: "Tea House", colour: "#0a7cff", contact: "help@x.example" },
    target: ["merchant", "@merchant"],
  },
  "settings.logo": {
    row: `${DASH}/settings/logo/route.ts#POST`,
    fields: { logo: new Blob([PNG], { type: "image/png" }) },
    target: ["merchant", "@merchant"],
  },
  "settings.place": {
    row: `${DASH}/settings/actions.ts#savePlace`,
    fields: { locale: "en", timeZone: "Europe/Paris" },
    target: ["merchant", "@merchant"],
  },
  "settings.policies": {
    row: `${DASH}/settings/actions.ts#savePolicies`,
    fields: { late: "refund", surplus: "refund" },
    target: ["merchant", "@merchant"],
  },
  "settings.limits": {
    row: `${DASH}/settings/actions.ts#saveRefundLimits`,
    fields: { "approval.HKD": "500.00", "daily.HKD": "5000.00" },
    target: ["merchant", "@merchant"],
  },
  "settings.two_step": { row: `${DASH}/settings/actions.ts#saveTwoStep`, fields: { required: "on" }, target: ["merchant", "@merchant"] },
  "settings.desk": { row: `${DASH}/settings/actions.ts#saveDesk`, fields: { unsigned: "test" }, target: ["merchant", "@merchant"] },
  "settings.desk_secrets": {
    row: `${DASH}/settings/actions.ts#deskSecretsAction`,
    fields: { do: "show" },
    target: ["merchant", "@merchant"],
  },
  "settings.desk_roll": { row: `${DASH}/settings/actions.ts#deskSecretsAction`, fields: { do: "test" }, target: ["merchant", "@merchant"] },
  "team.invite": {
    row: `${DASH}/team/actions.ts#inviteMember`,
    fields: { email: "invited@x.example", role: "operator" },
    target: ["invitation", "made"],
  },
  "team.resend": {
    row: `${DASH}/team/actions.ts#resendInvitation`,
    fields: { invitation: "@invitation" },
    target: ["invitation", "@invitation"],
  },
  "team.withdraw": {
    row: `${DASH}/team/actions.ts#withdrawInvitation`,
    fields: { invitation: "@invitation" },
    target: ["invitation", "@invitation"],
  },
  "team.role": { row: `${DASH}/team/actions.ts#giveRole`, fields: { member: "@member", role: "operator" }, target: ["user", "@member"] },
  "team.remove": { row: `${DASH}/team/actions.ts#takeOut`, ready: member, target: ["user", "member"] },
  "team.sign_out": { row: `${DASH}/team/actions.ts#endSessions`, fields: { member: "@member" }, target: ["user", "@member"] },
  "team.join": {
    row: "app/(auth)/invite/[token]/actions.ts#joinByInvitation",
    by: "newcomer",
    ready: (stage) => invited(stage, stage.people.newcomer.email),
    target: ["invitation", "invitation"],
    of: "merchant",
  },
  "safety.begin": { row: `${DASH}/security/actions.ts#proveFirst`, by: "newcomer", target: null },
  "safety.enrol": { row: `${DASH}/security/actions.ts#enrol`, by: "newcomer", ready: enrolment, target: ["user", "self"] },
  "safety.switch_off": { row: `${DASH}/security/actions.ts#switchOff`, by: "newcomer", ready: enrolled, target: ["user", "self"] },
  "safety.recovery_codes": { row: `${DASH}/security/actions.ts#renewCodes`, by: "newcomer", ready: enrolled, target: ["user", "self"] },
  "safety.end_session": {
    row: `${DASH}/security/actions.ts#endOwnSession`,
    by: "newcomer",
    ready: async (stage) => {
      return { session: (await signedIn(stage.world.database, stage.people.newcomer.id)).sessionId };
    },
    target: ["session", "session"],
  },
  "safety.end_sessions": { row: `${DASH}/security/actions.ts#endOtherSessions`, by: "newcomer", target: ["user", "self"] },
  "system.retry_job": { row: `${DASH}/system/actions.ts#retryJob`, by: "platform", ready: failedJob, target: ["job", "job"] },
  "system.discard_job": { row: `${DASH}/system/actions.ts#discardJob`, by: "platform", ready: failedJob, target: ["job", "job"] },
} as const satisfies Partial<Record<StaffAction, GoodPress>>;
