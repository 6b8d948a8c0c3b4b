import type { Presentation } from "#lib/domain/presentation.ts";

/**
 * The header's policy allows any https host for a gateway's frame and forms, since only the database knows which one it
 * is. The page knows: where nothing goes out but a link, forms are ours alone, and a frame is that one host's (policies
 * add up, the strictest wins). A form handed to a gateway may be redirected on, which browsers check too: https stays.
 */
export function NarrowPolicy({ shown }: { shown: Presentation }) {
  const formAction = shown.kind === "form" ? `'self' ${originOf(shown.action)} https:` : "'self'";
  const frameSrc = shown.kind === "iframe" ? originOf(shown.url) : "'none'";
  return <meta httpEquiv="Content-Security-Policy" content={`form-action ${formAction}; frame-src ${frameSrc}`} />;
}

function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : "'none'";
}
