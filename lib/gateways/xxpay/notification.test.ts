import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sha256Hex } from "#lib/crypto/digest.ts";
import type { InboundMessage } from "#lib/gateways/notice.ts";
import { xxpay } from "#lib/gateways/xxpay/index.ts";
import { canonical } from "#lib/gateways/xxpay/signature.ts";
import {
  credentials,
  message,
  notice,
  ORDER_NO,
  openedAccount,
  PAY_ORDER_ID,
  vectorOf,
  vectors,
} from "#lib/gateways/xxpay/test-account.ts";

const VECTOR = vectorOf(vectors.cases, "notify_pay");
const FIELDS = JSON.parse(VECTOR.params_json) as Record<string, string>;
const SIGN = VECTOR.expected.sign;
const open = (inbound: InboundMessage, settings = {}) => openedAccount([], settings).account.openNotification(inbound);

describe("a genuine notification, by the vector", () => {
  const expected = {
    gatewayOrderNo: ORDER_NO,
    gatewayRef: PAY_ORDER_ID,
    standing: {
      kind: "paid",
      gatewayRef: PAY_ORDER_ID,
      amount: { minor: 100n, currency: "CNY" },
      paidAt: new Date(1_505_049_094_262),
      detail: { walletRef: FIELDS.channelOrderNo },
    },
    settles: "query",
    fingerprint: sha256Hex(VECTOR.expected.string_to_sign.replace(/&key=.*$/, "")),
    fields: { ...FIELDS, channelAttach: "***", param1: "***", sign: SIGN },
  };

  it("is opened into our words; a query settles it unless the account trusts the signature", () => {
    expect(open(message({ ...FIELDS, sign: SIGN }))).toEqual({ ok: true, notification: expected });
    const trusting = open(message({ ...FIELDS, sign: SIGN }), { trustNotifications: true });
    expect(trusting).toEqual({ ok: true, notification: { ...expected, settles: "inline" } });
  });

  it("may be signed in lower case, leave its empty fields out, or come as a query: it is the same notice", () => {
    const { param2: _empty, ...present } = FIELDS;
    const inbound = [
      message({ ...FIELDS, sign: SIGN.toLowerCase() }),
      message({ ...present, sign: SIGN }),
      message({ ...FIELDS, sign: SIGN }, "GET"),
    ];
    const prints = inbound.map((one) => {
      const opened = open(one);
      return opened.ok ? opened.notification.fingerprint : opened.reason;
    });
    expect(new Set(prints)).toEqual(new Set([expected.fingerprint]));
  });

  it.each(Object.keys(FIELDS))("is refused when %s was changed, dropped or added to", (name) => {
    const { [name]: value = "", ...rest } = FIELDS;
    const changes: Record<string, string>[] = [
      { ...rest, [name]: `${value}0` },
      { ...FIELDS, extra: "1" },
    ];
    if (value !== "") changes.push(rest);
    for (const fields of changes) expect(open(message({ ...fields, sign: SIGN }))).toMatchObject({ ok: false, reason: "bad_signature" });
  });

  it("is refused under any other signature, and says which number it claims", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9A-F]{32}$/), (other) => {
        fc.pre(other !== SIGN);
        const opened = open(message({ ...FIELDS, sign: other }));
        expect(opened).toMatchObject({ ok: false, reason: "bad_signature", gatewayOrderNo: ORDER_NO });
      }),
    );
  });

  it("may carry fields nobody knows: they are signed", () => {
    expect(open(notice({ ...FIELDS, newField: "x=y" }))).toMatchObject({ ok: true });
  });
});

