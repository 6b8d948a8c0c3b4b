import { COMPAT_GATEWAYS, type CompatGatewayId } from "#lib/compat/gateways.ts";
import { dialectById } from "#lib/dialects/registry.ts";

/** What a shop written for a gateway has at `/compat`, as far as its document has it. */
export interface CompatRow {
  id: CompatGatewayId;
  numbers: string;
  signs: "rsa" | "md5" | "both";
  close: "yes" | "no" | "reversal";
  refund: boolean;
  refundQuery: boolean;
  /** The acknowledgement the document prints. */
  word: string;
  retrySeconds: readonly number[];
}

const SIGNS = { rsa: "rsa", secret: "md5", both: "both" } as const;

/** What documents have beside creates, queries and notices, which all five have. */
const HAS: Record<CompatGatewayId, Pick<CompatRow, "close" | "refund" | "refundQuery" | "word">> = {
  "hipopay-agent": { close: "no", refund: true, refundQuery: true, word: "success" },
  "hipopay-merchant": { close: "no", refund: true, refundQuery: true, word: "success" },
  mpgateway: { close: "yes", refund: false, refundQuery: false, word: "0000" },
  xxpay: { close: "no", refund: false, refundQuery: false, word: "success" },
  fengniao: { close: "reversal", refund: true, refundQuery: false, word: "SUCCESS" },
};

/** One row a gateway, in the order of the documents. */
export function compatMap(): CompatRow[] {
  return COMPAT_GATEWAYS.map(({ id, keys, names }) => ({
    id,
    numbers: [...new Set([names.caller, names.merchant, names.app].filter(Boolean))].join(", "),
    signs: SIGNS[keys],
    ...HAS[id],
    retrySeconds: dialectById(id)?.retrySeconds ?? [],
  }));
}
