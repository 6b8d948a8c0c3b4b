-- What needs a person is written down in the transaction that makes it so (db/schema/alerts.ts): no process can die between the
-- trouble and its alert, and no use case can forget one. Each trigger's WHEN keeps it from costing anything while all is well.
-- The kinds are those of lib/domain/alert.ts; lib/alerts/announce.ts tells of them.

-- Opens an alert, or counts one more of an open one: at most one is open for a (kind, subject).
CREATE FUNCTION open_alert(kind text, subject text, merchant text, live boolean, facts jsonb) RETURNS void LANGUAGE sql AS $$
  INSERT INTO alerts AS a (id, merchant_id, kind, subject, live, facts, opened_at, last_at)
  VALUES ('alt_' || replace(gen_random_uuid()::text, '-', ''), merchant, kind, subject, live, jsonb_strip_nulls(facts), clock_timestamp(), clock_timestamp())
  ON CONFLICT (kind, subject) WHERE resolved_at IS NULL
  DO UPDATE SET count = a.count + 1, last_at = clock_timestamp(), facts = excluded.facts;
$$;
--> statement-breakpoint
-- The trouble is over.
CREATE FUNCTION close_alerts(kinds text[], about text) RETURNS void LANGUAGE sql AS $$
  UPDATE alerts SET resolved_at = clock_timestamp(), resolved_by = 'itself' WHERE kind = ANY(kinds) AND subject = about AND resolved_at IS NULL;
$$;
--> statement-breakpoint
-- Orphans: one alert for a number, however often and in however many forms the gateway says it.
CREATE FUNCTION alert_orphan() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM open_alert('orphan', NEW.account_id || ':' || NEW.gateway_order_no, NEW.merchant_id, g.live, jsonb_build_object(
    'number', NEW.gateway_order_no, 'notification', NEW.id, 'account', g.id, 'accountTitle', g.title))
  FROM gateway_accounts g WHERE g.id = NEW.account_id;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER alert_orphan AFTER INSERT ON notifications FOR EACH ROW WHEN (NEW.verdict = 'orphan') EXECUTE FUNCTION alert_orphan();
--> statement-breakpoint
CREATE FUNCTION alert_matched() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM close_alerts('{orphan}', n.account_id || ':' || n.gateway_order_no) FROM notifications n WHERE n.id = NEW.notification_id;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER alert_matched AFTER INSERT ON notification_matches FOR EACH ROW EXECUTE FUNCTION alert_matched();
--> statement-breakpoint
-- Money of an order that a person has to look at.
CREATE FUNCTION alert_order() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  what text := CASE NEW.type WHEN 'order.paid' THEN 'flagged' WHEN 'refund.failed' THEN 'refund_failed' ELSE substr(NEW.type, 7) END;
BEGIN
  PERFORM open_alert(what, o.id, o.merchant_id, o.live, jsonb_build_object('order', o.id, 'reference', o.reference, 'currency', o.currency,
    'amount', o.amount::text, 'refund', NEW.data->>'refund', 'why', CASE WHEN NEW.type = 'order.paid' THEN 'gone' ELSE NEW.data->>'why' END))
  FROM orders o WHERE o.id = NEW.order_id;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER alert_order AFTER INSERT ON order_events FOR EACH ROW
  WHEN (NEW.type IN ('order.mismatch', 'order.surplus', 'order.paid_late', 'order.flagged', 'refund.failed')
    OR (NEW.type = 'order.paid' AND NEW.data ? 'gone'))
  EXECUTE FUNCTION alert_order();
--> statement-breakpoint
CREATE FUNCTION alert_reviewed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM close_alerts('{mismatch,surplus,paid_late,flagged,refund_failed}', NEW.id);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER alert_reviewed AFTER UPDATE OF needs_review ON orders FOR EACH ROW
  WHEN (OLD.needs_review AND NOT NEW.needs_review) EXECUTE FUNCTION alert_reviewed();
