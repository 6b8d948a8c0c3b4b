"use client";
import { lazy, Suspense, useRef, useState, useSyncExternalStore } from "react";
import type { CodeWords } from "#components/dashboard/counter-words.ts";
import { BUTTON } from "#components/ui/button.ts";
import { Field, INPUT, tie } from "#components/ui/field.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Submit } from "#components/ui/submit.tsx";

// Loaded when somebody asks for the camera: most counters have a scanner.
const Camera = lazy(() => import("#components/dashboard/counter-camera.tsx"));

const never = () => () => {};
const canScan = () => "BarcodeDetector" in window && Boolean(navigator.mediaDevices?.getUserMedia);

/**
 * Where the shopper's code goes, and the button that charges. A scanner types the digits and ends with Enter, which sends the
 * form. The field is always empty when it is drawn: a code is shown nowhere again.
 */
export function CounterCode({ words, error, focus }: { words: CodeWords; error: string | undefined; focus: boolean }) {
  const input = useRef<HTMLInputElement>(null);
  const camera = useSyncExternalStore(never, canScan, () => false);
  const [open, setOpen] = useState(false);
  const scanned = (code: string) => {
    setOpen(false);
    if (!input.current) return;
    input.current.value = code;
    input.current.form?.requestSubmit();
  };
  return (
    <>
      <Field id="code" label={words.code} error={error} hint={words.codeHint}>
        <input
          {...tie("code", { error, hint: words.codeHint })}
          ref={input}
          name="code"
          type="text"
          inputMode="numeric"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          maxLength={128}
          // biome-ignore lint/a11y/noAutofocus: the scanner types wherever the focus is; the amount is there already.
          autoFocus={focus}
          className={`${INPUT} min-h-14 font-mono !text-lg`}
        />
      </Field>
      {open ? (
        <Suspense fallback={<p className="text-ink-soft">{words.cameraHint}</p>}>
          <Camera words={words} found={scanned} />
        </Suspense>
      ) : null}
      <div className="grid gap-2 [&>button]:min-h-13">
        <Submit busy={words.charging} wide>
          {words.charge}
        </Submit>
        {camera ? (
          <button type="button" onClick={() => setOpen(!open)} aria-expanded={open} className={BUTTON.secondary}>
            <Icon name="scan" />
            {open ? words.cameraStop : words.camera}
          </button>
        ) : null}
      </div>
    </>
  );
}
