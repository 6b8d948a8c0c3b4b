"use client";
import { useActionState, useEffect, useState, useSyncExternalStore } from "react";
import { BrandSwatches, type SwatchWords } from "#components/dashboard/brand-swatches.tsx";
import { type StaffSubmit, shownValue, UNTOUCHED } from "#components/dashboard/staff-form.ts";
import { BUTTON } from "#components/ui/button.ts";
import { Field, INPUT, tie } from "#components/ui/field.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Submit } from "#components/ui/submit.tsx";
import { type Face, readColour } from "#lib/domain/brand.ts";

export type BrandWords = SwatchWords &
  Record<"name" | "colour" | "colourHint" | "picker" | "contact" | "contactHint" | "preview" | "draw" | "save" | "busy", string>;

/** How long typing must pause before the preview is drawn anew, in milliseconds. */
const PAUSE_MS = 350;
const OURS = "#0b7a5b";
const never = () => () => {};

/**
 * A merchant's face beside the checkout it makes: a frame with the shopper's own page, drawn anew as one types. Without JavaScript
 * the second button draws it: a plain GET that keeps what was typed.
 */
export function BrandForm(props: {
  submit: StaffSubmit;
  merchantId: string;
  /** What the inputs begin with: what is stored, or what a preview without JavaScript was asked for. */
  face: Face;
  /** Changes with the logo, so that the frame is drawn anew. */
  logo: string;
  words: BrandWords;
}) {
  const { submit, merchantId, face, logo, words } = props;
  const [state, action] = useActionState(submit, UNTOUCHED);
  const first: Face = {
    name: shownValue(state, "name", face.name),
    colour: shownValue(state, "colour", face.colour),
    contact: shownValue(state, "contact", face.contact),
  };
  const [typed, setTyped] = useState(first);
  const drawn = usePaused(typed);
  const scripted = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  const type = (name: keyof Face) => (event: React.ChangeEvent<HTMLInputElement>) => setTyped({ ...typed, [name]: event.target.value });
  const input = (name: keyof Face, label: string, hint?: string) => {
    const said = { hint, error: state.errors[name] };
    return (
      <Field id={`brand-${name}`} label={label} {...said}>
        <input {...tie(`brand-${name}`, said)} name={name} value={typed[name]} onChange={type(name)} autoComplete="off" className={INPUT} />
      </Field>
    );
  };
  const address = `/dashboard/settings/preview?${new URLSearchParams({ merchant: merchantId, ...drawn, logo })}`;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-6 xl:grid-cols-[minmax(0,1fr)_340px]">
      <form action={action} className="grid grid-cols-[minmax(0,1fr)] gap-4" noValidate>
        <input type="hidden" name="merchant" value={merchantId} />
        {input("name", words.name)}
        <div className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-2">
          {input("colour", words.colour, words.colourHint)}
          {scripted ? (
            <input
              type="color"
              aria-label={words.picker}
              title={words.picker}
              value={readColour(typed.colour) || OURS}
              onChange={type("colour")}
              className="mt-[1.65rem] h-11 w-14 cursor-pointer rounded-lg border border-edge bg-surface p-1"
            />
          ) : null}
        </div>
        <BrandSwatches colour={readColour(typed.colour) || OURS} words={words} />
        {input("contact", words.contact, words.contactHint)}
        {state.problem ? <Notice kind="problem">{state.problem}</Notice> : null}
        {state.done ? <Notice kind="done">{state.done}</Notice> : null}
        <div className="flex flex-wrap gap-2">
          <Submit look="primary" busy={words.busy}>
            {words.save}
          </Submit>
          {scripted ? null : (
            <button type="submit" formMethod="get" formAction="/dashboard/settings#brand" className={BUTTON.secondary}>
              {words.draw}
            </button>
          )}
        </div>
      </form>
      <iframe src={address} title={words.preview} className="h-[560px] w-full max-w-[390px] rounded-card border border-line bg-paper" />
    </div>
  );
}

// The value, once it has not changed for a moment.
function usePaused(value: Face): Face {
  const [paused, setPaused] = useState(value);
  const { name, colour, contact } = value;
  useEffect(() => {
    const timer = setTimeout(() => setPaused({ name, colour, contact }), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [name, colour, contact]);
  return paused;
}
