"use client";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { actOf, isPlain, type Press, rowAfter } from "#components/dashboard/keys.ts";
import { BUTTON } from "#components/ui/button.ts";
import { Icon } from "#components/ui/icon.tsx";
import { askForSearch } from "#components/ui/search-shortcut.tsx";

export interface KeyboardProps {
  words: Record<"title" | "here" | "go" | "search" | "searchAway" | "rows" | "open" | "help" | "close" | "single" | "singleHint", string>;
  screens: readonly { href: string; word: string; key: string }[];
}

const HELP = "keyboard-help";
/** Where "off" is kept, in this browser: who speaks to the screen or reads it by keys has other uses for single letters (WCAG 2.1.4). */
const KEPT = "single-keys";
const GO_MS = 1500;

/** A press as keys.ts judges it. */
function pressOf(event: KeyboardEvent): Press {
  const { key, ctrlKey, metaKey, altKey, isComposing } = event;
  const at = event.target instanceof HTMLElement ? event.target : null;
  const target = at && { tag: at.tagName, type: at.getAttribute("type") ?? "text", editable: at.isContentEditable };
  return { key, ctrlKey, metaKey, altKey, isComposing, target };
}

const isShown = (element: HTMLElement): boolean => element.getClientRects().length > 0;
const rows = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>("main tbody tr, main ul > li.relative")].filter(isShown);
const searchField = (): HTMLInputElement | undefined =>
  [...document.querySelectorAll<HTMLInputElement>("main input[type=search]")].find(isShown);

/** Focus goes to the row's own link, so that Enter opens it and a screen reader says where one is. */
function moveTo(act: "next" | "previous"): boolean {
  const all = rows();
  const row =
    all[
      rowAfter(
        all.findIndex((one) => one.contains(document.activeElement)),
        all.length,
        act,
      )
    ];
  const link = row?.querySelector<HTMLElement>("a[href]");
  (link ?? row)?.focus();
  row?.scrollIntoView({ block: "nearest" });
  return row !== undefined;
}

/** The dashboard's keys, and the list of them that `?` opens. Draws nothing until then. */
export function Keyboard({ words, screens }: KeyboardProps) {
  const router = useRouter();
  const dialog = useRef<HTMLDialogElement>(null);
  const [here, setHere] = useState({ rows: false, search: false });
  const [single, setSingle] = useState(true);

  useEffect(() => {
    setSingle(localStorage.getItem(KEPT) !== "off");
    let goUntil = 0;
    const help = () => {
      setHere({ rows: rows().length > 0, search: searchField() !== undefined });
      dialog.current?.showModal();
    };
    const search = () => {
      const field = searchField();
      field?.focus();
      field?.select();
      if (field) return;
      askForSearch();
      router.push("/dashboard/orders");
    };
    const press = (event: KeyboardEvent) => {
      const pressed = pressOf(event);
      if (event.defaultPrevented || event.repeat || localStorage.getItem(KEPT) === "off" || document.querySelector("dialog[open]")) return;
      const screen = performance.now() < goUntil && isPlain(pressed) ? screens.find(({ key }) => key === event.key) : undefined;
      goUntil = 0;
      if (screen) {
        event.preventDefault();
        return router.push(screen.href);
      }
      const act = actOf(pressed);
      if (act === "go") goUntil = performance.now() + GO_MS;
      // Enter is the link's own: the row's key has brought the focus there.
      if (act === null || act === "open" || act === "go") return;
      if (act === "search") search();
      if (act === "help") help();
      if ((act === "next" || act === "previous") && !moveTo(act)) return;
      event.preventDefault();
    };
    document.addEventListener("keydown", press);
    document.addEventListener(HELP, help);
    return () => {
      document.removeEventListener("keydown", press);
      document.removeEventListener(HELP, help);
    };
  }, [router, screens]);

  const turn = (on: boolean) => {
    localStorage.setItem(KEPT, on ? "on" : "off");
    setSingle(on);
  };
  return (
    <dialog
      ref={dialog}
      aria-labelledby="keyboard-title"
      className="m-auto max-h-[85dvh] w-[min(44rem,calc(100vw-2rem))] overflow-y-auto rounded-card border border-line bg-surface p-0 text-ink shadow-card backdrop:bg-black/40"
    >
      <div className="grid gap-5 p-5">
        <div className="flex items-center justify-between gap-3">
          <h2 id="keyboard-title" className="text-lg font-semibold">
            {words.title}
          </h2>
          <button type="button" onClick={() => dialog.current?.close()} className={BUTTON.quiet} aria-label={words.close}>
            <Icon name="cross" className="size-4" />
          </button>
        </div>
        <Keys
          title={words.here}
          keys={[
            { keys: ["/"], word: here.search ? words.search : words.searchAway },
            ...(here.rows
              ? [
                  { keys: ["j", "k"], word: words.rows },
                  { keys: ["Enter"], word: words.open },
                ]
              : []),
            { keys: ["?"], word: words.help },
            { keys: ["Esc"], word: words.close },
          ]}
        />
        <Keys title={words.go} keys={screens.map(({ key, word }) => ({ keys: ["g", key], word }))} />
        <label className="grid gap-1 border-t border-line pt-4 text-sm">
          <span className="inline-flex min-h-11 items-center gap-2 font-medium sm:min-h-9">
            <input type="checkbox" checked={single} onChange={(event) => turn(event.target.checked)} className="size-4 accent-jade" />
            {words.single}
          </span>
          <span className="text-xs text-ink-soft">{words.singleHint}</span>
        </label>
      </div>
    </dialog>
  );
}

function Keys({ title, keys }: { title: string; keys: readonly { keys: readonly string[]; word: string }[] }) {
  return (
    <section className="grid gap-2">
      <h3 className="text-xs text-ink-soft">{title}</h3>
      <dl className="grid gap-x-8 gap-y-1.5 sm:grid-cols-2">
        {keys.map(({ keys: pressed, word }) => (
          <div key={pressed.join(" ")} className="flex items-center justify-between gap-3 border-b border-line pb-1.5">
            <dt className="order-2 flex gap-1">
              {pressed.map((key) => (
                <kbd key={key} className="min-w-6 rounded border border-line bg-raised px-1.5 text-center font-mono text-xs leading-6">
                  {key}
                </kbd>
              ))}
            </dt>
            <dd className="text-sm">{word}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** Opens the list of keys, for who does not know that `?` does. */
export function KeyboardButton({ word }: { word: string }) {
  return (
    <button
      type="button"
      onClick={() => document.dispatchEvent(new Event(HELP))}
      className="flex min-h-9 w-full cursor-pointer items-center justify-between rounded-lg px-3 text-sm text-ink-soft hover:bg-raised hover:text-ink"
    >
      {word}
      <kbd className="rounded border border-line px-1.5 font-mono text-xs leading-5">?</kbd>
    </button>
  );
}
