-- Money rules that a row constraint cannot say: state moves only along lib/domain's transition tables,
-- amounts never change once written, histories are append-only.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% rows never change', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
--> statement-breakpoint
CREATE TRIGGER notifications_immutable BEFORE UPDATE OR DELETE ON notifications FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER notification_matches_immutable BEFORE UPDATE OR DELETE ON notification_matches FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER order_events_immutable BEFORE UPDATE OR DELETE ON order_events FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER delivery_tries_immutable BEFORE UPDATE OR DELETE ON delivery_tries FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE FUNCTION guard_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'orders are never deleted' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.amount <> OLD.amount OR NEW.currency <> OLD.currency OR NEW.merchant_id <> OLD.merchant_id
     OR NEW.reference <> OLD.reference OR NEW.token <> OLD.token OR NEW.live <> OLD.live THEN
    RAISE EXCEPTION 'what an order asks for never changes' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.state <> OLD.state AND (OLD.state || '>' || NEW.state) NOT IN
     ('open>paid', 'open>expired', 'open>cancelled', 'expired>paid', 'cancelled>paid') THEN
    RAISE EXCEPTION 'order cannot go from % to %', OLD.state, NEW.state USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.paid_amount < OLD.paid_amount OR NEW.event_sequence < OLD.event_sequence
     OR (OLD.paid_attempt_id IS NOT NULL AND NEW.paid_attempt_id IS DISTINCT FROM OLD.paid_attempt_id) THEN
    RAISE EXCEPTION 'paid never regresses' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER orders_guard BEFORE UPDATE OR DELETE ON orders FOR EACH ROW EXECUTE FUNCTION guard_order();
--> statement-breakpoint
CREATE FUNCTION guard_attempt() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'attempts are never deleted' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.amount <> OLD.amount OR NEW.currency <> OLD.currency OR NEW.order_id <> OLD.order_id
     OR NEW.account_id <> OLD.account_id OR NEW.gateway_order_no <> OLD.gateway_order_no OR NEW.method <> OLD.method THEN
    RAISE EXCEPTION 'what an attempt asks for never changes' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.state <> OLD.state AND (OLD.state || '>' || NEW.state) NOT IN
     ('new>sent', 'new>closed',
      'sent>presented', 'sent>unknown', 'sent>refused', 'sent>paid', 'sent>failed', 'sent>closed',
      'presented>paid', 'presented>failed', 'presented>closed',
      'unknown>presented', 'unknown>refused', 'unknown>paid', 'unknown>failed', 'unknown>closed',
      'refused>paid', 'failed>paid', 'closed>paid') THEN
    RAISE EXCEPTION 'attempt cannot go from % to %', OLD.state, NEW.state USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER attempts_guard BEFORE UPDATE OR DELETE ON attempts FOR EACH ROW EXECUTE FUNCTION guard_attempt();
--> statement-breakpoint
CREATE FUNCTION guard_refund() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'refunds are never deleted' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.amount <> OLD.amount OR NEW.currency <> OLD.currency OR NEW.attempt_id <> OLD.attempt_id
     OR NEW.refund_no <> OLD.refund_no THEN
    RAISE EXCEPTION 'what a refund asks for never changes' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.state <> OLD.state AND (OLD.state || '>' || NEW.state) NOT IN
     ('reserved>sent', 'reserved>failed', 'sent>unknown', 'sent>succeeded', 'sent>failed',
      'unknown>sent', 'unknown>succeeded', 'unknown>failed') THEN
    RAISE EXCEPTION 'refund cannot go from % to %', OLD.state, NEW.state USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER refunds_guard BEFORE UPDATE OR DELETE ON refunds FOR EACH ROW EXECUTE FUNCTION guard_refund();
