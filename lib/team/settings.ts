import { type Database, db, inTransaction, type Tx } from "#db/client.ts";
import { appendAudit } from "#db/queries/audit.ts";
import { deleteLogos, insertLogo, lockSettings, type MerchantSettings, updateSettings } from "#db/queries/merchant-settings.ts";
import { type RefundLimits, readLimits, writeLimits } from "#db/queries/refund-limits.ts";
import type { AuditActor, AuditDetail } from "#lib/domain/audit.ts";
import { logoAddress } from "#lib/domain/brand.ts";
import { newId } from "#lib/domain/ids.ts";
import type { LogoType } from "#lib/domain/logo.ts";
import { major } from "#lib/domain/money.ts";

/** Whose settings, and who changes them. */
export interface SettingsInput {
  merchantId: string;
  actor: AuditActor;
}

type SettingsAction =
  | "settings.brand"
  | "settings.place"
  | "settings.policies"
  | "settings.two_step"
  | "settings.desk"
  | "merchants.edit"
  | "merchants.close"
  | "merchants.reopen";

type Patch = Partial<Omit<MerchantSettings, "id">>;

/** Changes settings of a merchant and writes what changed into the audit, both or neither. What is as it was leaves no trace. */
export function changeSettings(
  { merchantId, actor, action, patch }: SettingsInput & { action: SettingsAction; patch: (now: MerchantSettings) => Patch },
  database: Database = db(),
): Promise<boolean> {
  return inTransaction(database, async (tx) => {
    const now = await lockSettings(tx, merchantId);
    if (!now) return false;
    const wanted = patch(now);
    const detail = difference(facts(now), facts({ ...now, ...wanted }));
    if (Object.keys(detail).length === 0) return true;
    await updateSettings(tx, merchantId, wanted);
    await appendAudit(tx, { actor, merchantId, action, target: { kind: "merchant", id: merchantId }, detail });
    return true;
  });
}

/** Puts a logo in place of the one there is; its address, null for an unknown merchant. `type` is what its bytes say (lib/domain/logo.ts). */
export function saveLogo(
  { merchantId, actor, logo }: SettingsInput & { logo: { type: LogoType; bytes: Buffer } },
  database: Database = db(),
): Promise<string | null> {
  return inTransaction(database, async (tx) => {
    const now = await lockSettings(tx, merchantId);
    if (!now) return null;
    const id = newId("logo");
    await insertLogo(tx, { id, merchantId, ...logo });
    await updateSettings(tx, merchantId, { brand: { ...now.brand, logoUrl: logoAddress(id) } });
    await auditLogo(tx, { merchantId, actor }, { type: logo.type, bytes: logo.bytes.length });
    return logoAddress(id);
  });
}

/** Takes the logo away: the checkout shows the first character of the name again. */
export function removeLogo({ merchantId, actor }: SettingsInput, database: Database = db()): Promise<void> {
  return inTransaction(database, async (tx) => {
    const now = await lockSettings(tx, merchantId);
    if (!now?.brand.logoUrl) return;
    const { logoUrl: _old, ...brand } = now.brand;
    await updateSettings(tx, merchantId, { brand });
    await deleteLogos(tx, merchantId);
    await auditLogo(tx, { merchantId, actor }, { removed: true });
  });
}

async function auditLogo(tx: Tx, { merchantId, actor }: SettingsInput, detail: AuditDetail): Promise<void> {
  await appendAudit(tx, { actor, merchantId, action: "settings.logo", target: { kind: "merchant", id: merchantId }, detail });
}

/** Sets the limits of a merchant's refunds; the audit gets every one that changed, old and new. */
export function saveLimits(input: SettingsInput & { limits: readonly RefundLimits[] }, database: Database = db()): Promise<void> {
  const { merchantId, actor, limits } = input;
  return inTransaction(database, async (tx) => {
    if (!(await lockSettings(tx, merchantId))) return;
    const before = await readLimits(tx, merchantId);
    const detail = difference(limitFacts(before), { ...limitFacts(before), ...limitFacts(limits) });
    if (Object.keys(detail).length === 0) return;
    await writeLimits(tx, merchantId, limits);
    await appendAudit(tx, { actor, merchantId, action: "settings.limits", target: { kind: "merchant", id: merchantId }, detail });
  });
}

function facts({ brand, id: _id, ...rest }: MerchantSettings): Record<string, string> {
  const { colour = "", supportContact = "" } = brand;
  const flat = { ...rest, colour, contact: supportContact };
  return Object.fromEntries(Object.entries(flat).map(([name, value]) => [name, String(value)]));
}

function limitFacts(limits: readonly RefundLimits[]): Record<string, string> {
  const text = (amount: bigint | null, currency: string) => (amount === null ? "none" : `${major(amount, currency)} ${currency}`);
  return Object.fromEntries(
    limits.flatMap(({ currency, approvalAbove, dailyCap }) => [
      [`approval_${currency}`, text(approvalAbove, currency)],
      [`daily_${currency}`, text(dailyCap, currency)],
    ]),
  );
}

// "old → new" of what differs; a limit that never was is "none".
function difference(before: Record<string, string>, after: Record<string, string>): Record<string, string> {
  const changed = Object.entries(after).filter(([name, value]) => (before[name] ?? "none") !== value);
  return Object.fromEntries(changed.map(([name, value]) => [name, `${before[name] ?? "none"} → ${value}`]));
}
