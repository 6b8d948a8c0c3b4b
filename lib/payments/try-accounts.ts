import type { Database } from "#db/client.ts";
import { attemptsByOrder } from "#db/queries/attempts.ts";
import type { Order } from "#db/queries/locks.ts";
import { type Answers, checkAnswers } from "#lib/domain/asks.ts";
import { isLiveAttempt } from "#lib/domain/attempt.ts";
import { fail, type Problem, type Result } from "#lib/domain/errors.ts";
import { CHARGES_AT_ONCE, type Method } from "#lib/domain/methods.ts";
import type { Presentation } from "#lib/domain/presentation.ts";
import type { Created, Outcome, RefusalCode } from "#lib/gateways/gateway.ts";
import { downFor, giveBack, healthOf, mayTry, noteCreate } from "#lib/payments/channel-health.ts";
import { asksOpenid, openidObtainable } from "#lib/payments/offers.ts";
import type { Opened } from "#lib/payments/open-account.ts";
import { createProblem, type Particulars, type Rows, sendCreate } from "#lib/payments/send-create.ts";
import { type Intended, type Intent, writeIntent } from "#lib/payments/write-intent.ts";

export interface Started {
  attemptId: string;
  /** Null while another request is still creating the same attempt, or its answer was not clear. */
  presentation: Presentation | null;
  /** The order and the attempt as they are now, where both were written together (open-and-start.ts). */
  rows?: Rows;
}

/** What a try to pay is made with, whichever account takes it. */
export interface Wanted {
  method: Method;
  clientIp: string;
  actor: string;
  answers: Answers;
  /** The shopper's openid as this account knows it. */
  openidFor: (accountId: string) => string | undefined;
  authCode?: string | undefined;
  appId?: string | undefined;
  /** As `Intended.guard`, asked before every attempt. */
  guard?: Intended["guard"];
  /** Another way to commit the first attempt as sent: together with its order (open-and-start.ts). */
  begin?: ((opened: Opened) => Promise<Result<Intent>>) | undefined;
}

/**
 * Goes through the accounts in their order until one takes the payment: the next one is tried in the same checkout when an
 * account surely was not reached, or refused for a reason of its own or its gateway's. Never when it may have charged. Each
 * try is an attempt under a number of its own, committed before the call. One that failed lately is not tried while it is
 * marked down (channel-health.ts): `channel_down` when no other is left and no try of this method is alive;
 * its `values.seconds` is when the first of them may be tried again.
 */
export async function tryAccounts(
  database: Database,
  order: Pick<Order, "id" | "token" | "title">,
  candidates: readonly Opened[],
  wanted: Wanted,
): Promise<Result<Started>> {
  let problem: Problem | null = null;
  let tried = false;
  const seconds = String(Math.min(...candidates.map((opened) => downFor(opened, wanted.method))));
  const down = fail("channel_down", "method", { seconds }).problem;
  for (const opened of candidates) {
    if (healthOf(opened, wanted.method) === "down") {
      problem ??= down;
      continue;
    }
    const particulars = particularsFor(opened, wanted);
    if (!particulars.ok) {
      const hop = particulars.problem.code === "openid_missing";
      if (hop ? openidObtainable(opened, wanted.method) : !tried) return particulars;
      problem ??= particulars.problem;
      continue;
    }
    if (!(await mayTry(database, opened, wanted.method))) {
      problem ??= down;
      continue;
    }
    const intent = await intend(database, order, opened, wanted, tried);
    if (!intent.ok || intent.value.alive) await giveBack(database, opened, wanted.method);
    if (!intent.ok) return intent;
    const { attempt, alive } = intent.value;
    if (alive) return { ok: true, value: { attemptId: alive.id, presentation: alive.presentation } };
    tried = true;
    const { outcome, rows } = await sendCreate(database, order, opened, attempt, particulars.value, intent.value.untouched);
    await noteCreate(database, opened, wanted.method, outcome, particulars.value);
    const shown = outcome.ok ? outcome.value.presentation : null;
    if (outcome.ok) return { ok: true, value: { attemptId: attempt.id, presentation: shown, ...(rows && { rows }) } };
    if (outcome.kind === "unknown") return { ok: true, value: { attemptId: attempt.id, presentation: null } };
    problem = { code: createProblem(outcome), field: null };
    if (!goesOn(outcome, wanted.method)) break;
  }
  if (problem?.code === "channel_down") {
    const alive = (await attemptsByOrder(database, order.id)).find((one) => one.method === wanted.method && isLiveAttempt(one.state));
    if (alive) return { ok: true, value: { attemptId: alive.id, presentation: alive.presentation } };
  }
  return { ok: false, problem: problem ?? fail("method_unavailable", "method").problem };
}

function intend(
  database: Database,
  { id }: Pick<Order, "id">,
  opened: Opened,
  { method, actor, guard, begin }: Wanted,
  tried: boolean,
): Promise<Result<Intent>> {
  if (begin && !tried) return begin(opened);
  return writeIntent(database, { orderId: id, account: opened.row, method, actor, guard });
}

/** What this account asks for, of what was answered; a problem names the field that is missing or wrong. */
function particularsFor(opened: Opened, wanted: Wanted): Result<Particulars> {
  const { gateway, row } = opened;
  const openid = asksOpenid(opened, wanted.method) ? wanted.openidFor(row.id) : undefined;
  if (asksOpenid(opened, wanted.method) && !openid) return fail("openid_missing", "openid");
  const asks = gateway.asks[wanted.method] ?? [];
  const answers = checkAnswers(asks, wanted.answers, gateway.banks[wanted.method] ?? []);
  if (!answers.ok) return answers;
  const { bank, cardNumber, payer } = answers.value;
  return {
    ok: true,
    value: {
      clientIp: wanted.clientIp,
      ...(openid && { openid }),
      ...(wanted.authCode && { authCode: wanted.authCode }),
      ...(wanted.appId && { appId: wanted.appId }),
      ...(bank && { bank }),
      ...(cardNumber && { cardNumber }),
      ...(payer && { payer }),
    },
  };
}

/**
 * Which refusals are the account's or its gateway's, so that another account may do better. What charges at once goes on
 * only after those that are said before a wallet is asked.
 */
const ELSEWHERE = {
  signature_rejected: "always",
  clock_skew: "always",
  forbidden: "always",
  unsupported: "always",
  busy: "unless_charging",
  wallet_error: "unless_charging",
  invalid_request: "never",
  not_found: "never",
  already_paid: "never",
  already_closed: "never",
  duplicate_number: "never",
  insufficient_balance: "never",
  code_expired: "never",
  amount_rejected: "never",
  refund_exceeds: "never",
} as const satisfies Record<RefusalCode, "always" | "unless_charging" | "never">;

function goesOn(outcome: Extract<Outcome<Created>, { ok: false }>, method: Method): boolean {
  if (outcome.kind !== "refused") return outcome.kind === "unreachable";
  const when = ELSEWHERE[outcome.code];
  return when === "always" || (when === "unless_charging" && !CHARGES_AT_ONCE.has(method));
}
