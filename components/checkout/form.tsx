import type { ReactNode } from "react";
import type { FormTarget } from "#components/checkout/scene.ts";

/** A form of the checkout: posts `token` and whatever button was pressed. Works before and without scripts. */
export function TokenForm({
  action,
  token,
  children,
  className,
  ...data
}: {
  action: FormTarget;
  token: string;
  children: ReactNode;
  className?: string;
  "data-auto"?: string | undefined;
  "data-paid-form"?: boolean;
}) {
  return (
    <form action={action} method={typeof action === "string" ? "post" : undefined} className={className} suppressHydrationWarning {...data}>
      <input type="hidden" name="token" value={token} />
      {children}
    </form>
  );
}
