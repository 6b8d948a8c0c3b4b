import { SCENARIOS } from "./commands.ts";
import { NOTICES } from "./notices.ts";
import { PAYMENTS } from "./payments.ts";

/** One row of a gateway's capability table: all three name it. */
export interface Row {
  section: string;
  operation: string;
  method: string | null;
}

/** One row of a gateway's capability table, and the spec that does it. */
export interface GatewayCase extends Row {
  gateway: string;
  spec: string;
}

const AT = "e2e/gateways";

/** Every row an end-to-end test does, out of the tables the specs run; docs/gateways.md reads its last column from here. */
export const CASES: readonly GatewayCase[] = [
  ...PAYMENTS.flatMap(({ gateway, rows, way }) =>
    rows.map((row) => ({ gateway, ...row, spec: `${AT}/${way.how === "counter" ? "counter" : "payments"}.spec.ts` })),
  ),
  ...SCENARIOS.flatMap(({ gateway, rows = [], steps }) =>
    [...rows, ...steps.flatMap((step) => step.rows)].map((row) => ({ gateway, ...row, spec: `${AT}/command-line.spec.ts` })),
  ),
  ...NOTICES.map(({ gateway, row }) => ({ gateway, ...row, spec: `${AT}/notices.spec.ts` })),
];
