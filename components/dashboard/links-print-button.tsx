"use client";

/** Opens the browser's own printing. Without scripts the browser's menu does the same. */
export function PrintButton({ look, children }: { look?: string; children: React.ReactNode }) {
  return (
    <button type="button" onClick={() => window.print()} className={look}>
      {children}
    </button>
  );
}
