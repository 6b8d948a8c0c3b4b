import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sha256Hex } from "#lib/crypto/digest.ts";
import { mpgateway } from "#lib/gateways/mpgateway/index.ts";
import { message, notice, ORDER_NO, openedAccount, QUERY_ID, vectorOf, vectors } from "#lib/gateways/mpgateway/test-account.ts";
import type { InboundMessage } from "#lib/gateways/notice.ts";

const open = (inbound: InboundMessage, settings = {}) => openedAccount([], settings).account.openNotification(inbound);
const PAID = vectorOf(vectors.notifications, "paid");
const FIELDS = JSON.parse(PAID.json_text) as Record<string, unknown>;

describe("genuine notifications, by the vectors", () => {
  it.each(vectors.notifications)(
    "$id verifies, and credits what the real handler credits",
    ({ form_body: body, handler_credits: credits }) => {
      const opened = open(message(body));
      if (!opened.ok) throw new Error(opened.detail);
      expect(opened.notification.standing.kind === "paid").toBe(credits);
    },
  );

  it("is opened into our words; a query settles it unless the account trusts the signature", () => {
    const expected = {
      gatewayOrderNo: ORDER_NO,
      gatewayRef: QUERY_ID,
      standing: {
        kind: "paid",
        gatewayRef: QUERY_ID,
        amount: { minor: 100n, currency: "CNY" },
        paidAt: new Date("2018-05-01T04:34:56Z"),
      },
      settles: "query",
      fingerprint: sha256Hex(PAID.resp),
      fields: { ...FIELDS, txnamt: "100" },
    };
    expect(open(message(PAID.form_body))).toEqual({ ok: true, notification: expected });
    expect(open(message(PAID.form_body), { trustNotifications: true })).toEqual({
      ok: true,
      notification: { ...expected, settles: "inline" },
    });
  });

  it("may come as a query, with a bare +, or signed in upper case; it is the same notice", () => {
    const fingerprints = [
      message(PAID.form_body),
      message(PAID.form_body, "GET"),
      message(`resp=${PAID.resp}&sign=${PAID.sign.toUpperCase()}`),
    ].map((inbound) => {
      const opened = open(inbound);
      return opened.ok ? opened.notification.fingerprint : opened.detail;
    });
    expect(PAID.resp).toContain("+");
    expect(new Set(fingerprints)).toEqual(new Set([sha256Hex(PAID.resp)]));
  });

  it("another notice has another fingerprint", () => {
    const opened = open(notice({ ...FIELDS, resultcode: "1002" }));
    expect(opened.ok && opened.notification.fingerprint).not.toBe(sha256Hex(PAID.resp));
  });
});

describe("tampered ones are refused", () => {
  it.each(Object.keys(FIELDS))("%s changed, dropped or added to", (name) => {
    const { [name]: value, ...rest } = FIELDS;
    for (const fields of [{ ...rest, [name]: `${value}0` }, rest, { ...FIELDS, extra: "1" }]) {
      const resp = Buffer.from(JSON.stringify(fields)).toString("base64");
      const body = new URLSearchParams({ resp, sign: PAID.sign }).toString();
      expect(open(message(body))).toMatchObject({ ok: false, reason: "bad_signature" });
    }
  });

  it("any one letter of the text or of the signature", () => {
    fc.assert(
      fc.property(fc.boolean(), fc.nat(), fc.constantFrom("Z", "0", "f"), (inText, at, other) => {
        const text = inText ? PAID.resp : PAID.sign;
        const index = at % (text.length - 2);
        const changed = text.slice(0, index) + other + text.slice(index + 1);
        fc.pre(changed !== text && changed.toLowerCase() !== PAID.sign);
        const pair = inText ? { resp: changed, sign: PAID.sign } : { resp: PAID.resp, sign: changed };
        expect(open(message(new URLSearchParams(pair).toString()))).toMatchObject({ ok: false });
      }),
    );
  });

  it("says which number it claims, to be found by", () => {
    expect(open(message(new URLSearchParams({ resp: PAID.resp, sign: "0".repeat(32) }).toString()))).toEqual({
      ok: false,
      reason: "bad_signature",
      detail: expect.any(String),
      gatewayOrderNo: ORDER_NO,
    });
  });
});

