--
-- Live roll-ups: tables of summaries that triggers keep current
--

CREATE FUNCTION live_rollup_maintain()
RETURNS trigger AS 'MODULE_PATHNAME', 'live_rollup_maintain'
LANGUAGE C;

COMMENT ON FUNCTION live_rollup_maintain() IS
'keeps a live roll-up current: the function of the triggers that live_rollup makes';

CREATE FUNCTION live_rollup(source regclass, rollup text, group_by text[], VARIADIC measures text[])
RETURNS regclass AS 'MODULE_PATHNAME', 'live_rollup'
LANGUAGE C STRICT;

COMMENT ON FUNCTION live_rollup(regclass, text, text[], text[]) IS
'makes a table of summaries by group that triggers of its source keep current';

CREATE FUNCTION recompute_live_rollup(rollup regclass)
RETURNS bigint AS 'MODULE_PATHNAME', 'recompute_live_rollup'
LANGUAGE C STRICT;

COMMENT ON FUNCTION recompute_live_rollup(regclass) IS
'computes a live roll-up anew from all rows of its source, and returns how many groups it has';

CREATE FUNCTION recompute_live_rollup(rollup regclass, source regclass)
RETURNS bigint AS 'MODULE_PATHNAME', 'recompute_live_rollup'
LANGUAGE C STRICT;

COMMENT ON FUNCTION recompute_live_rollup(regclass, regclass) IS
'computes a live roll-up anew from all rows of the source that is named, which may belong to another role, and returns how many groups it has';

CREATE FUNCTION drop_live_rollup(rollup regclass, drop_table boolean DEFAULT false)
RETURNS void AS 'MODULE_PATHNAME', 'drop_live_rollup'
LANGUAGE C STRICT;

COMMENT ON FUNCTION drop_live_rollup(regclass, boolean) IS
'drops the triggers of a live roll-up, and the table when drop_table is true';
