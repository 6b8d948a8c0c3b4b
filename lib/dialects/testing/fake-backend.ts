import type {
  Answer,
  Backend,
  BillEntry,
  Caller,
  DeclarationLookup,
  DeclarationRecord,
  Holdings,
  NewDeclaration,
  NewPayment,
  NewPayout,
  Payment,
  Payout,
  Problem,
  Refund,
} from "#lib/dialects/backend.ts";

/** A payment as the backend would hold it, PAID unless told otherwise. Numbers are those of seeds/000's examples. */
export function payment(changes: Partial<Payment> = {}): Payment {
  return {
    no: "2017062221294656822821341",
    method: "wechat.jsapi",
    merchantNo: "xxx",
    clientNo: null,
    currency: "HKD",
    amount: "1",
    subject: "扫码支付 - xx科技有限公司",
    state: "PAID",
    userPaying: false,
    ip: "47.52.77.110",
    openid: "oQx43wJiwtsjv8C0lT5Lj7Mw1QZ4",
    deviceInfo: null,
    productId: null,
    appId: null,
    notifyUrl: null,
    returnUrl: null,
    extra: {},
    exchangeRate: "0.8777",
    settleRate: "1",
    payCurrency: "CNY",
    payAmount: "0.87",
    fee: "0.01",
    channel: "CN",
    buyerId: null,
    buyerEmail: null,
    walletNo: "4200000000",
    createdAt: new Date("2017-06-22T13:29:47Z"),
    paidAt: new Date("2017-06-22T13:29:59Z"),
    acknowledgedAt: null,
    refundedAmount: "0",
    code: "3CaDEKX",
    ...changes,
  };
}

const RATES = new Map([
  ["wechat USD", "6.8575"],
  ["wechat HKD", "0.8789"],
  ["alipay HKD", "0.860000"],
]);

/** A payout as the backend would hold it, still under way unless told otherwise. */
export function payout(changes: Partial<Payout> = {}): Payout {
  return {
    no: "2017062221294656822829999",
    channel: "trans",
    merchantNo: "xxx",
    clientNo: "T1",
    currency: "CNY",
    amount: "1.00",
    accountNo: "6222020000000000000",
    accountName: "张三",
    notifyUrl: null,
    extra: {},
    state: "PROCESSING",
    fee: "0.00",
    channelNo: null,
    createdAt: new Date("2017-06-22T13:29:47Z"),
    endedAt: null,
    acknowledgedAt: null,
    ...changes,
  };
}

/** An in-memory gateway with one agent. Tests put rows in and read what the dialect asked for. */
export class FakeBackend implements Backend {
  readonly callers: Caller[];
  readonly payments: Payment[] = [];
  readonly refunds: Refund[] = [];
  readonly declarations: DeclarationRecord[] = [];
  readonly created: NewPayment[] = [];
  readonly declared: NewDeclaration[] = [];
  readonly lookups: DeclarationLookup[] = [];
  readonly billed: { from: Date; to: Date }[] = [];
  readonly payouts: Payout[] = [];
  readonly paidOut: NewPayout[] = [];
  readonly renotified: string[] = [];
  entries: BillEntry[] = [];
  held: Holdings = { available: "100.00", frozen: "1.50", unsettled: "20.00" };
  /** What every changing call answers next, instead of doing it. */
  problem: Problem | null = null;
  broken = false;

  constructor(callers: Caller[]) {
    this.callers = callers;
  }

  async caller(callerNo: string) {
    if (this.broken) throw new Error("the database is away, openid=secret");
    return this.callers.find((caller) => caller.callerNo === callerNo) ?? null;
  }

  async callerOfMerchant(merchantNo: string) {
    return this.callers.find((caller) => caller.merchantNos.includes(merchantNo)) ?? null;
  }

  async create(_caller: Caller, asked: NewPayment): Promise<Answer<Payment>> {
    this.created.push(asked);
    if (this.problem) return { ok: false, problem: this.problem };
    const { authCode: _, ...kept } = asked;
    const made = payment({ ...kept, no: "2017062312381442716795237", state: "INIT", paidAt: null, exchangeRate: "0.8789" });
    this.payments.push(made);
    return { ok: true, value: made };
  }

