import { NothingHere } from "#components/checkout/not-found.tsx";
import { currentLocale } from "#lib/action.ts";

export default async function NotFound() {
  return <NothingHere locale={await currentLocale()} />;
}
