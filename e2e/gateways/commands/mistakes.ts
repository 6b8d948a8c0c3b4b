/** What may be typed wrongly, and what the answer must name; the exit code is 2. `{attempt}` stands for an attempt's id. */
export const MISTAKES: readonly { what: string; account: string; operation: string; text: string; names: RegExp }[] = [
  { what: "an account nobody has", account: "acc_nobody", operation: "query", text: "{}", names: /no account acc_nobody/ },
  { what: "an operation nobody has", account: "xxpay", operation: "teleport", text: "{}", names: /no operation teleport/ },
  { what: "no JSON", account: "xxpay", operation: "balance", text: "{name:pay", names: /not JSON/ },
  { what: "a field it does not know", account: "xxpay", operation: "balance", text: '{"name":"pay","nmae":"x"}', names: /nmae/ },
  { what: "a field left out", account: "xxpay", operation: "create", text: '{"method":"wechat.native"}', names: /amount/ },
  {
    what: "an amount that is none",
    account: "xxpay",
    operation: "create",
    text: '{"method":"wechat.native","amount":"1.005"}',
    names: /amount/,
  },
  {
    what: "more places than the currency has",
    account: "hipopay-agent",
    operation: "create",
    text: '{"method":"wechat.native","amount":"1.50","currency":"JPY"}',
    names: /amount/,
  },
  {
    what: "a method the gateway has not",
    account: "xxpay",
    operation: "create",
    text: '{"method":"alipay.web","amount":"1"}',
    names: /method: xxpay has no alipay\.web/,
  },
  {
    what: "an operation the document has not",
    account: "xxpay",
    operation: "bill",
    text: '{"from":"2026-01-01","to":"2026-01-01"}',
    names: /has no bill/,
  },
  { what: "no payment named", account: "mpgateway", operation: "query", text: "{}", names: /attempt/ },
  {
    what: "two numbers of a refund",
    account: "hipopay-agent",
    operation: "queryRefund",
    text: '{"method":"wechat.native","currency":"CNY","refundNo":"a","gatewayRef":"b"}',
    names: /refundNo/,
  },
];
