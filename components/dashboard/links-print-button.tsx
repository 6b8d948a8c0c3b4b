"use client";

/** Opens the browser's own printing. Without scripts the browser's menu does the same. */
export function PrintButton({ children }: { children: React.ReactNode }) {
  return (
    <button type="button" onClick={() => window.print()}>
      {children}
    </button>
  );
}
