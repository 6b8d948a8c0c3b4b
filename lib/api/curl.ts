import type { Operation } from "#lib/api/operation.ts";

const IDS: Readonly<Record<string, string>> = {
  order: "ord_0h2v9m3kq8zr4t6w1x5y7c8d9e",
  attempt: "att_0h2v9m3kq8zr4t6w1x5y7c8d9e",
  refund: "rfd_0h2v9m3kq8zr4t6w1x5y7c8d9e",
  link: "lnk_0h2v9m3kq8zr4t6w1x5y7c8d9e",
  event: "evt_0h2v9m3kq8zr4t6w1x5y7c8d9e.4",
  endpoint: "whe_0h2v9m3kq8zr4t6w1x5y7c8d9e",
  delivery: "msg_0h2v9m3kq8zr4t6w1x5y7c8d9e",
  account: "acc_0h2v9m3kq8zr4t6w1x5y7c8d9e",
};

/** A command that calls the operation at this installation, with `$SHOUYIN_KEY` as the key. */
export function curlOf({ method, path, query, example, id }: Operation, origin: string): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => IDS[name] ?? name);
  const search = id === "accounts.rate" ? "?currency=HKD" : query && method === "GET" && path.split("/").length === 2 ? "?limit=20" : "";
  const lines = [`curl "${origin}/api/v1${filled}${search}"`, '-H "Authorization: Bearer $SHOUYIN_KEY"'];
  if (method !== "GET") lines[0] = `curl -X ${method} "${origin}/api/v1${filled}"`;
  if (method === "POST") lines.push('-H "Idempotency-Key: $(uuidgen)"');
  if (example) lines.push('-H "Content-Type: application/json"', `-d '${JSON.stringify(example, null, 2).replaceAll("\n", "\n  ")}'`);
  return lines.join(" \\\n  ");
}
