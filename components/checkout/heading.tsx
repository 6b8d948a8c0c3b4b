import type { ReactNode } from "react";

/** The state's name: the page's only h1, which the script focuses when the state has changed. */
export function Heading({ children, words }: { children: ReactNode; words?: ReactNode }) {
  return (
    <div className="heading">
      <h1 id="state" tabIndex={-1}>
        {children}
      </h1>
      {words && <p>{words}</p>}
    </div>
  );
}
