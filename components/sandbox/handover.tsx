import { CashierFrame, type CashierProps } from "#components/sandbox/cashier-frame.tsx";
import { WalletCall } from "#components/sandbox/wallet-call.tsx";
import { walletCompany } from "#lib/sandbox/rows.ts";

/** A page in the phone's browser that opens the wallet's app, as WeChat's H5 page does. */
export function Handover(props: CashierProps) {
  const { t, payment } = props;
  const wallet = t(`nav.${walletCompany(payment.method)}`);
  return (
    <CashierFrame {...props}>
      <p className="soft">{t("cashier.handover", { wallet })}</p>
      <WayIn {...props} label={t("cashier.openWallet", { wallet })} />
    </CashierFrame>
  );
}

/** A page inside the wallet's browser: the wallet's sheet opens over it, as after WeChat's `gopay`; elsewhere there is the button. */
export function SheetPage(props: CashierProps) {
  const { t, page, payment } = props;
  const company = walletCompany(payment.method);
  const wallet = t(`nav.${company}`);
  return (
    <CashierFrame {...props}>
      <p className="soft">{t("cashier.sheet", { wallet })}</p>
      <WalletCall
        wallet={company === "alipay" ? "alipay" : "wechat"}
        code={payment.code}
        next={`/sandbox/cashier/${page}/${payment.code}/open`}
      />
      <WayIn {...props} label={t("cashier.openWallet", { wallet })} />
    </CashierFrame>
  );
}

function WayIn({ t, payment, label }: CashierProps & { label: string }) {
  return (
    <>
      <a className="pay" href={`/sandbox/wallet/pay/${payment.code}?in=cashier`}>
        {label}
      </a>
      {payment.returnUrl && /^https?:/.test(payment.returnUrl) ? (
        <a className="quiet" href={payment.returnUrl}>
          {t("cashier.notNow")}
        </a>
      ) : null}
    </>
  );
}
