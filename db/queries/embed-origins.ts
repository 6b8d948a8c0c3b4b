import { eq } from "drizzle-orm";
import { prepared, type Tx } from "#db/client.ts";
import { merchants } from "#db/schema/merchants.ts";

/** Whose pages may frame this merchant's checkout (lib/domain/embed.ts); none for a merchant nobody knows. */
export async function readEmbedOriginsOf(tx: Tx, merchantId: string): Promise<string[]> {
  const text = "select embed_origins from merchants where id = $1";
  const [row] = await prepared<{ embed_origins: string[] }>(tx, "embed_origins", text, [merchantId]);
  return row?.embed_origins ?? [];
}

export async function updateEmbedOrigins(tx: Tx, merchantId: string, embedOrigins: string[]): Promise<void> {
  await tx.update(merchants).set({ embedOrigins }).where(eq(merchants.id, merchantId));
}

/** What the developers' page about the button shows of a merchant. */
export async function readEmbedding(tx: Tx, merchantId: string): Promise<{ origins: string[]; colour: string | null }> {
  const [row] = await tx
    .select({ origins: merchants.embedOrigins, brand: merchants.brand })
    .from(merchants)
    .where(eq(merchants.id, merchantId));
  return { origins: row?.origins ?? [], colour: row?.brand.colour ?? null };
}
