import { describe, expect, it } from "vitest";
import type { Created, Outcome } from "#lib/gateways/gateway.ts";
import { type Scene, sceneOf } from "#lib/payments/bad-replies-scene-testing.ts";
import {
  type Asked,
  type Bad,
  brokenReplies,
  changedBytes,
  changedFields,
  meaningOf,
  swappedReplies,
} from "#lib/payments/bad-replies-testing.ts";
import { COMPANIES } from "../../scripts/fuzz/company.ts";
import { seeded } from "../../scripts/fuzz/random.ts";

/**
 * Replies spoilt on their way to us, at every gateway and operation: what comes of one is unclear, or exactly what the genuine
 * reply meant, or that it is not over yet; never another end, never another order's. Where replies are signed (mpgateway, xxpay)
 * a changed one is unclear, or means the same.
 */
const SIGNED: ReadonlySet<string> = new Set(["mpgateway", "xxpay"]);
const SEED = 20_261_120;

/** xxpay's create answers neither our number nor the amount (seeds/003 §2.1.5): whose it is shows only when it is asked about. */
const INDISTINGUISHABLE = (gateway: string, asked: Asked, bad: Bad) =>
  gateway === "xxpay" && asked.name.startsWith("create") && /^the other order's (?:reply|create)/.test(bad.name);

/** Without a signature nobody can tell a wrong number of the gateway's from a right one where nothing else names the payment. */
const endOf = (meaning: string) => meaning.slice(0, meaning.lastIndexOf(" "));

async function believed({ company, amount }: Scene, asked: Asked, bads: readonly Bad[]): Promise<string[]> {
  const wrong: string[] = [];
  for (const bad of bads) {
    if (INDISTINGUISHABLE(company.gateway.id, asked, bad)) continue;
    company.onTheWay.instead = bad.answer;
    const meaning = meaningOf(await asked.run(), amount);
    const same = SIGNED.has(company.gateway.id) ? meaning === asked.meaning : endOf(meaning) === endOf(asked.meaning);
    const harmless = meaning === "unclear" || (!bad.lie && (same || meaning === "pending" || meaning.startsWith("unclear ")));
    if (!harmless) wrong.push(`${asked.name}, ${bad.name}: ${meaning} for ${asked.meaning}`);
  }
  company.onTheWay.instead = null;
  return wrong;
}

describe.each(COMPANIES)("%s", (id) => {
  it("believes no spoilt reply", async () => {
    const scene = await sceneOf(id);
    const random = seeded(SEED);
    const wrong: string[] = [];
    let tried = 0;
    for (const asked of scene.asked) {
      expect(asked.meaning).not.toBe("unclear");
      const bads = [
        ...brokenReplies(asked, random),
        ...changedFields(asked),
        ...(SIGNED.has(id) ? changedBytes(asked, random, 60) : []),
        ...swappedReplies(asked, scene.asked),
      ];
      tried += bads.length;
      wrong.push(...(await believed(scene, asked, bads)));
    }
    expect(wrong).toEqual([]);
    expect(tried).toBeGreaterThan(300);
  }, 240_000);
});

it("xxpay's answer to another order's create is found out as soon as the payment is asked about", async () => {
  const { company, asked } = await sceneOf("xxpay");
  const created = asked.find(({ name }) => name === "create wechat.native");
  const paid = asked.find(({ name }) => name === "query paid wechat.native");
  company.onTheWay.instead = created?.other ?? null;
  const swapped = (await created?.run()) as Outcome<Created>;
  company.onTheWay.instead = null;
  if (!swapped.ok) throw new Error(swapped.message);
  const genuine = JSON.parse(paid?.genuine.body ?? "{}") as { mchOrderNo: string; payOrderId: string };
  expect(swapped.value.gatewayRef).not.toBe(genuine.payOrderId);
  const { gatewayRef } = swapped.value;
  const key = {
    method: "wechat.native",
    gatewayOrderNo: genuine.mchOrderNo,
    gatewayRef,
    amount: { minor: 1_990n, currency: "CNY" },
  } as const;
  expect(await company.account.query?.(key)).toMatchObject({ ok: true, value: { kind: "unknown" } });
});
