import { describe, expect, it } from "vitest";
import type { Told } from "#lib/alerts/chat-service.ts";
import { CHAT_SERVICES } from "#lib/alerts/chat-services.ts";

const told: Told = {
  title: "[Shouyin 收银] 孤儿通知",
  lines: ["• *A_1* <b>[x](http://evil)"],
  link: { href: "https://pay.example/dashboard/alerts", text: "打开" },
};
const { dingtalk, feishu, wecom, telegram } = CHAT_SERVICES;
const DING = "https://oapi.dingtalk.com/robot/send?access_token=abc";
const FEISHU = "https://open.feishu.cn/open-apis/bot/v2/hook/ca1b-9f";

/**
 * Not made by what they check: each was computed with Python 3, HMAC written out from RFC 2104 over hashlib.sha256 alone, then
 * base64 (and urllib.parse.quote_plus for DingTalk). The first of each is the document's own sample.
 */
const SIGNATURES = {
  dingtalk: [
    [1_577_262_236_757, "this is secret", "hmPWwU%2B7lVdm3ZZz0r9tSfx0L4Q26jWOZr9%2BGs6EZQM%3D"],
    [
      1_795_215_845_001,
      "SEC5a3ecf88f2b3eb50db30ecfc00f53033ac909c99bf7f88fd612bda89d7f3a9dc",
      "DGGdkw9gfMuwx2b2nHKqWfdKmbntXD9zttKlq627Xh4%3D",
    ],
    [1_795_215_845_999, "SEC密钥+/=", "2Jg%2Bs2amaGyFpJrtv1PFO4XEcbuhhqRb5KsjpBZqxnY%3D"],
    [1_795_215_846_000, "S".repeat(65), "PW6nEW5ypbRhyTZco%2B0nmguHqtTOMlNpuOpM5XMN1lg%3D"],
  ],
  feishu: [
    [1_599_360_473_900, "demo", "l1N0gAcBjdwBvGm1xMjOF0XSyaLRpR7tuO5dHfhAYc8="],
    [1_795_215_845_001, "OVZtDKJ6fH3yXcYp0iPRnd", "vnf6l0HRlFPIUBGQycgpL3odiHP4d7r/+rvwmp8dBd8="],
    [1_795_215_845_999, "密钥+/=", "DCOtXaB5SsSgPf/qpbV3CdQKC45drSJMmOgnqdVMrdE="],
    [1_795_215_846_000, "S".repeat(65), "J8ohk61VwmUNctOcao7St9vx/5QsrPytRTBNXOkanXU="],
  ],
} as const;

describe("signatures", () => {
  it.each(SIGNATURES.dingtalk)("DingTalk's of %s is in the address, in milliseconds, made with the secret as key", (at, secret, sign) => {
    const { url } = dingtalk.request({ url: DING, secret }, told, new Date(at));
    expect(url).toBe(`${DING}&timestamp=${at}&sign=${sign}`);
  });

  it.each(SIGNATURES.feishu)("Feishu's of %s is in the body, in seconds as text, made with the text to sign as key", (at, secret, sign) => {
    const { url, body } = feishu.request({ url: FEISHU, secret }, told, new Date(at));
    expect(url).toBe(FEISHU);
    expect(JSON.parse(body)).toMatchObject({ timestamp: String(Math.floor(at / 1000)), sign });
  });

  it("without a secret nothing is signed", () => {
    expect(dingtalk.request({ url: DING }, told, new Date()).url).toBe(DING);
    expect(Object.keys(JSON.parse(feishu.request({ url: FEISHU }, told, new Date()).body))).toEqual(["msg_type", "content"]);
  });
});

