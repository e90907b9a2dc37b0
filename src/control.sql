--
-- Control charts
--

CREATE TYPE control_chart_point AS (
    estimate double precision,
    center double precision,
    low double precision,
    high double precision,
    signal text);

COMMENT ON TYPE control_chart_point IS
'what control_limits returns: the estimate, centre line, limits, and what is unusual';

CREATE FUNCTION control_limits(
    x nps_summary,
    sigmas double precision DEFAULT 3,
    is_baseline boolean DEFAULT true,
    method text DEFAULT 'shewhart')
RETURNS control_chart_point AS 'MODULE_PATHNAME', 'nps_control_limits'
LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION control_limits(nps_summary, double precision, boolean, text) IS
'score with the limits of its control chart, one point for each row of the window partition';

CREATE FUNCTION control_limits(
    x likert_summary,
    sigmas double precision DEFAULT 3,
    is_baseline boolean DEFAULT true,
    method text DEFAULT 'shewhart')
RETURNS control_chart_point AS 'MODULE_PATHNAME', 'likert_control_limits'
LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION control_limits(likert_summary, double precision, boolean, text) IS
'mean with the limits of its control chart, one point for each row of the window partition';

CREATE FUNCTION control_limits(
    x rate_summary,
    sigmas double precision DEFAULT 3,
    is_baseline boolean DEFAULT true,
    method text DEFAULT 'shewhart')
RETURNS control_chart_point AS 'MODULE_PATHNAME', 'rate_control_limits'
LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION control_limits(rate_summary, double precision, boolean, text) IS
'share with the limits of its control chart, one point for each row of the window partition';

CREATE FUNCTION control_limits(
    x sample_summary,
    sigmas double precision DEFAULT 3,
    is_baseline boolean DEFAULT true,
    method text DEFAULT 'shewhart')
RETURNS control_chart_point AS 'MODULE_PATHNAME', 'sample_control_limits'
LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION control_limits(sample_summary, double precision, boolean, text) IS
'mean with the limits of its control chart, one point for each row of the window partition';

CREATE FUNCTION control_limits(
    events bigint,
    exposure double precision,
    sigmas double precision DEFAULT 3,
    is_baseline boolean DEFAULT true,
    method text DEFAULT 'shewhart')
RETURNS control_chart_point AS 'MODULE_PATHNAME', 'event_control_limits'
LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION control_limits(bigint, double precision, double precision, boolean, text) IS
'events per exposure with the limits of their u chart, one point for each row of the window partition';

CREATE FUNCTION individual_limits(
    value double precision,
    sigmas double precision DEFAULT 3,
    is_baseline boolean DEFAULT true)
RETURNS control_chart_point AS 'MODULE_PATHNAME', 'individual_limits'
LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION individual_limits(double precision, double precision, boolean) IS
'value with the limits of its individuals (XmR) chart, one point for each row of the window partition';
