import { describe, expect, it } from "vitest";
import { diagnose } from "#lib/doctor/diagnose.ts";
import { NO_KEY } from "#lib/doctor/keys.ts";
import { readMessage } from "#lib/doctor/message.ts";
import { READERS } from "#lib/doctor/readers.ts";
import { type Breakage, FIELDS, JOINED_KEY, SHARED_KEY, VALUES } from "#lib/doctor/testing/breakages.ts";
import { broken, PAIR_SCHEMES } from "#lib/doctor/testing/pair-schemes.ts";
import { ringOf, steadyClock } from "#lib/doctor/testing/rings.ts";
import type { Signer } from "#lib/doctor/testing/shop.ts";

/** So many of all combinations, spread evenly and always the same. */
const SAMPLE = 16;

/** Two mistakes touch other steps, so that both can be seen: what the first changes the second leaves alone. */
function apart(a: Breakage, b: Breakage, right: Signer): boolean {
  const [one, two] = [a.change(right), b.change(right)];
  return Object.keys(one).every((name) => !(name in two));
}

function* combinations() {
  for (const scheme of PAIR_SCHEMES) {
    const keys = scheme.scheme === "xxpay" || scheme.scheme === "fengniao" ? [...JOINED_KEY, ...SHARED_KEY] : [];
    const all = [...VALUES, ...FIELDS, ...keys].filter(({ only }) => !only || only(scheme.scheme));
    for (const [index, a] of all.entries())
      for (const b of all.slice(index + 1)) {
        if (a.truth[0] === b.truth[0] || !apart(a, b, scheme.right)) continue;
        const once = { ...scheme.right, ...a.change(scheme.right) };
        const pasted = broken(scheme, { ...a.change(scheme.right), ...b.change(once) });
        if (pasted !== null) yield { scheme, a, b, pasted };
      }
  }
}

describe("any two mistakes at once", () => {
  it("no cause is named that is none of the two, in at least 90 %; both are named in at least half", async () => {
    const all = [...combinations()];
    const step = all.length / SAMPLE;
    let [honest, whole] = [0, 0];
    const lines: string[] = [];
    for (let at = 0; at < SAMPLE; at += 1) {
      const one = all[Math.floor(at * step)];
      if (!one) continue;
      const ring = ringOf(one.scheme.scheme);
      const key = ring.secrets.find(({ relation }) => relation === "own") ?? NO_KEY;
      const specimen = READERS[one.scheme.scheme](readMessage(one.pasted), key, one.scheme.signType);
      if (!specimen) throw new Error(`${one.a.name}: unreadable`);
      const { explanations } = await diagnose(
        [{ specimen, ring, original: null, name: one.scheme.scheme }],
        new Date(1_795_190_460_000),
        steadyClock(),
      );
      const said = new Set(explanations[0]?.causes.map(({ id }) => id) ?? []);
      const truth = new Set([...one.a.truth, ...one.b.truth]);
      if ([...said].every((id) => truth.has(id))) honest += 1;
      if (said.size === truth.size && [...said].every((id) => truth.has(id))) whole += 1;
      else lines.push(`  ${one.scheme.label}: ${one.a.name}, ${one.b.name}: said ${[...said].join(" + ") || "unknown"}`);
    }
    process.stdout.write(`two mistakes at once: both named in ${whole} of ${SAMPLE}, none made up in ${honest}\n${lines.join("\n")}\n`);
    expect(honest / SAMPLE).toBeGreaterThanOrEqual(0.9);
    expect(whole / SAMPLE).toBeGreaterThanOrEqual(0.5);
  }, 300_000);
});
