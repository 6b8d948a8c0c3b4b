import { replay } from "../../../replay.ts";

export const dynamic = "force-dynamic";

async function handle(_request, { params }) {
  await replay(Number((await params).index));
  return new Response("success", { headers: { "content-type": "text/plain" } });
}

export { handle as GET, handle as POST };
