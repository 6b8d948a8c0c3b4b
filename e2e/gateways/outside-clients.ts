import { createHash, createSign, randomInt } from "node:crypto";

/** One account as `npm run sandbox:accounts` prints it. */
export interface PrintedAccount {
  gateway: string;
  baseUrl: string;
  credentials: Record<string, string>;
}

/** What a client got: the number it gave its order, and what a query then said of it. */
export interface Bought {
  number: string;
  /** The status word of a query, before the shopper pays. */
  before: string;
  /** The same asked anew, for after the payment. */
  ask(): Promise<string>;
}

/**
 * A small client of each gateway as somebody else would write it: from the gateway's document and what the command prints, with
 * nothing of ours. Each creates an order of 12.34 whose code the shopper scans, and asks about it.
 */
export const CLIENTS: Readonly<Record<string, (account: PrintedAccount) => Promise<Bought>>> = {
  "hipopay-agent": async ({ baseUrl, credentials }) => {
    const { agentNo = "", merchantNo = "", privateKey = "" } = credentials;
    const call = hipopay(baseUrl, { AgentNo: agentNo }, privateKey);
    const number = newNumber();
    const order = { merchant_no: merchantNo, currency: "HKD", amount: "12.34", product_info: "outside tea", ip: "203.0.113.9" };
    const made = await call("POST", "/order/scanned_pay", { ...order, agent_order_id: number });
    if (!read(made, "data", "code_url").startsWith("weixin://")) throw new Error(JSON.stringify(made));
    const ask = async () =>
      read(await call("GET", "/order", { agent_order_id: number, merchant_no: merchantNo }), "data", "order", "status");
    return { number, before: await ask(), ask };
  },
  "hipopay-merchant": async ({ baseUrl, credentials }) => {
    const { merchantNo = "", privateKey = "" } = credentials;
    const call = hipopay(baseUrl, { MerchantNO: merchantNo }, privateKey);
    const number = newNumber();
    const order = { out_trade_id: number, amount: "12.34", currency: "HKD", product_info: "outside tea", client_ip: "203.0.113.9" };
    const made = await call("POST", "/wechatpay/qrcode/payment", { ...order, notify_url: "https://outside.example/notify" });
    if (!read(made, "response", "qrcode_url").startsWith("weixin://")) throw new Error(JSON.stringify(made));
    const ask = async () => read(await call("GET", "/payment", { out_trade_id: number }), "response", "status");
    return { number, before: await ask(), ask };
  },
  mpgateway: async ({ baseUrl, credentials }) => {
    const { merid = "", key = "" } = credentials;
    const call = async (path: string, fields: Record<string, string>) => {
      const req = Buffer.from(JSON.stringify(fields), "utf8").toString("base64");
      const answer = (await posted(baseUrl + path, { req, sign: md5(req + key) })) as { resp: string; sign: string };
      if (answer.sign.toLowerCase() !== md5(answer.resp + key)) throw new Error("the answer's signature is not the gateway's");
      return JSON.parse(Buffer.from(answer.resp, "base64").toString("utf8")) as Record<string, string>;
    };
    const number = newNumber();
    const made = await call("/api/mpgateway", { action: "WxSao", txnamt: "1234", merid, orderid: number, backurl: "https://o.example/n" });
    if (!made.formaction?.startsWith("weixin://")) throw new Error(JSON.stringify(made));
    const ask = async () => String((await call("/api/query", { merid, orderid: number })).resultcode);
    return { number, before: await ask(), ask };
  },
  xxpay: async ({ baseUrl, credentials }) => {
    const { mchId = "", appId = "", key = "" } = credentials;
    const call = async (path: string, fields: Record<string, string>) => {
      const sign = md5(`${sortedPairs(fields)}&key=${key}`).toUpperCase();
      return (await posted(baseUrl + path, { params: JSON.stringify({ ...fields, sign }) })) as Record<string, unknown>;
    };
    const number = newNumber();
    const order = { mchId, appId, productId: "8002", mchOrderNo: number, currency: "cny", amount: "1234", clientIp: "203.0.113.9" };
    const made = await call("/api/pay/create_order", { ...order, notifyUrl: "https://o.example/n", subject: "tea", body: "tea" });
    if (made.retCode !== "SUCCESS") throw new Error(JSON.stringify(made));
    const ask = async () => {
      const { sign, ...answer } = (await call("/api/pay/query_order", { mchId, appId, mchOrderNo: number })) as Record<string, string>;
      if (sign !== md5(`${sortedPairs(answer)}&key=${key}`).toUpperCase()) throw new Error("the answer's signature is not the gateway's");
      return String(answer.status);
    };
    return { number, before: await ask(), ask };
  },
  fengniao: async ({ baseUrl, credentials }) => {
    const { appId = "", merchantNo = "", secret = "" } = credentials;
    const call = async (method: string, content: Record<string, string>) => {
      const fields = { app_id: appId, method, version: "1.0", content: JSON.stringify(content) };
      const sign = md5(`${sortedPairs(fields)}&key=${secret}`);
      return (await posted(`${baseUrl}/gateway`, { ...fields, sign_type: "MD5", sign })) as Record<string, string>;
    };
    const number = newNumber();
    const order = { merchant_no: merchantNo, out_trade_no: number, order_name: "茶叶", total_amount: "12.34" };
    const made = await call("alipay.qr_code_pay", { ...order, notify_url: "https://o.example/n" });
    if (!made.qr_code?.startsWith("https://qr.alipay.com/")) throw new Error(JSON.stringify(made));
    const ask = async () => String((await call("trade.query", { merchant_no: merchantNo, out_trade_no: number })).trade_status);
    return { number, before: await ask(), ask };
  },
};

