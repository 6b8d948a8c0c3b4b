-- Payouts move only along lib/domain/payout.ts's table, what they ask for never changes, and their history is append-only.
CREATE FUNCTION guard_payout() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'payouts are never deleted' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.amount <> OLD.amount OR NEW.currency <> OLD.currency OR NEW.merchant_id <> OLD.merchant_id
     OR NEW.account_id <> OLD.account_id OR NEW.channel <> OLD.channel OR NEW.payout_no <> OLD.payout_no
     OR NEW.recipient <> OLD.recipient THEN
    RAISE EXCEPTION 'what a payout asks for never changes' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.state <> OLD.state AND (OLD.state || '>' || NEW.state) NOT IN
     ('sent>pending', 'sent>unknown', 'sent>paid', 'sent>failed', 'unknown>pending', 'unknown>paid', 'unknown>failed',
      'pending>paid', 'pending>failed', 'failed>paid') THEN
    RAISE EXCEPTION 'payout cannot go from % to %', OLD.state, NEW.state USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER payouts_guard BEFORE UPDATE OR DELETE ON payouts FOR EACH ROW EXECUTE FUNCTION guard_payout();
--> statement-breakpoint
CREATE TRIGGER payout_events_immutable BEFORE UPDATE OR DELETE ON payout_events FOR EACH ROW EXECUTE FUNCTION refuse_change();
