import type { PageProps } from "#app/(sandbox)/open-sandbox.ts";
import { PhoneScreen } from "#app/(sandbox)/sandbox/phone-screen.tsx";

/** WeChat's own browser, as a frame. */
export default function WechatPage({ searchParams }: PageProps) {
  return <PhoneScreen phone="wechat" searchParams={searchParams} />;
}
