"use client";
import { BUTTON } from "#components/ui/button.ts";
import { useWords } from "#components/ui/words.tsx";

/** Shown when a screen broke: nothing was changed, and a code the administrator finds in the log. */
export default function ScreenError({ error }: { error: Error & { digest?: string } }) {
  const words = useWords();
  return (
    <div className="mx-auto grid max-w-xl gap-3 px-6 py-20" role="alert">
      <h1 className="text-xl font-semibold">{words.title}</h1>
      <p className="text-ink-soft">{words.text?.replace("{code}", error.digest ?? "–")}</p>
      <p className="flex flex-wrap gap-2">
        {/* The whole document anew: what broke was on the server, and a second drawing here would ask it nothing. */}
        <button type="button" onClick={() => window.location.reload()} className={BUTTON.primary}>
          {words.retry}
        </button>
        <a href="/dashboard" className={BUTTON.secondary}>
          {words.home}
        </a>
      </p>
    </div>
  );
}
