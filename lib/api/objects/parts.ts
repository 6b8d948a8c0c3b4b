import { z } from "zod";
import { CURRENCIES } from "#lib/domain/currency.ts";
import { METHODS } from "#lib/domain/methods.ts";

/** The parts that objects and bodies are made of. */

export const AMOUNT = z
  .string()
  .min(1)
  .max(30)
  .meta({ description: "Decimal text in major units, as `88.00` (HKD) or `100` (JPY).", examples: ["88.00"] });
export const CURRENCY = z.enum(CURRENCIES as [(typeof CURRENCIES)[number]]).meta({ description: "ISO 4217.", examples: ["HKD"] });
export const MOMENT = z.string().meta({ description: "ISO 8601, UTC.", format: "date-time", examples: ["2026-11-20T10:57:04.000Z"] });
/** An instant in a query or a body. PostgreSQL has no year 0, and nothing of ours is older than 1970. */
export const INSTANT = z.iso.datetime().refine((text) => !(Date.parse(text) < 0), "must be 1970 or later");
export const METHOD = z.enum(METHODS).meta({ id: "Method", description: "A way to pay: `<wallet>.<shape>`." });
export const LOCALE = z.enum(["zh-CN", "zh-HK", "en"]);
export const METADATA = z.record(z.string(), z.string());

/** An id in a path or a field, as `ord_…`. One that cannot be an id is answered as an unknown one. */
export function idOf(prefix: string, description?: string) {
  return z
    .string()
    .regex(new RegExp(`^${prefix}_[0-9a-hjkmnp-tv-z]{20,32}$`), `must be an id as ${prefix}_…`)
    .meta({ ...(description && { description }), examples: [`${prefix}_0h2v9m3kq8zr4t6w1x5y7c8d9e`] });
}

export function moment(at: Date): string;
export function moment(at: Date | null): string | null;
export function moment(at: Date | null): string | null {
  return at?.toISOString() ?? null;
}
