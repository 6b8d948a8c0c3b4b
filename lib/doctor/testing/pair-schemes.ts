import { type CorpusCase, type Entry, hash, hmac, honest, KEYS, percent, rsa, type Signer, sent } from "#lib/doctor/testing/shop.ts";

/** A scheme of sorted pairs, as its document has it, with a message to sign. */
export interface PairScheme {
  scheme: CorpusCase["scheme"];
  signType: "MD5" | "RSA";
  label: string;
  key: string;
  fields: Entry[];
  right: Signer;
  /** The pasted message around the form and its signature. */
  pasted: (form: string, signature: string) => string;
}

const upper = (digest: (bytes: Buffer, key: string) => string) => (bytes: Buffer, key: string) => digest(bytes, key).toUpperCase();
const HTTP = "Host: shop.example\nContent-Type: application/x-www-form-urlencoded";

/** What every message has: free text with everything in it that goes wrong, an amount, a count, JSON, nothing. */
const COMMON: Entry[] = [
  ["subject", '红茶 50% & "A+B" 测试'],
  ["price", "88.00"],
  ["count", "100"],
  ["zero", "0"],
  ["flag", "true"],
  ["note", "Tea's Best+1"],
  ["attach", ""],
  ["detail", '{"tea":"茶","path":"/a/b"}'],
  ["Zone", "HK"],
];
const NOTICE: Entry[] = COMMON.map(([name, value]): Entry => [name, value.replaceAll("&", "and")]);

const TIME = "1795190400";

/** The five: xxpay, fengniao with MD5 and with RSA, HipoPay's two directions, our cashier's address. */
export const PAIR_SCHEMES: readonly PairScheme[] = [
  {
    ...{ scheme: "xxpay", label: "xxpay", signType: "MD5", key: KEYS.xxpay },
    fields: [
      ["mchId", "20001222"],
      ["appId", "0ae8be35ff634e2abe94f5f32f6d5c4f"],
      ["mchOrderNo", "S20261120001"],
      ["mchattach", "x"],
      ...COMMON,
    ],
    right: {
      ...honest,
      keep: ([name, value]) => value !== "" && name !== "sign",
      write: (text) => text,
      close: (text, key) => `${text}&key=${key}`,
      digest: upper(hash("md5")),
    },
    pasted: (form, signature) => `POST /notify HTTP/1.1\n${HTTP}\n\n${form}&sign=${percent(signature)}`,
  },
  {
    ...{ scheme: "fengniao", label: "fengniao", signType: "MD5", key: KEYS.fengniao },
    fields: [["app_id", "2018031171827642"], ["sign_type", "MD5"], ["out_trade_no", "T1503043962"], ["Out_no", "1"], ...COMMON],
    right: {
      ...honest,
      keep: ([name, value]) => value.trim() !== "" && name !== "sign" && name !== "sign_type",
      write: (text) => text,
      close: (text, key) => `${text}&key=${key}`,
      digest: hash("md5"),
    },
    pasted: (form, signature) => `${form}&sign=${percent(signature)}`,
  },
  {
    ...{ scheme: "fengniao", label: "fengniao RSA", signType: "RSA", key: KEYS.fengniao },
    fields: [["app_id", "2018031171827642"], ["sign_type", "RSA"], ["out_trade_no", "T1503043963"], ["Out_no", "1"], ...COMMON],
    right: {
      ...honest,
      keep: ([name, value]) => value.trim() !== "" && name !== "sign" && name !== "sign_type",
      write: (text) => text,
      close: (text, key) => `${text}&key=${key}`,
      digest: rsa("sha1", KEYS.gateway.privateKey),
    },
    pasted: (form, signature) => `${form}&sign=${percent(signature)}`,
  },
  {
    ...{ scheme: "hipopay-request", label: "hipopay request", signType: "RSA", key: "" },
    fields: [["merchant_no", "1234567"], ["amount", "88.5"], ["agent_order_id", "A-1001"], ["agentNote", "x"], ...COMMON],
    right: {
      ...honest,
      keep: () => true,
      write: percent,
      close: (text) => `${text},${TIME}`,
      digest: rsa("sha256", KEYS.merchant.privateKey),
    },
    pasted: (form, signature) =>
      `curl -X POST 'https://api.example.com/qr_pay' -H 'AgentNo: 1001' -H 'Version: 1.0' -H 'Timestamp: ${TIME}' -H 'Signature: ${signature}' -d '${form.replaceAll("'", "%27")}'`,
  },
  {
    ...{ scheme: "hipopay-notification", label: "hipopay notification", signType: "RSA", key: "" },
    fields: [["no", "2026112000001"], ["status", "PAID"], ["agent_order_id", "A-1001"], ["agentNote", "x"], ...NOTICE],
    right: {
      ...honest,
      keep: () => true,
      write: (text) => text,
      close: (text) => `${text},${TIME}`,
      digest: rsa("sha256", KEYS.gateway.privateKey),
    },
    pasted: (form, signature) =>
      `POST /api/notify/hipopay-agent/acc_1 HTTP/1.1\n${HTTP}\nTimestamp: ${TIME}\nSignature: ${signature}\n\n${form}`,
  },
  {
    ...{ scheme: "desk", label: "desk", signType: "MD5", key: KEYS.desk },
    fields: [
      ["merchant_no", "mer_1"],
      ["amount", "88.5"],
      ["currency", "HKD"],
      ["lang", "zh-HK"],
      ["return_url", "https://shop.example/back?a=1&b=2"],
      ["merchantNote", "x"],
      ...COMMON,
    ],
    right: {
      ...honest,
      keep: ([name]) => name !== "sign" && name !== "lang",
      write: percent,
      close: (text) => text,
      digest: hmac("sha256"),
    },
    pasted: (form, signature) => `https://pay.example/desk?${form}&sign=${encodeURIComponent(signature)}`,
  },
];

/** A message signed with what is changed; null when nothing differs from the right one, so that nobody could see a mistake. */
export function broken({ right, fields, key, pasted }: PairScheme, change: Partial<Signer>, otherKey = key): string | null {
  const good = sent(right, fields, key);
  const bad = sent({ ...right, ...change }, fields, otherKey);
  return good.form === bad.form && good.signature === bad.signature ? null : pasted(bad.form, bad.signature);
}
