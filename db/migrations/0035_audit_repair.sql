-- The head of the audit moves by one, or to where its rows really end: what `npm run audit:verify -- --accept` needs after rows were cut off.
CREATE OR REPLACE FUNCTION guard_audit_head() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'the head of the audit is never deleted' USING ERRCODE = 'restrict_violation';
  END IF;
  IF OLD.id <> NEW.id OR (OLD.id = 1 AND NEW.sequence <> OLD.sequence + 1 AND NEW.sequence <> coalesce((SELECT max(sequence) FROM audit), 0)) THEN
    RAISE EXCEPTION 'the head of the audit moves by one' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
