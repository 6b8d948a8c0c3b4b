import { sandboxLocale } from "#app/(sandbox)/open-sandbox.ts";
import { sandboxOn } from "#lib/env.ts";
import { translator } from "#lib/i18n/translator.ts";

/** No such payment or page; where the sandbox is off, nothing of it shows. */
export default async function SandboxNotFound() {
  const t = translator(await sandboxLocale(), "sandbox");
  return (
    <main className="shell shell-main">
      <h1>404</h1>
      {sandboxOn() ? (
        <p className="lead">
          {t("missing")} <a href="/sandbox">{t("nav.console")}</a>
        </p>
      ) : null}
    </main>
  );
}
