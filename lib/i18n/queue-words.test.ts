import { expect, it } from "vitest";
import { LOCALES } from "#lib/i18n/locale.ts";
import { translator } from "#lib/i18n/translator.ts";
import { QUEUES } from "#lib/jobs/queues.ts";

it.each(LOCALES)("every queue has words in %s", (locale) => {
  const t = translator(locale, "system");
  expect(Object.keys(QUEUES).filter((queue) => !t.has(`queue_${queue}` as "queue_recheck"))).toEqual([]);
});
