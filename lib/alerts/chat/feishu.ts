import { createHmac } from "node:crypto";
import { type ChatService, hookProblem, JSON_HEADERS, objectOf, type Reading, shownHook, unreadable } from "#lib/alerts/chat-service.ts";
import type { AlertAnswer } from "#lib/domain/alert.ts";

/** A request may have 20 KB; ours has a few lines. */
const LINES_MAX = 40;
const LINE_MAX = 300;

const CODES: Readonly<Record<string, AlertAnswer>> = {
  "9499": "refused", // Bad Request
  "11232": "too_fast", // frequency limited
  "19001": "token", // the hook's token is not valid
  "19021": "signature",
  "19022": "ip",
  "19024": "keyword",
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
    const lines = told.lines.slice(0, LINES_MAX).map((text) => [{ tag: "text", text: text.slice(0, LINE_MAX) }]);
    const content = [...lines, [{ tag: "a", text: told.link.text, href: told.link.href }]];
    // The title of a post is text as well, so a value can be no markup.
    const post = { msg_type: "post", content: { post: { zh_cn: { title: told.title, content } } } };
    return { method: "POST", url, headers: { ...JSON_HEADERS }, body: JSON.stringify({ ...(secret && signature(secret, now)), ...post }) };
  },
  read(reply): Reading {
    const said = objectOf(reply.body);
    const code = said?.code ?? said?.StatusCode;
    if (typeof code !== "number") return unreadable(reply);
    const words = said?.msg ?? said?.StatusMessage;
    const detail = `${code} ${typeof words === "string" ? words : ""}`.trim();
    return { answer: code === 0 ? "sent" : (CODES[String(code)] ?? "refused"), detail };
  },
};

function signature(secret: string, now: Date): { timestamp: string; sign: string } {
  const timestamp = String(Math.floor(now.getTime() / 1000));
  return { timestamp, sign: createHmac("sha256", `${timestamp}\n${secret}`).digest("base64") };
}
