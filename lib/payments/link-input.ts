import { z } from "zod";
import type { CheckoutLink } from "#db/queries/links.ts";
import { CURRENCIES, storedCurrency } from "#lib/domain/currency.ts";
import { ANSWER_MAX, FIELD_KINDS, FIELDS_MAX, QUANTITY_MAX } from "#lib/domain/link.ts";
import { FIELD_LABEL_MAX, FIELD_OPTIONS_MAX } from "#lib/domain/link-fields.ts";
import { CHOICE_LABEL_MAX, CHOICES_MAX, LINK_TEXT_MAX, LINK_TITLE_MAX, SLUG, STOCK_MAX } from "#lib/domain/link-terms.ts";
import { formatMajor } from "#lib/domain/money.ts";

const decimal = z.string().max(40).describe("Decimal text in major units, e.g. 19.90");
const instantText = z.string().max(40).describe("ISO 8601 with a zone");
const webAddress = z.string().max(1024);

const choice = z.strictObject({ label: z.string().min(1).max(CHOICE_LABEL_MAX), amount: decimal });
const field = z.strictObject({
  key: z.string().max(40).optional().describe("Its name in the order’s metadata; field_1, field_2, field_3 when absent"),
  label: z.string().min(1).max(FIELD_LABEL_MAX),
  kind: z.enum(FIELD_KINDS),
  required: z.boolean().optional(),
  max_length: z.int().min(1).max(ANSWER_MAX).optional(),
  options: z.array(z.string().max(60)).max(FIELD_OPTIONS_MAX).optional().describe("Only for kind choice: 2 to 20 answers"),
});

/** What a link may be given besides its title and currency. Absent and null both mean "none" when a link is made. */
const optional = {
  description: z.string().max(LINK_TEXT_MAX).nullish(),
  amount: decimal.nullish().describe("A fixed price. Exactly one of amount, choices, and the two limits"),
  choices: z.array(choice).max(CHOICES_MAX).nullish(),
  min_amount: decimal.nullish().describe("The least a shopper may enter; together with max_amount"),
  max_amount: decimal.nullish(),
  suggested_amount: decimal.nullish(),
  quantity_max: z.int().min(2).max(QUANTITY_MAX).nullish().describe("The shopper may take 1 to this many pieces of one order"),
  reusable: z.boolean().optional().describe("false: one paid order ends the link"),
  stock: z.int().min(1).max(STOCK_MAX).nullish().describe("How many pieces may be sold in all"),
  opens_at: instantText.nullish(),
  expires_at: instantText.nullish(),
  fields: z.array(field).max(FIELDS_MAX).optional().describe("What each shopper is asked, three at most"),
  notify_url: webAddress.nullish(),
  return_url: webAddress.nullish(),
  success_message: z.string().max(LINK_TEXT_MAX).nullish(),
  account: z.string().max(64).nullish().describe("Payable through this gateway account only"),
  locale: z.string().max(10).nullish().describe("zh-CN, zh-HK or en; the browser’s when absent"),
};

const needed = { title: z.string().min(1).max(LINK_TITLE_MAX), currency: z.enum(CURRENCIES) };

/** The body that makes a link. What a schema cannot say (exactly one pricing, order of times) createLink checks. */
export const createLinkInput = z.strictObject({
  ...needed,
  slug: z.string().regex(SLUG).optional().describe("The end of its address; made up when absent"),
  ...optional,
});
export type CreateLinkInput = z.infer<typeof createLinkInput>;

/** The body that edits one: what is absent stays, null clears. */
export const editLinkInput = z.strictObject({ ...needed, ...optional }).partial();
export type EditLinkInput = z.infer<typeof editLinkInput>;

/** A link as it is told: every field, null where there is none. */
export const linkReply = z.strictObject({
  id: z.string(),
  slug: z.string(),
  live: z.boolean(),
  active: z.boolean(),
  created_at: z.string(),
  title: z.string(),
  currency: z.enum(CURRENCIES),
  description: z.string(),
  amount: decimal.nullable(),
  choices: z.array(choice).nullable(),
  min_amount: decimal.nullable(),
  max_amount: decimal.nullable(),
  suggested_amount: decimal.nullable(),
  quantity_max: z.int().nullable(),
  reusable: z.boolean(),
  stock: z.int().nullable(),
  opens_at: instantText.nullable(),
  expires_at: instantText.nullable(),
  fields: z.array(field.required()),
  notify_url: webAddress.nullable(),
  return_url: webAddress.nullable(),
  success_message: z.string().nullable(),
  account: z.string().nullable(),
  locale: z.string().nullable(),
});
export type LinkWire = z.infer<typeof linkReply>;

/** A link's row as it is told. Giving the same terms to `editLink` changes nothing. */
export function linkWire(row: CheckoutLink): LinkWire {
  const currency = storedCurrency(row.currency);
  const text = (minor: bigint | null): string | null => (minor === null ? null : formatMajor({ minor, currency }));
  return {
    id: row.id,
    slug: row.slug,
    live: row.live,
    active: row.active,
    created_at: row.createdAt.toISOString(),
    title: row.title,
    currency,
    description: row.description,
    amount: text(row.amount),
    choices: row.choices?.map(({ label, amount }) => ({ label, amount: formatMajor({ minor: BigInt(amount), currency }) })) ?? null,
    min_amount: text(row.minAmount),
    max_amount: text(row.maxAmount),
    suggested_amount: text(row.suggestedAmount),
    quantity_max: row.quantityMax,
    reusable: row.reusable,
    stock: row.stock,
    opens_at: row.opensAt?.toISOString() ?? null,
    expires_at: row.expiresAt?.toISOString() ?? null,
    fields: row.fields.map(({ maxLength, ...one }) => ({ ...one, max_length: maxLength })),
    notify_url: row.notifyUrl,
    return_url: row.returnUrl,
    success_message: row.successMessage,
    account: row.accountId,
    locale: row.locale,
  };
}
