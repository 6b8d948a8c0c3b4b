import { createSign, createVerify } from "node:crypto";
import type { CompatAccount, Told } from "#lib/compat/world-testing.ts";
import { bySorted, FORM, md5, number, strictly } from "#lib/payments/by-hand-testing.ts";
import { sortedPairs } from "../../e2e/gateways/outside-clients.ts";

/** An order a shop placed by hand. */
export interface Placed {
  number: string;
  /** The gateway's number. */
  no: string;
  /** What the shopper scans, or where a page is. */
  shows: string;
}

/** A shop written for one gateway, by hand from its document: nothing of ours but the numbers and keys on the developers' page. */
export interface HandShop {
  /** Orders 12.34 CNY to be scanned with Alipay, or WeChat where the wire has that alone; raw reply when it is refused. */
  place(notifyUrl: string, number?: string): Promise<Placed>;
  /** The status word of a query by the shop's own number. */
  status(number: string): Promise<string>;
  /** Gives back all of it; the refund's status word. Absent where the document has no refund. */
  refund?(placed: Placed, refundNumber: string): Promise<string>;
  /** How a refund stands, in the document's words. */
  refundStatus?(placed: Placed, refundNumber: string): Promise<string>;
  /** Any other call, signed: `POST /path` at HipoPay, a path at mpgateway and xxpay, a method at fengniao. */
  call(name: string, fields: Record<string, string>): Promise<Record<string, unknown>>;
  /** The word that acknowledges, and the status words of this document. */
  words: { ok: string; unpaid: string; paid: string };
  /** Reads a notice as the document says, checking its signature; throws when it is forged. Gives the shop's number and the amount. */
  read(told: Told): { number: string; amount: string; paid: boolean };
}

const AMOUNT = "12.34";

