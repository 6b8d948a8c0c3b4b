import type { Locale } from "#lib/i18n/locale.ts";
import enAlerts from "./messages/en/alerts.json" with { type: "json" };
import enApi from "./messages/en/api.json" with { type: "json" };
import enAudit from "./messages/en/audit.json" with { type: "json" };
import enCheckout from "./messages/en/checkout.json" with { type: "json" };
import enCompat from "./messages/en/compat.json" with { type: "json" };
import enDashboard from "./messages/en/dashboard.json" with { type: "json" };
import enDevelopers from "./messages/en/developers.json" with { type: "json" };
import enDoctor from "./messages/en/doctor.json" with { type: "json" };
import enEmbed from "./messages/en/embed.json" with { type: "json" };
import enInbox from "./messages/en/inbox.json" with { type: "json" };
import enKeyboard from "./messages/en/keyboard.json" with { type: "json" };
import enLedger from "./messages/en/ledger.json" with { type: "json" };
import enLinks from "./messages/en/links.json" with { type: "json" };
import enOrder from "./messages/en/order.json" with { type: "json" };
import enOverview from "./messages/en/overview.json" with { type: "json" };
import enProblem from "./messages/en/problem.json" with { type: "json" };
import enRefunds from "./messages/en/refunds.json" with { type: "json" };
import enSafety from "./messages/en/safety.json" with { type: "json" };
import enSandbox from "./messages/en/sandbox.json" with { type: "json" };
import enSettings from "./messages/en/settings.json" with { type: "json" };
import enSystem from "./messages/en/system.json" with { type: "json" };
import enTeam from "./messages/en/team.json" with { type: "json" };
import enWebhooks from "./messages/en/webhooks.json" with { type: "json" };
import cnAlerts from "./messages/zh-CN/alerts.json" with { type: "json" };
import cnApi from "./messages/zh-CN/api.json" with { type: "json" };
import cnAudit from "./messages/zh-CN/audit.json" with { type: "json" };
import cnCheckout from "./messages/zh-CN/checkout.json" with { type: "json" };
import cnCompat from "./messages/zh-CN/compat.json" with { type: "json" };
import cnDashboard from "./messages/zh-CN/dashboard.json" with { type: "json" };
import cnDevelopers from "./messages/zh-CN/developers.json" with { type: "json" };
import cnDoctor from "./messages/zh-CN/doctor.json" with { type: "json" };
import cnEmbed from "./messages/zh-CN/embed.json" with { type: "json" };
import cnInbox from "./messages/zh-CN/inbox.json" with { type: "json" };
import cnKeyboard from "./messages/zh-CN/keyboard.json" with { type: "json" };
import cnLedger from "./messages/zh-CN/ledger.json" with { type: "json" };
import cnLinks from "./messages/zh-CN/links.json" with { type: "json" };
import cnOrder from "./messages/zh-CN/order.json" with { type: "json" };
import cnOverview from "./messages/zh-CN/overview.json" with { type: "json" };
import cnProblem from "./messages/zh-CN/problem.json" with { type: "json" };
import cnRefunds from "./messages/zh-CN/refunds.json" with { type: "json" };
import cnSafety from "./messages/zh-CN/safety.json" with { type: "json" };
import cnSandbox from "./messages/zh-CN/sandbox.json" with { type: "json" };
import cnSettings from "./messages/zh-CN/settings.json" with { type: "json" };
import cnSystem from "./messages/zh-CN/system.json" with { type: "json" };
import cnTeam from "./messages/zh-CN/team.json" with { type: "json" };
import cnWebhooks from "./messages/zh-CN/webhooks.json" with { type: "json" };
import hkAlerts from "./messages/zh-HK/alerts.json" with { type: "json" };
import hkApi from "./messages/zh-HK/api.json" with { type: "json" };
import hkAudit from "./messages/zh-HK/audit.json" with { type: "json" };
import hkCheckout from "./messages/zh-HK/checkout.json" with { type: "json" };
import hkCompat from "./messages/zh-HK/compat.json" with { type: "json" };
import hkDashboard from "./messages/zh-HK/dashboard.json" with { type: "json" };
import hkDevelopers from "./messages/zh-HK/developers.json" with { type: "json" };
import hkDoctor from "./messages/zh-HK/doctor.json" with { type: "json" };
import hkEmbed from "./messages/zh-HK/embed.json" with { type: "json" };
import hkInbox from "./messages/zh-HK/inbox.json" with { type: "json" };
import hkKeyboard from "./messages/zh-HK/keyboard.json" with { type: "json" };
import hkLedger from "./messages/zh-HK/ledger.json" with { type: "json" };
import hkLinks from "./messages/zh-HK/links.json" with { type: "json" };
import hkOrder from "./messages/zh-HK/order.json" with { type: "json" };
import hkOverview from "./messages/zh-HK/overview.json" with { type: "json" };
import hkProblem from "./messages/zh-HK/problem.json" with { type: "json" };
import hkRefunds from "./messages/zh-HK/refunds.json" with { type: "json" };
import hkSafety from "./messages/zh-HK/safety.json" with { type: "json" };
import hkSandbox from "./messages/zh-HK/sandbox.json" with { type: "json" };
import hkSettings from "./messages/zh-HK/settings.json" with { type: "json" };
import hkSystem from "./messages/zh-HK/system.json" with { type: "json" };
import hkTeam from "./messages/zh-HK/team.json" with { type: "json" };
import hkWebhooks from "./messages/zh-HK/webhooks.json" with { type: "json" };

