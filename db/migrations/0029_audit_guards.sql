-- The audit only grows, one row after the other; the chain's own proof is lib/domain/audit-chain.ts, this keeps honest code honest.
INSERT INTO audit_heads (id, sequence, hash) VALUES (1, 0, '');
--> statement-breakpoint
CREATE TRIGGER audit_immutable BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER audit_kept BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE FUNCTION guard_audit_append() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.sequence <> coalesce((SELECT max(sequence) FROM audit), 0) + 1 THEN
    RAISE EXCEPTION 'audit rows follow one another without a gap' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER audit_append BEFORE INSERT ON audit FOR EACH ROW EXECUTE FUNCTION guard_audit_append();
--> statement-breakpoint
CREATE FUNCTION guard_audit_head() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND (OLD.id <> NEW.id OR (OLD.id = 1 AND NEW.sequence <> OLD.sequence + 1)) THEN
    RAISE EXCEPTION 'the head of the audit moves by one' USING ERRCODE = 'restrict_violation';
  END IF;
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'the head of the audit is never deleted' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER audit_heads_guard BEFORE UPDATE OR DELETE ON audit_heads FOR EACH ROW EXECUTE FUNCTION guard_audit_head();
--> statement-breakpoint
CREATE TRIGGER audit_heads_kept BEFORE TRUNCATE ON audit_heads FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
