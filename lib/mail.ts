import { createTransport, type SendMailOptions } from "nodemailer";
import { type Database, db } from "#db/client.ts";
import { readMailSettings } from "#db/queries/mail-settings.ts";
import { env } from "#lib/env.ts";
import { log } from "#lib/log.ts";

export interface Mail {
  /** One address, or several. */
  to: string | readonly string[];
  subject: string;
  text: string;
  html?: string | undefined;
}

/** Why no mail was sent. */
export type MailProblem =
  /** Neither SMTP_URL nor the alerts screen names a mail server. */
  | "not_configured"
  /** No address among `to`, or none that is one. */
  | "address"
  /** There is no host of this name. */
  | "no_host"
  /** Nothing takes connections there. */
  | "unreachable"
  /** It took the connection and then said nothing, as a port that waits for TLS does. */
  | "no_answer"
  /** It does not speak TLS as asked, or its certificate does not prove it. */
  | "tls"
  /** It did not take our user and password. */
  | "login"
  /** It took neither recipient nor message. */
  | "refused";

/** `detail`: the server's own words, cut; never an address, a user or a password of ours. */
export type MailResult = { ok: true } | { ok: false; problem: MailProblem; detail: string };

/** A mail server and what mail is from. */
export interface MailServer {
  url: string;
  sender: string;
  from: "environment" | "screen";
}

const TIMEOUTS = { connectionTimeout: 5000, greetingTimeout: 5000, socketTimeout: 10_000, dnsTimeout: 3000 } as const;
const DETAIL_MAX = 200;
const RECIPIENTS_MAX = 20;
const ADDRESS = /^[^\s@<>"',;:\\()[\]\p{Cc}]{1,64}@[^\s@<>"',;:\\()[\]\p{Cc}]{1,190}$/u;

/** Whether a text is a mailbox we send to: `local@domain`, without a name. */
export function isMailbox(text: string): boolean {
  return ADDRESS.test(text);
}

/** Whether a text is a mail server's address: `smtp://` or `smtps://`, a host, and a port where one is given. */
export function isMailUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, port } = new URL(text);
  return /^smtps?:$/.test(protocol) && hostname !== "" && port !== "0";
}

/** The mail server that is used: SMTP_URL's, else the one set on the alerts screen; null when there is none. */
export async function mailServer(database: Database = db()): Promise<MailServer | null> {
  const { SMTP_URL: url, MAIL_FROM: sender } = env();
  if (url) return { url, sender: sender ?? defaultSender(url), from: "environment" };
  const stored = await readMailSettings(database);
  return stored && { url: stored.url, sender: stored.sender, from: "screen" };
}

/**
 * Sends one mail, to all of `to` at once. Gives a result and never throws; what is logged and told holds no secret. A password
 * is sent over TLS only, but to this very machine. Tries once: who needs it for certain tries again (lib/alerts does).
 */
export async function sendMail(mail: Mail, database: Database = db()): Promise<MailResult> {
  const server = await mailServer(database).catch(() => null);
  if (!server) return { ok: false, problem: "not_configured", detail: "" };
  return sendThrough(server, mail);
}

/** Sends one mail through a given server: what `sendMail` does, and how settings are tried before they are kept. */
export async function sendThrough(server: Pick<MailServer, "url" | "sender">, mail: Mail): Promise<MailResult> {
  const to = [mail.to].flat().map((one) => one.trim());
  if (to.length === 0 || to.length > RECIPIENTS_MAX || !to.every(isMailbox)) return { ok: false, problem: "address", detail: "" };
  const message: SendMailOptions = {
    from: server.sender,
    to,
    subject: mail.subject.replace(/\p{Cc}+/gu, " "),
    text: mail.text,
    ...(mail.html !== undefined && { html: mail.html }),
    // No mail server answers to what a machine sent.
    headers: { "Auto-Submitted": "auto-generated" },
  };
  const transport = createTransport({ ...connection(server.url), ...TIMEOUTS, disableFileAccess: true, disableUrlAccess: true });
  try {
    const sent = await transport.sendMail(message);
    if (sent.rejected.length === 0) return { ok: true };
    return { ok: false, problem: "refused", detail: cut(sent.response, server.url) };
  } catch (error) {
    const failed = { ok: false, problem: problemOf(error), detail: cut(wordsOf(error), server.url) } as const;
    log.warn({ problem: failed.problem, detail: failed.detail }, "mail not sent");
    return failed;
  } finally {
    transport.close();
  }
}

function connection(text: string) {
  const url = new URL(text);
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const secure = url.protocol === "smtps:";
  const user = decoded(url.username);
  const auth = user ? { auth: { user, pass: decoded(url.password) } } : {};
  const ours = host === "localhost" || host === "::1" || host.startsWith("127.");
  return { host, port: Number(url.port || (secure ? 465 : 587)), secure, requireTLS: !secure && user !== "" && !ours, ...auth };
}

/** A user or password as it stands in an address; one with a bare `%` is meant as it stands. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** What nodemailer's error codes mean to a person; other codes are the network's. */
const PROBLEMS: Readonly<Record<string, MailProblem>> = {
  EAUTH: "login",
  ENOAUTH: "login",
  ETLS: "tls",
  EENVELOPE: "refused",
  EMESSAGE: "refused",
  EPROTOCOL: "refused",
  EDNS: "no_host",
  ETIMEDOUT: "no_answer",
};

function problemOf(error: unknown): MailProblem {
  const { code, responseCode } = error as { code?: unknown; responseCode?: unknown };
  if (typeof code === "string" && PROBLEMS[code]) return PROBLEMS[code];
  if (error instanceof Error && /certificate|self.signed|ssl|tls/i.test(error.message)) return "tls";
  return typeof responseCode === "number" ? "refused" : "unreachable";
}

/** The server's answer where there is one, else the system's code (ECONNREFUSED) or ours: a message may repeat what we sent. */
function wordsOf(error: unknown): string {
  const { response, code, message } = error as { response?: unknown; code?: unknown; message?: unknown };
  if (typeof response === "string") return response;
  const system = /^\w+ (E[A-Z]{3,})\b/.exec(String(message))?.[1];
  return system ?? (typeof code === "string" ? code : "error");
}

function cut(words: string, url: string): string {
  const { username, password } = new URL(url);
  const [user, pass] = [decoded(username), decoded(password)];
  // A server may repeat a login as it was sent, too.
  const sent = [user, pass, `\0${user}\0${pass}`].map((one) => Buffer.from(one).toString("base64"));
  const secrets = [username, password, user, pass, ...sent].filter((one) => one.length > 2).sort((a, b) => b.length - a.length);
  const clean = secrets.reduce((text, secret) => text.replaceAll(secret, "•••"), words);
  return clean.replace(/\p{Cc}+/gu, " ").slice(0, DETAIL_MAX);
}

function defaultSender(url: string): string {
  const { username, hostname } = new URL(url);
  const user = decoded(username);
  return isMailbox(user) ? user : `cashier@${hostname}`;
}
