import type { Key, KeyRing, RsaKey } from "#lib/doctor/keys.ts";
import type { SchemeId } from "#lib/doctor/specimen.ts";
import { KEYS } from "#lib/doctor/testing/shop.ts";

const secret = (label: string, text: string, relation: Key["relation"]): Key => ({
  ...{ label, text, relation },
  ...(text.startsWith("whsec_") && { bytes: Buffer.from(text.slice(6), "base64") }),
});
const rsa = (label: string, pair: { publicKey: string; privateKey: string }, relation: RsaKey["relation"], ours: boolean): RsaKey => ({
  ...{ label, relation, publicPem: pair.publicKey, privatePem: ours ? pair.privateKey : null },
});

/** What a merchant with an account at every gateway, in test and live, has: by scheme, its own key first. */
export function ringOf(scheme: SchemeId): KeyRing {
  const all: [SchemeId, "own" | "other_mode" | "other_account", string, string][] = [
    ["xxpay", "own", "xxpay test", KEYS.xxpay],
    ["xxpay", "other_mode", "xxpay live", KEYS.xxpayLive],
    ["xxpay", "other_account", "xxpay two", KEYS.xxpayOther],
    ["mpgateway", "own", "mpgateway test", KEYS.mpgateway],
    ["mpgateway", "other_mode", "mpgateway live", KEYS.mpgatewayLive],
    ["fengniao", "own", "fengniao test", KEYS.fengniao],
    ["fengniao", "other_mode", "fengniao live", KEYS.fengniaoLive],
    ["desk", "own", "desk test", KEYS.desk],
    ["desk", "other_mode", "desk live", KEYS.deskLive],
    ["webhook", "own", "webhook one", KEYS.webhook],
    ["webhook", "other_account", "webhook two", KEYS.webhookOther],
  ];
  const ours = (one: SchemeId) => one === "desk" || one === "webhook";
  const secrets = all.map(([of, relation, label, text]) =>
    secret(label, text, of === scheme ? relation : ours(of) || ours(scheme) ? "other_kind" : "other_gateway"),
  );
  const request = scheme === "hipopay-request";
  const pairs: RsaKey[] = [
    rsa("merchant test", KEYS.merchant, request ? "own" : "other_kind", true),
    rsa("gateway test", KEYS.gateway, request ? "other_kind" : "own", false),
    rsa("merchant live", KEYS.merchantLive, request ? "other_mode" : "other_kind", true),
    rsa("gateway live", KEYS.gatewayLive, request ? "other_kind" : "other_mode", false),
  ];
  const own = secrets.filter(({ relation }) => relation === "own");
  return {
    secrets: [...own, ...secrets.filter(({ relation }) => relation !== "own")],
    rsa: scheme.startsWith("hipopay") || scheme === "fengniao" ? pairs : [],
  };
}

/** A clock that goes on by `step` milliseconds each time it is looked at: a busy machine must not change what a search finds. */
export function steadyClock(step = 1): () => number {
  let at = 0;
  return () => {
    at += step;
    return at;
  };
}
