import pino from "pino";

/**
 * The process's log: JSON lines on standard output. Callers pass ids, codes and messages only; nothing from a request
 * body, no credential and no personal data (allow-list by construction: log what you name, never an object you got).
 */
export const log = pino({
  formatters: { log: withoutParameters },
  // env.ts would be a cycle here, and a log must work before the environment is known to be good.
  level: process.env.LOG_LEVEL ?? "info",
  base: null,
  timestamp: pino.stdTimeFunctions.isoTime,
  redact: {
    paths: ["credentials", "*.credentials", "privateKey", "*.privateKey", "password", "*.password", "openid", "*.openid"],
    censor: "[masked]",
  },
});

/** drizzle's errors repeat every value of the failed query (e-mails, hashes, whole messages): the query alone is kept. */
export function withoutParameters(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, typeof value === "string" ? value.replace(/\nparams: [\s\S]*$/, "") : value]),
  );
}