describe("what is refused", () => {
  it.each([
    ["no resp", "sign=x", "unreadable"],
    ["resp that is no base64", "resp=%7B%7D&sign=x", "unreadable"],
    ["resp that is no object", `resp=${Buffer.from("[1]").toString("base64")}&sign=x`, "unreadable"],
    ["a name twice", "resp=a&resp=b", "duplicate_field"],
    ["a broken escape", "resp=%zz", "unreadable"],
    ["no sign", `resp=${encodeURIComponent(PAID.resp)}`, "missing_signature"],
    ["an empty sign", `resp=${encodeURIComponent(PAID.resp)}&sign=`, "missing_signature"],
  ])("%s", (_what, body, reason) => {
    expect(open(message(body))).toMatchObject({ ok: false, reason });
  });

  it("a body beyond 64 KiB", () => {
    expect(open(message(`resp=${"x".repeat(65_536)}`))).toMatchObject({ ok: false, reason: "unreadable" });
  });

  it.each(["merid", "orderid", "queryid", "txnamt"])("a genuine one whose %s is empty or absent", (name) => {
    const { [name]: _dropped, ...rest } = FIELDS;
    expect(open(notice(rest))).toMatchObject({ ok: false, reason: "missing_field" });
    expect(open(notice({ ...rest, [name]: "" }))).toMatchObject({ ok: false, reason: "missing_field" });
  });

  it("a genuine one with an object where a text belongs", () => {
    expect(open(notice({ ...FIELDS, txnamt: { x: 1 } }))).toMatchObject({ ok: false, reason: "unreadable" });
  });
});

describe("a genuine one", () => {
  it.each([
    ["0000", "paid"],
    ["1002", "paid"],
    ["1001", "pending"],
    ["1003", "failed"],
    ["1004", "unknown"],
    ["", "unknown"],
    ["9999", "unknown"],
  ])("with resultcode %s is %s", (resultcode, kind) => {
    expect(open(notice({ ...FIELDS, resultcode }))).toMatchObject({ ok: true, notification: { standing: { kind } } });
  });

  it("may write the amount as text", () => {
    expect(open(notice({ ...FIELDS, txnamt: "100" }))).toMatchObject({ notification: { standing: { amount: { minor: 100n } } } });
  });

  it("about another merchant is a conflict: believed, flagged, and it moves nothing here", () => {
    const opened = open(notice({ ...FIELDS, merid: "89900101" }));
    expect(opened).toMatchObject({ ok: true, notification: { conflict: expect.stringContaining("89900101") } });
  });

  it("about our merchant is none", () => {
    const opened = open(message(PAID.form_body));
    expect(opened.ok && opened.notification.conflict).toBeUndefined();
  });

  it("shows a person's data to nobody", () => {
    const opened = open(notice({ ...FIELDS, openid: "oQx43wJiwtsjv8C0lT5Lj7Mw1QZ4" }));
    expect(opened).toMatchObject({ ok: true, notification: { fields: { openid: "***" } } });
  });
});

describe("the front notification", () => {
  const query = `t=1&${PAID.form_body}`;

  it("is a hint which payment to ask about, with whatever our own address held", () => {
    expect(mpgateway.readReturn?.(`?${query}`)).toEqual({
      gatewayOrderNo: ORDER_NO,
      gatewayRef: QUERY_ID,
      fields: { ...FIELDS, txnamt: "100" },
      extra: { t: "1" },
    });
  });

  it.each(["", "t=1", "resp=%zz", "resp=abc&sign=x", `resp=${Buffer.from('{"a":1}').toString("base64")}`])("is not %j", (other) => {
    expect(mpgateway.readReturn?.(other)).toBeNull();
  });
});

it("the acknowledgement is exactly 0000", () => {
  expect(mpgateway.acknowledgement).toMatchObject({ status: 200, body: "0000" });
});
