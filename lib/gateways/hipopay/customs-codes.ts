/** A customs office as the document lists it: what a shop names it by, and the codes told to it in order. */
export interface CustomsOffice {
  /** What stands in the document's code column. */
  code: string;
  /** The document's name, Chinese. */
  name: string;
  /** Single codes, one declaration each, in this order. */
  pushes: readonly string[];
}

/**
 * seeds/000 §11.4; seeds/001 "WeChat Pay Customs Code" has the same codes and one more name (Fuzhou) for GUANGZHOU_ZS. The two
 * inspection offices of Guangzhou want the general office told first: two declarations.
 */
export const WECHAT_CUSTOMS: readonly CustomsOffice[] = [
  { code: "GUANGZHOU_ZS", name: "广州(总署版)", pushes: ["GUANGZHOU_ZS"] },
  { code: "GUANGZHOU_HP_GJ", name: "广州黄埔国检", pushes: ["GUANGZHOU_ZS", "GUANGZHOU_HP_GJ"] },
  { code: "GUANGZHOU_NS_GJ", name: "广州南沙国检", pushes: ["GUANGZHOU_ZS", "GUANGZHOU_NS_GJ"] },
  { code: "HANGZHOU_ZS", name: "杭州(总署版)", pushes: ["HANGZHOU_ZS"] },
  { code: "NINGBO", name: "宁波", pushes: ["NINGBO"] },
  { code: "ZHENGZHOU_BS", name: "郑州(保税物流中心)", pushes: ["ZHENGZHOU_BS"] },
  { code: "CHONGQING", name: "重庆", pushes: ["CHONGQING"] },
  { code: "XIAN", name: "西安", pushes: ["XIAN"] },
  { code: "SHANGHAI_ZS", name: "上海(总署版)", pushes: ["SHANGHAI_ZS"] },
  { code: "SHENZHEN", name: "深圳", pushes: ["SHENZHEN"] },
  { code: "ZHENGZHOU_ZH_ZS", name: "郑州综保(总署版)", pushes: ["ZHENGZHOU_ZH_ZS"] },
  { code: "TIANJIN", name: "天津", pushes: ["TIANJIN"] },
  { code: "BEIJING", name: "北京", pushes: ["BEIJING"] },
];

/** seeds/000 §11.5. Several offices share ZONGSHU; a code with a comma is two declarations, the local office first. */
export const ALIPAY_CUSTOMS: readonly CustomsOffice[] = [
  { code: "HANGZHOU_ZONGSHU", name: "杭州海关", pushes: ["HANGZHOU_ZONGSHU"] },
  { code: "ZONGSHU", name: "广州海关", pushes: ["ZONGSHU"] },
  { code: "ZHENGZHOU", name: "河南保税物流中心", pushes: ["ZHENGZHOU"] },
  { code: "HENAN,ZONGSHU", name: "新郑综合保税区(空港)", pushes: ["HENAN", "ZONGSHU"] },
  { code: "NINGBO", name: "宁波海关", pushes: ["NINGBO"] },
  { code: "ZONGSHU", name: "重庆海关", pushes: ["ZONGSHU"] },
  { code: "SHENZHEN_ZS,ZONGSHU", name: "深圳海关", pushes: ["SHENZHEN_ZS", "ZONGSHU"] },
  { code: "SHANGHAI_CBT", name: "上海海关", pushes: ["SHANGHAI_CBT"] },
  { code: "ZONGSHU", name: "西安海关", pushes: ["ZONGSHU"] },
  { code: "NANSHAGJ", name: "南沙国检", pushes: ["NANSHAGJ"] },
  { code: "ZONGSHU", name: "天津海关", pushes: ["ZONGSHU"] },
  { code: "ZONGSHU", name: "合肥海关", pushes: ["ZONGSHU"] },
  { code: "ZONGSHU", name: "苏州海关", pushes: ["ZONGSHU"] },
  { code: "GUANGZHOU_HUANGPU", name: "广州黄埔海关", pushes: ["GUANGZHOU_HUANGPU"] },
];

const OFFICES = { wechat: WECHAT_CUSTOMS, alipay: ALIPAY_CUSTOMS } as const;

/** The single codes a code stands for, in order. A code that is one half of a pair may be pushed alone. Null: not in the tables. */
export function pushesOf(wallet: "wechat" | "alipay", customs: string): readonly string[] | null {
  const office = OFFICES[wallet].find(({ code }) => code === customs);
  if (office) return office.pushes;
  return OFFICES[wallet].some(({ pushes }) => pushes.includes(customs)) ? [customs] : null;
}
