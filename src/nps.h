/*
 * nps.h
 *		nps_summary: promoters, passives and detractors.
 */
#ifndef CXUX_NPS_H
#define CXUX_NPS_H

#include "postgres.h"

#include "fmgr.h"

#include "statistics.h"
#include "tally.h"

#define NPS_VERSION 1
#define NPS_LOW 0
#define NPS_HIGH 10

typedef enum NpsClass
{
	NPS_PROMOTER,
	NPS_PASSIVE,
	NPS_DETRACTOR
} NpsClass;

#define NPS_CLASSES (NPS_DETRACTOR + 1)

/* A fixed-length type; what is not used is zero, so that bytes compare */
typedef struct NpsSummary
{
	uint8 version;
	uint8 boxes; /* of a net score over a scale; 0: an NPS */
	int16 low;   /* scale of a net score, else 0 */
	int16 high;
	uint16 unused;
	int64 count[NPS_CLASSES];
	int64 excess[NPS_CLASSES];
	int128 square[NPS_CLASSES];
	int64 reserved[3];
} NpsSummary;

extern const char *const NpsClassNames[];

extern int NpsClassOf(int answer);
extern NpsSummary *NpsGetArg(FunctionCallInfo fcinfo, int arg);
extern NpsSummary *NpsCreate(void);
extern char *NpsToText(const NpsSummary *nps);
extern void NpsCheckAlike(const NpsSummary *a, const NpsSummary *b);
extern Moments NpsMoments(const NpsSummary *nps);

/* View the classes of a summary */
static inline Tally
NpsTally(const NpsSummary *nps)
{
	NpsSummary *mutable = unconstify(NpsSummary *, nps);
	Tally tally = {NPS_CLASSES, NpsClassNames, 0, mutable->count, mutable->excess, mutable->square};

	return tally;
}

#endif /* CXUX_NPS_H */
