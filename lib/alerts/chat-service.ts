import type { AlertAnswer } from "#lib/domain/alert.ts";
import type { NoticeMessage } from "#lib/webhooks/format.ts";

/** What is told: plain text, in the channel's language. The title names the product first, so that a robot's keyword can be it. */
export interface Told {
  title: string;
  lines: readonly string[];
  /** Where to do something about it. */
  link: { href: string; text: string };
}

/** What an answer means; `detail` is the service's own words. */
export interface Reading {
  answer: AlertAnswer;
  detail: string;
  /** How long the service asks us to wait, seconds. */
  retryAfterSeconds?: number | undefined;
}

/** What was typed into a channel's form, by field; a stored target has the same shape. */
export type Target = Readonly<Record<string, string>>;

/** A field of a service's form. */
export interface TargetField {
  name: string;
  /** Never shown again; left empty when editing, it stays as it is (but see `leads`). */
  secret: boolean;
  /** Says where secrets are sent: when it changes, they are asked for again, or whoever edits it could have them sent to themselves. */
  leads?: boolean;
  required: boolean;
  max: number;
}

/** One chat service, as its document has it. Data and three pure functions; sending is lib/alerts/send-alert.ts's. */
export interface ChatService {
  fields: readonly TargetField[];
  /** The field that is wrong, with the problem's name (messages alerts.targets.problems); null when none is. `ownHosts`: a LAN's addresses will do. */
  problem(target: Target, ownHosts: boolean): { field: string; problem: TargetProblem } | null;
  /** What of the target may be shown. */
  shown(target: Target): string;
  request(target: Target, told: Told, now: Date): NoticeMessage;
  read(reply: { status: number; body: string }): Reading;
}

export const TARGET_PROBLEMS = ["url", "host", "path", "token", "chat", "secret"] as const;
export type TargetProblem = (typeof TARGET_PROBLEMS)[number];

/** JSON headers: these services want UTF-8 and say so. */
export const JSON_HEADERS = { "content-type": "application/json; charset=utf-8" } as const;

/**
 * What `write` makes of the message, in at most `bytes` of UTF-8: lines fall off the end, an ellipsis saying so, and at last the
 * title is cut; the link stays whole.
 */
export function fitting(told: Told, bytes: number, write: (told: Told) => string): string {
  for (let count = told.lines.length; count >= 0; count -= 1) {
    const lines = count < told.lines.length ? [...told.lines.slice(0, count), "…"] : told.lines;
    const text = write({ ...told, lines });
    if (Buffer.byteLength(text) <= bytes) return text;
  }
  // Six bytes is the most a character takes, JSON's escapes of control characters included.
  return write({ ...told, title: [...told.title].slice(0, Math.floor(bytes / 12)).join(""), lines: [] });
}

/** The message as one text of at most `bytes` of UTF-8. */
export function asText(told: Told, bytes: number): string {
  return fitting(told, bytes, ({ title, lines, link }) => [title, ...lines, `${link.text}: ${link.href}`].join("\n"));
}

/** An answer's JSON object; null when it is none. */
export function objectOf(body: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

/** What an answer with neither code nor words means. */
export function unreadable({ status, body }: { status: number; body: string }): Reading {
  const detail = `HTTP ${status} ${body.trim()}`.trim();
  if (status === 429) return { answer: "too_fast", detail };
  return { answer: status >= 200 && status < 300 ? "unreadable" : "http_error", detail };
}

/** Whether a webhook's address is one of the service's: https, one of its hosts (or one of ours), its path. */
export function hookProblem(text: string, hosts: readonly string[], path: RegExp, ownHosts: boolean): TargetProblem | null {
  if (!URL.canParse(text)) return "url";
  const url = new URL(text);
  if (url.username || url.password || url.hash) return "url";
  if (!ownHosts && (url.protocol !== "https:" || !hosts.includes(url.host))) return "host";
  if (!/^https?:$/.test(url.protocol)) return "host";
  return path.test(url.pathname + url.search) ? null : "path";
}

/** An address without what makes it secret: its host, and the last four characters of its token. */
export function shownHook(text: string): string {
  const { host } = new URL(text);
  return `${host} …${text.slice(-4)}`;
}
