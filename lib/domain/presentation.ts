/** What the shopper does next. One component switches on it, and nothing else does. */
export type Presentation =
  | { kind: "qr"; text: string }
  | { kind: "redirect"; url: string }
  | { kind: "form"; action: string; fields: Record<string, string> }
  | { kind: "iframe"; url: string }
  | { kind: "jsapi"; params: Record<string, string> }
  | { kind: "app"; runtime: "wechat_sdk" | "alipay_sdk" | "mini_program"; params: Record<string, string> }
  | { kind: "none" };
