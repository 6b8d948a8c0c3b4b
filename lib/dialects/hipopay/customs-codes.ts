/** seeds/000 §11.4 and §11.5. A code may be sent in a list (`HENAN,ZONGSHU`): one declaration each, in that order. */
export const CUSTOMS_CODES: Readonly<Record<"wechat" | "alipay", ReadonlySet<string>>> = {
  wechat: new Set([
    "GUANGZHOU_ZS",
    "GUANGZHOU_HP_GJ",
    "GUANGZHOU_NS_GJ",
    "HANGZHOU_ZS",
    "NINGBO",
    "ZHENGZHOU_BS",
    "CHONGQING",
    "XIAN",
    "SHANGHAI_ZS",
    "SHENZHEN",
    "ZHENGZHOU_ZH_ZS",
    "TIANJIN",
    "BEIJING",
  ]),
  alipay: new Set([
    "HANGZHOU_ZONGSHU",
    "ZONGSHU",
    "ZHENGZHOU",
    "HENAN",
    "NINGBO",
    "SHENZHEN_ZS",
    "SHANGHAI_CBT",
    "NANSHAGJ",
    "GUANGZHOU_HUANGPU",
  ]),
};
