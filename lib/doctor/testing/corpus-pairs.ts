import type { CauseId } from "#lib/doctor/causes.ts";
import { type Breakage, FIELDS, JOINED_KEY, SHARED_KEY, VALUES } from "#lib/doctor/testing/breakages.ts";
import { broken, PAIR_SCHEMES, type PairScheme } from "#lib/doctor/testing/pair-schemes.ts";
import { type CorpusCase, type Entry, hash, hmac, KEYS, rsa, type Signer } from "#lib/doctor/testing/shop.ts";

const hexToBase64 = (signature: string) => Buffer.from(signature, "hex").toString("base64");
const wrapped = (signature: string) => signature.replace(/.{76}(?=.)/g, "$&\r\n ");
const isRsa = ({ scheme, signType }: PairScheme) => scheme.startsWith("hipopay") || (scheme === "fengniao" && signType === "RSA");

/** What is wrong with the signature itself, or whose it is. */
function signatures(scheme: PairScheme): Breakage[] {
  const { label, right } = scheme;
  if (isRsa(scheme)) return rsaSignatures(scheme);
  // xxpay writes upper-case hex: another algorithm's too, or there would be two mistakes.
  const as = (digest: Signer["digest"]): Signer["digest"] =>
    label === "xxpay" ? (bytes, key) => digest(bytes, key).toUpperCase() : digest;
  const found: Breakage[] = [
    {
      name: "hex in the other case",
      truth: ["hex_case"],
      change: () => ({ carry: (text) => (text === text.toUpperCase() ? text.toLowerCase() : text.toUpperCase()) }),
    },
    { name: "base64 for hex", truth: ["signature_form"], change: () => ({ carry: hexToBase64 }) },
    {
      name: "base64 of the hex text",
      truth: ["signature_form"],
      change: () => ({ carry: (text) => Buffer.from(text).toString("base64") }),
    },
    { name: "cut off", truth: ["truncated"], change: () => ({ carry: (text) => text.slice(0, 26) }) },
    { name: "in quotes", truth: ["signature_form"], change: () => ({ carry: (text) => `"${text}"` }) },
    {
      name: "SHA-256 or MD5 instead",
      truth: ["algorithm"],
      change: () => ({ digest: label === "desk" ? hmac("md5") : as(hash("sha256")) }),
    },
    { name: "SHA-1 instead", truth: ["algorithm"], change: () => ({ digest: label === "desk" ? hmac("sha1") : as(hash("sha1")) }) },
  ];
  if (label !== "desk")
    found.push({ name: "HMAC-MD5 instead", truth: ["algorithm"], change: () => ({ close: (text) => text, digest: as(hmac("md5")) }) });
  if (label !== "desk")
    found.push({ name: "the middle sixteen signs", truth: ["truncated"], change: () => ({ carry: (text) => text.slice(8, 24) }) });
  if (label === "desk")
    found.push({
      name: "SHA-256 with the key behind",
      truth: ["algorithm"],
      change: () => ({ close: (text, key) => text + key, digest: hash("sha256") }),
    });
  if (label === "xxpay")
    found.push({ name: "another account's key", truth: ["key_other_account"], change: () => ({ key: () => KEYS.xxpayOther }) });
  if (label === "xxpay")
    found.push({ name: "another gateway's key", truth: ["key_other_gateway"], change: () => ({ key: () => KEYS.fengniao }) });
  const live = { xxpay: KEYS.xxpayLive, fengniao: KEYS.fengniaoLive, desk: KEYS.deskLive }[label];
  if (live) found.push({ name: "the live key", truth: ["key_other_mode"], change: () => ({ key: () => live }) });
  return found.filter(({ change }) => change(right) !== undefined);
}

function rsaSignatures({ label }: PairScheme): Breakage[] {
  const request = label === "hipopay request";
  const own = request ? KEYS.merchant : KEYS.gateway;
  const hashName = label === "fengniao RSA" ? "sha1" : "sha256";
  return [
    {
      name: "the other hash",
      truth: ["algorithm"],
      change: () => ({ digest: rsa(hashName === "sha1" ? "sha256" : "sha1", own.privateKey) }),
    },
    { name: "MD5 with RSA", truth: ["algorithm"], change: () => ({ digest: rsa("md5", own.privateKey) }) },
    {
      name: "the other side's key",
      truth: ["key_other_kind"],
      change: () => ({ digest: rsa(hashName, (request ? KEYS.gateway : KEYS.merchant).privateKey) }),
    },
    {
      name: "the live key",
      truth: ["key_other_mode"],
      change: () => ({ digest: rsa(hashName, (request ? KEYS.merchantLive : KEYS.gatewayLive).privateKey) }),
    },
    {
      name: "url-safe base64",
      truth: ["signature_form"],
      change: () => ({ carry: (text) => text.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "") }),
    },
    { name: "hex for base64", truth: ["signature_form"], change: () => ({ carry: (text) => Buffer.from(text, "base64").toString("hex") }) },
    { name: "percent-encoded", truth: ["signature_form"], change: () => ({ carry: (text) => encodeURIComponent(text) }) },
    ...(label === "fengniao RSA"
      ? [
          { name: "line-wrapped", truth: ["signature_form" as const], change: () => ({ carry: wrapped }) },
          {
            name: "+ became a blank",
            truth: ["plus_or_space" as const],
            change: () => ({ carry: (text: string) => text.replaceAll("+", " ") }),
          },
          { name: "MD5 where RSA is set", truth: ["algorithm" as const], change: () => ({ digest: hash("md5") }) },
          { name: "no &key= before RSA", truth: ["key_missing" as const], change: () => ({ close: (text: string) => text }) },
        ]
      : []),
  ];
}

