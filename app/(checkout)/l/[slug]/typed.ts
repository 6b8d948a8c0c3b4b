import { cookies } from "next/headers";
import { z } from "zod";
import { FIELD_INPUTS } from "#lib/domain/link.ts";
import { env } from "#lib/env.ts";

const NAME = "typed";
/** Long enough to see a problem and mend it. */
const SECONDS = 120;
const INPUTS = ["choice", "quantity", ...FIELD_INPUTS] as const;
const kept = z.record(z.string(), z.string().max(200));

/**
 * Keeps what a shopper typed over the way back from a problem. In a cookie of this link's page and not in its address: answers
 * may be personal, and addresses end up in histories and logs.
 */
export async function keepTyped(slug: string, sent: Partial<Record<(typeof INPUTS)[number], string | undefined>>): Promise<void> {
  const typed = Object.fromEntries(INPUTS.flatMap((name) => (sent[name] ? [[name, sent[name].slice(0, 200)]] : [])));
  (await cookies()).set(NAME, Buffer.from(JSON.stringify(typed)).toString("base64url"), { ...place(slug), maxAge: SECONDS });
}

/** Forgets it: the order is open. */
export async function forgetTyped(slug: string): Promise<void> {
  const jar = await cookies();
  if (jar.has(NAME)) jar.set(NAME, "", { ...place(slug), maxAge: 0 });
}

/** What was typed before the problem, by the input's name; empty when it is gone or not ours. */
export async function typedBefore(): Promise<Record<string, string>> {
  const text = (await cookies()).get(NAME)?.value ?? "";
  try {
    return kept.catch({}).parse(JSON.parse(Buffer.from(text, "base64url").toString("utf8")));
  } catch {
    return {};
  }
}

function place(slug: string) {
  return { path: `/l/${slug}`, httpOnly: true, sameSite: "lax", secure: env().PUBLIC_URL.startsWith("https:") } as const;
}
