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

/** "text.content: 最长不超过 2048 个字节". */
const TEXT_BYTES = 2048;

const CODES: Readonly<Record<string, AlertAnswer>> = {
  "-1": "busy",
  "45002": "too_long",
  "45009": "too_fast", // api freq out of limit
  "45033": "too_fast",
  "93000": "token", // invalid webhook url
  "93004": "token", // the robot is stopped
  "93008": "chat", // not in the group
};

/**
 * WeCom's group robot: https://developer.work.weixin.qq.com/document/path/91770 (codes: …/path/90313). POST JSON
 * `{msgtype, text: {content}}` to the robot's address, whose `key` is all the secret there is. Answers 200 `{errcode, errmsg}`;
 * 0 is "ok". At most 20 messages a minute.
 */
export const wecom: ChatService = {
  fields: [{ name: "url", secret: true, required: true, max: 500 }],
  problem({ url = "" }, ownHosts) {
    const problem = hookProblem(url, ["qyapi.weixin.qq.com"], /^\/cgi-bin\/webhook\/send\?key=[\w-]+$/, ownHosts);
    return problem && { field: "url", problem };
  },
  shown: ({ url = "" }) => shownHook(url),
  request({ url = "" }, told) {
    const body = JSON.stringify({ msgtype: "text", text: { content: asText(told, TEXT_BYTES) } });
    return { method: "POST", url, headers: { ...JSON_HEADERS }, body };
  },
  read(reply): Reading {
    const said = objectOf(reply.body);
    if (typeof said?.errcode !== "number") return unreadable(reply);
    const detail = `${said.errcode} ${typeof said.errmsg === "string" ? said.errmsg : ""}`.trim();
    if (said.errcode === 0) return { answer: "sent", detail };
    // 40058 is every parameter that will not do; of one that is too long only the words say so.
    const long = said.errcode === 40_058 && /exceed max length/i.test(detail);
    return { answer: long ? "too_long" : (CODES[String(said.errcode)] ?? "refused"), detail };
  },
};
