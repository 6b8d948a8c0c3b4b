import { dingtalk } from "#lib/alerts/chat/dingtalk.ts";
import { feishu } from "#lib/alerts/chat/feishu.ts";
import { telegram } from "#lib/alerts/chat/telegram.ts";
import { wecom } from "#lib/alerts/chat/wecom.ts";
import type { ChatService } from "#lib/alerts/chat-service.ts";
import type { AlertService } from "#lib/domain/alert.ts";

/** The chat services there are. Another one is a file beside these, a line here, and its name in lib/domain/alert.ts. */
export const CHAT_SERVICES: Readonly<Record<Exclude<AlertService, "email">, ChatService>> = { dingtalk, feishu, wecom, telegram };
