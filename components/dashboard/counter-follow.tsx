"use client";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";

const LOOK_EVERY_MS = 2000;

/**
 * Keeps a counter's page on what is true: looks again when the server says that the order changed, and every two seconds while
 * somebody sees it. Without JavaScript the document loads itself anew.
 */
export function CounterFollow({ token, seconds }: { token: string; seconds: number }) {
  const router = useRouter();
  useEffect(() => {
    const look = () => {
      if (document.visibilityState !== "hidden") router.refresh();
    };
    const timer = setInterval(look, LOOK_EVERY_MS);
    const stream = new EventSource(`/pay/${token}/events`);
    let first = true;
    stream.addEventListener("status", () => {
      // The first one tells what this page was drawn from.
      if (!first) look();
      first = false;
    });
    document.addEventListener("visibilitychange", look);
    return () => {
      clearInterval(timer);
      stream.close();
      document.removeEventListener("visibilitychange", look);
    };
  }, [router, token]);
  return (
    <noscript>
      <meta httpEquiv="refresh" content={String(seconds)} />
    </noscript>
  );
}

/** Seconds left, counted down between two looks at the server. `text` holds `{seconds}`; `over` is said at none. */
export function Countdown({ seconds, total, text, over }: { seconds: number; total: number; text: string; over: string }) {
  const [left, setLeft] = useState(seconds);
  const [given, setGiven] = useState(seconds);
  if (given !== seconds) {
    setGiven(seconds);
    setLeft(seconds);
  }
  useEffect(() => {
    const timer = setInterval(() => setLeft((now) => Math.max(0, now - 1)), 1000);
    return () => clearInterval(timer);
  }, []);
  return (
    <div className="grid justify-items-center gap-3">
      <svg viewBox="0 0 64 64" className="size-16 -rotate-90" aria-hidden="true">
        <circle cx="32" cy="32" r="28" fill="none" stroke="var(--color-line)" strokeWidth="5" />
        <circle
          cx="32"
          cy="32"
          r="28"
          fill="none"
          stroke="var(--color-amber)"
          strokeWidth="5"
          strokeLinecap="round"
          pathLength={total}
          strokeDasharray={`${Math.min(left, total)} ${total}`}
        />
      </svg>
      <p role="timer" className="text-ink-soft tabular-nums">
        {left > 0 ? text.replace("{seconds}", String(left)) : over}
      </p>
    </div>
  );
}