/** The English messages, which also type the keys; messages.test.ts proves the other languages have the same ones. */
export const ENGLISH = {
  checkout: enCheckout,
  problem: enProblem,
  links: enLinks,
  api: enApi,
  dashboard: enDashboard,
  sandbox: enSandbox,
  webhooks: enWebhooks,
  developers: enDevelopers,
  doctor: enDoctor,
  compat: enCompat,
  embed: enEmbed,
  safety: enSafety,
  audit: enAudit,
  team: enTeam,
  settings: enSettings,
  refunds: enRefunds,
  alerts: enAlerts,
  system: enSystem,
  ledger: enLedger,
  order: enOrder,
  inbox: enInbox,
  overview: enOverview,
  keyboard: enKeyboard,
};

export type Catalogue = typeof ENGLISH;
/** A part of the product with messages of its own: one file a language. */
export type Area = keyof Catalogue;
export const AREAS = Object.keys(ENGLISH) as Area[];

/** Every message of every language. */
export const CATALOGUES: Record<Locale, Record<Area, object>> = {
  "zh-CN": {
    checkout: cnCheckout,
    problem: cnProblem,
    links: cnLinks,
    api: cnApi,
    dashboard: cnDashboard,
    sandbox: cnSandbox,
    webhooks: cnWebhooks,
    developers: cnDevelopers,
    doctor: cnDoctor,
    compat: cnCompat,
    embed: cnEmbed,
    safety: cnSafety,
    audit: cnAudit,
    team: cnTeam,
    settings: cnSettings,
    refunds: cnRefunds,
    alerts: cnAlerts,
    system: cnSystem,
    ledger: cnLedger,
    order: cnOrder,
    inbox: cnInbox,
    overview: cnOverview,
    keyboard: cnKeyboard,
  },
  "zh-HK": {
    checkout: hkCheckout,
    problem: hkProblem,
    links: hkLinks,
    api: hkApi,
    dashboard: hkDashboard,
    sandbox: hkSandbox,
    webhooks: hkWebhooks,
    developers: hkDevelopers,
    doctor: hkDoctor,
    compat: hkCompat,
    embed: hkEmbed,
    safety: hkSafety,
    audit: hkAudit,
    team: hkTeam,
    settings: hkSettings,
    refunds: hkRefunds,
    alerts: hkAlerts,
    system: hkSystem,
    ledger: hkLedger,
    order: hkOrder,
    inbox: hkInbox,
    overview: hkOverview,
    keyboard: hkKeyboard,
  },
  en: ENGLISH,
};
