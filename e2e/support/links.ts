import type { Database } from "#db/client.ts";
import type { CheckoutLink } from "#db/queries/links.ts";
import { createLink } from "#lib/payments/create-link.ts";
import type { CreateLinkInput } from "#lib/payments/link-input.ts";

/** What a shop's menu might ask: a list of prices, how many, and three questions. */
export const MENU = {
  title: "手冲咖啡 Coffee",
  currency: "HKD",
  choices: [
    { label: "Small", amount: "38" },
    { label: "Large", amount: "48.50" },
  ],
  quantity_max: 5,
  fields: [
    { key: "table", label: "Table", kind: "number", required: true, max_length: 3 },
    { key: "milk", label: "Milk", kind: "choice", options: ["Oat", "Soy"] },
    { key: "note", label: "Note", kind: "text", max_length: 20 },
  ],
} satisfies CreateLinkInput;

/** Makes a test link of a merchant by the product's own use case. */
export async function makeLink(database: Database, merchantId: string, more: Partial<CreateLinkInput>): Promise<CheckoutLink> {
  const made = await createLink({ merchantId, live: false, link: { title: "茶 Tea", currency: "HKD", ...more } }, database);
  if (!made.ok) throw new Error(JSON.stringify(made.problem));
  return made.value;
}
