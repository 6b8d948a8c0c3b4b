import { createHmac } from "node:crypto";
import {
  asText,
  type ChatService,
  hookProblem,
  JSON_HEADERS,
  objectOf,
  type Reading,
  shownHook,
  unreadable,
} from "#lib/alerts/chat-service.ts";
import type { AlertAnswer } from "#lib/domain/alert.ts";

/** A text may have 20,000 bytes ("message too long, exceed 20000 bytes"); nobody reads so much. */
const TEXT_BYTES = 4000;

/** 310000 is every failed security setting; which one stands in the words. */
const SECURITY: readonly (readonly [RegExp, AlertAnswer])[] = [
  [/keyword/i, "keyword"],
  [/sign|timestamp/i, "signature"],
  [/\bip\b/i, "ip"],
];
const CODES: Readonly<Record<string, AlertAnswer>> = {
  "-1": "busy",
  "130101": "too_fast", // send too fast, exceed 20 times per minute
  "410100": "too_fast",
  "300001": "token", // token is not exist
  "300005": "token",
  "400013": "token", // the group has been dissolved
  "400101": "token", // access_token does not exist
  "400102": "token", // the robot is stopped
  "400106": "token", // no such robot
  "101002": "too_long", // message is too long
  "460101": "too_long", // message too long, exceed 20000 bytes
};
/** "超过 20 条，会限流 10 分钟": asking again before that is refused as well. */
const LIMITED_SECONDS = 600;

/**
 * DingTalk's custom group robot: https://open.dingtalk.com/document/orgapp/custom-robot-access and …/customize-robot-security-settings.
 * POST JSON `{msgtype, text: {content}}` to the robot's address; with 加签 the address gets `timestamp` (milliseconds) and
 * `sign` = urlEncode(base64(HMAC-SHA256(secret, timestamp + "\n" + secret))). Answers 200 `{errcode, errmsg}`; 0 is "ok".
 * At most 20 messages a minute.
 */
export const dingtalk: ChatService = {
  fields: [
    { name: "url", secret: true, required: true, max: 500 },
    { name: "secret", secret: true, required: false, max: 200 },
  ],
  problem({ url = "", secret = "" }, ownHosts) {
    const problem = hookProblem(url, ["oapi.dingtalk.com"], /^\/robot\/send\?access_token=[\w-]+$/, ownHosts);
    if (problem) return { field: "url", problem };
    return /^\S*$/.test(secret) ? null : { field: "secret", problem: "secret" };
  },
  shown: ({ url = "" }) => shownHook(url),
  request({ url = "", secret = "" }, told, now) {
    const body = JSON.stringify({ msgtype: "text", text: { content: asText(told, TEXT_BYTES) } });
    return { method: "POST", url: secret ? signed(url, secret, now) : url, headers: { ...JSON_HEADERS }, body };
  },
  read(reply): Reading {
    const said = objectOf(reply.body);
    if (typeof said?.errcode !== "number") return unreadable(reply);
    const detail = `${said.errcode} ${typeof said.errmsg === "string" ? said.errmsg : ""}`.trim();
    if (said.errcode === 0) return { answer: "sent", detail };
    const security = said.errcode === 310_000 ? SECURITY.find(([words]) => words.test(detail))?.[1] : undefined;
    const answer = security ?? CODES[String(said.errcode)] ?? "refused";
    return { answer, detail, ...(answer === "too_fast" && { retryAfterSeconds: LIMITED_SECONDS }) };
  },
};

function signed(url: string, secret: string, now: Date): string {
  const timestamp = String(now.getTime());
  const sign = createHmac("sha256", secret).update(`${timestamp}\n${secret}`).digest("base64");
  return `${url}&timestamp=${timestamp}&sign=${encodeURIComponent(sign)}`;
}
