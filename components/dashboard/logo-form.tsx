"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { BUTTON } from "#components/ui/button.ts";
import { Field, INPUT, tie } from "#components/ui/field.tsx";
import { Notice } from "#components/ui/notice.tsx";

export type LogoWords = Record<"file" | "hint" | "upload" | "remove" | "none" | "failed", string>;

const TARGET = "/dashboard/settings/logo";

/**
 * A merchant's logo: choose and upload, or take away. A plain form; where scripts run it is sent beside the page, so that what is
 * typed in the form around it stays.
 */
export function LogoForm(props: {
  merchantId: string;
  logo: string | null;
  /** What a form sent without JavaScript came back with. */
  said: { done: string | null; problem: string | null };
  /** Sentences by what the route answers. */
  answers: Record<string, string>;
  words: LogoWords;
}) {
  const { merchantId, logo, answers, words } = props;
  const router = useRouter();
  const [said, setSaid] = useState(props.said);
  const [busy, setBusy] = useState(false);
  const send = async (event: React.FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const submitter = (event.nativeEvent as SubmitEvent).submitter;
    setBusy(true);
    const outcome = await post(new FormData(form, submitter));
    setBusy(false);
    const done = outcome.said ? (answers[outcome.said] ?? null) : null;
    setSaid({ done, problem: done ? null : (answers[outcome.problem ?? ""] ?? words.failed) });
    if (!done) return;
    form.reset();
    router.refresh();
  };
  const tied = { hint: words.hint, error: said.problem ?? undefined };
  return (
    <form action={TARGET} method="post" encType="multipart/form-data" onSubmit={send} className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <input type="hidden" name="merchant" value={merchantId} />
      <div className="flex flex-wrap items-start gap-4">
        {logo ? (
          // biome-ignore lint/performance/noImgElement: as the checkout draws it
          <img src={logo} alt="" width="56" height="56" className="size-14 rounded-lg border border-line bg-white object-contain" />
        ) : (
          <p className="w-full text-sm text-ink-soft">{words.none}</p>
        )}
        <div className="min-w-0 flex-1 basis-56">
          <Field id="logo" label={words.file} {...tied}>
            <input {...tie("logo", tied)} type="file" name="logo" accept="image/png,image/jpeg,image/webp" className={`${INPUT} py-2`} />
          </Field>
        </div>
      </div>
      {said.done ? <Notice kind="done">{said.done}</Notice> : null}
      <div className="flex flex-wrap gap-2">
        <button type="submit" disabled={busy} aria-busy={busy} className={BUTTON.secondary}>
          {words.upload}
        </button>
        {logo ? (
          <button type="submit" name="remove" value="yes" disabled={busy} className={BUTTON.quiet}>
            {words.remove}
          </button>
        ) : null}
      </div>
    </form>
  );
}

async function post(body: FormData): Promise<{ said?: string; problem?: string }> {
  try {
    const response = await fetch(TARGET, { method: "POST", body, headers: { Accept: "application/json" } });
    return response.ok && !response.redirected ? ((await response.json()) as { said?: string; problem?: string }) : {};
  } catch {
    return {};
  }
}
