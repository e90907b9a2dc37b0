/*
 * cell_window.h
 *		What window functions share that look at all groups of a partition at once.
 */
#ifndef CXUX_CELL_WINDOW_H
#define CXUX_CELL_WINDOW_H

#include "postgres.h"

#include "fmgr.h"
#include "windowapi.h"

#include "statistics.h"

/* summaries whose measure is a mean of answers */
typedef enum CellType
{
	CELL_NPS,
	CELL_RATE,
	CELL_LIKERT,
	CELL_SAMPLE
} CellType;

/* the rows of a partition as groups of answers, in the order of the window */
typedef struct CellWindow
{
	int count;
	Cell *cells;        /* the estimate of a NULL row, and of one without answers, is NaN */
	double unit;        /* what the estimates are multiplied by for show */
	Limits range;       /* what the estimates can be */
	bool is_mean;       /* of values whose variance is that within groups */
	AddedAnswers added; /* before the variance of other answers is taken */
} CellWindow;

/* what reads one row of a partition */
typedef void (*PartitionReader)(WindowObject window, int row, void *context);

extern int PartitionRows(WindowObject window, Size size);
extern Datum PartitionArg(WindowObject window, int arg, int row, bool *isnull);
extern void ScanPartition(WindowObject window, int rows, PartitionReader read, void *context);
extern double CurrentNumber(WindowObject window, int arg, const char *what);
extern char *CurrentWord(WindowObject window, int arg, const char *what);
extern CellWindow *CreateCellWindow(int count);
extern CellWindow *ReadCellWindow(WindowObject window, CellType type);

#endif /* CXUX_CELL_WINDOW_H */
