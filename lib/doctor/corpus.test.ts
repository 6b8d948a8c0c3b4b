import { beforeAll, describe, expect, it } from "vitest";
import { diagnose } from "#lib/doctor/diagnose.ts";
import { NO_KEY } from "#lib/doctor/keys.ts";
import { readMessage } from "#lib/doctor/message.ts";
import { READERS } from "#lib/doctor/readers.ts";
import { BLOB_CORPUS } from "#lib/doctor/testing/corpus-blobs.ts";
import { PAIR_CORPUS } from "#lib/doctor/testing/corpus-pairs.ts";
import { ringOf, steadyClock } from "#lib/doctor/testing/rings.ts";
import { type CorpusCase, KEYS } from "#lib/doctor/testing/shop.ts";
import { viewOf } from "#lib/doctor/view.ts";

const CORPUS = [...PAIR_CORPUS, ...BLOB_CORPUS];
const NOW = new Date(1_795_190_460_000);

/** What the doctor says, in the corpus's words. */
async function said({ pasted, scheme, signType = "MD5" }: CorpusCase, clock = steadyClock()): Promise<{ causes: string[]; shown: string }> {
  const ring = ringOf(scheme);
  const specimen = READERS[scheme](readMessage(pasted), ring.secrets.find(({ relation }) => relation === "own") ?? NO_KEY, signType);
  if (!specimen) return { causes: ["unreadable"], shown: "" };
  const diagnosis = await diagnose([{ specimen, ring, original: null, name: scheme }], NOW, clock);
  const { verdict, explanations, remarks } = diagnosis;
  const shown = JSON.stringify(viewOf({ diagnosis, holder: null }));
  if (verdict === "right" || verdict === "missing") return { causes: remarks.length > 0 ? remarks.map(({ id }) => id) : ["right"], shown };
  if (verdict !== "explained") return { causes: ["unknown"], shown };
  return { causes: (explanations[0]?.causes ?? []).map(({ id }) => id), shown };
}

const truthOf = ({ truth }: CorpusCase) => (typeof truth === "string" ? [truth] : [...truth]).sort().join(" + ");

describe("two hundred broken signatures and more", () => {
  const answers: { one: CorpusCase; answer: Awaited<ReturnType<typeof said>> }[] = [];
  const wrong: typeof answers = [];

  beforeAll(async () => {
    for (const one of CORPUS) answers.push({ one, answer: await said(one) });
    wrong.push(...answers.filter(({ one, answer }) => [...new Set(answer.causes)].sort().join(" + ") !== truthOf(one)));
  }, 300_000);

  it("the corpus has at least 200 cases with a cause, over every scheme, and none twice", () => {
    const broken = CORPUS.filter(({ truth }) => typeof truth !== "string");
    expect(broken.length).toBeGreaterThanOrEqual(200);
    expect(new Set(CORPUS.map(({ name }) => name)).size).toBe(CORPUS.length);
    expect(new Set(broken.map(({ scheme }) => scheme)).size).toBe(7);
  });

  it("the true cause is named first, and no other with it, in at least 95 %", () => {
    const broken = answers.filter(({ one }) => typeof one.truth !== "string");
    const missed = wrong.filter(({ one }) => typeof one.truth !== "string");
    const share = 1 - missed.length / broken.length;
    const list = missed.map(({ one, answer }) => `  ${one.name}: ${truthOf(one)}, said ${answer.causes.join(" + ")}`).join("\n");
    process.stdout.write(
      `signature doctor: ${broken.length - missed.length} of ${broken.length} named (${(share * 100).toFixed(1)} %)\n${list}\n`,
    );
    expect(share, list).toBeGreaterThanOrEqual(0.95);
  });

  it("genuine ones are said to be right", () => {
    expect(wrong.filter(({ one }) => one.truth === "right").map(({ one, answer }) => [one.name, answer.causes])).toEqual([]);
  });

  it("no cause is made up where nobody can know one", () => {
    expect(wrong.filter(({ one }) => one.truth === "unknown").map(({ one, answer }) => [one.name, answer.causes])).toEqual([]);
  });

  it("no key is in what is shown, whatever was done to it", () => {
    const keys = Object.values(KEYS).filter((key) => typeof key === "string");
    const spoilt = keys.flatMap((key) => [
      key,
      key.slice(0, -1),
      key.toLowerCase(),
      key.toUpperCase(),
      Buffer.from(key).toString("base64"),
    ]);
    for (const { one, answer } of answers)
      expect(
        spoilt.filter((key) => answer.shown.includes(key) && !one.pasted.includes(key)),
        one.name,
      ).toEqual([]);
  });

  it("a search ends when its time is up", async () => {
    const unknown = CORPUS.find(({ name }) => name === "xxpay: the subject changed on the way");
    let looks = 0;
    const clock = () => {
      looks += 1;
      return looks * 200;
    };
    expect(unknown && (await said(unknown, clock)).causes).toEqual(["unknown"]);
    expect(looks).toBeLessThan(10);
  });
});
