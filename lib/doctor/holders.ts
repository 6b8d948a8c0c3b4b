import type { Key, KeyRing, RsaKey } from "#lib/doctor/keys.ts";
import type { SchemeId } from "#lib/doctor/specimen.ts";

/** Whoever has keys a message may be signed with: a gateway account, a compatibility key, our cashier's address, a webhook endpoint. */
export interface Holder {
  id: string;
  /** A gateway's id, or `desk`, `webhook`. */
  family: string;
  title: string;
  live: boolean | null;
  /** What it is called on the wire (AgentNo, mchId, …): by these a message is found to be about it. */
  numbers: readonly string[];
  secret: string | null;
  signType: "MD5" | "RSA";
  /** The caller's pair, and the gateway's; what is not known is null. */
  caller: Pem | null;
  gateway: Pem | null;
}

interface Pem {
  publicPem: string;
  privatePem: string | null;
}

/** Which families a scheme may belong to. */
export const FAMILIES: Readonly<Record<SchemeId, readonly string[]>> = {
  "hipopay-request": ["hipopay-agent", "hipopay-merchant"],
  "hipopay-notification": ["hipopay-agent", "hipopay-merchant"],
  xxpay: ["xxpay"],
  mpgateway: ["mpgateway"],
  fengniao: ["fengniao"],
  desk: ["desk"],
  webhook: ["webhook"],
};

/** The keys of all holders as one of them sees them: its own first, the others by what it would mean if they had signed. `side` signs. */
export function ringFor(own: Holder | null, side: "caller" | "gateway", holders: readonly Holder[]): KeyRing {
  const order = own ? [own, ...holders.filter((one) => one !== own)] : [...holders];
  const secrets = order.flatMap((one): Key[] => {
    if (one.secret === null) return [];
    const relation = relationOf(one, own);
    return [{ label: one.title, relation, text: one.secret, ...(one.family === "webhook" && { bytes: hmacKey(one.secret) }) }];
  });
  const rsa = order.flatMap((one): RsaKey[] => {
    const relation = relationOf(one, own);
    const [right, other] = side === "caller" ? [one.caller, one.gateway] : [one.gateway, one.caller];
    return [
      ...(right ? [{ label: one.title, relation, ...right }] : []),
      ...(other ? [{ label: one.title, relation: relation === "own" ? ("other_kind" as const) : relation, ...other }] : []),
    ];
  });
  return { secrets, rsa };
}

/** How a webhook's secret is used: what follows `whsec_` is base64. */
export function hmacKey(secret: string): Uint8Array {
  return Buffer.from(secret.replace(/^whsec_/, ""), "base64");
}

function relationOf(one: Holder, own: Holder | null): Key["relation"] {
  if (one === own) return "own";
  const ours = (family: string | undefined) => family === "desk" || family === "webhook";
  if (one.family !== own?.family) return ours(one.family) || ours(own?.family) ? "other_kind" : "other_gateway";
  return one.live === own.live || one.live === null ? "other_account" : "other_mode";
}