  async find(_caller: Caller, by: { no: string } | { clientNo: string }) {
    return this.payments.find((row) => ("no" in by ? row.no === by.no : row.clientNo === by.clientNo)) ?? null;
  }

  async refund(_caller: Caller, of: Payment, asked: { clientRefundNo: string | null; amount: string | null }): Promise<Answer<Refund>> {
    if (this.problem) return { ok: false, problem: this.problem };
    const made: Refund = {
      no: "2017062313110444111557843",
      clientRefundNo: asked.clientRefundNo,
      paymentNo: of.no,
      clientNo: of.clientNo,
      amount: asked.amount ?? of.amount,
      state: "SUCCESS",
      createdAt: new Date("2017-06-23T05:11:04Z"),
    };
    this.refunds.push(made);
    return { ok: true, value: made };
  }

  async findRefunds(_caller: Caller, by: Parameters<Backend["findRefunds"]>[1]) {
    return this.refunds.filter((row) => Object.entries(by).every(([name, value]) => row[name as keyof Refund] === value));
  }

  async close(_caller: Caller, row: Payment): Promise<Answer<Payment>> {
    if (this.problem) return { ok: false, problem: this.problem };
    const closed: Payment = { ...row, state: "CLOSED", userPaying: false };
    const at = this.payments.indexOf(row);
    if (at >= 0) this.payments[at] = closed;
    return { ok: true, value: closed };
  }

  async rate(wallet: "wechat" | "alipay", currency: string) {
    return RATES.get(`${wallet} ${currency}`) ?? null;
  }

  async bill(_caller: Caller, range: { from: Date; to: Date }) {
    this.billed.push(range);
    return this.entries;
  }

  async declare(_caller: Caller, asked: NewDeclaration): Promise<Answer<DeclarationRecord[]>> {
    this.declared.push(asked);
    if (this.problem) return { ok: false, problem: this.problem };
    return { ok: true, value: asked.customs.map((code) => record({ ...asked, customs: [code] })) };
  }

  async redeclare(_caller: Caller, by: DeclarationLookup): Promise<Answer<DeclarationRecord[]>> {
    this.lookups.push(by);
    return this.problem ? { ok: false, problem: this.problem } : { ok: true, value: this.declarations };
  }

  async findDeclarations(_caller: Caller, by: DeclarationLookup) {
    this.lookups.push(by);
    return this.declarations;
  }

  async openid(_caller: Caller, _merchantNo: string, code: string) {
    return code === "good" ? "kxc13i13J123" : null;
  }

  pageUrl(row: Payment, page: string) {
    return `https://gateway.example/${page}/${row.no}`;
  }

  openidPageUrl(merchantNo: string, backUrl: string, parameter: string) {
    return `https://gateway.example/openid?${new URLSearchParams({ merchantNo, backUrl, parameter })}`;
  }

  async createPayout(_caller: Caller, asked: NewPayout): Promise<Answer<Payout>> {
    this.paidOut.push(asked);
    if (this.problem) return { ok: false, problem: this.problem };
    const made = payout(asked);
    this.payouts.push(made);
    return { ok: true, value: made };
  }

  async findPayout(_caller: Caller, by: Parameters<Backend["findPayout"]>[1]) {
    const same = (row: Payout) => ("no" in by ? row.no === by.no : row.clientNo === by.clientNo);
    return this.payouts.find((row) => row.channel === by.channel && same(row)) ?? null;
  }

  async holdings() {
    return this.held;
  }

  async renotify(_caller: Caller, what: { payment: Payment } | { payout: Payout }) {
    this.renotified.push("payment" in what ? what.payment.no : what.payout.no);
  }
}

/** What customs made of a declaration. */
export function record(asked: NewDeclaration, changes: Partial<DeclarationRecord> = {}): DeclarationRecord {
  return {
    ...asked,
    state: "SUBMITTED",
    certCheck: asked.certId === null ? "UNCHECKED" : "SAME",
    walletNo: "4200000000",
    explanation: null,
    modifiedAt: new Date("2018-05-18T08:00:00Z"),
    ...changes,
  };
}