const TIMESTAMPS: readonly Breakage[] = [
  { name: "no timestamp", truth: ["timestamp_joined"], change: () => ({ close: (text) => text }) },
  {
    name: "& before the timestamp",
    truth: ["timestamp_joined"],
    change: (right) => ({ close: (text, key) => right.close(text, key).replace(/,(\d+)$/, "&$1") }),
  },
  {
    name: "timestamp in milliseconds",
    truth: ["timestamp_unit"],
    change: (right) => ({ close: (text, key) => `${right.close(text, key)}000` }),
  },
];

/** Two at once: the first named is the likelier to be looked for, both must be found. */
const COMBINED: readonly [string, string][] = [
  ["empty values signed", "a line feed behind the key"],
  ["price signed without its zeros", "not sorted"],
  ["signed as GBK", "note left unsigned"],
  ["empty values not signed", "price signed in cents"],
  ["key straight behind", "signed htmlspecialchars'ed values"],
  ["price signed without its zeros", "the live key"],
  ["sorted without regard to case", "the live key"],
];

function named(scheme: PairScheme): Breakage[] {
  const keyed = scheme.label === "xxpay" || scheme.label.startsWith("fengniao");
  const all = [
    ...VALUES,
    ...FIELDS,
    ...(keyed ? JOINED_KEY : []),
    ...(keyed || scheme.label === "desk" ? SHARED_KEY : []),
    ...(scheme.scheme.startsWith("hipopay") ? TIMESTAMPS : []),
    ...signatures(scheme),
  ];
  return all.filter(({ only }) => !only || only(scheme.scheme));
}

/** Every broken message of one scheme: each breakage whose trace can be seen, combinations, and what nobody can know. */
export function corpusOf(scheme: PairScheme): CorpusCase[] {
  const all = named(scheme);
  const cases: CorpusCase[] = [];
  const put = (name: string, truth: CorpusCase["truth"], pasted: string | null) => {
    if (pasted !== null) cases.push({ name: `${scheme.label}: ${name}`, scheme: scheme.scheme, truth, pasted, signType: scheme.signType });
  };
  // RSA with the key in the text shares its text rules with MD5: those are not counted twice.
  for (const { name, truth, change } of scheme.label === "fengniao RSA" ? signatures(scheme) : all)
    put(name, truth, broken(scheme, change(scheme.right)));
  for (const [first, second] of COMBINED) {
    const [a, b] = [all.find(({ name }) => name === first), all.find(({ name }) => name === second)];
    if (!a || !b || scheme.label === "fengniao RSA") continue;
    const once = { ...scheme.right, ...a.change(scheme.right) };
    const truth: CauseId[] = [...a.truth, ...b.truth];
    put(`${first}, ${second}`, truth, broken(scheme, { ...a.change(scheme.right), ...b.change(once as Signer) }));
  }
  put("genuine", "right", broken(scheme, { arrive: (fields) => fields.toReversed() }));
  put(
    "the price changed on the way",
    "unknown",
    broken(scheme, { arrive: (fields) => fields.map(([name, value]): Entry => [name, name === "price" ? "31.40" : value]) }),
  );
  put(
    "the subject changed on the way",
    "unknown",
    broken(scheme, { arrive: (fields) => fields.map(([name, value]): Entry => [name, name === "subject" ? "Coffee" : value]) }),
  );
  const stranger: Partial<Signer> = isRsa(scheme)
    ? { digest: rsa(scheme.label === "fengniao RSA" ? "sha1" : "sha256", KEYS.strangerRsa.privateKey) }
    : { key: () => KEYS.stranger };
  put("a key nobody knows", "unknown", broken(scheme, stranger));
  return cases;
}

export const PAIR_CORPUS: readonly CorpusCase[] = PAIR_SCHEMES.flatMap(corpusOf);
