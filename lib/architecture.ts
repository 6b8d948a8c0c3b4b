import path from "node:path";

/**
 * The import rules of docs/architecture.md, executable. A file belongs to the first area whose pattern fits; it may import
 * its own area and what the area's `may` lists, nothing else of ours. `types` may be imported with `import type` only.
 */
interface Area {
  name: string;
  files: RegExp;
  may: readonly string[];
  types?: readonly string[];
}

const TOOLS = ["env", "log", "secrets", "body", "guard"] as const;
/** The use cases and all they stand on: what whoever stands above them may call. */
const USE_CASES = [
  "audit",
  "payments",
  "webhooks",
  "gateways",
  "jobs",
  "database",
  "queries",
  "schema",
  "domain",
  "edge tools",
  ...TOOLS,
] as const;

const AREAS: readonly Area[] = [
  { name: "tests", files: /\.test\.tsx?$|^e2e\/|[/-]testing[^/]*\.ts$|\/testing\/|\.config\.ts$|^lib\/architecture\.ts$/, may: ["*"] },
  { name: "scripts", files: /^scripts\//, may: ["*"] },
  // What decides: no I/O, and nothing of ours outside.
  { name: "domain", files: /^lib\/domain\//, may: [] },
  // What runs in shops' pages and in shops' programs: nothing of ours goes along.
  { name: "embed", files: /^lib\/embed\//, may: [] },
  { name: "sdk", files: /^lib\/sdk\//, may: [] },
  { name: "crypto", files: /^lib\/crypto\//, may: [] },
  // The two sides of each wire share keys and words, and never each other (design.md: canonical strings are written twice).
  { name: "gateways", files: /^lib\/gateways\//, may: ["domain", "crypto"] },
  { name: "dialects", files: /^lib\/dialects\//, may: ["domain", "crypto", "log"] },
  { name: "body", files: /^lib\/bounded-body\.ts$/, may: [] },
  { name: "env", files: /^lib\/env\.ts$/, may: [] },
  { name: "log", files: /^lib\/log\.ts$/, may: [] },
  { name: "secrets", files: /^lib\/secrets\.ts$/, may: ["env", "crypto"] },
  { name: "i18n", files: /^lib\/i18n\//, may: ["domain"] },
  { name: "sandbox schema", files: /^db\/schema\/sandbox\//, may: ["columns", "domain"] },
  { name: "columns", files: /^db\/schema\/columns\.ts$/, may: [] },
  { name: "schema", files: /^db\/schema\//, may: ["columns", "domain"] },
  { name: "seed", files: /^db\/seed[^/]*\.ts$/, may: ["database", "queries", "schema", "domain", "sandbox", "edge tools", ...TOOLS] },
  { name: "queries", files: /^db\/queries\//, may: ["database", "schema", "domain", "secrets"], types: ["gateways"] },
  { name: "database", files: /^db\//, may: [...TOOLS] },
  { name: "guard", files: /^lib\/webhooks\/guard\.ts$/, may: [] },
  // What the webhooks tell in a gateway's own form: below payments, as the webhooks are.
  {
    name: "notices",
    files: /^lib\/compat\/(notices|payment|asked|caller|gateways)\.ts$/,
    may: ["dialects", "database", "queries", "schema", "domain", "crypto", ...TOOLS],
    types: ["webhooks"],
  },
  { name: "webhooks", files: /^lib\/webhooks\//, may: ["notices", "jobs", "database", "schema", "queries", "domain", "crypto", ...TOOLS] },
  // Whether the audit is whole.
  { name: "audit", files: /^lib\/audit\//, may: ["database", "queries", "domain", "crypto", ...TOOLS] },
  // Who is told of what needs a person: beside the webhooks, whose guarded client it uses.
  {
    name: "alerts",
    files: /^lib\/alerts\//,
    may: ["audit", "webhooks", "jobs", "edge tools", "i18n", "database", "schema", "queries", "domain", "crypto", ...TOOLS],
  },
  // Handlers do the jobs, and so stand above the use cases; the queue's names and `sendJob` stand below them.
  {
    name: "handlers",
    files: /^lib\/jobs\/(handlers|boot)[^/]*\.ts$/,
    may: ["payments", "webhooks", "alerts", "jobs", "audit", "api log", "sandbox notifier", "database", "queries", "domain", ...TOOLS],
  },
  { name: "jobs", files: /^lib\/jobs\//, may: ["database", "queries", "domain", ...TOOLS] },
  {
    name: "payments",
    files: /^lib\/payments\//,
    may: ["gateways", "jobs", "webhooks", "database", "queries", "schema", "domain", "crypto", ...TOOLS],
  },
  // API v1 over the use cases; what logs its requests is written out by a server that stops (lib/jobs/boot.ts).
  { name: "api log", files: /^lib\/api\/(request-log|mask)\.ts$/, may: ["database", "queries", "domain", ...TOOLS] },
  {
    name: "api",
    files: /^lib\/api\//,
    may: ["api log", "i18n", "crypto", ...USE_CASES],
  },
  // The gateways' side of the five wires, with payments behind it.
  {
    name: "compat",
    files: /^lib\/compat\//,
    may: ["notices", "dialects", "crypto", ...USE_CASES],
  },
  // Why a signature does not fit: the codecs' rules, varied.
  {
    name: "doctor",
    files: /^lib\/doctor\//,
    may: ["gateways", "payments", "webhooks", "crypto", "domain", "database", "queries", "schema", ...TOOLS],
  },
  // Who looks after a merchant, and the merchants themselves: people, not payments.
  { name: "team", files: /^lib\/team\//, may: ["database", "schema", "queries", "domain", "crypto", "edge tools", ...TOOLS] },
  // The other company: it knows the product only over HTTP.
  {
    name: "sandbox notifier",
    files: /^lib\/sandbox\/notifier\.ts$/,
    may: ["sandbox", "sandbox schema", "dialects", "database", "domain", ...TOOLS],
  },
  { name: "sandbox phone", files: /^lib\/sandbox\/phone\.ts$/, may: [] },
  {
    name: "sandbox",
    files: /^lib\/sandbox\//,
    may: ["sandbox schema", "sandbox phone", "sandbox notifier", "dialects", "database", "columns", "domain", "crypto", "i18n", ...TOOLS],
  },
  { name: "edge tools", files: /^lib\/[^/]+\.ts$/, may: ["database", "schema", "queries", "domain", "crypto", "i18n", ...TOOLS] },
  { name: "ui", files: /^components\/ui\//, may: [] },
  // The other company's screens show its own words.
  {
    name: "sandbox components",
    files: /^components\/sandbox\//,
    may: ["sandbox", "sandbox phone", "sandbox pages", "ui", "i18n", "domain"],
  },
  // A component may name the action its form submits to; everything else it shows comes as properties.
  { name: "components", files: /^components\//, may: ["ui", "actions", "i18n", "domain"], types: ["payments", "queries", "team", "audit"] },
  {
    name: "sandbox pages",
    files: /^app\/\(sandbox\)\//,
    may: [
      "sandbox",
      "sandbox phone",
      "sandbox notifier",
      "sandbox schema",
      "dialects",
      "actions",
      "sandbox components",
      "components",
      "ui",
      "i18n",
      "database",
      "domain",
      "crypto",
      "edge tools",
      ...TOOLS,
    ],
  },
  {
    name: "actions",
    files: /^app\/.*\/actions\.ts$/,
    may: ["doctor", "alerts", "api", "api log", "compat", "notices", "team", "app", "ui", "components", "i18n", ...USE_CASES],
  },
  {
    name: "app",
    files: /^app\/|^instrumentation[^/]*\.ts$|^proxy\.ts$/,
    may: ["actions", "components", "ui", "doctor", "alerts", "api", "api log", "compat", "notices", "team", "i18n", "crypto", ...USE_CASES],
  },
];

/** Single imports that stand outside the table, each with its reason. */
const BY_NAME: Readonly<Record<string, readonly string[]>> = {
  "components/checkout/document.tsx": ["next/headers"], // the document around every root layout, made on the server
  "proxy.ts": ["lib/sandbox/phone.ts"], // the phone frame's User-Agent is set before any page runs
  "instrumentation.ts": ["lib/jobs/boot.ts", "db/migrate.ts"], // the one place that starts the workers
  "instrumentation-node.ts": ["lib/jobs/boot.ts", "db/migrate.ts"],
};

const NEXT = /^(app\/|proxy\.ts$|instrumentation[^/]*\.ts$|lib\/(action|api|auth|staff)\.ts$|lib\/i18n\/)/;
/** Where a component may use Next's link and router: the dashboard, never what a shopper sees. */
const NEXT_CLIENT = /^components\/(ui|dashboard|sandbox)\//;
/** process.env is read once, by lib/env.ts, but for these. */
const ENVIRONMENT: Readonly<Record<string, RegExp>> = {
  "lib/env.ts": /./,
  "lib/log.ts": /LOG_LEVEL/, // a log must work before the environment is known to be good
  "lib/auth.ts": /NEXTAUTH_URL = /, // next-auth reads nothing else
  "proxy.ts": /NODE_ENV/, // replaced while building
  "instrumentation.ts": /NEXT_RUNTIME/, // replaced while building
};

const IMPORT = /^\s*(import|export)\s+(type\s+)?(?:[^"';]*?\sfrom\s+)?["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']\s*\)/gm;

interface Import {
  target: string;
  typeOnly: boolean;
}

function importsOf(text: string): Import[] {
  return [...text.matchAll(IMPORT)].map((match) => ({ target: match[3] ?? match[4] ?? "", typeOnly: Boolean(match[2]) }));
}

function areaOf(file: string): Area | undefined {
  return AREAS.find((area) => area.files.test(file));
}

/** What is wrong with a file; empty when nothing is. `file` is its path from the top folder. */
export function problemsOf(file: string, text: string): string[] {
  const area = areaOf(file);
  if (!area) return [`${file}: belongs to no area`];
  const problems: string[] = [];
  for (const { target, typeOnly } of importsOf(text)) {
    if (!mayImport(file, area, target, typeOnly)) problems.push(`${file}: ${area.name} must not import ${target}`);
  }
  if (!/\.test\.tsx?$/.test(file) && text.trimEnd().split("\n").length > 250) problems.push(`${file}: more than 250 lines`);
  if (area.may.includes("*")) return problems;
  for (const line of text.split("\n")) {
    const told = line.includes("process.env") && !/^\s*(\*|\/\/|\/\*)/.test(line);
    if (told && !ENVIRONMENT[file]?.test(line)) problems.push(`${file}: reads process.env`);
    if (/^export \* from/.test(line)) problems.push(`${file}: is a barrel`);
  }
  return problems;
}

function mayImport(file: string, area: Area, target: string, typeOnly: boolean): boolean {
  if (area.may.includes("*") || BY_NAME[file]?.includes(target.replace(/^#/, ""))) return true;
  if (/^next(\/|$)/.test(target) || /^next-(auth|intl)/.test(target)) {
    return NEXT.test(file) || (NEXT_CLIENT.test(file) && /^next\/(link|navigation|form)$/.test(target)) || (typeOnly && target === "next");
  }
  const local = target.startsWith("#")
    ? target.slice(1)
    : target.startsWith(".")
      ? path.posix.join(path.posix.dirname(file), target)
      : null;
  if (local === null || local.endsWith(".css") || local.endsWith(".json")) return true;
  const to = areaOf(local);
  if (!to) return false;
  if (to === area) return !crossesFolders(area, file, local);
  return area.may.includes(to.name) || (typeOnly && (area.types?.includes(to.name) ?? false));
}

/**
 * One gateway's folder never imports another's: adding or removing one touches one folder. What one vendor's gateways
 * share stands in a folder of the vendor's name, e.g. `hipopay` beside `hipopay-agent` and `hipopay-merchant`.
 */
function crossesFolders(area: Area, file: string, local: string): boolean {
  if (area.name !== "gateways" && area.name !== "dialects") return false;
  const folder = (of: string) => /^lib\/\w+\/([^/]+)\//.exec(of)?.[1];
  const [from, to] = [folder(file), folder(local)];
  return from !== undefined && to !== undefined && from !== to && !from.startsWith(`${to}-`);
}
