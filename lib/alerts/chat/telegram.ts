import { asText, type ChatService, hookProblem, JSON_HEADERS, objectOf, type Reading, unreadable } from "#lib/alerts/chat-service.ts";
import type { AlertAnswer } from "#lib/domain/alert.ts";

/** "1-4096 characters after entities parsing": fewer bytes are surely fewer characters. */
const TEXT_BYTES = 4000;
const API = "https://api.telegram.org";

const CODES: Readonly<Record<string, AlertAnswer>> = {
  "401": "token", // Unauthorized
  "404": "token", // Not Found: the method's path has the token in it
  "403": "chat", // bot was blocked by the user, kicked from the group
  "429": "too_fast",
};
/** 400 is everything that is wrong with a request; which stands in the words. */
const WORDS: readonly (readonly [RegExp, AlertAnswer])[] = [
  [/chat not found|chat_id|not enough rights|upgraded to a supergroup/i, "chat"],
  [/message is too long/i, "too_long"],
];

/**
 * A Telegram bot: https://core.telegram.org/bots/api#making-requests and #sendmessage. POST JSON `{chat_id, text}` to
 * `/bot<token>/sendMessage`; no parse_mode, so that nothing in a value is markup. Answers `{ok: true, result}` or `{ok: false,
 * error_code, description, parameters?: {retry_after}}`. An installation of one's own (github.com/tdlib/telegram-bot-api) has
 * another host.
 */
export const telegram: ChatService = {
  fields: [
    { name: "token", secret: true, required: true, max: 100 },
    { name: "chatId", secret: false, required: true, max: 64 },
    { name: "baseUrl", secret: false, required: false, max: 200, leads: true },
  ],
  problem({ token = "", chatId = "", baseUrl = "" }, ownHosts) {
    if (!/^\d{3,20}:[\w-]{20,80}$/.test(token)) return { field: "token", problem: "token" };
    if (!/^(-?\d{1,20}|@[A-Za-z]\w{3,40})$/.test(chatId)) return { field: "chatId", problem: "chat" };
    if (!baseUrl) return null;
    // Anybody may run such a server: which addresses will do is the guarded client's to say.
    const host = URL.canParse(baseUrl) ? [new URL(baseUrl).host] : [];
    const problem = hookProblem(baseUrl, host, /^\/$/, ownHosts);
    return problem && { field: "baseUrl", problem };
  },
  shown: ({ token = "", chatId = "" }) => `${chatId} · bot ${token.split(":")[0]}`,
  request({ token = "", chatId = "", baseUrl = "" }, told) {
    const text = asText(told, TEXT_BYTES);
    const body = JSON.stringify({ chat_id: chatId, text, link_preview_options: { is_disabled: true } });
    return { method: "POST", url: `${(baseUrl || API).replace(/\/$/, "")}/bot${token}/sendMessage`, headers: { ...JSON_HEADERS }, body };
  },
  read(reply): Reading {
    const said = objectOf(reply.body);
    if (typeof said?.ok !== "boolean") return unreadable(reply);
    if (said.ok) return { answer: "sent", detail: "ok" };
    const code = Number(said.error_code ?? reply.status);
    const { retry_after: wait, migrate_to_chat_id: moved } = (said.parameters ?? {}) as Record<string, unknown>;
    const words = [code, typeof said.description === "string" ? said.description : "", typeof moved === "number" ? `→ ${moved}` : ""];
    const detail = words.filter((word) => word !== "").join(" ");
    const inWords = WORDS.find(([pattern]) => pattern.test(detail))?.[1];
    return {
      answer: CODES[String(code)] ?? inWords ?? (code >= 500 ? "busy" : "refused"),
      detail,
      ...(typeof wait === "number" && { retryAfterSeconds: wait }),
    };
  },
};
