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
