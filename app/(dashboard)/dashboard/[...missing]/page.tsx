import { notFound } from "next/navigation";
import { requireUser } from "#lib/auth.ts";

/** Any other address under the dashboard: the dashboard's own 404, for signed-in people only. */
export default async function MissingPage() {
  await requireUser();
  notFound();
}
