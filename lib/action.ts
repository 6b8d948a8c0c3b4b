import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import type { z } from "zod";
import { clientAddress } from "#lib/client-address.ts";
import { fail, type Problem, type ProblemCode, type Result } from "#lib/domain/errors.ts";
import { browserOf, type Shopper, TOUCH_COOKIE } from "#lib/domain/shopper.ts";
import { env } from "#lib/env.ts";
import { LOCALE_COOKIE, type Locale, localeOf } from "#lib/i18n/locale.ts";
import { type Rate, rateLimiter } from "#lib/rate-limit.ts";

/** What a shopper's action is made of; `run` calls one use case and says where to go next (a path on our origin or an allowed address). */
export interface ShopperAction<Input> {
  /** For the limits: the name of the action. */
  name: string;
  schema: z.ZodType<Input>;
  /** Which thing the action is about (a token, a slug): limited as well as the shopper's address. */
  subject: (input: Input) => string;
  rates: { perIp: Rate; perSubject: Rate };
  /** What the form's first bad field means. */
  invalid: ProblemCode;
  /** Where to show a problem; gets the form as it came, since nothing of it may have been valid. */
  back: (problem: Problem, form: FormData) => string;
  run: (input: Input, shopper: Shopper) => Promise<Result<string>>;
}

const limiter = rateLimiter();

/**
 * The only way a shopper's form reaches a use case (reliability.md 10): the Origin must be ours (a missing one is
 * refused, Next lets it through), then limits, then the schema, then one use case; always ends in a 303.
 */
export async function shopperAction<Input>(form: FormData, action: ShopperAction<Input>): Promise<never> {
  const outcome = await attempt(form, action);
  redirect(outcome.ok ? outcome.value : action.back(outcome.problem, form));
}

async function attempt<Input>(form: FormData, action: ShopperAction<Input>): Promise<Result<string>> {
  const head = await headers();
  if (!originIsOurs(head.get("origin"), head.get("host"))) return fail("origin_mismatch");
  const shopper = await currentShopper();
  if (!limiter.allow(`${action.name} ip ${shopper.ip}`, action.rates.perIp)) return fail("too_many_requests");
  const parsed = action.schema.safeParse(Object.fromEntries(form));
  if (!parsed.success) return fail(action.invalid, String(parsed.error.issues[0]?.path[0] ?? "") || null);
  const subject = `${action.name} ${action.subject(parsed.data)}`;
  if (!limiter.allow(subject, action.rates.perSubject)) return fail("too_many_requests");
  return action.run(parsed.data, shopper);
}

/**
 * Whether a request's Origin is our own: PUBLIC_URL's, or the host the browser itself asked for (a till on the LAN is
 * reached by address). Browsers set both headers, so a foreign page cannot make them agree. `null` and missing are not ours.
 */
export function originIsOurs(origin: string | null, host: string | null): boolean {
  if (!origin || !URL.canParse(origin)) return false;
  const url = new URL(origin);
  if (url.origin !== origin) return false;
  return origin === env().PUBLIC_URL || (host !== null && url.host === host);
}

/**
 * Who is asking, for this request. The User-Agent is the request's own, or the one proxy.ts put there for the
 * sandbox's phone; `order` is the language the shop wished for.
 */
export async function currentShopper(order: string | null = null): Promise<Shopper> {
  const [head, jar] = await Promise.all([headers(), cookies()]);
  const userAgent = (head.get("user-agent") ?? "").slice(0, 512);
  return {
    browser: browserOf(userAgent, jar.get(TOUCH_COOKIE)?.value === "1"),
    ip: clientAddress(head.get("x-forwarded-for"), env().TRUSTED_PROXIES),
    userAgent,
    locale: await currentLocale(order),
  };
}

/** The language of this request's page: `?lang=` (which proxy.ts passes on), cookie, the order's wish, the browser's. */
export async function currentLocale(order: string | null = null): Promise<Locale> {
  const [head, jar] = await Promise.all([headers(), cookies()]);
  return localeOf({
    query: head.get("x-lang"),
    cookie: jar.get(LOCALE_COOKIE)?.value,
    order,
    acceptLanguage: head.get("accept-language"),
  });
}
