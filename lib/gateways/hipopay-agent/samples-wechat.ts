/**
 * Sample messages of seeds/000 §4, verbatim as text (numbers keep their spelling), for tests. Only what is not JSON or was
 * garbled by HTML is corrected: missing commas and the doubled quotes of §4.2 and §4.3, the missing brace of §4.9, and
 * `¤cy`, which is `&currency` (§6.1–6.3).
 */
export const WECHAT_SAMPLES = {
  /** §4.2 */
  scanPay: `{
  "data": {
    "order": {
      "agent_order_id": "xxxx",
      "amount": "100",
      "currency": "HKD",
      "exchange_rate":"0.8789",
      "ip": "102.142.32.12",
      "merchant_no": "xxx",
      "no": "2017062313070231980966651",
      "product_info": "这里是商品的描述",
      "pay_amount": "0.1",
      "status": "PAID",
      "settle_rate": "1",
      "trade_type": "MICRO"
    }
  },
  "meta": {
    "message": "请求成功",
    "status_code": 200,
    "success": true
  }
}`,
  /** §4.3 */
  scannedPay: `{
    "meta": {
        "status_code": 200,
        "message": "请求成功",
        "success": true
    },
    "data": {
        "code_url": "weixin://wxpay/bizpayurl?pr=3CaDEKX",
        "order": {
            "status": "INIT",
            "trade_type": "NATIVE",
            "no": "2017062312381442716795237",
            "ip": "102.142.32.12",
            "currency": "HKD",
            "amount": "100",
            "merchant_no": "xxx",
            "agent_order_id": "xxxx",
            "pay_amount": "0.1",
            "settle_rate": "0.1",
            "trade_time": "xxxxx",
            "product_info": "这是一个商品的名称",
            "exchange_rate": "0.8789"
        }
    }
}`,
  /** §4.4 */
  miniProgramOpenid: `{
    "meta": {
        "status_code":200 ,
        "message": "请求成功",
        "success": true
    },
    "data": {
        "openid":"kxc13i13J123"
    }
}`,
  /** §4.4 */
  miniProgramPay: `{
    "meta": {
        "status_code":200 ,
        "message": "请求成功",
        "success": true
    },
    "data": {
        "timeStamp": "1509692687",
        "prepay_id": "wc1312341312312",
        "nonceStr": "casd135Defg",
        "paySign": "55511808baf7f301b5270d7334a4cec0",
        "order_no": "2017062317201074212938080"
        }
 }`,
  /** §4.5 */
  appPay: `{
  "data": {
    "appid": "wx247c9d9d6191b108",
    "nonceStr": "718493141562",
    "order_no": "2018061311325825321166783",
    "packageValue": "Sign=WXPay",
    "partnerId": "41391056",
    "prepayId": "wx131132587279817e5df5a42a2456209955",
    "sign": "46150629E5B2AC8EB4CDB160D38DAA6C",
    "timeStamp": "1528860778"
  },
  "meta": {
    "message": "Requset Successes",
    "status_code": 200,
    "success": true
  }
}`,
  /** §4.8 */
  refund: `{
  "data": {
    "refund": {
      "no": "2017062313110444111557843",
      "order_no": "2017062313070231980966651",
      "outer_refund_no": "2017062313070231980966651",
      "refund_amount": "0.1",
      "status": "SUCCESS"
    }
  },
  "meta": {
    "message": "请求成功",
    "status_code": 200,
    "success": true
  }
}`,
  /** §4.9, Version 1.0 */
  queryV1: `{
    "meta": {
        "status_code": 200,
        "message": "请求成功",
        "success": true
    },
    "data": {
        "order": {
            "status": "FAIL",
            "openid": "oQx43wJiwtsjv8C0lT5Lj7Mw1QZ4",
            "trade_type": "JSAPI",
            "exchange_rate": "0.8777",
            "ip": "47.52.77.110",
            "no": "xxxx",
            "device_info": "",
            "currency": "HKD",
            "amount": "1",
            "trade_time": "2017-06-22 21:29:47",
            "merchant_no": "xx",
            "pay_currency": "CNY",
            "product_info": "扫码支付 - xx科技有限公司",
            "settle_rate": "1",
            "pay_amount": "0.87",
            "refund_status": "None",
            "refundable_amount": "1"
        }
    }
}`,
  /** §4.9, Version 2.0 */
  queryV2: `{
        "meta": {"status_code":200,
        "message": "请求成功",
        "success": true
    },
    "data": {
        "order": {
            "status": "FAIL",
            "openid":"oQx43wJiwtsjv8C0lT5Lj7Mw1QZ4",
            "trade_type": "JSAPI",
            "exchange_rate": 0.8777,
            "ip": "47.52.77.110",
            "no" :"2017062221294656822821341",
            "device_info": "",
            "currency": "HKD",
            "amount": 1,
            "trade_time": "2017-06-22 21:29:47",
            "merchant_no":"test-mer",
            "pay_currency": "CNY",
            "product_info": "扫码支付 - xx科技有限公司",
            "pay_amount": 0.877
        },
        "refunds": [
            {
                "no":"2017073101xxxxx",
                "order_no": "20170731xxxx",
                "refund_amount":50,
                "status":"SUCCESS"
            },{
                "no":"2017073101xxxxx",
                "order_no": "20170731xxxx",
                "refund_amount":50,
                "status":"SUCCESS"
            }
         ]
    }
}`,
  /** §4.11 */
  rate: `{
  "data": {
    "currency": "USD",
    "rate": "6.8575"
  },
  "meta": {
    "message": "请求成功",
    "status_code": 200,
    "success": true
  }
}`,
} as const;
