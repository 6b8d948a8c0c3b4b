import { describe, expect, it } from "vitest";
import type { InboundMessage } from "#lib/gateways/notice.ts";
import { GATEWAYS } from "#lib/gateways/registry.ts";
import { COMPANIES, companyOf } from "../../scripts/fuzz/company.ts";
import { genuineNotices, genuinePayoutNotices, paymentReceiver, payoutReceiver } from "../../scripts/fuzz/notices.ts";
import { fuzz, type Receiver } from "../../scripts/fuzz/run.ts";

/** A smaller run of `npm run fuzz`: the same mutations, a seed that does not change. */
const RUNS = 6000;
const SEED = 20_261_120;

it("every gateway of the registry is put to the test", () => {
  expect([...COMPANIES].sort()).toEqual(GATEWAYS.map(({ id }) => id).sort());
});

describe.each(COMPANIES)("%s", (id) => {
  it("believes no changed notice of a payment unless it means what was signed, and never breaks", async () => {
    const company = companyOf(id);
    const genuine = await genuineNotices(company);
    expect(genuine.length).toBeGreaterThan(5);
    expect(fuzz(genuine, paymentReceiver(company), RUNS, SEED)).toMatchObject({ different: 0, crashes: 0, examples: [] });
  });
});

it("xxpay's payout notices, the same", async () => {
  const company = companyOf("xxpay");
  const genuine = await genuinePayoutNotices(company);
  expect(genuine.length).toBeGreaterThan(1);
  expect(fuzz(genuine, payoutReceiver(company), RUNS, SEED)).toMatchObject({ different: 0, crashes: 0, examples: [] });
});

describe("the fuzzer itself", () => {
  /** Receivers with faults of real ones: the mutations must find each. */
  const FAULTY: Readonly<Record<string, (message: InboundMessage) => string | null>> = {
    "looks at no signature": (message) => fieldsOf(message).get("out_trade_no"),
    "takes the last of two fields, signs the first": (message) => {
      const fields = fieldsOf(message);
      return signed(message) ? (fields.getAll("total_amount").at(-1) ?? null) : null;
    },
    "breaks on what it cannot read": (message) => decodeURIComponent(Buffer.from(message.body).toString("latin1")),
  };

  it.each(Object.entries(FAULTY))("finds a receiver that %s", async (_fault, receive) => {
    const genuine = await genuineNotices(companyOf("fengniao"));
    const { different, crashes } = fuzz(genuine, receive, RUNS, SEED);
    expect(different + crashes).toBeGreaterThan(0);
  });

  it("makes the same run of the same seed, and refuses to start from a message nobody believes", async () => {
    const company = companyOf("mpgateway");
    const genuine = await genuineNotices(company);
    const receive = paymentReceiver(company);
    expect(fuzz(genuine, receive, 500, 1)).toEqual(fuzz(genuine, receive, 500, 1));
    const deaf: Receiver = () => null;
    expect(() => fuzz(genuine, deaf, 1, 1)).toThrow("not believed");
  });
});

function fieldsOf(message: InboundMessage): URLSearchParams {
  return new URLSearchParams(Buffer.from(message.body).toString("latin1"));
}

/** Whether the message still has its signature, whatever else was changed: as a receiver that checks the wrong bytes. */
function signed(message: InboundMessage): boolean {
  return /^[0-9a-f]{32}$/.test(fieldsOf(message).get("sign") ?? "");
}
