/*
 * Shell types of all modules come first, so that functions may name any of them.
 */
CREATE TYPE nps_summary;
CREATE TYPE likert_summary;
CREATE TYPE rate_summary;
CREATE TYPE sample_summary;
CREATE TYPE ratio_summary;
CREATE TYPE items_summary;
CREATE TYPE choices_summary;
CREATE TYPE timing_summary;
CREATE TYPE step_pattern;
CREATE TYPE funnel_summary;
CREATE TYPE task_summary;
CREATE TYPE event_journey;
