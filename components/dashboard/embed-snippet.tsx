import { EmbedPreview } from "#components/dashboard/embed-preview.tsx";
import { BUTTON } from "#components/ui/button.ts";
import { CARD } from "#components/ui/card.ts";
import { INPUT } from "#components/ui/field.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Snippet } from "#components/ui/snippet.tsx";
import type { Translator } from "#lib/i18n/translator.ts";

interface Props {
  t: Translator<"embed">;
  /** PUBLIC_URL's. */
  origin: string;
  /** The merchant's own, `#rrggbb`. */
  colour: string | null;
  links: readonly { slug: string; title: string }[];
  /** The slug of the link that the code opens; null when there is none. */
  chosen: string | null;
  lang: string;
}

/** The code for a shop's page: what is copied is what is seen. */
export function embedCode(origin: string, slug: string, colour: string | null, pay: string): string {
  return [
    `<script src="${origin}/embed.js" async></script>`,
    `<shouyin-button link="${slug}"${colour ? ` color="${colour}"` : ""}>`,
    `  <a href="${origin}/l/${slug}">${pay}</a>`,
    "</shouyin-button>",
  ].join("\n");
}

/** Which link, its code, the real button, and what its word is worth. */
export function EmbedSnippet({ t, origin, colour, links, chosen, lang }: Props) {
  return (
    <section aria-labelledby="snippet" className={`${CARD} grid grid-cols-[minmax(0,1fr)] gap-4`}>
      <div className="grid gap-1">
        <h2 id="snippet" className="text-base font-semibold">
          {t("snippet.title")}
        </h2>
        <p className="text-sm text-ink-soft">{t("snippet.text")}</p>
      </div>
      {chosen === null ? (
        <p className="grid justify-items-start gap-3 text-sm">
          {t("snippet.none")}
          <a href="/dashboard/links" className={BUTTON.secondary}>
            {t("snippet.make")}
          </a>
        </p>
      ) : (
        <>
          <form method="get" className="flex flex-wrap items-end gap-2">
            <label className="grid min-w-0 flex-1 gap-1.5 text-sm font-medium">
              {t("snippet.link")}
              <select name="link" defaultValue={chosen} key={chosen} className={INPUT}>
                {links.map(({ slug, title }) => (
                  <option key={slug} value={slug}>
                    {title} · {slug}
                  </option>
                ))}
              </select>
            </label>
            <button type="submit" className={BUTTON.secondary}>
              {t("snippet.show")}
            </button>
          </form>
          <Snippet
            text={embedCode(origin, chosen, colour, t("snippet.pay"))}
            copy={{ label: t("snippet.copy"), done: t("snippet.copied") }}
          />
          <div className="grid gap-2">
            <h3 className="text-sm font-medium">{t("snippet.preview")}</h3>
            <p className="text-sm text-ink-soft">{t("snippet.previewText")}</p>
            <EmbedPreview link={chosen} colour={colour} lang={lang} />
          </div>
        </>
      )}
      <Notice kind="hint">
        <strong className="block font-medium">{t("hint.title")}</strong>
        {t("hint.text").replaceAll("`", "")}
      </Notice>
    </section>
  );
}
