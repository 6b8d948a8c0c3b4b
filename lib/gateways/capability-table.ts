import type { CapabilityRow, Gateway } from "#lib/gateways/gateway.ts";

const HEAD = [
  "# What each gateway can do",
  "",
  "Written by `node scripts/gateways-doc.ts` from `lib/gateways/registry.ts`; `npm run check` fails when this file is not what the",
  "registry says. One row for every operation, variant and notification of a gateway's document; an operation of a document that",
  "has no row fails `lib/gateways/documents.test.ts`. **Evidence**, of verb and path: `documented` is printed in the document;",
  "`real clients` was seen in public clients that run against the gateway; `assumed` is a choice of ours where the document is blank,",
  "overridable by the account's settings. **Sandbox**: what of the simulated gateway answers it. **Foreign vector**: bytes made by",
  "somebody else's program which ours must equal; never one made by ourselves. **End-to-end test**: the spec whose case does exactly",
  "this row (`e2e/gateways/cases.ts`). What has no row does not exist in the document and is not offered.",
];

const COLUMNS = [
  "Section",
  "Operation",
  "Payment method",
  "Verb",
  "Path or name",
  "Evidence",
  "Sandbox",
  "Foreign vector",
  "End-to-end test",
];

/** What the registry itself cannot know of a row: who answers it in the sandbox, and which spec does it. Null: nobody. */
export interface Proofs {
  sandbox(gateway: Gateway, row: CapabilityRow): string | null;
  test(gateway: Gateway, row: CapabilityRow): string | null;
}

/** The whole of docs/gateways.md. */
export function capabilityTable(gateways: readonly Gateway[], proofs: Proofs): string {
  const parts = gateways.flatMap((gateway) => [
    "",
    `## ${gateway.title}: \`${gateway.id}\` (${gateway.document})`,
    "",
    `Currencies: ${gateway.currencies.join(", ")}.`,
    "",
    line(COLUMNS),
    line(COLUMNS.map(() => "---")),
    ...gateway.capabilities.map((row) => line(cells(gateway, row, proofs))),
  ]);
  return `${[...HEAD, ...parts].join("\n")}\n`;
}

function cells(gateway: Gateway, row: CapabilityRow, proofs: Proofs): string[] {
  const at = row.wire.indexOf(" ");
  const verb = row.wire.slice(0, at);
  return [
    `§${row.section}`,
    row.operation,
    row.method === null ? "" : `\`${row.method}\``,
    verb === "BROWSER" ? "browser" : verb,
    `\`${row.wire.slice(at + 1)}\``,
    row.evidence,
    proofs.sandbox(gateway, row) ?? "none",
    row.vector === undefined ? "none: assumed" : `\`${row.vector}\``,
    proofs.test(gateway, row) ?? "none",
  ];
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}
