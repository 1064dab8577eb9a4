#include "valve.h"

/* The motor needs 380 ms from stop to stop; more only heats the winding. */
#define TRAVEL_MS 380
/* Current above which the ball is stuck, in mA. */
#define STALL_MA 240

static enum valve_state state = VALVE_CLOSED;

/* Closes the valve. A stuck ball is moved back a little and tried again, three times. */
int valve_close(void)
{
    for (int tries = 0; tries < 3; tries++) {
        motor_run(MOTOR_CLOSE, TRAVEL_MS);
        if (motor_peak_ma() < STALL_MA) {
            state = VALVE_CLOSED;
            return 0;
        }
        motor_run(MOTOR_OPEN, TRAVEL_MS / 8);
    }
    state = VALVE_STUCK;
    return -1;
}

int valve_open(void)
{
    motor_run(MOTOR_OPEN, TRAVEL_MS);
    state = VALVE_OPEN;
    return 0;
}

/* A valve that has not heard its gateway for an hour closes by itself. */
void valve_watch(unsigned seconds_since_gateway)
{
    if (state == VALVE_OPEN && seconds_since_gateway > 3600)
        valve_close();
}
