import { describe, expect, it } from "vitest";
import { asText, type Told } from "#lib/alerts/chat-service.ts";
import { CHAT_SERVICES } from "#lib/alerts/chat-services.ts";

const told: Told = {
  title: "[Shouyin 收银] 孤儿通知",
  lines: ["• *A_1* <b>[x](http://evil)"],
  link: { href: "https://pay.example/dashboard/alerts", text: "打开" },
};
const { dingtalk, feishu, wecom, telegram } = CHAT_SERVICES;
const DING = "https://oapi.dingtalk.com/robot/send?access_token=abc";
const FEISHU = "https://open.feishu.cn/open-apis/bot/v2/hook/ca1b-9f";

describe("signatures", () => {
  // The document's own Python sample, run with this clock and its secret.
  it("DingTalk's is in the address, made with the secret as key", () => {
    const { url } = dingtalk.request({ url: DING, secret: "this is secret" }, told, new Date(1_577_262_236_757));
    expect(url).toBe(`${DING}&timestamp=1577262236757&sign=hmPWwU%2B7lVdm3ZZz0r9tSfx0L4Q26jWOZr9%2BGs6EZQM%3D`);
  });

  // The document's own Python sample with its timestamp and secret; the same value stands in other people's tests.
  it("Feishu's is in the body, made with the text to sign as key", () => {
    const { url, body } = feishu.request({ url: FEISHU, secret: "demo" }, told, new Date(1_599_360_473_900));
    expect(url).toBe(FEISHU);
    expect(JSON.parse(body)).toMatchObject({ timestamp: "1599360473", sign: "l1N0gAcBjdwBvGm1xMjOF0XSyaLRpR7tuO5dHfhAYc8=" });
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
    [feishu, 200, "<html>502</html>", "unreadable"],
    [wecom, 200, '{"errcode":0,"errmsg":"ok"}', "sent"],
    [wecom, 200, '{"errcode":93000,"errmsg":"invalid webhook url"}', "token"],
    [wecom, 200, '{"errcode":45009,"errmsg":"api freq out of limit"}', "too_fast"],
    [wecom, 502, "bad gateway", "http_error"],
    [telegram, 200, '{"ok":true,"result":{"message_id":7}}', "sent"],
    [telegram, 401, '{"ok":false,"error_code":401,"description":"Unauthorized"}', "token"],
    [telegram, 404, '{"ok":false,"error_code":404,"description":"Not Found"}', "token"],
    [telegram, 400, '{"ok":false,"error_code":400,"description":"Bad Request: chat not found"}', "chat"],
    [telegram, 403, '{"ok":false,"error_code":403,"description":"Forbidden: bot was kicked from the group chat"}', "chat"],
    [telegram, 200, '{"result":{}}', "unreadable"],
    [telegram, 429, "slow down", "too_fast"],
  ] as const)("%# HTTP %s %s is read as such", (service, status, body, answer) => {
    expect(service.read({ status, body }).answer).toBe(answer);
  });

  it("Telegram's wait is taken over", () => {
    const body = '{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 30","parameters":{"retry_after":30}}';
    expect(telegram.read({ status: 429, body })).toMatchObject({ answer: "too_fast", retryAfterSeconds: 30 });
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

it("a text too long for a service loses lines, never its title or its link", () => {
  const lines = Array.from({ length: 100 }, (_, each) => `• 第 ${each} 条，${"长".repeat(20)}`);
  const text = asText({ ...told, lines }, 2048);
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(2048);
  expect(text.startsWith(told.title)).toBe(true);
  expect(text.endsWith("…\n打开: https://pay.example/dashboard/alerts")).toBe(true);
});

it("a value is never markup: text is sent as text", () => {
  expect(JSON.parse(dingtalk.request({ url: DING }, told, new Date()).body).msgtype).toBe("text");
  expect(JSON.parse(telegram.request({ token: "1:x", chatId: "1" }, told, new Date()).body).parse_mode).toBeUndefined();
});
