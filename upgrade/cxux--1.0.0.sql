\echo Use "CREATE EXTENSION cxux" to load this file. \quit
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
CREATE TYPE flow_summary;
CREATE TYPE retention_summary;
--
-- Type nps_summary
--

CREATE FUNCTION nps_summary_in(cstring)
RETURNS nps_summary AS 'MODULE_PATHNAME', 'nps_in'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION nps_summary_in(cstring) IS
'I/O';

CREATE FUNCTION nps_summary_out(nps_summary)
RETURNS cstring AS 'MODULE_PATHNAME', 'nps_out'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION nps_summary_out(nps_summary) IS
'I/O';

CREATE FUNCTION nps_summary_recv(internal)
RETURNS nps_summary AS 'MODULE_PATHNAME', 'nps_recv'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION nps_summary_recv(internal) IS
'I/O';

CREATE FUNCTION nps_summary_send(nps_summary)
RETURNS bytea AS 'MODULE_PATHNAME', 'nps_send'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION nps_summary_send(nps_summary) IS
'I/O';

CREATE TYPE nps_summary (
    INPUT = nps_summary_in,
    OUTPUT = nps_summary_out,
    RECEIVE = nps_summary_recv,
    SEND = nps_summary_send,
    INTERNALLENGTH = 128,
    ALIGNMENT = double,
    STORAGE = plain
);

COMMENT ON TYPE nps_summary IS
'promoters, passives and detractors of the NPS question';

CREATE FUNCTION nps_summary(promoters bigint, passives bigint, detractors bigint)
RETURNS nps_summary AS 'MODULE_PATHNAME', 'nps_from_counts'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION nps_summary(bigint, bigint, bigint) IS
'summary of plain counts';

--
-- Aggregates
--

CREATE FUNCTION nps_summary_accum(nps_summary, smallint)
RETURNS nps_summary AS 'MODULE_PATHNAME', 'nps_accum_int2'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION nps_summary_accum(nps_summary, smallint) IS
'aggregate transition function';

CREATE FUNCTION nps_summary_remove(nps_summary, smallint)
RETURNS nps_summary AS 'MODULE_PATHNAME', 'nps_remove_int2'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION nps_summary_remove(nps_summary, smallint) IS
'aggregate inverse transition function';

CREATE FUNCTION nps_summary_accum(nps_summary, integer)
RETURNS nps_summary AS 'MODULE_PATHNAME', 'nps_accum_int4'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION nps_summary_accum(nps_summary, integer) IS
'aggregate transition function';

CREATE FUNCTION nps_summary_remove(nps_summary, integer)
RETURNS nps_summary AS 'MODULE_PATHNAME', 'nps_remove_int4'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION nps_summary_remove(nps_summary, integer) IS
'aggregate inverse transition function';

CREATE FUNCTION nps_summary_accum(nps_summary, double precision)
RETURNS nps_summary AS 'MODULE_PATHNAME', 'nps_accum_float8'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION nps_summary_accum(nps_summary, double precision) IS
'aggregate transition function';

CREATE FUNCTION nps_summary_remove(nps_summary, double precision)
RETURNS nps_summary AS 'MODULE_PATHNAME', 'nps_remove_float8'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION nps_summary_remove(nps_summary, double precision) IS
'aggregate inverse transition function';

CREATE FUNCTION nps_summary_accum(nps_summary, double precision, double precision)
RETURNS nps_summary AS 'MODULE_PATHNAME', 'nps_accum_weighted'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION nps_summary_accum(nps_summary, double precision, double precision) IS
'aggregate transition function';

CREATE FUNCTION nps_summary_remove(nps_summary, double precision, double precision)
RETURNS nps_summary AS 'MODULE_PATHNAME', 'nps_remove_weighted'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION nps_summary_remove(nps_summary, double precision, double precision) IS
'aggregate inverse transition function';

CREATE FUNCTION nps_summary_final(nps_summary)
RETURNS nps_summary AS 'MODULE_PATHNAME', 'nps_final'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION nps_summary_final(nps_summary) IS
'aggregate final function';

CREATE FUNCTION nps_summary_combine(nps_summary, nps_summary)
RETURNS nps_summary AS 'MODULE_PATHNAME', 'nps_merge'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION nps_summary_combine(nps_summary, nps_summary) IS
'aggregate combine function';

CREATE FUNCTION nps_summary_remove(nps_summary, nps_summary)
RETURNS nps_summary AS 'MODULE_PATHNAME', 'nps_remove_summary'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION nps_summary_remove(nps_summary, nps_summary) IS
'aggregate inverse transition function';