export const HAND_SHOPS: Readonly<Record<string, (account: CompatAccount) => HandShop>> = {
  "hipopay-agent": ({ baseUrl, credentials }) => {
    const { agentNo = "", merchantNo = "", privateKey = "", gatewayPublicKey = "" } = credentials;
    const call = hipopay(baseUrl, { AgentNo: agentNo }, privateKey);
    return {
      call: named(call),
      words: { ok: "success", unpaid: "INIT", paid: "PAID" },
      async place(notify_url, out_order_no = number()) {
        const order = { merchant_no: merchantNo, currency: "CNY", amount: AMOUNT, subject: "茶 tea", notify_url, out_order_no };
        const made = await call("POST", "/alipay/qrcode_pay", order);
        return { number: out_order_no, no: read(made, "data", "order", "payment_no"), shows: read(made, "data", "qrcode") };
      },
      status: async (out_order_no) => read(await call("GET", "/alipay/order", { out_order_no }), "data", "order", "status"),
      refund: async ({ no }, outer_refund_no) =>
        read(await call("POST", "/alipay/refund", { payment_no: no, outer_refund_no, refund_amount: AMOUNT }), "data", "refund", "status"),
      refundStatus: async (_placed, outer_refund_no) =>
        read(await call("GET", "/alipay/refund", { outer_refund_no }), "data", "refund", "status"),
      read: (told) => hipopayNotice(told, gatewayPublicKey, "agent_order_id"),
    };
  },
  "hipopay-merchant": ({ baseUrl, credentials }) => {
    const { merchantNo = "", privateKey = "", gatewayPublicKey = "" } = credentials;
    const call = hipopay(baseUrl, { MerchantNO: merchantNo }, privateKey);
    return {
      call: named(call),
      words: { ok: "success", unpaid: "INIT", paid: "PAID" },
      async place(notify_url, out_trade_id = number()) {
        const order = { out_trade_id, amount: AMOUNT, currency: "CNY", product_info: "茶 tea", client_ip: "203.0.113.9", notify_url };
        const made = await call("POST", "/alipay/qrcode/payment", order);
        return { number: out_trade_id, no: read(made, "response", "payment_no"), shows: read(made, "response", "qrcode_url") };
      },
      status: async (out_trade_id) => read(await call("GET", "/payment", { out_trade_id }), "response", "status"),
      refund: async ({ no }, out_refund_id) =>
        read(await call("POST", "/payment_refund", { payment_no: no, out_refund_id, refund_amount: AMOUNT }), "response", "status"),
      refundStatus: async (_placed, out_refund_id) => read(await call("GET", "/payment_refund", { out_refund_id }), "response", "status"),
      read: (told) => hipopayNotice(told, gatewayPublicKey, "out_trade_id"),
    };
  },
  mpgateway: ({ baseUrl, credentials }) => {
    const { merid = "", key = "" } = credentials;
    const opened = (resp: string, sign: string) => {
      if (sign.toLowerCase() !== md5(resp + key)) throw new Error("not the gateway's signature");
      return JSON.parse(Buffer.from(resp, "base64").toString("utf8")) as Record<string, unknown>;
    };
    const call = async (path: string, fields: Record<string, string>) => {
      const req = Buffer.from(JSON.stringify(fields), "utf8").toString("base64");
      const { resp, sign } = (await posted(baseUrl + path, { req, sign: md5(req + key) })) as { resp: string; sign: string };
      return opened(resp, sign);
    };
    return {
      call,
      words: { ok: "0000", unpaid: "1001", paid: "0000" },
      async place(backurl, orderid = number()) {
        const made = await call("/api/mpgateway", { action: "AliSao", txnamt: "1234", merid, orderid, backurl });
        return { number: orderid, no: read(made, "queryid"), shows: read(made, "formaction") };
      },
      status: async (orderid) => read(await call("/api/query", { merid, orderid }), "resultcode"),
      read(told) {
        const form = new URLSearchParams(told.body);
        const fields = opened(form.get("resp") ?? "", form.get("sign") ?? "");
        return { number: read(fields, "orderid"), amount: fen(String(fields.txnamt)), paid: fields.resultcode === "0000" };
      },
    };
  },
  xxpay: ({ baseUrl, credentials }) => {
    const { mchId = "", appId = "", key = "" } = credentials;
    const signOf = (fields: Record<string, string>) => md5(`${sortedPairs(fields)}&key=${key}`).toUpperCase();
    const call = async (path: string, fields: Record<string, string>) =>
      (await posted(baseUrl + path, { params: JSON.stringify({ ...fields, sign: signOf(fields) }) })) as Record<string, unknown>;
    return {
      call,
      words: { ok: "success", unpaid: "1", paid: "3" },
      async place(notifyUrl, mchOrderNo = number()) {
        const order = { mchId, appId, productId: "8006", mchOrderNo, currency: "cny", amount: "1234", clientIp: "203.0.113.9" };
        const made = await call("/api/pay/create_order", { ...order, notifyUrl, subject: "茶", body: "茶", param1: "一", param2: "" });
        return { number: mchOrderNo, no: read(made, "payOrderId"), shows: read(made, "payParams", "payUrl") };
      },
      status: async (mchOrderNo) => read(await call("/api/pay/query_order", { mchId, appId, mchOrderNo }), "status"),
      read(told) {
        const { sign, ...fields } = Object.fromEntries(new URLSearchParams(told.body)) as Record<string, string>;
        if (sign !== signOf(fields)) throw new Error("not the gateway's signature");
        if (fields.param1 !== "一") throw new Error("param1 did not come back");
        return { number: fields.mchOrderNo ?? "", amount: fen(fields.amount ?? ""), paid: fields.status === "2" };
      },
    };
  },
  fengniao: ({ baseUrl, credentials }) => {
    const { appId = "", merchantNo = "", secret = "" } = credentials;
    const signOf = (fields: Record<string, string>) => md5(`${sortedPairs(fields)}&key=${secret}`);
    const call = async (method: string, content: Record<string, string>) => {
      const fields = { app_id: appId, method, version: "1.0", content: JSON.stringify(content) };
      return (await posted(`${baseUrl}/gateway`, { ...fields, sign_type: "MD5", sign: signOf(fields) })) as Record<string, unknown>;
    };
    return {
      call,
      words: { ok: "SUCCESS", unpaid: "WAIT_BUYER_PAY", paid: "TRADE_SUCCESS" },
      async place(notify_url, out_trade_no = number()) {
        const order = { merchant_no: merchantNo, out_trade_no, order_name: "茶叶", total_amount: AMOUNT, notify_url };
        const made = await call("alipay.qr_code_pay", order);
        return { number: out_trade_no, no: "", shows: read(made, "qr_code") };
      },
      status: async (out_trade_no) => read(await call("trade.query", { merchant_no: merchantNo, out_trade_no }), "trade_status"),
      refund: async (placed, out_refund_no) =>
        read(await call("trade.refund", { out_trade_no: placed.number, out_refund_no, refund_fee: AMOUNT }), "refund_status"),
      // seeds/004 has no refund query: what is all given back is closed.
      refundStatus: async (placed) =>
        read(await call("trade.query", { merchant_no: merchantNo, out_trade_no: placed.number }), "trade_status"),
      read(told) {
        const { sign, sign_type: _type, ...fields } = Object.fromEntries(new URLSearchParams(told.body)) as Record<string, string>;
        if (sign !== signOf(fields)) throw new Error("not the gateway's signature");
        return { number: fields.out_trade_no ?? "", amount: fields.total_amount ?? "", paid: fields.trade_status === "TRADE_SUCCESS" };
      },
    };
  },
};

