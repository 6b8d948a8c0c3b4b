import { expect, test } from "../fixtures.ts";
import { type Ran, runScript } from "../support/command-line.ts";
import type { Control } from "../support/control.ts";
import { openGatewayShop } from "../support/gateway-shop.ts";
import type { Ledger } from "../support/ledger.ts";
import { MISTAKES } from "./commands/mistakes.ts";
import type { Known, Scenario, Step } from "./commands/steps.ts";
import { SCENARIOS } from "./commands.ts";

interface Desk {
  accountId: string;
  control: Control;
  ledger: Ledger;
  type: (operation: string, input: object) => Promise<Ran>;
}

interface Made {
  order: string;
  result: { ok: boolean; value?: { presentation: { kind: string } | null } };
  attempts: { id: string; state: string; method: string; gatewayOrderNo: string }[];
}

for (const scenario of SCENARIOS) {
  test(`${scenario.gateway}, ${scenario.title}: every operation is called and seen to work`, async ({
    control,
    ledger,
    commandLine,
    database,
    server,
  }) => {
    test.slow();
    const shop = await openGatewayShop(database, server.publicUrl, scenario.gateway, { settings: scenario.settings ?? {} });
    const type: Desk["type"] = (operation, input) => commandLine(shop.accountId, operation, JSON.stringify(input));
    const desk = { accountId: shop.accountId, control, ledger, type };
    const known = { ...(await create(desk, scenario)), merchantNo: shop.merchantNo };
    for (const step of scenario.steps) await take(desk, known, step);
  });
}

/** Creates the scenario's payment and lets the shopper pay it; by then it is credited. */
async function create(desk: Desk, { create: wanted, presents, pays }: Scenario): Promise<Known> {
  const { control, ledger } = desk;
  if (!wanted) throw new Error("nothing is created");
  const authCode = wanted.scan && (await control.code(wanted.scan, wanted.hongKong ? "hong_kong" : "pays"));
  const made = resultOf<Made>(await desk.type("create", { amount: "10.50", ...wanted.input, ...(authCode && { authCode }) }));
  const [attempt] = made.attempts;
  if (!attempt) throw new Error(JSON.stringify(made));
  if (presents) expect(made.result.value?.presentation?.kind ?? "none").toBe(presents);
  const number = attempt.gatewayOrderNo;
  const { payment } = pays ? { payment: await control.pay(number) } : await control.read(number);
  const stateOf = async () => (await ledger.query<{ state: string }>("select state from orders where id = $1", [made.order]))[0]?.state;
  if (pays || wanted.scan) await expect.poll(stateOf).toBe("paid");
  return {
    ...{ order: made.order, attempt: attempt.id, method: attempt.method, gatewayOrderNo: number, gatewayRef: payment.no },
    ...{ merchantNo: "", refundNo: "", gatewayRefundRef: "", payout: "", loginCode: "" },
    today: new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10),
  };
}

async function take({ accountId, control, ledger, type }: Desk, known: Known, step: Step): Promise<void> {
  if (step.settings) {
    await ledger.query("update gateway_accounts set settings = settings || $2 where id = $1", [accountId, JSON.stringify(step.settings)]);
  }
  if (step.operation === "openid") known.loginCode = (await control.loginCode(known.merchantNo)).code;
  if (step.first === "payout_ends") await control.endPayout(await payoutNo(ledger, known.payout));
  const before = await tellings(control, ledger, known, step.repeats);
  const ran = await type(step.operation, step.input(known));
  const result = resultOf<Record<string, unknown>>(ran);
  for (const [path, wanted] of leaves(step.says)) expect(`${path}: ${at(result, path)}`).toMatch(wanted);
  if (step.operation === "refund") Object.assign(known, { refundNo: result.refundNo, gatewayRefundRef: result.gatewayRefundRef });
  if (step.operation === "payout") known.payout = String(result.id);
  if (step.repeats) await expect.poll(() => tellings(control, ledger, known, step.repeats)).toBeGreaterThan(before);
}

/** How often the gateway has told of the payment or the payout. */
async function tellings(control: Control, ledger: Ledger, known: Known, of: Step["repeats"]): Promise<number> {
  if (!of) return 0;
  const { notices } = await (of === "payment"
    ? control.read(known.gatewayOrderNo)
    : control.readPayout(await payoutNo(ledger, known.payout)));
  return notices.reduce((sum, { tries }) => sum + tries, 0);
}

async function payoutNo(ledger: Ledger, id: string): Promise<string> {
  const [row] = await ledger.query<{ no: string }>("select payout_no as no from payouts where id = $1", [id]);
  return row?.no ?? "";
}

/** What the command printed; it ended well, or its result says that the gateway refused (exit code 1). */
function resultOf<T>({ code, stdout, stderr }: Ran): T {
  const { result } = (stdout ? JSON.parse(stdout) : {}) as { result?: T };
  if (code > 1 || result === undefined) throw new Error(`exit code ${code}: ${stderr}${stdout}`);
  return result;
}

/** Every value in `says` by its path, as the pattern that the value printed there must match. */
function leaves(says: unknown, path = ""): [string, RegExp][] {
  if (says instanceof RegExp) return [[path, new RegExp(`^${escaped(path)}: .*${says.source}`)]];
  if (typeof says !== "object" || says === null) return [[path, new RegExp(`^${escaped(path)}: ${escaped(String(says))}$`)]];
  if (Array.isArray(says) && says.length === 0) return [[`${path}.length`, /: 0$/]];
  return Object.entries(says).flatMap(([name, one]) => leaves(one, `${path}.${name}`));
}

function at(value: unknown, path: string): unknown {
  const names = path.split(".").slice(1);
  return names.reduce<unknown>((found, name) => (found as Record<string, unknown> | null | undefined)?.[name], value);
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

const demoAt = (account: string) => (account.startsWith("acc_") ? account : `acc_demo_${account.replaceAll("-", "_")}`);

for (const { what, account, operation, text, names } of MISTAKES) {
  test(`${what} is said in words that name it, and does nothing`, async ({ commandLine }) => {
    const { code, stdout, stderr } = await commandLine(demoAt(account), operation, text);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(names);
    expect(stderr).not.toMatch(/\n\s+at /);
  });
}

test("typed at a real command line it answers on its own streams, with its own exit codes", async ({ ledger, server }) => {
  const type = (...args: string[]) => runScript(server, "gateway.ts", args);
  const made = await type(demoAt("fengniao"), "create", '{"method":"wechat.native","amount":"10.50"}');
  expect([made.code, made.stderr]).toEqual([0, ""]);
  const { order, attempts } = resultOf<Made>(made);
  expect(await ledger.query("select amount::text, state from orders where id = $1", [order])).toEqual([{ amount: "1050", state: "open" }]);
  const refused = await type(demoAt("fengniao"), "query", JSON.stringify({ attempt: `${attempts[0]?.id}x` }));
  expect([refused.code, refused.stdout]).toEqual([2, ""]);
  const wrong = await type(demoAt("xxpay"), "teleport", "{}");
  expect([wrong.code, wrong.stdout]).toEqual([2, ""]);
  expect(wrong.stderr).toMatch(/^there is no operation teleport: [^\n]+\n$/);
});
