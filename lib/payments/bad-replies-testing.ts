import type { Money } from "#lib/domain/money.ts";
import type { Standing } from "#lib/domain/verdict.ts";
import type { Created, Outcome, RefundStanding } from "#lib/gateways/gateway.ts";
import type { PayoutStanding } from "#lib/gateways/payout.ts";
import type { OutgoingAnswer } from "#lib/gateways/port.ts";
import type { Random } from "../../scripts/fuzz/random.ts";

/** For tests: every way a reply can be spoilt between a gateway and us, and what may then be believed. */

/** One call of ours with the reply it really got, and the reply the same call about another order got. */
export interface Asked {
  name: string;
  run(): Promise<Outcome<unknown>>;
  genuine: OutgoingAnswer & { kind: "answer" };
  other: OutgoingAnswer & { kind: "answer" };
  /** What the genuine reply meant. */
  meaning: string;
}

/** A spoilt reply. `lie`: well-formed and about something else, so it must not be believed at all. */
export interface Bad {
  name: string;
  answer: OutgoingAnswer;
  lie?: true;
}

const MEBIBYTE = 1_048_576;

/**
 * What an outcome leads to, without what decides nothing (times, payers, codes), its gateway's number last; `unclear` moves
 * nothing and is asked again. A create of unclear end that takes over a number says so: by it would be asked.
 */
export function meaningOf(outcome: Outcome<unknown>, amount: Money): string {
  if (!outcome.ok) return outcome.kind === "refused" ? `refused ${outcome.code}` : "unclear";
  const value = outcome.value as Standing | RefundStanding | PayoutStanding | Created | RefundStanding[];
  if (Array.isArray(value)) return value.map((one) => standingMeaning(one, amount)).join();
  if (!("presentation" in value)) return standingMeaning(value, amount);
  const standing = value.standing ? standingMeaning(value.standing, amount) : "pending";
  if (standing === "unclear") return value.gatewayRef === null ? standing : `unclear ${value.gatewayRef}`;
  return `${JSON.stringify(value.presentation)} ${standing.split(" ")[0]} ${value.gatewayRef ?? ""}`;
}

// Another amount than asked for is a mismatch to those who judge (verdict.ts, payout.ts): flagged, and nothing moves.
function standingMeaning(standing: Standing | RefundStanding | PayoutStanding, amount: Money): string {
  if (standing.kind === "unknown") return "unclear";
  const got = "amount" in standing ? standing.amount : null;
  const moves = standing.kind === "paid" || standing.kind === "refunded" || standing.kind === "succeeded";
  if (moves && got !== null && (got.minor !== amount.minor || got.currency !== amount.currency)) return "unclear";
  return standing.kind === "pending" ? "pending" : `${standing.kind} ${refOf(standing)}`;
}

function refOf(standing: Standing | RefundStanding | PayoutStanding): string {
  if ("gatewayRefundRef" in standing) return standing.gatewayRefundRef ?? "";
  return "gatewayRef" in standing ? (standing.gatewayRef ?? "") : "";
}

