import type { ApiCode } from "#lib/api/problems.ts";
import type { Answer, Client } from "#lib/api/testing.ts";
import type { FakeGateway } from "#lib/payments/fake-gateway-testing.ts";
import type { World } from "#lib/payments/testing.ts";

/** Where the cases are played: the world, a caller who may do all, and an account whose gateway answers as a case says. */
export interface Stage {
  world: World;
  shop: Client;
  fake: FakeGateway;
  fakeAccount: string;
}

/** Provokes one code; whatever else it changes it puts back. */
export type Case = (stage: Stage) => Promise<Pick<Answer, "body">>;
export type Cases = Partial<Record<ApiCode, Case>>;

export const TEA = { amount: "88.00", currency: "HKD", title: "Tea" };
export const json = { "content-type": "application/json" };
export const ZEROS = "0".repeat(26);
export const order =
  (more: object): Case =>
  ({ shop }) =>
    shop.post("/orders", { ...TEA, ...more });
export const asks =
  (method: string, more: object): Case =>
  ({ shop, fakeAccount }) =>
    shop.post("/orders", { ...TEA, account: fakeAccount, method, ...more });
