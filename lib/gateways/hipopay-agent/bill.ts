import { z } from "zod";
import { rangeProblem, readBill } from "#lib/gateways/hipopay/bill-text.ts";
import type { HipopayAgent } from "#lib/gateways/hipopay-agent/credentials.ts";
import { PATHS, pathOf } from "#lib/gateways/hipopay-agent/paths.ts";
import type { Operation } from "#lib/gateways/operation.ts";
import type { Bill } from "#lib/gateways/records.ts";

/** §8: a text file of at most three months. The document prints no format: seeds/001's, of the same gateway, is assumed. */
export const bill: Operation<HipopayAgent, { from: string; to: string }, Bill> = {
  verb: PATHS.downloadBill.verb,
  path: pathOf("downloadBill"),
  version: ({ settings }) => settings.billVersion,
  check: rangeProblem,
  fields: ({ from, to }, { credentials }) => ({
    agent_no: credentials.agentNo,
    start_date: from.replaceAll("-", ""),
    end_date: to.replaceAll("-", ""),
  }),
  answer: "text",
  reply: () => z.string().transform(readBill),
  timeoutMs: 60_000,
  maxBytes: 16 * 1_048_576,
};
