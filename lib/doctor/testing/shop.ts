import { createHash, createHmac, createSign, generateKeyPairSync, randomBytes } from "node:crypto";
import type { CauseId } from "#lib/doctor/causes.ts";
import type { SchemeId } from "#lib/doctor/specimen.ts";

/**
 * Shops and gateways that sign, written from the documents with node:crypto alone: nothing of the doctor's is used, so that the
 * corpus does not sign its own exam. Each step can be done wrongly by handing in another.
 */
export type Entry = [name: string, value: string];

/** A signer with every step open to be done wrongly. */
export interface Signer {
  /** What the signer's program sees, before it sends: it signs these. */
  mean: (fields: Entry[]) => Entry[];
  /** What arrives, of what was meant. */
  arrive: (fields: Entry[]) => Entry[];
  keep: (entry: Entry) => boolean;
  sort: (fields: Entry[]) => Entry[];
  write: (text: string) => string;
  join: (pairs: string[]) => string;
  /** Adds the timestamp (HipoPay) or the key (MD5). */
  close: (text: string, key: string) => string;
  bytes: (text: string) => Buffer;
  key: (key: string) => string;
  digest: (bytes: Buffer, key: string) => string;
  /** The form of what arrives. */
  encode: (text: string) => string;
  /** What is done to the signature on its way. */
  carry: (signature: string) => string;
  /** What is done to the whole form or query. */
  post: (form: string) => string;
}

/** What a case of the corpus is: a message, and what is truly wrong with it. */
export interface CorpusCase {
  name: string;
  scheme: SchemeId;
  /** `right`: nothing. `unknown`: nothing the doctor could know; it must not make a cause up. */
  truth: readonly CauseId[] | "right" | "unknown";
  pasted: string;
  signType?: "MD5" | "RSA";
}

export const byBytes = (fields: Entry[]) => fields.toSorted(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
export const hash = (name: string) => (bytes: Buffer) => createHash(name).update(bytes).digest("hex");
export const hmac = (name: string) => (bytes: Buffer, key: string) => createHmac(name, key).update(bytes).digest("hex");
export const rsa = (name: string, privateKey: string) => (bytes: Buffer) => createSign(name).update(bytes).sign(privateKey, "base64");
/** RFC 3986 with everything but `A-Za-z0-9_.-` escaped, byte by byte. */
export const percent = (text: string) =>
  [...Buffer.from(text, "utf8")]
    .map((byte) =>
      /[A-Za-z0-9_.-]/.test(String.fromCharCode(byte)) ? String.fromCharCode(byte) : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`,
    )
    .join("");

const pair = () =>
  generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
/** Everybody's keys: ours in test and live, another account's, somebody's nobody knows. */
export const KEYS = {
  xxpay: "Nf7Qm2Xt9Rk4Vb8Zs3Hd6Wp1Lc5Jg0Ty",
  xxpayLive: "LvUw81Kq5Zx0Pn7Bd3Gh9Rt2Ym6Cs4Fj",
  xxpayOther: "OtherAccountsKey77aXbYcZdWeVfUgT",
  mpgateway: "mP3kQ9wZx7Rb5Tn1",
  mpgatewayLive: "LiveMp8Gk2Vc6Hd4",
  fengniao: "B8vX7jfDKHsUZcIkNuJqhoPGg9Ey4Ywz",
  fengniaoLive: "Zq8wE7rT6yU5iO4pA3sD2fG1hJ0kL9xC",
  desk: "dsk_test_Q2FzaGllckRlc2tTZWNyZXRUZXN0MDE",
  deskLive: "dsk_live_Q2FzaGllckRlc2tTZWNyZXRMaXZlMDE",
  webhook: `whsec_${Buffer.from("a webhook's secret of 32 bytes!!").toString("base64")}`,
  webhookOther: `whsec_${Buffer.from("the other endpoint's 32 bytes!!!").toString("base64")}`,
  stranger: randomBytes(24).toString("hex"),
  merchant: pair(),
  gateway: pair(),
  gatewayLive: pair(),
  merchantLive: pair(),
  strangerRsa: pair(),
};

/** The words the corpus uses, in GBK: Node only decodes it. */
const GBK: Readonly<Record<string, string>> = {
  红: "baec",
  茶: "b2e8",
  测: "b2e2",
  试: "cad4",
  商: "c9cc",
  品: "c6b7",
  订: "b6a9",
  单: "b5a5",
  备: "b1b8",
  注: "d7a2",
};
export const gbk = (text: string) =>
  Buffer.concat([...text].map((sign) => (sign < "\u0080" ? Buffer.from(sign) : Buffer.from(GBK[sign] ?? "3f", "hex"))));
export const gbkForm = (text: string) => [...gbk(text)].map((byte) => `%${byte.toString(16).padStart(2, "0").toUpperCase()}`).join("");

/** Signs and sends: the form as it arrives, and the signature beside it. */
export function sent(signer: Signer, fields: Entry[], key: string): { form: string; signature: string } {
  const signed = signer
    .sort(signer.mean(fields).filter(signer.keep))
    .map(([name, value]) => `${signer.write(name)}=${signer.write(value)}`);
  const used = signer.key(key);
  const signature = signer.digest(signer.bytes(signer.close(signer.join(signed), used)), used);
  const form = signer.arrive(fields).map(([name, value]) => `${signer.encode(name)}=${signer.encode(value)}`);
  return { form: signer.post(form.join("&")), signature: signer.carry(signature) };
}

/** A signer that does everything right but what it is told. */
export const honest: Omit<Signer, "keep" | "write" | "close" | "digest"> = {
  mean: (fields) => fields,
  arrive: (fields) => fields,
  sort: byBytes,
  join: (pairs) => pairs.join("&"),
  bytes: (text) => Buffer.from(text, "utf8"),
  key: (key) => key,
  encode: percent,
  carry: (signature) => signature,
  post: (form) => form,
};
