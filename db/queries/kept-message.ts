import type { KeptMessage } from "#db/schema/webhooks.ts";
import { sealFor, unsealFor } from "#lib/secrets.ts";

const COLUMN = "deliveries.message";

/** A delivery's kept message as its row has it: sealed, as a gateway's notice names who paid (seeds/000 §10.2 `openid`). */
export function sealMessage(deliveryId: string, message: KeptMessage): string {
  return sealFor(COLUMN, deliveryId, JSON.stringify(message));
}

/** Opens it; one from before they were sealed is as it stands. Throws when it was sealed for another or under keys that are gone. */
export function openMessage(deliveryId: string, stored: KeptMessage | string | null): KeptMessage | null {
  return typeof stored === "string" ? (JSON.parse(unsealFor(COLUMN, deliveryId, stored)) as KeptMessage) : stored;
}
