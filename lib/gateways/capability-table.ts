import type { CapabilityRow, Gateway } from "#lib/gateways/gateway.ts";

const HEAD = [
  "# What each gateway can do",
  "",
  "Written by `node scripts/gateways-doc.ts` from `lib/gateways/registry.ts`; `--check` fails when this file is not what the",
  "registry says. One row for every operation, variant and notification of a gateway's document. **Evidence**,",
  "of verb and path: `documented` is printed in the document; `real clients` was seen in public clients that run against the gateway; `assumed` is a choice of ours",
  "where the document is blank, overridable by the account's settings. **Foreign vector**: bytes made by somebody else's program",
  "which ours must equal. **End-to-end test**: a browser test that names the method (of a create), or the section as `seeds/000 §4.8`.",
  "What has no row does not exist in the document and is not offered.",
];

const COLUMNS = ["Section", "Operation", "Payment method", "Verb", "Path", "Evidence", "Foreign vector", "End-to-end test"];

/** The whole of docs/gateways.md. `tests` are the end-to-end tests' paths and texts. */
export function capabilityTable(gateways: readonly Gateway[], tests: readonly { file: string; text: string }[]): string {
  const parts = gateways.flatMap((gateway) => [
    "",
    `## ${gateway.title}: \`${gateway.id}\` (${gateway.document})`,
    "",
    `Currencies: ${gateway.currencies.join(", ")}.`,
    "",
    line(COLUMNS),
    line(COLUMNS.map(() => "---")),
    ...gateway.capabilities.map((row) => line(cells(gateway, row, tests))),
  ]);
  return `${[...HEAD, ...parts].join("\n")}\n`;
}

function cells(gateway: Gateway, row: CapabilityRow, tests: readonly { file: string; text: string }[]): string[] {
  const at = row.wire.indexOf(" ");
  const verb = row.wire.slice(0, at);
  return [
    `§${row.section}`,
    row.operation,
    row.method === null ? "" : `\`${row.method}\``,
    verb === "BROWSER" ? "browser" : verb,
    `\`${row.wire.slice(at + 1)}\``,
    row.evidence,
    row.vector === undefined ? "none: assumed" : `\`${row.vector}\``,
    tests.find(({ text }) => mentions(text, gateway, row))?.file ?? "none",
  ];
}

// A method's name proves its create only; other rows must be named by section. Whole names only: `§4.1` must not be
// found in `§4.11`, nor `alipay.qr` in `alipay.qrcode`.
function mentions(text: string, gateway: Gateway, row: CapabilityRow): boolean {
  const section = `${gateway.document} §${row.section}`.replaceAll(".", "\\.");
  if (new RegExp(`${section}(?![\\d.]*\\d)`).test(text)) return true;
  return (
    row.method !== null && row.operation.startsWith("create") && new RegExp(`["'\`]${row.method.replaceAll(".", "\\.")}["'\`]`).test(text)
  );
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}
