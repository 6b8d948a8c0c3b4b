import { Home } from "#components/checkout/home.tsx";
import { currentLocale } from "#lib/action.ts";
import { sandboxOn } from "#lib/env.ts";

export default async function Page() {
  return <Home locale={await currentLocale()} sandbox={sandboxOn()} />;
}
