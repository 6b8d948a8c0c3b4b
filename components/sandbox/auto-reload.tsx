"use client";
import { useRouter } from "next/navigation";
import { useEffect } from "react";

/**
 * Looks again every so many seconds: by the page's script, or without JavaScript by a refreshing document. `soft` keeps
 * what is open on the page; otherwise the document is loaded anew, so that the server may send the shopper on.
 */
export function AutoReload({ seconds, soft = false }: { seconds: number; soft?: boolean }) {
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === "hidden") return;
      if (soft) router.refresh();
      else location.reload();
    }, seconds * 1000);
    return () => clearInterval(timer);
  }, [router, seconds, soft]);
  return (
    <noscript>
      <meta httpEquiv="refresh" content={String(seconds)} />
    </noscript>
  );
}