// What the documents, and people who met them, say is answered.
describe("answers", () => {
  it.each([
    [dingtalk, 200, '{"errcode":0,"errmsg":"ok"}', "sent"],
    [dingtalk, 200, '{"errcode":310000,"errmsg":"keywords not in content"}', "keyword"],
    [dingtalk, 200, '{"errcode":310000,"errmsg":"sign not match"}', "signature"],
    [dingtalk, 200, '{"errcode":310000,"errmsg":"invalid timestamp"}', "signature"],
    [dingtalk, 200, '{"errcode":310000,"errmsg":"ip 203.0.113.7 not in whitelist"}', "ip"],
    [dingtalk, 200, '{"errcode":300001,"errmsg":"token is not exist"}', "token"],
    [dingtalk, 200, '{"errcode":130101,"errmsg":"send too fast, exceed 20 times per minute"}', "too_fast"],
    [dingtalk, 200, '{"errcode":101002,"errmsg":"message is too long"}', "too_long"],
    [dingtalk, 200, '{"errcode":460101,"errmsg":"description: body 大小不合法;solution:请保持大小在 20000bytes 以内;"}', "too_long"],
    [dingtalk, 200, '{"errcode":-1,"errmsg":"系统繁忙"}', "busy"],
    [dingtalk, 200, '{"errcode":99999,"errmsg":"new"}', "refused"],
    [dingtalk, 200, '{"status":1111,"wait":5,"source":"x5","punish":"deny"}', "unreadable"],
    [feishu, 200, '{"StatusCode":0,"StatusMessage":"success","code":0,"data":{},"msg":"success"}', "sent"],
    [feishu, 200, '{"StatusCode":0,"StatusMessage":"success"}', "sent"],
    [feishu, 200, '{"code":19021,"msg":"sign match fail or timestamp is not within one hour from current time"}', "signature"],
    [feishu, 200, '{"code":19022,"msg":"Ip Not Allowed"}', "ip"],
    [feishu, 200, '{"code":19024,"msg":"Key Words Not Found"}', "keyword"],
    [feishu, 200, '{"code":9499,"msg":"Bad Request","data":{}}', "refused"],
    [feishu, 200, '{"code":11232,"msg":"frequency limited"}', "too_fast"],
    // https://github.com/ccfos/nightingale/issues/1437: not "Bad Request" this time, and HTTP 400.
    [feishu, 400, '{"code":9499,"msg":"too many request","data":{}}', "too_fast"],
    [feishu, 429, '{"code":99991400,"msg":"request trigger frequency limit"}', "too_fast"],
    [feishu, 200, '{"code":19036,"msg":"The message exceeds the size limit of 30KB"}', "too_long"],
    [feishu, 200, "<html>502</html>", "unreadable"],
    [wecom, 200, '{"errcode":0,"errmsg":"ok"}', "sent"],
    [wecom, 200, '{"errcode":93000,"errmsg":"invalid webhook url"}', "token"],
    [wecom, 200, '{"errcode":45009,"errmsg":"api freq out of limit"}', "too_fast"],
    [wecom, 200, '{"errcode":40058,"errmsg":"text.content exceed max length 2048. Invalid input invalid Request Parameter"}', "too_long"],
    [wecom, 200, '{"errcode":40058,"errmsg":"invalid Request Parameter"}', "refused"],
    [wecom, 200, '{"errcode":45002,"errmsg":"content size out of limit"}', "too_long"],
    [wecom, 502, "bad gateway", "http_error"],
    [telegram, 200, '{"ok":true,"result":{"message_id":7}}', "sent"],
    [telegram, 401, '{"ok":false,"error_code":401,"description":"Unauthorized"}', "token"],
    [telegram, 404, '{"ok":false,"error_code":404,"description":"Not Found"}', "token"],
    [telegram, 400, '{"ok":false,"error_code":400,"description":"Bad Request: chat not found"}', "chat"],
    [telegram, 403, '{"ok":false,"error_code":403,"description":"Forbidden: bot was kicked from the group chat"}', "chat"],
    [telegram, 400, '{"ok":false,"error_code":400,"description":"Bad Request: message is too long"}', "too_long"],
    [telegram, 502, '{"ok":false,"error_code":502,"description":"Bad Gateway"}', "busy"],
    [telegram, 200, '{"result":{}}', "unreadable"],
    [telegram, 429, "slow down", "too_fast"],
  ] as const)("%# HTTP %s %s is read as such", (service, status, body, answer) => {
    expect(service.read({ status, body }).answer).toBe(answer);
  });

  it("Telegram's wait is taken over", () => {
    const body = '{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 30","parameters":{"retry_after":30}}';
    expect(telegram.read({ status: 429, body })).toMatchObject({ answer: "too_fast", retryAfterSeconds: 30 });
  });

  it("DingTalk's is ten minutes, as its document says", () => {
    const body = '{"errcode":130101,"errmsg":"send too fast, exceed 20 times per minute"}';
    expect(dingtalk.read({ status: 200, body })).toMatchObject({ answer: "too_fast", retryAfterSeconds: 600 });
    expect(dingtalk.read({ status: 200, body: '{"errcode":-1,"errmsg":""}' })).not.toHaveProperty("retryAfterSeconds");
  });

  // https://github.com/TwiN/gatus/issues/179
  it("a group that became a supergroup has its new number told", () => {
    const description = "Bad Request: group chat was upgraded to a supergroup chat";
    const body = JSON.stringify({ ok: false, error_code: 400, description, parameters: { migrate_to_chat_id: -1001557912345 } });
    expect(telegram.read({ status: 400, body })).toEqual({ answer: "chat", detail: `400 ${description} → -1001557912345` });
  });
});

