import { sha256Hex } from "#lib/crypto/digest.ts";
import type { DeclarationRecord } from "#lib/dialects/backend.ts";
import { declarationData, tellingRecord } from "#lib/dialects/hipopay/declaration-data.ts";
import { toJson } from "#lib/dialects/hipopay/json.ts";
import { wireTime } from "#lib/dialects/hipopay/times.ts";
import { appIdOf, partnerOf, walletSign } from "#lib/dialects/hipopay/wallet-parameters.ts";
import { ASSUMED } from "#lib/dialects/hipopay-merchant/assumed.ts";
import type { Call } from "#lib/dialects/hipopay-merchant/call.ts";
import type { Shape } from "#lib/dialects/hipopay-merchant/shapes.ts";

/** The reply of a WeChat declaration (seeds/001): all its table names, with what customs itself said as JSON text; null without records. */
export function declaredData(records: readonly DeclarationRecord[], call: Call): Shape | null {
  const shown = tellingRecord(records);
  const data = declarationData(records, ["split"]);
  if (!shown || !data) return null;
  return {
    ...data,
    ver_dept: ASSUMED.balance,
    pay_transaction_id: shown.walletNo,
    cert_check_result: shown.certCheck,
    raw_response: toJson(rawResponse(shown, call)),
  };
}

// WeChat's own answer: its names, its time format, its md5. The document's example has every field.
function rawResponse(record: DeclarationRecord, call: Call): Record<string, string> {
  const said = {
    modify_time: wireTime(record.modifiedAt).replace(/\D/g, ""),
    state: record.state,
    cert_check_result: record.certCheck,
    transaction_id: record.walletNo,
    return_code: "SUCCESS",
    return_msg: "成功",
    sub_order_id: subOrderId(record),
    mch_id: partnerOf(record.payment),
    out_trade_no: record.payment.no,
    err_code_des: "OK",
    appid: record.payment.appId ?? appIdOf(record.payment),
    sub_order_no: record.subOrderNo ?? "",
    verify_department_trade_id: subOrderId(record),
    verify_department: ASSUMED.balance,
    result_code: "SUCCESS",
    err_code: "0",
  };
  return { ...said, sign: walletSign(said, call) };
}

// WeChat numbers the declared part itself: the payment's number with another tail.
function subOrderId(record: DeclarationRecord): string {
  const tail = BigInt(`0x${sha256Hex(`${record.payment.no} ${record.subOrderNo ?? ""}`).slice(0, 12)}`) % 10_000_000n;
  return `${record.walletNo.slice(0, -7)}${tail.toString().padStart(7, "0")}`;
}
