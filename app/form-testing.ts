/** Forms as a reader of a page finds them, for tests that fill a drawn page in by its words and post what it would. */

interface Control {
  name: string;
  type: string;
  value: string;
  checked: boolean;
  id: string;
  /** What stands at it, and over the group it is in. */
  label: string;
  groups: string[];
}

export interface DrawnForm {
  /** The last heading before it. */
  heading: string;
  controls: Control[];
}

/** The forms of a page drawn by react-dom/server, in order. */
export function formsOf(html: string): DrawnForm[] {
  const forms: DrawnForm[] = [];
  const labelFor = new Map<string, string>();
  const groups: string[] = [];
  let form: DrawnForm | null = null;
  let heading = "";
  let select: Control | null = null;
  let label: { of: string | undefined; text: string; controls: Control[] } | null = null;
  let text = "";
  for (const [, closes, tag = "", rest = "", words] of html.matchAll(/<(\/?)(\w+)([^>]*)>|([^<]+)/g)) {
    if (words !== undefined) {
      text += unescaped(words);
      if (label) label.text += unescaped(words);
      continue;
    }
    const at = attributesOf(rest);
    if (tag === "form") {
      form = closes ? null : { heading, controls: [] };
      if (form) forms.push(form);
    } else if (/^h[1-3]$/.test(tag)) heading = closes ? text : heading;
    else if (tag === "legend" && closes) groups[groups.length - 1] = text;
    else if (tag === "fieldset") closes ? groups.pop() : groups.push("");
    else if (tag === "label" && !closes) label = { of: at.for, text: "", controls: [] };
    else if (tag === "label" && label) {
      for (const control of label.controls) control.label = label.text;
      if (label.of) labelFor.set(label.of, label.text);
      label = null;
    } else if (/^(input|textarea|select)$/.test(tag) && !closes && form) {
      const { name = "", type = tag, value = type === "checkbox" ? "on" : "", id = "" } = at;
      const control = { name, type, value, id, checked: "checked" in at, label: "", groups: [...groups] };
      form.controls.push(control);
      label?.controls.push(control);
      if (tag === "select") select = control;
    } else if (tag === "option" && select && "selected" in at) select.value = at.value ?? "";
    if (/^(h[1-3]|legend|label)$/.test(tag) && !closes) text = "";
  }
  for (const control of forms.flatMap(({ controls }) => controls)) control.label ||= labelFor.get(control.id) ?? "";
  return forms;
}

/** Fills a form in by the words at its fields (of a group where that is named: `HKD › Daily`) and gives what it would post. */
export function filledIn({ controls }: DrawnForm, typed: Readonly<Record<string, string | boolean>>): FormData {
  const posted = controls.map((control) => ({ ...control }));
  for (const [words, value] of Object.entries(typed)) {
    const path = words.split(" › ");
    const last = path.pop() ?? "";
    const found = posted.filter((one) => one.label.startsWith(last) && path.every((group) => one.groups.includes(group)));
    const [control] = found;
    if (!control || found.length > 1)
      throw new Error(`${found.length} fields for ${words}: ${posted.map((one) => [...one.groups, one.label].join(" › "))}`);
    if (typeof value === "string") control.value = value;
    else {
      if (control.type === "radio") for (const one of posted) if (one.name === control.name) one.checked = false;
      control.checked = value;
    }
  }
  const form = new FormData();
  for (const { name, type, value, checked } of posted)
    if (name !== "" && (checked || (type !== "radio" && type !== "checkbox"))) form.append(name, value);
  return form;
}

function attributesOf(text: string): Record<string, string | undefined> {
  return Object.fromEntries([...text.matchAll(/([\w-]+)(?:="([^"]*)")?/g)].map(([, name = "", value = ""]) => [name, unescaped(value)]));
}

function unescaped(text: string): string {
  return text.replaceAll("&quot;", '"').replaceAll("&#x27;", "'").replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}
