/**
 * `set_class_year`: how many copies stand under each assignment set, by class, year of publication and item type, as
 * they are now: neither deleted nor withdrawn. Triggers keep it, so that whatever writes a copy or its record moves it
 * in the same commit. And ways to the copies that a figure of a stock has to look at one by one.
 */
const columns = "site, source, set_id, suppressed, class, year, item_type, items";

/** Of a copy without a class of its own `''`, of one without a year -1, without a type `''`. */
const classOf = (item: string): string => `coalesce(CASE WHEN ${item}.sort_key IS NOT NULL
  THEN ${item}.scheme || ':' || upper(substr(ltrim(${item}.call_number), 1, 3)) END, '')`;
const keyOf = (
  item: string,
): string => `${item}.site, ${item}.source, ${item}.set_id, record.suppressed, ${classOf(item)},
  coalesce(record.publication_year, -1), coalesce(${item}.item_type, '')`;
const isCounted = (item: string): string => `${item}.deleted_at IS NULL AND ${item}.withdrawn = 0`;

const merge = `ON CONFLICT (site, source, set_id, suppressed, class, year, item_type)
    DO UPDATE SET items = items + excluded.items`;
const count = (item: "old" | "new", sign: 1 | -1): string => `
  INSERT INTO set_class_year (${columns})
    SELECT ${keyOf(item)}, ${String(sign)} FROM record WHERE record.id = ${item}.record_id AND ${isCounted(item)}
    ${merge};`;
const countOfRecord = (record: "old" | "new", sign: 1 | -1): string => `
  INSERT INTO set_class_year (${columns})
    SELECT item.site, item.source, item.set_id, ${record}.suppressed, ${classOf("item")}, coalesce(${record}.publication_year, -1),
      coalesce(item.item_type, ''), ${String(sign)} * count(*)
    FROM item WHERE item.record_id = new.id AND ${isCounted("item")} GROUP BY 1, 2, 3, 4, 5, 6, 7
    ${merge};`;
const differs = [
  "set_id",
  "record_id",
  "scheme",
  "sort_key",
  "call_number",
  "item_type",
  "deleted_at",
  "withdrawn",
]
  .map((column) => `old.${column} IS NOT new.${column}`)
  .join(" OR ");
const sweep = "DELETE FROM set_class_year WHERE items = 0";

/** What the triggers must have left, counted from the copies alone. */
export const countedStock = `SELECT ${keyOf("item")}, count(*) AS items
  FROM item JOIN record ON record.id = item.record_id WHERE ${isCounted("item")} GROUP BY 1, 2, 3, 4, 5, 6, 7`;

export const rebuildStock = `
  DELETE FROM set_class_year;
  INSERT INTO set_class_year (${columns}) ${countedStock};
`;

export const stockRollup = `
CREATE TABLE set_class_year (
  site TEXT NOT NULL, source TEXT NOT NULL, set_id INTEGER NOT NULL, suppressed INTEGER NOT NULL, class TEXT NOT NULL,
  year INTEGER NOT NULL, item_type TEXT NOT NULL, items INTEGER NOT NULL,
  PRIMARY KEY (site, source, set_id, suppressed, class, year, item_type)
) WITHOUT ROWID;
CREATE INDEX set_class_year_empty ON set_class_year (items) WHERE items = 0;
CREATE INDEX item_unclassed ON item (record_id) WHERE (sort_key IS NULL OR scheme IS NULL OR call_number IS NULL);
CREATE TRIGGER stock_item_new AFTER INSERT ON item BEGIN ${count("new", 1)} END;
CREATE TRIGGER stock_item_gone AFTER DELETE ON item BEGIN ${count("old", -1)} ${sweep}; END;
CREATE TRIGGER stock_item_changed AFTER UPDATE ON item WHEN ${differs}
  BEGIN ${count("old", -1)} ${count("new", 1)} ${sweep}; END;
CREATE TRIGGER stock_record_changed AFTER UPDATE ON record
  WHEN old.suppressed IS NOT new.suppressed OR old.publication_year IS NOT new.publication_year
  BEGIN ${countOfRecord("old", -1)} ${countOfRecord("new", 1)} ${sweep}; END;
${rebuildStock}
`;
