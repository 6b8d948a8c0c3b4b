import { describe, expect, it } from "vitest";
import { diagnose } from "#lib/doctor/diagnose.ts";
import { type Key, NO_KEY, type RsaKey } from "#lib/doctor/keys.ts";
import { readMessage } from "#lib/doctor/message.ts";
import { READERS } from "#lib/doctor/readers.ts";
import type { SchemeId } from "#lib/doctor/specimen.ts";
import fengniao from "#lib/gateways/fengniao/vectors.json" with { type: "json" };
import agent from "#lib/gateways/hipopay-agent/vectors.json" with { type: "json" };
import merchant from "#lib/gateways/hipopay-merchant/vectors.json" with { type: "json" };
import mpgateway from "#lib/gateways/mpgateway/vectors.json" with { type: "json" };
import xxpay from "#lib/gateways/xxpay/vectors.json" with { type: "json" };

// Messages that other people's programs made (each vector names its source): nobody here wrote their signatures.

async function told(scheme: SchemeId, pasted: string, secret: string, rsa: RsaKey[] = []) {
  const key: Key = secret === "" ? NO_KEY : { ...NO_KEY, text: secret };
  const specimen = READERS[scheme](readMessage(pasted), key, "MD5");
  if (!specimen) throw new Error(`${scheme}: unreadable`);
  const ring = { secrets: secret === "" ? [] : [key], rsa };
  // The clock stands at the message: these are years old.
  const { verdict, explanations } = await diagnose([{ specimen, ring, original: null, name: scheme }], specimen.fresh?.at ?? new Date(0));
  return verdict === "explained" ? explanations[0]?.causes.map(({ id }) => id).join(" + ") : verdict;
}

const form = (fields: object) =>
  new URLSearchParams(Object.entries(fields).map(([name, value]): [string, string] => [name, String(value)])).toString();
const publicKey = (publicPem: string): RsaKey => ({ label: "", relation: "own", publicPem, privatePem: null });

describe("what other programs sign is right", () => {
  it.each(
    [...agent.requests, ...merchant.requests].flatMap((one) =>
      one.expected.map((made) => ({ ...one, ...made, name: `${one.id} ${made.produced_by[0]}` })),
    ),
  )("HipoPay: $name", async ({ params, timestamp, signature_b64 }) => {
    const pasted = `AgentNo: 1\nTimestamp: ${timestamp}\nSignature: ${signature_b64}\n\n${form(params)}`;
    expect(await told("hipopay-request", pasted, "", [publicKey(agent.keys.merchant_public)])).toBe("right");
  });

  it.each([...agent.notifications, ...merchant.notifications])("HipoPay: $id, or its one mistake named", async (one) => {
    const keys = Object.entries(agent.keys).flatMap(([name, pem]) =>
      name.includes("public") && !name.startsWith("merchant") ? [publicKey(pem)] : [],
    );
    const pasted = `Timestamp: ${one.timestamp}\nSignature: ${one.signature_b64}\n\n${form(one.params)}`;
    const said = await told("hipopay-notification", pasted, "", keys);
    expect(said).toBe(one.id.startsWith("wrong_urlencoded") ? "values_encoded" : "right");
  });

  it.each([...mpgateway.requests, ...mpgateway.notifications])("mpgateway: $id", async ({ form_body, key }) => {
    expect(await told("mpgateway", form_body, key)).toBe("right");
  });

  it.each(fengniao.requests.filter(({ id }) => id !== "seed_worked_example"))("fengniao: $id", async ({ form_body, secret }) => {
    expect(await told("fengniao", form_body, secret)).toBe("right");
  });
});

describe("mistakes other people made are named", () => {
  it("the document's own example: its secret has an l for an I", async () => {
    const example = fengniao.requests.find(({ id }) => id === "seed_worked_example");
    const misprint = (example?.secret ?? "").replace("UZcI", "UZcl");
    expect(misprint).not.toBe(example?.secret);
    expect(await told("fengniao", example?.form_body ?? "", misprint)).toBe("key_misread");
  });

  it("the Go client of xxpay signs an empty param2, against the document", async () => {
    const key = xxpay.cases[0]?.key ?? "";
    for (const { form_body } of xxpay.go_haojiehpay) expect(await told("xxpay", form_body, key)).toBe("empty_values");
  });
});
