import path from "node:path";
import { z } from "zod";

/**
 * The environment, read and checked once; nothing else reads process.env. Every value has a default that works for
 * `npm start`; scripts/start.mjs sets DATABASE_URL, PUBLIC_URL and CASHIER_DATA for the server it starts.
 */
const schema = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  /** Where shoppers, gateways and shops reach us: an origin without a trailing slash. Never taken from a Host header. */
  PUBLIC_URL: z
    .url()
    .transform((url) => new URL(url).origin)
    .default("http://localhost:3000"),
  PORT: z.coerce.number().int().min(1).max(65_535).default(3000),
  /** Where keys (and the embedded database) live. */
  CASHIER_DATA: z
    .string()
    .default(".data")
    .transform((dir) => path.resolve(dir)),
  /** The sandbox: a simulator of each gateway, open to whoever reaches /sandbox. Unset: on, but off behind https. */
  SANDBOX: z.enum(["on", "off"]).optional(),
  /** Whether this process works the job queues: `on`, or `off` for web-only processes. */
  RUN_WORKER: z.enum(["on", "off"]).default("on"),
  /** The first admin's sign-in name, made at the first start on an empty database. */
  ADMIN_EMAIL: z.string().trim().min(3).max(200).includes("@").default("admin@localhost"),
  /** The mail server: `smtp://user:password@host:587` or `smtps://…:465`. Unset: what a platform admin set on the alerts screen. */
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  /** What mail says it is from, `Name <address>` or an address. Unset: cashier@ and the mail server's host. */
  MAIL_FROM: z.string().trim().min(3).max(200).includes("@").optional(),
  ALLOW_PRIVATE_WEBHOOKS: z.enum(["0", "1"]).default("0"),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "silent"]).default("info"),
  /** Proxies of ours in front of this server, each adding to X-Forwarded-For; 0: none, and the header is not believed. */
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(9).default(1),
  /** Connections of this process to the database. */
  DATABASE_POOL: z.coerce.number().int().min(2).max(100).default(12),
});

export type Env = z.infer<typeof schema>;

let cached: Env | null = null;

/** The checked environment. Throws an Error naming each bad variable; never includes a value. */
export function env(): Env {
  if (cached) return cached;
  const result = schema.safeParse(process.env);
  if (!result.success) {
    const problems = result.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
    throw new Error(`environment: ${problems.join("; ")}`);
  }
  cached = result.data;
  return cached;
}

/** Whether `/sandbox` is served and its origin may be called. */
export function sandboxOn(): boolean {
  const { SANDBOX: chosen, PUBLIC_URL: origin } = env();
  return chosen ? chosen === "on" : !origin.startsWith("https:");
}