/** seeds/000 §2.2: parameters sorted and escaped, a comma, the Timestamp; RSA with SHA-256, base64. */
function hipopay(baseUrl: string, who: Record<string, string>, privateKey: string) {
  return async (verb: "GET" | "POST", path: string, fields: Record<string, string>): Promise<unknown> => {
    const timestamp = (Date.now() / 1000).toString();
    const query = Object.keys(fields)
      .sort()
      .map((name) => `${escaped(name)}=${escaped(fields[name] ?? "")}`)
      .join("&");
    const signature = createSign("RSA-SHA256").update(`${query},${timestamp}`).sign(privateKey, "base64");
    const headers = { ...who, Version: "1.0", Signature: signature, Timestamp: timestamp };
    const form = { ...headers, "Content-Type": "application/x-www-form-urlencoded" };
    const answer = await (verb === "GET"
      ? fetch(`${baseUrl}${path}?${query}`, { headers })
      : fetch(`${baseUrl}${path}`, { method: "POST", headers: form, body: query }));
    return answer.json();
  };
}

async function posted(url: string, fields: Record<string, string>): Promise<unknown> {
  const answer = await fetch(url, { method: "POST", body: new URLSearchParams(fields) });
  return answer.json();
}

/** Field names in their order, empty values left out (seeds/003 §1.3, seeds/004 §3.1). */
export function sortedPairs(fields: Readonly<Record<string, string>>): string {
  const kept = Object.entries(fields).filter(([, value]) => value !== "");
  return kept
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
}

export function md5(text: string): string {
  return createHash("md5").update(text, "utf8").digest("hex");
}

function escaped(text: string): string {
  return encodeURIComponent(text).replace(/[~!*'()]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}

function newNumber(): string {
  return `O${Date.now()}${randomInt(10 ** 6, 10 ** 7)}`;
}

function read(value: unknown, ...names: string[]): string {
  const found = names.reduce<unknown>((one, name) => (one as Record<string, unknown> | null | undefined)?.[name], value);
  return typeof found === "string" ? found : JSON.stringify(value);
}