CREATE AGGREGATE nps(answer smallint) (
    SFUNC = nps_summary_accum,
    STYPE = nps_summary,
    FINALFUNC = nps_summary_final,
    COMBINEFUNC = nps_summary_combine,
    INITCOND = '{"promoters": 0, "passives": 0, "detractors": 0}',
    MSFUNC = nps_summary_accum,
    MINVFUNC = nps_summary_remove,
    MSTYPE = nps_summary,
    MFINALFUNC = nps_summary_final,
    MINITCOND = '{"promoters": 0, "passives": 0, "detractors": 0}',
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE nps(smallint) IS
'summary of answers from 0 to 10 to the NPS question';

CREATE AGGREGATE nps(answer integer) (
    SFUNC = nps_summary_accum,
    STYPE = nps_summary,
    FINALFUNC = nps_summary_final,
    COMBINEFUNC = nps_summary_combine,
    INITCOND = '{"promoters": 0, "passives": 0, "detractors": 0}',
    MSFUNC = nps_summary_accum,
    MINVFUNC = nps_summary_remove,
    MSTYPE = nps_summary,
    MFINALFUNC = nps_summary_final,
    MINITCOND = '{"promoters": 0, "passives": 0, "detractors": 0}',
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE nps(integer) IS
'summary of answers from 0 to 10 to the NPS question';

CREATE AGGREGATE nps(answer double precision) (
    SFUNC = nps_summary_accum,
    STYPE = nps_summary,
    FINALFUNC = nps_summary_final,
    COMBINEFUNC = nps_summary_combine,
    INITCOND = '{"promoters": 0, "passives": 0, "detractors": 0}',
    MSFUNC = nps_summary_accum,
    MINVFUNC = nps_summary_remove,
    MSTYPE = nps_summary,
    MFINALFUNC = nps_summary_final,
    MINITCOND = '{"promoters": 0, "passives": 0, "detractors": 0}',
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE nps(double precision) IS
'summary of answers from 0 to 10 to the NPS question';

CREATE AGGREGATE nps(answer double precision, weight double precision) (
    SFUNC = nps_summary_accum,
    STYPE = nps_summary,
    FINALFUNC = nps_summary_final,
    COMBINEFUNC = nps_summary_combine,
    INITCOND = '{"promoters": 0, "passives": 0, "detractors": 0}',
    MSFUNC = nps_summary_accum,
    MINVFUNC = nps_summary_remove,
    MSTYPE = nps_summary,
    MFINALFUNC = nps_summary_final,
    MINITCOND = '{"promoters": 0, "passives": 0, "detractors": 0}',
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE nps(double precision, double precision) IS
'summary of weighted answers from 0 to 10 to the NPS question';

--
-- Merging
--

CREATE FUNCTION merge(a nps_summary, b nps_summary)
RETURNS nps_summary AS 'MODULE_PATHNAME', 'nps_merge'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION merge(nps_summary, nps_summary) IS
'the answers of both; NULL is nobody';

CREATE FUNCTION subtract(a nps_summary, b nps_summary)
RETURNS nps_summary AS 'MODULE_PATHNAME', 'nps_subtract'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION subtract(nps_summary, nps_summary) IS
'the answers of a without those of b, which must be part of it';

CREATE OPERATOR + (
    LEFTARG = nps_summary, RIGHTARG = nps_summary, FUNCTION = merge,
    COMMUTATOR = +
);
COMMENT ON OPERATOR + (nps_summary, nps_summary) IS
'the answers of both; NULL is nobody';

CREATE OPERATOR - (
    LEFTARG = nps_summary, RIGHTARG = nps_summary, FUNCTION = subtract
);
COMMENT ON OPERATOR - (nps_summary, nps_summary) IS
'the answers of the left without those of the right, which must be part of it';

CREATE AGGREGATE rollup(x nps_summary) (
    SFUNC = nps_summary_combine,
    STYPE = nps_summary,
    FINALFUNC = nps_summary_final,
    COMBINEFUNC = nps_summary_combine,
    INITCOND = '{"promoters": 0, "passives": 0, "detractors": 0}',
    MSFUNC = nps_summary_combine,
    MINVFUNC = nps_summary_remove,
    MSTYPE = nps_summary,
    MFINALFUNC = nps_summary_final,
    MINITCOND = '{"promoters": 0, "passives": 0, "detractors": 0}',
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE rollup(nps_summary) IS
'merges summaries; NULL for none';

--
-- Comparison, for sorting and grouping only
--

CREATE FUNCTION nps_summary_eq(nps_summary, nps_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'nps_eq'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION nps_summary_eq(nps_summary, nps_summary) IS
'implementation of = operator';

CREATE FUNCTION nps_summary_ne(nps_summary, nps_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'nps_ne'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION nps_summary_ne(nps_summary, nps_summary) IS
'implementation of <> operator';

CREATE FUNCTION nps_summary_lt(nps_summary, nps_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'nps_lt'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION nps_summary_lt(nps_summary, nps_summary) IS
'implementation of < operator';

CREATE FUNCTION nps_summary_le(nps_summary, nps_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'nps_le'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION nps_summary_le(nps_summary, nps_summary) IS
'implementation of <= operator';

CREATE FUNCTION nps_summary_gt(nps_summary, nps_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'nps_gt'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION nps_summary_gt(nps_summary, nps_summary) IS
'implementation of > operator';

CREATE FUNCTION nps_summary_ge(nps_summary, nps_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'nps_ge'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION nps_summary_ge(nps_summary, nps_summary) IS
'implementation of >= operator';

CREATE FUNCTION nps_summary_cmp(nps_summary, nps_summary)
RETURNS integer AS 'MODULE_PATHNAME', 'nps_cmp'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION nps_summary_cmp(nps_summary, nps_summary) IS
'btree support';

CREATE FUNCTION nps_summary_hash(nps_summary)
RETURNS integer AS 'MODULE_PATHNAME', 'nps_hash'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION nps_summary_hash(nps_summary) IS
'hash support';

CREATE FUNCTION nps_summary_hash_extended(nps_summary, bigint)
RETURNS bigint AS 'MODULE_PATHNAME', 'nps_hash_extended'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION nps_summary_hash_extended(nps_summary, bigint) IS
'hash support';

CREATE OPERATOR = (
    LEFTARG = nps_summary, RIGHTARG = nps_summary, FUNCTION = nps_summary_eq,
    COMMUTATOR = =, NEGATOR = <>,
    RESTRICT = eqsel, JOIN = eqjoinsel,
    HASHES, MERGES
);
COMMENT ON OPERATOR = (nps_summary, nps_summary) IS
'equal';

CREATE OPERATOR <> (
    LEFTARG = nps_summary, RIGHTARG = nps_summary, FUNCTION = nps_summary_ne,
    COMMUTATOR = <>, NEGATOR = =,
    RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (nps_summary, nps_summary) IS
'not equal';

CREATE OPERATOR < (
    LEFTARG = nps_summary, RIGHTARG = nps_summary, FUNCTION = nps_summary_lt,
    COMMUTATOR = >, NEGATOR = >=,
    RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (nps_summary, nps_summary) IS
'less than, in an order for sorting only';

CREATE OPERATOR <= (
    LEFTARG = nps_summary, RIGHTARG = nps_summary, FUNCTION = nps_summary_le,
    COMMUTATOR = >=, NEGATOR = >,
    RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (nps_summary, nps_summary) IS
'less than or equal, in an order for sorting only';

CREATE OPERATOR > (
    LEFTARG = nps_summary, RIGHTARG = nps_summary, FUNCTION = nps_summary_gt,
    COMMUTATOR = <, NEGATOR = <=,
    RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (nps_summary, nps_summary) IS
'greater than, in an order for sorting only';

CREATE OPERATOR >= (
    LEFTARG = nps_summary, RIGHTARG = nps_summary, FUNCTION = nps_summary_ge,
    COMMUTATOR = <=, NEGATOR = <,
    RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (nps_summary, nps_summary) IS
'greater than or equal, in an order for sorting only';

CREATE OPERATOR CLASS nps_summary_ops DEFAULT FOR TYPE nps_summary USING btree AS
    OPERATOR 1 <,
    OPERATOR 2 <=,
    OPERATOR 3 =,
    OPERATOR 4 >=,
    OPERATOR 5 >,
    FUNCTION 1 nps_summary_cmp(nps_summary, nps_summary);
COMMENT ON OPERATOR FAMILY nps_summary_ops USING btree IS
'equality, and an order for sorting only';

COMMENT ON OPERATOR CLASS nps_summary_ops USING btree IS
'equality, and an order for sorting only';

CREATE OPERATOR CLASS nps_summary_ops DEFAULT FOR TYPE nps_summary USING hash AS
    OPERATOR 1 =,
    FUNCTION 1 nps_summary_hash(nps_summary),
    FUNCTION 2 nps_summary_hash_extended(nps_summary, bigint);
COMMENT ON OPERATOR FAMILY nps_summary_ops USING hash IS
'equality';

COMMENT ON OPERATOR CLASS nps_summary_ops USING hash IS
'equality';

--
-- Casts
--

CREATE FUNCTION nps_summary_to_json(nps_summary)
RETURNS json AS 'MODULE_PATHNAME', 'nps_to_json'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION nps_summary_to_json(nps_summary) IS
'the text form as json';

CREATE FUNCTION nps_summary_to_jsonb(nps_summary)
RETURNS jsonb AS 'MODULE_PATHNAME', 'nps_to_jsonb'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION nps_summary_to_jsonb(nps_summary) IS
'the text form as jsonb';

CREATE CAST (nps_summary AS json) WITH FUNCTION nps_summary_to_json(nps_summary);
COMMENT ON CAST (nps_summary AS json) IS
'the text form as json';

CREATE CAST (nps_summary AS jsonb) WITH FUNCTION nps_summary_to_jsonb(nps_summary);
COMMENT ON CAST (nps_summary AS jsonb) IS
'the text form as jsonb';
--
-- Type likert_summary
--

CREATE FUNCTION likert_summary_in(cstring)
RETURNS likert_summary AS 'MODULE_PATHNAME', 'likert_in'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION likert_summary_in(cstring) IS
'I/O';

CREATE FUNCTION likert_summary_out(likert_summary)
RETURNS cstring AS 'MODULE_PATHNAME', 'likert_out'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION likert_summary_out(likert_summary) IS
'I/O';

CREATE FUNCTION likert_summary_recv(internal)
RETURNS likert_summary AS 'MODULE_PATHNAME', 'likert_recv'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION likert_summary_recv(internal) IS
'I/O';

CREATE FUNCTION likert_summary_send(likert_summary)
RETURNS bytea AS 'MODULE_PATHNAME', 'likert_send'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION likert_summary_send(likert_summary) IS
'I/O';

CREATE TYPE likert_summary (
    INPUT = likert_summary_in,
    OUTPUT = likert_summary_out,
    RECEIVE = likert_summary_recv,
    SEND = likert_summary_send,
    INTERNALLENGTH = VARIABLE,
    ALIGNMENT = double,
    STORAGE = plain
);

COMMENT ON TYPE likert_summary IS
'histogram of answers on a closed scale, which it carries';

CREATE FUNCTION likert_summary(low integer, counts bigint[])
RETURNS likert_summary AS 'MODULE_PATHNAME', 'likert_from_counts'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION likert_summary(integer, bigint[]) IS
'summary of plain counts, that of the lowest point first';

--
-- Aggregates
--

CREATE FUNCTION likert_summary_accum(likert_summary, smallint, integer, integer)
RETURNS likert_summary AS 'MODULE_PATHNAME', 'likert_accum_int2'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION likert_summary_accum(likert_summary, smallint, integer, integer) IS
'aggregate transition function';

CREATE FUNCTION likert_summary_remove(likert_summary, smallint, integer, integer)
RETURNS likert_summary AS 'MODULE_PATHNAME', 'likert_remove_int2'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION likert_summary_remove(likert_summary, smallint, integer, integer) IS
'aggregate inverse transition function';

CREATE FUNCTION likert_summary_accum(likert_summary, integer, integer, integer)
RETURNS likert_summary AS 'MODULE_PATHNAME', 'likert_accum_int4'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION likert_summary_accum(likert_summary, integer, integer, integer) IS
'aggregate transition function';

CREATE FUNCTION likert_summary_remove(likert_summary, integer, integer, integer)
RETURNS likert_summary AS 'MODULE_PATHNAME', 'likert_remove_int4'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION likert_summary_remove(likert_summary, integer, integer, integer) IS
'aggregate inverse transition function';

CREATE FUNCTION likert_summary_accum(likert_summary, double precision, integer, integer)
RETURNS likert_summary AS 'MODULE_PATHNAME', 'likert_accum_float8'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION likert_summary_accum(likert_summary, double precision, integer, integer) IS
'aggregate transition function';

CREATE FUNCTION likert_summary_remove(likert_summary, double precision, integer, integer)
RETURNS likert_summary AS 'MODULE_PATHNAME', 'likert_remove_float8'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION likert_summary_remove(likert_summary, double precision, integer, integer) IS
'aggregate inverse transition function';

CREATE FUNCTION likert_summary_accum(
    likert_summary,
    double precision,
    integer,
    integer,
    double precision)
RETURNS likert_summary AS 'MODULE_PATHNAME', 'likert_accum_weighted'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION likert_summary_accum(likert_summary, double precision, integer, integer, double precision) IS
'aggregate transition function';

CREATE FUNCTION likert_summary_remove(
    likert_summary,
    double precision,
    integer,
    integer,
    double precision)
RETURNS likert_summary AS 'MODULE_PATHNAME', 'likert_remove_weighted'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION likert_summary_remove(likert_summary, double precision, integer, integer, double precision) IS
'aggregate inverse transition function';

CREATE FUNCTION likert_summary_final(likert_summary)
RETURNS likert_summary AS 'MODULE_PATHNAME', 'likert_final'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION likert_summary_final(likert_summary) IS
'aggregate final function';

CREATE FUNCTION likert_summary_combine(likert_summary, likert_summary)
RETURNS likert_summary AS 'MODULE_PATHNAME', 'likert_merge'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION likert_summary_combine(likert_summary, likert_summary) IS
'aggregate combine function';

CREATE FUNCTION likert_summary_remove(likert_summary, likert_summary)
RETURNS likert_summary AS 'MODULE_PATHNAME', 'likert_remove_summary'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION likert_summary_remove(likert_summary, likert_summary) IS
'aggregate inverse transition function';

CREATE AGGREGATE likert(answer smallint, low integer, high integer) (
    SFUNC = likert_summary_accum,
    STYPE = likert_summary,
    FINALFUNC = likert_summary_final,
    COMBINEFUNC = likert_summary_combine,
    INITCOND = '{}',
    MSFUNC = likert_summary_accum,
    MINVFUNC = likert_summary_remove,
    MSTYPE = likert_summary,
    MFINALFUNC = likert_summary_final,
    MINITCOND = '{}',
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE likert(smallint, integer, integer) IS
'summary of answers on a scale with its lowest and highest point';

CREATE AGGREGATE likert(answer integer, low integer, high integer) (
    SFUNC = likert_summary_accum,
    STYPE = likert_summary,
    FINALFUNC = likert_summary_final,
    COMBINEFUNC = likert_summary_combine,
    INITCOND = '{}',
    MSFUNC = likert_summary_accum,
    MINVFUNC = likert_summary_remove,
    MSTYPE = likert_summary,
    MFINALFUNC = likert_summary_final,
    MINITCOND = '{}',
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE likert(integer, integer, integer) IS
'summary of answers on a scale with its lowest and highest point';

CREATE AGGREGATE likert(answer double precision, low integer, high integer) (
    SFUNC = likert_summary_accum,
    STYPE = likert_summary,
    FINALFUNC = likert_summary_final,
    COMBINEFUNC = likert_summary_combine,
    INITCOND = '{}',
    MSFUNC = likert_summary_accum,
    MINVFUNC = likert_summary_remove,
    MSTYPE = likert_summary,
    MFINALFUNC = likert_summary_final,
    MINITCOND = '{}',
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE likert(double precision, integer, integer) IS
'summary of answers on a scale with its lowest and highest point';

CREATE AGGREGATE likert(
    answer double precision, low integer, high integer, weight double precision) (
    SFUNC = likert_summary_accum,
    STYPE = likert_summary,
    FINALFUNC = likert_summary_final,
    COMBINEFUNC = likert_summary_combine,
    INITCOND = '{}',
    MSFUNC = likert_summary_accum,
    MINVFUNC = likert_summary_remove,
    MSTYPE = likert_summary,
    MFINALFUNC = likert_summary_final,
    MINITCOND = '{}',
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE likert(double precision, integer, integer, double precision) IS
'summary of weighted answers on a scale with its lowest and highest point';

--
-- Merging
--

CREATE FUNCTION merge(a likert_summary, b likert_summary)
RETURNS likert_summary AS 'MODULE_PATHNAME', 'likert_merge'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION merge(likert_summary, likert_summary) IS
'the answers of both; NULL is nobody';

CREATE FUNCTION subtract(a likert_summary, b likert_summary)
RETURNS likert_summary AS 'MODULE_PATHNAME', 'likert_subtract'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION subtract(likert_summary, likert_summary) IS
'the answers of a without those of b, which must be part of it';

CREATE OPERATOR + (
    LEFTARG = likert_summary, RIGHTARG = likert_summary, FUNCTION = merge,
    COMMUTATOR = +
);
COMMENT ON OPERATOR + (likert_summary, likert_summary) IS
'the answers of both; NULL is nobody';

CREATE OPERATOR - (
    LEFTARG = likert_summary, RIGHTARG = likert_summary, FUNCTION = subtract
);
COMMENT ON OPERATOR - (likert_summary, likert_summary) IS
'the answers of the left without those of the right, which must be part of it';

CREATE AGGREGATE rollup(x likert_summary) (
    SFUNC = likert_summary_combine,
    STYPE = likert_summary,
    FINALFUNC = likert_summary_final,
    COMBINEFUNC = likert_summary_combine,
    INITCOND = '{}',
    MSFUNC = likert_summary_combine,
    MINVFUNC = likert_summary_remove,
    MSTYPE = likert_summary,
    MFINALFUNC = likert_summary_final,
    MINITCOND = '{}',
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE rollup(likert_summary) IS
'merges summaries; NULL for none';

--
-- Comparison, for sorting and grouping only
--

CREATE FUNCTION likert_summary_eq(likert_summary, likert_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'likert_eq'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION likert_summary_eq(likert_summary, likert_summary) IS
'implementation of = operator';

CREATE FUNCTION likert_summary_ne(likert_summary, likert_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'likert_ne'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION likert_summary_ne(likert_summary, likert_summary) IS
'implementation of <> operator';

CREATE FUNCTION likert_summary_lt(likert_summary, likert_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'likert_lt'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION likert_summary_lt(likert_summary, likert_summary) IS
'implementation of < operator';

CREATE FUNCTION likert_summary_le(likert_summary, likert_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'likert_le'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION likert_summary_le(likert_summary, likert_summary) IS
'implementation of <= operator';

CREATE FUNCTION likert_summary_gt(likert_summary, likert_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'likert_gt'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION likert_summary_gt(likert_summary, likert_summary) IS
'implementation of > operator';

CREATE FUNCTION likert_summary_ge(likert_summary, likert_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'likert_ge'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION likert_summary_ge(likert_summary, likert_summary) IS
'implementation of >= operator';

CREATE FUNCTION likert_summary_cmp(likert_summary, likert_summary)
RETURNS integer AS 'MODULE_PATHNAME', 'likert_cmp'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION likert_summary_cmp(likert_summary, likert_summary) IS
'btree support';

CREATE FUNCTION likert_summary_hash(likert_summary)
RETURNS integer AS 'MODULE_PATHNAME', 'likert_hash'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION likert_summary_hash(likert_summary) IS
'hash support';

CREATE FUNCTION likert_summary_hash_extended(likert_summary, bigint)
RETURNS bigint AS 'MODULE_PATHNAME', 'likert_hash_extended'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION likert_summary_hash_extended(likert_summary, bigint) IS
'hash support';

CREATE OPERATOR = (
    LEFTARG = likert_summary, RIGHTARG = likert_summary, FUNCTION = likert_summary_eq,
    COMMUTATOR = =, NEGATOR = <>,
    RESTRICT = eqsel, JOIN = eqjoinsel,
    HASHES, MERGES
);
COMMENT ON OPERATOR = (likert_summary, likert_summary) IS
'equal';

CREATE OPERATOR <> (
    LEFTARG = likert_summary, RIGHTARG = likert_summary, FUNCTION = likert_summary_ne,
    COMMUTATOR = <>, NEGATOR = =,
    RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (likert_summary, likert_summary) IS
'not equal';

CREATE OPERATOR < (
    LEFTARG = likert_summary, RIGHTARG = likert_summary, FUNCTION = likert_summary_lt,
    COMMUTATOR = >, NEGATOR = >=,
    RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (likert_summary, likert_summary) IS
'less than, in an order for sorting only';

CREATE OPERATOR <= (
    LEFTARG = likert_summary, RIGHTARG = likert_summary, FUNCTION = likert_summary_le,
    COMMUTATOR = >=, NEGATOR = >,
    RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (likert_summary, likert_summary) IS
'less than or equal, in an order for sorting only';

CREATE OPERATOR > (
    LEFTARG = likert_summary, RIGHTARG = likert_summary, FUNCTION = likert_summary_gt,
    COMMUTATOR = <, NEGATOR = <=,
    RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (likert_summary, likert_summary) IS
'greater than, in an order for sorting only';

CREATE OPERATOR >= (
    LEFTARG = likert_summary, RIGHTARG = likert_summary, FUNCTION = likert_summary_ge,
    COMMUTATOR = <=, NEGATOR = <,
    RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (likert_summary, likert_summary) IS
'greater than or equal, in an order for sorting only';

CREATE OPERATOR CLASS likert_summary_ops DEFAULT FOR TYPE likert_summary USING btree AS
    OPERATOR 1 <,
    OPERATOR 2 <=,
    OPERATOR 3 =,
    OPERATOR 4 >=,
    OPERATOR 5 >,
    FUNCTION 1 likert_summary_cmp(likert_summary, likert_summary);
COMMENT ON OPERATOR FAMILY likert_summary_ops USING btree IS
'equality, and an order for sorting only';

COMMENT ON OPERATOR CLASS likert_summary_ops USING btree IS
'equality, and an order for sorting only';

CREATE OPERATOR CLASS likert_summary_ops DEFAULT FOR TYPE likert_summary USING hash AS
    OPERATOR 1 =,
    FUNCTION 1 likert_summary_hash(likert_summary),
    FUNCTION 2 likert_summary_hash_extended(likert_summary, bigint);
COMMENT ON OPERATOR FAMILY likert_summary_ops USING hash IS
'equality';

COMMENT ON OPERATOR CLASS likert_summary_ops USING hash IS
'equality';

--
-- Casts
--

CREATE FUNCTION likert_summary_to_json(likert_summary)
RETURNS json AS 'MODULE_PATHNAME', 'likert_to_json'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION likert_summary_to_json(likert_summary) IS
'the text form as json';

CREATE FUNCTION likert_summary_to_jsonb(likert_summary)
RETURNS jsonb AS 'MODULE_PATHNAME', 'likert_to_jsonb'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION likert_summary_to_jsonb(likert_summary) IS
'the text form as jsonb';

CREATE CAST (likert_summary AS json) WITH FUNCTION likert_summary_to_json(likert_summary);
COMMENT ON CAST (likert_summary AS json) IS
'the text form as json';

CREATE CAST (likert_summary AS jsonb) WITH FUNCTION likert_summary_to_jsonb(likert_summary);
COMMENT ON CAST (likert_summary AS jsonb) IS
'the text form as jsonb';
--
-- Type rate_summary
--

CREATE FUNCTION rate_summary_in(cstring)
RETURNS rate_summary AS 'MODULE_PATHNAME', 'rate_in'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION rate_summary_in(cstring) IS
'I/O';

CREATE FUNCTION rate_summary_out(rate_summary)
RETURNS cstring AS 'MODULE_PATHNAME', 'rate_out'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION rate_summary_out(rate_summary) IS
'I/O';

CREATE FUNCTION rate_summary_recv(internal)
RETURNS rate_summary AS 'MODULE_PATHNAME', 'rate_recv'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION rate_summary_recv(internal) IS
'I/O';

CREATE FUNCTION rate_summary_send(rate_summary)
RETURNS bytea AS 'MODULE_PATHNAME', 'rate_send'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION rate_summary_send(rate_summary) IS
'I/O';

CREATE TYPE rate_summary (
    INPUT = rate_summary_in,
    OUTPUT = rate_summary_out,
    RECEIVE = rate_summary_recv,
    SEND = rate_summary_send,
    INTERNALLENGTH = 128,
    ALIGNMENT = double,
    STORAGE = plain
);

COMMENT ON TYPE rate_summary IS
'successes, failures and what is not decided yet';

CREATE FUNCTION rate_summary(successes bigint, trials bigint, undecided bigint DEFAULT 0)
RETURNS rate_summary AS 'MODULE_PATHNAME', 'rate_from_counts'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION rate_summary(bigint, bigint, bigint) IS
'summary of plain counts';

--
-- Aggregates
--

CREATE FUNCTION rate_summary_accum(rate_summary, boolean)
RETURNS rate_summary AS 'MODULE_PATHNAME', 'rate_accum'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION rate_summary_accum(rate_summary, boolean) IS
'aggregate transition function';

CREATE FUNCTION rate_summary_remove(rate_summary, boolean)
RETURNS rate_summary AS 'MODULE_PATHNAME', 'rate_remove'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION rate_summary_remove(rate_summary, boolean) IS
'aggregate inverse transition function';

CREATE FUNCTION rate_summary_accum(rate_summary, boolean, double precision)
RETURNS rate_summary AS 'MODULE_PATHNAME', 'rate_accum_weighted'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION rate_summary_accum(rate_summary, boolean, double precision) IS
'aggregate transition function';

CREATE FUNCTION rate_summary_remove(rate_summary, boolean, double precision)
RETURNS rate_summary AS 'MODULE_PATHNAME', 'rate_remove_weighted'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION rate_summary_remove(rate_summary, boolean, double precision) IS
'aggregate inverse transition function';

CREATE FUNCTION rate_summary_final(rate_summary)
RETURNS rate_summary AS 'MODULE_PATHNAME', 'rate_final'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION rate_summary_final(rate_summary) IS
'aggregate final function';

CREATE FUNCTION rate_summary_combine(rate_summary, rate_summary)
RETURNS rate_summary AS 'MODULE_PATHNAME', 'rate_merge'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION rate_summary_combine(rate_summary, rate_summary) IS
'aggregate combine function';

CREATE FUNCTION rate_summary_remove(rate_summary, rate_summary)
RETURNS rate_summary AS 'MODULE_PATHNAME', 'rate_remove_summary'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION rate_summary_remove(rate_summary, rate_summary) IS
'aggregate inverse transition function';

CREATE AGGREGATE rate(condition boolean) (
    SFUNC = rate_summary_accum,
    STYPE = rate_summary,
    FINALFUNC = rate_summary_final,
    COMBINEFUNC = rate_summary_combine,
    INITCOND = '{"successes": 0, "failures": 0, "undecided": 0}',
    MSFUNC = rate_summary_accum,
    MINVFUNC = rate_summary_remove,
    MSTYPE = rate_summary,
    MFINALFUNC = rate_summary_final,
    MINITCOND = '{"successes": 0, "failures": 0, "undecided": 0}',
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE rate(boolean) IS
'summary of a condition: true succeeds, false fails, NULL is not decided yet';

CREATE AGGREGATE rate(condition boolean, weight double precision) (
    SFUNC = rate_summary_accum,
    STYPE = rate_summary,
    FINALFUNC = rate_summary_final,
    COMBINEFUNC = rate_summary_combine,
    INITCOND = '{"successes": 0, "failures": 0, "undecided": 0}',
    MSFUNC = rate_summary_accum,
    MINVFUNC = rate_summary_remove,
    MSTYPE = rate_summary,
    MFINALFUNC = rate_summary_final,
    MINITCOND = '{"successes": 0, "failures": 0, "undecided": 0}',
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE rate(boolean, double precision) IS
'summary of a weighted condition: true succeeds, false fails, NULL is not decided yet';

--
-- Merging
--

CREATE FUNCTION merge(a rate_summary, b rate_summary)
RETURNS rate_summary AS 'MODULE_PATHNAME', 'rate_merge'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION merge(rate_summary, rate_summary) IS
'the answers of both; NULL is nobody';

CREATE FUNCTION subtract(a rate_summary, b rate_summary)
RETURNS rate_summary AS 'MODULE_PATHNAME', 'rate_subtract'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION subtract(rate_summary, rate_summary) IS
'the answers of a without those of b, which must be part of it';

CREATE OPERATOR + (
    LEFTARG = rate_summary, RIGHTARG = rate_summary, FUNCTION = merge,
    COMMUTATOR = +
);
COMMENT ON OPERATOR + (rate_summary, rate_summary) IS
'the answers of both; NULL is nobody';

CREATE OPERATOR - (
    LEFTARG = rate_summary, RIGHTARG = rate_summary, FUNCTION = subtract
);
COMMENT ON OPERATOR - (rate_summary, rate_summary) IS
'the answers of the left without those of the right, which must be part of it';

CREATE AGGREGATE rollup(x rate_summary) (
    SFUNC = rate_summary_combine,
    STYPE = rate_summary,
    FINALFUNC = rate_summary_final,
    COMBINEFUNC = rate_summary_combine,
    INITCOND = '{"successes": 0, "failures": 0, "undecided": 0}',
    MSFUNC = rate_summary_combine,
    MINVFUNC = rate_summary_remove,
    MSTYPE = rate_summary,
    MFINALFUNC = rate_summary_final,
    MINITCOND = '{"successes": 0, "failures": 0, "undecided": 0}',
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE rollup(rate_summary) IS
'merges summaries; NULL for none';

--
-- Comparison, for sorting and grouping only
--

CREATE FUNCTION rate_summary_eq(rate_summary, rate_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'rate_eq'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION rate_summary_eq(rate_summary, rate_summary) IS
'implementation of = operator';

CREATE FUNCTION rate_summary_ne(rate_summary, rate_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'rate_ne'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION rate_summary_ne(rate_summary, rate_summary) IS
'implementation of <> operator';

CREATE FUNCTION rate_summary_lt(rate_summary, rate_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'rate_lt'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION rate_summary_lt(rate_summary, rate_summary) IS
'implementation of < operator';

CREATE FUNCTION rate_summary_le(rate_summary, rate_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'rate_le'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION rate_summary_le(rate_summary, rate_summary) IS
'implementation of <= operator';

CREATE FUNCTION rate_summary_gt(rate_summary, rate_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'rate_gt'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION rate_summary_gt(rate_summary, rate_summary) IS
'implementation of > operator';

CREATE FUNCTION rate_summary_ge(rate_summary, rate_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'rate_ge'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION rate_summary_ge(rate_summary, rate_summary) IS
'implementation of >= operator';

CREATE FUNCTION rate_summary_cmp(rate_summary, rate_summary)
RETURNS integer AS 'MODULE_PATHNAME', 'rate_cmp'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION rate_summary_cmp(rate_summary, rate_summary) IS
'btree support';

CREATE FUNCTION rate_summary_hash(rate_summary)
RETURNS integer AS 'MODULE_PATHNAME', 'rate_hash'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION rate_summary_hash(rate_summary) IS
'hash support';

CREATE FUNCTION rate_summary_hash_extended(rate_summary, bigint)
RETURNS bigint AS 'MODULE_PATHNAME', 'rate_hash_extended'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION rate_summary_hash_extended(rate_summary, bigint) IS
'hash support';

CREATE OPERATOR = (
    LEFTARG = rate_summary, RIGHTARG = rate_summary, FUNCTION = rate_summary_eq,
    COMMUTATOR = =, NEGATOR = <>,
    RESTRICT = eqsel, JOIN = eqjoinsel,
    HASHES, MERGES
);
COMMENT ON OPERATOR = (rate_summary, rate_summary) IS
'equal';

CREATE OPERATOR <> (
    LEFTARG = rate_summary, RIGHTARG = rate_summary, FUNCTION = rate_summary_ne,
    COMMUTATOR = <>, NEGATOR = =,
    RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (rate_summary, rate_summary) IS
'not equal';

CREATE OPERATOR < (
    LEFTARG = rate_summary, RIGHTARG = rate_summary, FUNCTION = rate_summary_lt,
    COMMUTATOR = >, NEGATOR = >=,
    RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (rate_summary, rate_summary) IS
'less than, in an order for sorting only';

CREATE OPERATOR <= (
    LEFTARG = rate_summary, RIGHTARG = rate_summary, FUNCTION = rate_summary_le,
    COMMUTATOR = >=, NEGATOR = >,
    RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (rate_summary, rate_summary) IS
'less than or equal, in an order for sorting only';

CREATE OPERATOR > (
    LEFTARG = rate_summary, RIGHTARG = rate_summary, FUNCTION = rate_summary_gt,
    COMMUTATOR = <, NEGATOR = <=,
    RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (rate_summary, rate_summary) IS
'greater than, in an order for sorting only';

CREATE OPERATOR >= (
    LEFTARG = rate_summary, RIGHTARG = rate_summary, FUNCTION = rate_summary_ge,
    COMMUTATOR = <=, NEGATOR = <,
    RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (rate_summary, rate_summary) IS
'greater than or equal, in an order for sorting only';

CREATE OPERATOR CLASS rate_summary_ops DEFAULT FOR TYPE rate_summary USING btree AS
    OPERATOR 1 <,
    OPERATOR 2 <=,
    OPERATOR 3 =,
    OPERATOR 4 >=,
    OPERATOR 5 >,
    FUNCTION 1 rate_summary_cmp(rate_summary, rate_summary);
COMMENT ON OPERATOR FAMILY rate_summary_ops USING btree IS
'equality, and an order for sorting only';

COMMENT ON OPERATOR CLASS rate_summary_ops USING btree IS
'equality, and an order for sorting only';

CREATE OPERATOR CLASS rate_summary_ops DEFAULT FOR TYPE rate_summary USING hash AS
    OPERATOR 1 =,
    FUNCTION 1 rate_summary_hash(rate_summary),
    FUNCTION 2 rate_summary_hash_extended(rate_summary, bigint);
COMMENT ON OPERATOR FAMILY rate_summary_ops USING hash IS
'equality';

COMMENT ON OPERATOR CLASS rate_summary_ops USING hash IS
'equality';

--
-- Casts
--

CREATE FUNCTION rate_summary_to_json(rate_summary)
RETURNS json AS 'MODULE_PATHNAME', 'rate_to_json'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION rate_summary_to_json(rate_summary) IS
'the text form as json';

CREATE FUNCTION rate_summary_to_jsonb(rate_summary)
RETURNS jsonb AS 'MODULE_PATHNAME', 'rate_to_jsonb'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION rate_summary_to_jsonb(rate_summary) IS
'the text form as jsonb';

CREATE CAST (rate_summary AS json) WITH FUNCTION rate_summary_to_json(rate_summary);
COMMENT ON CAST (rate_summary AS json) IS
'the text form as json';

CREATE CAST (rate_summary AS jsonb) WITH FUNCTION rate_summary_to_jsonb(rate_summary);
COMMENT ON CAST (rate_summary AS jsonb) IS
'the text form as jsonb';
--
-- Verbs
--

CREATE FUNCTION report(
    x nps_summary,
    confidence double precision DEFAULT 0.95,
    method text DEFAULT 'adjusted-wald',
    OUT score double precision,
    OUT low double precision,
    OUT high double precision,
    OUT n bigint,
    OUT effective_n double precision,
    OUT promoters bigint,
    OUT passives bigint,
    OUT detractors bigint,
    OUT promoter_share double precision,
    OUT passive_share double precision,
    OUT detractor_share double precision)
AS 'MODULE_PATHNAME', 'nps_report'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION report(nps_summary, double precision, text) IS
'everything worth charting: one row with the score, its interval and what it is made of';

CREATE FUNCTION estimate(
    x nps_summary,
    OUT measure text,
    OUT estimate double precision,
    OUT low double precision,
    OUT high double precision,
    OUT n bigint,
    OUT effective_n double precision,
    INOUT confidence double precision DEFAULT 0.95,
    INOUT method text DEFAULT 'adjusted-wald')
AS 'MODULE_PATHNAME', 'nps_estimate'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION estimate(nps_summary, double precision, text) IS
'the score as a row of the same shape for all summaries';

CREATE FUNCTION n(x nps_summary)
RETURNS bigint AS 'MODULE_PATHNAME', 'nps_n'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION n(nps_summary) IS
'number of answers';

CREATE FUNCTION effective_n(x nps_summary)
RETURNS double precision AS 'MODULE_PATHNAME', 'nps_effective_n'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION effective_n(nps_summary) IS
'number of unweighted answers that would say as much';

CREATE FUNCTION standard_error(x nps_summary)
RETURNS double precision AS 'MODULE_PATHNAME', 'nps_standard_error'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION standard_error(nps_summary) IS
'standard error of the score, in points: that of the adjusted-Wald interval';

CREATE FUNCTION low(x nps_summary, confidence double precision DEFAULT 0.95)
RETURNS double precision AS 'MODULE_PATHNAME', 'nps_low'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION low(nps_summary, double precision) IS
'lower end of the interval of the score, in points';

CREATE FUNCTION high(x nps_summary, confidence double precision DEFAULT 0.95)
RETURNS double precision AS 'MODULE_PATHNAME', 'nps_high'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION high(nps_summary, double precision) IS
'upper end of the interval of the score, in points';

CREATE FUNCTION confidence_interval(
    x nps_summary,
    confidence double precision DEFAULT 0.95,
    method text DEFAULT 'adjusted-wald',
    OUT low double precision,
    OUT high double precision)
AS 'MODULE_PATHNAME', 'nps_confidence_interval'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION confidence_interval(nps_summary, double precision, text) IS
'interval of the score, in points';

CREATE FUNCTION compare(
    a nps_summary,
    b nps_summary,
    confidence double precision DEFAULT 0.95,
    method text DEFAULT 'adjusted-wald',
    OUT difference double precision,
    OUT low double precision,
    OUT high double precision,
    OUT p_value double precision)
AS 'MODULE_PATHNAME', 'nps_compare'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION compare(nps_summary, nps_summary, double precision, text) IS
'score of a minus that of b, in points, with interval and p-value';

CREATE FUNCTION benchmark(
    x nps_summary,
    target double precision,
    confidence double precision DEFAULT 0.95,
    alternative text DEFAULT 'two-sided',
    method text DEFAULT 'adjusted-wald',
    OUT difference double precision,
    OUT low double precision,
    OUT high double precision,
    OUT p_value double precision)
AS 'MODULE_PATHNAME', 'nps_benchmark'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION benchmark(nps_summary, double precision, double precision, text, text) IS
'score minus a fixed target, in points, with interval and p-value';

CREATE FUNCTION minimum_base(x nps_summary, n bigint)
RETURNS nps_summary AS 'MODULE_PATHNAME', 'nps_minimum_base'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION minimum_base(nps_summary, bigint) IS
'x, or NULL when fewer than n answered';

CREATE FUNCTION chart(x nps_summary, width integer DEFAULT 72)
RETURNS text AS 'MODULE_PATHNAME', 'nps_chart'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION chart(nps_summary, integer) IS
'a picture in text, for psql';

CREATE FUNCTION svg(x nps_summary)
RETURNS text AS 'MODULE_PATHNAME', 'nps_svg'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION svg(nps_summary) IS
'a picture as SVG';

--
-- Accessors
--

CREATE FUNCTION score(x nps_summary)
RETURNS double precision AS 'MODULE_PATHNAME', 'nps_score'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION score(nps_summary) IS
'share of promoters less share of detractors, in points from -100 to 100';

CREATE FUNCTION promoters(x nps_summary)
RETURNS bigint AS 'MODULE_PATHNAME', 'nps_promoters'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION promoters(nps_summary) IS
'number of answers of 9 and 10';

CREATE FUNCTION passives(x nps_summary)
RETURNS bigint AS 'MODULE_PATHNAME', 'nps_passives'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION passives(nps_summary) IS
'number of answers of 7 and 8';

CREATE FUNCTION detractors(x nps_summary)
RETURNS bigint AS 'MODULE_PATHNAME', 'nps_detractors'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION detractors(nps_summary) IS
'number of answers of 0 to 6';

CREATE FUNCTION promoter_share(x nps_summary)
RETURNS double precision AS 'MODULE_PATHNAME', 'nps_promoter_share'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION promoter_share(nps_summary) IS
'weighted share of promoters, from 0 to 1';

CREATE FUNCTION passive_share(x nps_summary)
RETURNS double precision AS 'MODULE_PATHNAME', 'nps_passive_share'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION passive_share(nps_summary) IS
'weighted share of passives, from 0 to 1';

CREATE FUNCTION detractor_share(x nps_summary)
RETURNS double precision AS 'MODULE_PATHNAME', 'nps_detractor_share'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION detractor_share(nps_summary) IS
'weighted share of detractors, from 0 to 1';
--
-- Verbs
--

CREATE FUNCTION report(
    x likert_summary,
    confidence double precision DEFAULT 0.95,
    method text DEFAULT 't',
    OUT mean double precision,
    OUT low double precision,
    OUT high double precision,
    OUT median double precision,
    OUT stddev double precision,
    OUT top_2_box double precision,
    OUT top_2_low double precision,
    OUT top_2_high double precision,
    OUT bottom_2_box double precision,
    OUT agreement_index double precision,
    OUT n bigint,
    OUT effective_n double precision)
AS 'MODULE_PATHNAME', 'likert_report'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION report(likert_summary, double precision, text) IS
'everything worth charting: one row with the mean, its interval and what it is made of';

CREATE FUNCTION estimate(
    x likert_summary,
    OUT measure text,
    OUT estimate double precision,
    OUT low double precision,
    OUT high double precision,
    OUT n bigint,
    OUT effective_n double precision,
    INOUT confidence double precision DEFAULT 0.95,
    INOUT method text DEFAULT 't')
AS 'MODULE_PATHNAME', 'likert_estimate'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION estimate(likert_summary, double precision, text) IS
'the mean as a row of the same shape for all summaries';

CREATE FUNCTION n(x likert_summary)
RETURNS bigint AS 'MODULE_PATHNAME', 'likert_n'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION n(likert_summary) IS
'number of answers';

CREATE FUNCTION effective_n(x likert_summary)
RETURNS double precision AS 'MODULE_PATHNAME', 'likert_effective_n'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION effective_n(likert_summary) IS
'number of unweighted answers that would say as much';

CREATE FUNCTION standard_error(x likert_summary)
RETURNS double precision AS 'MODULE_PATHNAME', 'likert_standard_error'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION standard_error(likert_summary) IS
'standard error of the mean';

CREATE FUNCTION low(x likert_summary, confidence double precision DEFAULT 0.95)
RETURNS double precision AS 'MODULE_PATHNAME', 'likert_low'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION low(likert_summary, double precision) IS
'lower end of the interval of the mean, in points of the scale';

CREATE FUNCTION high(x likert_summary, confidence double precision DEFAULT 0.95)
RETURNS double precision AS 'MODULE_PATHNAME', 'likert_high'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION high(likert_summary, double precision) IS
'upper end of the interval of the mean, in points of the scale';

CREATE FUNCTION confidence_interval(
    x likert_summary,
    confidence double precision DEFAULT 0.95,
    method text DEFAULT 't',
    OUT low double precision,
    OUT high double precision)
AS 'MODULE_PATHNAME', 'likert_confidence_interval'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION confidence_interval(likert_summary, double precision, text) IS
'interval of the mean, in points of the scale';

CREATE FUNCTION compare(
    a likert_summary,
    b likert_summary,
    confidence double precision DEFAULT 0.95,
    method text DEFAULT 'welch',
    OUT difference double precision,
    OUT low double precision,
    OUT high double precision,
    OUT p_value double precision)
AS 'MODULE_PATHNAME', 'likert_compare'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION compare(likert_summary, likert_summary, double precision, text) IS
'mean of a minus that of b, in points of the scale, with interval and p-value';

CREATE FUNCTION benchmark(
    x likert_summary,
    target double precision,
    confidence double precision DEFAULT 0.95,
    alternative text DEFAULT 'two-sided',
    method text DEFAULT 't',
    OUT difference double precision,
    OUT low double precision,
    OUT high double precision,
    OUT p_value double precision)
AS 'MODULE_PATHNAME', 'likert_benchmark'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION benchmark(likert_summary, double precision, double precision, text, text) IS
'mean minus a fixed target, in points of the scale, with interval and p-value';

CREATE FUNCTION minimum_base(x likert_summary, n bigint)
RETURNS likert_summary AS 'MODULE_PATHNAME', 'likert_minimum_base'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION minimum_base(likert_summary, bigint) IS
'x, or NULL when fewer than n answered';

CREATE FUNCTION chart(x likert_summary, width integer DEFAULT 72)
RETURNS text AS 'MODULE_PATHNAME', 'likert_chart'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION chart(likert_summary, integer) IS
'a picture in text, for psql';

CREATE FUNCTION svg(x likert_summary)
RETURNS text AS 'MODULE_PATHNAME', 'likert_svg'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION svg(likert_summary) IS
'a picture as SVG';

--
-- Accessors
--

CREATE FUNCTION mean(x likert_summary)
RETURNS double precision AS 'MODULE_PATHNAME', 'likert_mean'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION mean(likert_summary) IS
'mean, in points of the scale';

CREATE FUNCTION standard_deviation(x likert_summary)
RETURNS double precision AS 'MODULE_PATHNAME', 'likert_standard_deviation'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION standard_deviation(likert_summary) IS
'standard deviation, dividing by n - 1';

CREATE FUNCTION median(x likert_summary)
RETURNS double precision AS 'MODULE_PATHNAME', 'likert_median'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION median(likert_summary) IS
'median; halfway between two points when they part the answers evenly';

CREATE FUNCTION interpolated_median(x likert_summary)
RETURNS double precision AS 'MODULE_PATHNAME', 'likert_interpolated_median'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION interpolated_median(likert_summary) IS
'median with the answers at it spread evenly over its point';

CREATE FUNCTION agreement_index(x likert_summary)
RETURNS double precision AS 'MODULE_PATHNAME', 'likert_agreement_index'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION agreement_index(likert_summary) IS
'van der Eijk''s agreement: 1 all at one point, 0 evenly spread, -1 half at each end';

CREATE FUNCTION consensus(x likert_summary)
RETURNS double precision AS 'MODULE_PATHNAME', 'likert_consensus'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION consensus(likert_summary) IS
'Tastle and Wierman''s consensus: 1 all at one point, 0 half at each end';

CREATE FUNCTION scale_low(x likert_summary)
RETURNS integer AS 'MODULE_PATHNAME', 'likert_scale_low'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION scale_low(likert_summary) IS
'lowest point of the scale';

CREATE FUNCTION scale_high(x likert_summary)
RETURNS integer AS 'MODULE_PATHNAME', 'likert_scale_high'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION scale_high(likert_summary) IS
'highest point of the scale';

CREATE FUNCTION counts(x likert_summary)
RETURNS bigint[] AS 'MODULE_PATHNAME', 'likert_counts'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION counts(likert_summary) IS
'number of answers at each point, the lowest first';

CREATE FUNCTION distribution(
    x likert_summary,
    confidence double precision DEFAULT 0.95,
    OUT value integer,
    OUT answers bigint,
    OUT share double precision,
    OUT cumulative_share double precision,
    OUT simultaneous_low double precision,
    OUT simultaneous_high double precision)
RETURNS SETOF record AS 'MODULE_PATHNAME', 'likert_distribution'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100 ROWS 7;

COMMENT ON FUNCTION distribution(likert_summary, double precision) IS
'one row per point of the scale, those nobody chose included, with intervals that hold together';

--
-- Conversions
--

CREATE FUNCTION top_box(x likert_summary, boxes integer)
RETURNS rate_summary AS 'MODULE_PATHNAME', 'likert_top_box'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION top_box(likert_summary, integer) IS
'answers in the highest points as successes';

CREATE FUNCTION bottom_box(x likert_summary, boxes integer)
RETURNS rate_summary AS 'MODULE_PATHNAME', 'likert_bottom_box'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION bottom_box(likert_summary, integer) IS
'answers in the lowest points as successes';

CREATE FUNCTION csat(x likert_summary)
RETURNS rate_summary AS 'MODULE_PATHNAME', 'likert_csat'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION csat(likert_summary) IS
'the satisfied, top two boxes on 5 and 7 points, as successes';

CREATE FUNCTION csat(x likert_summary, boxes integer)
RETURNS rate_summary AS 'MODULE_PATHNAME', 'likert_top_box'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION csat(likert_summary, integer) IS
'the satisfied, so many top boxes, as successes';

CREATE FUNCTION net(x likert_summary, boxes integer)
RETURNS nps_summary AS 'MODULE_PATHNAME', 'likert_net'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION net(likert_summary, integer) IS
'highest points against lowest ones as a net score, which never merges with an NPS';

CREATE FUNCTION to_nps(x likert_summary)
RETURNS nps_summary AS 'MODULE_PATHNAME', 'likert_to_nps'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION to_nps(likert_summary) IS
'NPS of answers from 0 to 10';
--
-- Verbs
--

CREATE FUNCTION report(
    x rate_summary,
    confidence double precision DEFAULT 0.95,
    method text DEFAULT 'wilson',
    OUT share double precision,
    OUT low double precision,
    OUT high double precision,
    OUT successes bigint,
    OUT trials bigint,
    OUT effective_n double precision,
    OUT undecided bigint,
    OUT share_if_failed double precision,
    OUT share_if_met double precision)
AS 'MODULE_PATHNAME', 'rate_report'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION report(rate_summary, double precision, text) IS
'everything worth charting: one row with the share, its interval and what it is made of';

CREATE FUNCTION estimate(
    x rate_summary,
    OUT measure text,
    OUT estimate double precision,
    OUT low double precision,
    OUT high double precision,
    OUT n bigint,
    OUT effective_n double precision,
    INOUT confidence double precision DEFAULT 0.95,
    INOUT method text DEFAULT 'wilson')
AS 'MODULE_PATHNAME', 'rate_estimate'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION estimate(rate_summary, double precision, text) IS
'the share as a row of the same shape for all summaries';

CREATE FUNCTION n(x rate_summary)
RETURNS bigint AS 'MODULE_PATHNAME', 'rate_n'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION n(rate_summary) IS
'number of trials: successes and failures';

CREATE FUNCTION effective_n(x rate_summary)
RETURNS double precision AS 'MODULE_PATHNAME', 'rate_effective_n'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION effective_n(rate_summary) IS
'number of unweighted answers that would say as much';

CREATE FUNCTION standard_error(x rate_summary)
RETURNS double precision AS 'MODULE_PATHNAME', 'rate_standard_error'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION standard_error(rate_summary) IS
'standard error of the share: that of the Agresti-Coull interval';

CREATE FUNCTION low(x rate_summary, confidence double precision DEFAULT 0.95)
RETURNS double precision AS 'MODULE_PATHNAME', 'rate_low'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION low(rate_summary, double precision) IS
'lower end of the interval of the share, in shares from 0 to 1';

CREATE FUNCTION high(x rate_summary, confidence double precision DEFAULT 0.95)
RETURNS double precision AS 'MODULE_PATHNAME', 'rate_high'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION high(rate_summary, double precision) IS
'upper end of the interval of the share, in shares from 0 to 1';

CREATE FUNCTION confidence_interval(
    x rate_summary,
    confidence double precision DEFAULT 0.95,
    method text DEFAULT 'wilson',
    OUT low double precision,
    OUT high double precision)
AS 'MODULE_PATHNAME', 'rate_confidence_interval'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION confidence_interval(rate_summary, double precision, text) IS
'interval of the share, in shares from 0 to 1';

CREATE FUNCTION compare(
    a rate_summary,
    b rate_summary,
    confidence double precision DEFAULT 0.95,
    method text DEFAULT 'miettinen-nurminen',
    OUT difference double precision,
    OUT low double precision,
    OUT high double precision,
    OUT p_value double precision)
AS 'MODULE_PATHNAME', 'rate_compare'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION compare(rate_summary, rate_summary, double precision, text) IS
'share of a minus that of b, in shares from 0 to 1, with interval and p-value';

CREATE FUNCTION benchmark(
    x rate_summary,
    target double precision,
    confidence double precision DEFAULT 0.95,
    alternative text DEFAULT 'two-sided',
    method text DEFAULT 'mid-p',
    OUT difference double precision,
    OUT low double precision,
    OUT high double precision,
    OUT p_value double precision)
AS 'MODULE_PATHNAME', 'rate_benchmark'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 500;

COMMENT ON FUNCTION benchmark(rate_summary, double precision, double precision, text, text) IS
'share minus a fixed target, in shares from 0 to 1, with interval and p-value';

CREATE FUNCTION minimum_base(x rate_summary, n bigint)
RETURNS rate_summary AS 'MODULE_PATHNAME', 'rate_minimum_base'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION minimum_base(rate_summary, bigint) IS
'x, or NULL when fewer than n answered';

CREATE FUNCTION chart(x rate_summary, width integer DEFAULT 72)
RETURNS text AS 'MODULE_PATHNAME', 'rate_chart'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION chart(rate_summary, integer) IS
'a picture in text, for psql';

CREATE FUNCTION svg(x rate_summary)
RETURNS text AS 'MODULE_PATHNAME', 'rate_svg'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION svg(rate_summary) IS
'a picture as SVG';

--
-- Accessors
--

CREATE FUNCTION share(x rate_summary)
RETURNS double precision AS 'MODULE_PATHNAME', 'rate_share'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION share(rate_summary) IS
'successes among successes and failures, from 0 to 1';

CREATE FUNCTION successes(x rate_summary)
RETURNS bigint AS 'MODULE_PATHNAME', 'rate_successes'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION successes(rate_summary) IS
'number of successes';

CREATE FUNCTION failures(x rate_summary)
RETURNS bigint AS 'MODULE_PATHNAME', 'rate_failures'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION failures(rate_summary) IS
'number of failures';

CREATE FUNCTION trials(x rate_summary)
RETURNS bigint AS 'MODULE_PATHNAME', 'rate_n'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION trials(rate_summary) IS
'number of successes and failures';

CREATE FUNCTION undecided(x rate_summary)
RETURNS bigint AS 'MODULE_PATHNAME', 'rate_undecided'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION undecided(rate_summary) IS
'number of rows that are not decided yet';

CREATE FUNCTION met_by(done_at timestamptz, due_at timestamptz, as_of timestamptz)
RETURNS boolean AS 'MODULE_PATHNAME', 'met_by'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION met_by(timestamptz, timestamptz, timestamptz) IS
'whether done by the due time; NULL while that lies after as_of';
--
-- Type sample_summary
--

CREATE FUNCTION sample_summary_in(cstring)
RETURNS sample_summary AS 'MODULE_PATHNAME', 'sample_in'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION sample_summary_in(cstring) IS
'I/O';

CREATE FUNCTION sample_summary_out(sample_summary)
RETURNS cstring AS 'MODULE_PATHNAME', 'sample_out'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION sample_summary_out(sample_summary) IS
'I/O';

CREATE FUNCTION sample_summary_recv(internal)
RETURNS sample_summary AS 'MODULE_PATHNAME', 'sample_recv'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION sample_summary_recv(internal) IS
'I/O';

CREATE FUNCTION sample_summary_send(sample_summary)
RETURNS bytea AS 'MODULE_PATHNAME', 'sample_send'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION sample_summary_send(sample_summary) IS
'I/O';

CREATE TYPE sample_summary (
    INPUT = sample_summary_in,
    OUTPUT = sample_summary_out,
    RECEIVE = sample_summary_recv,
    SEND = sample_summary_send,
    INTERNALLENGTH = 128,
    ALIGNMENT = double,
    STORAGE = plain
);

COMMENT ON TYPE sample_summary IS
'number, sum, squared deviations and range of measured values';

CREATE FUNCTION sample_summary(n bigint, mean double precision, standard_deviation double precision)
RETURNS sample_summary AS 'MODULE_PATHNAME', 'sample_from_numbers'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION sample_summary(bigint, double precision, double precision) IS
'summary of published numbers; the range stays unknown';

CREATE FUNCTION sample_summary(
    n bigint,
    mean double precision,
    standard_deviation double precision,
    minimum double precision,
    maximum double precision)
RETURNS sample_summary AS 'MODULE_PATHNAME', 'sample_from_numbers'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION sample_summary(bigint, double precision, double precision, double precision, double precision) IS
'summary of published numbers';

--
-- Aggregates
--

CREATE FUNCTION sample_summary_accum(sample_summary, double precision)
RETURNS sample_summary AS 'MODULE_PATHNAME', 'sample_accum'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION sample_summary_accum(sample_summary, double precision) IS
'aggregate transition function';

CREATE FUNCTION sample_summary_accum(sample_summary, double precision, double precision)
RETURNS sample_summary AS 'MODULE_PATHNAME', 'sample_accum_weighted'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION sample_summary_accum(sample_summary, double precision, double precision) IS
'aggregate transition function';

CREATE FUNCTION sample_summary_final(sample_summary)
RETURNS sample_summary AS 'MODULE_PATHNAME', 'sample_final'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION sample_summary_final(sample_summary) IS
'aggregate final function';

CREATE FUNCTION sample_summary_combine(sample_summary, sample_summary)
RETURNS sample_summary AS 'MODULE_PATHNAME', 'sample_merge'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION sample_summary_combine(sample_summary, sample_summary) IS
'aggregate combine function';

CREATE AGGREGATE sample(value double precision) (
    SFUNC = sample_summary_accum,
    STYPE = sample_summary,
    FINALFUNC = sample_summary_final,
    COMBINEFUNC = sample_summary_combine,
    INITCOND = '{}',
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE sample(double precision) IS
'summary of measured values';

CREATE AGGREGATE sample(value double precision, weight double precision) (
    SFUNC = sample_summary_accum,
    STYPE = sample_summary,
    FINALFUNC = sample_summary_final,
    COMBINEFUNC = sample_summary_combine,
    INITCOND = '{}',
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE sample(double precision, double precision) IS
'summary of weighted measured values';

--
-- Merging
--

CREATE FUNCTION merge(a sample_summary, b sample_summary)
RETURNS sample_summary AS 'MODULE_PATHNAME', 'sample_merge'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION merge(sample_summary, sample_summary) IS
'the values of both; NULL is none';

CREATE OPERATOR + (
    LEFTARG = sample_summary, RIGHTARG = sample_summary, FUNCTION = merge,
    COMMUTATOR = +
);
COMMENT ON OPERATOR + (sample_summary, sample_summary) IS
'the values of both; NULL is none';

CREATE AGGREGATE rollup(x sample_summary) (
    SFUNC = sample_summary_combine,
    STYPE = sample_summary,
    FINALFUNC = sample_summary_final,
    COMBINEFUNC = sample_summary_combine,
    INITCOND = '{}',
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE rollup(sample_summary) IS
'merges summaries; NULL for none';

--
-- Comparison, for sorting and grouping only
--

CREATE FUNCTION sample_summary_eq(sample_summary, sample_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'sample_eq'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION sample_summary_eq(sample_summary, sample_summary) IS
'implementation of = operator';

CREATE FUNCTION sample_summary_ne(sample_summary, sample_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'sample_ne'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION sample_summary_ne(sample_summary, sample_summary) IS
'implementation of <> operator';

CREATE FUNCTION sample_summary_lt(sample_summary, sample_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'sample_lt'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION sample_summary_lt(sample_summary, sample_summary) IS
'implementation of < operator';

CREATE FUNCTION sample_summary_le(sample_summary, sample_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'sample_le'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION sample_summary_le(sample_summary, sample_summary) IS
'implementation of <= operator';

CREATE FUNCTION sample_summary_gt(sample_summary, sample_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'sample_gt'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION sample_summary_gt(sample_summary, sample_summary) IS
'implementation of > operator';

CREATE FUNCTION sample_summary_ge(sample_summary, sample_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'sample_ge'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION sample_summary_ge(sample_summary, sample_summary) IS
'implementation of >= operator';

CREATE FUNCTION sample_summary_cmp(sample_summary, sample_summary)
RETURNS integer AS 'MODULE_PATHNAME', 'sample_cmp'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION sample_summary_cmp(sample_summary, sample_summary) IS
'btree support';

CREATE FUNCTION sample_summary_hash(sample_summary)
RETURNS integer AS 'MODULE_PATHNAME', 'sample_hash'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION sample_summary_hash(sample_summary) IS
'hash support';

CREATE FUNCTION sample_summary_hash_extended(sample_summary, bigint)
RETURNS bigint AS 'MODULE_PATHNAME', 'sample_hash_extended'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION sample_summary_hash_extended(sample_summary, bigint) IS
'hash support';

CREATE OPERATOR = (
    LEFTARG = sample_summary, RIGHTARG = sample_summary, FUNCTION = sample_summary_eq,
    COMMUTATOR = =, NEGATOR = <>,
    RESTRICT = eqsel, JOIN = eqjoinsel,
    HASHES, MERGES
);
COMMENT ON OPERATOR = (sample_summary, sample_summary) IS
'equal';

CREATE OPERATOR <> (
    LEFTARG = sample_summary, RIGHTARG = sample_summary, FUNCTION = sample_summary_ne,
    COMMUTATOR = <>, NEGATOR = =,
    RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (sample_summary, sample_summary) IS
'not equal';

CREATE OPERATOR < (
    LEFTARG = sample_summary, RIGHTARG = sample_summary, FUNCTION = sample_summary_lt,
    COMMUTATOR = >, NEGATOR = >=,
    RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (sample_summary, sample_summary) IS
'less than, in an order for sorting only';

CREATE OPERATOR <= (
    LEFTARG = sample_summary, RIGHTARG = sample_summary, FUNCTION = sample_summary_le,
    COMMUTATOR = >=, NEGATOR = >,
    RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (sample_summary, sample_summary) IS
'less than or equal, in an order for sorting only';

CREATE OPERATOR > (
    LEFTARG = sample_summary, RIGHTARG = sample_summary, FUNCTION = sample_summary_gt,
    COMMUTATOR = <, NEGATOR = <=,
    RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (sample_summary, sample_summary) IS
'greater than, in an order for sorting only';

CREATE OPERATOR >= (
    LEFTARG = sample_summary, RIGHTARG = sample_summary, FUNCTION = sample_summary_ge,
    COMMUTATOR = <=, NEGATOR = <,
    RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (sample_summary, sample_summary) IS
'greater than or equal, in an order for sorting only';

CREATE OPERATOR CLASS sample_summary_ops DEFAULT FOR TYPE sample_summary USING btree AS
    OPERATOR 1 <,
    OPERATOR 2 <=,
    OPERATOR 3 =,
    OPERATOR 4 >=,
    OPERATOR 5 >,
    FUNCTION 1 sample_summary_cmp(sample_summary, sample_summary);
COMMENT ON OPERATOR FAMILY sample_summary_ops USING btree IS
'equality, and an order for sorting only';

COMMENT ON OPERATOR CLASS sample_summary_ops USING btree IS
'equality, and an order for sorting only';

CREATE OPERATOR CLASS sample_summary_ops DEFAULT FOR TYPE sample_summary USING hash AS
    OPERATOR 1 =,
    FUNCTION 1 sample_summary_hash(sample_summary),
    FUNCTION 2 sample_summary_hash_extended(sample_summary, bigint);
COMMENT ON OPERATOR FAMILY sample_summary_ops USING hash IS
'equality';

COMMENT ON OPERATOR CLASS sample_summary_ops USING hash IS
'equality';

--
-- Casts
--

CREATE FUNCTION sample_summary_to_json(sample_summary)
RETURNS json AS 'MODULE_PATHNAME', 'sample_to_json'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION sample_summary_to_json(sample_summary) IS
'the text form as json';

CREATE FUNCTION sample_summary_to_jsonb(sample_summary)
RETURNS jsonb AS 'MODULE_PATHNAME', 'sample_to_jsonb'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION sample_summary_to_jsonb(sample_summary) IS
'the text form as jsonb';

CREATE CAST (sample_summary AS json) WITH FUNCTION sample_summary_to_json(sample_summary);
COMMENT ON CAST (sample_summary AS json) IS
'the text form as json';

CREATE CAST (sample_summary AS jsonb) WITH FUNCTION sample_summary_to_jsonb(sample_summary);
COMMENT ON CAST (sample_summary AS jsonb) IS
'the text form as jsonb';
--
-- Verbs
--

CREATE FUNCTION report(
    x sample_summary,
    confidence double precision DEFAULT 0.95,
    method text DEFAULT 't',
    OUT mean double precision,
    OUT low double precision,
    OUT high double precision,
    OUT stddev double precision,
    OUT n bigint,
    OUT effective_n double precision,
    OUT minimum double precision,
    OUT maximum double precision)
AS 'MODULE_PATHNAME', 'sample_report'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION report(sample_summary, double precision, text) IS
'everything worth charting: one row with the mean, its interval and what it is made of';

CREATE FUNCTION estimate(
    x sample_summary,
    OUT measure text,
    OUT estimate double precision,
    OUT low double precision,
    OUT high double precision,
    OUT n bigint,
    OUT effective_n double precision,
    INOUT confidence double precision DEFAULT 0.95,
    INOUT method text DEFAULT 't')
AS 'MODULE_PATHNAME', 'sample_estimate'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION estimate(sample_summary, double precision, text) IS
'the mean as a row of the same shape for all summaries';

CREATE FUNCTION n(x sample_summary)
RETURNS bigint AS 'MODULE_PATHNAME', 'sample_n'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION n(sample_summary) IS
'number of values';

CREATE FUNCTION effective_n(x sample_summary)
RETURNS double precision AS 'MODULE_PATHNAME', 'sample_effective_n'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION effective_n(sample_summary) IS
'number of unweighted values that would say as much';

CREATE FUNCTION standard_error(x sample_summary)
RETURNS double precision AS 'MODULE_PATHNAME', 'sample_standard_error'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION standard_error(sample_summary) IS
'standard error of the mean';

CREATE FUNCTION low(x sample_summary, confidence double precision DEFAULT 0.95)
RETURNS double precision AS 'MODULE_PATHNAME', 'sample_low'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION low(sample_summary, double precision) IS
'lower end of the interval of the mean';

CREATE FUNCTION high(x sample_summary, confidence double precision DEFAULT 0.95)
RETURNS double precision AS 'MODULE_PATHNAME', 'sample_high'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION high(sample_summary, double precision) IS
'upper end of the interval of the mean';

CREATE FUNCTION confidence_interval(
    x sample_summary,
    confidence double precision DEFAULT 0.95,
    method text DEFAULT 't',
    OUT low double precision,
    OUT high double precision)
AS 'MODULE_PATHNAME', 'sample_confidence_interval'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION confidence_interval(sample_summary, double precision, text) IS
'interval of the mean';

CREATE FUNCTION compare(
    a sample_summary,
    b sample_summary,
    confidence double precision DEFAULT 0.95,
    method text DEFAULT 'welch',
    OUT difference double precision,
    OUT low double precision,
    OUT high double precision,
    OUT p_value double precision)
AS 'MODULE_PATHNAME', 'sample_compare'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION compare(sample_summary, sample_summary, double precision, text) IS
'mean of a minus that of b, with interval and p-value';

CREATE FUNCTION benchmark(
    x sample_summary,
    target double precision,
    confidence double precision DEFAULT 0.95,
    alternative text DEFAULT 'two-sided',
    method text DEFAULT 't',
    OUT difference double precision,
    OUT low double precision,
    OUT high double precision,
    OUT p_value double precision)
AS 'MODULE_PATHNAME', 'sample_benchmark'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION benchmark(sample_summary, double precision, double precision, text, text) IS
'mean minus a fixed target, with interval and p-value';

CREATE FUNCTION minimum_base(x sample_summary, n bigint)
RETURNS sample_summary AS 'MODULE_PATHNAME', 'sample_minimum_base'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION minimum_base(sample_summary, bigint) IS
'x, or NULL when there are fewer than n values';

CREATE FUNCTION chart(x sample_summary, width integer DEFAULT 72)
RETURNS text AS 'MODULE_PATHNAME', 'sample_chart'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION chart(sample_summary, integer) IS
'a picture in text, for psql';

CREATE FUNCTION svg(x sample_summary)
RETURNS text AS 'MODULE_PATHNAME', 'sample_svg'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION svg(sample_summary) IS
'a picture as SVG';

--
-- Accessors
--

CREATE FUNCTION mean(x sample_summary)
RETURNS double precision AS 'MODULE_PATHNAME', 'sample_mean'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION mean(sample_summary) IS
'mean of the values';

CREATE FUNCTION standard_deviation(x sample_summary)
RETURNS double precision AS 'MODULE_PATHNAME', 'sample_standard_deviation'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION standard_deviation(sample_summary) IS
'standard deviation of the values, dividing by n - 1';

CREATE FUNCTION minimum(x sample_summary)
RETURNS double precision AS 'MODULE_PATHNAME', 'sample_minimum'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION minimum(sample_summary) IS
'smallest value';

CREATE FUNCTION maximum(x sample_summary)
RETURNS double precision AS 'MODULE_PATHNAME', 'sample_maximum'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION maximum(sample_summary) IS
'largest value';
--
-- Type ratio_summary
--

CREATE FUNCTION ratio_summary_in(cstring)
RETURNS ratio_summary AS 'MODULE_PATHNAME', 'ratio_in'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION ratio_summary_in(cstring) IS
'I/O';

CREATE FUNCTION ratio_summary_out(ratio_summary)
RETURNS cstring AS 'MODULE_PATHNAME', 'ratio_out'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION ratio_summary_out(ratio_summary) IS
'I/O';

CREATE FUNCTION ratio_summary_recv(internal)
RETURNS ratio_summary AS 'MODULE_PATHNAME', 'ratio_recv'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION ratio_summary_recv(internal) IS
'I/O';

CREATE FUNCTION ratio_summary_send(ratio_summary)
RETURNS bytea AS 'MODULE_PATHNAME', 'ratio_send'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION ratio_summary_send(ratio_summary) IS
'I/O';

CREATE TYPE ratio_summary (
    INPUT = ratio_summary_in,
    OUTPUT = ratio_summary_out,
    RECEIVE = ratio_summary_recv,
    SEND = ratio_summary_send,
    INTERNALLENGTH = 96,
    ALIGNMENT = double,
    STORAGE = plain
);

COMMENT ON TYPE ratio_summary IS
'sums, squared deviations and their products of two amounts per unit';

--
-- Aggregates
--

CREATE FUNCTION ratio_summary_accum(ratio_summary, double precision, double precision)
RETURNS ratio_summary AS 'MODULE_PATHNAME', 'ratio_accum'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION ratio_summary_accum(ratio_summary, double precision, double precision) IS
'aggregate transition function';

CREATE FUNCTION ratio_summary_final(ratio_summary)
RETURNS ratio_summary AS 'MODULE_PATHNAME', 'ratio_final'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION ratio_summary_final(ratio_summary) IS
'aggregate final function';

CREATE FUNCTION ratio_summary_combine(ratio_summary, ratio_summary)
RETURNS ratio_summary AS 'MODULE_PATHNAME', 'ratio_merge'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION ratio_summary_combine(ratio_summary, ratio_summary) IS
'aggregate combine function';

CREATE AGGREGATE ratio(numerator double precision, denominator double precision) (
    SFUNC = ratio_summary_accum,
    STYPE = ratio_summary,
    FINALFUNC = ratio_summary_final,
    COMBINEFUNC = ratio_summary_combine,
    INITCOND = '{}',
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE ratio(double precision, double precision) IS
'summary of two amounts of each unit: the sum of one over the sum of the other';

--
-- Merging
--

CREATE FUNCTION merge(a ratio_summary, b ratio_summary)
RETURNS ratio_summary AS 'MODULE_PATHNAME', 'ratio_merge'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION merge(ratio_summary, ratio_summary) IS
'the units of both; NULL is none';

CREATE OPERATOR + (
    LEFTARG = ratio_summary, RIGHTARG = ratio_summary, FUNCTION = merge,
    COMMUTATOR = +
);
COMMENT ON OPERATOR + (ratio_summary, ratio_summary) IS
'the units of both; NULL is none';

CREATE AGGREGATE rollup(x ratio_summary) (
    SFUNC = ratio_summary_combine,
    STYPE = ratio_summary,
    FINALFUNC = ratio_summary_final,
    COMBINEFUNC = ratio_summary_combine,
    INITCOND = '{}',
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE rollup(ratio_summary) IS
'merges summaries; NULL for none';

--
-- Comparison, for sorting and grouping only
--

CREATE FUNCTION ratio_summary_eq(ratio_summary, ratio_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'ratio_eq'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION ratio_summary_eq(ratio_summary, ratio_summary) IS
'implementation of = operator';

CREATE FUNCTION ratio_summary_ne(ratio_summary, ratio_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'ratio_ne'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION ratio_summary_ne(ratio_summary, ratio_summary) IS
'implementation of <> operator';

CREATE FUNCTION ratio_summary_lt(ratio_summary, ratio_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'ratio_lt'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION ratio_summary_lt(ratio_summary, ratio_summary) IS
'implementation of < operator';

CREATE FUNCTION ratio_summary_le(ratio_summary, ratio_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'ratio_le'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION ratio_summary_le(ratio_summary, ratio_summary) IS
'implementation of <= operator';

CREATE FUNCTION ratio_summary_gt(ratio_summary, ratio_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'ratio_gt'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION ratio_summary_gt(ratio_summary, ratio_summary) IS
'implementation of > operator';

CREATE FUNCTION ratio_summary_ge(ratio_summary, ratio_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'ratio_ge'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION ratio_summary_ge(ratio_summary, ratio_summary) IS
'implementation of >= operator';

CREATE FUNCTION ratio_summary_cmp(ratio_summary, ratio_summary)
RETURNS integer AS 'MODULE_PATHNAME', 'ratio_cmp'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION ratio_summary_cmp(ratio_summary, ratio_summary) IS
'btree support';

CREATE FUNCTION ratio_summary_hash(ratio_summary)
RETURNS integer AS 'MODULE_PATHNAME', 'ratio_hash'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION ratio_summary_hash(ratio_summary) IS
'hash support';

CREATE FUNCTION ratio_summary_hash_extended(ratio_summary, bigint)
RETURNS bigint AS 'MODULE_PATHNAME', 'ratio_hash_extended'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION ratio_summary_hash_extended(ratio_summary, bigint) IS
'hash support';

CREATE OPERATOR = (
    LEFTARG = ratio_summary, RIGHTARG = ratio_summary, FUNCTION = ratio_summary_eq,
    COMMUTATOR = =, NEGATOR = <>,
    RESTRICT = eqsel, JOIN = eqjoinsel,
    HASHES, MERGES
);
COMMENT ON OPERATOR = (ratio_summary, ratio_summary) IS
'equal';

CREATE OPERATOR <> (
    LEFTARG = ratio_summary, RIGHTARG = ratio_summary, FUNCTION = ratio_summary_ne,
    COMMUTATOR = <>, NEGATOR = =,
    RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (ratio_summary, ratio_summary) IS
'not equal';

CREATE OPERATOR < (
    LEFTARG = ratio_summary, RIGHTARG = ratio_summary, FUNCTION = ratio_summary_lt,
    COMMUTATOR = >, NEGATOR = >=,
    RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (ratio_summary, ratio_summary) IS
'less than, in an order for sorting only';

CREATE OPERATOR <= (
    LEFTARG = ratio_summary, RIGHTARG = ratio_summary, FUNCTION = ratio_summary_le,
    COMMUTATOR = >=, NEGATOR = >,
    RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (ratio_summary, ratio_summary) IS
'less than or equal, in an order for sorting only';

CREATE OPERATOR > (
    LEFTARG = ratio_summary, RIGHTARG = ratio_summary, FUNCTION = ratio_summary_gt,
    COMMUTATOR = <, NEGATOR = <=,
    RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (ratio_summary, ratio_summary) IS
'greater than, in an order for sorting only';

CREATE OPERATOR >= (
    LEFTARG = ratio_summary, RIGHTARG = ratio_summary, FUNCTION = ratio_summary_ge,
    COMMUTATOR = <=, NEGATOR = <,
    RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (ratio_summary, ratio_summary) IS
'greater than or equal, in an order for sorting only';

CREATE OPERATOR CLASS ratio_summary_ops DEFAULT FOR TYPE ratio_summary USING btree AS
    OPERATOR 1 <,
    OPERATOR 2 <=,
    OPERATOR 3 =,
    OPERATOR 4 >=,
    OPERATOR 5 >,
    FUNCTION 1 ratio_summary_cmp(ratio_summary, ratio_summary);
COMMENT ON OPERATOR FAMILY ratio_summary_ops USING btree IS
'equality, and an order for sorting only';

COMMENT ON OPERATOR CLASS ratio_summary_ops USING btree IS
'equality, and an order for sorting only';

CREATE OPERATOR CLASS ratio_summary_ops DEFAULT FOR TYPE ratio_summary USING hash AS
    OPERATOR 1 =,
    FUNCTION 1 ratio_summary_hash(ratio_summary),
    FUNCTION 2 ratio_summary_hash_extended(ratio_summary, bigint);
COMMENT ON OPERATOR FAMILY ratio_summary_ops USING hash IS
'equality';

COMMENT ON OPERATOR CLASS ratio_summary_ops USING hash IS
'equality';

--
-- Casts
--

CREATE FUNCTION ratio_summary_to_json(ratio_summary)
RETURNS json AS 'MODULE_PATHNAME', 'ratio_to_json'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION ratio_summary_to_json(ratio_summary) IS
'the text form as json';

CREATE FUNCTION ratio_summary_to_jsonb(ratio_summary)
RETURNS jsonb AS 'MODULE_PATHNAME', 'ratio_to_jsonb'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION ratio_summary_to_jsonb(ratio_summary) IS
'the text form as jsonb';

CREATE CAST (ratio_summary AS json) WITH FUNCTION ratio_summary_to_json(ratio_summary);
COMMENT ON CAST (ratio_summary AS json) IS
'the text form as json';

CREATE CAST (ratio_summary AS jsonb) WITH FUNCTION ratio_summary_to_jsonb(ratio_summary);
COMMENT ON CAST (ratio_summary AS jsonb) IS
'the text form as jsonb';
--
-- Verbs
--

CREATE FUNCTION report(
    x ratio_summary,
    confidence double precision DEFAULT 0.95,
    method text DEFAULT 'delta',
    OUT ratio double precision,
    OUT low double precision,
    OUT high double precision,
    OUT numerator double precision,
    OUT denominator double precision,
    OUT n bigint,
    OUT effective_n double precision)
AS 'MODULE_PATHNAME', 'ratio_report'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION report(ratio_summary, double precision, text) IS
'everything worth charting: one row with the ratio, its interval and what it is made of';

CREATE FUNCTION estimate(
    x ratio_summary,
    OUT measure text,
    OUT estimate double precision,
    OUT low double precision,
    OUT high double precision,
    OUT n bigint,
    OUT effective_n double precision,
    INOUT confidence double precision DEFAULT 0.95,
    INOUT method text DEFAULT 'delta')
AS 'MODULE_PATHNAME', 'ratio_estimate'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION estimate(ratio_summary, double precision, text) IS
'the ratio as a row of the same shape for all summaries';

CREATE FUNCTION n(x ratio_summary)
RETURNS bigint AS 'MODULE_PATHNAME', 'ratio_n'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION n(ratio_summary) IS
'number of units';

CREATE FUNCTION effective_n(x ratio_summary)
RETURNS double precision AS 'MODULE_PATHNAME', 'ratio_effective_n'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION effective_n(ratio_summary) IS
'number of unweighted units that would say as much';

CREATE FUNCTION standard_error(x ratio_summary)
RETURNS double precision AS 'MODULE_PATHNAME', 'ratio_standard_error'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION standard_error(ratio_summary) IS
'standard error of the ratio, by the delta method';

CREATE FUNCTION low(x ratio_summary, confidence double precision DEFAULT 0.95)
RETURNS double precision AS 'MODULE_PATHNAME', 'ratio_low'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION low(ratio_summary, double precision) IS
'lower end of the interval of the ratio';

CREATE FUNCTION high(x ratio_summary, confidence double precision DEFAULT 0.95)
RETURNS double precision AS 'MODULE_PATHNAME', 'ratio_high'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION high(ratio_summary, double precision) IS
'upper end of the interval of the ratio';

CREATE FUNCTION confidence_interval(
    x ratio_summary,
    confidence double precision DEFAULT 0.95,
    method text DEFAULT 'delta',
    OUT low double precision,
    OUT high double precision)
AS 'MODULE_PATHNAME', 'ratio_confidence_interval'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION confidence_interval(ratio_summary, double precision, text) IS
'interval of the ratio';

CREATE FUNCTION compare(
    a ratio_summary,
    b ratio_summary,
    confidence double precision DEFAULT 0.95,
    method text DEFAULT 'delta',
    OUT difference double precision,
    OUT low double precision,
    OUT high double precision,
    OUT p_value double precision)
AS 'MODULE_PATHNAME', 'ratio_compare'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION compare(ratio_summary, ratio_summary, double precision, text) IS
'ratio of a minus that of b, with interval and p-value';

CREATE FUNCTION compare_ratio(
    a ratio_summary,
    b ratio_summary,
    confidence double precision DEFAULT 0.95,
    method text DEFAULT 'log-delta',
    OUT ratio double precision,
    OUT low double precision,
    OUT high double precision,
    OUT p_value double precision)
AS 'MODULE_PATHNAME', 'ratio_compare_ratio'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION compare_ratio(ratio_summary, ratio_summary, double precision, text) IS
'ratio of a over that of b, with interval and p-value';

CREATE FUNCTION benchmark(
    x ratio_summary,
    target double precision,
    confidence double precision DEFAULT 0.95,
    alternative text DEFAULT 'two-sided',
    method text DEFAULT 'delta',
    OUT difference double precision,
    OUT low double precision,
    OUT high double precision,
    OUT p_value double precision)
AS 'MODULE_PATHNAME', 'ratio_benchmark'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION benchmark(ratio_summary, double precision, double precision, text, text) IS
'ratio minus a fixed target, with interval and p-value';

CREATE FUNCTION minimum_base(x ratio_summary, n bigint)
RETURNS ratio_summary AS 'MODULE_PATHNAME', 'ratio_minimum_base'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION minimum_base(ratio_summary, bigint) IS
'x, or NULL when there are fewer than n units';

CREATE FUNCTION chart(x ratio_summary, width integer DEFAULT 72)
RETURNS text AS 'MODULE_PATHNAME', 'ratio_chart'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION chart(ratio_summary, integer) IS
'a picture in text, for psql';

CREATE FUNCTION svg(x ratio_summary)
RETURNS text AS 'MODULE_PATHNAME', 'ratio_svg'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION svg(ratio_summary) IS
'a picture as SVG';

--
-- Accessors
--

CREATE FUNCTION ratio(x ratio_summary)
RETURNS double precision AS 'MODULE_PATHNAME', 'ratio_ratio'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION ratio(ratio_summary) IS
'sum of the numerators over the sum of the denominators';

CREATE FUNCTION numerator(x ratio_summary)
RETURNS double precision AS 'MODULE_PATHNAME', 'ratio_numerator'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION numerator(ratio_summary) IS
'sum of the numerators';

CREATE FUNCTION denominator(x ratio_summary)
RETURNS double precision AS 'MODULE_PATHNAME', 'ratio_denominator'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION denominator(ratio_summary) IS
'sum of the denominators';
--
-- Type timing_summary
--

CREATE FUNCTION timing_summary_in(cstring)
RETURNS timing_summary AS 'MODULE_PATHNAME', 'timing_in'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION timing_summary_in(cstring) IS
'I/O';

CREATE FUNCTION timing_summary_out(timing_summary)
RETURNS cstring AS 'MODULE_PATHNAME', 'timing_out'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION timing_summary_out(timing_summary) IS
'I/O';

CREATE FUNCTION timing_summary_recv(internal)
RETURNS timing_summary AS 'MODULE_PATHNAME', 'timing_recv'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION timing_summary_recv(internal) IS
'I/O';

CREATE FUNCTION timing_summary_send(timing_summary)
RETURNS bytea AS 'MODULE_PATHNAME', 'timing_send'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION timing_summary_send(timing_summary) IS
'I/O';

CREATE TYPE timing_summary (
    INPUT = timing_summary_in,
    OUTPUT = timing_summary_out,
    RECEIVE = timing_summary_recv,
    SEND = timing_summary_send,
    INTERNALLENGTH = VARIABLE,
    ALIGNMENT = double,
    STORAGE = external
);

COMMENT ON TYPE timing_summary IS
'durations, finished or still running';

--
-- Aggregates
--

CREATE FUNCTION timing_summary_accum(timing_summary, interval)
RETURNS timing_summary AS 'MODULE_PATHNAME', 'timing_accum_interval'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION timing_summary_accum(timing_summary, interval) IS
'aggregate transition function';

CREATE FUNCTION timing_summary_accum(timing_summary, interval, boolean)
RETURNS timing_summary AS 'MODULE_PATHNAME', 'timing_accum_interval'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION timing_summary_accum(timing_summary, interval, boolean) IS
'aggregate transition function';

CREATE FUNCTION timing_summary_accum(timing_summary, double precision)
RETURNS timing_summary AS 'MODULE_PATHNAME', 'timing_accum_seconds'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION timing_summary_accum(timing_summary, double precision) IS
'aggregate transition function';

CREATE FUNCTION timing_summary_accum(timing_summary, double precision, boolean)
RETURNS timing_summary AS 'MODULE_PATHNAME', 'timing_accum_seconds'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION timing_summary_accum(timing_summary, double precision, boolean) IS
'aggregate transition function';

CREATE FUNCTION timing_summary_accum(timing_summary, timestamptz, timestamptz, timestamptz)
RETURNS timing_summary AS 'MODULE_PATHNAME', 'timing_accum_times'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION timing_summary_accum(timing_summary, timestamptz, timestamptz, timestamptz) IS
'aggregate transition function';

CREATE FUNCTION timing_summary_final(timing_summary)
RETURNS timing_summary AS 'MODULE_PATHNAME', 'timing_final'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION timing_summary_final(timing_summary) IS
'aggregate final function';

CREATE FUNCTION timing_summary_combine(timing_summary, timing_summary)
RETURNS timing_summary AS 'MODULE_PATHNAME', 'timing_merge'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION timing_summary_combine(timing_summary, timing_summary) IS
'aggregate combine function';

CREATE AGGREGATE timing(duration interval) (
    SFUNC = timing_summary_accum,
    STYPE = timing_summary,
    SSPACE = 256,
    FINALFUNC = timing_summary_final,
    COMBINEFUNC = timing_summary_combine,
    INITCOND = '{}',
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE timing(interval) IS
'summary of durations; NULL is not counted';

CREATE AGGREGATE timing(duration interval, finished boolean) (
    SFUNC = timing_summary_accum,
    STYPE = timing_summary,
    SSPACE = 256,
    FINALFUNC = timing_summary_final,
    COMBINEFUNC = timing_summary_combine,
    INITCOND = '{}',
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE timing(interval, boolean) IS
'summary of durations; those not finished are still running';

CREATE AGGREGATE timing(seconds double precision) (
    SFUNC = timing_summary_accum,
    STYPE = timing_summary,
    SSPACE = 256,
    FINALFUNC = timing_summary_final,
    COMBINEFUNC = timing_summary_combine,
    INITCOND = '{}',
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE timing(double precision) IS
'summary of durations in seconds; NULL is not counted';

CREATE AGGREGATE timing(seconds double precision, finished boolean) (
    SFUNC = timing_summary_accum,
    STYPE = timing_summary,
    SSPACE = 256,
    FINALFUNC = timing_summary_final,
    COMBINEFUNC = timing_summary_combine,
    INITCOND = '{}',
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE timing(double precision, boolean) IS
'summary of durations in seconds; those not finished are still running';

CREATE AGGREGATE timing(started_at timestamptz, ended_at timestamptz, as_of timestamptz) (
    SFUNC = timing_summary_accum,
    STYPE = timing_summary,
    SSPACE = 256,
    FINALFUNC = timing_summary_final,
    COMBINEFUNC = timing_summary_combine,
    INITCOND = '{}',
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE timing(timestamptz, timestamptz, timestamptz) IS
'summary of durations from start to end; those not ended by as_of are still running';

--
-- Merging
--

CREATE FUNCTION merge(a timing_summary, b timing_summary)
RETURNS timing_summary AS 'MODULE_PATHNAME', 'timing_merge'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION merge(timing_summary, timing_summary) IS
'the durations of both; NULL is none';

CREATE OPERATOR + (
    LEFTARG = timing_summary, RIGHTARG = timing_summary, FUNCTION = merge,
    COMMUTATOR = +
);
COMMENT ON OPERATOR + (timing_summary, timing_summary) IS
'the durations of both; NULL is none';

CREATE AGGREGATE rollup(x timing_summary) (
    SFUNC = timing_summary_combine,
    STYPE = timing_summary,
    SSPACE = 256,
    FINALFUNC = timing_summary_final,
    COMBINEFUNC = timing_summary_combine,
    INITCOND = '{}',
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE rollup(timing_summary) IS
'merges summaries; NULL for none';

--
-- Comparison, for sorting and grouping only
--

CREATE FUNCTION timing_summary_eq(timing_summary, timing_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'timing_eq'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION timing_summary_eq(timing_summary, timing_summary) IS
'implementation of = operator';

CREATE FUNCTION timing_summary_ne(timing_summary, timing_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'timing_ne'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION timing_summary_ne(timing_summary, timing_summary) IS
'implementation of <> operator';

CREATE FUNCTION timing_summary_lt(timing_summary, timing_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'timing_lt'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION timing_summary_lt(timing_summary, timing_summary) IS
'implementation of < operator';

CREATE FUNCTION timing_summary_le(timing_summary, timing_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'timing_le'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION timing_summary_le(timing_summary, timing_summary) IS
'implementation of <= operator';

CREATE FUNCTION timing_summary_gt(timing_summary, timing_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'timing_gt'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION timing_summary_gt(timing_summary, timing_summary) IS
'implementation of > operator';

CREATE FUNCTION timing_summary_ge(timing_summary, timing_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'timing_ge'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION timing_summary_ge(timing_summary, timing_summary) IS
'implementation of >= operator';

CREATE FUNCTION timing_summary_cmp(timing_summary, timing_summary)
RETURNS integer AS 'MODULE_PATHNAME', 'timing_cmp'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION timing_summary_cmp(timing_summary, timing_summary) IS
'btree support';

CREATE FUNCTION timing_summary_hash(timing_summary)
RETURNS integer AS 'MODULE_PATHNAME', 'timing_hash'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION timing_summary_hash(timing_summary) IS
'hash support';

CREATE FUNCTION timing_summary_hash_extended(timing_summary, bigint)
RETURNS bigint AS 'MODULE_PATHNAME', 'timing_hash_extended'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION timing_summary_hash_extended(timing_summary, bigint) IS
'hash support';

CREATE OPERATOR = (
    LEFTARG = timing_summary, RIGHTARG = timing_summary, FUNCTION = timing_summary_eq,
    COMMUTATOR = =, NEGATOR = <>,
    RESTRICT = eqsel, JOIN = eqjoinsel,
    HASHES, MERGES
);
COMMENT ON OPERATOR = (timing_summary, timing_summary) IS
'equal';

CREATE OPERATOR <> (
    LEFTARG = timing_summary, RIGHTARG = timing_summary, FUNCTION = timing_summary_ne,
    COMMUTATOR = <>, NEGATOR = =,
    RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (timing_summary, timing_summary) IS
'not equal';

CREATE OPERATOR < (
    LEFTARG = timing_summary, RIGHTARG = timing_summary, FUNCTION = timing_summary_lt,
    COMMUTATOR = >, NEGATOR = >=,
    RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (timing_summary, timing_summary) IS
'less than, in an order for sorting only';

CREATE OPERATOR <= (
    LEFTARG = timing_summary, RIGHTARG = timing_summary, FUNCTION = timing_summary_le,
    COMMUTATOR = >=, NEGATOR = >,
    RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (timing_summary, timing_summary) IS
'less than or equal, in an order for sorting only';

CREATE OPERATOR > (
    LEFTARG = timing_summary, RIGHTARG = timing_summary, FUNCTION = timing_summary_gt,
    COMMUTATOR = <, NEGATOR = <=,
    RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (timing_summary, timing_summary) IS
'greater than, in an order for sorting only';

CREATE OPERATOR >= (
    LEFTARG = timing_summary, RIGHTARG = timing_summary, FUNCTION = timing_summary_ge,
    COMMUTATOR = <=, NEGATOR = <,
    RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (timing_summary, timing_summary) IS
'greater than or equal, in an order for sorting only';

CREATE OPERATOR CLASS timing_summary_ops DEFAULT FOR TYPE timing_summary USING btree AS
    OPERATOR 1 <,
    OPERATOR 2 <=,
    OPERATOR 3 =,
    OPERATOR 4 >=,
    OPERATOR 5 >,
    FUNCTION 1 timing_summary_cmp(timing_summary, timing_summary);
COMMENT ON OPERATOR FAMILY timing_summary_ops USING btree IS
'equality, and an order for sorting only';

COMMENT ON OPERATOR CLASS timing_summary_ops USING btree IS
'equality, and an order for sorting only';

CREATE OPERATOR CLASS timing_summary_ops DEFAULT FOR TYPE timing_summary USING hash AS
    OPERATOR 1 =,
    FUNCTION 1 timing_summary_hash(timing_summary),
    FUNCTION 2 timing_summary_hash_extended(timing_summary, bigint);
COMMENT ON OPERATOR FAMILY timing_summary_ops USING hash IS
'equality';

COMMENT ON OPERATOR CLASS timing_summary_ops USING hash IS
'equality';

--
-- Casts
--

CREATE FUNCTION timing_summary_to_json(timing_summary)
RETURNS json AS 'MODULE_PATHNAME', 'timing_to_json'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION timing_summary_to_json(timing_summary) IS
'the text form as json';

CREATE FUNCTION timing_summary_to_jsonb(timing_summary)
RETURNS jsonb AS 'MODULE_PATHNAME', 'timing_to_jsonb'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION timing_summary_to_jsonb(timing_summary) IS
'the text form as jsonb';

CREATE CAST (timing_summary AS json) WITH FUNCTION timing_summary_to_json(timing_summary);
COMMENT ON CAST (timing_summary AS json) IS
'the text form as json';

CREATE CAST (timing_summary AS jsonb) WITH FUNCTION timing_summary_to_jsonb(timing_summary);
COMMENT ON CAST (timing_summary AS jsonb) IS
'the text form as jsonb';
--
-- Verbs
--

CREATE FUNCTION report(
    x timing_summary,
    confidence double precision DEFAULT 0.95,
    method text DEFAULT 'log-t',
    OUT geometric_mean double precision,
    OUT low double precision,
    OUT high double precision,
    OUT mean double precision,
    OUT median double precision,
    OUT median_low double precision,
    OUT median_high double precision,
    OUT p90 double precision,
    OUT p95 double precision,
    OUT minimum double precision,
    OUT maximum double precision,
    OUT finished bigint,
    OUT unfinished bigint)
AS 'MODULE_PATHNAME', 'timing_report'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 500;

COMMENT ON FUNCTION report(timing_summary, double precision, text) IS
'everything worth charting: one row with means, quantiles and their intervals, in seconds';

CREATE FUNCTION estimate(
    x timing_summary,
    OUT measure text,
    OUT estimate double precision,
    OUT low double precision,
    OUT high double precision,
    OUT n bigint,
    OUT effective_n double precision,
    INOUT confidence double precision DEFAULT 0.95,
    INOUT method text DEFAULT 'log-t')
AS 'MODULE_PATHNAME', 'timing_estimate'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION estimate(timing_summary, double precision, text) IS
'the geometric mean in seconds as a row of the same shape for all summaries';

CREATE FUNCTION n(x timing_summary)
RETURNS bigint AS 'MODULE_PATHNAME', 'timing_n'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION n(timing_summary) IS
'number of finished durations';

CREATE FUNCTION effective_n(x timing_summary)
RETURNS double precision AS 'MODULE_PATHNAME', 'timing_effective_n'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION effective_n(timing_summary) IS
'number of unweighted durations that would say as much: all finished ones';

CREATE FUNCTION low(x timing_summary, confidence double precision DEFAULT 0.95)
RETURNS double precision AS 'MODULE_PATHNAME', 'timing_low'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION low(timing_summary, double precision) IS
'lower end of the interval of the geometric mean, in seconds';

CREATE FUNCTION high(x timing_summary, confidence double precision DEFAULT 0.95)
RETURNS double precision AS 'MODULE_PATHNAME', 'timing_high'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION high(timing_summary, double precision) IS
'upper end of the interval of the geometric mean, in seconds';

CREATE FUNCTION confidence_interval(
    x timing_summary,
    confidence double precision DEFAULT 0.95,
    method text DEFAULT 'log-t',
    OUT low double precision,
    OUT high double precision)
AS 'MODULE_PATHNAME', 'timing_confidence_interval'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION confidence_interval(timing_summary, double precision, text) IS
'interval of the geometric mean, in seconds';

CREATE FUNCTION compare_ratio(
    a timing_summary,
    b timing_summary,
    confidence double precision DEFAULT 0.95,
    method text DEFAULT 'log-welch',
    OUT ratio double precision,
    OUT low double precision,
    OUT high double precision,
    OUT p_value double precision)
AS 'MODULE_PATHNAME', 'timing_compare_ratio'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION compare_ratio(timing_summary, timing_summary, double precision, text) IS
'geometric mean of a over that of b, with interval and p-value';

CREATE FUNCTION benchmark(
    x timing_summary,
    target double precision,
    confidence double precision DEFAULT 0.95,
    alternative text DEFAULT 'two-sided',
    method text DEFAULT 'log-t',
    OUT difference double precision,
    OUT low double precision,
    OUT high double precision,
    OUT p_value double precision)
AS 'MODULE_PATHNAME', 'timing_benchmark'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION benchmark(timing_summary, double precision, double precision, text, text) IS
'geometric mean minus a fixed target, in seconds, with interval and p-value';

CREATE FUNCTION minimum_base(x timing_summary, n bigint)
RETURNS timing_summary AS 'MODULE_PATHNAME', 'timing_minimum_base'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION minimum_base(timing_summary, bigint) IS
'x, or NULL when fewer than n finished';

CREATE FUNCTION chart(x timing_summary, width integer DEFAULT 72)
RETURNS text AS 'MODULE_PATHNAME', 'timing_chart'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 500;

COMMENT ON FUNCTION chart(timing_summary, integer) IS
'a picture in text, for psql';

CREATE FUNCTION svg(x timing_summary)
RETURNS text AS 'MODULE_PATHNAME', 'timing_svg'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 500;

COMMENT ON FUNCTION svg(timing_summary) IS
'a picture as SVG';

--
-- Accessors
--

CREATE FUNCTION geometric_mean(x timing_summary)
RETURNS double precision AS 'MODULE_PATHNAME', 'timing_geometric_mean'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION geometric_mean(timing_summary) IS
'geometric mean in seconds; NULL while some still run, or when one took no time';

CREATE FUNCTION mean(x timing_summary)
RETURNS double precision AS 'MODULE_PATHNAME', 'timing_mean'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION mean(timing_summary) IS
'arithmetic mean in seconds; NULL while some still run';

CREATE FUNCTION median(x timing_summary)
RETURNS double precision AS 'MODULE_PATHNAME', 'timing_median'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION median(timing_summary) IS
'median in seconds; Kaplan-Meier while some still run, NULL when not reached';

CREATE FUNCTION quantile(x timing_summary, q double precision)
RETURNS double precision AS 'MODULE_PATHNAME', 'timing_quantile'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION quantile(timing_summary, double precision) IS
'quantile in seconds; Kaplan-Meier while some still run, NULL when not reached';

CREATE FUNCTION minimum(x timing_summary)
RETURNS double precision AS 'MODULE_PATHNAME', 'timing_minimum'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION minimum(timing_summary) IS
'shortest finished duration, in seconds';

CREATE FUNCTION maximum(x timing_summary)
RETURNS double precision AS 'MODULE_PATHNAME', 'timing_maximum'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION maximum(timing_summary) IS
'longest finished duration, in seconds';

CREATE FUNCTION finished(x timing_summary)
RETURNS bigint AS 'MODULE_PATHNAME', 'timing_n'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION finished(timing_summary) IS
'number of finished durations';

CREATE FUNCTION unfinished(x timing_summary)
RETURNS bigint AS 'MODULE_PATHNAME', 'timing_unfinished'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION unfinished(timing_summary) IS
'number of durations that are still running';

CREATE FUNCTION survival(x timing_summary, seconds double precision)
RETURNS double precision AS 'MODULE_PATHNAME', 'timing_survival'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION survival(timing_summary, double precision) IS
'share still unfinished after so many seconds; NULL when nobody was seen that long';

CREATE FUNCTION survival_curve(
    x timing_summary,
    confidence double precision DEFAULT 0.95,
    OUT seconds double precision,
    OUT survival double precision,
    OUT low double precision,
    OUT high double precision,
    OUT at_risk bigint)
RETURNS SETOF record AS 'MODULE_PATHNAME', 'timing_survival_curve'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 500 ROWS 100;

COMMENT ON FUNCTION survival_curve(timing_summary, double precision) IS
'one row per time at which some finished, with the share still unfinished after it';

CREATE FUNCTION histogram(
    x timing_summary,
    bars integer DEFAULT 20,
    OUT low_seconds double precision,
    OUT high_seconds double precision,
    OUT durations bigint,
    OUT share double precision)
RETURNS SETOF record AS 'MODULE_PATHNAME', 'timing_histogram'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100 ROWS 20;

COMMENT ON FUNCTION histogram(timing_summary, integer) IS
'one row per bar of the finished durations, each of the same ratio, empty ones included';
--
-- Type items_summary
--

CREATE FUNCTION items_summary_in(cstring)
RETURNS items_summary AS 'MODULE_PATHNAME', 'items_in'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION items_summary_in(cstring) IS
'I/O';

CREATE FUNCTION items_summary_out(items_summary)
RETURNS cstring AS 'MODULE_PATHNAME', 'items_out'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION items_summary_out(items_summary) IS
'I/O';

CREATE FUNCTION items_summary_recv(internal)
RETURNS items_summary AS 'MODULE_PATHNAME', 'items_recv'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION items_summary_recv(internal) IS
'I/O';

CREATE FUNCTION items_summary_send(items_summary)
RETURNS bytea AS 'MODULE_PATHNAME', 'items_send'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION items_summary_send(items_summary) IS
'I/O';

CREATE TYPE items_summary (
    INPUT = items_summary_in,
    OUTPUT = items_summary_out,
    RECEIVE = items_summary_recv,
    SEND = items_summary_send,
    INTERNALLENGTH = VARIABLE,
    ALIGNMENT = double,
    STORAGE = external
);

COMMENT ON TYPE items_summary IS
'means and co-moments of several items answered together';

--
-- Aggregates
--

CREATE FUNCTION items_summary_accum(items_summary, double precision[])
RETURNS items_summary AS 'MODULE_PATHNAME', 'items_accum'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION items_summary_accum(items_summary, double precision[]) IS
'aggregate transition function';

CREATE FUNCTION items_summary_final(items_summary)
RETURNS items_summary AS 'MODULE_PATHNAME', 'items_final'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION items_summary_final(items_summary) IS
'aggregate final function';

CREATE FUNCTION items_summary_combine(items_summary, items_summary)
RETURNS items_summary AS 'MODULE_PATHNAME', 'items_merge'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION items_summary_combine(items_summary, items_summary) IS
'aggregate combine function';

CREATE AGGREGATE items(VARIADIC answers double precision[]) (
    SFUNC = items_summary_accum,
    STYPE = items_summary,
    SSPACE = 544,
    FINALFUNC = items_summary_final,
    COMBINEFUNC = items_summary_combine,
    INITCOND = '{}',
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE items(VARIADIC double precision[]) IS
'summary of answers to several items, one respondent per row; a row with a gap is only counted';

--
-- Merging
--

CREATE FUNCTION merge(a items_summary, b items_summary)
RETURNS items_summary AS 'MODULE_PATHNAME', 'items_merge'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION merge(items_summary, items_summary) IS
'the respondents of both; NULL is nobody';

CREATE OPERATOR + (
    LEFTARG = items_summary, RIGHTARG = items_summary, FUNCTION = merge,
    COMMUTATOR = +
);
COMMENT ON OPERATOR + (items_summary, items_summary) IS
'the respondents of both; NULL is nobody';

CREATE AGGREGATE rollup(x items_summary) (
    SFUNC = items_summary_combine,
    STYPE = items_summary,
    SSPACE = 544,
    FINALFUNC = items_summary_final,
    COMBINEFUNC = items_summary_combine,
    INITCOND = '{}',
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE rollup(items_summary) IS
'merges summaries; NULL for none';

--
-- Comparison, for sorting and grouping only
--

CREATE FUNCTION items_summary_eq(items_summary, items_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'items_eq'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION items_summary_eq(items_summary, items_summary) IS
'implementation of = operator';

CREATE FUNCTION items_summary_ne(items_summary, items_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'items_ne'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION items_summary_ne(items_summary, items_summary) IS
'implementation of <> operator';

CREATE FUNCTION items_summary_lt(items_summary, items_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'items_lt'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION items_summary_lt(items_summary, items_summary) IS
'implementation of < operator';

CREATE FUNCTION items_summary_le(items_summary, items_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'items_le'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION items_summary_le(items_summary, items_summary) IS
'implementation of <= operator';

CREATE FUNCTION items_summary_gt(items_summary, items_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'items_gt'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION items_summary_gt(items_summary, items_summary) IS
'implementation of > operator';

CREATE FUNCTION items_summary_ge(items_summary, items_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'items_ge'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION items_summary_ge(items_summary, items_summary) IS
'implementation of >= operator';

CREATE FUNCTION items_summary_cmp(items_summary, items_summary)
RETURNS integer AS 'MODULE_PATHNAME', 'items_cmp'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION items_summary_cmp(items_summary, items_summary) IS
'btree support';

CREATE FUNCTION items_summary_hash(items_summary)
RETURNS integer AS 'MODULE_PATHNAME', 'items_hash'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION items_summary_hash(items_summary) IS
'hash support';

CREATE FUNCTION items_summary_hash_extended(items_summary, bigint)
RETURNS bigint AS 'MODULE_PATHNAME', 'items_hash_extended'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION items_summary_hash_extended(items_summary, bigint) IS
'hash support';

CREATE OPERATOR = (
    LEFTARG = items_summary, RIGHTARG = items_summary, FUNCTION = items_summary_eq,
    COMMUTATOR = =, NEGATOR = <>,
    RESTRICT = eqsel, JOIN = eqjoinsel,
    HASHES, MERGES
);
COMMENT ON OPERATOR = (items_summary, items_summary) IS
'equal';

CREATE OPERATOR <> (
    LEFTARG = items_summary, RIGHTARG = items_summary, FUNCTION = items_summary_ne,
    COMMUTATOR = <>, NEGATOR = =,
    RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (items_summary, items_summary) IS
'not equal';

CREATE OPERATOR < (
    LEFTARG = items_summary, RIGHTARG = items_summary, FUNCTION = items_summary_lt,
    COMMUTATOR = >, NEGATOR = >=,
    RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (items_summary, items_summary) IS
'less than, in an order for sorting only';

CREATE OPERATOR <= (
    LEFTARG = items_summary, RIGHTARG = items_summary, FUNCTION = items_summary_le,
    COMMUTATOR = >=, NEGATOR = >,
    RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (items_summary, items_summary) IS
'less than or equal, in an order for sorting only';

CREATE OPERATOR > (
    LEFTARG = items_summary, RIGHTARG = items_summary, FUNCTION = items_summary_gt,
    COMMUTATOR = <, NEGATOR = <=,
    RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (items_summary, items_summary) IS
'greater than, in an order for sorting only';

CREATE OPERATOR >= (
    LEFTARG = items_summary, RIGHTARG = items_summary, FUNCTION = items_summary_ge,
    COMMUTATOR = <=, NEGATOR = <,
    RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (items_summary, items_summary) IS
'greater than or equal, in an order for sorting only';

CREATE OPERATOR CLASS items_summary_ops DEFAULT FOR TYPE items_summary USING btree AS
    OPERATOR 1 <,
    OPERATOR 2 <=,
    OPERATOR 3 =,
    OPERATOR 4 >=,
    OPERATOR 5 >,
    FUNCTION 1 items_summary_cmp(items_summary, items_summary);
COMMENT ON OPERATOR FAMILY items_summary_ops USING btree IS
'equality, and an order for sorting only';

COMMENT ON OPERATOR CLASS items_summary_ops USING btree IS
'equality, and an order for sorting only';

CREATE OPERATOR CLASS items_summary_ops DEFAULT FOR TYPE items_summary USING hash AS
    OPERATOR 1 =,
    FUNCTION 1 items_summary_hash(items_summary),
    FUNCTION 2 items_summary_hash_extended(items_summary, bigint);
COMMENT ON OPERATOR FAMILY items_summary_ops USING hash IS
'equality';

COMMENT ON OPERATOR CLASS items_summary_ops USING hash IS
'equality';

--
-- Casts
--

CREATE FUNCTION items_summary_to_json(items_summary)
RETURNS json AS 'MODULE_PATHNAME', 'items_to_json'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION items_summary_to_json(items_summary) IS
'the text form as json';

CREATE FUNCTION items_summary_to_jsonb(items_summary)
RETURNS jsonb AS 'MODULE_PATHNAME', 'items_to_jsonb'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION items_summary_to_jsonb(items_summary) IS
'the text form as jsonb';

CREATE CAST (items_summary AS json) WITH FUNCTION items_summary_to_json(items_summary);
COMMENT ON CAST (items_summary AS json) IS
'the text form as json';

CREATE CAST (items_summary AS jsonb) WITH FUNCTION items_summary_to_jsonb(items_summary);
COMMENT ON CAST (items_summary AS jsonb) IS
'the text form as jsonb';
--
-- Verbs
--

CREATE FUNCTION report(
    x items_summary,
    OUT item integer,
    OUT name text,
    OUT mean double precision,
    OUT stddev double precision,
    OUT correlation_with_rest double precision,
    OUT alpha_without double precision)
RETURNS SETOF record AS 'MODULE_PATHNAME', 'items_report'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100 ROWS 10;

COMMENT ON FUNCTION report(items_summary) IS
'everything worth charting: one row per item, how it was answered and how it goes with the others';

CREATE FUNCTION report(
    x items_summary,
    names text[],
    OUT item integer,
    OUT name text,
    OUT mean double precision,
    OUT stddev double precision,
    OUT correlation_with_rest double precision,
    OUT alpha_without double precision)
RETURNS SETOF record AS 'MODULE_PATHNAME', 'items_report'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100 ROWS 10;

COMMENT ON FUNCTION report(items_summary, text[]) IS
'everything worth charting: one row per item, with its name, how it was answered and how it goes with the others';

CREATE FUNCTION reliability(
    x items_summary,
    confidence double precision DEFAULT 0.95,
    OUT alpha double precision,
    OUT low double precision,
    OUT high double precision,
    OUT items integer,
    OUT respondents bigint,
    OUT dropped bigint)
AS 'MODULE_PATHNAME', 'items_reliability'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION reliability(items_summary, double precision) IS
'Cronbach''s alpha with Feldt''s interval';

CREATE FUNCTION drivers(
    x items_summary,
    outcome integer,
    OUT item integer,
    OUT name text,
    OUT correlation double precision,
    OUT beta double precision,
    OUT relative_weight double precision,
    OUT relative_share double precision,
    OUT r_squared double precision)
RETURNS SETOF record AS 'MODULE_PATHNAME', 'items_drivers'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 10;

COMMENT ON FUNCTION drivers(items_summary, integer) IS
'one row per item but the outcome: what it says about that';

CREATE FUNCTION drivers(
    x items_summary,
    outcome integer,
    names text[],
    OUT item integer,
    OUT name text,
    OUT correlation double precision,
    OUT beta double precision,
    OUT relative_weight double precision,
    OUT relative_share double precision,
    OUT r_squared double precision)
RETURNS SETOF record AS 'MODULE_PATHNAME', 'items_drivers'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 10;

COMMENT ON FUNCTION drivers(items_summary, integer, text[]) IS
'one row per item but the outcome, with its name: what it says about that';

CREATE FUNCTION n(x items_summary)
RETURNS bigint AS 'MODULE_PATHNAME', 'items_n'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION n(items_summary) IS
'number of respondents who answered all items';

CREATE FUNCTION minimum_base(x items_summary, n bigint)
RETURNS items_summary AS 'MODULE_PATHNAME', 'items_minimum_base'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION minimum_base(items_summary, bigint) IS
'x, or NULL when fewer than n answered all items';

CREATE FUNCTION chart(x items_summary, width integer DEFAULT 72)
RETURNS text AS 'MODULE_PATHNAME', 'items_chart'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION chart(items_summary, integer) IS
'a picture in text, for psql';

CREATE FUNCTION svg(x items_summary)
RETURNS text AS 'MODULE_PATHNAME', 'items_svg'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION svg(items_summary) IS
'a picture as SVG';

--
-- Accessors
--

CREATE FUNCTION respondents(x items_summary)
RETURNS bigint AS 'MODULE_PATHNAME', 'items_n'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION respondents(items_summary) IS
'number of respondents who answered all items';

CREATE FUNCTION dropped(x items_summary)
RETURNS bigint AS 'MODULE_PATHNAME', 'items_dropped'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION dropped(items_summary) IS
'number of rows left out because an answer is missing';

CREATE FUNCTION item_count(x items_summary)
RETURNS integer AS 'MODULE_PATHNAME', 'items_item_count'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION item_count(items_summary) IS
'number of items';

CREATE FUNCTION cronbach_alpha(x items_summary)
RETURNS double precision AS 'MODULE_PATHNAME', 'items_cronbach_alpha'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION cronbach_alpha(items_summary) IS
'Cronbach''s alpha: how far the items measure the same, at most 1';

CREATE FUNCTION correlation(x items_summary, i integer, j integer)
RETURNS double precision AS 'MODULE_PATHNAME', 'items_correlation'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION correlation(items_summary, integer, integer) IS
'Pearson''s correlation of two items';
--
-- Type choices_summary
--

CREATE FUNCTION choices_summary_in(cstring)
RETURNS choices_summary AS 'MODULE_PATHNAME', 'choices_in'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION choices_summary_in(cstring) IS
'I/O';

CREATE FUNCTION choices_summary_out(choices_summary)
RETURNS cstring AS 'MODULE_PATHNAME', 'choices_out'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION choices_summary_out(choices_summary) IS
'I/O';

-- names are sent in the encoding of the client, so that the binary form depends on a setting
CREATE FUNCTION choices_summary_recv(internal)
RETURNS choices_summary AS 'MODULE_PATHNAME', 'choices_recv'
LANGUAGE C STABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION choices_summary_recv(internal) IS
'I/O';

CREATE FUNCTION choices_summary_send(choices_summary)
RETURNS bytea AS 'MODULE_PATHNAME', 'choices_send'
LANGUAGE C STABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION choices_summary_send(choices_summary) IS
'I/O';

CREATE TYPE choices_summary (
    INPUT = choices_summary_in,
    OUTPUT = choices_summary_out,
    RECEIVE = choices_summary_recv,
    SEND = choices_summary_send,
    INTERNALLENGTH = VARIABLE,
    ALIGNMENT = double,
    STORAGE = external
);

COMMENT ON TYPE choices_summary IS
'how often each answer of a nominal question was chosen';

--
-- Aggregates
--

CREATE FUNCTION choices_summary_accum(choices_summary, text)
RETURNS choices_summary AS 'MODULE_PATHNAME', 'choices_accum_one'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION choices_summary_accum(choices_summary, text) IS
'aggregate transition function';

CREATE FUNCTION choices_summary_remove(choices_summary, text)
RETURNS choices_summary AS 'MODULE_PATHNAME', 'choices_remove_one'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION choices_summary_remove(choices_summary, text) IS
'aggregate inverse transition function';

CREATE FUNCTION choices_summary_accum(choices_summary, text[])
RETURNS choices_summary AS 'MODULE_PATHNAME', 'choices_accum_all'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION choices_summary_accum(choices_summary, text[]) IS
'aggregate transition function';

CREATE FUNCTION choices_summary_remove(choices_summary, text[])
RETURNS choices_summary AS 'MODULE_PATHNAME', 'choices_remove_all'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION choices_summary_remove(choices_summary, text[]) IS
'aggregate inverse transition function';

CREATE FUNCTION choices_summary_accum(choices_summary, text, double precision)
RETURNS choices_summary AS 'MODULE_PATHNAME', 'choices_accum_one_weighted'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION choices_summary_accum(choices_summary, text, double precision) IS
'aggregate transition function';

CREATE FUNCTION choices_summary_remove(choices_summary, text, double precision)
RETURNS choices_summary AS 'MODULE_PATHNAME', 'choices_remove_one_weighted'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION choices_summary_remove(choices_summary, text, double precision) IS
'aggregate inverse transition function';

CREATE FUNCTION choices_summary_accum(choices_summary, text[], double precision)
RETURNS choices_summary AS 'MODULE_PATHNAME', 'choices_accum_all_weighted'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION choices_summary_accum(choices_summary, text[], double precision) IS
'aggregate transition function';

CREATE FUNCTION choices_summary_remove(choices_summary, text[], double precision)
RETURNS choices_summary AS 'MODULE_PATHNAME', 'choices_remove_all_weighted'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION choices_summary_remove(choices_summary, text[], double precision) IS
'aggregate inverse transition function';

CREATE FUNCTION choices_summary_final(choices_summary)
RETURNS choices_summary AS 'MODULE_PATHNAME', 'choices_final'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION choices_summary_final(choices_summary) IS
'aggregate final function';

CREATE FUNCTION choices_summary_combine(choices_summary, choices_summary)
RETURNS choices_summary AS 'MODULE_PATHNAME', 'choices_merge'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION choices_summary_combine(choices_summary, choices_summary) IS
'aggregate combine function';

CREATE FUNCTION choices_summary_remove(choices_summary, choices_summary)
RETURNS choices_summary AS 'MODULE_PATHNAME', 'choices_remove_summary'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION choices_summary_remove(choices_summary, choices_summary) IS
'aggregate inverse transition function';

CREATE AGGREGATE choices(answer text) (
    SFUNC = choices_summary_accum,
    STYPE = choices_summary,
    FINALFUNC = choices_summary_final,
    COMBINEFUNC = choices_summary_combine,
    INITCOND = '{}',
    MSFUNC = choices_summary_accum,
    MINVFUNC = choices_summary_remove,
    MSTYPE = choices_summary,
    MFINALFUNC = choices_summary_final,
    MINITCOND = '{}',
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE choices(text) IS
'summary of answers to a question with one answer of many';

CREATE AGGREGATE choices(answer text[]) (
    SFUNC = choices_summary_accum,
    STYPE = choices_summary,
    FINALFUNC = choices_summary_final,
    COMBINEFUNC = choices_summary_combine,
    INITCOND = '{}',
    MSFUNC = choices_summary_accum,
    MINVFUNC = choices_summary_remove,
    MSTYPE = choices_summary,
    MFINALFUNC = choices_summary_final,
    MINITCOND = '{}',
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE choices(text[]) IS
'summary of answers to a question where all that applies is ticked';

CREATE AGGREGATE choices(answer text, weight double precision) (
    SFUNC = choices_summary_accum,
    STYPE = choices_summary,
    FINALFUNC = choices_summary_final,
    COMBINEFUNC = choices_summary_combine,
    INITCOND = '{}',
    MSFUNC = choices_summary_accum,
    MINVFUNC = choices_summary_remove,
    MSTYPE = choices_summary,
    MFINALFUNC = choices_summary_final,
    MINITCOND = '{}',
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE choices(text, double precision) IS
'summary of weighted answers to a question with one answer of many';

CREATE AGGREGATE choices(answer text[], weight double precision) (
    SFUNC = choices_summary_accum,
    STYPE = choices_summary,
    FINALFUNC = choices_summary_final,
    COMBINEFUNC = choices_summary_combine,
    INITCOND = '{}',
    MSFUNC = choices_summary_accum,
    MINVFUNC = choices_summary_remove,
    MSTYPE = choices_summary,
    MFINALFUNC = choices_summary_final,
    MINITCOND = '{}',
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE choices(text[], double precision) IS
'summary of weighted answers to a question where all that applies is ticked';

--
-- Merging
--

CREATE FUNCTION merge(a choices_summary, b choices_summary)
RETURNS choices_summary AS 'MODULE_PATHNAME', 'choices_merge'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION merge(choices_summary, choices_summary) IS
'the answers of both; NULL is nobody';

CREATE FUNCTION subtract(a choices_summary, b choices_summary)
RETURNS choices_summary AS 'MODULE_PATHNAME', 'choices_subtract'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION subtract(choices_summary, choices_summary) IS
'the answers of a without those of b, which must be part of it';

CREATE OPERATOR + (
    LEFTARG = choices_summary, RIGHTARG = choices_summary, FUNCTION = merge,
    COMMUTATOR = +
);
COMMENT ON OPERATOR + (choices_summary, choices_summary) IS
'the answers of both; NULL is nobody';

CREATE OPERATOR - (
    LEFTARG = choices_summary, RIGHTARG = choices_summary, FUNCTION = subtract
);
COMMENT ON OPERATOR - (choices_summary, choices_summary) IS
'the answers of the left without those of the right, which must be part of it';

CREATE AGGREGATE rollup(x choices_summary) (
    SFUNC = choices_summary_combine,
    STYPE = choices_summary,
    FINALFUNC = choices_summary_final,
    COMBINEFUNC = choices_summary_combine,
    INITCOND = '{}',
    MSFUNC = choices_summary_combine,
    MINVFUNC = choices_summary_remove,
    MSTYPE = choices_summary,
    MFINALFUNC = choices_summary_final,
    MINITCOND = '{}',
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE rollup(choices_summary) IS
'merges summaries; NULL for none';

--
-- Comparison, for sorting and grouping only
--

CREATE FUNCTION choices_summary_eq(choices_summary, choices_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'choices_eq'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION choices_summary_eq(choices_summary, choices_summary) IS
'implementation of = operator';

CREATE FUNCTION choices_summary_ne(choices_summary, choices_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'choices_ne'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION choices_summary_ne(choices_summary, choices_summary) IS
'implementation of <> operator';

CREATE FUNCTION choices_summary_lt(choices_summary, choices_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'choices_lt'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION choices_summary_lt(choices_summary, choices_summary) IS
'implementation of < operator';

CREATE FUNCTION choices_summary_le(choices_summary, choices_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'choices_le'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION choices_summary_le(choices_summary, choices_summary) IS
'implementation of <= operator';

CREATE FUNCTION choices_summary_gt(choices_summary, choices_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'choices_gt'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION choices_summary_gt(choices_summary, choices_summary) IS
'implementation of > operator';

CREATE FUNCTION choices_summary_ge(choices_summary, choices_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'choices_ge'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION choices_summary_ge(choices_summary, choices_summary) IS
'implementation of >= operator';

CREATE FUNCTION choices_summary_cmp(choices_summary, choices_summary)
RETURNS integer AS 'MODULE_PATHNAME', 'choices_cmp'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION choices_summary_cmp(choices_summary, choices_summary) IS
'btree support';

CREATE FUNCTION choices_summary_hash(choices_summary)
RETURNS integer AS 'MODULE_PATHNAME', 'choices_hash'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION choices_summary_hash(choices_summary) IS
'hash support';

CREATE FUNCTION choices_summary_hash_extended(choices_summary, bigint)
RETURNS bigint AS 'MODULE_PATHNAME', 'choices_hash_extended'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION choices_summary_hash_extended(choices_summary, bigint) IS
'hash support';

CREATE OPERATOR = (
    LEFTARG = choices_summary, RIGHTARG = choices_summary, FUNCTION = choices_summary_eq,
    COMMUTATOR = =, NEGATOR = <>,
    RESTRICT = eqsel, JOIN = eqjoinsel,
    HASHES, MERGES
);
COMMENT ON OPERATOR = (choices_summary, choices_summary) IS
'equal';

CREATE OPERATOR <> (
    LEFTARG = choices_summary, RIGHTARG = choices_summary, FUNCTION = choices_summary_ne,
    COMMUTATOR = <>, NEGATOR = =,
    RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (choices_summary, choices_summary) IS
'not equal';

CREATE OPERATOR < (
    LEFTARG = choices_summary, RIGHTARG = choices_summary, FUNCTION = choices_summary_lt,
    COMMUTATOR = >, NEGATOR = >=,
    RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (choices_summary, choices_summary) IS
'less than, in an order for sorting only';

CREATE OPERATOR <= (
    LEFTARG = choices_summary, RIGHTARG = choices_summary, FUNCTION = choices_summary_le,
    COMMUTATOR = >=, NEGATOR = >,
    RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (choices_summary, choices_summary) IS
'less than or equal, in an order for sorting only';

CREATE OPERATOR > (
    LEFTARG = choices_summary, RIGHTARG = choices_summary, FUNCTION = choices_summary_gt,
    COMMUTATOR = <, NEGATOR = <=,
    RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (choices_summary, choices_summary) IS
'greater than, in an order for sorting only';

CREATE OPERATOR >= (
    LEFTARG = choices_summary, RIGHTARG = choices_summary, FUNCTION = choices_summary_ge,
    COMMUTATOR = <=, NEGATOR = <,
    RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (choices_summary, choices_summary) IS
'greater than or equal, in an order for sorting only';

CREATE OPERATOR CLASS choices_summary_ops DEFAULT FOR TYPE choices_summary USING btree AS
    OPERATOR 1 <,
    OPERATOR 2 <=,
    OPERATOR 3 =,
    OPERATOR 4 >=,
    OPERATOR 5 >,
    FUNCTION 1 choices_summary_cmp(choices_summary, choices_summary);
COMMENT ON OPERATOR FAMILY choices_summary_ops USING btree IS
'equality, and an order for sorting only';

COMMENT ON OPERATOR CLASS choices_summary_ops USING btree IS
'equality, and an order for sorting only';

CREATE OPERATOR CLASS choices_summary_ops DEFAULT FOR TYPE choices_summary USING hash AS
    OPERATOR 1 =,
    FUNCTION 1 choices_summary_hash(choices_summary),
    FUNCTION 2 choices_summary_hash_extended(choices_summary, bigint);
COMMENT ON OPERATOR FAMILY choices_summary_ops USING hash IS
'equality';

COMMENT ON OPERATOR CLASS choices_summary_ops USING hash IS
'equality';

--
-- Casts
--

CREATE FUNCTION choices_summary_to_json(choices_summary)
RETURNS json AS 'MODULE_PATHNAME', 'choices_to_json'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION choices_summary_to_json(choices_summary) IS
'the text form as json';

CREATE FUNCTION choices_summary_to_jsonb(choices_summary)
RETURNS jsonb AS 'MODULE_PATHNAME', 'choices_to_jsonb'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION choices_summary_to_jsonb(choices_summary) IS
'the text form as jsonb';

CREATE CAST (choices_summary AS json) WITH FUNCTION choices_summary_to_json(choices_summary);
COMMENT ON CAST (choices_summary AS json) IS
'the text form as json';

CREATE CAST (choices_summary AS jsonb) WITH FUNCTION choices_summary_to_jsonb(choices_summary);
COMMENT ON CAST (choices_summary AS jsonb) IS
'the text form as jsonb';
--
-- Verbs
--

CREATE FUNCTION report(
    x choices_summary,
    confidence double precision DEFAULT 0.95,
    OUT choice text,
    OUT answers bigint,
    OUT share double precision,
    OUT low double precision,
    OUT high double precision,
    OUT respondents bigint,
    OUT effective_n double precision)
RETURNS SETOF record AS 'MODULE_PATHNAME', 'choices_report'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 10;

COMMENT ON FUNCTION report(choices_summary, double precision) IS
'everything worth charting: one row per choice, the largest share first, with its interval';

CREATE FUNCTION n(x choices_summary)
RETURNS bigint AS 'MODULE_PATHNAME', 'choices_respondents'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION n(choices_summary) IS
'number of respondents';

CREATE FUNCTION minimum_base(x choices_summary, n bigint)
RETURNS choices_summary AS 'MODULE_PATHNAME', 'choices_minimum_base'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION minimum_base(choices_summary, bigint) IS
'x, or NULL when fewer than n answered';

CREATE FUNCTION chart(x choices_summary, width integer DEFAULT 72)
RETURNS text AS 'MODULE_PATHNAME', 'choices_chart'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION chart(choices_summary, integer) IS
'a picture in text, for psql';

CREATE FUNCTION svg(x choices_summary)
RETURNS text AS 'MODULE_PATHNAME', 'choices_svg'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION svg(choices_summary) IS
'a picture as SVG';

--
-- Accessors
--

CREATE FUNCTION respondents(x choices_summary)
RETURNS bigint AS 'MODULE_PATHNAME', 'choices_respondents'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION respondents(choices_summary) IS
'number of respondents';

CREATE FUNCTION choice_rate(x choices_summary, choice text)
RETURNS rate_summary AS 'MODULE_PATHNAME', 'choices_rate'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION choice_rate(choices_summary, text) IS
'those who chose it as successes, the other respondents as failures';
--
-- Type step_pattern
--

CREATE FUNCTION step_pattern_in(cstring)
RETURNS step_pattern AS 'MODULE_PATHNAME', 'pattern_in'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION step_pattern_in(cstring) IS
'I/O';

CREATE FUNCTION step_pattern_out(step_pattern)
RETURNS cstring AS 'MODULE_PATHNAME', 'pattern_out'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION step_pattern_out(step_pattern) IS
'I/O';

-- names go in the encoding of the client
CREATE FUNCTION step_pattern_recv(internal)
RETURNS step_pattern AS 'MODULE_PATHNAME', 'pattern_recv'
LANGUAGE C STABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION step_pattern_recv(internal) IS
'I/O';

CREATE FUNCTION step_pattern_send(step_pattern)
RETURNS bytea AS 'MODULE_PATHNAME', 'pattern_send'
LANGUAGE C STABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION step_pattern_send(step_pattern) IS
'I/O';

CREATE TYPE step_pattern (
    INPUT = step_pattern_in,
    OUTPUT = step_pattern_out,
    RECEIVE = step_pattern_recv,
    SEND = step_pattern_send,
    INTERNALLENGTH = VARIABLE,
    ALIGNMENT = double,
    STORAGE = external
);

COMMENT ON TYPE step_pattern IS
'which events, in which order and how soon, make a funnel or a path';

CREATE FUNCTION step_pattern(steps text)
RETURNS step_pattern AS 'MODULE_PATHNAME', 'pattern_from_text'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION step_pattern(text) IS
'pattern of its text form';

CREATE FUNCTION steps(VARIADIC names text[])
RETURNS step_pattern AS 'MODULE_PATHNAME', 'pattern_steps'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION steps(text[]) IS
'pattern of one event name per step, each later than the one before';

CREATE FUNCTION steps_within(names text[], within interval)
RETURNS step_pattern AS 'MODULE_PATHNAME', 'pattern_steps_within'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION steps_within(text[], interval) IS
'pattern of one event name per step, all of them within so much time';

--
-- What it is made of
--

CREATE FUNCTION step_count(p step_pattern)
RETURNS integer AS 'MODULE_PATHNAME', 'pattern_step_count'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION step_count(step_pattern) IS
'number of steps';

CREATE FUNCTION step_names(p step_pattern)
RETURNS text[] AS 'MODULE_PATHNAME', 'pattern_step_names'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION step_names(step_pattern) IS
'event names that serve each step, as the text form has them';

CREATE FUNCTION step_limits(p step_pattern)
RETURNS interval[] AS 'MODULE_PATHNAME', 'pattern_step_limits'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION step_limits(step_pattern) IS
'how long after the one before it each step may be, NULL without limit';

CREATE FUNCTION conversion_window(p step_pattern)
RETURNS interval AS 'MODULE_PATHNAME', 'pattern_conversion_window'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION conversion_window(step_pattern) IS
'how long the whole pattern may take, NULL without limit';

--
-- Comparison, for sorting and grouping only
--

CREATE FUNCTION step_pattern_eq(step_pattern, step_pattern)
RETURNS boolean AS 'MODULE_PATHNAME', 'pattern_eq'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION step_pattern_eq(step_pattern, step_pattern) IS
'implementation of = operator';

CREATE FUNCTION step_pattern_ne(step_pattern, step_pattern)
RETURNS boolean AS 'MODULE_PATHNAME', 'pattern_ne'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION step_pattern_ne(step_pattern, step_pattern) IS
'implementation of <> operator';

CREATE FUNCTION step_pattern_lt(step_pattern, step_pattern)
RETURNS boolean AS 'MODULE_PATHNAME', 'pattern_lt'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION step_pattern_lt(step_pattern, step_pattern) IS
'implementation of < operator';

CREATE FUNCTION step_pattern_le(step_pattern, step_pattern)
RETURNS boolean AS 'MODULE_PATHNAME', 'pattern_le'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION step_pattern_le(step_pattern, step_pattern) IS
'implementation of <= operator';

CREATE FUNCTION step_pattern_gt(step_pattern, step_pattern)
RETURNS boolean AS 'MODULE_PATHNAME', 'pattern_gt'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION step_pattern_gt(step_pattern, step_pattern) IS
'implementation of > operator';

CREATE FUNCTION step_pattern_ge(step_pattern, step_pattern)
RETURNS boolean AS 'MODULE_PATHNAME', 'pattern_ge'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION step_pattern_ge(step_pattern, step_pattern) IS
'implementation of >= operator';

CREATE FUNCTION step_pattern_cmp(step_pattern, step_pattern)
RETURNS integer AS 'MODULE_PATHNAME', 'pattern_cmp'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION step_pattern_cmp(step_pattern, step_pattern) IS
'btree support';

CREATE FUNCTION step_pattern_hash(step_pattern)
RETURNS integer AS 'MODULE_PATHNAME', 'pattern_hash'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION step_pattern_hash(step_pattern) IS
'hash support';

CREATE FUNCTION step_pattern_hash_extended(step_pattern, bigint)
RETURNS bigint AS 'MODULE_PATHNAME', 'pattern_hash_extended'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION step_pattern_hash_extended(step_pattern, bigint) IS
'hash support';

CREATE OPERATOR = (
    LEFTARG = step_pattern, RIGHTARG = step_pattern, FUNCTION = step_pattern_eq,
    COMMUTATOR = =, NEGATOR = <>,
    RESTRICT = eqsel, JOIN = eqjoinsel,
    HASHES, MERGES
);
COMMENT ON OPERATOR = (step_pattern, step_pattern) IS
'equal';

CREATE OPERATOR <> (
    LEFTARG = step_pattern, RIGHTARG = step_pattern, FUNCTION = step_pattern_ne,
    COMMUTATOR = <>, NEGATOR = =,
    RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (step_pattern, step_pattern) IS
'not equal';

CREATE OPERATOR < (
    LEFTARG = step_pattern, RIGHTARG = step_pattern, FUNCTION = step_pattern_lt,
    COMMUTATOR = >, NEGATOR = >=,
    RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (step_pattern, step_pattern) IS
'less than, in an order for sorting only';

CREATE OPERATOR <= (
    LEFTARG = step_pattern, RIGHTARG = step_pattern, FUNCTION = step_pattern_le,
    COMMUTATOR = >=, NEGATOR = >,
    RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (step_pattern, step_pattern) IS
'less than or equal, in an order for sorting only';

CREATE OPERATOR > (
    LEFTARG = step_pattern, RIGHTARG = step_pattern, FUNCTION = step_pattern_gt,
    COMMUTATOR = <, NEGATOR = <=,
    RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (step_pattern, step_pattern) IS
'greater than, in an order for sorting only';

CREATE OPERATOR >= (
    LEFTARG = step_pattern, RIGHTARG = step_pattern, FUNCTION = step_pattern_ge,
    COMMUTATOR = <=, NEGATOR = <,
    RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (step_pattern, step_pattern) IS
'greater than or equal, in an order for sorting only';

CREATE OPERATOR CLASS step_pattern_ops DEFAULT FOR TYPE step_pattern USING btree AS
    OPERATOR 1 <,
    OPERATOR 2 <=,
    OPERATOR 3 =,
    OPERATOR 4 >=,
    OPERATOR 5 >,
    FUNCTION 1 step_pattern_cmp(step_pattern, step_pattern);
COMMENT ON OPERATOR FAMILY step_pattern_ops USING btree IS
'equality, and an order for sorting only';

COMMENT ON OPERATOR CLASS step_pattern_ops USING btree IS
'equality, and an order for sorting only';

CREATE OPERATOR CLASS step_pattern_ops DEFAULT FOR TYPE step_pattern USING hash AS
    OPERATOR 1 =,
    FUNCTION 1 step_pattern_hash(step_pattern),
    FUNCTION 2 step_pattern_hash_extended(step_pattern, bigint);
COMMENT ON OPERATOR FAMILY step_pattern_ops USING hash IS
'equality';

COMMENT ON OPERATOR CLASS step_pattern_ops USING hash IS
'equality';

--
-- Casts
--

CREATE CAST (text AS step_pattern) WITH FUNCTION step_pattern(text) AS IMPLICIT;
COMMENT ON CAST (text AS step_pattern) IS
'pattern of its text form';

CREATE CAST (varchar AS step_pattern) WITH FUNCTION step_pattern(text) AS IMPLICIT;
COMMENT ON CAST (varchar AS step_pattern) IS
'pattern of its text form';
--
-- Type funnel_summary
--

CREATE FUNCTION funnel_summary_in(cstring)
RETURNS funnel_summary AS 'MODULE_PATHNAME', 'funnel_in'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_in(cstring) IS
'I/O';

CREATE FUNCTION funnel_summary_out(funnel_summary)
RETURNS cstring AS 'MODULE_PATHNAME', 'funnel_out'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_out(funnel_summary) IS
'I/O';

CREATE FUNCTION funnel_summary_recv(internal)
RETURNS funnel_summary AS 'MODULE_PATHNAME', 'funnel_recv'
LANGUAGE C STABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_recv(internal) IS
'I/O';

CREATE FUNCTION funnel_summary_send(funnel_summary)
RETURNS bytea AS 'MODULE_PATHNAME', 'funnel_send'
LANGUAGE C STABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_send(funnel_summary) IS
'I/O';

CREATE TYPE funnel_summary (
    INPUT = funnel_summary_in,
    OUTPUT = funnel_summary_out,
    RECEIVE = funnel_summary_recv,
    SEND = funnel_summary_send,
    INTERNALLENGTH = VARIABLE,
    ALIGNMENT = double,
    STORAGE = external
);

COMMENT ON TYPE funnel_summary IS
'how far actors came along a pattern, and how long each step took them';

--
-- Aggregates over rows: they need all events of an actor in one place, so that they do not combine
--

CREATE FUNCTION funnel_summary_final(internal)
RETURNS funnel_summary AS 'MODULE_PATHNAME', 'funnel_final'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_final(internal) IS
'aggregate final function';

CREATE FUNCTION funnel_summary_accum(internal, bigint, timestamptz, text, step_pattern)
RETURNS internal AS 'MODULE_PATHNAME', 'funnel_accum_bigint'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_accum(internal, bigint, timestamptz, text, step_pattern) IS
'aggregate transition function';

CREATE AGGREGATE funnel(
    actor bigint, at timestamptz, event text, steps step_pattern) (
    SFUNC = funnel_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = funnel_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE funnel(bigint, timestamptz, text, step_pattern) IS
'how far each actor came along the steps';

CREATE FUNCTION funnel_summary_accum(internal, bigint, timestamptz, text, step_pattern, timestamptz)
RETURNS internal AS 'MODULE_PATHNAME', 'funnel_accum_bigint'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_accum(internal, bigint, timestamptz, text, step_pattern, timestamptz) IS
'aggregate transition function';

CREATE AGGREGATE funnel(
    actor bigint, at timestamptz, event text, steps step_pattern, as_of timestamptz) (
    SFUNC = funnel_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = funnel_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE funnel(bigint, timestamptz, text, step_pattern, timestamptz) IS
'how far each actor came along the steps';

CREATE FUNCTION funnel_summary_accum(internal, bigint, timestamptz, text, step_pattern, timestamptz, tstzrange)
RETURNS internal AS 'MODULE_PATHNAME', 'funnel_accum_bigint'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_accum(internal, bigint, timestamptz, text, step_pattern, timestamptz, tstzrange) IS
'aggregate transition function';

CREATE AGGREGATE funnel(
    actor bigint, at timestamptz, event text, steps step_pattern, as_of timestamptz, entered tstzrange) (
    SFUNC = funnel_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = funnel_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE funnel(bigint, timestamptz, text, step_pattern, timestamptz, tstzrange) IS
'how far each actor came along the steps';

CREATE FUNCTION funnel_summary_accum(internal, bigint, timestamp, text, step_pattern)
RETURNS internal AS 'MODULE_PATHNAME', 'funnel_accum_bigint'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_accum(internal, bigint, timestamp, text, step_pattern) IS
'aggregate transition function';

CREATE AGGREGATE funnel(
    actor bigint, at timestamp, event text, steps step_pattern) (
    SFUNC = funnel_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = funnel_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE funnel(bigint, timestamp, text, step_pattern) IS
'how far each actor came along the steps';

CREATE FUNCTION funnel_summary_accum(internal, bigint, timestamp, text, step_pattern, timestamp)
RETURNS internal AS 'MODULE_PATHNAME', 'funnel_accum_bigint'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_accum(internal, bigint, timestamp, text, step_pattern, timestamp) IS
'aggregate transition function';

CREATE AGGREGATE funnel(
    actor bigint, at timestamp, event text, steps step_pattern, as_of timestamp) (
    SFUNC = funnel_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = funnel_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE funnel(bigint, timestamp, text, step_pattern, timestamp) IS
'how far each actor came along the steps';

CREATE FUNCTION funnel_summary_accum(internal, bigint, timestamp, text, step_pattern, timestamp, tsrange)
RETURNS internal AS 'MODULE_PATHNAME', 'funnel_accum_bigint'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_accum(internal, bigint, timestamp, text, step_pattern, timestamp, tsrange) IS
'aggregate transition function';

CREATE AGGREGATE funnel(
    actor bigint, at timestamp, event text, steps step_pattern, as_of timestamp, entered tsrange) (
    SFUNC = funnel_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = funnel_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE funnel(bigint, timestamp, text, step_pattern, timestamp, tsrange) IS
'how far each actor came along the steps';

CREATE FUNCTION funnel_summary_accum(internal, uuid, timestamptz, text, step_pattern)
RETURNS internal AS 'MODULE_PATHNAME', 'funnel_accum_uuid'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_accum(internal, uuid, timestamptz, text, step_pattern) IS
'aggregate transition function';

CREATE AGGREGATE funnel(
    actor uuid, at timestamptz, event text, steps step_pattern) (
    SFUNC = funnel_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = funnel_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE funnel(uuid, timestamptz, text, step_pattern) IS
'how far each actor came along the steps';

CREATE FUNCTION funnel_summary_accum(internal, uuid, timestamptz, text, step_pattern, timestamptz)
RETURNS internal AS 'MODULE_PATHNAME', 'funnel_accum_uuid'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_accum(internal, uuid, timestamptz, text, step_pattern, timestamptz) IS
'aggregate transition function';

CREATE AGGREGATE funnel(
    actor uuid, at timestamptz, event text, steps step_pattern, as_of timestamptz) (
    SFUNC = funnel_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = funnel_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE funnel(uuid, timestamptz, text, step_pattern, timestamptz) IS
'how far each actor came along the steps';

CREATE FUNCTION funnel_summary_accum(internal, uuid, timestamptz, text, step_pattern, timestamptz, tstzrange)
RETURNS internal AS 'MODULE_PATHNAME', 'funnel_accum_uuid'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_accum(internal, uuid, timestamptz, text, step_pattern, timestamptz, tstzrange) IS
'aggregate transition function';

CREATE AGGREGATE funnel(
    actor uuid, at timestamptz, event text, steps step_pattern, as_of timestamptz, entered tstzrange) (
    SFUNC = funnel_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = funnel_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE funnel(uuid, timestamptz, text, step_pattern, timestamptz, tstzrange) IS
'how far each actor came along the steps';

CREATE FUNCTION funnel_summary_accum(internal, uuid, timestamp, text, step_pattern)
RETURNS internal AS 'MODULE_PATHNAME', 'funnel_accum_uuid'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_accum(internal, uuid, timestamp, text, step_pattern) IS
'aggregate transition function';

CREATE AGGREGATE funnel(
    actor uuid, at timestamp, event text, steps step_pattern) (
    SFUNC = funnel_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = funnel_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE funnel(uuid, timestamp, text, step_pattern) IS
'how far each actor came along the steps';

CREATE FUNCTION funnel_summary_accum(internal, uuid, timestamp, text, step_pattern, timestamp)
RETURNS internal AS 'MODULE_PATHNAME', 'funnel_accum_uuid'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_accum(internal, uuid, timestamp, text, step_pattern, timestamp) IS
'aggregate transition function';

CREATE AGGREGATE funnel(
    actor uuid, at timestamp, event text, steps step_pattern, as_of timestamp) (
    SFUNC = funnel_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = funnel_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE funnel(uuid, timestamp, text, step_pattern, timestamp) IS
'how far each actor came along the steps';

CREATE FUNCTION funnel_summary_accum(internal, uuid, timestamp, text, step_pattern, timestamp, tsrange)
RETURNS internal AS 'MODULE_PATHNAME', 'funnel_accum_uuid'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_accum(internal, uuid, timestamp, text, step_pattern, timestamp, tsrange) IS
'aggregate transition function';

CREATE AGGREGATE funnel(
    actor uuid, at timestamp, event text, steps step_pattern, as_of timestamp, entered tsrange) (
    SFUNC = funnel_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = funnel_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE funnel(uuid, timestamp, text, step_pattern, timestamp, tsrange) IS
'how far each actor came along the steps';

CREATE FUNCTION funnel_summary_accum(internal, text, timestamptz, text, step_pattern)
RETURNS internal AS 'MODULE_PATHNAME', 'funnel_accum_text'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_accum(internal, text, timestamptz, text, step_pattern) IS
'aggregate transition function';

CREATE AGGREGATE funnel(
    actor text, at timestamptz, event text, steps step_pattern) (
    SFUNC = funnel_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = funnel_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE funnel(text, timestamptz, text, step_pattern) IS
'how far each actor came along the steps';

CREATE FUNCTION funnel_summary_accum(internal, text, timestamptz, text, step_pattern, timestamptz)
RETURNS internal AS 'MODULE_PATHNAME', 'funnel_accum_text'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_accum(internal, text, timestamptz, text, step_pattern, timestamptz) IS
'aggregate transition function';

CREATE AGGREGATE funnel(
    actor text, at timestamptz, event text, steps step_pattern, as_of timestamptz) (
    SFUNC = funnel_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = funnel_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE funnel(text, timestamptz, text, step_pattern, timestamptz) IS
'how far each actor came along the steps';

CREATE FUNCTION funnel_summary_accum(internal, text, timestamptz, text, step_pattern, timestamptz, tstzrange)
RETURNS internal AS 'MODULE_PATHNAME', 'funnel_accum_text'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_accum(internal, text, timestamptz, text, step_pattern, timestamptz, tstzrange) IS
'aggregate transition function';

CREATE AGGREGATE funnel(
    actor text, at timestamptz, event text, steps step_pattern, as_of timestamptz, entered tstzrange) (
    SFUNC = funnel_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = funnel_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE funnel(text, timestamptz, text, step_pattern, timestamptz, tstzrange) IS
'how far each actor came along the steps';

CREATE FUNCTION funnel_summary_accum(internal, text, timestamp, text, step_pattern)
RETURNS internal AS 'MODULE_PATHNAME', 'funnel_accum_text'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_accum(internal, text, timestamp, text, step_pattern) IS
'aggregate transition function';

CREATE AGGREGATE funnel(
    actor text, at timestamp, event text, steps step_pattern) (
    SFUNC = funnel_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = funnel_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE funnel(text, timestamp, text, step_pattern) IS
'how far each actor came along the steps';

CREATE FUNCTION funnel_summary_accum(internal, text, timestamp, text, step_pattern, timestamp)
RETURNS internal AS 'MODULE_PATHNAME', 'funnel_accum_text'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_accum(internal, text, timestamp, text, step_pattern, timestamp) IS
'aggregate transition function';

CREATE AGGREGATE funnel(
    actor text, at timestamp, event text, steps step_pattern, as_of timestamp) (
    SFUNC = funnel_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = funnel_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE funnel(text, timestamp, text, step_pattern, timestamp) IS
'how far each actor came along the steps';

CREATE FUNCTION funnel_summary_accum(internal, text, timestamp, text, step_pattern, timestamp, tsrange)
RETURNS internal AS 'MODULE_PATHNAME', 'funnel_accum_text'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_accum(internal, text, timestamp, text, step_pattern, timestamp, tsrange) IS
'aggregate transition function';

CREATE AGGREGATE funnel(
    actor text, at timestamp, event text, steps step_pattern, as_of timestamp, entered tsrange) (
    SFUNC = funnel_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = funnel_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE funnel(text, timestamp, text, step_pattern, timestamp, tsrange) IS
'how far each actor came along the steps';

CREATE FUNCTION funnel_summary_single(internal, timestamptz, text, step_pattern)
RETURNS internal AS 'MODULE_PATHNAME', 'depth_accum'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_single(internal, timestamptz, text, step_pattern) IS
'aggregate transition function';

CREATE FUNCTION funnel_summary_single(internal, timestamptz, text, step_pattern, timestamptz)
RETURNS internal AS 'MODULE_PATHNAME', 'depth_accum'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_single(internal, timestamptz, text, step_pattern, timestamptz) IS
'aggregate transition function';

CREATE FUNCTION funnel_summary_depth(internal)
RETURNS integer AS 'MODULE_PATHNAME', 'depth_final'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_depth(internal) IS
'aggregate final function';

CREATE FUNCTION funnel_summary_outcome(internal)
RETURNS text AS 'MODULE_PATHNAME', 'outcome_final'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_outcome(internal) IS
'aggregate final function';

CREATE AGGREGATE depth(at timestamptz, event text, steps step_pattern) (
    SFUNC = funnel_summary_single,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = funnel_summary_depth,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE depth(timestamptz, text, step_pattern) IS
'how many steps one actor reached';

CREATE AGGREGATE outcome(at timestamptz, event text, steps step_pattern, as_of timestamptz) (
    SFUNC = funnel_summary_single,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = funnel_summary_outcome,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE outcome(timestamptz, text, step_pattern, timestamptz) IS
'what became of one actor: completed, abandoned or open; NULL when it never began';

CREATE FUNCTION funnel_summary_single(internal, timestamp, text, step_pattern)
RETURNS internal AS 'MODULE_PATHNAME', 'depth_accum'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_single(internal, timestamp, text, step_pattern) IS
'aggregate transition function';

CREATE FUNCTION funnel_summary_single(internal, timestamp, text, step_pattern, timestamp)
RETURNS internal AS 'MODULE_PATHNAME', 'depth_accum'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_single(internal, timestamp, text, step_pattern, timestamp) IS
'aggregate transition function';

CREATE AGGREGATE depth(at timestamp, event text, steps step_pattern) (
    SFUNC = funnel_summary_single,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = funnel_summary_depth,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE depth(timestamp, text, step_pattern) IS
'how many steps one actor reached';

CREATE AGGREGATE outcome(at timestamp, event text, steps step_pattern, as_of timestamp) (
    SFUNC = funnel_summary_single,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = funnel_summary_outcome,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE outcome(timestamp, text, step_pattern, timestamp) IS
'what became of one actor: completed, abandoned or open; NULL when it never began';

--
-- Merging
--

CREATE FUNCTION merge(a funnel_summary, b funnel_summary)
RETURNS funnel_summary AS 'MODULE_PATHNAME', 'funnel_merge'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION merge(funnel_summary, funnel_summary) IS
'the actors of both, who must be different; NULL is none';

CREATE OPERATOR + (
    LEFTARG = funnel_summary, RIGHTARG = funnel_summary, FUNCTION = merge,
    COMMUTATOR = +
);
COMMENT ON OPERATOR + (funnel_summary, funnel_summary) IS
'the actors of both, who must be different; NULL is none';

CREATE FUNCTION funnel_summary_accum(internal, funnel_summary)
RETURNS internal AS 'MODULE_PATHNAME', 'funnel_rollup_accum'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_accum(internal, funnel_summary) IS
'aggregate transition function';

CREATE FUNCTION funnel_summary_combine(internal, internal)
RETURNS internal AS 'MODULE_PATHNAME', 'funnel_rollup_combine'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_combine(internal, internal) IS
'aggregate combine function';

CREATE FUNCTION funnel_summary_serialize(internal)
RETURNS bytea AS 'MODULE_PATHNAME', 'funnel_rollup_serialize'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_serialize(internal) IS
'aggregate serialization function';

CREATE FUNCTION funnel_summary_deserialize(bytea, internal)
RETURNS internal AS 'MODULE_PATHNAME', 'funnel_rollup_deserialize'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_deserialize(bytea, internal) IS
'aggregate deserialization function';

CREATE FUNCTION funnel_summary_rollup_final(internal)
RETURNS funnel_summary AS 'MODULE_PATHNAME', 'funnel_rollup_final'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_rollup_final(internal) IS
'aggregate final function';

CREATE AGGREGATE rollup(x funnel_summary) (
    SFUNC = funnel_summary_accum,
    STYPE = internal,
    SSPACE = 2048,
    FINALFUNC = funnel_summary_rollup_final,
    COMBINEFUNC = funnel_summary_combine,
    SERIALFUNC = funnel_summary_serialize,
    DESERIALFUNC = funnel_summary_deserialize,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE rollup(funnel_summary) IS
'merges summaries of different actors; NULL for none';

--
-- Comparison, for sorting and grouping only
--

CREATE FUNCTION funnel_summary_eq(funnel_summary, funnel_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'funnel_eq'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_eq(funnel_summary, funnel_summary) IS
'implementation of = operator';

CREATE FUNCTION funnel_summary_ne(funnel_summary, funnel_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'funnel_ne'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_ne(funnel_summary, funnel_summary) IS
'implementation of <> operator';

CREATE FUNCTION funnel_summary_lt(funnel_summary, funnel_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'funnel_lt'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_lt(funnel_summary, funnel_summary) IS
'implementation of < operator';

CREATE FUNCTION funnel_summary_le(funnel_summary, funnel_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'funnel_le'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_le(funnel_summary, funnel_summary) IS
'implementation of <= operator';

CREATE FUNCTION funnel_summary_gt(funnel_summary, funnel_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'funnel_gt'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_gt(funnel_summary, funnel_summary) IS
'implementation of > operator';

CREATE FUNCTION funnel_summary_ge(funnel_summary, funnel_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'funnel_ge'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_ge(funnel_summary, funnel_summary) IS
'implementation of >= operator';

CREATE FUNCTION funnel_summary_cmp(funnel_summary, funnel_summary)
RETURNS integer AS 'MODULE_PATHNAME', 'funnel_cmp'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_cmp(funnel_summary, funnel_summary) IS
'btree support';

CREATE FUNCTION funnel_summary_hash(funnel_summary)
RETURNS integer AS 'MODULE_PATHNAME', 'funnel_hash'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_hash(funnel_summary) IS
'hash support';

CREATE FUNCTION funnel_summary_hash_extended(funnel_summary, bigint)
RETURNS bigint AS 'MODULE_PATHNAME', 'funnel_hash_extended'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_hash_extended(funnel_summary, bigint) IS
'hash support';

CREATE OPERATOR = (
    LEFTARG = funnel_summary, RIGHTARG = funnel_summary, FUNCTION = funnel_summary_eq,
    COMMUTATOR = =, NEGATOR = <>,
    RESTRICT = eqsel, JOIN = eqjoinsel,
    HASHES, MERGES
);
COMMENT ON OPERATOR = (funnel_summary, funnel_summary) IS
'equal';

CREATE OPERATOR <> (
    LEFTARG = funnel_summary, RIGHTARG = funnel_summary, FUNCTION = funnel_summary_ne,
    COMMUTATOR = <>, NEGATOR = =,
    RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (funnel_summary, funnel_summary) IS
'not equal';

CREATE OPERATOR < (
    LEFTARG = funnel_summary, RIGHTARG = funnel_summary, FUNCTION = funnel_summary_lt,
    COMMUTATOR = >, NEGATOR = >=,
    RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (funnel_summary, funnel_summary) IS
'less than, in an order for sorting only';

CREATE OPERATOR <= (
    LEFTARG = funnel_summary, RIGHTARG = funnel_summary, FUNCTION = funnel_summary_le,
    COMMUTATOR = >=, NEGATOR = >,
    RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (funnel_summary, funnel_summary) IS
'less than or equal, in an order for sorting only';

CREATE OPERATOR > (
    LEFTARG = funnel_summary, RIGHTARG = funnel_summary, FUNCTION = funnel_summary_gt,
    COMMUTATOR = <, NEGATOR = <=,
    RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (funnel_summary, funnel_summary) IS
'greater than, in an order for sorting only';

CREATE OPERATOR >= (
    LEFTARG = funnel_summary, RIGHTARG = funnel_summary, FUNCTION = funnel_summary_ge,
    COMMUTATOR = <=, NEGATOR = <,
    RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (funnel_summary, funnel_summary) IS
'greater than or equal, in an order for sorting only';

CREATE OPERATOR CLASS funnel_summary_ops DEFAULT FOR TYPE funnel_summary USING btree AS
    OPERATOR 1 <,
    OPERATOR 2 <=,
    OPERATOR 3 =,
    OPERATOR 4 >=,
    OPERATOR 5 >,
    FUNCTION 1 funnel_summary_cmp(funnel_summary, funnel_summary);
COMMENT ON OPERATOR FAMILY funnel_summary_ops USING btree IS
'equality, and an order for sorting only';

COMMENT ON OPERATOR CLASS funnel_summary_ops USING btree IS
'equality, and an order for sorting only';

CREATE OPERATOR CLASS funnel_summary_ops DEFAULT FOR TYPE funnel_summary USING hash AS
    OPERATOR 1 =,
    FUNCTION 1 funnel_summary_hash(funnel_summary),
    FUNCTION 2 funnel_summary_hash_extended(funnel_summary, bigint);
COMMENT ON OPERATOR FAMILY funnel_summary_ops USING hash IS
'equality';

COMMENT ON OPERATOR CLASS funnel_summary_ops USING hash IS
'equality';

--
-- Casts
--

CREATE FUNCTION funnel_summary_to_json(funnel_summary)
RETURNS json AS 'MODULE_PATHNAME', 'funnel_to_json'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_to_json(funnel_summary) IS
'the text form as json';

CREATE FUNCTION funnel_summary_to_jsonb(funnel_summary)
RETURNS jsonb AS 'MODULE_PATHNAME', 'funnel_to_jsonb'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_to_jsonb(funnel_summary) IS
'the text form as jsonb';

CREATE CAST (funnel_summary AS json) WITH FUNCTION funnel_summary_to_json(funnel_summary);
COMMENT ON CAST (funnel_summary AS json) IS
'the text form as json';

CREATE CAST (funnel_summary AS jsonb) WITH FUNCTION funnel_summary_to_jsonb(funnel_summary);
COMMENT ON CAST (funnel_summary AS jsonb) IS
'the text form as jsonb';
--
-- Verbs
--

CREATE FUNCTION report(
    x funnel_summary,
    confidence double precision DEFAULT 0.95,
    method text DEFAULT 'wilson',
    OUT step integer,
    OUT name text,
    OUT actors bigint,
    OUT share_of_start double precision,
    OUT start_low double precision,
    OUT start_high double precision,
    OUT share_of_previous double precision,
    OUT previous_low double precision,
    OUT previous_high double precision,
    OUT abandoned bigint,
    OUT abandonment double precision,
    OUT median_seconds double precision,
    OUT p90_seconds double precision,
    OUT open bigint)
RETURNS SETOF record
AS 'MODULE_PATHNAME', 'funnel_report'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100 ROWS 5;

COMMENT ON FUNCTION report(funnel_summary, double precision, text) IS
'a row per step: how many reached it, in shares with intervals, and how long it took';

CREATE FUNCTION estimate(
    x funnel_summary,
    OUT measure text,
    OUT estimate double precision,
    OUT low double precision,
    OUT high double precision,
    OUT n bigint,
    OUT effective_n double precision,
    INOUT confidence double precision DEFAULT 0.95,
    INOUT method text DEFAULT 'wilson')
AS 'MODULE_PATHNAME', 'funnel_estimate'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION estimate(funnel_summary, double precision, text) IS
'the completion as a row of the same shape for all summaries';

CREATE FUNCTION n(x funnel_summary)
RETURNS bigint AS 'MODULE_PATHNAME', 'funnel_n'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION n(funnel_summary) IS
'number of closed actors';

CREATE FUNCTION effective_n(x funnel_summary)
RETURNS double precision AS 'MODULE_PATHNAME', 'funnel_effective_n'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION effective_n(funnel_summary) IS
'number of closed actors, which have no weights';

CREATE FUNCTION low(x funnel_summary, confidence double precision DEFAULT 0.95)
RETURNS double precision AS 'MODULE_PATHNAME', 'funnel_low'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION low(funnel_summary, double precision) IS
'lower end of the interval of the completion';

CREATE FUNCTION high(x funnel_summary, confidence double precision DEFAULT 0.95)
RETURNS double precision AS 'MODULE_PATHNAME', 'funnel_high'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION high(funnel_summary, double precision) IS
'upper end of the interval of the completion';

CREATE FUNCTION confidence_interval(
    x funnel_summary,
    confidence double precision DEFAULT 0.95,
    method text DEFAULT 'wilson',
    OUT low double precision,
    OUT high double precision)
AS 'MODULE_PATHNAME', 'funnel_confidence_interval'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION confidence_interval(funnel_summary, double precision, text) IS
'interval of the completion';

CREATE FUNCTION compare(
    a funnel_summary,
    b funnel_summary,
    confidence double precision DEFAULT 0.95,
    method text DEFAULT 'miettinen-nurminen',
    OUT step integer,
    OUT name text,
    OUT difference double precision,
    OUT low double precision,
    OUT high double precision,
    OUT p_value double precision)
RETURNS SETOF record
AS 'MODULE_PATHNAME', 'funnel_compare'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100 ROWS 5;

COMMENT ON FUNCTION compare(funnel_summary, funnel_summary, double precision, text) IS
'a row per step, and one for the whole: share of a minus that of b, with interval and p-value';

CREATE FUNCTION minimum_base(x funnel_summary, n bigint)
RETURNS funnel_summary AS 'MODULE_PATHNAME', 'funnel_minimum_base'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION minimum_base(funnel_summary, bigint) IS
'x, or NULL when fewer than n actors are closed';

CREATE FUNCTION chart(x funnel_summary, width integer DEFAULT 72)
RETURNS text AS 'MODULE_PATHNAME', 'funnel_chart'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION chart(funnel_summary, integer) IS
'a picture in text, for psql';

CREATE FUNCTION svg(x funnel_summary)
RETURNS text AS 'MODULE_PATHNAME', 'funnel_svg'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION svg(funnel_summary) IS
'a picture as SVG';

--
-- Accessors
--

CREATE FUNCTION completion(x funnel_summary)
RETURNS rate_summary AS 'MODULE_PATHNAME', 'funnel_completion'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION completion(funnel_summary) IS
'actors that reached the last step as successes; open ones are undecided';

CREATE FUNCTION abandonment(x funnel_summary)
RETURNS rate_summary AS 'MODULE_PATHNAME', 'funnel_abandonment'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION abandonment(funnel_summary) IS
'actors that did not reach the last step as successes; open ones are undecided';

CREATE FUNCTION step_rate(x funnel_summary, first_step integer, last_step integer)
RETURNS rate_summary AS 'MODULE_PATHNAME', 'funnel_step_rate'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION step_rate(funnel_summary, integer, integer) IS
'actors of the first of two steps that reached the second as successes';

CREATE FUNCTION elapsed(x funnel_summary, step integer)
RETURNS timing_summary AS 'MODULE_PATHNAME', 'funnel_elapsed'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION elapsed(funnel_summary, integer) IS
'times from the step before to a step';

CREATE FUNCTION elapsed(x funnel_summary)
RETURNS timing_summary AS 'MODULE_PATHNAME', 'funnel_elapsed'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION elapsed(funnel_summary) IS
'times from the first step to the last';

CREATE FUNCTION open(x funnel_summary)
RETURNS bigint AS 'MODULE_PATHNAME', 'funnel_open'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION open(funnel_summary) IS
'number of actors that may still finish';

CREATE FUNCTION open_completed(x funnel_summary)
RETURNS bigint AS 'MODULE_PATHNAME', 'funnel_open_completed'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION open_completed(funnel_summary) IS
'number of open actors that did finish already';

CREATE FUNCTION pattern(x funnel_summary)
RETURNS step_pattern AS 'MODULE_PATHNAME', 'funnel_pattern'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION pattern(funnel_summary) IS
'the pattern';
--
-- Type task_summary
--

CREATE FUNCTION task_summary_in(cstring)
RETURNS task_summary AS 'MODULE_PATHNAME', 'task_in'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION task_summary_in(cstring) IS
'I/O';

CREATE FUNCTION task_summary_out(task_summary)
RETURNS cstring AS 'MODULE_PATHNAME', 'task_out'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION task_summary_out(task_summary) IS
'I/O';

CREATE FUNCTION task_summary_recv(internal)
RETURNS task_summary AS 'MODULE_PATHNAME', 'task_recv'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION task_summary_recv(internal) IS
'I/O';

CREATE FUNCTION task_summary_send(task_summary)
RETURNS bytea AS 'MODULE_PATHNAME', 'task_send'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION task_summary_send(task_summary) IS
'I/O';

CREATE TYPE task_summary (
    INPUT = task_summary_in,
    OUTPUT = task_summary_out,
    RECEIVE = task_summary_recv,
    SEND = task_summary_send,
    INTERNALLENGTH = VARIABLE,
    ALIGNMENT = double,
    STORAGE = external
);

COMMENT ON TYPE task_summary IS
'attempts at a task, what became of them, and what they took';

--
-- Aggregates
--

CREATE FUNCTION task_summary_accum(internal, boolean)
RETURNS internal AS 'MODULE_PATHNAME', 'task_accum_seconds'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION task_summary_accum(internal, boolean) IS
'aggregate transition function';

CREATE FUNCTION task_summary_accum(internal, boolean, interval)
RETURNS internal AS 'MODULE_PATHNAME', 'task_accum_interval'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION task_summary_accum(internal, boolean, interval) IS
'aggregate transition function';

CREATE FUNCTION task_summary_accum(internal, boolean, interval, double precision)
RETURNS internal AS 'MODULE_PATHNAME', 'task_accum_interval'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION task_summary_accum(internal, boolean, interval, double precision) IS
'aggregate transition function';

CREATE FUNCTION task_summary_accum(internal, boolean, interval, double precision, double precision)
RETURNS internal AS 'MODULE_PATHNAME', 'task_accum_interval'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION task_summary_accum(internal, boolean, interval, double precision, double precision) IS
'aggregate transition function';

CREATE FUNCTION task_summary_accum(internal, boolean, double precision)
RETURNS internal AS 'MODULE_PATHNAME', 'task_accum_seconds'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION task_summary_accum(internal, boolean, double precision) IS
'aggregate transition function';

CREATE FUNCTION task_summary_accum(internal, boolean, double precision, double precision)
RETURNS internal AS 'MODULE_PATHNAME', 'task_accum_seconds'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION task_summary_accum(internal, boolean, double precision, double precision) IS
'aggregate transition function';

CREATE FUNCTION task_summary_accum(internal, boolean, double precision, double precision, double precision)
RETURNS internal AS 'MODULE_PATHNAME', 'task_accum_seconds'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION task_summary_accum(internal, boolean, double precision, double precision, double precision) IS
'aggregate transition function';

CREATE FUNCTION task_summary_accum(internal, task_summary)
RETURNS internal AS 'MODULE_PATHNAME', 'task_accum_summary'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION task_summary_accum(internal, task_summary) IS
'aggregate transition function';

CREATE FUNCTION task_summary_combine(internal, internal)
RETURNS internal AS 'MODULE_PATHNAME', 'task_combine'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION task_summary_combine(internal, internal) IS
'aggregate combine function';

CREATE FUNCTION task_summary_serialize(internal)
RETURNS bytea AS 'MODULE_PATHNAME', 'task_serialize'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION task_summary_serialize(internal) IS
'aggregate serialization function';

CREATE FUNCTION task_summary_deserialize(bytea, internal)
RETURNS internal AS 'MODULE_PATHNAME', 'task_deserialize'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION task_summary_deserialize(bytea, internal) IS
'aggregate deserialization function';

CREATE FUNCTION task_summary_final(internal)
RETURNS task_summary AS 'MODULE_PATHNAME', 'task_final'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION task_summary_final(internal) IS
'aggregate final function';

CREATE AGGREGATE task(completed boolean) (
    SFUNC = task_summary_accum,
    STYPE = internal,
    SSPACE = 384,
    FINALFUNC = task_summary_final,
    COMBINEFUNC = task_summary_combine,
    SERIALFUNC = task_summary_serialize,
    DESERIALFUNC = task_summary_deserialize,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE task(boolean) IS
'summary of attempts, completed or not; NULL is undecided';

CREATE AGGREGATE task(completed boolean, duration interval) (
    SFUNC = task_summary_accum,
    STYPE = internal,
    SSPACE = 384,
    FINALFUNC = task_summary_final,
    COMBINEFUNC = task_summary_combine,
    SERIALFUNC = task_summary_serialize,
    DESERIALFUNC = task_summary_deserialize,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE task(boolean, interval) IS
'summary of attempts, and what they took; NULL is not measured';

CREATE AGGREGATE task(completed boolean, duration interval, errors double precision) (
    SFUNC = task_summary_accum,
    STYPE = internal,
    SSPACE = 384,
    FINALFUNC = task_summary_final,
    COMBINEFUNC = task_summary_combine,
    SERIALFUNC = task_summary_serialize,
    DESERIALFUNC = task_summary_deserialize,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE task(boolean, interval, double precision) IS
'summary of attempts, what they took, and their errors; NULL is not measured';

CREATE AGGREGATE task(completed boolean, duration interval, errors double precision, actions double precision) (
    SFUNC = task_summary_accum,
    STYPE = internal,
    SSPACE = 384,
    FINALFUNC = task_summary_final,
    COMBINEFUNC = task_summary_combine,
    SERIALFUNC = task_summary_serialize,
    DESERIALFUNC = task_summary_deserialize,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE task(boolean, interval, double precision, double precision) IS
'summary of attempts, what they took, their errors and actions; NULL is not measured';

CREATE AGGREGATE task(completed boolean, seconds double precision) (
    SFUNC = task_summary_accum,
    STYPE = internal,
    SSPACE = 384,
    FINALFUNC = task_summary_final,
    COMBINEFUNC = task_summary_combine,
    SERIALFUNC = task_summary_serialize,
    DESERIALFUNC = task_summary_deserialize,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE task(boolean, double precision) IS
'summary of attempts, and how many seconds they took; NULL is not measured';

CREATE AGGREGATE task(completed boolean, seconds double precision, errors double precision) (
    SFUNC = task_summary_accum,
    STYPE = internal,
    SSPACE = 384,
    FINALFUNC = task_summary_final,
    COMBINEFUNC = task_summary_combine,
    SERIALFUNC = task_summary_serialize,
    DESERIALFUNC = task_summary_deserialize,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE task(boolean, double precision, double precision) IS
'summary of attempts, how many seconds they took, and their errors; NULL is not measured';

CREATE AGGREGATE task(completed boolean, seconds double precision, errors double precision, actions double precision) (
    SFUNC = task_summary_accum,
    STYPE = internal,
    SSPACE = 384,
    FINALFUNC = task_summary_final,
    COMBINEFUNC = task_summary_combine,
    SERIALFUNC = task_summary_serialize,
    DESERIALFUNC = task_summary_deserialize,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE task(boolean, double precision, double precision, double precision) IS
'summary of attempts, how many seconds they took, their errors and actions; NULL is not measured';

--
-- Merging
--

CREATE FUNCTION merge(a task_summary, b task_summary)
RETURNS task_summary AS 'MODULE_PATHNAME', 'task_merge'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION merge(task_summary, task_summary) IS
'the attempts of both; NULL is none';

CREATE OPERATOR + (
    LEFTARG = task_summary, RIGHTARG = task_summary, FUNCTION = merge,
    COMMUTATOR = +
);
COMMENT ON OPERATOR + (task_summary, task_summary) IS
'the attempts of both; NULL is none';

CREATE AGGREGATE rollup(x task_summary) (
    SFUNC = task_summary_accum,
    STYPE = internal,
    SSPACE = 384,
    FINALFUNC = task_summary_final,
    COMBINEFUNC = task_summary_combine,
    SERIALFUNC = task_summary_serialize,
    DESERIALFUNC = task_summary_deserialize,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE rollup(task_summary) IS
'merges summaries; NULL for none';

--
-- Comparison, for sorting and grouping only
--

CREATE FUNCTION task_summary_eq(task_summary, task_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'task_eq'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION task_summary_eq(task_summary, task_summary) IS
'implementation of = operator';

CREATE FUNCTION task_summary_ne(task_summary, task_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'task_ne'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION task_summary_ne(task_summary, task_summary) IS
'implementation of <> operator';

CREATE FUNCTION task_summary_lt(task_summary, task_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'task_lt'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION task_summary_lt(task_summary, task_summary) IS
'implementation of < operator';

CREATE FUNCTION task_summary_le(task_summary, task_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'task_le'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION task_summary_le(task_summary, task_summary) IS
'implementation of <= operator';

CREATE FUNCTION task_summary_gt(task_summary, task_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'task_gt'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION task_summary_gt(task_summary, task_summary) IS
'implementation of > operator';

CREATE FUNCTION task_summary_ge(task_summary, task_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'task_ge'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION task_summary_ge(task_summary, task_summary) IS
'implementation of >= operator';

CREATE FUNCTION task_summary_cmp(task_summary, task_summary)
RETURNS integer AS 'MODULE_PATHNAME', 'task_cmp'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION task_summary_cmp(task_summary, task_summary) IS
'btree support';

CREATE FUNCTION task_summary_hash(task_summary)
RETURNS integer AS 'MODULE_PATHNAME', 'task_hash'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION task_summary_hash(task_summary) IS
'hash support';

CREATE FUNCTION task_summary_hash_extended(task_summary, bigint)
RETURNS bigint AS 'MODULE_PATHNAME', 'task_hash_extended'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION task_summary_hash_extended(task_summary, bigint) IS
'hash support';

CREATE OPERATOR = (
    LEFTARG = task_summary, RIGHTARG = task_summary, FUNCTION = task_summary_eq,
    COMMUTATOR = =, NEGATOR = <>,
    RESTRICT = eqsel, JOIN = eqjoinsel,
    HASHES, MERGES
);
COMMENT ON OPERATOR = (task_summary, task_summary) IS
'equal';

CREATE OPERATOR <> (
    LEFTARG = task_summary, RIGHTARG = task_summary, FUNCTION = task_summary_ne,
    COMMUTATOR = <>, NEGATOR = =,
    RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (task_summary, task_summary) IS
'not equal';

CREATE OPERATOR < (
    LEFTARG = task_summary, RIGHTARG = task_summary, FUNCTION = task_summary_lt,
    COMMUTATOR = >, NEGATOR = >=,
    RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (task_summary, task_summary) IS
'less than, in an order for sorting only';

CREATE OPERATOR <= (
    LEFTARG = task_summary, RIGHTARG = task_summary, FUNCTION = task_summary_le,
    COMMUTATOR = >=, NEGATOR = >,
    RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (task_summary, task_summary) IS
'less than or equal, in an order for sorting only';

CREATE OPERATOR > (
    LEFTARG = task_summary, RIGHTARG = task_summary, FUNCTION = task_summary_gt,
    COMMUTATOR = <, NEGATOR = <=,
    RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (task_summary, task_summary) IS
'greater than, in an order for sorting only';

CREATE OPERATOR >= (
    LEFTARG = task_summary, RIGHTARG = task_summary, FUNCTION = task_summary_ge,
    COMMUTATOR = <=, NEGATOR = <,
    RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (task_summary, task_summary) IS
'greater than or equal, in an order for sorting only';

CREATE OPERATOR CLASS task_summary_ops DEFAULT FOR TYPE task_summary USING btree AS
    OPERATOR 1 <,
    OPERATOR 2 <=,
    OPERATOR 3 =,
    OPERATOR 4 >=,
    OPERATOR 5 >,
    FUNCTION 1 task_summary_cmp(task_summary, task_summary);
COMMENT ON OPERATOR FAMILY task_summary_ops USING btree IS
'equality, and an order for sorting only';

COMMENT ON OPERATOR CLASS task_summary_ops USING btree IS
'equality, and an order for sorting only';

CREATE OPERATOR CLASS task_summary_ops DEFAULT FOR TYPE task_summary USING hash AS
    OPERATOR 1 =,
    FUNCTION 1 task_summary_hash(task_summary),
    FUNCTION 2 task_summary_hash_extended(task_summary, bigint);
COMMENT ON OPERATOR FAMILY task_summary_ops USING hash IS
'equality';

COMMENT ON OPERATOR CLASS task_summary_ops USING hash IS
'equality';

--
-- Casts
--

CREATE FUNCTION task_summary_to_json(task_summary)
RETURNS json AS 'MODULE_PATHNAME', 'task_to_json'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION task_summary_to_json(task_summary) IS
'the text form as json';

CREATE FUNCTION task_summary_to_jsonb(task_summary)
RETURNS jsonb AS 'MODULE_PATHNAME', 'task_to_jsonb'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION task_summary_to_jsonb(task_summary) IS
'the text form as jsonb';

CREATE CAST (task_summary AS json) WITH FUNCTION task_summary_to_json(task_summary);
COMMENT ON CAST (task_summary AS json) IS
'the text form as json';

CREATE CAST (task_summary AS jsonb) WITH FUNCTION task_summary_to_jsonb(task_summary);
COMMENT ON CAST (task_summary AS jsonb) IS
'the text form as jsonb';
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
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION low(task_summary, double precision) IS
'lower end of the interval of the completion';

CREATE FUNCTION high(x task_summary, confidence double precision DEFAULT 0.95)
RETURNS double precision AS 'MODULE_PATHNAME', 'task_high'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

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
--
-- Type event_journey
--

CREATE FUNCTION event_journey_in(cstring)
RETURNS event_journey AS 'MODULE_PATHNAME', 'journey_in'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION event_journey_in(cstring) IS
'I/O';

CREATE FUNCTION event_journey_out(event_journey)
RETURNS cstring AS 'MODULE_PATHNAME', 'journey_out'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION event_journey_out(event_journey) IS
'I/O';

CREATE FUNCTION event_journey_recv(internal)
RETURNS event_journey AS 'MODULE_PATHNAME', 'journey_recv'
LANGUAGE C STABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION event_journey_recv(internal) IS
'I/O';

CREATE FUNCTION event_journey_send(event_journey)
RETURNS bytea AS 'MODULE_PATHNAME', 'journey_send'
LANGUAGE C STABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION event_journey_send(event_journey) IS
'I/O';

CREATE TYPE event_journey (
    INPUT = event_journey_in,
    OUTPUT = event_journey_out,
    RECEIVE = event_journey_recv,
    SEND = event_journey_send,
    INTERNALLENGTH = VARIABLE,
    ALIGNMENT = int4,
    STORAGE = external
);

COMMENT ON TYPE event_journey IS
'the events of one actor, packed, in time order';

--
-- Building
--

CREATE FUNCTION event_journey_accum(internal, timestamptz, text)
RETURNS internal AS 'MODULE_PATHNAME', 'journey_accum'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION event_journey_accum(internal, timestamptz, text) IS
'aggregate transition function';

CREATE FUNCTION event_journey_accum(internal, timestamp, text)
RETURNS internal AS 'MODULE_PATHNAME', 'journey_accum'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION event_journey_accum(internal, timestamp, text) IS
'aggregate transition function';

CREATE FUNCTION event_journey_combine(internal, internal)
RETURNS internal AS 'MODULE_PATHNAME', 'journey_combine'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION event_journey_combine(internal, internal) IS
'aggregate combine function';

CREATE FUNCTION event_journey_serialize(internal)
RETURNS bytea AS 'MODULE_PATHNAME', 'journey_serialize'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION event_journey_serialize(internal) IS
'aggregate serialization function';

CREATE FUNCTION event_journey_deserialize(bytea, internal)
RETURNS internal AS 'MODULE_PATHNAME', 'journey_deserialize'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION event_journey_deserialize(bytea, internal) IS
'aggregate deserialization function';

CREATE FUNCTION event_journey_final(internal)
RETURNS event_journey AS 'MODULE_PATHNAME', 'journey_final'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION event_journey_final(internal) IS
'aggregate final function';

CREATE AGGREGATE journey(at timestamptz, event text) (
    SFUNC = event_journey_accum,
    STYPE = internal,
    SSPACE = 256,
    FINALFUNC = event_journey_final,
    COMBINEFUNC = event_journey_combine,
    SERIALFUNC = event_journey_serialize,
    DESERIALFUNC = event_journey_deserialize,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE journey(timestamptz, text) IS
'the events of one actor; a row without time or event is not counted';

CREATE AGGREGATE journey(at timestamp, event text) (
    SFUNC = event_journey_accum,
    STYPE = internal,
    SSPACE = 256,
    FINALFUNC = event_journey_final,
    COMBINEFUNC = event_journey_combine,
    SERIALFUNC = event_journey_serialize,
    DESERIALFUNC = event_journey_deserialize,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE journey(timestamp, text) IS
'the events of one actor, times in UTC; a row without time or event is not counted';

CREATE FUNCTION event_journey(times timestamptz[], events text[])
RETURNS event_journey AS 'MODULE_PATHNAME', 'journey_from_arrays'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION event_journey(timestamptz[], text[]) IS
'journey of times and the events that happened then';

--
-- Merging
--

CREATE FUNCTION merge(a event_journey, b event_journey)
RETURNS event_journey AS 'MODULE_PATHNAME', 'journey_merge'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100;

COMMENT ON FUNCTION merge(event_journey, event_journey) IS
'all events of both journeys, those that are in both as often as both have them';

CREATE OPERATOR + (
    LEFTARG = event_journey, RIGHTARG = event_journey, FUNCTION = merge,
    COMMUTATOR = +
);
COMMENT ON OPERATOR + (event_journey, event_journey) IS
'all events of both journeys, those that are in both as often as both have them';

CREATE FUNCTION event_journey_accum(internal, event_journey)
RETURNS internal AS 'MODULE_PATHNAME', 'journey_rollup_accum'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION event_journey_accum(internal, event_journey) IS
'aggregate transition function';

CREATE AGGREGATE rollup(x event_journey) (
    SFUNC = event_journey_accum,
    STYPE = internal,
    SSPACE = 256,
    FINALFUNC = event_journey_final,
    COMBINEFUNC = event_journey_combine,
    SERIALFUNC = event_journey_serialize,
    DESERIALFUNC = event_journey_deserialize,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE rollup(event_journey) IS
'all events of many journeys of one actor; NULL is skipped';

--
-- Comparison, for sorting and grouping only
--

CREATE FUNCTION event_journey_eq(event_journey, event_journey)
RETURNS boolean AS 'MODULE_PATHNAME', 'journey_eq'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION event_journey_eq(event_journey, event_journey) IS
'implementation of = operator';

CREATE FUNCTION event_journey_ne(event_journey, event_journey)
RETURNS boolean AS 'MODULE_PATHNAME', 'journey_ne'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION event_journey_ne(event_journey, event_journey) IS
'implementation of <> operator';

CREATE FUNCTION event_journey_lt(event_journey, event_journey)
RETURNS boolean AS 'MODULE_PATHNAME', 'journey_lt'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION event_journey_lt(event_journey, event_journey) IS
'implementation of < operator';

CREATE FUNCTION event_journey_le(event_journey, event_journey)
RETURNS boolean AS 'MODULE_PATHNAME', 'journey_le'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION event_journey_le(event_journey, event_journey) IS
'implementation of <= operator';

CREATE FUNCTION event_journey_gt(event_journey, event_journey)
RETURNS boolean AS 'MODULE_PATHNAME', 'journey_gt'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION event_journey_gt(event_journey, event_journey) IS
'implementation of > operator';

CREATE FUNCTION event_journey_ge(event_journey, event_journey)
RETURNS boolean AS 'MODULE_PATHNAME', 'journey_ge'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION event_journey_ge(event_journey, event_journey) IS
'implementation of >= operator';

CREATE FUNCTION event_journey_cmp(event_journey, event_journey)
RETURNS integer AS 'MODULE_PATHNAME', 'journey_cmp'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION event_journey_cmp(event_journey, event_journey) IS
'btree support';

CREATE FUNCTION event_journey_hash(event_journey)
RETURNS integer AS 'MODULE_PATHNAME', 'journey_hash'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION event_journey_hash(event_journey) IS
'hash support';

CREATE FUNCTION event_journey_hash_extended(event_journey, bigint)
RETURNS bigint AS 'MODULE_PATHNAME', 'journey_hash_extended'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION event_journey_hash_extended(event_journey, bigint) IS
'hash support';

CREATE OPERATOR = (
    LEFTARG = event_journey, RIGHTARG = event_journey, FUNCTION = event_journey_eq,
    COMMUTATOR = =, NEGATOR = <>,
    RESTRICT = eqsel, JOIN = eqjoinsel,
    HASHES, MERGES
);
COMMENT ON OPERATOR = (event_journey, event_journey) IS
'equal';

CREATE OPERATOR <> (
    LEFTARG = event_journey, RIGHTARG = event_journey, FUNCTION = event_journey_ne,
    COMMUTATOR = <>, NEGATOR = =,
    RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (event_journey, event_journey) IS
'not equal';

CREATE OPERATOR < (
    LEFTARG = event_journey, RIGHTARG = event_journey, FUNCTION = event_journey_lt,
    COMMUTATOR = >, NEGATOR = >=,
    RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (event_journey, event_journey) IS
'less than, in an order for sorting only';

CREATE OPERATOR <= (
    LEFTARG = event_journey, RIGHTARG = event_journey, FUNCTION = event_journey_le,
    COMMUTATOR = >=, NEGATOR = >,
    RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (event_journey, event_journey) IS
'less than or equal, in an order for sorting only';

CREATE OPERATOR > (
    LEFTARG = event_journey, RIGHTARG = event_journey, FUNCTION = event_journey_gt,
    COMMUTATOR = <, NEGATOR = <=,
    RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (event_journey, event_journey) IS
'greater than, in an order for sorting only';

CREATE OPERATOR >= (
    LEFTARG = event_journey, RIGHTARG = event_journey, FUNCTION = event_journey_ge,
    COMMUTATOR = <=, NEGATOR = <,
    RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (event_journey, event_journey) IS
'greater than or equal, in an order for sorting only';

CREATE OPERATOR CLASS event_journey_ops DEFAULT FOR TYPE event_journey USING btree AS
    OPERATOR 1 <,
    OPERATOR 2 <=,
    OPERATOR 3 =,
    OPERATOR 4 >=,
    OPERATOR 5 >,
    FUNCTION 1 event_journey_cmp(event_journey, event_journey);
COMMENT ON OPERATOR FAMILY event_journey_ops USING btree IS
'equality, and an order for sorting only';

COMMENT ON OPERATOR CLASS event_journey_ops USING btree IS
'equality, and an order for sorting only';

CREATE OPERATOR CLASS event_journey_ops DEFAULT FOR TYPE event_journey USING hash AS
    OPERATOR 1 =,
    FUNCTION 1 event_journey_hash(event_journey),
    FUNCTION 2 event_journey_hash_extended(event_journey, bigint);
COMMENT ON OPERATOR FAMILY event_journey_ops USING hash IS
'equality';

COMMENT ON OPERATOR CLASS event_journey_ops USING hash IS
'equality';

--
-- Casts
--

CREATE FUNCTION event_journey_to_json(event_journey)
RETURNS json AS 'MODULE_PATHNAME', 'journey_to_json'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION event_journey_to_json(event_journey) IS
'the text form as json';

CREATE FUNCTION event_journey_to_jsonb(event_journey)
RETURNS jsonb AS 'MODULE_PATHNAME', 'journey_to_jsonb'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION event_journey_to_jsonb(event_journey) IS
'the text form as jsonb';

CREATE CAST (event_journey AS json) WITH FUNCTION event_journey_to_json(event_journey);
COMMENT ON CAST (event_journey AS json) IS
'the text form as json';

CREATE CAST (event_journey AS jsonb) WITH FUNCTION event_journey_to_jsonb(event_journey);
COMMENT ON CAST (event_journey AS jsonb) IS
'the text form as jsonb';
--
-- What a journey is asked
--

CREATE FUNCTION events(j event_journey, OUT at timestamptz, OUT event text)
RETURNS SETOF record AS 'MODULE_PATHNAME', 'journey_events'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100 ROWS 20;

COMMENT ON FUNCTION events(event_journey) IS
'the events, in the order of their times';

CREATE FUNCTION event_count(j event_journey)
RETURNS bigint AS 'MODULE_PATHNAME', 'journey_event_count'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION event_count(event_journey) IS
'number of events';

CREATE FUNCTION occurrences(j event_journey, event text)
RETURNS bigint AS 'MODULE_PATHNAME', 'journey_occurrences'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;

COMMENT ON FUNCTION occurrences(event_journey, text) IS
'how often an event happened';

CREATE FUNCTION first_at(j event_journey)
RETURNS timestamptz AS 'MODULE_PATHNAME', 'journey_first_at'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION first_at(event_journey) IS
'time of the first event';

CREATE FUNCTION last_at(j event_journey)
RETURNS timestamptz AS 'MODULE_PATHNAME', 'journey_last_at'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION last_at(event_journey) IS
'time of the last event';

CREATE FUNCTION duration(j event_journey)
RETURNS interval AS 'MODULE_PATHNAME', 'journey_duration'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION duration(event_journey) IS
'time from the first event to the last';

CREATE FUNCTION slice(j event_journey, from_at timestamptz, until_at timestamptz)
RETURNS event_journey AS 'MODULE_PATHNAME', 'journey_slice'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;

COMMENT ON FUNCTION slice(event_journey, timestamptz, timestamptz) IS
'the events from a time on and before another';

CREATE FUNCTION keep(j event_journey, names text[])
RETURNS event_journey AS 'MODULE_PATHNAME', 'journey_keep'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;

COMMENT ON FUNCTION keep(event_journey, text[]) IS
'the events with one of these names';

CREATE FUNCTION distinct_events(j event_journey)
RETURNS event_journey AS 'MODULE_PATHNAME', 'journey_distinct_events'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;

COMMENT ON FUNCTION distinct_events(event_journey) IS
'each event once: those of the same name at the same time are one';

--
-- Sessions
--

CREATE FUNCTION sessions(
    j event_journey, gap interval, OUT session integer, OUT started_at timestamptz,
    OUT ended_at timestamptz, OUT events bigint, OUT seconds double precision,
    OUT journey event_journey
)
RETURNS SETOF record AS 'MODULE_PATHNAME', 'journey_sessions'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100 ROWS 5;

COMMENT ON FUNCTION sessions(event_journey, interval) IS
'runs of events without a pause longer than the gap';

CREATE FUNCTION session_number(at timestamptz, gap interval)
RETURNS integer AS 'MODULE_PATHNAME', 'journey_session_number'
LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION session_number(timestamptz, interval) IS
'number of the session of a row of events: one more after each pause longer than the gap';

CREATE FUNCTION session_number(at timestamp, gap interval)
RETURNS integer AS 'MODULE_PATHNAME', 'journey_session_number'
LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION session_number(timestamp, interval) IS
'number of the session of a row of events: one more after each pause longer than the gap';

--
-- How far one journey came along steps
--

CREATE FUNCTION depth(j event_journey, steps step_pattern)
RETURNS integer AS 'MODULE_PATHNAME', 'journey_depth'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;

COMMENT ON FUNCTION depth(event_journey, step_pattern) IS
'how many steps a journey reached';

CREATE FUNCTION outcome(j event_journey, steps step_pattern, as_of timestamptz)
RETURNS text AS 'MODULE_PATHNAME', 'journey_outcome'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;

COMMENT ON FUNCTION outcome(event_journey, step_pattern, timestamptz) IS
'what became of a journey: completed, abandoned or open; NULL when it never began';

CREATE FUNCTION matches(j event_journey, steps step_pattern)
RETURNS boolean AS 'MODULE_PATHNAME', 'journey_matches'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;

COMMENT ON FUNCTION matches(event_journey, step_pattern) IS
'whether a journey took all steps';

CREATE FUNCTION match_count(j event_journey, steps step_pattern)
RETURNS bigint AS 'MODULE_PATHNAME', 'journey_match_count'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;

COMMENT ON FUNCTION match_count(event_journey, step_pattern) IS
'how often a journey took all steps, without overlap';

CREATE FUNCTION runs(
    j event_journey, steps step_pattern,
    OUT started_at timestamptz, OUT ended_at timestamptz, OUT depth integer, OUT completed boolean,
    OUT seconds double precision, OUT actions bigint, OUT run event_journey)
RETURNS SETOF record AS 'MODULE_PATHNAME', 'journey_runs'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50 ROWS 5;

COMMENT ON FUNCTION runs(event_journey, step_pattern) IS
'every attempt at the steps';

CREATE OPERATOR @> (
    LEFTARG = event_journey, RIGHTARG = step_pattern, FUNCTION = matches,
    RESTRICT = matchingsel, JOIN = matchingjoinsel
);
COMMENT ON OPERATOR @> (event_journey, step_pattern) IS
'whether a journey took all steps';

--
-- Index by the names of events
--

CREATE FUNCTION event_journey_gin_compare(text, text)
RETURNS integer AS 'MODULE_PATHNAME', 'journey_gin_compare'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION event_journey_gin_compare(text, text) IS
'GIN support';

CREATE FUNCTION event_journey_gin_extract_value(event_journey, internal, internal)
RETURNS internal AS 'MODULE_PATHNAME', 'journey_gin_extract_value'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION event_journey_gin_extract_value(event_journey, internal, internal) IS
'GIN support';

CREATE FUNCTION event_journey_gin_extract_query(event_journey, internal, smallint, internal, internal, internal, internal)
RETURNS internal AS 'MODULE_PATHNAME', 'journey_gin_extract_query'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION event_journey_gin_extract_query(event_journey, internal, smallint, internal, internal, internal, internal) IS
'GIN support';

CREATE FUNCTION event_journey_gin_consistent(internal, smallint, event_journey, integer, internal, internal, internal, internal)
RETURNS boolean AS 'MODULE_PATHNAME', 'journey_gin_consistent'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION event_journey_gin_consistent(internal, smallint, event_journey, integer, internal, internal, internal, internal) IS
'GIN support';

CREATE FUNCTION event_journey_gin_triconsistent(internal, smallint, event_journey, integer, internal, internal, internal)
RETURNS "char" AS 'MODULE_PATHNAME', 'journey_gin_triconsistent'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION event_journey_gin_triconsistent(internal, smallint, event_journey, integer, internal, internal, internal) IS
'GIN support';

CREATE OPERATOR CLASS event_journey_ops DEFAULT FOR TYPE event_journey USING gin AS
    OPERATOR 1 @>(event_journey, step_pattern),
    FUNCTION 1 event_journey_gin_compare(text, text),
    FUNCTION 2 event_journey_gin_extract_value(event_journey, internal, internal),
    FUNCTION 3 event_journey_gin_extract_query(event_journey, internal, smallint, internal, internal, internal, internal),
    FUNCTION 4 event_journey_gin_consistent(internal, smallint, event_journey, integer, internal, internal, internal, internal),
    FUNCTION 6 event_journey_gin_triconsistent(internal, smallint, event_journey, integer, internal, internal, internal),
    STORAGE text;
COMMENT ON OPERATOR FAMILY event_journey_ops USING gin IS
'the names of events';

COMMENT ON OPERATOR CLASS event_journey_ops USING gin IS
'the names of events';

--
-- Signs of friction
--

CREATE FUNCTION back_and_forth(j event_journey)
RETURNS bigint AS 'MODULE_PATHNAME', 'journey_back_and_forth'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;

COMMENT ON FUNCTION back_and_forth(event_journey) IS
'how often an event comes again right after another one';

CREATE FUNCTION back_and_forth(j event_journey, within interval)
RETURNS bigint AS 'MODULE_PATHNAME', 'journey_back_and_forth'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;

COMMENT ON FUNCTION back_and_forth(event_journey, interval) IS
'how often an event comes again right after another one, so soon';

CREATE FUNCTION repeated_events(j event_journey)
RETURNS bigint AS 'MODULE_PATHNAME', 'journey_repeated_events'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;

COMMENT ON FUNCTION repeated_events(event_journey) IS
'how many events repeat the one right before them within a second';

CREATE FUNCTION repeated_events(j event_journey, within interval)
RETURNS bigint AS 'MODULE_PATHNAME', 'journey_repeated_events'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;

COMMENT ON FUNCTION repeated_events(event_journey, interval) IS
'how many events repeat the one right before them, so soon';

CREATE FUNCTION rage_clicks(j event_journey)
RETURNS bigint AS 'MODULE_PATHNAME', 'journey_rage_clicks'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;

COMMENT ON FUNCTION rage_clicks(event_journey) IS
'how often the same event comes three times or more in a row, each within a second';

CREATE FUNCTION rage_clicks(j event_journey, within interval)
RETURNS bigint AS 'MODULE_PATHNAME', 'journey_rage_clicks'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;

COMMENT ON FUNCTION rage_clicks(event_journey, interval) IS
'how often the same event comes three times or more in a row, each so soon';

CREATE FUNCTION rage_clicks(j event_journey, within interval, clicks integer)
RETURNS bigint AS 'MODULE_PATHNAME', 'journey_rage_clicks'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;

COMMENT ON FUNCTION rage_clicks(event_journey, interval, integer) IS
'how often the same event comes so many times or more in a row, each so soon';

CREATE FUNCTION loops(j event_journey)
RETURNS bigint AS 'MODULE_PATHNAME', 'journey_loops'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;

COMMENT ON FUNCTION loops(event_journey) IS
'how often a journey comes back to where it was';

--
-- funnel() over journeys: an actor is in one value, so that states are small and combine
--

CREATE FUNCTION funnel_summary_journey_combine(internal, internal)
RETURNS internal AS 'MODULE_PATHNAME', 'funnel_journey_combine'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_journey_combine(internal, internal) IS
'aggregate combine function';

CREATE FUNCTION funnel_summary_journey_serialize(internal)
RETURNS bytea AS 'MODULE_PATHNAME', 'funnel_journey_serialize'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_journey_serialize(internal) IS
'aggregate serialization function';

CREATE FUNCTION funnel_summary_journey_deserialize(bytea, internal)
RETURNS internal AS 'MODULE_PATHNAME', 'funnel_journey_deserialize'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_journey_deserialize(bytea, internal) IS
'aggregate deserialization function';

CREATE FUNCTION funnel_summary_journey_final(internal)
RETURNS funnel_summary AS 'MODULE_PATHNAME', 'funnel_journey_final'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_journey_final(internal) IS
'aggregate final function';

CREATE FUNCTION funnel_summary_accum(internal, event_journey, step_pattern)
RETURNS internal AS 'MODULE_PATHNAME', 'funnel_journey_accum'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10;

COMMENT ON FUNCTION funnel_summary_accum(internal, event_journey, step_pattern) IS
'aggregate transition function';

CREATE AGGREGATE funnel(j event_journey, steps step_pattern) (
    SFUNC = funnel_summary_accum,
    STYPE = internal,
    SSPACE = 2048,
    FINALFUNC = funnel_summary_journey_final,
    COMBINEFUNC = funnel_summary_journey_combine,
    SERIALFUNC = funnel_summary_journey_serialize,
    DESERIALFUNC = funnel_summary_journey_deserialize,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE funnel(event_journey, step_pattern) IS
'how far each actor came along the steps';

CREATE FUNCTION funnel_summary_accum(internal, event_journey, step_pattern, timestamptz)
RETURNS internal AS 'MODULE_PATHNAME', 'funnel_journey_accum'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10;

COMMENT ON FUNCTION funnel_summary_accum(internal, event_journey, step_pattern, timestamptz) IS
'aggregate transition function';

CREATE AGGREGATE funnel(j event_journey, steps step_pattern, as_of timestamptz) (
    SFUNC = funnel_summary_accum,
    STYPE = internal,
    SSPACE = 2048,
    FINALFUNC = funnel_summary_journey_final,
    COMBINEFUNC = funnel_summary_journey_combine,
    SERIALFUNC = funnel_summary_journey_serialize,
    DESERIALFUNC = funnel_summary_journey_deserialize,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE funnel(event_journey, step_pattern, timestamptz) IS
'how far each actor came along the steps';

CREATE FUNCTION funnel_summary_accum(internal, event_journey, step_pattern, timestamptz, tstzrange)
RETURNS internal AS 'MODULE_PATHNAME', 'funnel_journey_accum'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10;

COMMENT ON FUNCTION funnel_summary_accum(internal, event_journey, step_pattern, timestamptz, tstzrange) IS
'aggregate transition function';

CREATE AGGREGATE funnel(j event_journey, steps step_pattern, as_of timestamptz, entered tstzrange) (
    SFUNC = funnel_summary_accum,
    STYPE = internal,
    SSPACE = 2048,
    FINALFUNC = funnel_summary_journey_final,
    COMBINEFUNC = funnel_summary_journey_combine,
    SERIALFUNC = funnel_summary_journey_serialize,
    DESERIALFUNC = funnel_summary_journey_deserialize,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE funnel(event_journey, step_pattern, timestamptz, tstzrange) IS
'how far each actor came along the steps';
--
-- Type flow_summary
--

CREATE FUNCTION flow_summary_in(cstring)
RETURNS flow_summary AS 'MODULE_PATHNAME', 'flow_in'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION flow_summary_in(cstring) IS
'I/O';

CREATE FUNCTION flow_summary_out(flow_summary)
RETURNS cstring AS 'MODULE_PATHNAME', 'flow_out'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION flow_summary_out(flow_summary) IS
'I/O';

CREATE FUNCTION flow_summary_recv(internal)
RETURNS flow_summary AS 'MODULE_PATHNAME', 'flow_recv'
LANGUAGE C STABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION flow_summary_recv(internal) IS
'I/O';

CREATE FUNCTION flow_summary_send(flow_summary)
RETURNS bytea AS 'MODULE_PATHNAME', 'flow_send'
LANGUAGE C STABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION flow_summary_send(flow_summary) IS
'I/O';

CREATE TYPE flow_summary (
    INPUT = flow_summary_in,
    OUTPUT = flow_summary_out,
    RECEIVE = flow_summary_recv,
    SEND = flow_summary_send,
    INTERNALLENGTH = VARIABLE,
    ALIGNMENT = double,
    STORAGE = external
);

COMMENT ON TYPE flow_summary IS
'which way actors went, place by place';

--
-- Aggregates over journeys
--

CREATE FUNCTION flow_summary_flows(internal, event_journey, step_pattern, integer)
RETURNS internal AS 'MODULE_PATHNAME', 'flow_accum_flows'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10;

COMMENT ON FUNCTION flow_summary_flows(internal, event_journey, step_pattern, integer) IS
'aggregate transition function';

CREATE FUNCTION flow_summary_next(internal, event_journey, step_pattern)
RETURNS internal AS 'MODULE_PATHNAME', 'flow_accum_next'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10;

COMMENT ON FUNCTION flow_summary_next(internal, event_journey, step_pattern) IS
'aggregate transition function';

CREATE FUNCTION flow_summary_next(internal, event_journey, step_pattern, timestamptz)
RETURNS internal AS 'MODULE_PATHNAME', 'flow_accum_next'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10;

COMMENT ON FUNCTION flow_summary_next(internal, event_journey, step_pattern, timestamptz) IS
'aggregate transition function';

CREATE FUNCTION flow_summary_accum(internal, flow_summary)
RETURNS internal AS 'MODULE_PATHNAME', 'flow_rollup_accum'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION flow_summary_accum(internal, flow_summary) IS
'aggregate transition function';

CREATE FUNCTION flow_summary_combine(internal, internal)
RETURNS internal AS 'MODULE_PATHNAME', 'flow_combine'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION flow_summary_combine(internal, internal) IS
'aggregate combine function';

CREATE FUNCTION flow_summary_serialize(internal)
RETURNS bytea AS 'MODULE_PATHNAME', 'flow_serialize'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION flow_summary_serialize(internal) IS
'aggregate serialization function';

CREATE FUNCTION flow_summary_deserialize(bytea, internal)
RETURNS internal AS 'MODULE_PATHNAME', 'flow_deserialize'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION flow_summary_deserialize(bytea, internal) IS
'aggregate deserialization function';

CREATE FUNCTION flow_summary_final(internal)
RETURNS flow_summary AS 'MODULE_PATHNAME', 'flow_final'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION flow_summary_final(internal) IS
'aggregate final function';

CREATE AGGREGATE flows(j event_journey, steps step_pattern, length integer) (
    SFUNC = flow_summary_flows,
    STYPE = internal,
    SSPACE = 2048,
    FINALFUNC = flow_summary_final,
    COMBINEFUNC = flow_summary_combine,
    SERIALFUNC = flow_summary_serialize,
    DESERIALFUNC = flow_summary_deserialize,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE flows(event_journey, step_pattern, integer) IS
'what followed the steps, place by place';

CREATE AGGREGATE next_events(j event_journey, steps step_pattern) (
    SFUNC = flow_summary_next,
    STYPE = internal,
    SSPACE = 2048,
    FINALFUNC = flow_summary_final,
    COMBINEFUNC = flow_summary_combine,
    SERIALFUNC = flow_summary_serialize,
    DESERIALFUNC = flow_summary_deserialize,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE next_events(event_journey, step_pattern) IS
'what came next for those who began the steps and did not finish them';

CREATE AGGREGATE next_events(j event_journey, steps step_pattern, as_of timestamptz) (
    SFUNC = flow_summary_next,
    STYPE = internal,
    SSPACE = 2048,
    FINALFUNC = flow_summary_final,
    COMBINEFUNC = flow_summary_combine,
    SERIALFUNC = flow_summary_serialize,
    DESERIALFUNC = flow_summary_deserialize,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE next_events(event_journey, step_pattern, timestamptz) IS
'what came next for those whose time for the steps was over without them';

--
-- Merging
--

CREATE FUNCTION merge(a flow_summary, b flow_summary)
RETURNS flow_summary AS 'MODULE_PATHNAME', 'flow_merge'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION merge(flow_summary, flow_summary) IS
'the actors of both, who must be different ones; NULL is nobody';

CREATE OPERATOR + (
    LEFTARG = flow_summary, RIGHTARG = flow_summary, FUNCTION = merge,
    COMMUTATOR = +
);
COMMENT ON OPERATOR + (flow_summary, flow_summary) IS
'the actors of both, who must be different ones; NULL is nobody';

CREATE AGGREGATE rollup(x flow_summary) (
    SFUNC = flow_summary_accum,
    STYPE = internal,
    SSPACE = 2048,
    FINALFUNC = flow_summary_final,
    COMBINEFUNC = flow_summary_combine,
    SERIALFUNC = flow_summary_serialize,
    DESERIALFUNC = flow_summary_deserialize,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE rollup(flow_summary) IS
'merges summaries of different actors; NULL for none';

--
-- Comparison, for sorting and grouping only
--

CREATE FUNCTION flow_summary_eq(flow_summary, flow_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'flow_eq'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION flow_summary_eq(flow_summary, flow_summary) IS
'implementation of = operator';

CREATE FUNCTION flow_summary_ne(flow_summary, flow_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'flow_ne'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION flow_summary_ne(flow_summary, flow_summary) IS
'implementation of <> operator';

CREATE FUNCTION flow_summary_lt(flow_summary, flow_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'flow_lt'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION flow_summary_lt(flow_summary, flow_summary) IS
'implementation of < operator';

CREATE FUNCTION flow_summary_le(flow_summary, flow_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'flow_le'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION flow_summary_le(flow_summary, flow_summary) IS
'implementation of <= operator';

CREATE FUNCTION flow_summary_gt(flow_summary, flow_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'flow_gt'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION flow_summary_gt(flow_summary, flow_summary) IS
'implementation of > operator';

CREATE FUNCTION flow_summary_ge(flow_summary, flow_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'flow_ge'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION flow_summary_ge(flow_summary, flow_summary) IS
'implementation of >= operator';

CREATE FUNCTION flow_summary_cmp(flow_summary, flow_summary)
RETURNS integer AS 'MODULE_PATHNAME', 'flow_cmp'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION flow_summary_cmp(flow_summary, flow_summary) IS
'btree support';

CREATE FUNCTION flow_summary_hash(flow_summary)
RETURNS integer AS 'MODULE_PATHNAME', 'flow_hash'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION flow_summary_hash(flow_summary) IS
'hash support';

CREATE FUNCTION flow_summary_hash_extended(flow_summary, bigint)
RETURNS bigint AS 'MODULE_PATHNAME', 'flow_hash_extended'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION flow_summary_hash_extended(flow_summary, bigint) IS
'hash support';

CREATE OPERATOR = (
    LEFTARG = flow_summary, RIGHTARG = flow_summary, FUNCTION = flow_summary_eq,
    COMMUTATOR = =, NEGATOR = <>,
    RESTRICT = eqsel, JOIN = eqjoinsel,
    HASHES, MERGES
);
COMMENT ON OPERATOR = (flow_summary, flow_summary) IS
'equal';

CREATE OPERATOR <> (
    LEFTARG = flow_summary, RIGHTARG = flow_summary, FUNCTION = flow_summary_ne,
    COMMUTATOR = <>, NEGATOR = =,
    RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (flow_summary, flow_summary) IS
'not equal';

CREATE OPERATOR < (
    LEFTARG = flow_summary, RIGHTARG = flow_summary, FUNCTION = flow_summary_lt,
    COMMUTATOR = >, NEGATOR = >=,
    RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (flow_summary, flow_summary) IS
'less than, in an order for sorting only';

CREATE OPERATOR <= (
    LEFTARG = flow_summary, RIGHTARG = flow_summary, FUNCTION = flow_summary_le,
    COMMUTATOR = >=, NEGATOR = >,
    RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (flow_summary, flow_summary) IS
'less than or equal, in an order for sorting only';

CREATE OPERATOR > (
    LEFTARG = flow_summary, RIGHTARG = flow_summary, FUNCTION = flow_summary_gt,
    COMMUTATOR = <, NEGATOR = <=,
    RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (flow_summary, flow_summary) IS
'greater than, in an order for sorting only';

CREATE OPERATOR >= (
    LEFTARG = flow_summary, RIGHTARG = flow_summary, FUNCTION = flow_summary_ge,
    COMMUTATOR = <=, NEGATOR = <,
    RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (flow_summary, flow_summary) IS
'greater than or equal, in an order for sorting only';

CREATE OPERATOR CLASS flow_summary_ops DEFAULT FOR TYPE flow_summary USING btree AS
    OPERATOR 1 <,
    OPERATOR 2 <=,
    OPERATOR 3 =,
    OPERATOR 4 >=,
    OPERATOR 5 >,
    FUNCTION 1 flow_summary_cmp(flow_summary, flow_summary);
COMMENT ON OPERATOR FAMILY flow_summary_ops USING btree IS
'equality, and an order for sorting only';

COMMENT ON OPERATOR CLASS flow_summary_ops USING btree IS
'equality, and an order for sorting only';

CREATE OPERATOR CLASS flow_summary_ops DEFAULT FOR TYPE flow_summary USING hash AS
    OPERATOR 1 =,
    FUNCTION 1 flow_summary_hash(flow_summary),
    FUNCTION 2 flow_summary_hash_extended(flow_summary, bigint);
COMMENT ON OPERATOR FAMILY flow_summary_ops USING hash IS
'equality';

COMMENT ON OPERATOR CLASS flow_summary_ops USING hash IS
'equality';

--
-- Casts
--

CREATE FUNCTION flow_summary_to_json(flow_summary)
RETURNS json AS 'MODULE_PATHNAME', 'flow_to_json'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION flow_summary_to_json(flow_summary) IS
'the text form as json';

CREATE FUNCTION flow_summary_to_jsonb(flow_summary)
RETURNS jsonb AS 'MODULE_PATHNAME', 'flow_to_jsonb'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION flow_summary_to_jsonb(flow_summary) IS
'the text form as jsonb';

CREATE CAST (flow_summary AS json) WITH FUNCTION flow_summary_to_json(flow_summary);
COMMENT ON CAST (flow_summary AS json) IS
'the text form as json';

CREATE CAST (flow_summary AS jsonb) WITH FUNCTION flow_summary_to_jsonb(flow_summary);
COMMENT ON CAST (flow_summary AS jsonb) IS
'the text form as jsonb';
--
-- Verbs
--

CREATE FUNCTION report(
    x flow_summary,
    OUT step integer,
    OUT source text,
    OUT target text,
    OUT actors bigint)
RETURNS SETOF record
AS 'MODULE_PATHNAME', 'flow_report'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100 ROWS 100;

COMMENT ON FUNCTION report(flow_summary) IS
'a row per source and target, whose labels begin with their place: how many went this way';

CREATE FUNCTION n(x flow_summary)
RETURNS bigint AS 'MODULE_PATHNAME', 'flow_n'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;

COMMENT ON FUNCTION n(flow_summary) IS
'number of actors';

CREATE FUNCTION minimum_base(x flow_summary, n bigint)
RETURNS flow_summary AS 'MODULE_PATHNAME', 'flow_minimum_base'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;

COMMENT ON FUNCTION minimum_base(flow_summary, bigint) IS
'x, or NULL when it has fewer than n actors';

CREATE FUNCTION chart(x flow_summary, width integer DEFAULT 72)
RETURNS text AS 'MODULE_PATHNAME', 'flow_chart'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION chart(flow_summary, integer) IS
'a picture in text, for psql';

CREATE FUNCTION svg(x flow_summary)
RETURNS text AS 'MODULE_PATHNAME', 'flow_svg'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION svg(flow_summary) IS
'a picture as SVG';

--
-- Accessors
--

CREATE FUNCTION pattern(x flow_summary)
RETURNS step_pattern AS 'MODULE_PATHNAME', 'flow_pattern'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION pattern(flow_summary) IS
'the pattern';
--
-- Journeys whose events are changes of a state
--

-- not strict, as an end that is not known may be NULL
CREATE FUNCTION state_durations(
    j event_journey,
    until_at timestamptz DEFAULT NULL,
    OUT step integer,
    OUT state text,
    OUT occurrence integer,
    OUT started_at timestamptz,
    OUT ended_at timestamptz,
    OUT seconds double precision,
    OUT finished boolean)
RETURNS SETOF record
AS 'MODULE_PATHNAME', 'journey_state_durations'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100 ROWS 10;

COMMENT ON FUNCTION state_durations(event_journey, timestamptz) IS
'a row per visit to a state: how long it lasted; the last one is not finished';

CREATE FUNCTION state_at(j event_journey, at timestamptz)
RETURNS text AS 'MODULE_PATHNAME', 'journey_state_at'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;

COMMENT ON FUNCTION state_at(event_journey, timestamptz) IS
'the last event at or before an instant; NULL before the first';

CREATE FUNCTION transitions(
    j event_journey,
    OUT step integer,
    OUT source text,
    OUT target text,
    OUT seconds double precision)
RETURNS SETOF record
AS 'MODULE_PATHNAME', 'journey_transitions'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100 ROWS 10;

COMMENT ON FUNCTION transitions(event_journey) IS
'a row per event and the one after it: how long it took from one to the other';
--
-- Type retention_summary
--

CREATE FUNCTION retention_summary_in(cstring)
RETURNS retention_summary AS 'MODULE_PATHNAME', 'retention_in'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_in(cstring) IS
'I/O';

CREATE FUNCTION retention_summary_out(retention_summary)
RETURNS cstring AS 'MODULE_PATHNAME', 'retention_out'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_out(retention_summary) IS
'I/O';

CREATE FUNCTION retention_summary_recv(internal)
RETURNS retention_summary AS 'MODULE_PATHNAME', 'retention_recv'
LANGUAGE C STABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_recv(internal) IS
'I/O';

CREATE FUNCTION retention_summary_send(retention_summary)
RETURNS bytea AS 'MODULE_PATHNAME', 'retention_send'
LANGUAGE C STABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_send(retention_summary) IS
'I/O';

CREATE TYPE retention_summary (
    INPUT = retention_summary_in,
    OUTPUT = retention_summary_out,
    RECEIVE = retention_summary_recv,
    SEND = retention_summary_send,
    INTERNALLENGTH = VARIABLE,
    ALIGNMENT = double,
    STORAGE = external
);

COMMENT ON TYPE retention_summary IS
'when actors came first, and in which periods they came back';

--
-- Aggregates over rows: they need all events of an actor in one place, so that they do not combine
--

CREATE FUNCTION retention_summary_final(internal)
RETURNS retention_summary AS 'MODULE_PATHNAME', 'retention_final'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_final(internal) IS
'aggregate final function';

CREATE FUNCTION retention_summary_accum(internal, bigint, timestamptz, text)
RETURNS internal AS 'MODULE_PATHNAME', 'retention_accum_bigint'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_accum(internal, bigint, timestamptz, text) IS
'aggregate transition function';

CREATE AGGREGATE retention(
    actor bigint, at timestamptz, period text) (
    SFUNC = retention_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = retention_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE retention(bigint, timestamptz, text) IS
'in which periods actors came back after their first event';

CREATE FUNCTION retention_summary_accum(internal, bigint, timestamptz, text, text)
RETURNS internal AS 'MODULE_PATHNAME', 'retention_accum_bigint'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_accum(internal, bigint, timestamptz, text, text) IS
'aggregate transition function';

CREATE AGGREGATE retention(
    actor bigint, at timestamptz, period text, timezone text) (
    SFUNC = retention_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = retention_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE retention(bigint, timestamptz, text, text) IS
'in which periods actors came back after their first event';

CREATE FUNCTION retention_summary_accum(internal, bigint, timestamptz, text, text, text, text)
RETURNS internal AS 'MODULE_PATHNAME', 'retention_accum_bigint'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_accum(internal, bigint, timestamptz, text, text, text, text) IS
'aggregate transition function';

CREATE AGGREGATE retention(
    actor bigint, at timestamptz, event text, first text, return text, period text) (
    SFUNC = retention_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = retention_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE retention(bigint, timestamptz, text, text, text, text) IS
'in which periods actors came back with one event after another';

CREATE FUNCTION retention_summary_accum(internal, bigint, timestamptz, text, text, text, text, text)
RETURNS internal AS 'MODULE_PATHNAME', 'retention_accum_bigint'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_accum(internal, bigint, timestamptz, text, text, text, text, text) IS
'aggregate transition function';

CREATE AGGREGATE retention(
    actor bigint, at timestamptz, event text, first text, return text, period text, timezone text) (
    SFUNC = retention_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = retention_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE retention(bigint, timestamptz, text, text, text, text, text) IS
'in which periods actors came back with one event after another';

CREATE FUNCTION retention_summary_accum(internal, bigint, timestamp, text)
RETURNS internal AS 'MODULE_PATHNAME', 'retention_accum_bigint'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_accum(internal, bigint, timestamp, text) IS
'aggregate transition function';

CREATE AGGREGATE retention(
    actor bigint, at timestamp, period text) (
    SFUNC = retention_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = retention_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE retention(bigint, timestamp, text) IS
'in which periods actors came back after their first event';

CREATE FUNCTION retention_summary_accum(internal, bigint, timestamp, text, text, text, text)
RETURNS internal AS 'MODULE_PATHNAME', 'retention_accum_bigint'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_accum(internal, bigint, timestamp, text, text, text, text) IS
'aggregate transition function';

CREATE AGGREGATE retention(
    actor bigint, at timestamp, event text, first text, return text, period text) (
    SFUNC = retention_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = retention_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE retention(bigint, timestamp, text, text, text, text) IS
'in which periods actors came back with one event after another';

CREATE FUNCTION retention_summary_accum(internal, bigint, date, text)
RETURNS internal AS 'MODULE_PATHNAME', 'retention_accum_bigint_date'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_accum(internal, bigint, date, text) IS
'aggregate transition function';

CREATE AGGREGATE retention(
    actor bigint, at date, period text) (
    SFUNC = retention_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = retention_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE retention(bigint, date, text) IS
'in which periods actors came back after their first event';

CREATE FUNCTION retention_summary_accum(internal, bigint, date, text, text, text, text)
RETURNS internal AS 'MODULE_PATHNAME', 'retention_accum_bigint_date'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_accum(internal, bigint, date, text, text, text, text) IS
'aggregate transition function';

CREATE AGGREGATE retention(
    actor bigint, at date, event text, first text, return text, period text) (
    SFUNC = retention_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = retention_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE retention(bigint, date, text, text, text, text) IS
'in which periods actors came back with one event after another';

CREATE FUNCTION retention_summary_accum(internal, uuid, timestamptz, text)
RETURNS internal AS 'MODULE_PATHNAME', 'retention_accum_uuid'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_accum(internal, uuid, timestamptz, text) IS
'aggregate transition function';

CREATE AGGREGATE retention(
    actor uuid, at timestamptz, period text) (
    SFUNC = retention_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = retention_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE retention(uuid, timestamptz, text) IS
'in which periods actors came back after their first event';

CREATE FUNCTION retention_summary_accum(internal, uuid, timestamptz, text, text)
RETURNS internal AS 'MODULE_PATHNAME', 'retention_accum_uuid'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_accum(internal, uuid, timestamptz, text, text) IS
'aggregate transition function';

CREATE AGGREGATE retention(
    actor uuid, at timestamptz, period text, timezone text) (
    SFUNC = retention_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = retention_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE retention(uuid, timestamptz, text, text) IS
'in which periods actors came back after their first event';

CREATE FUNCTION retention_summary_accum(internal, uuid, timestamptz, text, text, text, text)
RETURNS internal AS 'MODULE_PATHNAME', 'retention_accum_uuid'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_accum(internal, uuid, timestamptz, text, text, text, text) IS
'aggregate transition function';

CREATE AGGREGATE retention(
    actor uuid, at timestamptz, event text, first text, return text, period text) (
    SFUNC = retention_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = retention_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE retention(uuid, timestamptz, text, text, text, text) IS
'in which periods actors came back with one event after another';

CREATE FUNCTION retention_summary_accum(internal, uuid, timestamptz, text, text, text, text, text)
RETURNS internal AS 'MODULE_PATHNAME', 'retention_accum_uuid'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_accum(internal, uuid, timestamptz, text, text, text, text, text) IS
'aggregate transition function';

CREATE AGGREGATE retention(
    actor uuid, at timestamptz, event text, first text, return text, period text, timezone text) (
    SFUNC = retention_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = retention_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE retention(uuid, timestamptz, text, text, text, text, text) IS
'in which periods actors came back with one event after another';

CREATE FUNCTION retention_summary_accum(internal, uuid, timestamp, text)
RETURNS internal AS 'MODULE_PATHNAME', 'retention_accum_uuid'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_accum(internal, uuid, timestamp, text) IS
'aggregate transition function';

CREATE AGGREGATE retention(
    actor uuid, at timestamp, period text) (
    SFUNC = retention_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = retention_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE retention(uuid, timestamp, text) IS
'in which periods actors came back after their first event';

CREATE FUNCTION retention_summary_accum(internal, uuid, timestamp, text, text, text, text)
RETURNS internal AS 'MODULE_PATHNAME', 'retention_accum_uuid'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_accum(internal, uuid, timestamp, text, text, text, text) IS
'aggregate transition function';

CREATE AGGREGATE retention(
    actor uuid, at timestamp, event text, first text, return text, period text) (
    SFUNC = retention_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = retention_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE retention(uuid, timestamp, text, text, text, text) IS
'in which periods actors came back with one event after another';

CREATE FUNCTION retention_summary_accum(internal, uuid, date, text)
RETURNS internal AS 'MODULE_PATHNAME', 'retention_accum_uuid_date'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_accum(internal, uuid, date, text) IS
'aggregate transition function';

CREATE AGGREGATE retention(
    actor uuid, at date, period text) (
    SFUNC = retention_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = retention_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE retention(uuid, date, text) IS
'in which periods actors came back after their first event';

CREATE FUNCTION retention_summary_accum(internal, uuid, date, text, text, text, text)
RETURNS internal AS 'MODULE_PATHNAME', 'retention_accum_uuid_date'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_accum(internal, uuid, date, text, text, text, text) IS
'aggregate transition function';

CREATE AGGREGATE retention(
    actor uuid, at date, event text, first text, return text, period text) (
    SFUNC = retention_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = retention_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE retention(uuid, date, text, text, text, text) IS
'in which periods actors came back with one event after another';

CREATE FUNCTION retention_summary_accum(internal, text, timestamptz, text)
RETURNS internal AS 'MODULE_PATHNAME', 'retention_accum_text'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_accum(internal, text, timestamptz, text) IS
'aggregate transition function';

CREATE AGGREGATE retention(
    actor text, at timestamptz, period text) (
    SFUNC = retention_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = retention_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE retention(text, timestamptz, text) IS
'in which periods actors came back after their first event';

CREATE FUNCTION retention_summary_accum(internal, text, timestamptz, text, text)
RETURNS internal AS 'MODULE_PATHNAME', 'retention_accum_text'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_accum(internal, text, timestamptz, text, text) IS
'aggregate transition function';

CREATE AGGREGATE retention(
    actor text, at timestamptz, period text, timezone text) (
    SFUNC = retention_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = retention_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE retention(text, timestamptz, text, text) IS
'in which periods actors came back after their first event';

CREATE FUNCTION retention_summary_accum(internal, text, timestamptz, text, text, text, text)
RETURNS internal AS 'MODULE_PATHNAME', 'retention_accum_text'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_accum(internal, text, timestamptz, text, text, text, text) IS
'aggregate transition function';

CREATE AGGREGATE retention(
    actor text, at timestamptz, event text, first text, return text, period text) (
    SFUNC = retention_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = retention_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE retention(text, timestamptz, text, text, text, text) IS
'in which periods actors came back with one event after another';

CREATE FUNCTION retention_summary_accum(internal, text, timestamptz, text, text, text, text, text)
RETURNS internal AS 'MODULE_PATHNAME', 'retention_accum_text'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_accum(internal, text, timestamptz, text, text, text, text, text) IS
'aggregate transition function';

CREATE AGGREGATE retention(
    actor text, at timestamptz, event text, first text, return text, period text, timezone text) (
    SFUNC = retention_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = retention_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE retention(text, timestamptz, text, text, text, text, text) IS
'in which periods actors came back with one event after another';

CREATE FUNCTION retention_summary_accum(internal, text, timestamp, text)
RETURNS internal AS 'MODULE_PATHNAME', 'retention_accum_text'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_accum(internal, text, timestamp, text) IS
'aggregate transition function';

CREATE AGGREGATE retention(
    actor text, at timestamp, period text) (
    SFUNC = retention_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = retention_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE retention(text, timestamp, text) IS
'in which periods actors came back after their first event';

CREATE FUNCTION retention_summary_accum(internal, text, timestamp, text, text, text, text)
RETURNS internal AS 'MODULE_PATHNAME', 'retention_accum_text'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_accum(internal, text, timestamp, text, text, text, text) IS
'aggregate transition function';

CREATE AGGREGATE retention(
    actor text, at timestamp, event text, first text, return text, period text) (
    SFUNC = retention_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = retention_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE retention(text, timestamp, text, text, text, text) IS
'in which periods actors came back with one event after another';

CREATE FUNCTION retention_summary_accum(internal, text, date, text)
RETURNS internal AS 'MODULE_PATHNAME', 'retention_accum_text_date'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_accum(internal, text, date, text) IS
'aggregate transition function';

CREATE AGGREGATE retention(
    actor text, at date, period text) (
    SFUNC = retention_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = retention_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE retention(text, date, text) IS
'in which periods actors came back after their first event';

CREATE FUNCTION retention_summary_accum(internal, text, date, text, text, text, text)
RETURNS internal AS 'MODULE_PATHNAME', 'retention_accum_text_date'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_accum(internal, text, date, text, text, text, text) IS
'aggregate transition function';

CREATE AGGREGATE retention(
    actor text, at date, event text, first text, return text, period text) (
    SFUNC = retention_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = retention_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE retention(text, date, text, text, text, text) IS
'in which periods actors came back with one event after another';

--
-- Merging
--

CREATE FUNCTION merge(a retention_summary, b retention_summary)
RETURNS retention_summary AS 'MODULE_PATHNAME', 'retention_merge'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION merge(retention_summary, retention_summary) IS
'the actors of both, who must be different; NULL is none';

CREATE OPERATOR + (
    LEFTARG = retention_summary, RIGHTARG = retention_summary, FUNCTION = merge,
    COMMUTATOR = +
);
COMMENT ON OPERATOR + (retention_summary, retention_summary) IS
'the actors of both, who must be different; NULL is none';

CREATE FUNCTION retention_summary_accum(internal, retention_summary)
RETURNS internal AS 'MODULE_PATHNAME', 'retention_rollup_accum'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_accum(internal, retention_summary) IS
'aggregate transition function';

CREATE FUNCTION retention_summary_combine(internal, internal)
RETURNS internal AS 'MODULE_PATHNAME', 'retention_rollup_combine'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_combine(internal, internal) IS
'aggregate combine function';

CREATE FUNCTION retention_summary_serialize(internal)
RETURNS bytea AS 'MODULE_PATHNAME', 'retention_rollup_serialize'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_serialize(internal) IS
'aggregate serialization function';

CREATE FUNCTION retention_summary_deserialize(bytea, internal)
RETURNS internal AS 'MODULE_PATHNAME', 'retention_rollup_deserialize'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_deserialize(bytea, internal) IS
'aggregate deserialization function';

CREATE FUNCTION retention_summary_rollup_final(internal)
RETURNS retention_summary AS 'MODULE_PATHNAME', 'retention_rollup_final'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_rollup_final(internal) IS
'aggregate final function';

CREATE AGGREGATE rollup(x retention_summary) (
    SFUNC = retention_summary_accum,
    STYPE = internal,
    SSPACE = 2048,
    FINALFUNC = retention_summary_rollup_final,
    COMBINEFUNC = retention_summary_combine,
    SERIALFUNC = retention_summary_serialize,
    DESERIALFUNC = retention_summary_deserialize,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE rollup(retention_summary) IS
'merges summaries of different actors; NULL for none';

--
-- Comparison, for sorting and grouping only
--

CREATE FUNCTION retention_summary_eq(retention_summary, retention_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'retention_eq'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_eq(retention_summary, retention_summary) IS
'implementation of = operator';

CREATE FUNCTION retention_summary_ne(retention_summary, retention_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'retention_ne'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_ne(retention_summary, retention_summary) IS
'implementation of <> operator';

CREATE FUNCTION retention_summary_lt(retention_summary, retention_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'retention_lt'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_lt(retention_summary, retention_summary) IS
'implementation of < operator';

CREATE FUNCTION retention_summary_le(retention_summary, retention_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'retention_le'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_le(retention_summary, retention_summary) IS
'implementation of <= operator';

CREATE FUNCTION retention_summary_gt(retention_summary, retention_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'retention_gt'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_gt(retention_summary, retention_summary) IS
'implementation of > operator';

CREATE FUNCTION retention_summary_ge(retention_summary, retention_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'retention_ge'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_ge(retention_summary, retention_summary) IS
'implementation of >= operator';

CREATE FUNCTION retention_summary_cmp(retention_summary, retention_summary)
RETURNS integer AS 'MODULE_PATHNAME', 'retention_cmp'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_cmp(retention_summary, retention_summary) IS
'btree support';

CREATE FUNCTION retention_summary_hash(retention_summary)
RETURNS integer AS 'MODULE_PATHNAME', 'retention_hash'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_hash(retention_summary) IS
'hash support';

CREATE FUNCTION retention_summary_hash_extended(retention_summary, bigint)
RETURNS bigint AS 'MODULE_PATHNAME', 'retention_hash_extended'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_hash_extended(retention_summary, bigint) IS
'hash support';

CREATE OPERATOR = (
    LEFTARG = retention_summary, RIGHTARG = retention_summary, FUNCTION = retention_summary_eq,
    COMMUTATOR = =, NEGATOR = <>,
    RESTRICT = eqsel, JOIN = eqjoinsel,
    HASHES, MERGES
);
COMMENT ON OPERATOR = (retention_summary, retention_summary) IS
'equal';

CREATE OPERATOR <> (
    LEFTARG = retention_summary, RIGHTARG = retention_summary, FUNCTION = retention_summary_ne,
    COMMUTATOR = <>, NEGATOR = =,
    RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (retention_summary, retention_summary) IS
'not equal';

CREATE OPERATOR < (
    LEFTARG = retention_summary, RIGHTARG = retention_summary, FUNCTION = retention_summary_lt,
    COMMUTATOR = >, NEGATOR = >=,
    RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (retention_summary, retention_summary) IS
'less than, in an order for sorting only';

CREATE OPERATOR <= (
    LEFTARG = retention_summary, RIGHTARG = retention_summary, FUNCTION = retention_summary_le,
    COMMUTATOR = >=, NEGATOR = >,
    RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (retention_summary, retention_summary) IS
'less than or equal, in an order for sorting only';

CREATE OPERATOR > (
    LEFTARG = retention_summary, RIGHTARG = retention_summary, FUNCTION = retention_summary_gt,
    COMMUTATOR = <, NEGATOR = <=,
    RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (retention_summary, retention_summary) IS
'greater than, in an order for sorting only';

CREATE OPERATOR >= (
    LEFTARG = retention_summary, RIGHTARG = retention_summary, FUNCTION = retention_summary_ge,
    COMMUTATOR = <=, NEGATOR = <,
    RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (retention_summary, retention_summary) IS
'greater than or equal, in an order for sorting only';

CREATE OPERATOR CLASS retention_summary_ops DEFAULT FOR TYPE retention_summary USING btree AS
    OPERATOR 1 <,
    OPERATOR 2 <=,
    OPERATOR 3 =,
    OPERATOR 4 >=,
    OPERATOR 5 >,
    FUNCTION 1 retention_summary_cmp(retention_summary, retention_summary);
COMMENT ON OPERATOR FAMILY retention_summary_ops USING btree IS
'equality, and an order for sorting only';

COMMENT ON OPERATOR CLASS retention_summary_ops USING btree IS
'equality, and an order for sorting only';

CREATE OPERATOR CLASS retention_summary_ops DEFAULT FOR TYPE retention_summary USING hash AS
    OPERATOR 1 =,
    FUNCTION 1 retention_summary_hash(retention_summary),
    FUNCTION 2 retention_summary_hash_extended(retention_summary, bigint);
COMMENT ON OPERATOR FAMILY retention_summary_ops USING hash IS
'equality';

COMMENT ON OPERATOR CLASS retention_summary_ops USING hash IS
'equality';

--
-- Casts
--

CREATE FUNCTION retention_summary_to_json(retention_summary)
RETURNS json AS 'MODULE_PATHNAME', 'retention_to_json'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_to_json(retention_summary) IS
'the text form as json';

CREATE FUNCTION retention_summary_to_jsonb(retention_summary)
RETURNS jsonb AS 'MODULE_PATHNAME', 'retention_to_jsonb'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_to_jsonb(retention_summary) IS
'the text form as jsonb';

CREATE CAST (retention_summary AS json) WITH FUNCTION retention_summary_to_json(retention_summary);
COMMENT ON CAST (retention_summary AS json) IS
'the text form as json';

CREATE CAST (retention_summary AS jsonb) WITH FUNCTION retention_summary_to_jsonb(retention_summary);
COMMENT ON CAST (retention_summary AS jsonb) IS
'the text form as jsonb';

--
-- retention() over journeys: an actor is in one value, so that states are small and combine
--

CREATE FUNCTION retention_summary_journey_combine(internal, internal)
RETURNS internal AS 'MODULE_PATHNAME', 'retention_journey_combine'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_journey_combine(internal, internal) IS
'aggregate combine function';

CREATE FUNCTION retention_summary_journey_serialize(internal)
RETURNS bytea AS 'MODULE_PATHNAME', 'retention_journey_serialize'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_journey_serialize(internal) IS
'aggregate serialization function';

CREATE FUNCTION retention_summary_journey_deserialize(bytea, internal)
RETURNS internal AS 'MODULE_PATHNAME', 'retention_journey_deserialize'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_journey_deserialize(bytea, internal) IS
'aggregate deserialization function';

CREATE FUNCTION retention_summary_journey_final(internal)
RETURNS retention_summary AS 'MODULE_PATHNAME', 'retention_journey_final'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_journey_final(internal) IS
'aggregate final function';

CREATE FUNCTION retention_summary_accum(internal, event_journey, text)
RETURNS internal AS 'MODULE_PATHNAME', 'retention_journey_accum'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10;

COMMENT ON FUNCTION retention_summary_accum(internal, event_journey, text) IS
'aggregate transition function';

CREATE AGGREGATE retention(j event_journey, period text) (
    SFUNC = retention_summary_accum,
    STYPE = internal,
    SSPACE = 2048,
    FINALFUNC = retention_summary_journey_final,
    COMBINEFUNC = retention_summary_journey_combine,
    SERIALFUNC = retention_summary_journey_serialize,
    DESERIALFUNC = retention_summary_journey_deserialize,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE retention(event_journey, text) IS
'in which periods actors came back after their first event';

CREATE FUNCTION retention_summary_accum(internal, event_journey, text, text)
RETURNS internal AS 'MODULE_PATHNAME', 'retention_journey_accum'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10;

COMMENT ON FUNCTION retention_summary_accum(internal, event_journey, text, text) IS
'aggregate transition function';

CREATE AGGREGATE retention(j event_journey, period text, timezone text) (
    SFUNC = retention_summary_accum,
    STYPE = internal,
    SSPACE = 2048,
    FINALFUNC = retention_summary_journey_final,
    COMBINEFUNC = retention_summary_journey_combine,
    SERIALFUNC = retention_summary_journey_serialize,
    DESERIALFUNC = retention_summary_journey_deserialize,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE retention(event_journey, text, text) IS
'in which periods actors came back after their first event';

CREATE FUNCTION retention_summary_accum(internal, event_journey, text, text, text)
RETURNS internal AS 'MODULE_PATHNAME', 'retention_journey_accum'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10;

COMMENT ON FUNCTION retention_summary_accum(internal, event_journey, text, text, text) IS
'aggregate transition function';

CREATE AGGREGATE retention(j event_journey, first text, return text, period text) (
    SFUNC = retention_summary_accum,
    STYPE = internal,
    SSPACE = 2048,
    FINALFUNC = retention_summary_journey_final,
    COMBINEFUNC = retention_summary_journey_combine,
    SERIALFUNC = retention_summary_journey_serialize,
    DESERIALFUNC = retention_summary_journey_deserialize,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE retention(event_journey, text, text, text) IS
'in which periods actors came back with one event after another';

CREATE FUNCTION retention_summary_accum(internal, event_journey, text, text, text, text)
RETURNS internal AS 'MODULE_PATHNAME', 'retention_journey_accum'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10;

COMMENT ON FUNCTION retention_summary_accum(internal, event_journey, text, text, text, text) IS
'aggregate transition function';

CREATE AGGREGATE retention(j event_journey, first text, return text, period text, timezone text) (
    SFUNC = retention_summary_accum,
    STYPE = internal,
    SSPACE = 2048,
    FINALFUNC = retention_summary_journey_final,
    COMBINEFUNC = retention_summary_journey_combine,
    SERIALFUNC = retention_summary_journey_serialize,
    DESERIALFUNC = retention_summary_journey_deserialize,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE retention(event_journey, text, text, text, text) IS
'in which periods actors came back with one event after another';
--
-- Verbs
--

CREATE FUNCTION report(
    x retention_summary,
    rolling boolean DEFAULT false,
    as_of timestamptz DEFAULT NULL,
    confidence double precision DEFAULT 0.95,
    OUT cohort date,
    OUT period integer,
    OUT actors bigint,
    OUT cohort_size bigint,
    OUT share double precision,
    OUT low double precision,
    OUT high double precision,
    OUT complete boolean)
RETURNS SETOF record
AS 'MODULE_PATHNAME', 'retention_report'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 100;

COMMENT ON FUNCTION report(retention_summary, boolean, timestamptz, double precision) IS
'a row per cohort and period: how many came back, as a share with its interval';

CREATE FUNCTION curve(
    x retention_summary,
    rolling boolean DEFAULT false,
    as_of timestamptz DEFAULT NULL,
    confidence double precision DEFAULT 0.95,
    OUT period integer,
    OUT actors bigint,
    OUT cohort_size bigint,
    OUT share double precision,
    OUT low double precision,
    OUT high double precision,
    OUT cohorts bigint)
RETURNS SETOF record
AS 'MODULE_PATHNAME', 'retention_curve'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 10;

COMMENT ON FUNCTION curve(retention_summary, boolean, timestamptz, double precision) IS
'a row per period: how many came back of all cohorts whose period is over';

CREATE FUNCTION retained(
    x retention_summary,
    period integer,
    rolling boolean DEFAULT false,
    as_of timestamptz DEFAULT NULL)
RETURNS rate_summary AS 'MODULE_PATHNAME', 'retention_retained'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;

COMMENT ON FUNCTION retained(retention_summary, integer, boolean, timestamptz) IS
'actors who came back so many periods later as successes; those whose period is not over are undecided';

CREATE FUNCTION lifecycle(
    x retention_summary,
    as_of timestamptz DEFAULT NULL,
    OUT period_start date,
    OUT actors bigint,
    OUT new bigint,
    OUT "returning" bigint,
    OUT resurrected bigint,
    OUT dormant bigint,
    OUT complete boolean)
RETURNS SETOF record
AS 'MODULE_PATHNAME', 'retention_lifecycle'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 10;

COMMENT ON FUNCTION lifecycle(retention_summary, timestamptz) IS
'a row per period: actors who are new, were there before, are back, and have gone';

CREATE FUNCTION stickiness(
    x retention_summary,
    periods integer DEFAULT NULL,
    as_of timestamptz DEFAULT NULL,
    OUT period_start date,
    OUT actors bigint,
    OUT window_actors bigint,
    OUT mean_actors double precision,
    OUT share double precision,
    OUT complete boolean)
RETURNS SETOF record
AS 'MODULE_PATHNAME', 'retention_stickiness'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 10;

COMMENT ON FUNCTION stickiness(retention_summary, integer, timestamptz) IS
'a row per period: mean actors of a period over the different actors of a window of them';

CREATE FUNCTION n(x retention_summary)
RETURNS bigint AS 'MODULE_PATHNAME', 'retention_n'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION n(retention_summary) IS
'number of actors';

CREATE FUNCTION latest(x retention_summary)
RETURNS timestamptz AS 'MODULE_PATHNAME', 'retention_latest'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION latest(retention_summary) IS
'time of the last event seen';

CREATE FUNCTION minimum_base(x retention_summary, n bigint)
RETURNS retention_summary AS 'MODULE_PATHNAME', 'retention_minimum_base'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION minimum_base(retention_summary, bigint) IS
'x, or NULL when there are fewer than n actors';

CREATE FUNCTION chart(x retention_summary, width integer DEFAULT 72)
RETURNS text AS 'MODULE_PATHNAME', 'retention_chart'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;

COMMENT ON FUNCTION chart(retention_summary, integer) IS
'a picture in text, for psql';

CREATE FUNCTION svg(x retention_summary)
RETURNS text AS 'MODULE_PATHNAME', 'retention_svg'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;

COMMENT ON FUNCTION svg(retention_summary) IS
'a picture as SVG';
--
-- Estimates of many groups
--

CREATE TYPE shrunken_estimate AS (
    estimate double precision,
    low double precision,
    high double precision,
    shrinkage double precision);

COMMENT ON TYPE shrunken_estimate IS
'what shrink returns: the estimate, its interval, and how far it went towards the mean of all';

CREATE FUNCTION shrink(x nps_summary, confidence double precision DEFAULT 0.95)
RETURNS shrunken_estimate AS 'MODULE_PATHNAME', 'nps_shrink'
LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION shrink(nps_summary, double precision) IS
'score drawn towards that of all groups in its window partition: empirical Bayes';

CREATE FUNCTION shrink(x likert_summary, confidence double precision DEFAULT 0.95)
RETURNS shrunken_estimate AS 'MODULE_PATHNAME', 'likert_shrink'
LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION shrink(likert_summary, double precision) IS
'mean drawn towards that of all groups in its window partition: empirical Bayes';

CREATE FUNCTION shrink(x rate_summary, confidence double precision DEFAULT 0.95)
RETURNS shrunken_estimate AS 'MODULE_PATHNAME', 'rate_shrink'
LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION shrink(rate_summary, double precision) IS
'share drawn towards that of all groups in its window partition: empirical Bayes';

CREATE FUNCTION shrink(x sample_summary, confidence double precision DEFAULT 0.95)
RETURNS shrunken_estimate AS 'MODULE_PATHNAME', 'sample_shrink'
LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION shrink(sample_summary, double precision) IS
'mean drawn towards that of all groups in its window partition: empirical Bayes';

CREATE FUNCTION shrink(
    estimate double precision,
    standard_error double precision,
    confidence double precision DEFAULT 0.95)
RETURNS shrunken_estimate AS 'MODULE_PATHNAME', 'number_shrink'
LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION shrink(double precision, double precision, double precision) IS
'estimate drawn towards those of all groups in its window partition: empirical Bayes';
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
--
-- Index of components
--

CREATE TYPE experience_score AS (
    estimate double precision,
    low double precision,
    high double precision,
    components bigint,
    missing bigint);

COMMENT ON TYPE experience_score IS
'what experience_index returns: the index, its interval, and how many components it has and lacks';

CREATE TYPE index_component AS (
    score double precision,
    weight_share double precision,
    contribution double precision);

COMMENT ON TYPE index_component IS
'what index_contribution returns: a component from 0 to 100, its share of the weights, what it adds';

CREATE FUNCTION experience_index_accum(double precision[], double precision, double precision, double precision, double precision, double precision)
RETURNS double precision[] AS 'MODULE_PATHNAME', 'experience_index_accum'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION experience_index_accum(double precision[], double precision, double precision, double precision, double precision, double precision) IS
'transition of experience_index';

CREATE FUNCTION experience_index_accum(double precision[], double precision, double precision, double precision, double precision, double precision, text)
RETURNS double precision[] AS 'MODULE_PATHNAME', 'experience_index_accum'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION experience_index_accum(double precision[], double precision, double precision, double precision, double precision, double precision, text) IS
'transition of experience_index';

CREATE FUNCTION experience_index_accum(double precision[], double precision, double precision, double precision, double precision, double precision, text, double precision)
RETURNS double precision[] AS 'MODULE_PATHNAME', 'experience_index_accum'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION experience_index_accum(double precision[], double precision, double precision, double precision, double precision, double precision, text, double precision) IS
'transition of experience_index';

CREATE FUNCTION experience_index_combine(double precision[], double precision[])
RETURNS double precision[] AS 'MODULE_PATHNAME', 'experience_index_combine'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION experience_index_combine(double precision[], double precision[]) IS
'combination of experience_index';

CREATE FUNCTION experience_index_final(double precision[])
RETURNS experience_score AS 'MODULE_PATHNAME', 'experience_index_final'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION experience_index_final(double precision[]) IS
'result of experience_index';

CREATE AGGREGATE experience_index(
    estimate double precision,
    standard_error double precision,
    worst double precision,
    best double precision,
    weight double precision) (
    SFUNC = experience_index_accum,
    STYPE = double precision[],
    COMBINEFUNC = experience_index_combine,
    FINALFUNC = experience_index_final,
    INITCOND = '{0,0,0,0,0,0,0}',
    PARALLEL = SAFE);

COMMENT ON AGGREGATE experience_index(double precision, double precision, double precision, double precision, double precision) IS
'index from 0 to 100 of components measured on scales of their own; NULL when one is missing';

CREATE AGGREGATE experience_index(
    estimate double precision,
    standard_error double precision,
    worst double precision,
    best double precision,
    weight double precision,
    missing text) (
    SFUNC = experience_index_accum,
    STYPE = double precision[],
    COMBINEFUNC = experience_index_combine,
    FINALFUNC = experience_index_final,
    INITCOND = '{0,0,0,0,0,0,0}',
    PARALLEL = SAFE);

COMMENT ON AGGREGATE experience_index(double precision, double precision, double precision, double precision, double precision, text) IS
'the same; missing components require or drop';

CREATE AGGREGATE experience_index(
    estimate double precision,
    standard_error double precision,
    worst double precision,
    best double precision,
    weight double precision,
    missing text,
    confidence double precision) (
    SFUNC = experience_index_accum,
    STYPE = double precision[],
    COMBINEFUNC = experience_index_combine,
    FINALFUNC = experience_index_final,
    INITCOND = '{0,0,0,0,0,0,0}',
    PARALLEL = SAFE);

COMMENT ON AGGREGATE experience_index(double precision, double precision, double precision, double precision, double precision, text, double precision) IS
'the same, with the confidence of its interval';

CREATE FUNCTION index_contribution(
    estimate double precision,
    worst double precision,
    best double precision,
    weight double precision,
    missing text DEFAULT 'require')
RETURNS index_component AS 'MODULE_PATHNAME', 'index_contribution'
LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION index_contribution(double precision, double precision, double precision, double precision, text) IS
'what a component adds to the index of its window partition';
--
-- Pictures of rows
--

CREATE FUNCTION svg_cells_accum(internal, text, double precision, double precision, double precision, text)
RETURNS internal AS 'MODULE_PATHNAME', 'svg_cells_accum'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION svg_cells_accum(internal, text, double precision, double precision, double precision, text) IS
'aggregate transition function';

CREATE FUNCTION svg_cells_final(internal)
RETURNS text AS 'MODULE_PATHNAME', 'svg_cells_final'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;

COMMENT ON FUNCTION svg_cells_final(internal) IS
'aggregate final function';

CREATE AGGREGATE svg_cells(label text, estimate double precision, low double precision, high double precision, title text) (
    SFUNC = svg_cells_accum,
    STYPE = internal,
    SSPACE = 2048,
    FINALFUNC = svg_cells_final,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE svg_cells(text, double precision, double precision, double precision, text) IS
'picture of groups side by side: a dot and its interval for each, as SVG';

CREATE FUNCTION svg_line_accum(internal, date, double precision, double precision, double precision, text)
RETURNS internal AS 'MODULE_PATHNAME', 'svg_line_accum_date'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION svg_line_accum(internal, date, double precision, double precision, double precision, text) IS
'aggregate transition function';

CREATE FUNCTION svg_line_accum(internal, timestamp, double precision, double precision, double precision, text)
RETURNS internal AS 'MODULE_PATHNAME', 'svg_line_accum_timestamp'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION svg_line_accum(internal, timestamp, double precision, double precision, double precision, text) IS
'aggregate transition function';

CREATE FUNCTION svg_line_accum(internal, timestamptz, double precision, double precision, double precision, text)
RETURNS internal AS 'MODULE_PATHNAME', 'svg_line_accum_timestamp'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION svg_line_accum(internal, timestamptz, double precision, double precision, double precision, text) IS
'aggregate transition function';

CREATE FUNCTION svg_line_final(internal)
RETURNS text AS 'MODULE_PATHNAME', 'svg_line_final'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;

COMMENT ON FUNCTION svg_line_final(internal) IS
'aggregate final function';

CREATE AGGREGATE svg_line(at date, estimate double precision, low double precision, high double precision, title text) (
    SFUNC = svg_line_accum,
    STYPE = internal,
    SSPACE = 2048,
    FINALFUNC = svg_line_final,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE svg_line(date, double precision, double precision, double precision, text) IS
'picture of an estimate over time with a band of its interval, as SVG';

CREATE AGGREGATE svg_line(at timestamp, estimate double precision, low double precision, high double precision, title text) (
    SFUNC = svg_line_accum,
    STYPE = internal,
    SSPACE = 2048,
    FINALFUNC = svg_line_final,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE svg_line(timestamp, double precision, double precision, double precision, text) IS
'picture of an estimate over time with a band of its interval, as SVG';

CREATE AGGREGATE svg_line(at timestamptz, estimate double precision, low double precision, high double precision, title text) (
    SFUNC = svg_line_accum,
    STYPE = internal,
    SSPACE = 2048,
    FINALFUNC = svg_line_final,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE svg_line(timestamptz, double precision, double precision, double precision, text) IS
'picture of an estimate over time with a band of its interval, as SVG';

CREATE FUNCTION svg_control_accum(internal, text, double precision, double precision, double precision, double precision, text, text)
RETURNS internal AS 'MODULE_PATHNAME', 'svg_control_accum'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION svg_control_accum(internal, text, double precision, double precision, double precision, double precision, text, text) IS
'aggregate transition function';

CREATE FUNCTION svg_control_final(internal)
RETURNS text AS 'MODULE_PATHNAME', 'svg_control_final'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;

COMMENT ON FUNCTION svg_control_final(internal) IS
'aggregate final function';

CREATE AGGREGATE svg_control(label text, estimate double precision, center double precision, low double precision, high double precision, signal text, title text) (
    SFUNC = svg_control_accum,
    STYPE = internal,
    SSPACE = 2048,
    FINALFUNC = svg_control_final,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE svg_control(text, double precision, double precision, double precision, double precision, text, text) IS
'picture of a control chart, of what control_limits returns, as SVG';
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

CREATE FUNCTION drop_live_rollup(rollup regclass, drop_table boolean DEFAULT false)
RETURNS void AS 'MODULE_PATHNAME', 'drop_live_rollup'
LANGUAGE C STRICT;

COMMENT ON FUNCTION drop_live_rollup(regclass, boolean) IS
'drops the triggers of a live roll-up, and the table when drop_table is true';
--
-- Answers as exports deliver them
--

CREATE FUNCTION within_scale(answer smallint, low integer, high integer)
RETURNS integer AS 'MODULE_PATHNAME', 'within_scale_int2'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION within_scale(smallint, integer, integer) IS
'the answer when it is a whole number on the scale, else NULL';

CREATE FUNCTION within_scale(answer integer, low integer, high integer)
RETURNS integer AS 'MODULE_PATHNAME', 'within_scale_int4'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION within_scale(integer, integer, integer) IS
'the answer when it is a whole number on the scale, else NULL';

CREATE FUNCTION within_scale(answer double precision, low integer, high integer)
RETURNS integer AS 'MODULE_PATHNAME', 'within_scale_float8'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION within_scale(double precision, integer, integer) IS
'the answer when it is a whole number on the scale, else NULL';

CREATE FUNCTION within_scale(answer text, low integer, high integer)
RETURNS integer AS 'MODULE_PATHNAME', 'within_scale_text'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION within_scale(text, integer, integer) IS
'the answer when it is a whole number on the scale, else NULL';

CREATE FUNCTION within_scale(answer jsonb, low integer, high integer)
RETURNS integer AS 'MODULE_PATHNAME', 'within_scale_jsonb'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION within_scale(jsonb, integer, integer) IS
'the answer when it is a whole number on the scale, else NULL';

CREATE FUNCTION on_scale(label text, labels text[])
RETURNS integer AS 'MODULE_PATHNAME', 'on_scale'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION on_scale(text, text[]) IS
'position of a label among the labels of a scale, from 1';

CREATE FUNCTION nps_class(answer smallint)
RETURNS text AS 'MODULE_PATHNAME', 'nps_class_int2'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION nps_class(smallint) IS
'promoter, passive or detractor';

CREATE FUNCTION nps_class(answer integer)
RETURNS text AS 'MODULE_PATHNAME', 'nps_class_int4'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION nps_class(integer) IS
'promoter, passive or detractor';

CREATE FUNCTION nps_class(answer double precision)
RETURNS text AS 'MODULE_PATHNAME', 'nps_class_float8'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION nps_class(double precision) IS
'promoter, passive or detractor';

CREATE FUNCTION nps_points(answer smallint)
RETURNS integer AS 'MODULE_PATHNAME', 'nps_points_int2'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION nps_points(smallint) IS
'100 for a promoter, 0 for a passive, -100 for a detractor';

CREATE FUNCTION nps_points(answer integer)
RETURNS integer AS 'MODULE_PATHNAME', 'nps_points_int4'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION nps_points(integer) IS
'100 for a promoter, 0 for a passive, -100 for a detractor';

CREATE FUNCTION nps_points(answer double precision)
RETURNS integer AS 'MODULE_PATHNAME', 'nps_points_float8'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION nps_points(double precision) IS
'100 for a promoter, 0 for a passive, -100 for a detractor';
--
-- Families of tests
--

CREATE FUNCTION adjust_p_values(p double precision[], method text)
RETURNS double precision[] AS 'MODULE_PATHNAME', 'adjust_p_values'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION adjust_p_values(double precision[], text) IS
'p-values adjusted for how many there are: holm, benjamini-hochberg or bonferroni';

CREATE FUNCTION adjust_p_value(p double precision, method text)
RETURNS double precision AS 'MODULE_PATHNAME', 'adjust_p_value'
LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION adjust_p_value(double precision, text) IS
'p-value adjusted for its window partition: holm, benjamini-hochberg or bonferroni';
--
-- Responses needed
--

CREATE FUNCTION responses_for_nps(
    margin_points double precision,
    confidence double precision DEFAULT 0.95,
    variance double precision DEFAULT 0.6)
RETURNS bigint AS 'MODULE_PATHNAME', 'responses_for_nps'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION responses_for_nps(double precision, double precision, double precision) IS
'responses that give an NPS its margin, in points to either side';

CREATE FUNCTION responses_for_nps_difference(
    difference_points double precision,
    power double precision DEFAULT 0.8,
    confidence double precision DEFAULT 0.95,
    variance_a double precision DEFAULT 0.6,
    variance_b double precision DEFAULT 0.6)
RETURNS bigint AS 'MODULE_PATHNAME', 'responses_for_nps_difference'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION responses_for_nps_difference(double precision, double precision, double precision, double precision, double precision) IS
'responses in each of two groups that show a difference of their NPS, in points';

CREATE FUNCTION responses_for_share(
    margin double precision,
    share double precision DEFAULT 0.5,
    confidence double precision DEFAULT 0.95)
RETURNS bigint AS 'MODULE_PATHNAME', 'responses_for_share'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION responses_for_share(double precision, double precision, double precision) IS
'responses that give a share its margin to either side';

CREATE FUNCTION responses_for_share(
    margin double precision,
    share double precision,
    confidence double precision,
    population bigint)
RETURNS bigint AS 'MODULE_PATHNAME', 'responses_for_share_of_population'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION responses_for_share(double precision, double precision, double precision, bigint) IS
'responses that give a share of a finite population its margin to either side';

CREATE FUNCTION responses_for_share_difference(
    share_a double precision,
    share_b double precision,
    power double precision DEFAULT 0.8,
    confidence double precision DEFAULT 0.95)
RETURNS bigint AS 'MODULE_PATHNAME', 'responses_for_share_difference'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION responses_for_share_difference(double precision, double precision, double precision, double precision) IS
'responses in each of two groups that show the difference of their shares';

--
-- Rates of events
--

CREATE FUNCTION event_rate(
    events bigint,
    exposure double precision,
    confidence double precision DEFAULT 0.95,
    OUT rate double precision,
    OUT low double precision,
    OUT high double precision)
AS 'MODULE_PATHNAME', 'event_rate'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION event_rate(bigint, double precision, double precision) IS
'events per unit of exposure with the exact Poisson interval';
--
-- Standard questionnaires: one score for the answers of one person
--

CREATE FUNCTION sus(VARIADIC answers double precision[])
RETURNS double precision AS 'MODULE_PATHNAME', 'sus'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION sus(VARIADIC double precision[]) IS
'System Usability Scale, 0 to 100, of 10 answers from 1 to 5';

CREATE FUNCTION sus_grade(score double precision)
RETURNS text AS 'MODULE_PATHNAME', 'sus_grade'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION sus_grade(double precision) IS
'grade of a SUS score on the curved grading scale';

CREATE FUNCTION sus_percentile(score double precision)
RETURNS double precision AS 'MODULE_PATHNAME', 'sus_percentile'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION sus_percentile(double precision) IS
'share of products, in percent, that score lower, between published points';

CREATE FUNCTION sus_adjective(score double precision)
RETURNS text AS 'MODULE_PATHNAME', 'sus_adjective'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION sus_adjective(double precision) IS
'adjective whose mean is nearest to a SUS score';

CREATE FUNCTION umux(VARIADIC answers double precision[])
RETURNS double precision AS 'MODULE_PATHNAME', 'umux'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION umux(VARIADIC double precision[]) IS
'Usability Metric for User Experience, 0 to 100, of 4 answers from 1 to 7';

CREATE FUNCTION umux_lite(ease double precision, usefulness double precision)
RETURNS double precision AS 'MODULE_PATHNAME', 'umux_lite'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION umux_lite(double precision, double precision) IS
'UMUX-Lite, 0 to 100, of two answers from 1 to 7';

CREATE FUNCTION umux_lite_sus(ease double precision, usefulness double precision)
RETURNS double precision AS 'MODULE_PATHNAME', 'umux_lite_sus'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION umux_lite_sus(double precision, double precision) IS
'SUS score that goes with two answers from 1 to 7, by regression';

CREATE FUNCTION ux_lite(ease double precision, usefulness double precision)
RETURNS double precision AS 'MODULE_PATHNAME', 'ux_lite'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION ux_lite(double precision, double precision) IS
'UX-Lite, 0 to 100, of two answers from 1 to 5';

CREATE FUNCTION asq(VARIADIC answers double precision[])
RETURNS double precision AS 'MODULE_PATHNAME', 'asq'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION asq(VARIADIC double precision[]) IS
'After-Scenario Questionnaire: mean of what was answered of 3 items from 1 to 7';

CREATE FUNCTION pssuq(VARIADIC answers double precision[])
RETURNS double precision AS 'MODULE_PATHNAME', 'pssuq'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION pssuq(VARIADIC double precision[]) IS
'Post-Study System Usability Questionnaire: mean of what was answered of 16 items from 1, good, to 7';

CREATE FUNCTION pssuq_scales(
    VARIADIC answers double precision[],
    OUT overall double precision,
    OUT system_usefulness double precision,
    OUT information_quality double precision,
    OUT interface_quality double precision)
AS 'MODULE_PATHNAME', 'pssuq_scales'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION pssuq_scales(VARIADIC double precision[]) IS
'PSSUQ, overall and by scale';

CREATE FUNCTION ueq_s(
    VARIADIC answers double precision[],
    OUT pragmatic double precision,
    OUT hedonic double precision,
    OUT overall double precision)
AS 'MODULE_PATHNAME', 'ueq_s'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION ueq_s(VARIADIC double precision[]) IS
'User Experience Questionnaire, short form: -3 to 3, of 8 answers from 1 to 7';

CREATE FUNCTION nasa_tlx(VARIADIC ratings double precision[])
RETURNS double precision AS 'MODULE_PATHNAME', 'nasa_tlx'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION nasa_tlx(VARIADIC double precision[]) IS
'raw NASA Task Load Index: mean of 6 ratings from 0 to 100';

CREATE FUNCTION nasa_tlx_weighted(ratings double precision[], tallies double precision[])
RETURNS double precision AS 'MODULE_PATHNAME', 'nasa_tlx_weighted'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION nasa_tlx_weighted(double precision[], double precision[]) IS
'NASA Task Load Index, weighted by how often each scale was chosen in 15 pairs';

CREATE FUNCTION lostness(
    unique_screens double precision,
    screens double precision,
    minimum double precision)
RETURNS double precision AS 'MODULE_PATHNAME', 'lostness'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION lostness(double precision, double precision, double precision) IS
'how lost somebody was on the way: 0 on the shortest one';
--
-- The text at the earliest or latest time: the segment of an actor at entry
--

CREATE FUNCTION min_by_accum(bytea, text, timestamptz)
RETURNS bytea AS 'MODULE_PATHNAME', 'min_by_accum'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION min_by_accum(bytea, text, timestamptz) IS
'aggregate transition function';

CREATE FUNCTION min_by_combine(bytea, bytea)
RETURNS bytea AS 'MODULE_PATHNAME', 'min_by_combine'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION min_by_combine(bytea, bytea) IS
'aggregate combine function';

CREATE FUNCTION min_by_final(bytea)
RETURNS text AS 'MODULE_PATHNAME', 'extreme_final'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION min_by_final(bytea) IS
'aggregate final function';

CREATE AGGREGATE min_by(value text, at timestamptz) (
    SFUNC = min_by_accum,
    STYPE = bytea,
    FINALFUNC = min_by_final,
    COMBINEFUNC = min_by_combine,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE min_by(text, timestamptz) IS
'the text at the earliest time';

CREATE FUNCTION max_by_accum(bytea, text, timestamptz)
RETURNS bytea AS 'MODULE_PATHNAME', 'max_by_accum'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION max_by_accum(bytea, text, timestamptz) IS
'aggregate transition function';

CREATE FUNCTION max_by_combine(bytea, bytea)
RETURNS bytea AS 'MODULE_PATHNAME', 'max_by_combine'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION max_by_combine(bytea, bytea) IS
'aggregate combine function';

CREATE FUNCTION max_by_final(bytea)
RETURNS text AS 'MODULE_PATHNAME', 'extreme_final'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION max_by_final(bytea) IS
'aggregate final function';

CREATE AGGREGATE max_by(value text, at timestamptz) (
    SFUNC = max_by_accum,
    STYPE = bytea,
    FINALFUNC = max_by_final,
    COMBINEFUNC = max_by_combine,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE max_by(text, timestamptz) IS
'the text at the latest time';
