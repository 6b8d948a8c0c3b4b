import { z } from "zod";
import { readOwnAccount } from "#db/queries/api-accounts.ts";
import { readOwnAttempt } from "#db/queries/api-orders.ts";
import { ATTEMPT, type AttemptObject, attemptObject } from "#lib/api/objects/attempt.ts";
import { idOf } from "#lib/api/objects/parts.ts";
import { type Call, type Operation, operation } from "#lib/api/operation.ts";
import { POSTING } from "#lib/api/operations/codes.ts";
import { ownerOf } from "#lib/api/owner.ts";
import { type ApiResult, refuse } from "#lib/api/result.ts";
import { askSandbox, isSandboxAccount } from "#lib/api/sandbox-control.ts";
import { recheckAttempt } from "#lib/payments/recheck-attempt.ts";

/** `path_unknown`: the installation has no sandbox. */
const SAYING_NO = ["path_unknown", "test_key_required", "not_found", "sandbox_refused", "gateway_unreachable"] as const;
const ATTEMPT_PATH = z.strictObject({ attempt: idOf("att") });
const FAULT = z
  .string()
  .regex(/^[a-z_]{1,40}$/)
  .meta({ description: "A fault of the sandbox's console, as `notice_lost`." });

type Verb = "pay" | "decline" | "expire";

/** Has the simulated wallet act on an attempt, then asks its gateway, so that the reply is what became of it. */
async function act(call: Call<{ attempt: string }, unknown, unknown>, verb: Verb, body: object): Promise<ApiResult<AttemptObject>> {
  const attempt = await readOwnAttempt(call.database, ownerOf(call), call.params.attempt);
  const account = attempt && (await readOwnAccount(call.database, ownerOf(call), attempt.accountId));
  if (!attempt || !account || !isSandboxAccount(account)) return refuse("not_found", "attempt");
  const told = await askSandbox(`payments/${attempt.gatewayOrderNo}/${verb}`, body);
  // A run again finds the payment acted on: the answer is what became of it.
  if (!told.ok && !(call.resumedFrom && told.problem.code === "sandbox_refused")) return told;
  await recheckAttempt(attempt.id, call.database);
  const after = await readOwnAttempt(call.database, ownerOf(call), attempt.id);
  return after ? { ok: true, value: attemptObject(after) } : refuse("not_found", "attempt");
}

const pay = operation({
  ...{ id: "sandbox.pay", group: "sandbox", method: "POST", path: "/sandbox/attempts/{attempt}/pay", scope: "sandbox:write", status: 200 },
  summary: "Pay an attempt in the sandbox",
  description: "The simulated shopper pays; the gateway's notification comes as in real life, unless a fault keeps it back.",
  sandbox: true,
  params: ATTEMPT_PATH,
  body: z.strictObject({
    faults: z
      .array(z.strictObject({ fault: FAULT, seconds: z.number().int().min(0).max(600).optional() }))
      .max(10)
      .optional(),
  }),
  reply: ATTEMPT,
  problems: [...POSTING, ...SAYING_NO],
  run: (call) => act(call, "pay", { faults: call.body.faults ?? [] }),
});

const decline = operation({
  ...{ id: "sandbox.decline", group: "sandbox", method: "POST", path: "/sandbox/attempts/{attempt}/decline", scope: "sandbox:write" },
  status: 200,
  summary: "Decline an attempt in the sandbox",
  sandbox: true,
  params: ATTEMPT_PATH,
  reply: ATTEMPT,
  problems: [...POSTING, ...SAYING_NO],
  run: (call) => act(call, "decline", {}),
});

const expire = operation({
  ...{ id: "sandbox.expire", group: "sandbox", method: "POST", path: "/sandbox/attempts/{attempt}/expire", scope: "sandbox:write" },
  status: 200,
  summary: "Let an attempt run out in the sandbox",
  sandbox: true,
  params: ATTEMPT_PATH,
  reply: ATTEMPT,
  problems: [...POSTING, ...SAYING_NO],
  run: (call) => act(call, "expire", {}),
});

const ARMED = z.strictObject({ object: z.literal("fault"), id: z.number().int() }).meta({ id: "Fault" });

const fault = operation({
  ...{ id: "sandbox.arm_fault", group: "sandbox", method: "POST", path: "/sandbox/faults", scope: "sandbox:write", status: 201 },
  summary: "Arm a fault",
  description:
    "It strikes the next payment, or the next request (`target`), at this account's simulated gateway. The sandbox is shared by the installation.",
  sandbox: true,
  body: z.strictObject({
    account: idOf("acc"),
    fault: FAULT,
    target: z.enum(["payment", "request"]).default("payment"),
    path: z.string().startsWith("/").max(100).optional().meta({ description: "Of requests: only this path of the gateway." }),
    seconds: z.number().int().min(0).max(600).optional(),
  }),
  reply: ARMED,
  problems: [...POSTING, ...SAYING_NO],
  example: { account: "acc_0h2v9m3kq8zr4t6w1x5y7c8d9e", fault: "notice_lost" },
  run: async (call): Promise<ApiResult<z.infer<typeof ARMED>>> => {
    const { account, path = null, seconds = null, ...wanted } = call.body;
    const row = await readOwnAccount(call.database, ownerOf(call), account);
    if (!row || !isSandboxAccount(row)) return refuse("not_found", "account");
    const told = await askSandbox("faults", { ...wanted, path, seconds, gateway: row.gateway, key: call.seed });
    return told.ok ? { ok: true, value: { object: "fault", id: Number(told.value.id) } } : told;
  },
});

const CODE = z.strictObject({ object: z.literal("code"), auth_code: z.string() }).meta({ id: "WalletCode" });

const code = operation({
  ...{ id: "sandbox.wallet_code", group: "sandbox", method: "POST", path: "/sandbox/codes", scope: "sandbox:write", status: 201 },
  summary: "Make a wallet's payment code",
  description: "What a shopper's wallet would show your scanner: use it as `auth_code` with a `*.barcode` method.",
  sandbox: true,
  body: z.strictObject({ wallet: z.enum(["wechat", "alipay", "qq"]) }),
  reply: CODE,
  problems: [...POSTING, "path_unknown", "test_key_required", "sandbox_refused", "gateway_unreachable"],
  example: { wallet: "wechat" },
  run: async (call): Promise<ApiResult<z.infer<typeof CODE>>> => {
    const told = await askSandbox("codes", { wallet: call.body.wallet, key: call.seed });
    return told.ok ? { ok: true, value: { object: "code", auth_code: String(told.value.code) } } : told;
  },
});

export const SANDBOX_OPERATIONS: readonly Operation[] = [pay, decline, expire, fault, code];
