import { expect, test } from "vitest";
import { AUDIT_ACTIONS } from "#lib/domain/audit.ts";
import { STAFF_ACTIONS } from "#lib/domain/staff-actions.ts";
import { LOCALES } from "#lib/i18n/locale.ts";
import { translator } from "#lib/i18n/translator.ts";

test.each(LOCALES)("every action has words in the audit: add yours to lib/i18n/messages/%s/audit.json (did, area)", (locale) => {
  const t = translator(locale, "audit");
  const wordless = AUDIT_ACTIONS.flatMap((action) => [`did.${action}`, `area.${action.split(".")[0]}`]).filter(
    (key) => !t.has(key as "title"),
  );
  expect(wordless).toEqual([]);
});

test("an action's name is its area and its verb", () => {
  expect(Object.keys(STAFF_ACTIONS).filter((name) => !/^[a-z]+\.[a-z_]+$/.test(name))).toEqual([]);
});
