import { z } from "zod";
import { listOwnAccounts, readOwnAccount } from "#db/queries/api-accounts.ts";
import { PAGE_SHAPE } from "#lib/api/cursor.ts";
import { listOf, page } from "#lib/api/list.ts";
import {
  ACCOUNT,
  accountObject,
  BALANCE,
  type BalanceObject,
  balanceObject,
  RATE,
  type RateObject,
  rateObject,
} from "#lib/api/objects/account.ts";
import { CURRENCY, idOf } from "#lib/api/objects/parts.ts";
import { type Operation, operation } from "#lib/api/operation.ts";
import { LISTING } from "#lib/api/operations/codes.ts";
import { ownerOf } from "#lib/api/owner.ts";
import { type ApiResult, refusalOf, refuse } from "#lib/api/result.ts";
import type { Problem } from "#lib/domain/errors.ts";
import type { Outcome } from "#lib/gateways/gateway.ts";
import { gatewayById } from "#lib/gateways/registry.ts";
import { readBalance } from "#lib/payments/read-balance.ts";
import { readRate } from "#lib/payments/read-rate.ts";

const ASKING = [
  "not_found",
  "account_shut",
  "operation_not_supported",
  "gateway_refused",
  "gateway_busy",
  "gateway_unreachable",
  "gateway_unclear",
] as const;
const ACCOUNT_PATH = z.strictObject({ account: idOf("acc") });

/** How a call to the gateway ended, as the API's problem. */
function heard<Value, To>(outcome: Outcome<Value>, write: (value: Value) => To): ApiResult<To> {
  if (outcome.ok) return { ok: true, value: write(outcome.value) };
  if (outcome.kind === "refused" && outcome.code === "unsupported") return refuse("gateway_refused", null, { detail: outcome.message });
  if (outcome.kind === "refused" && outcome.code === "busy") return refuse("gateway_busy");
  const codes = { refused: "gateway_refused", unreachable: "gateway_unreachable", unknown: "gateway_unclear" } as const;
  return refuse(codes[outcome.kind], null, { detail: `The gateway did not tell: ${outcome.message}.` });
}

function absent(gateway: string, operationName: string) {
  return refuse("operation_not_supported", null, { values: { gateway: gatewayById(gateway)?.title ?? gateway, operation: operationName } });
}

/** Nothing was asked: the account cannot be opened, or its document has no such operation. */
function unread(read: { problem: Problem }, gateway: string, operationName: string) {
  return read.problem.code === "account_shut" ? refusalOf(read) : absent(gateway, operationName);
}

const list = operation({
  ...{ id: "accounts.list", group: "accounts", method: "GET", path: "/accounts", scope: "accounts:read", status: 200 },
  summary: "List gateway accounts",
  query: z.strictObject(PAGE_SHAPE),
  reply: listOf(ACCOUNT),
  problems: LISTING,
  run: (call) => page(call.query, (wanted) => listOwnAccounts(call.database, ownerOf(call), wanted), accountObject),
});

const balance = operation({
  ...{ id: "accounts.balance", group: "accounts", method: "GET", path: "/accounts/{account}/balance", scope: "accounts:read", status: 200 },
  summary: "Ask for a balance",
  description: "Asks the gateway now. Only some documents have balances; an account lists the names of its own in `balances`.",
  params: ACCOUNT_PATH,
  query: z.strictObject({ name: z.string().max(60).optional().meta({ description: "Which one; the document's first when absent." }) }),
  reply: BALANCE,
  problems: [...ASKING, "parameter_unknown", "parameter_invalid"],
  run: async (call): Promise<ApiResult<BalanceObject>> => {
    const row = await readOwnAccount(call.database, ownerOf(call), call.params.account);
    if (!row) return refuse("not_found", "account");
    const names = gatewayById(row.gateway)?.balanceNames ?? [];
    const name = call.query.name ?? names[0];
    if (name === undefined || names.length === 0) return absent(row.gateway, "balance");
    if (!names.includes(name)) return refuse("parameter_invalid", "name", { detail: `\`name\`: one of ${names.join(", ")}.` });
    const read = await readBalance({ merchantId: row.merchantId, accountId: row.id, name }, call.database);
    return read.ok ? heard(read.value, (value) => balanceObject(row.id, name, value)) : unread(read, row.gateway, "balance");
  },
});

const rate = operation({
  ...{ id: "accounts.rate", group: "accounts", method: "GET", path: "/accounts/{account}/rate", scope: "accounts:read", status: 200 },
  summary: "Ask for a rate",
  description: "Asks the gateway now what one unit of a currency costs the shopper in CNY. Only some documents have rates.",
  params: ACCOUNT_PATH,
  query: z.strictObject({
    currency: CURRENCY,
    wallet: z.enum(["wechat", "alipay", "unionpay", "qq", "jd", "baidu", "bank"]).default("wechat"),
  }),
  reply: RATE,
  problems: [...ASKING, "parameter_unknown", "parameter_invalid"],
  run: async (call): Promise<ApiResult<RateObject>> => {
    const row = await readOwnAccount(call.database, ownerOf(call), call.params.account);
    if (!row) return refuse("not_found", "account");
    const { wallet, currency } = call.query;
    const read = await readRate({ merchantId: row.merchantId, accountId: row.id, wallet, currency }, call.database);
    return read.ok ? heard(read.value, (value) => rateObject(row.id, wallet, value)) : unread(read, row.gateway, "rate");
  },
});

export const ACCOUNT_OPERATIONS: readonly Operation[] = [list, balance, rate];
