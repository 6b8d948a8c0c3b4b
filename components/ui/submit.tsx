"use client";
import { useFormStatus } from "react-dom";
import { BUTTON } from "#components/ui/button.ts";

/** A form's button. While the form is on its way it says so and takes no second press; without JavaScript it is a plain button. */
export function Submit(props: {
  look?: keyof typeof BUTTON;
  busy: string;
  name?: string;
  value?: string;
  wide?: boolean;
  children: React.ReactNode;
}) {
  const { look = "primary", busy, name, value, wide, children } = props;
  const { pending } = useFormStatus();
  return (
    <button
      type="submit"
      name={name}
      value={value}
      disabled={pending}
      aria-busy={pending}
      className={`${BUTTON[look]} ${wide ? "w-full" : ""}`}
    >
      {pending ? busy : children}
    </button>
  );
}
