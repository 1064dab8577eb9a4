#include <stdint.h>

#define LOW_MV 2200
#define REPORT_S 300
#define REPORT_LOW_S 3600

/* Median of three, because the radio pulls the cells down while it sends. */
static uint16_t median(uint16_t a, uint16_t b, uint16_t c)
{
    if ((a <= b) == (b <= c)) return b;
    if ((b <= a) == (a <= c)) return a;
    return c;
}

/* Seconds until the next report. Weak cells report once an hour. */
uint16_t report_interval(uint16_t mv1, uint16_t mv2, uint16_t mv3)
{
    return median(mv1, mv2, mv3) < LOW_MV ? REPORT_LOW_S : REPORT_S;
}