describe("what is refused", () => {
  it.each([
    ["a name twice", "amount=1&amount=2", "duplicate_field"],
    ["a broken escape", "amount=%zz", "unreadable"],
    ["bytes that are no UTF-8", "amount=%ff", "unreadable"],
    ["a value with &", "param1=1%26status%3D2&mchOrderNo=x", "ambiguous_value"],
    ["a name with =", "a%3Db=1", "ambiguous_value"],
    ["a name with &", "a%26b=1", "ambiguous_value"],
    ["no sign", "mchOrderNo=x&status=2", "missing_signature"],
    ["nothing", "", "missing_signature"],
  ])("%s", (_what, body, reason) => {
    expect(open(message(body))).toMatchObject({ ok: false, reason });
  });

  it("a body beyond 64 KiB", () => {
    expect(open(message(`a=${"x".repeat(65_536)}`))).toMatchObject({ ok: false, reason: "unreadable" });
  });

  it.each(["payOrderId", "mchId", "mchOrderNo", "amount", "status"])("a genuine one whose %s is empty or absent", (name) => {
    const { [name]: _dropped, ...rest } = FIELDS;
    expect(open(notice(rest))).toMatchObject({ ok: false, reason: "missing_field" });
    expect(open(notice({ ...rest, [name]: "" }))).toMatchObject({ ok: false, reason: "missing_field" });
  });

  it("cannot be cut another way: of what is let through, the signed text gives back every field", () => {
    const value = fc.string({ unit: fc.constantFrom("a", "=", "1", " ", "中", "&"), minLength: 1, maxLength: 8 });
    const pairs = fc.dictionary(fc.string({ unit: fc.constantFrom("a", "=", "&", "z"), minLength: 1, maxLength: 4 }), value, {
      maxKeys: 4,
    });
    const cut = (pair: string): [string, string] => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)];
    fc.assert(
      fc.property(pairs, (more) => {
        const fields = { ...more, ...FIELDS };
        const opened = open(notice(fields));
        const cutAgain = Object.fromEntries(canonical(fields).split("&").map(cut));
        const { param2: _empty, ...signed } = fields;
        if (opened.ok) expect(cutAgain).toEqual(signed);
        else expect(opened.reason).toBe("ambiguous_value");
      }),
    );
  });
});

describe("a genuine one", () => {
  it.each([
    ["0", "pending"],
    ["1", "pending"],
    ["2", "paid"],
    ["3", "paid"],
    ["4", "unknown"],
    ["5", "failed"],
    ["9", "unknown"],
  ])("with status %s is %s", (status, kind) => {
    expect(open(notice({ ...FIELDS, status }))).toMatchObject({ ok: true, notification: { standing: { kind } } });
  });

  it.each(["1.00", "1e2", "-1"])("with the amount %s moves nothing", (amount) => {
    expect(open(notice({ ...FIELDS, amount }))).toMatchObject({ ok: true, notification: { standing: { kind: "unknown" } } });
  });

  it.each([
    ["merchant", { mchId: "20001223" }],
    ["app", { appId: "1ae8be35ff634e2abe94f5f32f6d5c4f" }],
  ])("about another %s is a conflict: believed, flagged, and it moves nothing here", (_what, over) => {
    expect(open(notice({ ...FIELDS, ...over }))).toMatchObject({ ok: true, notification: { conflict: expect.stringContaining("not") } });
  });

  it("that came through the browser never settles by itself", () => {
    const opened = open(notice({ ...FIELDS, backType: "1" }), { trustNotifications: true });
    expect(opened).toMatchObject({ ok: true, notification: { settles: "query" } });
  });
});

describe("the front notification", () => {
  const query = new URLSearchParams({ t: "1", ...FIELDS, backType: "1", sign: SIGN }).toString();

  it("is a hint which payment to ask about, with whatever our own address held", () => {
    expect(xxpay.readReturn?.(`?${query}`)).toEqual({
      gatewayOrderNo: ORDER_NO,
      gatewayRef: PAY_ORDER_ID,
      fields: { ...FIELDS, backType: "1", channelAttach: "***", param1: "***", sign: SIGN },
      extra: { t: "1" },
    });
  });

  it.each(["", "t=1", "mchOrderNo=%zz", "mchOrderNo=&payOrderId="])("is not %j", (other) => {
    expect(xxpay.readReturn?.(other)).toBeNull();
  });
});

it("the acknowledgement is success, and the account is the vectors'", () => {
  expect(xxpay.acknowledgement).toMatchObject({ status: 200, body: "success" });
  expect(FIELDS).toMatchObject({ mchId: credentials.mchId, appId: credentials.appId });
});
