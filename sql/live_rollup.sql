-- Live roll-ups: what a session shows, and what every error says
CREATE TABLE survey (id int PRIMARY KEY, day date, recommend int, csat int, note text);
SELECT live_rollup('survey', 'survey_by_day', '{day}', 'nps(recommend) AS nps', 'likert(csat, 1, 5) AS csat', 'count(*) AS answers');
\d survey_by_day
\d survey
SELECT p.oid::regprocedure, provolatile, proisstrict, proparallel FROM pg_proc AS p WHERE proname LIKE '%live\_rollup%' ORDER BY 1;

INSERT INTO survey VALUES (1, '2026-03-01', 9, 4), (2, '2026-03-01', 3, NULL), (3, NULL, NULL, NULL);
TABLE survey_by_day ORDER BY day;
UPDATE survey SET recommend = 10 WHERE id = 2;
DELETE FROM survey WHERE id = 3;
TABLE survey_by_day ORDER BY day;
-- what its plan looks like: an error shows the statement, and whose it is
INSERT INTO survey VALUES (4, '2026-03-01', 11, 4);
INSERT INTO survey VALUES (4, '2026-03-01', 10, 6);
SELECT live_rollup_maintain();

-- definitions
SELECT live_rollup('survey', 'x', '{}', 'count(*)');
SELECT live_rollup('survey', 'x', '{day}', VARIADIC '{}');
SELECT live_rollup('survey', 'x', '{day}', NULL, 'count(*)');
SELECT live_rollup('survey', 'x', '{month}', 'count(*)');
SELECT live_rollup('survey', 'x', '{day}', 'nps(day)');
SELECT live_rollup('survey', 'x', '{day}', 'avg(recommend)');
SELECT live_rollup('survey', 'x', '{day}', 'nps(recommend)', 'nps(csat)');
SELECT live_rollup('survey', 'x', '{day}', 'nps(recommend) FILTER (WHERE true)');
SELECT live_rollup('survey', 'x', '{day}', 'nps(recommend + 1)');
SELECT live_rollup('survey', 'x', '{day}', 'nps()');
SELECT live_rollup('survey', 'x', '{day}', 'nps(''9'')');
SELECT live_rollup('survey', 'x', '{day}', '"nps');
SELECT live_rollup('survey', 'x', '{day}', 'nps(recommend) AS "größe" größer');
SELECT live_rollup('survey', 'x', '{day}', 'nps("")');
SELECT live_rollup('survey', 'x', '{day}', 'likert(csat, 1, 5000000000)');
SELECT live_rollup('survey', 'x', '{day}', 'likert(csat, 1, -)');
SELECT live_rollup('survey', 'survey_by_day', '{day}', 'count(*)');
SELECT live_rollup('survey', 'pg_temp.x', '{day}', 'count(*)');
SELECT live_rollup('pg_stat_activity', 'x', '{datname}', 'count(*)');
CREATE TEMP TABLE passing (a int);
SELECT live_rollup('passing', 'x', '{a}', 'count(*)');
CREATE TABLE live_whole (a int, j json) PARTITION BY LIST (a);
CREATE TABLE live_part PARTITION OF live_whole DEFAULT;
SELECT live_rollup('live_part', 'x', '{a}', 'count(*)');
SELECT live_rollup('live_whole', 'x', '{j}', 'count(*)');
CREATE TABLE parent (a int);
CREATE TABLE child () INHERITS (parent);
SELECT live_rollup('parent', 'x', '{a}', 'count(*)');
SELECT live_rollup(99999999, 'x', '{a}', 'count(*)');
SELECT live_rollup(NULL, 'x', '{a}', 'count(*)') IS NULL AS strict;

-- in use
ALTER TABLE survey RENAME recommend TO score;
INSERT INTO survey VALUES (5);
ALTER TABLE survey RENAME score TO recommend;
CREATE ROLE regress_writer;
GRANT INSERT ON survey TO regress_writer;
GRANT SELECT ON survey_by_day TO regress_writer;
SET ROLE regress_writer;
INSERT INTO survey VALUES (5);
RESET ROLE;
GRANT INSERT, UPDATE, DELETE ON survey_by_day TO regress_writer;
ALTER TABLE survey_by_day ENABLE ROW LEVEL SECURITY;
SET ROLE regress_writer;
INSERT INTO survey VALUES (5);
RESET ROLE;
ALTER TABLE survey_by_day DISABLE ROW LEVEL SECURITY;
SELECT count(recompute_live_rollup('survey_by_day')) FROM survey;
UPDATE survey_by_day SET row_count = 1;
DELETE FROM survey;
SELECT recompute_live_rollup('survey_by_day');
DELETE FROM survey;
TABLE survey_by_day;
CREATE TRIGGER by_hand AFTER INSERT ON live_whole FOR EACH STATEMENT EXECUTE FUNCTION live_rollup_maintain('a', 'count(*)');
INSERT INTO live_part VALUES (1);
INSERT INTO live_whole VALUES (1);
CREATE TRIGGER by_row AFTER INSERT ON live_part FOR EACH ROW WHEN ('live_whole'::regclass <> 'live_part'::regclass) EXECUTE FUNCTION live_rollup_maintain('a', 'count(*)');
INSERT INTO live_part VALUES (1);

-- A partition that is truncated alone: nothing else has locked the table it is of
CREATE TABLE live_years (year int, recommend int) PARTITION BY LIST (year);
CREATE TABLE live_2025 PARTITION OF live_years FOR VALUES IN (2025);
CREATE TABLE live_2026 PARTITION OF live_years FOR VALUES IN (2026);
INSERT INTO live_years VALUES (2025, 9), (2026, 3);
SELECT live_rollup('live_years', 'live_nps_by_year', '{year}', 'nps(recommend) AS nps');
TRUNCATE live_2025;
TABLE live_nps_by_year;
INSERT INTO live_2025 VALUES (2025, 7);
TRUNCATE live_2025;
TABLE live_nps_by_year;
DROP TABLE live_years, live_nps_by_year;

-- gone
DROP TABLE survey_by_day;
SELECT drop_live_rollup('survey');
SELECT recompute_live_rollup('survey');
SELECT drop_live_rollup('survey_by_day');
SELECT drop_live_rollup('survey_by_day');
DROP TABLE survey_by_day;
\d survey
DROP TABLE survey, live_whole, parent, child;
DROP ROLE regress_writer;
