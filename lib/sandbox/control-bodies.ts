import { z } from "zod";
import type { ChosenFault } from "#db/schema/sandbox/payments.ts";
import { CODE_BEHAVIOURS, CODE_WALLETS } from "#lib/sandbox/codes.ts";
import { FAULT_IDS, FAULT_SECONDS_MAX, FAULTS, type Fault } from "#lib/sandbox/faults.ts";

// What the control API (control.ts) takes, one schema a verb.

const seconds = z.number().int().min(0).max(FAULT_SECONDS_MAX).nullable().default(null);
/** Whoever says it again gets the same fault or code. */
const key = z.string().min(1).max(64).nullable().default(null);
const fault = z.enum(FAULT_IDS as [Fault, ...Fault[]]);
const chosen = z
  .array(z.object({ fault, seconds }))
  .max(10)
  .default([])
  .transform((list): ChosenFault[] => list.map((one) => ({ fault: one.fault, seconds: one.seconds ?? FAULTS[one.fault].seconds })));

export const PAY = z.object({
  channel: z.enum(["CN", "HK"]).default("CN"),
  shopper: z.string().min(1).max(100).default("sandbox"),
  faults: chosen,
});
export const CHOOSE = z.object({ faults: chosen });
export const ARM = z.object({
  fault,
  target: z.enum(["payment", "request"]).default("payment"),
  gateway: z.string().max(40).nullable().default(null),
  merchantNo: z.string().max(64).nullable().default(null),
  path: z.string().max(100).startsWith("/").nullable().default(null),
  seconds,
  key,
});
export const CODE = z.object({ wallet: z.enum(CODE_WALLETS), behaviour: z.enum(CODE_BEHAVIOURS as ["pays"]).default("pays"), key });
export const LOGIN = z.object({ merchantNo: z.string().max(64), shopper: z.string().min(1).max(100).default("sandbox") });
export const PAGE = z.object({
  merchantNo: z.string().max(64),
  url: z.url({ protocol: /^https?$/ }).max(500),
  method: z.enum(["GET", "POST"]).default("GET"),
});
export const NOTHING = z.object({});
export const END = z.object({ state: z.enum(["PAID", "FAIL"]).default("PAID") });
export const DOMAIN = z.object({ appId: z.string().max(64), url: z.url({ protocol: /^https?$/ }).max(500) });