--> statement-breakpoint
-- A refund that failed is answered by another one.
CREATE FUNCTION alert_refunded() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM close_alerts('{refund_failed}', NEW.order_id);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER alert_refunded AFTER INSERT ON refunds FOR EACH ROW EXECUTE FUNCTION alert_refunded();
--> statement-breakpoint
CREATE FUNCTION alert_refund_request() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    PERFORM close_alerts('{refund_approval}', NEW.id);
    RETURN NULL;
  END IF;
  PERFORM open_alert('refund_approval', NEW.id, NEW.merchant_id, o.live, jsonb_build_object('order', o.id, 'reference', o.reference,
    'currency', NEW.currency, 'amount', NEW.amount::text, 'why', NEW.cause))
  FROM orders o WHERE o.id = NEW.order_id;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER alert_refund_requested AFTER INSERT ON refund_requests FOR EACH ROW
  WHEN (NEW.state = 'requested') EXECUTE FUNCTION alert_refund_request();
--> statement-breakpoint
CREATE TRIGGER alert_refund_decided AFTER UPDATE OF state ON refund_requests FOR EACH ROW
  WHEN (OLD.state = 'requested' AND NEW.state <> 'requested') EXECUTE FUNCTION alert_refund_request();
--> statement-breakpoint
CREATE FUNCTION alert_payout() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  what text := CASE WHEN NEW.state = 'failed' AND OLD.state <> 'failed' THEN 'payout_failed' ELSE 'payout_unclear' END;
BEGIN
  IF NEW.state IN ('paid', 'failed') AND NOT NEW.needs_review OR OLD.needs_review AND NOT NEW.needs_review THEN
    PERFORM close_alerts('{payout_unclear}', NEW.id);
  END IF;
  IF NEW.state = 'paid' THEN
    PERFORM close_alerts('{payout_failed}', NEW.id);
  END IF;
  IF what = 'payout_failed' OR (NEW.needs_review AND NOT OLD.needs_review) THEN
    PERFORM open_alert(what, NEW.id, NEW.merchant_id, g.live, jsonb_build_object('payout', NEW.id, 'number', NEW.payout_no, 'currency', NEW.currency,
      'amount', NEW.amount::text, 'account', g.id, 'accountTitle', g.title, 'why', NEW.problem))
    FROM gateway_accounts g WHERE g.id = NEW.account_id;
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER alert_payout AFTER UPDATE OF state, needs_review ON payouts FOR EACH ROW
  WHEN (OLD.state <> NEW.state OR OLD.needs_review <> NEW.needs_review) EXECUTE FUNCTION alert_payout();
--> statement-breakpoint
-- Where an endpoint leads is told without its path: shops put secrets there.
CREATE FUNCTION alert_endpoint() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.active OR NEW.deleted_at IS NOT NULL OR NEW.disabled_reason = 'person' THEN
    PERFORM close_alerts('{endpoint_disabled}', NEW.id);
    IF NEW.deleted_at IS NOT NULL THEN
      PERFORM close_alerts('{delivery_dead}', NEW.id);
    END IF;
  ELSIF OLD.active THEN
    PERFORM open_alert('endpoint_disabled', NEW.id, NEW.merchant_id, NEW.live, jsonb_build_object('endpoint', NEW.id,
      'url', substring(NEW.url from '^[A-Za-z]+://[^/?#]+'), 'why', NEW.disabled_reason));
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER alert_endpoint AFTER UPDATE OF active, deleted_at, disabled_reason ON webhook_endpoints FOR EACH ROW
  WHEN (OLD.active <> NEW.active OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at OR OLD.disabled_reason IS DISTINCT FROM NEW.disabled_reason)
  EXECUTE FUNCTION alert_endpoint();
