-- Places of limited checkout links (`reusable` false, or a `stock`): an order takes its place when it is inserted, gives it
-- back when it expires or is cancelled, and keeps it when it is paid. The CHECKs checkout_links_once and checkout_links_stock
-- refuse the insert that would take one too many; a payment is never refused.
-- The link's row is first locked FOR KEY SHARE: who sets a limit locks it FOR UPDATE and counts the orders there are
-- (db/queries/links.ts), so that no order in flight is counted twice or not at all.
CREATE FUNCTION take_link_place() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM checkout_links WHERE id = NEW.link_id FOR KEY SHARE;
  UPDATE checkout_links SET taken_orders = taken_orders + 1, taken_pieces = taken_pieces + NEW.quantity
  WHERE id = NEW.link_id AND (NOT reusable OR stock IS NOT NULL);
  RETURN NULL;
END $$;
--> statement-breakpoint
-- After, not before: an insert that turns out to be a repetition (ON CONFLICT DO NOTHING) takes nothing.
CREATE TRIGGER orders_take_link_place AFTER INSERT ON orders FOR EACH ROW
  WHEN (NEW.link_id IS NOT NULL) EXECUTE FUNCTION take_link_place();
--> statement-breakpoint
CREATE FUNCTION move_link_place() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.link_id IS DISTINCT FROM OLD.link_id OR NEW.quantity <> OLD.quantity THEN
    RAISE EXCEPTION 'what an order asks for never changes' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.state = OLD.state OR NEW.link_id IS NULL THEN
    RETURN NEW;
  END IF;
  PERFORM 1 FROM checkout_links WHERE id = NEW.link_id FOR KEY SHARE;
  IF OLD.state = 'open' AND NEW.state IN ('expired', 'cancelled') THEN
    UPDATE checkout_links SET taken_orders = taken_orders - 1, taken_pieces = taken_pieces - NEW.quantity
    WHERE id = NEW.link_id AND (NOT reusable OR stock IS NOT NULL);
  ELSIF OLD.state IN ('expired', 'cancelled') AND NEW.state = 'paid' THEN
    -- Where late money goes straight back nothing is sold. Else it takes a place if there is one; if not, the money is kept
    -- and shown to a person.
    IF NEW.paid_late AND EXISTS (SELECT 1 FROM merchants WHERE id = NEW.merchant_id AND late_policy = 'refund') THEN
      RETURN NEW;
    END IF;
    UPDATE checkout_links SET taken_orders = taken_orders + 1, taken_pieces = taken_pieces + NEW.quantity
    WHERE id = NEW.link_id AND (NOT reusable OR stock IS NOT NULL)
      AND (reusable OR taken_orders = 0) AND (stock IS NULL OR taken_pieces + NEW.quantity <= stock);
    IF NOT FOUND AND EXISTS (SELECT 1 FROM checkout_links WHERE id = NEW.link_id AND (NOT reusable OR stock IS NOT NULL)) THEN
      NEW.link_oversold := true;
      NEW.needs_review := true;
    END IF;
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER orders_move_link_place BEFORE UPDATE OF state, link_id, quantity ON orders FOR EACH ROW
  WHEN (NEW.link_id IS DISTINCT FROM OLD.link_id OR NEW.quantity <> OLD.quantity OR (NEW.link_id IS NOT NULL AND NEW.state <> OLD.state))
  EXECUTE FUNCTION move_link_place();