describe("addresses", () => {
  it.each([
    [dingtalk, { url: DING }, null],
    [dingtalk, { url: "https://oapi.dingtalk.com.evil.example/robot/send?access_token=abc" }, "host"],
    [dingtalk, { url: "http://oapi.dingtalk.com/robot/send?access_token=abc" }, "host"],
    [dingtalk, { url: "https://oapi.dingtalk.com/robot/send" }, "path"],
    [dingtalk, { url: "https://user@oapi.dingtalk.com/robot/send?access_token=abc" }, "url"],
    [dingtalk, { url: "oapi.dingtalk.com" }, "url"],
    [dingtalk, { url: DING, secret: "SEC abc" }, "secret"],
    [feishu, { url: FEISHU }, null],
    [feishu, { url: FEISHU.replace("feishu.cn", "larksuite.com") }, null],
    [feishu, { url: "https://open.feishu.cn/open-apis/bot/v2/hook/../../im/v1" }, "path"],
    [feishu, { url: "https://open.feishu.cn:444/open-apis/bot/v2/hook/x" }, "host"],
    [wecom, { url: "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-7xxx" }, null],
    [wecom, { url: "https://qyapi.weixin.qq.com/cgi-bin/message/send?key=x" }, "path"],
    [telegram, { token: "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw", chatId: "-100123" }, null],
    [telegram, { token: "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw", chatId: "@shop_alerts" }, null],
    [telegram, { token: "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw/../x", chatId: "1" }, "token"],
    [telegram, { token: "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw", chatId: "my group" }, "chat"],
    [telegram, { token: "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw", chatId: "1", baseUrl: "ftp://x/" }, "host"],
  ] as const)("%# %o: %s", (service, target, problem) => {
    expect(service.problem(target, false)?.problem ?? null).toBe(problem);
  });

  it("what is shown of one has neither token nor secret", () => {
    expect(dingtalk.shown({ url: `${DING}defghijk`, secret: "SECx" })).toBe("oapi.dingtalk.com …hijk");
    expect(telegram.shown({ token: "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw", chatId: "-100123" })).toBe("-100123 · bot 110201543");
  });
});

/** What each document allows, in bytes (Telegram's 4096 are characters, which are never more than bytes), and where the text stands. */
const LIMITS = [
  ["dingtalk", 20_000, { url: DING, secret: "SECx" }],
  ["feishu", 20_000, { url: FEISHU, secret: "x" }],
  ["wecom", 2048, { url: "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=x" }],
  ["telegram", 4096, { token: "1:x", chatId: "1" }],
] as const;

describe.each(LIMITS)("what %s is sent", (name, most, target) => {
  const service = CHAT_SERVICES[name];
  const sent = (message: Told) => service.request(target, message, new Date()).body;
  /** The bytes the document counts: of the whole body, of `text.content`, of `text`. */
  const counted = (body: string) => {
    const said = JSON.parse(body) as { text?: string | { content: string } };
    const text = name === "wecom" ? (said.text as { content: string }).content : name === "telegram" ? (said.text as string) : body;
    return Buffer.byteLength(text);
  };
  const line = (each: number) => `• 第 ${each} 条，${"长".repeat(90)}`;

  it.each([
    ["a hundred lines", { ...told, lines: Array.from({ length: 100 }, (_, each) => line(each)) }],
    ["one endless line", { ...told, lines: ["长😀".repeat(20_000)] }],
    ["an endless title", { ...told, title: "😀题\u0001".repeat(20_000) }],
  ])("of %s fits, keeps its start and its link, and is whole characters", (_what, message) => {
    const body = sent(message);
    expect(counted(body)).toBeLessThanOrEqual(most);
    expect(body).toContain(told.link.href);
    expect(body).toContain([...message.title].slice(0, 2).join(""));
    expect(body).not.toMatch(/\\ud[89a-f]/i); // half a surrogate pair, as JSON writes it
  });

  it("of a few lines is all of them", () => {
    const lines = Array.from({ length: 5 }, (_, each) => line(each));
    for (const each of lines) expect(sent({ ...told, lines })).toContain(each);
    expect(sent({ ...told, lines })).not.toContain("…");
  });

  it("has no markup of a value's in it: the type is plain text, and the value is one piece of it", () => {
    const value = '<at user_id="all">all</at> <@all> **b** [x](https://evil.example) "}],"at":{"isAtAll":true}';
    const said = JSON.parse(sent({ ...told, lines: [value] })) as Record<string, unknown>;
    const strings = (node: unknown): string[] =>
      typeof node === "string" ? [node] : node && typeof node === "object" ? Object.values(node).flatMap(strings) : [];
    expect(strings(said).filter((text) => text.includes(value))).toHaveLength(1);
    const known = { dingtalk: ["msgtype", "text"], feishu: ["timestamp", "sign", "msg_type", "content"], wecom: ["msgtype", "text"] };
    expect(Object.keys(said)).toEqual(name === "telegram" ? ["chat_id", "text", "link_preview_options"] : known[name]);
    expect(said.msgtype ?? said.msg_type ?? "text").toBe(name === "feishu" ? "post" : "text");
    if (name === "feishu") expect(JSON.stringify(said)).not.toContain('"tag":"at"');
  });
});
