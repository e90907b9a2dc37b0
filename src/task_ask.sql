--
-- Verbs
--

CREATE FUNCTION report(
    x task_summary,
    confidence double precision DEFAULT 0.95,
    method text DEFAULT 'wilson',
    OUT attempts bigint,
    OUT completion double precision,
    OUT completion_low double precision,
    OUT completion_high double precision,
    OUT abandonment double precision,
    OUT abandonment_low double precision,
    OUT abandonment_high double precision,
    OUT undecided bigint,
    OUT errors_per_attempt double precision,
    OUT errors_low double precision,
    OUT errors_high double precision,
    OUT share_with_errors double precision,
    OUT with_errors_low double precision,
    OUT with_errors_high double precision,
    OUT errors_measured bigint,
    OUT time_on_task double precision,
    OUT time_low double precision,
    OUT time_high double precision,
    OUT median_seconds double precision,
    OUT times_measured bigint,
    OUT actions_per_attempt double precision,
    OUT actions_low double precision,
    OUT actions_high double precision,
    OUT actions_measured bigint,
    OUT goals_per_minute double precision,
    OUT goals_low double precision,
    OUT goals_high double precision,
    OUT relative_efficiency double precision,
    OUT efficiency_low double precision,
    OUT efficiency_high double precision)
AS 'MODULE_PATHNAME', 'task_report'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 500;

COMMENT ON FUNCTION report(task_summary, double precision, text) IS
'everything worth charting: one row with completion, errors, times, actions and efficiency';

CREATE FUNCTION estimate(
    x task_summary,
    OUT measure text,
    OUT estimate double precision,
    OUT low double precision,
    OUT high double precision,
    OUT n bigint,
    OUT effective_n double precision,
    INOUT confidence double precision DEFAULT 0.95,
    INOUT method text DEFAULT 'wilson')
AS 'MODULE_PATHNAME', 'task_estimate'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION estimate(task_summary, double precision, text) IS
'the completion as a row of the same shape for all summaries';

CREATE FUNCTION n(x task_summary)
RETURNS bigint AS 'MODULE_PATHNAME', 'task_n'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION n(task_summary) IS
'number of attempts of which the outcome is known';

CREATE FUNCTION effective_n(x task_summary)
RETURNS double precision AS 'MODULE_PATHNAME', 'task_effective_n'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION effective_n(task_summary) IS
'number of attempts of which the outcome is known; they have no weights';

CREATE FUNCTION low(x task_summary, confidence double precision DEFAULT 0.95)
RETURNS double precision AS 'MODULE_PATHNAME', 'task_low'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION low(task_summary, double precision) IS
'lower end of the interval of the completion';

CREATE FUNCTION high(x task_summary, confidence double precision DEFAULT 0.95)
RETURNS double precision AS 'MODULE_PATHNAME', 'task_high'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION high(task_summary, double precision) IS
'upper end of the interval of the completion';

CREATE FUNCTION confidence_interval(
    x task_summary,
    confidence double precision DEFAULT 0.95,
    method text DEFAULT 'wilson',
    OUT low double precision,
    OUT high double precision)
AS 'MODULE_PATHNAME', 'task_confidence_interval'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION confidence_interval(task_summary, double precision, text) IS
'interval of the completion';

CREATE FUNCTION compare(
    a task_summary,
    b task_summary,
    confidence double precision DEFAULT 0.95,
    method text DEFAULT 'miettinen-nurminen',
    OUT measure text,
    OUT kind text,
    OUT difference double precision,
    OUT low double precision,
    OUT high double precision,
    OUT p_value double precision)
RETURNS SETOF record
AS 'MODULE_PATHNAME', 'task_compare'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 500 ROWS 7;

COMMENT ON FUNCTION compare(task_summary, task_summary, double precision, text) IS
'a row per measure: a minus b or a by b, as kind tells, with interval and p-value';

CREATE FUNCTION minimum_base(x task_summary, n bigint)
RETURNS task_summary AS 'MODULE_PATHNAME', 'task_minimum_base'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION minimum_base(task_summary, bigint) IS
'x, or NULL when the outcome of fewer than n attempts is known';

CREATE FUNCTION chart(x task_summary, width integer DEFAULT 72)
RETURNS text AS 'MODULE_PATHNAME', 'task_chart'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION chart(task_summary, integer) IS
'a picture in text, for psql';

CREATE FUNCTION svg(x task_summary)
RETURNS text AS 'MODULE_PATHNAME', 'task_svg'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION svg(task_summary) IS
'a picture as SVG';

--
-- Accessors
--

CREATE FUNCTION undecided(x task_summary)
RETURNS bigint AS 'MODULE_PATHNAME', 'task_undecided'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION undecided(task_summary) IS
'number of attempts of which the outcome is not known';

CREATE FUNCTION completion(x task_summary)
RETURNS rate_summary AS 'MODULE_PATHNAME', 'task_completion'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION completion(task_summary) IS
'completed attempts as successes, abandoned ones as failures';

CREATE FUNCTION abandonment(x task_summary)
RETURNS rate_summary AS 'MODULE_PATHNAME', 'task_abandonment'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION abandonment(task_summary) IS
'abandoned attempts as successes, completed ones as failures';

CREATE FUNCTION attempts_with_errors(x task_summary)
RETURNS rate_summary AS 'MODULE_PATHNAME', 'task_attempts_with_errors'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION attempts_with_errors(task_summary) IS
'attempts with some errors as successes, of those in which errors were counted';

CREATE FUNCTION time_on_task(x task_summary)
RETURNS timing_summary AS 'MODULE_PATHNAME', 'task_time_on_task'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION time_on_task(task_summary) IS
'times of the completed attempts';

CREATE FUNCTION time_to_abandonment(x task_summary)
RETURNS timing_summary AS 'MODULE_PATHNAME', 'task_time_to_abandonment'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION time_to_abandonment(task_summary) IS
'times of the abandoned attempts';

CREATE FUNCTION errors_per_attempt(x task_summary)
RETURNS double precision AS 'MODULE_PATHNAME', 'task_errors_per_attempt'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION errors_per_attempt(task_summary) IS
'mean number of errors';

CREATE FUNCTION actions_per_attempt(x task_summary)
RETURNS double precision AS 'MODULE_PATHNAME', 'task_actions_per_attempt'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION actions_per_attempt(task_summary) IS
'mean number of actions';

CREATE FUNCTION goals_per_minute(x task_summary)
RETURNS double precision AS 'MODULE_PATHNAME', 'task_goals_per_minute'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION goals_per_minute(task_summary) IS
'time-based efficiency: mean of 1 / minutes, 0 for an abandoned attempt';

CREATE FUNCTION relative_efficiency(x task_summary)
RETURNS double precision AS 'MODULE_PATHNAME', 'task_relative_efficiency'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION relative_efficiency(task_summary) IS
'share of the time that was spent on completed attempts';
