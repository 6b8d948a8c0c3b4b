import { currentLocale } from "#lib/action.ts";
import { translator } from "#lib/i18n/translator.ts";

/** No link of this merchant has this address. */
export default async function PosterNotFound() {
  const locale = await currentLocale();
  return (
    <main className="tools">
      <h1>{translator(locale, "dashboard")("missing.title")}</h1>
      <a href="/dashboard/links">{translator(locale, "links")("form.back")}</a>
    </main>
  );
}
