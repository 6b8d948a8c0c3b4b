import { readMessage } from "#lib/doctor/message.ts";
import { personalIn } from "#lib/doctor/personal.ts";

/** Headers that carry a pass of their own. */
const PASSES = /^((?:authorization|cookie|proxy-authorization|x-api-key): ).+$/gim;

/** A message as it stands on the wire, with what is personal in it, and any pass in its headers, masked: fit to be shown and copied. */
export function maskedText(text: string): string {
  const shown = text.replace(PASSES, "$1***");
  return personalIn(readMessage(text)).reduce((all, value) => all.replaceAll(value, "***"), shown);
}
