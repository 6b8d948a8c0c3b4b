import { describe, expect, it } from "vitest";
import { CAUSES } from "#lib/doctor/causes.ts";
import { formMutations } from "#lib/doctor/form-mutations.ts";
import { keyMutations } from "#lib/doctor/key-mutations.ts";
import { NO_KEY } from "#lib/doctor/keys.ts";
import { readMessage } from "#lib/doctor/message.ts";
import { READERS } from "#lib/doctor/readers.ts";
import { SCHEMES } from "#lib/doctor/specimen.ts";
import { ENGLISH } from "#lib/i18n/catalogue.ts";

const WORDS = ENGLISH.doctor;

describe("the doctor's words", () => {
  it("every cause and every kind of message has its own, and none is left over", () => {
    expect(Object.keys(WORDS.cause).sort()).toEqual(Object.keys(CAUSES).sort());
    expect(Object.keys(WORDS.scheme).sort()).toEqual([...SCHEMES].sort());
  });

  it("every variation of a key, an order or an empty value that can be found is said in words", () => {
    const key = { ...NO_KEY, text: "dsk_test_0123456789abcdef01234567" };
    const found = (["fengniao", "desk", "xxpay"] as const).flatMap((scheme) => {
      const specimen = READERS[scheme](readMessage("/desk?b=1&a=&sign=x"), key, "MD5");
      return specimen ? [...keyMutations(specimen.recipe, []), ...formMutations(specimen.recipe)] : [];
    });
    const hex = { ...NO_KEY, text: "00112233445566778899aabbccddeeff%" };
    const recipe = READERS.xxpay(readMessage("a=1"), hex, "MD5")?.recipe;
    if (recipe) found.push(...keyMutations({ ...recipe, key: { ...hex, text: hex.text.slice(0, 32) } }, []), ...keyMutations(recipe, []));
    for (const [cause, words] of Object.entries(WORDS.variation)) {
      const forms = found.filter(({ cause: { id } }) => id === cause).map(({ cause: { form } }) => form ?? "");
      expect(Object.keys(words).sort(), cause).toEqual([...new Set(forms)].filter((form) => form !== "bytes").sort());
    }
  });
});
