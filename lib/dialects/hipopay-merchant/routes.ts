import { BILL_ROUTES } from "#lib/dialects/hipopay-merchant/bill.ts";
import type { Route } from "#lib/dialects/hipopay-merchant/call.ts";
import { CREATION_ROUTES } from "#lib/dialects/hipopay-merchant/creations.ts";
import { CUSTOMS_ROUTES } from "#lib/dialects/hipopay-merchant/customs.ts";
import { QUERY_ROUTES } from "#lib/dialects/hipopay-merchant/queries.ts";
import { REFUND_ROUTES } from "#lib/dialects/hipopay-merchant/refunds.ts";

/** Every endpoint of the merchant API: seeds/001's and those known from real clients (protocols.md §1). */
export const ROUTES: readonly Route[] = [...CREATION_ROUTES, ...QUERY_ROUTES, ...REFUND_ROUTES, ...BILL_ROUTES, ...CUSTOMS_ROUTES];

const BY_KEY: ReadonlyMap<string, Route> = new Map(ROUTES.map((route) => [`${route.method} ${route.path}`, route]));

/** The route of a method and path, or null. */
export function routeOf(method: string, path: string): Route | null {
  return BY_KEY.get(`${method} ${path}`) ?? null;
}
