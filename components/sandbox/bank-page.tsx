import { CashierFrame, type CashierProps } from "#components/sandbox/cashier-frame.tsx";
import { bankFacts } from "#lib/sandbox/cashier-pages.ts";

/** A bank's page: from which account, and two buttons. It posts like the wallet's, so paying sends the shopper back to the shop. */
export function BankPage(props: CashierProps) {
  const { t, page, payment } = props;
  const { bank, kind, lastFour, payer } = bankFacts(payment);
  const transfer = page === "bank_transfer";
  const rows: [string, string | null, boolean][] = [
    [t("cashier.bank"), bank, true],
    [t("cashier.kind"), kind && t(`cashier.kinds.${kind}`), false],
    [t("cashier.lastFour"), lastFour, false],
    [t("cashier.kind"), page === "unionpay_quick" && !kind ? t("cashier.anyCard") : null, false],
    [t("cashier.payer"), payer, false],
    ...(transfer ? receiving(props) : []),
  ];
  return (
    <CashierFrame {...props}>
      {transfer ? <p className="soft">{t("cashier.transferLead")}</p> : null}
      <dl className="confirm-facts bank-facts">
        {rows.flatMap(([name, value, chinese]) =>
          value === null
            ? []
            : [
                <dt key={`${name}-name`}>{name}</dt>,
                <dd key={name} lang={chinese ? "zh-CN" : undefined}>
                  {value}
                </dd>,
              ],
        )}
      </dl>
      <form method="post" action="/sandbox/act" className="bank-form">
        <input type="hidden" name="code" value={payment.code} />
        <input type="hidden" name="in" value="cashier" />
        <input type="hidden" name="wallet" value="balance" />
        <button type="submit" name="do" value="pay" className="pay">
          {t(transfer ? "cashier.transferred" : "cashier.payBank")}
        </button>
        <button type="submit" name="do" value="decline" className="quiet">
          {t("cashier.cancel")}
        </button>
      </form>
    </CashierFrame>
  );
}

/** Where a transfer goes: the simulated gateway's account, and the remark it is recognised by. */
function receiving({ t, payment, merchantName }: CashierProps): [string, string, boolean][] {
  return [
    [t("cashier.toBank"), t("cashier.sandboxBank"), false],
    [t("cashier.toAccount"), `6200 0000 ${payment.no.slice(-8, -4)} ${payment.no.slice(-4)}`, false],
    [t("cashier.toName"), merchantName, false],
    [t("cashier.remark"), payment.code.slice(0, 6).toUpperCase(), false],
  ];
}
