const HOME = "/dashboard";
/** Only there to read a path against: never shown, never called. */
const BASE = "http://own.invalid";
const OURS = /^(?:\/dashboard(?:\/[\w\-.~%]+)*\/?|\/invite\/[0-9a-z]{20,32})$/;

/**
 * Where to go after signing in: `next` when it is a dashboard path of our own or an invitation's, else the dashboard. Read the
 * way a browser reads it: `/dashboard/..//evil.example` begins well and is another site by the time Next's router follows it.
 */
export function dashboardPath(next: string): string {
  if (next.length > 2000 || !/^\/(?:dashboard|invite\/)/.test(next) || !URL.canParse(next, BASE)) return HOME;
  const { origin, pathname, search } = new URL(next, BASE);
  const ours = origin === BASE && OURS.test(pathname);
  return ours ? `${pathname}${search}` : HOME;
}
