import type { Complaint, Fault } from "#lib/dialects/hipopay/fault.ts";

const WORDS: Readonly<Record<Complaint, string>> = {
  missing: "不能为空",
  all_missing: "不能都为空",
  incomplete: "不能为空",
  amount_format: "格式不正确,最多两位小数",
  amount_places: "该币种不支持小数",
  amount_zero: "必须大于零",
  amount_large: "金额过大",
  currency_unknown: "不支持的币种",
  not_ip: "不是 IP 地址",
  not_web_address: "不是 http(s) 地址",
  not_day: "必须为 YYYYMMDD",
  not_flag: "必须为 TRUE 或 FALSE",
  not_action: "必须为 ADD 或 MODIFY",
  not_duty: "必须为整数,单位为分",
  not_customs: "未知或重复的海关编号",
  unbalanced: "应等于物流费加商品价格",
  other_payment: "与 payment_no 不符",
  too_old: "只能查询三个月以内的记录",
  before_start: "早于 start_date",
  name_twice: "重复",
  name_empty: "参数名为空",
  too_long: "参数过长",
  body_large: "请求体超过 64 KiB",
  content_type: "不支持",
  not_utf8: "不是 UTF-8",
  encoding: "编码不正确",
  too_many: "参数过多",
};

/** What is wrong, in the language of seeds/000, the field first. */
export function wordsOf({ field, complaint, together }: Fault): string {
  const group = together ? `(${together.join(", ")} 需同时传)` : "";
  return `${field === null ? "" : `${field} `}${WORDS[complaint]}${group}`;
}
