/*
 * brute.h
 *		Other, slow ways to the chain that MatchEvents keeps, and whether two chains are the same.
 */
#ifndef BRUTE_H
#define BRUTE_H

#include "match.h"

/* the most events of a call, where every chain is looked at and where not */
#define BRUTE_EVENTS 9
#define LONG_EVENTS 48

extern void BruteMatch(const MatchPattern *pattern, const MatchEvent *events, int64 count,
					   int64 entered_from, int64 entered_until, Match *match);
extern void LongMatch(const MatchPattern *pattern, const MatchEvent *events, int64 count,
					  int64 entered_from, int64 entered_until, Match *match);
extern bool SameMatch(const Match *a, const Match *b);

#endif /* BRUTE_H */
