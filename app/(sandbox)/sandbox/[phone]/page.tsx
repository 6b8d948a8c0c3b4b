import { notFound } from "next/navigation";
import type { PageProps } from "#app/(sandbox)/open-sandbox.ts";
import { PhoneScreen } from "#app/(sandbox)/sandbox/phone-screen.tsx";
import { isPhone } from "#lib/sandbox/phone.ts";

/** A wallet's own browser (`/sandbox/wechat`, `/sandbox/qq`, …), as a frame. */
export default async function PhonePage({ params, searchParams }: PageProps<{ phone: string }>) {
  const { phone } = await params;
  if (!isPhone(phone)) notFound();
  return <PhoneScreen phone={phone} searchParams={searchParams} />;
}