/** Replies that are no reply, or not one of this protocol, or cut, or too long. */
export function brokenReplies({ genuine }: Asked, random: Random): Bad[] {
  const { body, status } = genuine;
  const as = (code: number, text: string): OutgoingAnswer => ({ kind: "answer", status: code, headers: {}, body: text });
  const html = "<!doctype html><title>502 Bad Gateway</title><h1>502</h1>";
  const whole: [string, OutgoingAnswer][] = [
    ["no answer, the request never left", { kind: "none", reached: "no", message: "ECONNREFUSED" }],
    ["no answer, it may have arrived", { kind: "none", reached: "maybe", message: "timeout" }],
    ...[500, 503].flatMap((code): [string, OutgoingAnswer][] => [
      [`${code} and nothing`, as(code, "")],
      [`${code} and a page`, as(code, html)],
      [`${code} and the genuine body`, as(code, body)],
    ]),
    ...[301, 302, 304].map((code): [string, OutgoingAnswer] => [`${code} and the genuine body`, as(code, body)]),
    ...[200, 204, 404].map((code): [string, OutgoingAnswer] => [`${code} and nothing`, as(code, "")]),
    ...[200, 403, 404].map((code): [string, OutgoingAnswer] => [`${code} and a page`, as(code, html)]),
    ...["null", "true", "0", '""', "[]", "{}", "{}{}", "success", "\u0000", "\uFEFF{}"].map((text): [string, OutgoingAnswer] => [
      `200 and ${JSON.stringify(text)}`,
      as(200, text),
    ]),
    ["twice over", as(status, body + body)],
    ["something behind it", as(status, `${body}<!-- cached -->`)],
    ["longer than anybody reads, inside", as(status, body.replace("{", `{"pad":"${"x".repeat(MEBIBYTE)}",`))],
    ["latin-1 read as UTF-8", as(status, body.replace(/[^\x20-\x7e]/, "\ufffd").replace(/$/, "\ufffd"))],
  ];
  const cut = Array.from({ length: 12 }, () => random.below(body.length)).map((at): [string, OutgoingAnswer] => [
    `cut at ${at}`,
    as(status, body.slice(0, at)),
  ]);
  return [...whole, ...cut].map(([name, answer]) => ({ name, answer }));
}

/** Bytes changed on the way: for a signed reply none may change the meaning. */
export function changedBytes({ genuine }: Asked, random: Random, count: number): Bad[] {
  return Array.from({ length: count }, () => {
    const at = random.below(genuine.body.length);
    const sign = String.fromCharCode(32 + random.below(95));
    const body = random.pick([
      genuine.body.slice(0, at) + sign + genuine.body.slice(at + 1),
      genuine.body.slice(0, at) + genuine.body.slice(at + 1),
      genuine.body.slice(0, at) + sign + genuine.body.slice(at),
      genuine.body.replace(/"(sign|resp)":"[^"]*"/, (_all, name: string) => `"${name}":"${random.pick(["", "0", sign])}"`),
      genuine.body.replace(/,?"sign":"[^"]*"/, ""),
    ]);
    return { name: `changed at ${at} to ${JSON.stringify(sign)}`, answer: { ...genuine, body } };
  });
}

/** Each field of a JSON reply, wherever it is nested: gone, null, empty, of another type, said twice, or spelt as a float. */
export function changedFields({ genuine }: Asked): Bad[] {
  const bad: Bad[] = [];
  const add = (name: string, body: string): void => void bad.push({ name, answer: { ...genuine, body } });
  // Names and values by their place in the text, so that the rest stays as it was, digit for digit.
  for (const found of genuine.body.matchAll(/"((?:[^"\\]|\\.)*)"\s*:\s*("(?:[^"\\]|\\.)*"|-?\d[\d.]*|true|false|null)(,?)/g)) {
    const [all, name = "", value = "", comma = ""] = found;
    const at = found.index;
    const put = (text: string): string => genuine.body.slice(0, at) + text + genuine.body.slice(at + all.length);
    add(`${name} gone`, put("").replace(/,(\s*})/, "$1"));
    for (const other of ["null", '""', `[${value}]`]) add(`${name} is ${other}`, put(`"${name}":${other}${comma}`));
    add(`${name} twice`, put(`"${name}":${value},"${name}":"x"${comma}`));
    add(`${name} twice, alike`, put(`"${name}":${value},"${name}":${value}${comma}`));
    const digits = value.replaceAll('"', "");
    if (/^\d+(\.\d+)?$/.test(digits) && !/^0\d/.test(digits)) {
      for (const float of [`${digits}e0`, `${digits}00000000001e-1`, `-${digits}`])
        add(`${name} is ${float}`, put(`"${name}":${float}${comma}`));
    }
  }
  return bad;
}

/** The replies to the same call about another order, and to every other call about either. */
export function swappedReplies(asked: Asked, all: readonly Asked[]): Bad[] {
  const own: Bad = { name: "the other order's reply", answer: asked.other, lie: true };
  const others = all.filter((one) => one !== asked && one.name !== asked.name);
  return [own, ...others.map((one): Bad => ({ name: `the other order's ${one.name}`, answer: one.other, lie: true }))];
}
