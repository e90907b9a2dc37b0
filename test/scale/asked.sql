-- Prints what must be equal on both sides of a replication, an upgrade or a restore: every stored
-- value as text and as bytes, and what is found through each index, with the names of the indexes.
\pset format unaligned
\pset tuples_only on
SET enable_seqscan = off;
SET enable_sort = off;
SET enable_hashjoin = off;
SET enable_mergejoin = off;
SET enable_material = off;
SET jit = off;
SELECT format($$SELECT %1$L, count(%2$I), md5(string_agg(%2$I::text, E'\n' ORDER BY id)), md5(string_agg(encode(%3$s_send(%2$I), 'hex'), ' ' ORDER BY id)) FROM %4$I$$, stored || '.' || "column", "column", type, stored) FROM stored_types ORDER BY stored, "column" \gexec
SELECT 'whole rows', md5(string_agg(s::text, E'\n' ORDER BY id)) FROM stored AS s;
SELECT 'materialized view', md5(string_agg(d::text, E'\n' ORDER BY day)) FROM daily AS d;
-- Values come out of a btree in its order, and each is looked up in a hash index.
SELECT format($$SELECT %3$L, md5(string_agg(id::text, ' ')) FROM (SELECT id FROM %1$I ORDER BY %2$I, id OFFSET 0) AS s; SELECT indexes_of('SELECT id FROM %1$I ORDER BY %2$I')$$, stored, "column", 'by btree of ' || type)
FROM stored_types WHERE stored IN ('stored', 'journeys') AND "column" <> 'steps' ORDER BY type::text \gexec
SELECT format($$SELECT %3$L, count(*) FROM %1$I AS a JOIN %2$I AS b USING (%4$I); SELECT indexes_of('SELECT a.id FROM %1$I AS a JOIN %2$I AS b USING (%4$I)')$$, stored, replace(stored, 'hashed_journeys', 'journeys'), 'by hash of ' || type, "column")
FROM stored_types WHERE stored IN ('hashed', 'hashed_journeys') AND "column" <> 'steps' ORDER BY type::text \gexec
SELECT 'by pattern', count(*), md5(string_agg(id::text, ' ' ORDER BY id)) FROM journeys WHERE j @> 'view > cart';
SELECT indexes_of($$SELECT id FROM journeys WHERE j @> 'view > cart'$$);
-- What is reported of all
SELECT 'nps', r.* FROM report((SELECT rollup(nps_summary) FROM stored)) AS r;
SELECT 'timing', r.* FROM report((SELECT rollup(timing_summary) FROM stored)) AS r;
SELECT 'funnel', r.* FROM report((SELECT funnel(j, steps) FROM journeys)) AS r;
SELECT 'retention', r.* FROM report((SELECT rollup(retention_summary) FROM stored)) AS r;
SELECT 'flow', r.* FROM report((SELECT rollup(flow_summary) FROM stored)) AS r;
