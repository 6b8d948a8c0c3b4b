import { AGENT, MERCHANT } from "./commands/hipopay.ts";
import { FENGNIAO, MPGATEWAY, XXPAY } from "./commands/others.ts";
import type { Scenario } from "./commands/steps.ts";

/** Every operation of every document, as it is typed. */
export const SCENARIOS: readonly Scenario[] = [...AGENT, ...MERCHANT, ...MPGATEWAY, ...XXPAY, ...FENGNIAO];
