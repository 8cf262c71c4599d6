/**
 * Ways to the copies that came within some days, to those whose day of arrival is estimated, and to those that are
 * gone: what reports of a month ask of a stock that took decades to come.
 */
export const arrivals = `
CREATE INDEX item_by_arrival ON item (coalesce(acquired_on, first_seen_on), set_id, record_id);
CREATE INDEX item_undated ON item (first_seen_on, set_id, record_id) WHERE acquired_on IS NULL AND deleted_at IS NULL;
`;
