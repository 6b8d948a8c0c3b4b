import { boundedBody } from "#lib/bounded-body.ts";
import { LOGO_MAX_BYTES, type LogoProblem, readLogo } from "#lib/domain/logo.ts";
import { openAction, type StaffProblem } from "#lib/staff.ts";
import { removeLogo, saveLogo } from "#lib/team/settings.ts";

/** The form's other fields and the borders between its parts. */
const FORM_BYTES = 8192;

type Outcome = { said: "logo" | "logo_removed"; logo: string | null } | { problem: StaffProblem | LogoProblem };

/**
 * Takes a merchant's logo. A route rather than an action, since actions read 64 kB at most. Answers a plain form with a redirect
 * to the settings, and the page's script (`Accept: application/json`) with what came of it.
 */
export async function POST(request: Request): Promise<Response> {
  const outcome = await take(request);
  if (request.headers.get("accept")?.includes("application/json")) return Response.json(outcome);
  const query = new URLSearchParams("problem" in outcome ? { problem: outcome.problem } : { said: outcome.said });
  return new Response(null, { status: 303, headers: { Location: `/dashboard/settings?${query}#brand` } });
}

async function take(request: Request): Promise<Outcome> {
  const body = await boundedBody(request, LOGO_MAX_BYTES + FORM_BYTES);
  if (!body) return { problem: "too_large" };
  const type = request.headers.get("content-type") ?? "";
  const form = await new Response(body, { headers: { "Content-Type": type } }).formData().catch(() => null);
  if (!form) return { problem: "empty" };
  const opened = await openAction("settings.logo", form);
  if (!opened.ok) return { problem: opened.problem };
  const about = { merchantId: opened.merchant.id, actor: opened.actor };
  if (form.get("remove") === "yes") {
    await removeLogo(about);
    return { said: "logo_removed", logo: null };
  }
  const file = form.get("logo");
  const bytes = file instanceof Blob ? Buffer.from(await file.arrayBuffer()) : Buffer.alloc(0);
  const read = readLogo(bytes);
  if (!read.ok) return { problem: read.problem };
  const logo = await saveLogo({ ...about, logo: { type: read.type, bytes } });
  return logo ? { said: "logo", logo } : { problem: "forbidden" };
}
