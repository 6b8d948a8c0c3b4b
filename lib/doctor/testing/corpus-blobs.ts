import { createHash, createHmac } from "node:crypto";
import type { CauseId } from "#lib/doctor/causes.ts";
import { type CorpusCase, gbk, hash, KEYS, percent } from "#lib/doctor/testing/shop.ts";

const JSON_TEXT =
  '{"merid":"M100","orderid":"S20261120001","txnamt":"8800","subject":"红茶 50% & A+B?>~ 测试","fronturl":"https://shop.example/back?a=1","note":"Tea\'s"}';
const INNER = Buffer.from(JSON_TEXT).toString("base64");
const md5 = (text: string | Buffer) => createHash("md5").update(text).digest("hex");
const b64 = (text: string | Buffer) => Buffer.from(text as string).toString("base64");
const K = KEYS.mpgateway;
const python = JSON_TEXT.replaceAll('":"', '": "').replaceAll('","', '", "');
const escaped = JSON_TEXT.replace(/[\u0080-\uffff]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16)}`);
const mime = (end: string) => INNER.replace(/.{76}(?=.)/g, `$&${end}`);
const sorted = ["fronturl", "merid", "note", "orderid", "subject", "txnamt"]
  .map((name) => `${name}=${(JSON.parse(JSON_TEXT) as Record<string, string>)[name]}`)
  .join("&");

type Mp = [name: string, truth: CorpusCase["truth"], sign: string, resp?: string];
const MPGATEWAY: readonly Mp[] = [
  ["genuine", "right", md5(INNER + K)],
  ["genuine, + arrived as a blank", "right", md5(INNER + K), INNER.replaceAll("+", " ")],
  ["upper-case hex", ["hex_case"], md5(INNER + K).toUpperCase()],
  ["signed the JSON", ["not_wrapped"], md5(JSON_TEXT + K)],
  ["signed base64 twice", ["not_wrapped"], md5(b64(INNER) + K)],
  ["signed the percent-encoded base64", ["values_encoded"], md5(encodeURIComponent(INNER) + K)],
  ["signed base64 in lines of 76", ["base64_form"], md5(mime("\n") + K)],
  ["signed base64 in lines of 76, CRLF", ["base64_form"], md5(mime("\r\n") + K)],
  ["sent base64 in lines, signed without", ["base64_form"], md5(INNER + K), mime("\r\n")],
  ["signed url-safe base64", ["base64_form"], md5(INNER.replaceAll("+", "-").replaceAll("/", "_") + K)],
  ["sent url-safe base64", ["base64_form"], md5(INNER + K), INNER.replaceAll("+", "-").replaceAll("/", "_")],
  ["signed base64 without padding", ["base64_form"], md5(INNER.replace(/=+$/, "") + K)],
  ["JSON written again with blanks", ["json_rewritten"], md5(b64(python) + K)],
  ["JSON written again with \\u", ["json_rewritten"], md5(b64(escaped) + K)],
  ["JSON written again with \\/", ["json_rewritten"], md5(b64(JSON_TEXT.replaceAll("/", "\\/")) + K)],
  [
    "JSON written again, sorted",
    ["json_rewritten"],
    md5(b64(JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(JSON_TEXT) as object).sort(([a], [b]) => (a < b ? -1 : 1))))) + K),
  ],
  ["JSON written again, indented", ["json_rewritten"], md5(b64(JSON.stringify(JSON.parse(JSON_TEXT), null, 2)) + K)],
  ["JSON written again, txnamt as a number", ["json_rewritten"], md5(b64(JSON_TEXT.replace('"8800"', "8800")) + K)],
  ["JSON in GBK", ["charset"], md5(b64(gbk(JSON_TEXT)) + K)],
  ["&key=", ["key_joined"], md5(`${INNER}&key=${K}`)],
  ["key before", ["key_joined"], md5(K + INNER)],
  ["no key", ["key_missing"], md5(INNER)],
  ["req= before", ["frame_wrong"], md5(`resp=${INNER}${K}`)],
  ["by the rule of sorted fields", ["other_rules"], md5(`${sorted}&key=${K}`)],
  ["live key", ["key_other_mode"], md5(INNER + KEYS.mpgatewayLive)],
  ["xxpay's key", ["key_other_gateway"], md5(INNER + KEYS.xxpay)],
  ["key with a line feed", ["key_blank"], md5(`${INNER}${K}\n`)],
  ["key in upper case", ["key_case"], md5(INNER + K.toUpperCase())],
  ["HMAC-MD5", ["algorithm"], createHmac("md5", K).update(INNER).digest("hex")],
  ["SHA-256", ["algorithm"], hash("sha256")(Buffer.from(INNER + K))],
  ["double MD5", ["algorithm"], md5(md5(INNER + K))],
  ["base64 signature", ["signature_form"], Buffer.from(md5(INNER + K), "hex").toString("base64")],
  ["sixteen signs", ["truncated"], md5(INNER + K).slice(8, 24)],
  ["sent encoded twice", ["double_encoded"], md5(INNER + K), encodeURIComponent(INNER)],
  ["JSON with blanks and the live key", ["key_other_mode", "json_rewritten"], md5(b64(python) + KEYS.mpgatewayLive)],
  ["signed the JSON, with &key=", ["key_joined", "not_wrapped"], md5(`${JSON_TEXT}&key=${K}`)],
  ["a stranger's key", "unknown", md5(INNER + KEYS.stranger)],
  ["another amount", "unknown", md5(b64(JSON_TEXT.replace("8800", "3140")) + K)],
];

const BODY =
  '{"type":"order.paid","timestamp":"2026-11-20T10:57:04.000Z","data":{"sequence":4,"order":{"id":"ord_1","title":"红茶 & \\"A+B\\" 50%","amount":"88.00","url":"https://shop.example/a","live":false,"note":null}}}';
const ID = "msg_2KWPBgLlAfxdpx2AI54pPJ85f4W";
const TIME = "1795190400";
const secret = (text: string) => Buffer.from(text.replace("whsec_", ""), "base64");
const W = secret(KEYS.webhook);
const sha = (text: string | Buffer, key: Buffer | string = W) => createHmac("sha256", key).update(text).digest("base64");
const full = (body: string) => `${ID}.${TIME}.${body}`;
const pretty = JSON.stringify(JSON.parse(BODY), null, 2);
const spaced = BODY.replaceAll('":', '": ').replaceAll(',"', ', "');

type Hook = [name: string, truth: CorpusCase["truth"], signature: string, body?: string, time?: string];
const WEBHOOK: readonly Hook[] = [
  ["genuine", "right", `v1,${sha(full(BODY))}`],
  ["genuine among two", "right", `v1,${sha(full(BODY), "old")} v1,${sha(full(BODY))}`],
  ["too old", ["too_old"], `v1,${sha(`${ID}.1795100000.${BODY}`)}`, BODY, "1795100000"],
  ["the body was parsed and written with blanks", ["json_rewritten"], `v1,${sha(full(BODY))}`, spaced],
  ["the body was parsed and indented", ["json_rewritten"], `v1,${sha(full(BODY))}`, pretty],
  [
    "the body was parsed and written by PHP",
    ["json_rewritten"],
    `v1,${sha(full(BODY))}`,
    BODY.replaceAll("/", "\\/").replace(/[\u0080-\uffff]/g, (s) => `\\u${s.charCodeAt(0).toString(16)}`),
  ],
  [
    "the body was parsed and written by Python",
    ["json_rewritten"],
    `v1,${sha(full(BODY))}`,
    spaced.replace(/[\u0080-\uffff]/g, (s) => `\\u${s.charCodeAt(0).toString(16)}`),
  ],
  ["signed Python's json.dumps", ["json_rewritten"], `v1,${sha(full(spaced))}`],
  ["the body was HTML-escaped", ["html_escaped"], `v1,${sha(full(BODY))}`, BODY.replaceAll("&", "&amp;").replaceAll('"', "&quot;")],
  ["a line feed was added to what was signed", ["trailing_newline"], `v1,${sha(full(`${BODY}\n`))}`],
  ["a byte order mark was put", ["bom"], `v1,${sha(full(BODY))}`, `\ufeff${BODY}`],
  ["read as Latin-1", ["charset"], `v1,${sha(full(BODY))}`, Buffer.from(BODY).toString("latin1")],
  ["line ends became CRLF", ["line_endings"], `v1,${sha(full(pretty))}`, pretty.replaceAll("\n", "\r\n")],
  [
    "signed as GBK",
    ["charset"],
    `v1,${createHmac("sha256", W)
      .update(gbk(full(BODY)))
      .digest("base64")}`,
  ],
  ["the body alone", ["frame_wrong"], `v1,${sha(BODY)}`],
  ["timestamp.body", ["frame_wrong"], `v1,${sha(`${TIME}.${BODY}`)}`],
  ["timestamp.id.body", ["frame_wrong"], `v1,${sha(`${TIME}.${ID}.${BODY}`)}`],
  ["no dots", ["frame_wrong"], `v1,${sha(ID + TIME + BODY)}`],
  ["timestamp in milliseconds", ["timestamp_unit"], `v1,${sha(`${ID}.${TIME}000.${BODY}`)}`],
  ["secret as text", ["key_encoded"], `v1,${sha(full(BODY), KEYS.webhook)}`],
  ["secret as text without its prefix", ["key_encoded"], `v1,${sha(full(BODY), KEYS.webhook.slice(6))}`],
  ["the other endpoint's secret", ["key_other_account"], `v1,${sha(full(BODY), secret(KEYS.webhookOther))}`],
  ["the desk's secret", ["key_other_kind"], `v1,${sha(full(BODY), KEYS.desk)}`],
  ["hex for base64", ["signature_form"], `v1,${createHmac("sha256", W).update(full(BODY)).digest("hex")}`],
  [
    "url-safe",
    ["signature_form"],
    `v1,${createHmac("sha256", W)
      .update(full(`${BODY}`))
      .digest("base64url")}`,
  ],
  ["SHA-1", ["algorithm"], `v1,${createHmac("sha1", W).update(full(BODY)).digest("base64")}`],
  ["SHA-512", ["algorithm"], `v1,${createHmac("sha512", W).update(full(BODY)).digest("base64")}`],
  [
    "no HMAC",
    ["algorithm"],
    `v1,${createHash("sha256")
      .update(full(BODY) + KEYS.webhook)
      .digest("base64")}`,
  ],
  ["written again, and the body alone", ["json_rewritten", "frame_wrong"], `v1,${sha(BODY)}`, spaced],
  ["written again, and the secret as text", ["key_encoded", "json_rewritten"], `v1,${sha(full(BODY), KEYS.webhook)}`, pretty],
  ["a stranger's secret", "unknown", `v1,${sha(full(BODY), KEYS.stranger)}`],
  ["another body", "unknown", `v1,${sha(full(BODY))}`, BODY.replace("88.00", "31.40")],
  ["no signature", ["missing"], ""],
];

const none: readonly CauseId[] = [];
export const BLOB_CORPUS: readonly CorpusCase[] = [
  ...MPGATEWAY.map(
    ([name, truth, sign, resp = INNER]): CorpusCase => ({
      ...{ name: `mpgateway: ${name}`, scheme: "mpgateway", truth: truth ?? none },
      pasted: `POST /notify HTTP/1.1\nContent-Type: application/x-www-form-urlencoded\n\nresp=${percent(resp)}&sign=${percent(sign)}`,
    }),
  ),
  ...WEBHOOK.map(
    ([name, truth, signature, body = BODY, time = TIME]): CorpusCase => ({
      ...{ name: `webhook: ${name}`, scheme: "webhook", truth: truth ?? none },
      pasted: `POST /hook HTTP/1.1\nContent-Type: application/json\nwebhook-id: ${ID}\nwebhook-timestamp: ${time}\nwebhook-signature: ${signature}\n\n${body}`,
    }),
  ),
];
