import type { ChatService } from "#lib/alerts/service.ts";
import { dingtalk } from "#lib/alerts/services/dingtalk.ts";
import { feishu } from "#lib/alerts/services/feishu.ts";
import { telegram } from "#lib/alerts/services/telegram.ts";
import { wecom } from "#lib/alerts/services/wecom.ts";
import type { AlertService } from "#lib/domain/alert.ts";

/** The chat services there are. Another one is a file beside these, a line here, and its name in lib/domain/alert.ts. */
export const CHAT_SERVICES: Readonly<Record<Exclude<AlertService, "email">, ChatService>> = { dingtalk, feishu, wecom, telegram };
