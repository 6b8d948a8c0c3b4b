"use client";
import { useRouter } from "next/navigation";
import { useRef, useState, useSyncExternalStore, useTransition } from "react";
import { BUTTON } from "#components/ui/button.ts";

interface Props {
  here: string;
  step: number;
  /** ISO instants, oldest first; the step after the last is now. */
  times: readonly string[];
  /** What each step is called, now included. */
  labels: readonly string[];
  words: { slider: string; show: string };
}

const never = () => () => {};
/** A hand that drags, or a key held down, passes many instants: only where it rests is asked for. */
const RESTS_MS = 250;

/**
 * A range over the instants of a history. Moving it names the instant at once and goes there when it rests; without
 * JavaScript it is a form with a button.
 */
export function TimeSlider({ here, step, times, labels, words }: Props) {
  const router = useRouter();
  const [shown, setShown] = useState(step);
  const [pending, startTransition] = useTransition();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const scripted = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  const goTo = (next: number) => {
    setShown(next);
    clearTimeout(timer.current);
    const time = times[next];
    const address = time === undefined ? here : `${here}?at=${time}`;
    timer.current = setTimeout(() => startTransition(() => router.replace(address, { scroll: false })), RESTS_MS);
  };
  return (
    <form action={here} method="get" className="grid items-center gap-x-4 md:grid-cols-[auto_minmax(0,1fr)]" aria-busy={pending}>
      {/* For the eye: the range itself says it to whoever listens. */}
      <p aria-hidden="true" className="text-sm font-medium whitespace-nowrap tabular-nums md:min-w-52">
        {labels[shown]}
      </p>
      <span className="flex items-center gap-3">
        <input
          id="step"
          name="step"
          type="range"
          min={0}
          max={times.length}
          step={1}
          defaultValue={step}
          onChange={(event) => goTo(Number(event.currentTarget.value))}
          aria-label={words.slider}
          aria-valuetext={labels[shown]}
          className="h-11 w-full cursor-pointer accent-jade"
        />
        {scripted ? null : (
          <button type="submit" className={BUTTON.small}>
            {words.show}
          </button>
        )}
      </span>
    </form>
  );
}
