"use client";
import { useEffect } from "react";

const ASKED = "search-asked";

/** Remembers, over the way to another page, that its search field is wanted. */
export function askForSearch(): void {
  sessionStorage.setItem(ASKED, "1");
}

/** Goes to the page's search field when somebody asked for it on another page (the key `/`). */
export function SearchShortcut({ field }: { field: string }) {
  useEffect(() => {
    if (sessionStorage.getItem(ASKED) === null) return;
    sessionStorage.removeItem(ASKED);
    document.getElementById(field)?.focus();
  }, [field]);
  return null;
}
