"use client";
import { createElement, useEffect } from "react";

/** The real button on our own page. Its script takes the document's nonce along, without which its style would be refused. */
export function EmbedPreview({ link, colour, lang }: { link: string; colour: string | null; lang: string }) {
  useEffect(() => {
    if (customElements.get("shouyin-button")) return;
    const script = document.createElement("script");
    script.nonce = document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce ?? "";
    script.src = "/embed.js";
    document.head.append(script);
  }, []);
  // A place of its own height, so that nothing moves when the button is there.
  return (
    <div className="min-h-11">
      {createElement("shouyin-button", { key: `${link} ${colour}`, link, lang, ...(colour && { color: colour }) })}
    </div>
  );
}
