import { webcrypto } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * The four chat services as their documents describe them, on loopback: written from the documents, without a look at how we
 * write to them. Each checks what its document says it checks and answers in its words: HTTP 200 with a code inside, but
 * Telegram, whose errors have HTTP codes too.
 */
export interface ChatCompany {
  /** A robot's address, and its secret where it checks signatures. */
  dingtalk: { url: string; secret: string; keywordUrl: string };
  feishu: { url: string; secret: string };
  wecom: { url: string };
  telegram: { baseUrl: string; token: string; chatId: string };
  /** Messages that were accepted, as a person in the group reads them. */
  shown: { service: string; text: string }[];
  /** What is answered next in place of the usual. */
  next: { status: number; body: string; headers?: Record<string, string> }[];
  close(): Promise<void>;
}

type Answer = { status: number; body: unknown };
interface Call {
  url: URL;
  body: Record<string, unknown>;
  /** Of the body as it was sent. */
  bytes: number;
  show: (service: string, text: string) => void;
}

const DING_SECRET = "SECdingtalk-robot-of-the-test";
const FEISHU_SECRET = "feishuRobotOfTheTest";
const TOKEN = "123456789:AAtestTESTtestTESTtestTESTtestTESTte";
const CHAT = "-1001234567890";

export async function openChatCompany(): Promise<ChatCompany> {
  const shown: ChatCompany["shown"] = [];
  const next: ChatCompany["next"] = [];
  const server = createServer(async (request, response) => {
    const text = await bodyOf(request);
    const instead = next.shift();
    if (instead) return response.writeHead(instead.status, instead.headers).end(instead.body);
    const url = new URL(request.url ?? "", "http://robots");
    const service = SERVICES.find(([path]) => path.test(url.pathname))?.[1];
    const json = /^application\/json(;|$)/.test(request.headers["content-type"] ?? "");
    if (!service || request.method !== "POST" || !json) return response.writeHead(404).end("not found");
    const answer = await service({
      url,
      body: JSON.parse(text),
      bytes: Buffer.byteLength(text),
      show: (name, said) => shown.push({ service: name, text: said }),
    });
    response.writeHead(answer.status, { "content-type": "application/json" }).end(JSON.stringify(answer.body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    dingtalk: {
      url: `${origin}/robot/send?access_token=signed`,
      secret: DING_SECRET,
      keywordUrl: `${origin}/robot/send?access_token=keyword`,
    },
    feishu: { url: `${origin}/open-apis/bot/v2/hook/f1-9a`, secret: FEISHU_SECRET },
    wecom: { url: `${origin}/cgi-bin/webhook/send?key=693a91f6-7xxx` },
    telegram: { baseUrl: origin, token: TOKEN, chatId: CHAT },
    shown,
    next,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const SERVICES: readonly (readonly [RegExp, (call: Call) => Promise<Answer> | Answer])[] = [
  [/^\/robot\/send$/, dingtalk],
  [/^\/open-apis\/bot\/v2\/hook\//, feishu],
  [/^\/cgi-bin\/webhook\/send$/, wecom],
  [/^\/bot/, telegram],
];

/** open.dingtalk.com/document/orgapp/customize-robot-security-settings: 加签, or one of the robot's keywords in the text. */
async function dingtalk({ url, body, bytes, show }: Call): Promise<Answer> {
  const no = (errcode: number, errmsg: string) => ({ status: 200, body: { errcode, errmsg } });
  if (bytes > 20_000) return no(460101, "message too long, exceed 20000 bytes");
  const token = url.searchParams.get("access_token");
  if (token !== "signed" && token !== "keyword") return no(300001, "token is not exist");
  const text = (body.text as { content?: unknown } | undefined)?.content;
  if (body.msgtype !== "text" || typeof text !== "string" || text === "") return no(40035, "缺少参数 json");
  if (token === "signed") {
    const timestamp = url.searchParams.get("timestamp") ?? "";
    if (!/^\d{13}$/.test(timestamp) || Math.abs(Date.now() - Number(timestamp)) > 3_600_000) return no(310000, "invalid timestamp");
    const due = await hmac(DING_SECRET, `${timestamp}\n${DING_SECRET}`);
    if (url.searchParams.get("sign") !== due) return no(310000, "sign not match");
  } else if (!text.includes("Shouyin")) return no(310000, "keywords not in content");
  show("dingtalk", text);
  return { status: 200, body: { errcode: 0, errmsg: "ok" } };
}

/** open.feishu.cn/document/client-docs/bot-v3/add-custom-bot: 签名校验; rich text (`post`) of paragraphs of tags. */
async function feishu({ body, bytes, show }: Call): Promise<Answer> {
  const no = (code: number, msg: string) => ({ status: 200, body: { code, msg, data: {} } });
  if (bytes > 20_000) return no(9499, "Bad Request");
  const { timestamp, sign } = body;
  const fresh = typeof timestamp === "string" && /^\d{10}$/.test(timestamp) && Math.abs(Date.now() / 1000 - Number(timestamp)) < 3600;
  if (!fresh || sign !== (await hmac(`${timestamp}\n${FEISHU_SECRET}`, ""))) {
    return no(19021, "sign match fail or timestamp is not within one hour from current time");
  }
  const post = (body.content as { post?: { zh_cn?: { title: string; content: { tag: string; text: string; href?: string }[][] } } })?.post
    ?.zh_cn;
  if (body.msg_type !== "post" || !post) return no(9499, "Bad Request");
  const lines = post.content.map((line) => line.map(({ tag, text, href }) => (tag === "a" ? `${text} ${href}` : text)).join(""));
  show("feishu", [post.title, ...lines].join("\n"));
  return { status: 200, body: { StatusCode: 0, StatusMessage: "success", code: 0, data: {}, msg: "success" } };
}

/** developer.work.weixin.qq.com/document/path/91770: text of at most 2048 bytes. */
function wecom({ url, body, show }: Call): Answer {
  const no = (errcode: number, errmsg: string) => ({ status: 200, body: { errcode, errmsg } });
  if (url.searchParams.get("key") !== "693a91f6-7xxx") return no(93000, "invalid webhook url, hint: [1]");
  const text = (body.text as { content?: unknown } | undefined)?.content;
  if (body.msgtype !== "text" || typeof text !== "string") return no(40008, "invalid message type");
  if (Buffer.byteLength(text) > 2048) return no(40058, "text.content exceed max length 2048. invalid Request Parameter");
  show("wecom", text);
  return { status: 200, body: { errcode: 0, errmsg: "ok" } };
}

/** core.telegram.org/bots/api#making-requests, #sendmessage. */
function telegram({ url, body, show }: Call): Answer {
  const no = (error_code: number, description: string) => ({ status: error_code, body: { ok: false, error_code, description } });
  if (url.pathname !== `/bot${TOKEN}/sendMessage`) return no(401, "Unauthorized");
  if (body.chat_id !== CHAT) return no(400, "Bad Request: chat not found");
  if (typeof body.text !== "string" || body.text === "") return no(400, "Bad Request: message text is empty");
  if (body.text.length > 4096) return no(400, "Bad Request: message is too long");
  if (body.parse_mode !== undefined) return no(400, "Bad Request: can't parse entities");
  show("telegram", body.text);
  return { status: 200, body: { ok: true, result: { message_id: 42, date: 1746268800, text: body.text } } };
}

/** HMAC-SHA256 as base64. Web Crypto knows no empty key, but an empty message. */
async function hmac(key: string, message: string): Promise<string> {
  const bytes = new TextEncoder();
  const made = await webcrypto.subtle.importKey("raw", bytes.encode(key), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return Buffer.from(await webcrypto.subtle.sign("HMAC", made, bytes.encode(message))).toString("base64");
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
