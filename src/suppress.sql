--
-- Small groups
--

CREATE FUNCTION suppress(x nps_summary, minimum bigint)
RETURNS nps_summary AS 'MODULE_PATHNAME', 'nps_suppress'
LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION suppress(nps_summary, bigint) IS
'the summary, or NULL when too few answered, or when it would tell about those in its window partition';

CREATE FUNCTION suppress(x likert_summary, minimum bigint)
RETURNS likert_summary AS 'MODULE_PATHNAME', 'likert_suppress'
LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION suppress(likert_summary, bigint) IS
'the summary, or NULL when too few answered, or when it would tell about those in its window partition';

CREATE FUNCTION suppress(x rate_summary, minimum bigint)
RETURNS rate_summary AS 'MODULE_PATHNAME', 'rate_suppress'
LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION suppress(rate_summary, bigint) IS
'the summary, or NULL when too few answered, or when it would tell about those in its window partition';

CREATE FUNCTION suppress(x choices_summary, minimum bigint)
RETURNS choices_summary AS 'MODULE_PATHNAME', 'choices_suppress'
LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION suppress(choices_summary, bigint) IS
'the summary, or NULL when too few answered, or when it would tell about those in its window partition';

CREATE FUNCTION suppress(x sample_summary, minimum bigint)
RETURNS sample_summary AS 'MODULE_PATHNAME', 'sample_suppress'
LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION suppress(sample_summary, bigint) IS
'the summary, or NULL when too few answered, or when it would tell about those in its window partition';

CREATE FUNCTION suppress(x ratio_summary, minimum bigint)
RETURNS ratio_summary AS 'MODULE_PATHNAME', 'ratio_suppress'
LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION suppress(ratio_summary, bigint) IS
'the summary, or NULL when too few answered, or when it would tell about those in its window partition';

CREATE FUNCTION suppress(x timing_summary, minimum bigint)
RETURNS timing_summary AS 'MODULE_PATHNAME', 'timing_suppress'
LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION suppress(timing_summary, bigint) IS
'the summary, or NULL when too few answered, or when it would tell about those in its window partition';

CREATE FUNCTION suppress(x items_summary, minimum bigint)
RETURNS items_summary AS 'MODULE_PATHNAME', 'items_suppress'
LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION suppress(items_summary, bigint) IS
'the summary, or NULL when too few answered, or when it would tell about those in its window partition';

CREATE FUNCTION suppress(x funnel_summary, minimum bigint)
RETURNS funnel_summary AS 'MODULE_PATHNAME', 'funnel_suppress'
LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION suppress(funnel_summary, bigint) IS
'the summary, or NULL when too few answered, or when it would tell about those in its window partition';

CREATE FUNCTION suppress(x task_summary, minimum bigint)
RETURNS task_summary AS 'MODULE_PATHNAME', 'task_suppress'
LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION suppress(task_summary, bigint) IS
'the summary, or NULL when too few answered, or when it would tell about those in its window partition';

CREATE FUNCTION suppress(x flow_summary, minimum bigint)
RETURNS flow_summary AS 'MODULE_PATHNAME', 'flow_suppress'
LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION suppress(flow_summary, bigint) IS
'the summary, or NULL when too few answered, or when it would tell about those in its window partition';

CREATE FUNCTION suppress(x retention_summary, minimum bigint)
RETURNS retention_summary AS 'MODULE_PATHNAME', 'retention_suppress'
LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION suppress(retention_summary, bigint) IS
'the summary, or NULL when too few answered, or when it would tell about those in its window partition';
