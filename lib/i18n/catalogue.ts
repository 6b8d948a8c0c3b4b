import type { Locale } from "#lib/i18n/locale.ts";
import enCheckout from "./messages/en/checkout.json" with { type: "json" };
import enDashboard from "./messages/en/dashboard.json" with { type: "json" };
import enProblem from "./messages/en/problem.json" with { type: "json" };
import enSandbox from "./messages/en/sandbox.json" with { type: "json" };
import cnCheckout from "./messages/zh-CN/checkout.json" with { type: "json" };
import cnDashboard from "./messages/zh-CN/dashboard.json" with { type: "json" };
import cnProblem from "./messages/zh-CN/problem.json" with { type: "json" };
import cnSandbox from "./messages/zh-CN/sandbox.json" with { type: "json" };
import hkCheckout from "./messages/zh-HK/checkout.json" with { type: "json" };
import hkDashboard from "./messages/zh-HK/dashboard.json" with { type: "json" };
import hkProblem from "./messages/zh-HK/problem.json" with { type: "json" };
import hkSandbox from "./messages/zh-HK/sandbox.json" with { type: "json" };

/** The English messages, which also type the keys; messages.test.ts proves the other languages have the same ones. */
export const ENGLISH = { checkout: enCheckout, problem: enProblem, dashboard: enDashboard, sandbox: enSandbox };

export type Catalogue = typeof ENGLISH;
/** A part of the product with messages of its own: one file a language. */
export type Area = keyof Catalogue;
export const AREAS = Object.keys(ENGLISH) as Area[];

/** Every message of every language. */
export const CATALOGUES: Record<Locale, Record<Area, object>> = {
  "zh-CN": { checkout: cnCheckout, problem: cnProblem, dashboard: cnDashboard, sandbox: cnSandbox },
  "zh-HK": { checkout: hkCheckout, problem: hkProblem, dashboard: hkDashboard, sandbox: hkSandbox },
  en: ENGLISH,
};
