/**
 * Sample messages of seeds/001, verbatim as text, for tests. Only what is not JSON is corrected: `True` and `False` are
 * Python's, and commas stand before closing braces. `raw_response` is printed as a text with bare quotes inside; here it is
 * the object it means.
 */
export const SAMPLES = {
  /** §7 */
  create: `{
"is_success": true,
"response": {
"amount": "0.10",
"currency": "HKD",
"exchange_rate": "0.881890",
"out_trade_id": "d2849e8140a6",
"payment_no": "2018081316331654230251111",
"status": "INIT",
"product_info": "Wechat Mini Program Pay",
"trade_time": "2018-08-13 16:33:16",
"finish_time": "2018-08-13 16:33:16",
"trade_type": "MINIPROGRA",
"prepay_params": {
"nonceStr": "572666791269",
"order_no": "2019021911592704114199308",
"paySign": "466790B2486C24F2DE0BD4C77C7D22AB",
"prepay_id": "wx19115928908673c06a1d48960711201017",
"timeStamp": "1550548767"
}
}
}`,
  /** §7, `is_success` as Python prints it, in quotes: the nearest JSON there is. */
  createFailed: `{
"is_success": "False",
"error": "FOREX_MERCHANT_NOT_SUPPORT_THIS_CURRENCY",
"error_message" : "This currency is not supported"
}`,
  /** §8 */
  payment: `{
"is_success": true,
"response": {
"amount": "0.02",
"currency": "HKD",
"exchange_rate": "0.881890",
"out_trade_id": "2746847384112837273872",
"payment_no": "2018071823332342210483065",
"status": "PAID",
"product_info": "Alipay App Pay",
"trade_time": "2018-07-18 23:33:23",
"trade_type": "APP"
}
}`,
  paymentFailed: `{
"is_success": false,
"error": "PAYMENT_NOT_FOUND",
"error_message" : "Order not found"
}`,
  /** §9 */
  rate: `{
"is_success": true,
"response": {
"currency": "USD",
"forex_rate": "0.1490046489450470854690666349"
}
}`,
  rateFailed: `{
"is_success": false,
"error": "CURRENCY_NOT_SUPPORT",
"error_message" : "This currency is not supported"
}`,
  /** §11: a success that failed. */
  refund: `{
"is_success": true,
"response": {
"fail_message": "Settled Balance Not Enough",
"finish_time": "2021-12-23 16:42:34",
"out_refund_id": "R201901021232213",
"payment_no": "2637473637382",
"refund_amount": "8.88",
"refund_no": "2637473637452",
"result_code": "0011",
"status": "FAIL"
},
"return_message": "OK"
}`,
  refundFailed: `{
"is_success": false,
"error": "REFUND_AMOUNT_INVALID",
"error_message" : "Refund amount is invalid"
}`,
  /** §12 */
  queryRefund: `{
"is_success": true,
"response": {
"finish_time": "2021-12-23 19:22:14",
"out_refund_id": "R201637473637452",
"payment_no": "2637473637382",
"refund_amount": "8.88",
"refund_no": "2637473637452",
"result_code": "0000",
"status": "SUCCESS"
},
"return_message": "OK"
}`,
  queryRefundFailed: `{
"is_success": false,
"error": "REFUND_NOT_FOUND",
"error_message" : "Refund order not found"
}`,
  /** §14, `raw_response` alone. */
  rawResponse: `{
"modify_time": "20190403171704",
"state": "UNDECLARED",
"cert_check_result": "SAME",
"transaction_id": "4200xxxxxxxx665",
"return_code": "SUCCESS",
"return_msg": "成功",
"sign": "23XxXxXxXx78E",
"sub_order_id": "42000002XXXXX8166500",
"mch_id": "1517456621",
"out_trade_no": "201904xxxxxxx26156",
"err_code_des": "OK",
"appid": "wx3zzzzzzz4",
"sub_order_no": "XXXXX",
"verify_department_trade_id": "42000002XXXXX8166500",
"verify_department": "NETSUNION",
"result_code": "SUCCESS",
"err_code": "0"
}`,
  /** §13 */
  bill: `Test: company's reconciliation report of 20190101 to 20190120
Transaction Type,Transaction Time,Order No.,External order No.,Credit,Debit,Balance,Transaction Amount,Exchange Rate Adopted for Settlement,Service Fee,Refund Amount,Refund Order,External Refund Order No.,Fee for Withdrawal,Converted Currency,Exchange Rate Adopted for Conversion,Amount After Conversion,Payment Channel
Collection via WeChat Pay,2019-01-02 10:55:10,\`2019010210551024660612990,\`13260056057_wechat_1546397710000,0.99 HKD,-,1.06 HKD,1.00 HKD,1,0.01 HKD,-,-,-,-,-,-,-,WECHATPAYCN
Collection via WeChat Pay,2019-01-02 11:07:05,\`2019010211070452703917004,\`13260056057_wechat_1546398424000,0.99 HKD,-,2.05 HKD,1.00 HKD,1,0.00 HKD,-,-,-,-,-,-,-,WECHATPAYCN
Refund,2019-01-04 10:50:34,\`2019010410503295208356067,\`,-,-0.99 HKD,1.06 HKD,-,-,-,1.00 HKD,\`2019010211070452703917004,\`13260056057_wechat_1546398424000,-,-,-,-,WECHATPAYCN
`,
} as const;
