import { describe, expect, it } from "vitest";
import { z } from "zod";
import { isKnownMessage, issueWords } from "#app/(dashboard)/dashboard/accounts/issue-words.ts";
import { GATEWAYS } from "#lib/gateways/registry.ts";
import { LOCALES } from "#lib/i18n/locale.ts";
import { translator } from "#lib/i18n/translator.ts";

/** Values that some field or other refuses. */
const BAD: readonly unknown[] = ["", "?? & =", "x".repeat(3000), "ftp://", 7, {}, { query: "no path" }, { nonsense: "/x" }, null];

function issuesOf(schema: z.ZodObject): z.core.$ZodIssue[] {
  return Object.keys(schema.shape).flatMap((name) => BAD.flatMap((value) => schema.safeParse({ [name]: value }).error?.issues ?? []));
}

/** What zod itself would say in English; a different message is the schema's own. */
function standard(issue: z.core.$ZodIssue): string {
  const said = z.locales.en().localeError({ ...issue, input: undefined } as never);
  return typeof said === "string" ? said : (said?.message ?? "");
}

describe("what is wrong with a field of an account", () => {
  for (const gateway of GATEWAYS) {
    const issues = [...issuesOf(gateway.credentials), ...issuesOf(gateway.settings)];

    it(`has a sentence of ours for every message that ${gateway.id}'s schemas say themselves`, () => {
      const own = issues.filter((issue) => issue.code !== "invalid_type" && issue.message !== standard(issue));
      const known = own.filter((issue) => isKnownMessage(issue.message));
      expect(known.length).toBeGreaterThan(0);
      expect(own.filter((issue) => !isKnownMessage(issue.message)).map((issue) => issue.message)).toEqual([]);
    });

    it.each(LOCALES)(`is said in %s alone for ${gateway.id}, and never in zod's words`, (locale) => {
      const t = translator(locale, "dashboard");
      for (const issue of issues) {
        const words = issueWords(issue, t);
        expect(words).toContain(String(issue.path[0]));
        if (locale === "en") continue;
        expect(words).not.toContain(issue.message);
        expect(words).toMatch(/\p{Script=Han}/u);
        expect(words).not.toMatch(/Invalid|Too (?:small|big)|expected|letters|not an RSA|such as/);
      }
    });
  }

  it("names the limit, the choices and the unknown names", () => {
    const t = translator("zh-CN", "dashboard");
    const schema = z.object({ a: z.string().max(3), b: z.enum(["1.0", "2.0"]), c: z.strictObject({}) });
    const said = schema.safeParse({ a: "long", b: "3", c: { x: 1 } }).error?.issues.map((issue) => issueWords(issue, t)) ?? [];
    expect(said[0]).toContain("3");
    expect(said[1]).toContain("1.0 · 2.0");
    expect(said[2]).toContain("x");
  });
});
