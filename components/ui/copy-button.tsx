"use client";
import { useState, useSyncExternalStore } from "react";
import { Icon } from "#components/ui/icon.tsx";

const never = () => () => {};

/** Copies a text. Needs the browser, so it is not drawn before the page's script runs; its place is kept. */
export function CopyButton({ text, label, done }: { text: string; label: string; done: string }) {
  const ready = useSyncExternalStore(
    never,
    () => "clipboard" in navigator,
    () => false,
  );
  const [copied, setCopied] = useState(false);
  if (!ready) return <span className="inline-block size-7" />;
  const copy = async () => {
    await navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    );
    setTimeout(() => setCopied(false), 1500);
  };
  return (
    <button
      type="button"
      onClick={copy}
      aria-label={copied ? done : label}
      title={copied ? done : label}
      className="inline-grid size-7 shrink-0 cursor-pointer place-items-center rounded-md align-middle text-ink-soft hover:bg-raised hover:text-ink"
    >
      <Icon name={copied ? "check" : "copy"} className={copied ? "size-4 text-jade" : "size-4"} />
    </button>
  );
}
