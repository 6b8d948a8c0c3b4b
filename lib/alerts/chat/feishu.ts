import { createHmac } from "node:crypto";
import {
  type ChatService,
  fitting,
  hookProblem,
  JSON_HEADERS,
  objectOf,
  type Reading,
  shownHook,
  type Told,
  unreadable,
} from "#lib/alerts/chat-service.ts";
import type { AlertAnswer } from "#lib/domain/alert.ts";

/** "请求体的数据大小不能超过 20 KB", all of it. */
const BODY_BYTES = 20_000;

const CODES: Readonly<Record<string, AlertAnswer>> = {
  "9499": "refused", // Bad Request; also said, in words alone, of too many requests
  "11232": "too_fast", // frequency limited
  "99991400": "too_fast", // request trigger frequency limit: the platform's own, before the robot's
  "19001": "token", // the hook's token is not valid
  "19021": "signature",
  "19022": "ip",
  "19024": "keyword",
  "19036": "too_long",
};

/**
 * The custom bot of a Feishu group, and Lark's, which is the same at another host:
 * https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot (Lark: open.larksuite.com). POST JSON; with 签名校验 the body
 * has `timestamp` (seconds, as text) and `sign` = base64(HMAC-SHA256(key: timestamp + "\n" + secret, message: nothing)): the
 * text to sign is the key. Answers 200 `{code, msg, data}`, 0 is "success"; old bots `{StatusCode, StatusMessage}`. At most
 * 100 messages a minute and 5 a second.
 */
export const feishu: ChatService = {
  fields: [
    { name: "url", secret: true, required: true, max: 500 },
    { name: "secret", secret: true, required: false, max: 200 },
  ],
  problem({ url = "", secret = "" }, ownHosts) {
    const problem = hookProblem(url, ["open.feishu.cn", "open.larksuite.com"], /^\/open-apis\/bot\/v2\/hook\/[\w-]+$/, ownHosts);
    if (problem) return { field: "url", problem };
    return /^\S*$/.test(secret) ? null : { field: "secret", problem: "secret" };
  },
  shown: ({ url = "" }) => shownHook(url),
  request({ url = "", secret = "" }, told, now) {
    const proof = secret ? signature(secret, now) : {};
    const body = fitting(told, BODY_BYTES, (fits) => JSON.stringify({ ...proof, ...post(fits) }));
    return { method: "POST", url, headers: { ...JSON_HEADERS }, body };
  },
  read(reply): Reading {
    const said = objectOf(reply.body);
    const code = said?.code ?? said?.StatusCode;
    if (typeof code !== "number") return unreadable(reply);
    const words = said?.msg ?? said?.StatusMessage;
    const detail = `${code} ${typeof words === "string" ? words : ""}`.trim();
    if (code === 0) return { answer: "sent", detail };
    const fast = code === 9499 && /too many/i.test(detail);
    return { answer: fast ? "too_fast" : (CODES[String(code)] ?? "refused"), detail };
  },
};

/** The title of a post is text as well, and so is a `text` tag: a value can be no markup and name nobody (`at` is a tag of its own). */
function post({ title, lines, link }: Told): object {
  const content = [...lines.map((text) => [{ tag: "text", text }]), [{ tag: "a", text: link.text, href: link.href }]];
  return { msg_type: "post", content: { post: { zh_cn: { title, content } } } };
}

function signature(secret: string, now: Date): { timestamp: string; sign: string } {
  const timestamp = String(Math.floor(now.getTime() / 1000));
  return { timestamp, sign: createHmac("sha256", `${timestamp}\n${secret}`).digest("base64") };
}
