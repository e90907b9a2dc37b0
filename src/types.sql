/*
 * Shell types of all modules come first, so that functions may name any of them.
 */
CREATE TYPE nps_summary;
CREATE TYPE likert_summary;
CREATE TYPE rate_summary;