--> statement-breakpoint
CREATE FUNCTION alert_delivery() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM open_alert('delivery_dead', e.id, e.merchant_id, coalesce(e.live, (SELECT o.live FROM orders o WHERE o.id = NEW.order_id)),
    jsonb_build_object('endpoint', e.id, 'url', substring(e.url from '^[A-Za-z]+://[^/?#]+'), 'order', NEW.order_id))
  FROM webhook_endpoints e WHERE e.id = NEW.endpoint_id AND e.deleted_at IS NULL;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER alert_delivery AFTER UPDATE OF state ON deliveries FOR EACH ROW
  WHEN (NEW.state = 'dead' AND OLD.state <> 'dead' AND NEW.type <> 'webhook.test') EXECUTE FUNCTION alert_delivery();
--> statement-breakpoint
-- A gateway account, or a method of it, that is passed over (lib/domain/channel.ts). Healthy again: the row is gone.
CREATE FUNCTION alert_channel() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    PERFORM close_alerts('{gateway_down}', OLD.account_id || ':' || OLD.scope);
    RETURN NULL;
  END IF;
  PERFORM open_alert('gateway_down', NEW.account_id || ':' || NEW.scope, g.merchant_id, g.live, jsonb_build_object('account', g.id,
    'accountTitle', g.title, 'method', nullif(NEW.scope, '*'), 'why', NEW.cause))
  FROM gateway_accounts g WHERE g.id = NEW.account_id;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER alert_channel_first AFTER INSERT ON channel_health FOR EACH ROW WHEN (NEW.downs > 0) EXECUTE FUNCTION alert_channel();
--> statement-breakpoint
CREATE TRIGGER alert_channel_down AFTER UPDATE OF downs ON channel_health FOR EACH ROW
  WHEN (NEW.downs > OLD.downs) EXECUTE FUNCTION alert_channel();
--> statement-breakpoint
CREATE TRIGGER alert_channel_up AFTER DELETE ON channel_health FOR EACH ROW WHEN (OLD.downs > 0) EXECUTE FUNCTION alert_channel();
--> statement-breakpoint
CREATE FUNCTION alert_audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.problem IS NULL THEN
    PERFORM close_alerts('{audit_broken}', 'audit');
  ELSIF OLD.problem IS NULL THEN
    PERFORM open_alert('audit_broken', 'audit', NULL, NULL, '{}');
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER alert_audit AFTER UPDATE OF problem ON audit_heads FOR EACH ROW
  WHEN (OLD.problem IS DISTINCT FROM NEW.problem) EXECUTE FUNCTION alert_audit();
--> statement-breakpoint
-- What stood wrong before there were alerts: shown as open, and told to nobody, for no channel exists yet.
SELECT open_alert(CASE WHEN EXISTS (SELECT FROM attempts a WHERE a.order_id = o.id AND a.surplus) THEN 'surplus'
    WHEN o.paid_late THEN 'paid_late' ELSE 'flagged' END, o.id, o.merchant_id, o.live,
  jsonb_build_object('order', o.id, 'reference', o.reference, 'currency', o.currency, 'amount', o.amount::text)) FROM orders o WHERE o.needs_review;
--> statement-breakpoint
SELECT open_alert('orphan', n.account_id || ':' || n.gateway_order_no, n.merchant_id, g.live, jsonb_build_object(
    'number', n.gateway_order_no, 'notification', n.id, 'account', g.id, 'accountTitle', g.title))
FROM notifications n JOIN gateway_accounts g ON g.id = n.account_id
WHERE n.verdict = 'orphan' AND n.received_at > now() - interval '7 days'
  AND NOT EXISTS (SELECT FROM notification_matches m WHERE m.notification_id = n.id);
--> statement-breakpoint
SELECT open_alert('endpoint_disabled', e.id, e.merchant_id, e.live, jsonb_build_object('endpoint', e.id,
    'url', substring(e.url from '^[A-Za-z]+://[^/?#]+'), 'why', e.disabled_reason))
FROM webhook_endpoints e WHERE NOT e.active AND e.deleted_at IS NULL AND e.disabled_reason <> 'person';
