import { expect } from "../fixtures.ts";
import { checkoutMain, expectView } from "../support/checkout.ts";
import { AMOUNT, type Stage, staysHere } from "./stage.ts";
import { type Case, METHODS, type Outcome } from "./tables.ts";
import { DECLINED, ENDINGS, type Ending, EXPIRED, OFFLINE } from "./words.ts";

/** What must be true of an order at its end. */
export interface End {
  words: Ending;
  order: { state: "open" | "paid" | "expired"; paidAmount: bigint; paidLate: boolean; needsReview: boolean };
  attempt: string;
  /** What moved money in its history: at most one thing. */
  credits: readonly string[];
  /** What the shop is told, in order. */
  told: readonly string[];
}

const UNPAID = { paidAmount: 0n, paidLate: false, needsReview: false };
const IN_TIME = {
  order: { state: "paid", paidAmount: AMOUNT, paidLate: false, needsReview: false },
  ...{ attempt: "paid", credits: ["order.paid"], told: ["order.paid"] },
} as const;
const RAN_OUT = { order: { state: "expired", ...UNPAID }, attempt: "closed", credits: [], told: ["order.expired"] } as const;

const ENDS: Readonly<Record<Outcome, Omit<End, "words">>> = {
  paid: IN_TIME,
  offline: IN_TIME,
  duplicate: IN_TIME,
  declined: { order: { state: "open", ...UNPAID }, attempt: "failed", credits: [], told: [] },
  expired: RAN_OUT,
  late: {
    order: { state: "paid", paidAmount: AMOUNT, paidLate: true, needsReview: true },
    ...{ attempt: "paid", credits: ["order.paid_late"], told: ["order.expired", "order.paid_late"] },
  },
};

export function endOf({ method, outcome }: Case): End {
  const { closes } = METHODS[method];
  if (closes && outcome === "late") return { ...RAN_OUT, words: EXPIRED };
  if (closes && outcome === "declined") return { ...ENDS.declined, attempt: "closed", words: DECLINED };
  return { ...ENDS[outcome], words: ENDINGS[outcome] };
}

/** How each outcome comes about, and the shopper to our page again where the page cannot know by itself. */
export const ACTS: Readonly<Record<Outcome, (stage: Stage, one: Case) => Promise<void>>> = {
  async paid(stage, one) {
    // Inside a wallet its sheet has paid already.
    if (METHODS[one.method].shows !== "jsapi") await stage.control.pay(stage.number);
    await credited(stage);
    await comeBack(stage, one);
  },
  async declined({ page, control, number, token }) {
    await control.decline(number);
    // Whoever comes back makes us ask, at most once in five seconds.
    await expect(async () => {
      await page.goto(`/pay/${token}/return`);
      await expect(checkoutMain(page)).toHaveAttribute("data-view", DECLINED.view, { timeout: 2000 });
    }).toPass({ timeout: 20_000 });
  },
  async expired(stage, one) {
    await runOut(stage);
    await comeBack(stage, one);
  },
  async late(stage, one) {
    await runOut(stage);
    await comeBack(stage, one);
    await expectView(stage.page, EXPIRED.view, EXPIRED.detail);
    if (METHODS[one.method].closes) return expect(stage.control.pay(stage.number)).rejects.toThrow(/closed/);
    await stage.control.pay(stage.number);
    await credited(stage);
    // By now the page is ours, wherever the shopper was.
    if (one.script === "off") await stage.page.goto(`/pay/${stage.token}`);
  },
  /** Ten seconds without a connection, by the page's clock; the money moves meanwhile. */
  async offline(stage, one) {
    const { page, control, number } = stage;
    const watches = one.script === "on" && staysHere(one);
    await page.context().setOffline(true);
    if (watches) await expect(page.locator("#offline")).toContainText(OFFLINE[one.language]);
    await control.pay(number);
    await credited(stage);
    if (watches) {
      await page.clock.fastForward(10_000);
      await expectView(page, "waiting");
    }
    await page.context().setOffline(false);
    await comeBack(stage, one);
  },
  async duplicate(stage, one) {
    const { control, number } = stage;
    await control.pay(number);
    await credited(stage);
    const notices = async () => (await control.read(number)).notices;
    await expect.poll(async () => (await notices()).map((notice) => notice.state)).toEqual(["acknowledged"]);
    for (const { id } of await notices()) expect(await control.redeliver(id)).toMatchObject({ status: 200, acknowledged: true });
    await comeBack(stage, one);
  },
};

async function credited({ ledger, token }: Stage): Promise<void> {
  await expect.poll(async () => (await ledger.order(token)).state).toBe("paid");
}

async function runOut({ ledger, token }: Stage): Promise<void> {
  await ledger.expireIn(token, -1);
  await expect.poll(async () => (await ledger.order(token)).state).toBe("expired");
}

/** Our own page follows its order by itself where a script runs; from the gateway's page, or without one, the shopper comes. */
async function comeBack({ page, token }: Stage, one: Case): Promise<void> {
  if (one.script === "off" || !staysHere(one)) await page.goto(`/pay/${token}`);
}
