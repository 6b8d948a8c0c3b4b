import { test as base } from "../fixtures.ts";
import type { Shop } from "../support/shop.ts";
import { openMatrixShop } from "./stage.ts";

/** One shop for all the cases a worker tests: opening it takes longer than a case. */
export const test = base.extend<object, { shop: Shop }>({
  shop: [async ({ database, ledger, server }, use) => use(await openMatrixShop(database, ledger, server.publicUrl)), { scope: "worker" }],
});
