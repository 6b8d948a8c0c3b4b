import type { z } from "zod";
import type { Translator } from "#lib/i18n/translator.ts";

/** What the gateways' schemas say in their own words (lib/gateways/<id>/credentials.ts), and our sentence for it. */
const OWN = {
  "letters, digits, - and _ only": "issue.number",
  "letters, digits, - and _ only, 32 at most": "issue.number_32",
  "letters and digits only": "issue.letters_digits",
  digits: "issue.digits",
  "digits only": "issue.digits",
  "digits only, 16 at most": "issue.digits_16",
  "a product's number": "issue.digits_8",
  "no blanks": "issue.no_blanks",
  "not an RSA private key in PEM": "issue.private_key",
  "not an RSA public key in PEM": "issue.public_key",
  "a path such as /order/app_pay": "issue.path",
  "a path such as /api/query": "issue.path",
  "a path such as /gateway": "issue.path",
  "a path such as /api/pay/query_order, or an https address": "issue.place",
} as const;

/** True when a schema's own message has a sentence in every language: tests ask it of each gateway's schemas. */
export function isKnownMessage(message: string): message is keyof typeof OWN {
  return Object.hasOwn(OWN, message);
}

/**
 * What is wrong with a field of an account's form, in the reader's language. zod's messages are English and are never
 * shown; a message nobody has translated becomes the general sentence of its code.
 */
export function issueWords(issue: z.core.$ZodIssue, t: Translator<"dashboard">): string {
  const field = issue.path.join(".");
  const message = isKnownMessage(issue.message) ? t(`accounts.${OWN[issue.message]}`) : byCode(issue, t);
  return t("accounts.bad_field", { field, message });
}

function byCode(issue: z.core.$ZodIssue, t: Translator<"dashboard">): string {
  switch (issue.code) {
    case "too_small":
      return t("accounts.issue.short", { min: String(issue.minimum) });
    case "too_big":
      return t("accounts.issue.long", { max: String(issue.maximum) });
    case "invalid_value":
      return t("accounts.issue.choice", { options: issue.values.map(String).join(" · ") });
    case "unrecognized_keys":
      return t("accounts.issue.key", { keys: issue.keys.join(", ") });
    case "invalid_key":
      return t("accounts.issue.key", { keys: String(issue.path.at(-1) ?? "") });
    case "invalid_format":
      return issue.format === "url" ? t("accounts.issue.url") : t("accounts.issue.form");
    default:
      return t("accounts.issue.form");
  }
}