/** seeds/000 §2.2: parameters sorted and escaped, a comma, the Timestamp; RSA with SHA-256, base64. */
function hipopay(baseUrl: string, who: Record<string, string>, privateKey: string) {
  return async (verb: "GET" | "POST", path: string, fields: Record<string, string>): Promise<unknown> => {
    const timestamp = `${Math.floor(Date.now() / 1000)}`;
    const query = bySorted(fields, strictly);
    const Signature = createSign("RSA-SHA256").update(`${query},${timestamp}`).sign(privateKey, "base64");
    const headers = { ...who, Version: "1.0", Signature, Timestamp: timestamp };
    const answer = await (verb === "GET"
      ? fetch(`${baseUrl}${path}?${query}`, { headers })
      : fetch(`${baseUrl}${path}`, { method: "POST", headers: { ...headers, ...FORM }, body: query }));
    return answer.json();
  };
}

/** seeds/000 §10.3: raw values, sorted, a comma, the Timestamp header. */
function hipopayNotice(told: Told, publicKey: string, numberName: string) {
  const fields = Object.fromEntries(new URLSearchParams(told.body)) as Record<string, string>;
  const text = `${bySorted(fields, (value) => value)},${told.headers.timestamp ?? ""}`;
  const genuine = createVerify("RSA-SHA256")
    .update(text)
    .verify(publicKey, told.headers.signature ?? "", "base64");
  if (!genuine) throw new Error("not the gateway's signature");
  return { number: fields[numberName] ?? fields.out_order_no ?? "", amount: fields.amount ?? "", paid: fields.status === "PAID" };
}

function named(call: ReturnType<typeof hipopay>): HandShop["call"] {
  return async (name, fields) => {
    const [verb = "", path = ""] = name.split(" ");
    return (await call(verb === "GET" ? "GET" : "POST", path, fields)) as Record<string, unknown>;
  };
}

async function posted(url: string, fields: Record<string, string>): Promise<unknown> {
  return (await fetch(url, { method: "POST", body: new URLSearchParams(fields) })).json();
}

/** A text (or a number's) inside a reply; all of the reply when there is none there, so that a test says what came. */
function read(value: unknown, ...names: string[]): string {
  const found = names.reduce<unknown>((one, name) => (one as Record<string, unknown> | null | undefined)?.[name], value);
  return typeof found === "string" || typeof found === "number" ? String(found) : JSON.stringify(value);
}

function fen(text: string): string {
  return `${text.slice(0, -2)}.${text.slice(-2)}`;
}
