import { describe, expect, it } from "vitest";
import { actOf, type Press, rowAfter, SCREEN_KEYS } from "#components/dashboard/keys.ts";
import { SCREENS } from "#components/dashboard/screens.ts";

const press = (key: string, over: Partial<Press> = {}): Press => ({
  ...{ key, ctrlKey: false, metaKey: false, altKey: false, isComposing: false, target: { tag: "BODY", type: "", editable: false } },
  ...over,
});
const inside = (tag: string, type = "", editable = false) => ({ target: { tag, type, editable } });

describe("a key", () => {
  it.each([
    ["/", "search"],
    ["j", "next"],
    ["k", "previous"],
    ["Enter", "open"],
    ["g", "go"],
    ["?", "help"],
    ["x", null],
    ["constructor", null],
  ])("%s means %s", (key, act) => {
    expect(actOf(press(key))).toBe(act);
  });

  it.each([
    ["with Ctrl", { ctrlKey: true }],
    ["with Command", { metaKey: true }],
    ["with Alt", { altKey: true }],
    ["in an input method's window", { isComposing: true }],
    ["in a text field", inside("INPUT", "text")],
    ["in a search field", inside("INPUT", "search")],
    ["in a date", inside("INPUT", "date")],
    ["in a text area", inside("TEXTAREA")],
    ["in a choice", inside("SELECT")],
    ["in edited text", inside("DIV", "", true)],
  ])("means nothing %s", (_where, over) => {
    for (const key of ["/", "j", "g", "?", "Enter"]) expect(actOf(press(key, over))).toBeNull();
  });

  it.each([inside("INPUT", "checkbox"), inside("BUTTON"), inside("A"), { target: null }])("means what it says elsewhere: %j", (over) => {
    expect(actOf(press("j", over))).toBe("next");
  });
});

it("every screen has a letter of its own", () => {
  expect(Object.keys(SCREEN_KEYS).sort()).toEqual(SCREENS.map(({ name }) => name as string).sort());
  expect(new Set(Object.values(SCREEN_KEYS)).size).toBe(SCREENS.length);
});

it("rows are gone through one by one, and no further than the ends", () => {
  expect([-1, 0, 1, 2].map((at) => rowAfter(at, 3, "next"))).toEqual([0, 1, 2, 2]);
  expect([-1, 2, 1, 0].map((at) => rowAfter(at, 3, "previous"))).toEqual([2, 1, 0, 0]);
  expect(rowAfter(-1, 0, "next")).toBe(-1);
});
