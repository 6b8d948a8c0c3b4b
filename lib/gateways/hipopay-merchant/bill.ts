import { z } from "zod";
import { rangeProblem, readBill } from "#lib/gateways/hipopay/bill-text.ts";
import type { HipopayMerchant } from "#lib/gateways/hipopay-merchant/credentials.ts";
import { pathOf } from "#lib/gateways/hipopay-merchant/paths.ts";
import type { Operation } from "#lib/gateways/operation.ts";
import type { Bill } from "#lib/gateways/records.ts";

/** Three calendar months, both ends included: never more days than these. */
const DAYS_MAX = 93;

/** §13: a text file; `Version` 3.0; only the recent three months can be had. */
export const bill: Operation<HipopayMerchant, { from: string; to: string }, Bill> = {
  verb: "GET",
  path: pathOf("downloadBill"),
  version: ({ settings }) => settings.billVersion,
  check: (range) => rangeProblem(range) ?? (daysOf(range) > DAYS_MAX ? "a bill covers three months at most" : null),
  fields: ({ from, to }, { credentials }) => ({
    merchant_no: credentials.merchantNo,
    start_date: from.replaceAll("-", ""),
    end_date: to.replaceAll("-", ""),
  }),
  answer: "text",
  reply: () => z.string().transform(readBill),
  timeoutMs: 60_000,
  maxBytes: 16 * 1_048_576,
};

function daysOf({ from, to }: { from: string; to: string }): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1;
}
