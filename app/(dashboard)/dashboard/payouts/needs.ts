import { fail, type Result } from "#lib/domain/errors.ts";
import type { Bank, Gateway } from "#lib/gateways/gateway.ts";
import type { PayoutAccount } from "#lib/gateways/payout.ts";

/** What of a bank account is asked for beside whose it is, its number and its name. */
export const MORE_FIELDS = ["mobile", "bankCode", "bankName", "province", "city", "idCard"] as const;
export type MoreField = (typeof MORE_FIELDS)[number];
/** `company`: needed for a company's account, and left to the person otherwise. */
export type Need = "always" | "company" | "optional";

/** One way to pay out: through which account, what it asks for and the document's banks, if it lists them. */
export interface Channel {
  name: string;
  needs: Partial<Record<MoreField, Need>>;
  /** Whether the document wants a remark. */
  remark: "always" | "optional";
  banks: readonly Bank[];
}

/** By gateway and channel; a field that is not named is not asked for. */
const NEEDS: Readonly<Record<string, Pick<Channel, "needs" | "remark">>> = {
  // seeds/003 §3.1.3; the bank's name comes with its code, and there is no remark.
  "xxpay trans": { needs: { bankCode: "always", province: "always", city: "always" }, remark: "optional" },
  // seeds/004 §2.15: 联行号 and the bank's name are needed for companies.
  "fengniao unionpay": { needs: { mobile: "always", bankCode: "company", bankName: "company" }, remark: "always" },
  // seeds/004 §2.23; what it marks 特殊必填 only some contracts want.
  "fengniao merchant": {
    needs: {
      ...{ mobile: "always", bankCode: "company", bankName: "company" },
      ...{ province: "optional", city: "optional", idCard: "optional" },
    },
    remark: "always",
  },
};
const UNKNOWN: Pick<Channel, "needs" | "remark"> = {
  needs: Object.fromEntries(MORE_FIELDS.map((field) => [field, "optional" as const])),
  remark: "optional",
};

/** The payout channels of a gateway; one this table does not know yet may be given everything. */
export function channelsOf(gateway: Gateway): Channel[] {
  return Object.entries(gateway.payoutChannels).map(([name, { banks }]) => {
    const { needs, remark } = NEEDS[`${gateway.id} ${name}`] ?? UNKNOWN;
    return { name, banks, remark, needs: { ...needs, ...(banks.length > 0 && { bankCode: "always" as const }) } };
  });
}

export type RecipientField = "number" | "name" | MoreField;
/** Why a field cannot be sent, by name of its sentence (`payouts.bad_<word>`). */
export type BadField = "number" | "name" | "text" | "needed" | "mobile" | "bankCode" | "bank" | "idCard";

const FORMS: Partial<Record<MoreField, RegExp>> = {
  mobile: /^\+?\d{6,15}$/,
  idCard: /^[0-9A-Za-z()]{6,20}$/,
};
const TEXT_MAX = 64;
/** seeds/003 §3.1.3: province and city are String(32). */
const PLACE_MAX = 32;
// Signs that part fields on some gateway's wire, and what no name has.
const TEXT = /^[^\p{Cc};&=<>"\\|]+$/u;

/** Reads whose account the money goes to; every bad field at once, by name. Values are personal: they are in no message. */
export function readRecipient(
  values: Readonly<Record<string, string>>,
  { needs, banks }: Channel,
): { ok: true; recipient: PayoutAccount } | { ok: false; bad: Partial<Record<RecipientField, BadField>> } {
  const bad: Partial<Record<RecipientField, BadField>> = {};
  const kind = values.kind === "company" ? "company" : "personal";
  const recipient: PayoutAccount = { kind, number: (values.number ?? "").replace(/[\s-]/g, ""), name: (values.name ?? "").trim() };
  if (!/^\d{8,32}$/.test(recipient.number)) bad.number = "number";
  if (!recipient.name) bad.name = "name";
  else if (!isText(recipient.name)) bad.name = "text";
  for (const field of MORE_FIELDS) {
    const need = needs[field];
    const value = (values[field] ?? "").trim();
    if (!need) continue;
    if (value === "") {
      if (need === "always" || (need === "company" && kind === "company")) bad[field] = "needed";
    } else {
      const wrong = problemOf(field, value, banks);
      if (wrong) bad[field] = wrong;
      else recipient[field] = value;
    }
  }
  return Object.keys(bad).length > 0 ? { ok: false, bad } : { ok: true, recipient };
}

function problemOf(field: MoreField, value: string, banks: readonly Bank[]): BadField | null {
  if (field === "bankCode") {
    if (banks.length > 0) return banks.some(({ code }) => code === value) ? null : "bank";
    return /^\d{12}$/.test(value) ? null : "bankCode";
  }
  const form = FORMS[field];
  if (form) return form.test(value) ? null : field === "mobile" ? "mobile" : "idCard";
  const place = field === "province" || field === "city";
  return isText(value) && (!place || value.length <= PLACE_MAX) ? null : "text";
}

function isText(value: string): boolean {
  return value.length <= TEXT_MAX && TEXT.test(value);
}

/** The channel of that name, or a problem. */
export function channelNamed(gateway: Gateway | null, name: string): Result<Channel> {
  const channel = gateway ? channelsOf(gateway).find((one) => one.name === name) : undefined;
  return channel ? { ok: true, value: channel } : fail("payout_unsupported", "channel");
}
