import { serveApi } from "#lib/api/serve.ts";

export const dynamic = "force-dynamic";

/** API v1 (lib/api). `scripts/hot-routes.ts` serves it without the framework; this is for `next dev` and a plain `next start`. */
const serve = (request: Request): Promise<Response> => serveApi(request);

export { serve as DELETE, serve as GET, serve as HEAD, serve as OPTIONS, serve as PATCH, serve as POST, serve as PUT };
