-- What a webhook says never changes: the same id always carries the same bytes (lib/webhooks/deliver.ts).
CREATE FUNCTION guard_delivery() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'deliveries are never deleted' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.id <> OLD.id OR NEW.body <> OLD.body OR NEW.format <> OLD.format OR NEW.endpoint_id <> OLD.endpoint_id OR NEW.type <> OLD.type
     OR NEW.sequence <> OLD.sequence OR (OLD.message IS NOT NULL AND NEW.message IS DISTINCT FROM OLD.message) THEN
    RAISE EXCEPTION 'what a webhook says never changes' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER deliveries_guard BEFORE UPDATE OR DELETE ON deliveries FOR EACH ROW EXECUTE FUNCTION guard_delivery();
--> statement-breakpoint
UPDATE webhook_endpoints SET disabled_reason = 'person', disabled_at = now() WHERE NOT active AND disabled_reason IS NULL;
