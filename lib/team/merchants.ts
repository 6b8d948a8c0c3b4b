import { randomBytes } from "node:crypto";
import { type Database, db, inTransaction } from "#db/client.ts";
import { appendAudit } from "#db/queries/audit.ts";
import { insertMerchant } from "#db/queries/merchant-settings.ts";
import type { AuditActor } from "#lib/domain/audit.ts";
import { newId } from "#lib/domain/ids.ts";
import { isEmail } from "#lib/domain/team.ts";
import { sealFor } from "#lib/secrets.ts";
import { auditInvitation, writeInvitation } from "#lib/team/invitations.ts";

/** A merchant to be made, its texts already read (lib/domain/brand.ts, time-zones.ts). */
export interface NewMerchant {
  name: string;
  locale: "zh-CN" | "zh-HK" | "en";
  timeZone: string;
  /** Whoever is invited as its first owner. */
  ownerEmail: string;
  by: { id: string };
  actor: AuditActor;
}

/** Makes a merchant and invites its first owner, both or neither. The invitation's `token` is told here and never again. */
export async function createMerchant(
  { ownerEmail, by, actor, ...merchant }: NewMerchant,
  database: Database = db(),
): Promise<{ ok: true; id: string; invitation: { id: string; token: string; email: string } } | { ok: false; problem: "email_invalid" }> {
  const email = ownerEmail.trim();
  if (!isEmail(email)) return { ok: false, problem: "email_invalid" };
  const id = newId("merchant");
  const webhookSecret = sealFor("merchants.webhook_secret", id, `whsec_${randomBytes(32).toString("base64")}`);
  return inTransaction(database, async (tx) => {
    await insertMerchant(tx, { id, ...merchant, webhookSecret });
    const invited = await writeInvitation(tx, { merchantId: id, by, email, role: "owner" });
    if (!invited) throw new Error(`merchant ${id}: an invitation before the merchant`);
    const about = { actor, merchantId: id };
    await appendAudit(tx, { ...about, action: "merchants.create", target: { kind: "merchant", id }, detail: { ...merchant } });
    await auditInvitation(tx, { ...about, id: invited.id }, "team.invite", "owner");
    return { ok: true, id, invitation: { ...invited, email } };
  });
}
