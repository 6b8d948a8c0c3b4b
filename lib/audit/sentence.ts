import type { AuditProblem } from "#lib/audit/verify.ts";

const WHO = { head: "its own head", checked: "the last check", file: "audit-head.json" } as const;

/** What is wrong with the audit, in English, for the command line and the log. */
export function auditSentence(problem: AuditProblem): string {
  const { sequence } = problem;
  switch (problem.kind) {
    case "changed":
      return `row ${sequence}: changed after it was written: ${problem.columns.join(", ")}`;
    case "moved":
      return `row ${sequence}: stands in the wrong place: it was written under another number`;
    case "unproven":
      return `row ${sequence}: its hash does not prove it: the hash was changed, or the row was put here from elsewhere`;
    case "missing":
      return sequence === problem.until ? `row ${sequence}: missing` : `rows ${sequence} to ${problem.until}: missing`;
    case "repeated":
      return `row ${sequence}: is there twice`;
    case "key_unknown":
      return `row ${sequence}: proven by key ${problem.keyId}, which keys.json does not have`;
    case "head_changed":
      return `the chain's head was changed; the rows are whole up to ${sequence}`;
    case "cut":
      return `rows ${sequence} to ${problem.until}: cut off the end; ${WHO[problem.by]} remembers them`;
    case "rewritten":
      return `row ${sequence}: ${WHO[problem.by]} remembers another row here: the end was cut off and written anew`;
    case "witness_forged":
      return `${WHO[problem.by]} was changed by somebody else; the rows are whole up to ${sequence}`;
  }
}
