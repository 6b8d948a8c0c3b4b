/**
 * A request's body, read no further than `maxBytes`: null when it is longer, whatever its Content-Length says. Every route
 * that strangers may post to reads through this (`text()` and `formData()` would hold all of it in memory first).
 */
export async function boundedBody(request: Request, maxBytes: number): Promise<Uint8Array<ArrayBuffer> | null> {
  const declared = Number(request.headers.get("content-length") ?? 0);
  if (declared > maxBytes) return null;
  if (!request.body) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body) {
    size += chunk.byteLength;
    // Leaving the loop cancels the stream: nothing more is received.
    if (size > maxBytes) return null;
    chunks.push(chunk);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  return whole;
}

/** The same as UTF-8 text. */
export async function boundedText(request: Request, maxBytes: number): Promise<string | null> {
  const body = await boundedBody(request, maxBytes);
  return body === null ? null : new TextDecoder().decode(body);
}

/** The same as a form, urlencoded or multipart; null also for what is no form. */
export async function boundedForm(request: Request, maxBytes: number): Promise<FormData | null> {
  const body = await boundedBody(request, maxBytes);
  if (body === null) return null;
  const type = request.headers.get("content-type") ?? "";
  return new Response(body, { headers: { "content-type": type } }).formData().catch(() => null);
}
