/** What the request at hand says, for tests that call pages and actions in process; the framework's own functions answer from it. */
export const request = { headers: new Headers(), cookies: new Map<string, string>(), asked: [] as [string, unknown][] };

/** In place of `next/headers`, for vi.mock. */
export const nextHeaders = {
  headers: async () => request.headers,
  cookies: async () => ({
    get: (name: string) => (request.cookies.has(name) ? { name, value: request.cookies.get(name) } : undefined),
    set: () => {},
    delete: () => {},
  }),
};

/** In place of `next/cache`. */
export const nextCache = { revalidatePath: () => {} };

/** In place of `next/navigation`: where somebody is sent is an error's message. */
export const nextNavigation = {
  redirect: (to: string) => {
    throw new Error(`redirect ${to}`);
  },
  notFound: () => {
    throw new Error("not found");
  },
  usePathname: () => "/dashboard",
  useRouter: () => ({}),
  useSearchParams: () => new URLSearchParams(),
};
