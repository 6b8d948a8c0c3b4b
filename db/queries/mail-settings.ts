import { eq } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { mailSettings } from "#db/schema/mail-settings.ts";
import { sealFor, unsealFor } from "#lib/secrets.ts";

const ID = "installation";
const COLUMN = "mail_settings.url";

export interface StoredMailSettings {
  /** With the password. */
  url: string;
  sender: string;
  updatedAt: Date;
}

/** The mail server that a platform admin set; null when none is set. Throws when the sealing key does not fit. */
export async function readMailSettings(tx: Tx): Promise<StoredMailSettings | null> {
  const [row] = await tx.select().from(mailSettings).where(eq(mailSettings.id, ID));
  return row ? { url: unsealFor(COLUMN, ID, row.url), sender: row.sender, updatedAt: row.updatedAt } : null;
}

/** Sets the mail server. */
export async function writeMailSettings(tx: Tx, settings: { url: string; sender: string }, userId: string): Promise<void> {
  const values = { url: sealFor(COLUMN, ID, settings.url), sender: settings.sender, updatedBy: userId, updatedAt: new Date() };
  await tx
    .insert(mailSettings)
    .values({ id: ID, ...values })
    .onConflictDoUpdate({ target: mailSettings.id, set: values });
}

/** No mail server any more, but for one in the environment. */
export async function removeMailSettings(tx: Tx): Promise<void> {
  await tx.delete(mailSettings).where(eq(mailSettings.id, ID));
}
