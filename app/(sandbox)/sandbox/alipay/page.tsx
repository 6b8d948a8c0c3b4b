import type { PageProps } from "#app/(sandbox)/open-sandbox.ts";
import { PhoneScreen } from "#app/(sandbox)/sandbox/phone-screen.tsx";

/** Alipay's own browser, as a frame. */
export default function AlipayPage({ searchParams }: PageProps) {
  return <PhoneScreen phone="alipay" searchParams={searchParams} />;
}
