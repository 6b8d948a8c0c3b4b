import { COMPAT_FORMATS } from "#lib/compat/notices.ts";
import type { NoticeFormat, NoticeFormatId } from "#lib/webhooks/format.ts";
import { standard } from "#lib/webhooks/standard.ts";

/** Every format there is. The five gateways' are written in lib/compat/notices.ts, from their dialects. */
const FORMATS: Record<NoticeFormatId, NoticeFormat> = { standard, ...COMPAT_FORMATS };

export function formatById(id: NoticeFormatId): NoticeFormat {
  return FORMATS[id];
}
