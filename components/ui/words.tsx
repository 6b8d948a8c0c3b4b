"use client";
import { createContext, useContext } from "react";

const Words = createContext<Record<string, string>>({});

/** Hands translated words to the few client parts that are not given any by a page: the error screen. */
export function WordsProvider({ words, children }: { words: Record<string, string>; children: React.ReactNode }) {
  return <Words value={words}>{children}</Words>;
}

export function useWords(): Record<string, string> {
  return useContext(Words);
}
