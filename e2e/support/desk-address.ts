import { createHmac } from "node:crypto";
import type { Database } from "#db/client.ts";
import { deskSecrets } from "#lib/payments/desk-secret.ts";

/** What a shop's own program does to send a shopper to the cashier: written from the description, not with our code. */
export async function deskAddress(
  database: Database,
  merchantId: string,
  fields: Record<string, string>,
  { kind = "test", unsigned = false }: { kind?: "test" | "live"; unsigned?: boolean } = {},
): Promise<string> {
  const all: Record<string, string> = { merchant_no: merchantId, ...fields };
  const secret = (await deskSecrets(database, merchantId))[kind];
  const strictly = (text: string) =>
    encodeURIComponent(text).replace(/[!'()*~]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  const text = Object.keys(all)
    .sort()
    .map((name) => `${strictly(name)}=${strictly(all[name] ?? "")}`)
    .join("&");
  const sign = createHmac("sha256", secret).update(text).digest("hex");
  return `/desk?${new URLSearchParams({ ...all, ...(unsigned ? {} : { sign }) })}`;
}
